// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/flush_set.hpp>
#include <azoth/orm/session_core.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <string>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

/// A SQL expression to be written into a column, as Session::set left it.
using AttributeExpressions = std::vector<std::pair<const Attribute*, sql::Expression>>;

/// What the parts of a flush share: session, objects, and the one way to write into an object. One
/// thread at a time.
class FlushContext {
  public:
    using Expressions = std::unordered_map<const Slot*, AttributeExpressions>;
    FlushContext(SessionCore& session, const Expressions& expressions);

    /// The flush is over.
    void clear() noexcept;
    [[nodiscard]] SessionCore& session() noexcept { return session_; }
    [[nodiscard]] FlushSet& objects() noexcept { return objects_; }
    [[nodiscard]] engine::ConnectionState& connection() { return session_.connection(); }
    /// The expressions that are to be written into an object; null for none.
    [[nodiscard]] const AttributeExpressions* expressions(const Slot& slot) const;

    // --- writing into objects ------------------------------------------------------------------

    /// Before flush writes into an object that has a row: its members are of this transaction, and
    /// what they were is in its image.
    void open(Slot& slot);
    /// Whether the program has changed columns of an object that has a row. Members that say
    /// nothing are put back to what the row holds: keys and foreign keys that are zero, and
    /// versions (R15).
    [[nodiscard]] bool has_changes(Slot& slot);
    /// Writes a value into a member, so that a rollback can put back what was there.
    void write(Slot& slot, const Attribute& attribute, const ValueView& value);
    /// The same of a key that the database has made for a new object, which had none. It is noted
    /// in the slot: a million new objects take no memory for it.
    static void write_made_key(Slot& slot, const Attribute& key, const ValueView& value);
    /// About so many calls of write() follow.
    void expect_writes(std::size_t count);
    /// Copies the value of a member of another object.
    void copy(Slot& slot, const Attribute& attribute, const Slot& from, const Attribute& of);
    /// Makes a foreign key NULL or, in a new object, unset.
    void make_null(Slot& slot, const Attribute& attribute);

    // --- what is known of objects --------------------------------------------------------------

    /// In this session, with a row or to get one. An object that isn't, but is linked with one that
    /// is, is reported in the log. \param doing "add", as in the message
    [[nodiscard]] bool takes_part(const Slot& slot, const Relationship& relationship,
                                  std::string_view doing);
    [[nodiscard]] bool takes_part(const Slot& slot) const noexcept;
    /// Another owner than this leads to the object along the relationship.
    [[nodiscard]] bool belongs_elsewhere(Slot& item, const Relationship& relationship,
                                         const Slot& owner);
    /// An owner that takes part has got the object along the relationship.
    [[nodiscard]] const Slot* adopter(const Slot& item, const Relationship& relationship);
    /// The program, not flush, has changed the member since the last flush.
    [[nodiscard]] static bool is_given(const Slot& slot, const Attribute& attribute);

  private:
    using Adoption = std::pair<const Relationship*, const Slot*>;
    struct AdoptionHash {
        std::size_t operator()(const Adoption& adoption) const noexcept;
    };
    void find_adoptions(const Relationship& relationship);

    SessionCore& session_;
    const Expressions& expressions_;
    FlushSet objects_;
    boost::unordered_flat_map<Adoption, const Slot*, AdoptionHash> adoptions_;
    std::vector<const Relationship*> adoptions_known_;
};

/// "User(7)", "a new User": for messages.
[[nodiscard]] std::string describe(const Slot& slot);
/// "User::id".
[[nodiscard]] std::string describe(const Mapper& mapper, const Attribute& attribute);
/// The same value of the same kind.
[[nodiscard]] bool same_value(const ValueView& a, const ValueView& b);

}  // namespace azoth::inline v0::orm
