// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/event_hub.hpp>
#include <azoth/schema/naming.hpp>
#include <azoth/schema/registry.hpp>

namespace azoth::inline v0::schema {

Registry::Registry(MetaDataOptions options) : options_(std::move(options)) {
    check_convention(options_.naming_convention);
}

TableEntry Registry::define(std::string_view name, const TableOptions& options) {
    Key key{options.schema.value_or(options_.schema), name};
    TableEntry entry;
    entry.expressions = std::make_shared<TableExpressions>();
    entry.table =
        make_ref<TableObject>(key.second, key.first, options, weak_from_this(), entry.expressions);
    const std::lock_guard lock(mutex_);
    if (!tables_.emplace(std::move(key), entry).second)
        throw ArgumentError(entry.table->describe() +
                            " is defined in this MetaData already: use that definition, or "
                            "remove() it first");
    return entry;
}

TableEntry Registry::find(std::string_view schema, std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.find(Key(schema, name));
    return found == tables_.end() ? TableEntry{} : found->second;
}

std::vector<TableEntry> Registry::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<TableEntry> entries;
    entries.reserve(tables_.size());
    for (const auto& [key, entry] : tables_) entries.push_back(entry);
    return entries;
}

bool Registry::remove(const TableObject& table) {
    const std::lock_guard lock(mutex_);
    const auto found = tables_.find(Key(table.schema, table.name));
    if (found == tables_.end() || found->second.table.get() != &table) return false;
    tables_.erase(found);
    return true;
}

void Registry::clear() {
    const std::lock_guard lock(mutex_);
    tables_.clear();
}

std::shared_ptr<event::Hub> Registry::events() {
    const std::lock_guard lock(listening_);
    if (!events_) events_ = std::make_shared<event::Hub>();
    return events_;
}

std::shared_ptr<event::Hub> Registry::events_if_any() const {
    const std::lock_guard lock(listening_);
    return events_;
}

}  // namespace azoth::inline v0::schema
