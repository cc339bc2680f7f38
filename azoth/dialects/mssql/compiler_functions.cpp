// SPDX-License-Identifier: MIT
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/precedence.hpp>

#include <utility>

/// Functions, and what is made of them, in SQL Server's words.
namespace azoth::inline v0::mssql {

using sql::Form;
using sql::NodeKind;
using sql::Op;

namespace {

/// Those without arguments. A random number is another one for each row, which RAND() is not.
constexpr std::pair<std::string_view, std::string_view> niladic[] = {
    {"now", "SYSDATETIMEOFFSET()"},         {"current_timestamp", "SYSDATETIMEOFFSET()"},
    {"localtimestamp", "SYSDATETIME()"},    {"current_date", "CAST(SYSDATETIME() AS DATE)"},
    {"@random", "RAND(CHECKSUM(NEWID()))"},
};

constexpr std::pair<std::string_view, std::string_view> renamed[] = {
    {"length", "LEN"},
    {"char_length", "LEN"},
    {"@aggregate_strings", "STRING_AGG"},
};

}  // namespace

void Compiler::visit_function(const sql::FunctionNode& node) {
    if (node.arguments.empty())
        for (const auto& [name, own] : niladic)
            if (name == node.name) return write(own);
    if (const std::string_view type = widened(node); !type.empty())
        return visit_widened(node, type);
    if (node.name == "nth_value") unsupported("nth_value()");
    if (node.name == "pow" && node.arguments.size() == 2) {  // of an integer it would be one
        write("POWER(CAST(");
        visit(*node.arguments[0]);
        write(" AS FLOAT(53)), ");
        visit(*node.arguments[1]);
        return write(")");
    }
    for (const auto& [name, own] : renamed)
        if (name == node.name) return write_function(own, node);
    sql::Compiler::visit_function(node);
}

/// The database would stay within the argument's own type: averages without fractions.
std::string_view Compiler::widened(const sql::FunctionNode& aggregate) const {
    if (aggregate.arguments.size() != 1) return {};
    const sql::NodeRef& argument = aggregate.arguments.front();
    const sql::Node* const inner = distinct_operand(*argument);
    const sql::NodeRef value(inner ? inner : argument.get());
    const bool picks = aggregate.name == "min" || aggregate.name == "max";
    if (picks && static_cast<const sql::Element&>(*value).type.kind() == TypeKind::boolean)
        return "INTEGER";  // of BIT there is none
    if (!is_integer(value)) return {};
    if (aggregate.name == "avg") return "FLOAT(53)";
    return aggregate.name == "sum" ? std::string_view("BIGINT") : std::string_view();
}

void Compiler::visit_widened(const sql::FunctionNode& node, std::string_view type) {
    const sql::Node* argument = node.arguments.front().get();
    write(node.name);
    write("(");
    if (const sql::Node* inner = distinct_operand(*argument)) {
        write("DISTINCT ");
        argument = inner;
    }
    write("CAST(");
    visit(*argument);
    write(" AS ");
    write(type);
    write("))");
}

void Compiler::visit_composed(const sql::ComposedNode& node) {
    switch (node.form) {
        case Form::collate: {  // the name of a collation is a word, and never in brackets
            const std::string& name = static_cast<const sql::PhraseNode&>(node).word;
            if (!sql::is_word(name)) unsupported("collation '" + name + "'");
            visit_operand(*node.parts[0], sql::precedence::collate - 1);
            return write(" COLLATE " + name);
        }
        case Form::tuple: unsupported("tuples; compare their members");
        case Form::try_cast:
            write("TRY_CAST(");
            visit(*node.parts[0]);
            return write(" AS " + cast_type(node.type) + ")");
        case Form::aggregate_order_by: return visit_ordered_aggregate(node);
        default: return sql::Compiler::visit_composed(node);
    }
}

void Compiler::visit_ordered_aggregate(const sql::ComposedNode& node) {
    visit(joined_texts(node));
    visit_orderings(" WITHIN GROUP (ORDER BY ", std::span(node.parts).subspan(1));
    write(")");
}

void Compiler::visit_extract(const sql::Node& operand, const std::string& field) {
    static constexpr Around known[] = {
        {"week", "DATEPART(ISO_WEEK, ", ")"},
        {"dow", "((DATEPART(WEEKDAY, ", ") + @@DATEFIRST - 1) % 7)"},  // Sunday is 0
        {"isodow", "((DATEPART(WEEKDAY, ", ") + @@DATEFIRST - 2) % 7 + 1)"},
        {"doy", "DATEPART(DAYOFYEAR, ", ")"},
        {"epoch", "DATEDIFF_BIG(SECOND, '1970-01-01', ", ")"},
    };
    if (visit_around(field, operand, known)) return;
    write("DATEPART(" + field + ", ");
    visit(operand);
    write(")");
}

void Compiler::visit_table_function(const sql::ComposedFromNode& from) {
    if (from.words.with_ordinality) unsupported("WITH ORDINALITY");
    if (from.words.typed_columns) unsupported("types of a function's columns");
    sql::Compiler::visit_table_function(from);
}

}  // namespace azoth::inline v0::mssql
