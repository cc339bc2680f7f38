// SPDX-License-Identifier: MIT
#include <azoth/orm/configuration.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/schema/sort.hpp>

#include <algorithm>
#include <map>

namespace azoth::inline v0::orm {

Configuration::Configuration(ModelState& model, std::span<const ClassEntry> classes)
    : model_(model) {
    gather(classes);
}

void Configuration::run() {
    define_tables();
    define_foreign_keys();
    define_constraints();
    define_relationships();
    settle_attributes();
    if (problems_.empty()) check_defaults_of_query_expressions();
    if (problems_.empty()) sort();
    if (!problems_.empty()) fail();
    finish();
}

void Configuration::gather(std::span<const ClassEntry> classes) {
    for (const ClassEntry& given : classes) {
        if (find(given.id)) {
            problem(given.name, "it is listed twice: list each class of a model once");
            continue;
        }
        Entry& entry = *entries_.emplace_back(std::make_unique<Entry>(given, entries_.size()));
        given.map(entry.definition);
        for (const std::string& told : entry.definition.problems()) problems_.push_back(told);
        if (given.ancestors > 1)
            problem(given.name,
                    "a base class of it is mapped in the same model, and classes that "
                    "inherit from mapped ones can't be mapped yet: map one of them only");
    }
}

void Configuration::problem(std::string_view where, std::string_view what) {
    problems_.push_back(std::string(where) + ": " + std::string(what));
}

bool Configuration::attempt(const std::string& where, const std::function<void()>& step) {
    try {
        step();
        return true;
    } catch (const Error& error) {
        problem(where, error.what());
        return false;
    }
}

void Configuration::fail() const {
    std::string message = "the mapping of model '" + model_.name() + "' makes no sense (" +
                          std::to_string(problems_.size()) +
                          (problems_.size() == 1 ? " mistake)" : " mistakes)");
    for (const std::string& told : problems_) message += "\n  - " + told;
    throw MappingError(message);
}

Configuration::Entry* Configuration::find(ClassId id) noexcept {
    for (const auto& entry : entries_)
        if (entry->given->id == id) return entry.get();
    return nullptr;
}

const Configuration::Entry& Configuration::entry_of(const Mapper& mapper) const noexcept {
    return *entries_[mapper.index()];
}

std::vector<const Attribute*> Configuration::attributes_of(const std::vector<MemberId>& members,
                                                           const std::string& where,
                                                           std::string_view what) {
    std::vector<const Attribute*> found;
    for (const MemberId& member : members)
        if (const Attribute* named = attribute(member, where, what)) found.push_back(named);
    return found;
}

const Attribute* Configuration::attribute(const MemberId& member, const std::string& where,
                                          std::string_view what) {
    const std::string named =
        std::string(what) + " " + std::string(member.class_name) + "::" + std::string(member.name);
    const Entry* entry = find(member.entity);
    if (!entry) {
        problem(where, named + ", but " + std::string(member.class_name) +
                           " is not of this model: list the class in model<…>(), or name the class "
                           "that inherits the member before it (of<Class>, …)");
        return nullptr;
    }
    if (const Attribute* found = entry->mapper->attribute_at(member.offset)) return found;
    const auto& failed = entry->failed;
    if (std::find(failed.begin(), failed.end(), member.offset) == failed.end())
        problem(where, named + ", which is mapped to no column: map it with m.column<…>()");
    return nullptr;
}

/// Positions in order of dependency, so that a flush inserts parents first.
void Configuration::sort() {
    std::vector<Ref<const schema::TableObject>> tables;
    for (const Table& table : model_.metadata_.tables()) tables.emplace_back(&table.object());
    const schema::SortedTables sorted = schema::sort_with_circles(std::move(tables));
    for (const auto& circle : sorted.circles) {
        std::string names;
        for (const schema::TableObject* table : circle)
            names += (names.empty() ? "" : ", ") + table->describe();
        problems_.push_back("these tables refer to each other in a circle: " + names +
                            "; say use_alter in one of the foreign keys: "
                            "foreign_key<…>({.use_alter = true})");
    }
    std::map<const schema::TableObject*, std::uint32_t> positions;
    for (const auto& table : sorted.tables)
        positions.emplace(table.get(), static_cast<std::uint32_t>(positions.size()));
    for (const auto& entry : entries_)
        entry->mapper->sort_position_ = positions.at(&entry->mapper->table());
}

void Configuration::finish() {
    for (const auto& entry : entries_)
        for (const auto& relationship : entry->mapper->relationships())
            entries_[relationship->target->index()]->mapper->incoming_.push_back(
                relationship.get());
    for (const auto& entry : entries_) entry->mapper->statements_ = make_statements(*entry->mapper);
}

}  // namespace azoth::inline v0::orm
