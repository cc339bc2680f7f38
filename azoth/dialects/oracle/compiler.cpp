// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/dialects/oracle/names.hpp>
#include <azoth/dialects/oracle/types.hpp>
#include <azoth/sql/precedence.hpp>

namespace azoth::inline v0::oracle {

using sql::Clause;

const sql::Capabilities& capabilities() noexcept {
    static const sql::Capabilities the_capabilities{
        .dialect = "oracle",
        .placeholder = ":",
        .stored_name = stored_name,
        .native_boolean = false,
        .boolean_values = false,
        .update_tables = sql::OtherTables::refused,
        .delete_tables = sql::OtherTables::refused,
        .with_clause = sql::WithClause::before_select,
        .on_conflict = false,
        .labels_in_group_by = false,
        .alias_keyword = false,
        .recursive_keyword = false,
        .from_nothing = " FROM DUAL",
        .labels_in_returning = false,
        .lateral = true,
        .fetch_first = true,
        .fetch_ties = true,
        .fetch_percent = true,
        .filter = false,
        .frame_groups = false,
        .ordered_aggregates = false,
        .max_identifier_length = 128,
        .distinct_from = {},
        .not_distinct_from = {},
    };
    return the_capabilities;
}

/// CAST leads to no CLOB or BLOB, and a number becomes a boolean by not being 0.
void Compiler::visit_cast(const sql::CastNode& node) {
    const TypeDef& def = node.type.def();
    if (is_large(def)) {
        write(def.kind == TypeKind::large_binary ? "TO_BLOB(" : "TO_CLOB(");
        visit(*node.operand);
        return write(")");
    }
    const TypeKind from = static_cast<const sql::Element&>(*node.operand).type.kind();
    if (def.kind == TypeKind::boolean && from != TypeKind::boolean) {
        write("CASE WHEN (");
        visit_twice(*node.operand, ") = 0 THEN 0 WHEN (");
        return write(") != 0 THEN 1 END");
    }
    sql::Compiler::visit_cast(node);
}

void Compiler::limit_clause(const sql::StatementNode& statement) {
    const bool cuts = statement.items.has(Clause::limit) || statement.items.has(Clause::offset);
    if (cuts && statement.lock.asked)
        unsupported(
            "FOR UPDATE together with LIMIT or OFFSET; find the keys by an IN subquery that has "
            "these");
    fetch_clause(statement);
}

std::string_view Compiler::compound_operator(sql::CompoundOp op) const {
    switch (op) {
        case sql::CompoundOp::except_: return " MINUS ";
        case sql::CompoundOp::except_all: unsupported("EXCEPT ALL");
        case sql::CompoundOp::intersect_all: unsupported("INTERSECT ALL");
        default: return sql::Compiler::compound_operator(op);
    }
}

/// OF names columns; any of a table's stands for the table.
void Compiler::lock_target(const sql::FromNode& from, std::string_view name) {
    if (from.columns.empty()) unsupported("FOR UPDATE OF " + from.describe() + ": no columns");
    write_name(name);
    write(".");
    write_name(from.columns.front()->name);
}

void Compiler::insert_tail(const sql::StatementNode& statement) {
    if (statement.items.has(Clause::row))
        unsupported("INSERT of several rows of VALUES; pass the rows to execute()");
    if (statement.items.has(Clause::source) && statement.items.has(Clause::returning))
        unsupported("INSERT … SELECT … RETURNING; select the rows after it");
    sql::Compiler::insert_tail(statement);
}

void Compiler::on_conflict(const sql::StatementNode& statement) {
    if (statement.on_conflict != sql::OnConflict::fail)
        unsupported(
            "ON CONFLICT; write a MERGE as text(), or UPDATE and then INSERT what is missing");
}

void Compiler::default_values(const sql::TableNode& target) {
    write(" (");
    write_name(target.columns.front()->name);
    write(") VALUES (DEFAULT)");
}

void Compiler::end_returning(const sql::SqlText::Mark&, std::size_t columns) {
    for (std::size_t i = 0; i < columns; ++i)
        write((i == 0 ? " INTO :ret_" : ", :ret_") + std::to_string(i));
}

std::string Compiler::cast_type(const Type& type) const {
    const std::string name = type_name(type.def());
    return name.empty() ? "VARCHAR2(4000 CHAR)" : name;
}

std::string Compiler::empty_list(std::span<const Type> types) const {
    std::string nulls;
    for (const Type& type : types) {
        if (!nulls.empty()) nulls += ", ";
        nulls += is_large(type.def()) ? "NULL" : "CAST(NULL AS " + cast_type(type) + ")";
    }
    return "SELECT " + nulls + " FROM DUAL WHERE 1 = 0";
}

}  // namespace azoth::inline v0::oracle
