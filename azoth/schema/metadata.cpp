// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/create.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/sort.hpp>
#include <azoth/schema/table_access.hpp>

#include <algorithm>

namespace azoth::inline v0 {

namespace {

using schema::TableAccess;
using TableRefs = std::vector<Ref<const schema::TableObject>>;

std::vector<Table> handles(const std::shared_ptr<schema::Registry>& registry,
                           const TableRefs& objects) {
    std::vector<Table> tables;
    tables.reserve(objects.size());
    for (const auto& object : objects) tables.push_back(TableAccess::make(registry, object));
    return tables;
}

/// The tables that create_all or drop_all is about. One named twice, or as an alias, counts once.
TableRefs chosen(const schema::Registry& registry, const std::vector<Table>* tables) {
    if (!tables) return registry.all();
    TableRefs objects;
    for (const Table& table : *tables) {
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
    return handles(registry_, registry_->all());
}

std::vector<Table> MetaData::sorted_tables() const {
    return handles(registry_, schema::sort_tables(registry_->all()));
}

bool MetaData::contains(std::string_view name, const std::optional<std::string>& schema) const {
    return static_cast<bool>(registry_->find(schema.value_or(this->schema()), name));
}

Table MetaData::table(std::string_view name, const std::optional<std::string>& schema) const {
    const std::string& in_schema = schema ? *schema : this->schema();
    if (auto found = registry_->find(in_schema, name)) return TableAccess::make(registry_, found);
    std::string known;
    for (const auto& table : registry_->all())
        known += (known.empty() ? "" : ", ") + table->describe();
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
    schema::create_tables(target, chosen(*registry_, tables), checkfirst);
}

void MetaData::drop_in(schema::Target& target, const std::vector<Table>* tables,
                       bool checkfirst) const {
    schema::drop_tables(target, chosen(*registry_, tables), checkfirst);
}

}  // namespace azoth::inline v0
