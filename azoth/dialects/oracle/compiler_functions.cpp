// SPDX-License-Identifier: MIT
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/dialects/oracle/types.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/precedence.hpp>

#include <utility>

/// Functions, and what is made of them, in Oracle's words.
namespace azoth::inline v0::oracle {

using sql::Form;
using sql::NodeKind;

namespace {

/// Those without arguments. CURRENT_DATE has a time of day there.
constexpr std::pair<std::string_view, std::string_view> niladic[] = {
    {"now", "CURRENT_TIMESTAMP"},
    {"current_timestamp", "CURRENT_TIMESTAMP"},
    {"localtimestamp", "LOCALTIMESTAMP"},
    {"current_date", "TRUNC(CURRENT_DATE)"},
    {"@random", "DBMS_RANDOM.VALUE"},
    {"current_user", "SYS_CONTEXT('USERENV', 'CURRENT_USER')"},
    {"session_user", "SYS_CONTEXT('USERENV', 'SESSION_USER')"},
};

constexpr std::pair<std::string_view, std::string_view> renamed[] = {
    {"char_length", "LENGTH"},
    {"pow", "POWER"},
    {"@aggregate_strings", "LISTAGG"},
};

bool is_mode(const sql::Node& node) {
    return node.kind == NodeKind::function &&
           static_cast<const sql::FunctionNode&>(node).name == "mode";
}

}  // namespace

void Compiler::visit_function(const sql::FunctionNode& node) {
    if (node.arguments.empty())
        for (const auto& [name, own] : niladic)
            if (name == node.name) return write(own);
    for (const auto& [name, own] : renamed) {
        if (name != node.name) continue;
        write_function(own, node);
        if (name == "@aggregate_strings") write(" WITHIN GROUP (ORDER BY NULL)");
        return;
    }
    sql::Compiler::visit_function(node);
}

void Compiler::visit_composed(const sql::ComposedNode& node) {
    switch (node.form) {
        case Form::collate: {
            const std::string& name = static_cast<const sql::PhraseNode&>(node).word;
            if (!sql::is_word(name)) unsupported("collation '" + name + "'");
            visit_operand(*node.parts[0], sql::precedence::collate - 1);
            return write(" COLLATE " + name);
        }
        case Form::try_cast:
            if (is_large(node.type.def())) unsupported("TRY_CAST to CLOB or BLOB");
            write("CAST(");
            visit(*node.parts[0]);
            return write(" AS " + cast_type(node.type) + " DEFAULT NULL ON CONVERSION ERROR)");
        case Form::regexp_replace:
            write("REGEXP_REPLACE(");
            visit_list(node.parts);
            return write(")");
        case Form::aggregate_order_by: return visit_ordered_aggregate(node);
        case Form::within_group:
            if (!is_mode(*node.parts[0])) return sql::Compiler::visit_composed(node);
            write("STATS_MODE(");
            visit(*static_cast<const sql::OrderingNode&>(*node.parts[1]).operand);
            return write(")");
        default: return sql::Compiler::visit_composed(node);
    }
}

void Compiler::visit_ordered_aggregate(const sql::ComposedNode& node) {
    write_function("LISTAGG", joined_texts(node));
    visit_orderings(" WITHIN GROUP (ORDER BY ", std::span(node.parts).subspan(1));
    write(")");
}

void Compiler::visit_extract(const sql::Node& operand, const std::string& field) {
    static constexpr Around known[] = {
        {"second", "TRUNC(EXTRACT(second FROM ", "))"},
        {"quarter", "TO_NUMBER(TO_CHAR(", ", 'Q'))"},
        {"week", "TO_NUMBER(TO_CHAR(", ", 'IW'))"},
        {"doy", "TO_NUMBER(TO_CHAR(", ", 'DDD'))"},
        {"epoch", "TRUNC((CAST(", " AS DATE) - DATE '1970-01-01') * 86400)"},
    };
    if (visit_around(field, operand, known)) return;
    if (field != "dow" && field != "isodow") return sql::Compiler::visit_extract(operand, field);
    // By TO_CHAR the territory would decide which day is the first.
    write(field == "dow" ? "MOD(TRUNC(" : "(TRUNC(");
    visit_twice(operand, ") - TRUNC(");
    write(field == "dow" ? ", 'IW') + 1, 7)" : ", 'IW') + 1)");
}

/// There is no VALUES, before 23.
void Compiler::visit_values(const sql::ComposedFromNode& values) {
    visit_values_as_selects(values, " FROM DUAL");
}

/// The columns are those of the function's type: their names can't be given.
void Compiler::visit_table_function(const sql::ComposedFromNode& from) {
    if (from.words.with_ordinality) unsupported("WITH ORDINALITY");
    if (from.words.typed_columns) unsupported("types of a function's columns");
    if (from.words.bare_column) unsupported("functions in FROM as columns");
    write("TABLE(");
    visit(*from.parts[0]);
    write(")");
    write_from_name(from);
}

}  // namespace azoth::inline v0::oracle
