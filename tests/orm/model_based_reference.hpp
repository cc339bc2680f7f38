// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// What a session does, said in the plainest way: rows in a map, objects in a vector, and the rules
// of the session over both. Nothing of Azoth is in it.

namespace model_based {

enum class Kind { country, team, player, fan, tag, node };
inline constexpr int kind_count = 6;
[[nodiscard]] const char* name_of(Kind kind);

/// As SQLAlchemy names them.
enum class State { transient, pending, persistent, deleted, detached };
[[nodiscard]] const char* name_of(State state);

inline constexpr int nothing = -1;

/// A row as it stands in the database. Rows are known by numbers of their own, because a key may
/// change.
struct Row {
    Kind kind{};
    std::string key{};  ///< empty where the database has made it and nobody has asked yet
    std::string name{};
    int one = nothing;  ///< the row that its foreign key refers to
};

struct Tables {
    std::map<int, Row> rows;
    std::set<std::pair<int, int>> pairs;  ///< of a player and a tag
};

/// An object, and what the program sees in it. Objects are never forgotten: links name them by
/// their place. Usually both ends of a link know it. But one with an object that is not in the
/// session isn't written: the session's end forgets it at the next flush or boundary, and is told
/// again when the other end is added.
struct Object {
    Kind kind{};
    State state = State::transient;
    std::string key{};
    std::string name{};
    int one = nothing;          ///< the object that its One leads to
    std::set<int> many{};       ///< those in its collections
    std::set<int> added{};      ///< other ends of pairs, since the last flush
    std::string foreign_key{};  ///< deleted already: the last that was known of it
    int taken_from = nothing;  ///< deleted already, and out of this collection since the last flush
    int left = nothing;        ///< a deleted object whose collection it left since the last flush
    int row = nothing;         ///< while it is or was persistent
    bool given = false;        ///< the program has given the key, not the database
    bool doomed = false;       ///< delete_() was called
    bool gone = false;         ///< its row is deleted, and that is committed
    bool linked = false;       ///< some link of it may have changed since the last flush
    bool expired = false;      ///< since its INSERT, which is not committed
    bool moved = false;        ///< since its INSERT, by a statement
    int inserted_at = nothing;  ///< the level of the transaction in which it was inserted
    int deleted_at = nothing;
};

/// What is wrong with what is to be flushed: nothing; a FlushError; the database refuses it; or
/// that depends on the order of statements that a flush may choose.
enum class Problem { none, refused, constraint, uncertain };

class Reference {
  public:
    Reference() { levels_.emplace_back(); }

    [[nodiscard]] const std::vector<Object>& objects() const { return objects_; }
    [[nodiscard]] Object& at(int number) { return objects_[static_cast<std::size_t>(number)]; }
    [[nodiscard]] const Object& at(int number) const {
        return objects_[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] const Tables& database() const { return database_; }
    [[nodiscard]] Tables& database() { return database_; }
    [[nodiscard]] const std::string& key_in_database(int number) const {
        return database_.rows.at(at(number).row).key;
    }
    [[nodiscard]] int depth() const { return static_cast<int>(levels_.size()) - 1; }

    // What the program sees.
    [[nodiscard]] bool is_in_session(int number) const;
    [[nodiscard]] std::set<int> many(int owner, Kind kind) const;  ///< what is in its collection
    [[nodiscard]] std::set<int> related(int number) const;         ///< along all relationships
    /// By the one end or the other.
    [[nodiscard]] bool stands_above(int candidate, int node) const;
    [[nodiscard]] int object_of_row(int row) const;
    [[nodiscard]] int find(Kind kind, const std::string& key) const;  ///< a persistent object
    /// Its One leads elsewhere than its row says.
    [[nodiscard]] bool is_new_link(int owner) const;
    [[nodiscard]] bool is_changed(int number) const;    ///< a column of it is to be written
    [[nodiscard]] bool is_committed(int number) const;  ///< its row, under the key that it has now
    [[nodiscard]] bool goes(int number) const;          ///< the next flush deletes its row

    // What the program does.
    int make(Kind kind, std::string key, std::string name);
    void add(int number);
    /// Nothing that would be added with it leads to a detached object.
    [[nodiscard]] bool may_add(int number) const;
    void set_one(int owner, int target);  ///< `owner.one = target`, seen from the side of the One
    void add_to(int target, int owner);   ///< `target.players.add(owner)`, from the other side
    void remove_from(int target, int owner);
    void lead_to(int owner, int target);  ///< nothing but the link
    /// Of a player and a tag, either way round. \param is_loaded the collection of the owner
    void add_other(int owner, int item, bool is_loaded);
    void remove_other(int owner, int item);
    void doom(int number);
    /// Its row, and it, after a flush: by a statement.
    void write_one(int owner, int target);
    void delete_by_criteria(int number);
    void expire(const std::set<int>& numbers);
    void expire_all();
    void expunge(int number);

    [[nodiscard]] Problem problem() const;
    void flush();
    void commit();
    void begin_nested();
    void release();
    /// Down to the level: 0 is the whole transaction.
    void rollback(int level);
    /// The session ends; objects for the rows are made anew.
    void close();

    /// May lead to one object of that kind; nothing: to none.
    [[nodiscard]] static int target_of(Kind kind);

  private:
    void cascade_add(int number);
    void enter(int number);
    void tell_linked(int number);
    void let_go(int number);
    void touch(int number);
    void detach(int owner, int target);
    void read_row(int number);
    void read_links(int number);
    [[nodiscard]] std::set<int> many_by_rows(int number) const;
    void take_back_one(int number);
    void undo_links(int number);
    void forget_added(int number);
    void forget_outsiders(int number);
    [[nodiscard]] std::set<int> removals() const;
    [[nodiscard]] int successor(int gone) const;
    [[nodiscard]] Problem problem_of_key(int number, const std::set<int>& gone) const;
    [[nodiscard]] bool stands_in_circle(int number) const;
    [[nodiscard]] bool keeps_leading_to(int number, const std::set<int>& gone) const;
    void delete_row(int number);
    void write_links(int number);
    void write(int number);
    void become_transient(int number);
    void drop_old_links(int number);
    void tell_new_links(int number);

    std::vector<Object> objects_;
    std::set<int> leaving_;  ///< new in collections that are expired just now
    Tables database_;
    std::vector<Tables> levels_;  ///< as it was when each level began
    int next_row_ = 0;
};

}  // namespace model_based
