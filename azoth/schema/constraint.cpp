// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/constraint.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/schema/table_access.hpp>
#include <azoth/sql/elements.hpp>

namespace azoth::inline v0 {

using schema::ColumnArgument;
using schema::KeyDefinition;
using schema::TableAccess;
using schema::TableObject;

namespace {

KeyDefinition key_definition(const TableObject& table,
                             std::initializer_list<ColumnArgument> columns,
                             const ConstraintOptions& options, std::string_view what) {
    KeyDefinition key;
    key.name.text = options.name;
    key.columns = schema::own_columns(table, columns, what);
    key.deferrable = options.deferrable;
    key.initially = options.initially;
    return key;
}

sql::Expression element_of(const TableObject& table, const ColumnArgument& argument) {
    if (argument.expression().node) return argument.expression();
    return sql::column_of(table, argument.name());
}

/// The empty conjunction: no condition was given.
bool is_true(const sql::Expression& condition) {
    return condition.node->kind == sql::NodeKind::constant &&
           static_cast<const sql::ConstantNode&>(*condition.node).which ==
               sql::ConstantNode::Which::true_;
}

}  // namespace

PrimaryKeyConstraint::PrimaryKeyConstraint(Table& table,
                                           std::initializer_list<ColumnArgument> columns,
                                           const ConstraintOptions& options) {
    if (table.is_alias()) return;
    name_ = TableAccess::defining(table, [&](TableObject& object) {
        return object.define(key_definition(object, columns, options, "PrimaryKeyConstraint"),
                             true);
    });
}

UniqueConstraint::UniqueConstraint(Table& table, std::initializer_list<ColumnArgument> columns,
                                   const ConstraintOptions& options) {
    if (table.is_alias()) return;
    name_ = TableAccess::defining(table, [&](TableObject& object) {
        return object.define(key_definition(object, columns, options, "UniqueConstraint"), false);
    });
}

CheckConstraint::CheckConstraint(Table& table, const Expr<bool>& condition, std::string name) {
    if (table.is_alias()) return;
    name_ = TableAccess::defining(table, [&](TableObject& object) {
        return object.define(schema::CheckDefinition{{std::move(name)}, condition.core()});
    });
}

ForeignKeyConstraint::ForeignKeyConstraint(Table& table,
                                           std::initializer_list<ColumnArgument> columns,
                                           std::initializer_list<ColumnArgument> targets,
                                           const ForeignKeyOptions& options) {
    if (table.is_alias()) return;
    name_ = TableAccess::defining(table, [&](TableObject& object) {
        std::vector<ForeignKey> references;
        for (const ColumnArgument& target : targets) {
            if (target.expression().node)
                references.emplace_back(Expr<Any>(target.expression()), options);
            else
                references.emplace_back(std::string_view(target.name()), options);
        }
        return object.define(schema::foreign_key_definition(
            object, schema::own_columns(object, columns, "ForeignKeyConstraint"), references));
    });
}

Index::Index(Table& table, std::initializer_list<schema::IndexElement> elements,
             const IndexOptions& options) {
    if (table.is_alias()) return;
    name_ = TableAccess::defining(table, [&](TableObject& object) {
        schema::IndexDefinition index;
        index.name.text = options.name;
        for (const auto& element : elements)
            index.elements.push_back(element_of(object, element.argument()));
        index.unique = options.unique;
        if (!is_true(options.where.core())) index.where = options.where.core();
        index.postgresql_using = options.postgresql_using;
        return object.define(std::move(index));
    });
}

}  // namespace azoth::inline v0
