// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/mssql/types.hpp>
#include <azoth/sql/precedence.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

namespace azoth::inline v0::mssql {

using sql::Clause;
using sql::NodeKind;
using sql::Op;

const sql::Capabilities& capabilities() noexcept {
    static const sql::Capabilities the_capabilities{
        .dialect = "mssql",
        .placeholder = "@p",
        .identifier_quote = '[',
        .identifier_close = ']',
        .native_boolean = false,
        .boolean_values = false,
        .update_tables = sql::OtherTables::from,
        .delete_tables = sql::OtherTables::from,
        .on_conflict = false,
        .labels_in_group_by = false,
        .recursive_keyword = false,
        .from_nothing = {},
        .returning_keyword = " OUTPUT ",
        .row_locks = false,  // hints in FROM take their place
        .filter = false,
        .frame_groups = false,
        .within_group = false,  // but of STRING_AGG
        .ordered_aggregates = false,
        .max_identifier_length = 128,
        .distinct_from = {},
        .not_distinct_from = {},
    };
    return the_capabilities;
}

namespace {

/// VALUES takes no more rows than these.
constexpr std::size_t most_rows = 1000;

bool has_window(const sql::StatementNode& statement) {
    return statement.items.has(Clause::limit) || statement.items.has(Clause::offset);
}

/// Whether all operands may stand beside an operator without parentheses.
constexpr int tightest = sql::precedence::sign;

}  // namespace

void Compiler::visit_binary(const sql::BinaryNode& node) {
    switch (node.op) {
        case Op::regexp_match: unsupported("regular expressions; use LIKE");
        case Op::match: unsupported("match(); write CONTAINS(…) as text()");
        case Op::shift_left:
        case Op::shift_right: unsupported("shifts of bits; multiply or divide by pow(2, n)");
        case Op::bit_xor:
            visit_operand(*node.left, tightest);
            write(" ^ ");
            return visit_operand(*node.right, tightest);
        case Op::concat:  // with NULL it is NULL, as || is; CONCAT() would leave that out
            visit_operand(*node.left, tightest);
            write(" + ");
            return visit_operand(*node.right, tightest);
        case Op::is_distinct_from:
        case Op::is_not_distinct_from:  // a set knows NULL from itself by what it has in common
            write(node.op == Op::is_distinct_from ? "(NOT EXISTS (SELECT " : "(EXISTS (SELECT ");
            visit(*node.left);
            write(" INTERSECT SELECT ");
            visit(*node.right);
            return write("))");
        default: break;
    }
    sql::Compiler::visit_binary(node);
}

void Compiler::visit_true_division(const sql::BinaryNode& node) {
    visit_operand(*node.left, sql::precedence::product - 1);
    write(" / ");
    if (!is_integer(node.left) || !is_integer(node.right))
        return visit_operand(*node.right, sql::precedence::product);
    write("CAST(");
    visit(*node.right);
    write(" AS FLOAT(53))");
}

/// NULL comes before everything here. Where that is what is asked for, nothing need be said.
void Compiler::visit_ordering(const sql::OrderingNode& node) {
    using Nulls = sql::OrderingNode::Nulls;
    const Nulls usual = node.descending ? Nulls::last : Nulls::first;
    if (node.nulls == Nulls::unspecified || node.nulls == usual) {
        visit(*node.operand);
    } else {
        if (current_statement().kind == NodeKind::compound)
            unsupported(
                "NULLS FIRST and NULLS LAST of UNION, INTERSECT and EXCEPT; order a SELECT "
                "from its subquery()");
        // A label stands for itself only, never in an expression.
        const sql::Node& key = node.operand->kind == NodeKind::label
                                   ? *static_cast<const sql::LabelNode&>(*node.operand).operand
                                   : *node.operand;
        write("CASE WHEN ");
        visit_twice(key, node.nulls == Nulls::first ? " IS NULL THEN 0 ELSE 1 END, "
                                                    : " IS NULL THEN 1 ELSE 0 END, ");
    }
    if (node.descending) write(" DESC");
}

/// TOP where the first rows are wanted, OFFSET … FETCH otherwise, which is a part of ORDER BY.
void Compiler::limit_clause(const sql::StatementNode& statement) {
    if (!has_window(statement)) return;
    if (!statement.items.has(Clause::offset) && statement.kind == NodeKind::select)
        return top_clause(statement);
    if (statement.fetch != sql::Fetch::limit && statement.fetch != sql::Fetch::rows)
        unsupported("WITH TIES and PERCENT with OFFSET, or of a UNION; use rank()");
    if (!statement.items.has(Clause::order_by))
        throw CompileError(
            "SQL Server has OFFSET, and LIMIT of a UNION, only behind ORDER BY: say order_by()");
    if (!statement.items.has(Clause::offset)) write(" OFFSET 0 ROWS");
    fetch_clause(statement);
}

/// Its value is counted behind all others, and so it is written last.
void Compiler::top_clause(const sql::StatementNode& statement) {
    using sql::Fetch;
    const bool percent =
        statement.fetch == Fetch::percent || statement.fetch == Fetch::percent_with_ties;
    const bool ties = statement.fetch == Fetch::ties || statement.fetch == Fetch::percent_with_ties;
    const sql::SqlText::Mark begin = mark();
    write("TOP (");
    visit(*statement.items.of(Clause::limit).front().node);
    write(percent ? ") PERCENT " : ") ");
    if (ties) write("WITH TIES ");
    move_end(begin, head());
}

/// Within another statement ORDER BY is for TOP and OFFSET only, and decides nothing without them.
bool Compiler::keeps_order(const sql::StatementNode& statement) const {
    return is_outermost(statement) || has_window(statement);
}

std::string_view Compiler::compound_operator(sql::CompoundOp op) const {
    if (op == sql::CompoundOp::intersect_all) unsupported("INTERSECT ALL");
    if (op == sql::CompoundOp::except_all) unsupported("EXCEPT ALL");
    return sql::Compiler::compound_operator(op);
}

/// A member has no ORDER BY, not even in parentheses; a derived table may have one beside TOP.
void Compiler::visit_compound_member(const sql::StatementNode& member) {
    if (!has_window(member) && member.kind != NodeKind::compound) return visit(member);
    if (!has_window(member)) return sql::Compiler::visit_compound_member(member);
    write("SELECT * FROM (");
    visit(member);
    write(") AS ");
    write_name(new_name("anon"));
}

/// FOR UPDATE is for cursors only; what it does elsewhere is said by hints at each table.
void Compiler::from_suffix(const sql::FromNode& from) {
    const sql::StatementNode& select = current_statement();
    if (!select.lock.asked) return;
    const auto named = select.items.of(Clause::lock_of);
    const auto is_meant = [&](const sql::Item& item) {
        const sql::FromNode* owner = sql::owner_of(*item.node);
        return item.node.get() == &from || owner == &from;
    };
    if (!named.empty() && std::none_of(named.begin(), named.end(), is_meant)) return;
    if (from.kind == NodeKind::subquery || from.kind == NodeKind::cte)
        unsupported("locks of the rows of " + from.describe() +
                    "; say with_for_update() of() the tables themselves");
    write(select.lock.read ? " WITH (REPEATABLEREAD, ROWLOCK" : " WITH (UPDLOCK, ROWLOCK");
    if (select.lock.nowait) write(", NOWAIT");
    if (select.lock.skip_locked) write(", READPAST");
    write(")");
}

void Compiler::insert_tail(const sql::StatementNode& statement) {
    if (statement.items.of(Clause::row).size() >= most_rows)
        unsupported("INSERT of more than 1000 rows of VALUES; pass the rows to execute()");
    sql::Compiler::insert_tail(statement);
}

void Compiler::on_conflict(const sql::StatementNode& statement) {
    if (statement.on_conflict != sql::OnConflict::fail)
        unsupported(
            "ON CONFLICT; write a MERGE as text(), or UPDATE and then INSERT what is missing");
}

std::string_view Compiler::returned_row(NodeKind statement) const {
    return statement == NodeKind::delete_ ? "deleted" : "inserted";
}

void Compiler::end_returning(const sql::SqlText::Mark& begin, std::size_t) {
    move_end(begin, head());
}

std::string Compiler::cast_type(const Type& type) const {
    const std::string name = type_name(type.def());
    return name.empty() ? "NVARCHAR(max)" : name;
}

}  // namespace azoth::inline v0::mssql
