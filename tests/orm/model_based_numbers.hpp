// SPDX-License-Identifier: MIT
#pragma once

#include "model_based_world.hpp"

// Small translations between the reference and the mapped classes.

namespace model_based {

/// Calls `call(Ptr<T>())` for the class of a kind.
template <class Call>
decltype(auto) with_kind(Kind kind, Call&& call) {
    switch (kind) {
        case Kind::country: return call(Ptr<Country>());
        case Kind::team: return call(Ptr<Team>());
        case Kind::player: return call(Ptr<Player>());
        case Kind::fan: return call(Ptr<Fan>());
        case Kind::tag: return call(Ptr<Tag>());
        case Kind::node: break;
    }
    return call(Ptr<Node>());
}

template <class T>
[[nodiscard]] constexpr Kind kind_of() {
    if constexpr (std::is_same_v<T, Country>) return Kind::country;
    if constexpr (std::is_same_v<T, Team>) return Kind::team;
    if constexpr (std::is_same_v<T, Player>) return Kind::player;
    if constexpr (std::is_same_v<T, Fan>) return Kind::fan;
    if constexpr (std::is_same_v<T, Tag>) return Kind::tag;
    return Kind::node;
}

template <class T>
[[nodiscard]] auto key_from(const std::string& key) {
    if constexpr (std::is_same_v<T, Country>)
        return key;
    else
        return key.empty() ? std::int64_t{0} : static_cast<std::int64_t>(std::stoll(key));
}

/// As the reference writes keys: empty for unset.
[[nodiscard]] inline std::string text_of(const std::string& key) {
    return key;
}
[[nodiscard]] inline std::string text_of(std::int64_t key) {
    return key == 0 ? std::string() : std::to_string(key);
}
template <class K>
[[nodiscard]] std::string text_of(const std::optional<K>& key) {
    return key ? text_of(*key) : std::string();
}

template <class T>
inline constexpr bool has_one = requires(T& object) { object.one; };

template <class E, class Call>
bool throws(Call&& call) {
    try {
        call();
    } catch (const E&) {
        return true;
    }
    return false;
}

/// The object of the reference for a handle that came out of the session. An object without a
/// handle is found by its key.
template <class T>
int World::number_of(const Ptr<T>& handle) {
    if (!handle) return nothing;
    if (const auto known = numbers_.find(handle.address()); known != numbers_.end())
        return known->second;
    const std::string key = text_of(handle.read().id);
    int number = reference_.find(kind_of<T>(), key);
    for (int i = 0; number == nothing && i < static_cast<int>(reference_.objects().size()); ++i) {
        const Object& object = reference_.at(i);
        if (object.kind == kind_of<T>() && object.key == key && object.state == State::deleted &&
            !is_held(i))
            number = i;  // by a link that was loaded before
    }
    require(number != nothing, std::string("an object of ") + name_of(kind_of<T>()) +
                                   " with key '" + key + "' that should not be");
    require(!is_held(number), "a second object of " + called(number));
    take(number, Handle(handle));
    return number;
}

/// Calls `call(Many<X>&)` with the collection of `owner` that holds objects of `kind`.
template <class Call>
void World::with_many(int owner, Kind kind, Call&& call) {
    switch (reference_.at(owner).kind) {
        case Kind::team:
            if (kind == Kind::player)
                call(as<Team>(owner)->players);
            else
                call(as<Team>(owner)->fans);
            break;
        case Kind::player: call(as<Player>(owner)->tags); break;
        case Kind::tag: call(as<Tag>(owner)->players); break;
        default: call(as<Node>(owner)->children); break;
    }
}

}  // namespace model_based
