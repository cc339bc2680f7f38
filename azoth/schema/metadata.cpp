// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/create.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/sort.hpp>
#include <azoth/schema/table_access.hpp>

#include <algorithm>
#include <map>

namespace azoth::inline v0 {

namespace {

using schema::TableAccess;
using TableRefs = std::vector<Ref<const schema::TableObject>>;

std::vector<Table> handles_of_all(const std::shared_ptr<schema::Registry>& registry) {
    std::vector<Table> tables;
    for (auto& entry : registry->all())
        tables.push_back(TableAccess::make(registry, std::move(entry)));
    return tables;
}

/// The descriptions behind handles, which must stay alive as long. A table named twice, or as an
/// alias, counts once.
TableRefs objects_of(const schema::Registry& registry, const std::vector<Table>& tables) {
    TableRefs objects;
    for (const Table& table : tables) {
        if (TableAccess::registry(table).get() != &registry)
            throw ArgumentError(table.object().describe() + " belongs to another MetaData");
        Ref<const schema::TableObject> object(&table.object());
        if (std::find(objects.begin(), objects.end(), object) == objects.end())
            objects.push_back(std::move(object));
    }
    return objects;
}

}  // namespace

MetaData::MetaData() : MetaData(MetaDataOptions{}) {}
MetaData::MetaData(MetaDataOptions options)
    : registry_(std::make_shared<schema::Registry>(std::move(options))) {}
MetaData::MetaData(std::shared_ptr<schema::Registry> registry) : registry_(std::move(registry)) {}
MetaData::MetaData(const MetaData& other) = default;
MetaData& MetaData::operator=(const MetaData& other) = default;
MetaData::~MetaData() = default;

const std::string& MetaData::schema() const noexcept {
    return registry_->options().schema;
}

const NamingConvention& MetaData::naming_convention() const noexcept {
    return registry_->options().naming_convention;
}

std::vector<Table> MetaData::tables() const {
    return handles_of_all(registry_);
}

std::vector<Table> MetaData::sorted_tables() const {
    std::map<const schema::TableObject*, Table> handles;
    TableRefs objects;
    for (const Table& table : tables()) {
        objects.emplace_back(&table.object());
        handles.emplace(&table.object(), table);
    }
    std::vector<Table> sorted;
    for (const auto& object : schema::sort_tables(std::move(objects)))
        sorted.push_back(handles.at(object.get()));
    return sorted;
}

bool MetaData::contains(std::string_view name, const std::optional<std::string>& schema) const {
    return static_cast<bool>(registry_->find(schema.value_or(this->schema()), name).table);
}

Table MetaData::table(std::string_view name, const std::optional<std::string>& schema) const {
    const std::string& in_schema = schema ? *schema : this->schema();
    if (auto found = registry_->find(in_schema, name); found.table)
        return TableAccess::make(registry_, std::move(found));
    std::string known;
    for (const auto& entry : registry_->all())
        known += (known.empty() ? "" : ", ") + entry.table->describe();
    throw NoSuchTableError("this MetaData has no table '" +
                           (in_schema.empty() ? "" : in_schema + ".") + std::string(name) +
                           "'; it has " + (known.empty() ? "none" : known));
}

void MetaData::remove(const Table& table) {
    if (!registry_->remove(table.object()))
        throw InvalidRequestError(table.object().describe() + " is not in this MetaData");
}

void MetaData::clear() {
    registry_->clear();
}

void MetaData::create_in(schema::Target& target, const std::vector<Table>* tables,
                         bool checkfirst) const {
    const std::vector<Table> chosen = tables ? *tables : this->tables();
    schema::create_tables(objects_of(*registry_, chosen),
                          {registry_, chosen, target, checkfirst, schema::ToldChange::About::all});
}

void MetaData::drop_in(schema::Target& target, const std::vector<Table>* tables,
                       bool checkfirst) const {
    const std::vector<Table> chosen = tables ? *tables : this->tables();
    schema::drop_tables(objects_of(*registry_, chosen),
                        {registry_, chosen, target, checkfirst, schema::ToldChange::About::all});
}

}  // namespace azoth::inline v0
