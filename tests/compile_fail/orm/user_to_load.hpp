// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/loader_options.hpp>
#include <azoth/orm/maybe.hpp>
#include <azoth/orm/relationships.hpp>

// What loader options that are refused try to load.

using namespace azoth;

struct Address;
struct User {
    std::int64_t id{};
    std::string name{};
    Deferred<std::string> picture{};
    Many<Address> addresses{};
    static void map(Mapping<User>& m);
};
struct Address {
    std::int64_t id{};
    One<User> user{};
    static void map(Mapping<Address>& m);
};
