// SPDX-License-Identifier: MIT
#include <azoth/orm/mapped_table.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/schema/table_object.hpp>

namespace azoth::inline v0::orm {

MappedTableCore::MappedTableCore(const ModelState& model, ClassId id, std::string_view class_name)
    : FromClause(Ref<const sql::FromNode>(&model.mapper(id, class_name).table())),
      model_(&model),
      mapper_(&model.mapper(id, class_name)) {}

MappedTableCore::MappedTableCore(const MappedTableCore& original, std::string alias_name)
    : FromClause(make_ref<const sql::AliasNode>(
          Ref<const sql::FromNode>(&original.mapper_->table()), std::move(alias_name))),
      model_(original.model_),
      mapper_(original.mapper_) {}

sql::Expression MappedTableCore::member(const MemberId& member) const {
    const Attribute& attribute = mapper_->attribute(member);
    return {sql::NodeRef(node().columns[attribute.column->index].get()), {}};
}

}  // namespace azoth::inline v0::orm
