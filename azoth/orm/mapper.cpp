// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/link.hpp>
#include <azoth/orm/mapper.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {

Link& Relationship::link(void* object) const noexcept {
    return *reinterpret_cast<Link*>(static_cast<char*>(object) + offset);
}

std::string Relationship::describe() const {
    return owner->class_name() + "::" + name;
}

Mapper::Mapper(ModelState& model, ClassId id, std::string class_name, const ClassOps& ops)
    : model_(&model), id_(id), class_name_(std::move(class_name)), ops_(ops) {
    size = ops.size;
    align = ops.align;
    destroy = ops.destroy;
    keeper = &model;
}

Mapper::~Mapper() = default;

const Attribute* Mapper::attribute_at(std::ptrdiff_t offset) const noexcept {
    for (const Attribute& attribute : attributes_)
        if (attribute.offset == offset) return &attribute;
    return nullptr;
}

const Relationship* Mapper::relationship_at(std::ptrdiff_t offset) const noexcept {
    for (const auto& relationship : relationships_)
        if (relationship->offset == offset) return relationship.get();
    return nullptr;
}

const QueryExpression* Mapper::query_expression_at(std::ptrdiff_t offset) const noexcept {
    for (const QueryExpression& each : query_expressions_)
        if (each.attribute.offset == offset) return &each;
    return nullptr;
}

const Attribute& Mapper::attribute(const MemberId& member) const {
    if (const Attribute* found = attribute_at(member.offset)) return *found;
    if (query_expression_at(member.offset))
        throw ArgumentError(class_name_ + "::" + std::string(member.name) +
                            " has no column: it is what with_expression<…>() puts into objects. "
                            "Elsewhere in statements write the expression itself");
    throw ArgumentError(class_name_ + "::" + std::string(member.name) +
                        " is not mapped in the model '" + model_->name() +
                        "': name it in m.column<…>()");
}

const Relationship& Mapper::relationship(const MemberId& member) const {
    if (const Relationship* found = relationship_at(member.offset)) return *found;
    throw ArgumentError(class_name_ + "::" + std::string(member.name) +
                        " is not mapped in the model '" + model_->name() +
                        "': name it in m.relationship<…>()");
}

const QueryExpression& Mapper::query_expression(const MemberId& member) const {
    if (const QueryExpression* found = query_expression_at(member.offset)) return *found;
    const std::string named = class_name_ + "::" + std::string(member.name);
    throw ArgumentError("with_expression<&" + named + ">(): " + named +
                        (attribute_at(member.offset)
                             ? " holds a column"
                             : " is not mapped in the model '" + model_->name() + "'") +
                        "; such an expression fills a member that the mapping names in "
                        "m.query_expression<…>()");
}

const Attribute* Mapper::attribute_of(const sql::ColumnNode& column) const noexcept {
    for (const Attribute& attribute : attributes_)
        if (attribute.column.get() == &column) return &attribute;
    return nullptr;
}

}  // namespace azoth::inline v0::orm
