// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>

/// What both mappings and mappers say of classes, columns and relationships. Plain values.
namespace azoth::inline v0::orm {

/// What a zero in a member means where the column can also be filled otherwise (design rule R16).
enum class ZeroMeans : std::uint8_t {
    value,    ///< zero is sent
    nothing,  ///< the column is left out of the INSERT and read back
};

enum class Direction : std::uint8_t { one_to_many, many_to_one, many_to_many };

/// Which operations go on from an object to those that a relationship leads to. SQLAlchemy:
/// `cascade=`.
struct Cascade {
    bool save_update = true;
    bool merge = true;
    bool refresh_expire = false;
    bool expunge = false;
    bool delete_ = false;
    bool delete_orphan = false;
};

/// When, and by which statement, the objects of a relationship are loaded. SQLAlchemy: `lazy=` and
/// the loader options.
enum class Loading : std::uint8_t {
    select,        ///< when the program first looks at them
    joined,        ///< with their owners, in the same rows
    selectin,      ///< after their owners, by SELECT … WHERE key IN (…)
    subquery,      ///< after their owners, by a SELECT around the one that found those
    immediate,     ///< after their owners, as if the program looked at each
    raise,         ///< never by itself: looking at what is not loaded throws
    raise_on_sql,  ///< the same where SQL would be needed
    none,          ///< never: there seems to be nothing
    contained,     ///< the rows have them, because the program has joined them
    as_mapped,     ///< as the mapping says
};

/// What a relationship does on the database's side where its parent is deleted. SQLAlchemy:
/// `passive_deletes`.
enum class PassiveDeletes : std::uint8_t {
    off,  ///< children that are not loaded are loaded first
    on,   ///< those are left to the database's ON DELETE
    all,  ///< all of them are
};

/// What the typed Mapping hands over about a class.
struct ClassOps {
    std::size_t size = 0;
    std::size_t align = 1;
    /// Makes a default object; null where the class has no default constructor and no
    /// Mapping::construct(): objects can't be loaded then.
    void (*construct)(void* object) = nullptr;
    void (*move)(void* object, void* from) = nullptr;  ///< move-constructs; null where it can't
    void (*destroy)(void* object) noexcept = nullptr;
};

}  // namespace azoth::inline v0::orm
