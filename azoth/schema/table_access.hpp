// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/registry.hpp>
#include <azoth/schema/table.hpp>

namespace azoth::inline v0::schema {

/// How the schema layer gets at what Table keeps to itself. Stateless.
struct TableAccess {
    [[nodiscard]] static Table make(std::shared_ptr<Registry> registry, TableEntry entry) {
        return Table(std::move(registry), std::move(entry));
    }
    [[nodiscard]] static const std::shared_ptr<Registry>& registry(const Table& table) noexcept {
        return table.registry_;
    }
    [[nodiscard]] static const std::shared_ptr<Registry>& registry(
        const MetaData& metadata) noexcept {
        return metadata.registry_;
    }
    [[nodiscard]] static MetaData metadata(std::shared_ptr<Registry> registry) {
        return MetaData(std::move(registry));
    }
    /// The table of an alias, any other as it is.
    [[nodiscard]] static Table itself(const Table& table) {
        Ref<TableObject> object(const_cast<TableObject*>(&table.object()));
        return make(table.registry_, {std::move(object), table.expressions_});
    }
    /// For definition; the object was not made const.
    [[nodiscard]] static TableObject& object(Table& table) noexcept {
        return const_cast<TableObject&>(table.object());
    }
    /// Runs one step of a definition. Where it throws, the definition of the table has failed, and
    /// the table leaves its MetaData, as in SQLAlchemy: it could only be created incomplete.
    template <class Step>
    static auto defining(Table& table, Step&& step) {
        try {
            return step(object(table));
        } catch (...) {
            table.registry_->remove(table.object());
            throw;
        }
    }
};

}  // namespace azoth::inline v0::schema
