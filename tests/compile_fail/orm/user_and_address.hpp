// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/model.hpp>

// What mappings that are refused try to map: columns of several kinds, and a relationship.

using namespace azoth;

struct Address;
struct Point {
    int x{};
};
struct User {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> fullname{};
    Deferred<std::string> picture{};
    Point place{};
    Many<Address> addresses{};
};
struct Address {
    std::int64_t id{};
    std::int64_t user_id{};
    One<User> user{};
};
