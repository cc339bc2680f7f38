// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/orm/load_path.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::orm {

/// How the rows of a compiled statement become objects and values: made with the SQL, kept with it.
/// Immutable; safe from any thread.
struct LoadPlan final : Counted {
    /// What becomes of one cell of a row.
    struct Member {
        std::ptrdiff_t offset = 0;
        Direct direct = Direct::none;
        bool accepts_null = false;
        void (*assign)(void* member, const ValueView& cell) = nullptr;
        const Attribute* attribute = nullptr;
    };
    /// An entry of the select list as the program wrote it, or objects that eager loading added.
    struct Entry {
        const Mapper* mapper = nullptr;  ///< null: a plain column
        std::uint32_t first_cell = 0;    ///< of the row
        const LoadPath* path = nullptr;  ///< null: nothing but the default is done
        /// Of objects that eager loading added: the relationship by which they came, and the entry
        /// of its owners, which stands before this one.
        const LoadPath::Branch* via = nullptr;
        std::uint32_t owner = 0;
        /// The entity's columns, one a cell from `first_cell` on; all that isn't deferred, the
        /// key's among them. Behind them what expressions fill.
        std::vector<Member> members{};
        std::uint32_t filled = 0;  ///< so many of them, the last ones, have no column
        /// Counted from `first_cell`, in the order of Mapper::key().
        std::vector<std::uint32_t> key_cells{};

        /// The members that have one.
        [[nodiscard]] std::span<const Member> columns() const noexcept {
            return std::span(members).first(members.size() - filled);
        }
        /// Its last member is one without a column, whose cell is the next one.
        void add_filled(const QueryExpression& member);
        /// Writes the cells, of which the first is the entity's first, into an object. Throws
        /// NullValueError where a member has no place for NULL, and what its type throws.
        void assign(void* object, const ValueView* own) const {
            for (const Member& member : members) assign_one(member, object, *own++);
        }
        void assign_one(const Member& member, void* object, const ValueView& cell) const {
            void* const place = static_cast<char*>(object) + member.offset;
            if (cell.is_null()) {
                if (!member.accepts_null) throw_null(member);
                member.assign(place, cell);
            } else if (member.direct == Direct::int64) {
                *static_cast<std::int64_t*>(place) = cell.integer;
            } else if (member.direct == Direct::text) {
                static_cast<std::string*>(place)->assign(cell.chars.data, cell.chars.size);
            } else {
                member.assign(place, cell);
            }
        }
        /// Writes the deferred columns among them that the object doesn't have.
        void assign_deferred(void* object, const ValueView* own) const;
        [[noreturn]] void throw_null(const Member& member) const;
    };
    /// A cell that is looked for by name when the statement has run.
    struct Named {
        std::string name;   ///< of the column
        std::string label;  ///< "table_column", which is looked for first; may be empty
        Kind kind{};        ///< in which it is wanted; null: as it comes
        std::string of;     ///< "User::name", for messages
    };
    std::vector<Entry> entries;
    /// Where the cells of the plan stand among the columns of the statement; empty: in their order.
    std::vector<std::uint32_t> places;
    std::vector<Named> named;    ///< of a text whose columns nobody named: all cells; else empty
    std::uint32_t keys = 0;      ///< cells that come first and say whose objects a row has
    std::uint32_t listed = 0;    ///< so many entries, the first ones, are handed out
    std::uint32_t cells = 0;     ///< of those
    bool repeats = false;        ///< a row for each object of a collection: equal ones are one
    Ref<const LoadPaths> paths;  ///< of the entries
    /// Objects of one class, and nothing that comes with them.
    [[nodiscard]] bool is_simple() const noexcept {
        return entries.size() == 1 && entries.front().mapper && !entries.front().path;
    }
    /// Some entry is one of objects.
    [[nodiscard]] bool has_objects() const noexcept {
        for (const Entry& entry : entries)
            if (entry.mapper) return true;
        return false;
    }
};

/// The attributes that are loaded with an object: all that isn't deferred, the key's among them.
[[nodiscard]] std::vector<const Attribute*> loaded_attributes(const Mapper& mapper);
/// How an object is made of the cells of a row from `first_cell` on.
[[nodiscard]] LoadPlan::Entry load_entry(const Mapper& mapper, std::uint32_t first_cell);
/// The same of the objects of a path, but for what expressions fill.
[[nodiscard]] LoadPlan::Entry load_entry(const LoadPath& path, std::uint32_t first_cell);
/// NullValueError that names column and member.
[[noreturn]] void throw_null_member(const Mapper& mapper, const Attribute& attribute);

}  // namespace azoth::inline v0::orm
