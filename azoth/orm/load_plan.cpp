// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/schema/table_object.hpp>

namespace azoth::inline v0::orm {

std::vector<const Attribute*> loaded_attributes(const Mapper& mapper) {
    std::vector<const Attribute*> loaded;
    for (const Attribute& attribute : mapper.attributes())
        if (!attribute.ops->is_deferred) loaded.push_back(&attribute);
    return loaded;
}

namespace {

LoadPlan::Member member_of(const Attribute& attribute) {
    return {attribute.offset, attribute.ops->direct, attribute.ops->accepts_null,
            attribute.ops->assign, &attribute};
}

LoadPlan::Entry load_entry(const Mapper& mapper, std::uint32_t first_cell,
                           const std::vector<const Attribute*>& attributes) {
    LoadPlan::Entry entry;
    entry.mapper = &mapper;
    entry.first_cell = first_cell;
    for (const Attribute* attribute : attributes) entry.members.push_back(member_of(*attribute));
    for (const Attribute* key : mapper.key())
        for (std::uint32_t i = 0; i < entry.members.size(); ++i)
            if (entry.members[i].attribute == key) entry.key_cells.push_back(i);
    return entry;
}

}  // namespace

LoadPlan::Entry load_entry(const Mapper& mapper, std::uint32_t first_cell) {
    return load_entry(mapper, first_cell, loaded_attributes(mapper));
}

LoadPlan::Entry load_entry(const LoadPath& path, std::uint32_t first_cell) {
    LoadPlan::Entry entry = load_entry(*path.mapper, first_cell, path.attributes);
    if (!path.is_plain()) entry.path = &path;
    return entry;
}

void LoadPlan::Entry::add_filled(const QueryExpression& member) {
    members.push_back(member_of(member.attribute));
    ++filled;
}

void LoadPlan::Entry::assign_deferred(void* object, const ValueView* own) const {
    for (const Member& member : members) {
        const ValueView& cell = *own++;
        const Attribute& attribute = *member.attribute;
        if (attribute.ops->is_deferred && !attribute.ops->is_set(attribute.in(object)))
            assign_one(member, object, cell);
    }
}

void LoadPlan::Entry::throw_null(const Member& member) const {
    throw_null_member(*mapper, *member.attribute);
}

void throw_null_member(const Mapper& mapper, const Attribute& attribute) {
    const std::string& name = attribute.column ? attribute.column->name : attribute.name;
    DriverFault fault;
    fault.message =
        (attribute.column ? "column '" + name + "' is NULL in a row of " + mapper.table().describe()
                          : std::string("its expression is NULL in a row")) +
        ", but " + mapper.class_name() + "::" + attribute.name +
        " has no place for NULL: make it a std::optional";
    fault.column = name;
    throw NullValueError(fault);
}

}  // namespace azoth::inline v0::orm
