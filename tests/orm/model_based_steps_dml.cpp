// SPDX-License-Identifier: MIT
#include "model_based_numbers.hpp"
#include <azoth/orm/dml.hpp>

// Steps that write rows by criteria. Everything is flushed before, so that rows and objects agree.

namespace model_based {
namespace {

/// Ways to execute one statement that must all come to the same.
SynchronizeSession way(std::uint32_t number) {
    constexpr SynchronizeSession ways[] = {SynchronizeSession::automatic,
                                           SynchronizeSession::evaluate, SynchronizeSession::fetch};
    return ways[number % 3];
}

template <class T>
[[nodiscard]] Expr<bool> ends_with(char digit) {
    return col<of<T>, &T::name>.endswith(std::string(1, digit));
}

}  // namespace

/// Every fourth statement gives the objects back, where the database can.
bool World::returns_updated(std::uint32_t number) const {
    return number % 4 == 3 && engine_.dialect().capabilities().update_returning;
}

/// All names of a kind that end with some digit get a suffix.
void World::update_names(const Step& step) {
    if (!flush([&] { session_->flush(); })) return;
    const Kind kind = static_cast<Kind>(step.a % kind_count);
    const char digit = static_cast<char>('0' + step.b % 10);
    const std::string suffix = fresh_name();
    did_ = "UPDATE of each " + std::string(name_of(kind)) + " named *" + digit + ": + " + suffix;
    with_kind(kind, [&]<class T>(Ptr<T>) {
        const auto statement = azoth::update<T>()
                                   .where(ends_with<T>(digit))
                                   .values(col<of<T>, &T::name> = col<of<T>, &T::name> + suffix);
        if (returns_updated(step.c))
            static_cast<void>(session_->execute(statement.template returning<T>()));
        else
            session_->execute(statement, {}, {.synchronize_session = way(step.c)});
    });
    for (auto& [number, row] : reference_.database().rows) {
        if (row.kind != kind || row.name.back() != digit) continue;
        row.name += suffix;
        const int object = reference_.object_of_row(number);
        reference_.at(object).name = row.name;
        reference_.at(object).expired = reference_.at(object).inserted_at != nothing;
    }
}

/// Fans move to a team, or to none.
void World::move_fans(const Step& step) {
    if (!flush([&] { session_->flush(); })) return;
    const int team = step.b % 4 == 0 ? nothing : choose(step.a, [&](int i) {
        return reference_.at(i).kind == Kind::team && reference_.at(i).state == State::persistent;
    });
    const char digit = static_cast<char>('0' + step.b % 10);
    did_ = std::string("UPDATE of each fan named *") + digit + ": to " + called(team);
    std::optional<std::int64_t> key;
    if (team != nothing) key = key_from<Team>(reference_.key_in_database(team));
    const auto statement =
        azoth::update<Fan>().where(ends_with<Fan>(digit)).values(col<&Fan::one_id> = key);
    if (returns_updated(step.c))
        static_cast<void>(session_->execute(statement.returning<Fan>()));
    else
        session_->execute(statement, {}, {.synchronize_session = way(step.c)});
    for (const auto& [number, row] : reference_.database().rows) {
        if (row.kind != Kind::fan || row.name.back() != digit) continue;
        reference_.write_one(reference_.object_of_row(number), team);
    }
}

void World::delete_fans(const Step& step) {
    if (!flush([&] { session_->flush(); })) return;
    const char digit = static_cast<char>('0' + step.b % 10);
    did_ = std::string("DELETE of each fan named *") + digit;
    const auto statement = azoth::delete_<Fan>().where(ends_with<Fan>(digit));
    if (step.c % 4 == 3)
        static_cast<void>(session_->execute(statement.returning<Fan>()));
    else  // not by evaluation: an expired object is missed only when it is looked at
        session_->execute(statement, {}, {.synchronize_session = SynchronizeSession::fetch});
    std::set<int> gone;
    for (const auto& [number, row] : reference_.database().rows)
        if (row.kind == Kind::fan && row.name.back() == digit)
            gone.insert(reference_.object_of_row(number));
    for (const int number : gone) reference_.delete_by_criteria(number);
}

}  // namespace model_based
