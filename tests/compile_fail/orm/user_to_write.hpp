// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/dml.hpp>
#include <azoth/orm/maybe.hpp>
#include <azoth/orm/relationships.hpp>
#include <azoth/orm/session.hpp>

// What statements that are refused try to write.

using namespace azoth;

struct Address;
struct User {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> fullname{};
    Many<Address> addresses{};
    static void map(Mapping<User>& m);
};
struct Address {
    std::int64_t id{};
    One<User> user{};
    static void map(Mapping<Address>& m);
};
struct Point {
    int x{};
};
