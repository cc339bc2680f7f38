// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/naming.hpp>
#include <azoth/schema/registry.hpp>

namespace azoth::inline v0::schema {

Registry::Registry(MetaDataOptions options) : options_(std::move(options)) {
    check_convention(options_.naming_convention);
}

Ref<TableObject> Registry::define(std::string_view name, const TableOptions& options) {
    Key key{options.schema.value_or(options_.schema), name};
    auto table = make_ref<TableObject>(key.second, key.first, options, weak_from_this());
    const std::lock_guard lock(mutex_);
    if (!tables_.emplace(std::move(key), table).second)
        throw ArgumentError(table->describe() +
                            " is defined in this MetaData already: use that definition, or "
                            "remove() it first");
    return table;
}

Ref<const TableObject> Registry::find(std::string_view schema, std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.find(Key(schema, name));
    return found == tables_.end() ? Ref<const TableObject>() : found->second;
}

std::vector<Ref<const TableObject>> Registry::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<Ref<const TableObject>> tables;
    tables.reserve(tables_.size());
    for (const auto& [key, table] : tables_) tables.push_back(table);
    return tables;
}

bool Registry::remove(const TableObject& table) {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.find(Key(table.schema, table.name));
    if (found == tables_.end() || found->second.get() != &table) return false;
    tables_.erase(found);
    return true;
}

void Registry::clear() {
    const std::lock_guard lock(mutex_);
    tables_.clear();
}

}  // namespace azoth::inline v0::schema
