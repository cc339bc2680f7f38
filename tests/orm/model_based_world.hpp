// SPDX-License-Identifier: MIT
#pragma once

#include "model_based_reference.hpp"
#include "model_based_schema.hpp"
#include "model_based_steps.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace model_based {

/// The session and the reference disagree.
class Mismatch : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

template <class T>
[[nodiscard]] Ptr<T> handle_of(const One<T>&) {
    return {};
}
template <class T>
[[nodiscard]] Ptr<T> handle_of(const Many<T>&) {
    return {};
}

/// What the log told of the statements of a step.
struct Sent {
    bool writes = false;  ///< or asks what there is to write
    bool warns = false;   ///< of a link with an object that is not in the session
    std::vector<std::string> all;
};

/// Of the tables of the model, which must exist.
void delete_rows(const Engine& engine);

/// Runs steps with a session and with the reference, and compares.
class World {
  public:
    /// \param sent where the engine's log puts what is sent
    World(const Engine& engine, const Model& model, Sent& sent);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Throws Mismatch.
    void run(const Step& step);
    /// Commits and looks at everything.
    void finish();
    /// What the step did, in words; empty where there was nothing to do it with.
    [[nodiscard]] const std::string& did() const { return did_; }

  private:
    // model_based_world.cpp: who is there
    using Fits = std::function<bool(int)>;
    [[nodiscard]] int choose(std::uint32_t by, const Fits& fits);
    void hold(int number);
    void drop(int number);
    void take(int number, Handle handle);
    template <class T>
    [[nodiscard]] int number_of(const Ptr<T>& handle);
    template <class T>
    [[nodiscard]] const Ptr<T>& as(int number) const {
        return std::get<Ptr<T>>(*handles_[static_cast<std::size_t>(number)]);
    }
    template <class Visit>
    decltype(auto) with(int number, Visit&& visit) {
        return std::visit(std::forward<Visit>(visit), *handles_[static_cast<std::size_t>(number)]);
    }
    [[nodiscard]] bool is_held(int number) const {
        const auto at = static_cast<std::size_t>(number);
        return at < handles_.size() && handles_[at].has_value();
    }
    [[nodiscard]] std::string called(int number) const;
    [[nodiscard]] std::string fresh_name();

    // model_based_flushes.cpp: what flushes
    /// A call that may flush before it does its work. \returns false where the flush was to fail,
    /// and did: the transaction is rolled back then
    template <class Call>
    bool flushing(Call&& call) {
        return attempt([&] { call(); });
    }
    bool attempt(const std::function<void()>& call);
    bool flush(const std::function<void()>& call);
    bool succeeds(const std::function<void()>& call);
    void fail(const std::string& message, bool refused);
    void check_failed_flush(bool wrote);
    void roll_back();
    void roll_back_savepoints();
    void note_flush();
    void learn_keys();
    [[nodiscard]] bool is_unloaded(int number, std::string_view relationship);
    void forget_unloaded(int level);
    void forget_unloaded_pairs(int number);
    void forget_unloaded_items(int number, int level);
    bool knows(int number, int item);
    [[nodiscard]] bool shows_one(int number);
    void forget_unloaded_target(int number);
    void hold_linked();
    void learn_names();
    void learn_moved();
    void learn_moved(int number);
    void learn_after_rollback();

    // model_based_steps_*.cpp
    void make(const Step& step);
    void make_linked(const Step& step);
    void add(const Step& step);
    void set_one(const Step& step);
    void clear_one(const Step& step);
    void add_to(const Step& step);
    void remove_from(const Step& step);
    void assign_many(const Step& step);
    void add_other(const Step& step);
    void remove_other(const Step& step);
    void write_name(const Step& step);
    void write_by_reference(const Step& step);
    void assign_value(const Step& step);
    void change_key(const Step& step);
    void delete_(const Step& step);
    void look(const Step& step);
    void look_at_one(const Step& step);
    void look_at_many(const Step& step);
    void get(const Step& step);
    void query(const Step& step);
    void merge(const Step& step);
    void expire(const Step& step);
    [[nodiscard]] std::set<int> with_refresh_cascade(int number);
    [[nodiscard]] std::map<int, int> led_away(const std::set<int>& from);
    void refresh(const Step& step);
    void expunge(const Step& step);
    void drop_handle(const Step& step);
    void misuse(const Step& step);
    [[nodiscard]] bool returns_updated(std::uint32_t number) const;
    void update_names(const Step& step);
    void move_fans(const Step& step);
    void delete_fans(const Step& step);
    void commit();
    void begin_nested();
    void release();
    void reopen(const Step& step);

    template <class Call>
    void with_many(int owner, Kind kind, Call&& call);
    [[nodiscard]] bool may_link(int number) const;
    [[nodiscard]] bool may_bring(int owner, int item) const;

    // model_based_checks.cpp
    void require(bool holds, const std::string& what) const;
    void check_columns(int number, bool by_writing);
    void check_one(int number);
    void check_many(int number, Kind kind);
    template <class T>
    void check_kind(Kind kind);
    void check_session();
    void check_modified(int number);
    void check_database();
    void check_all();

    Engine engine_;
    Model model_;
    Sent& sent_;
    Reference reference_;
    std::unique_ptr<Session> session_;
    std::vector<SessionSavepoint> savepoints_;
    std::vector<std::optional<Handle>> handles_;    ///< by the numbers of the reference
    std::unordered_map<const void*, int> numbers_;  ///< of objects with a handle
    std::map<int, std::string*> references_;        ///< to names, taken some time ago
    int names_ = 0;
    std::string did_;
};

}  // namespace model_based
