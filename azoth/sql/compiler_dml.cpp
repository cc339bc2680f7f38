// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/compiler_frame.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/result_columns.hpp>

#include <algorithm>

/// The compiler's part for INSERT, UPDATE and DELETE.
namespace azoth::inline v0::sql {
namespace {

const AssignmentNode& assignment_of(const Item& item) {
    return static_cast<const AssignmentNode&>(*item.node);
}

const ColumnNode& column_of(const AssignmentNode& assignment) {
    refuse_extension(*assignment.target);
    return *assignment.column;
}
const ColumnNode& column_of(const Item& item) {
    return column_of(assignment_of(item));
}

/// The FROM objects that a DML statement mentions besides its target.
std::vector<const FromNode*> other_froms(const StatementNode& statement) {
    auto froms = mentioned_froms(statement);
    std::erase(froms, static_cast<const FromNode*>(&statement.target()));
    return froms;
}

/// The target in a frame of its own, so that subqueries in WHERE correlate to it.
FromPlan plan_of(const StatementNode& statement, const std::vector<const FromNode*>& others) {
    FromPlan plan;
    plan.chains.push_back({&statement.target(), {}});
    for (const FromNode* from : others) plan.chains.push_back({from, {}});
    return plan;
}

}  // namespace

void Compiler::visit_insert(const StatementNode& statement) {
    const bool outermost = &statement == statement_;
    if (outermost) plan_generated_key(statement);
    compiled_->writes = true;
    with_items(statement);
    const bool rows_at_execution =
        std::any_of(statement.items.of(Clause::assignment).begin(),
                    statement.items.of(Clause::assignment).end(),
                    [](const Item& item) { return !assignment_of(item).value; }) &&
        !statement.items.has(Clause::source);
    if (rows_at_execution && !(many_ && outermost))
        throw ArgumentError("this INSERT has columns() but no values: pass rows to execute()");
    if (many_ && outermost) return insert_many(statement);
    insert_head(statement);
    const Restored head(head_, mark());
    insert_rows(statement);
    insert_tail(statement);
}

void Compiler::insert_head(const StatementNode& statement) {
    write("INSERT ");
    hints(statement, Clause::prefix, "", " ");
    write("INTO ");
    write_table(statement.target());
    const auto columns = statement.items.of(Clause::assignment);
    if (columns.empty()) return;
    write(" (");
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != 0) write(", ");
        write_name(column_of(columns[i]).name);
    }
    write(")");
}

void Compiler::insert_rows(const StatementNode& statement) {
    const auto source = statement.items.of(Clause::source);
    if (!source.empty()) {
        write(" ");
        if (capabilities_.with_clause == WithClause::first) return visit(*source.front().node);
        SqlText head = std::exchange(out_, SqlText{});
        visit(*source.front().node);
        with_prologue();
        head.append(out_);
        out_ = std::move(head);
        return;
    }
    const auto first = statement.items.of(Clause::assignment);
    if (first.empty()) return default_values(statement.target());
    write(" VALUES (");
    for (std::size_t i = 0; i < first.size(); ++i) {
        if (i != 0) write(", ");
        visit(*assignment_of(first[i]).value);
    }
    write(")");
    for (const Item& row : statement.items.of(Clause::row)) {
        write(", ");
        visit(*row.node);
    }
}

void Compiler::default_values(const TableNode&) {
    write(" DEFAULT VALUES");
}

/// Of an INSERT for rows: some columns get their values from these, and all that stand behind them
/// the same in each.
void Compiler::require_open_columns(const StatementNode& statement) {
    const auto columns = statement.items.of(Clause::assignment);
    if (columns.empty() || assignment_of(columns.front()).value)
        throw ArgumentError("rows are given to an INSERT that has values() already");
}

void Compiler::insert_many(const StatementNode& statement) {
    require_open_columns(statement);
    insert_head(statement);
    const Restored head(head_, mark());
    write(" VALUES (");
    const auto columns = statement.items.of(Clause::assignment);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (i != 0) write(", ");
        const AssignmentNode& assignment = assignment_of(columns[i]);
        visit(assignment.value ? *assignment.value : *assignment.column->bind);
    }
    write(")");
    insert_tail(statement);
}

void Compiler::insert_tail(const StatementNode& statement) {
    on_conflict(statement);
    returning(statement);
}

void Compiler::on_conflict(const StatementNode& statement) {
    if (statement.on_conflict == OnConflict::fail) return;
    if (!capabilities_.on_conflict) unsupported("ON CONFLICT");
    write(" ON CONFLICT");
    const auto target = statement.items.of(Clause::conflict_target);
    if (!statement.constraint.empty()) {
        if (!capabilities_.conflict_constraint)
            unsupported("ON CONFLICT ON CONSTRAINT; name the columns with index_elements()");
        write(" ON CONSTRAINT ");
        write_name(statement.constraint);
    }
    {
        const Restored qualify(qualify_, false);
        for (std::size_t i = 0; i < target.size(); ++i) {
            write(i == 0 ? " (" : ", ");
            visit(*target[i].node);
        }
        if (!target.empty()) write(")");
        conditions(" WHERE ", statement, Clause::conflict_filter);
    }
    if (statement.on_conflict == OnConflict::do_nothing) return write(" DO NOTHING");
    if (!statement.items.has(Clause::conflict_set))
        throw ArgumentError(
            "on_conflict_do_update() without assignments is for objects, which say what is set: "
            "pass them to Session::execute()");
    write(" DO UPDATE SET ");
    assignments(statement.items.of(Clause::conflict_set));
    conditions(" WHERE ", statement, Clause::conflict_where);
}

void Compiler::assignments(std::span<const Item> items, bool qualified) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) write(", ");
        const auto& assignment = assignment_of(items[i]);
        const ColumnNode& column = column_of(assignment);
        for (std::size_t j = 0; j < i; ++j)
            if (assignment_of(items[j]).column == &column)
                throw ArgumentError("column '" + column.name +
                                    "' is assigned twice in one statement");
        if (qualified)
            visit(column);
        else
            write_name(column.name);
        write(" = ");
        visit_operand(*assignment.value, -1);
    }
}

void Compiler::visit_update(const StatementNode& statement) {
    if (!statement.items.has(Clause::assignment))
        throw ArgumentError("update(" + statement.target().describe() + ") assigns nothing");
    const auto others = other_froms(statement);
    if (!others.empty() && capabilities_.update_tables == OtherTables::refused)
        unsupported("UPDATE … FROM; put the condition on " + others.front()->describe() +
                    " into an EXISTS or IN subquery, and its values into a scalar one");
    const bool listed = !others.empty() && capabilities_.update_tables == OtherTables::listed;
    Frame frame{statement, plan_of(statement, others)};
    frames_.push_back(&frame);
    compiled_->writes = true;
    with_items(statement);
    write("UPDATE ");
    hints(statement, Clause::prefix, "", " ");
    write_table(statement.target());
    if (listed) extra_froms(", ", others);
    write(" SET ");
    for (const Item& item : statement.items.of(Clause::assignment))
        if (column_of(item).from != &statement.target())
            throw ArgumentError("column '" + column_of(item).name + "' does not belong to " +
                                statement.target().describe());
    assignments(statement.items.of(Clause::assignment), listed);
    const Restored head(head_, mark());
    if (!listed) froms_behind(" FROM ", statement, others, capabilities_.update_tables);
    conditions(" WHERE ", statement, Clause::where);
    returning(statement);
    check_connections("UPDATE", frame);
    frames_.pop_back();
}

void Compiler::visit_delete(const StatementNode& statement) {
    const auto others = other_froms(statement);
    if (!others.empty() && capabilities_.delete_tables == OtherTables::refused)
        unsupported("DELETE … USING; put the condition on " + others.front()->describe() +
                    " into an EXISTS or IN subquery");
    Frame frame{statement, plan_of(statement, others)};
    frames_.push_back(&frame);
    compiled_->writes = true;
    with_items(statement);
    write("DELETE ");
    hints(statement, Clause::prefix, "", " ");
    write("FROM ");
    write_table(statement.target());
    const Restored head(head_, mark());
    froms_behind(capabilities_.delete_tables == OtherTables::from ? " FROM " : " USING ", statement,
                 others, capabilities_.delete_tables);
    conditions(" WHERE ", statement, Clause::where);
    returning(statement);
    check_connections("DELETE", frame);
    frames_.pop_back();
}

/// The others behind a keyword, with the target where the database wants it among them.
void Compiler::froms_behind(std::string_view keyword, const StatementNode& statement,
                            const std::vector<const FromNode*>& others, OtherTables style) {
    if (others.empty() || style == OtherTables::behind) return extra_froms(keyword, others);
    write(keyword);
    write_table(statement.target());
    extra_froms(", ", others);
}

void Compiler::extra_froms(std::string_view keyword, const std::vector<const FromNode*>& others) {
    bool first = true;
    for (const FromNode* from : others) {
        write(first ? keyword : ", ");
        first = false;
        from_object(*from);
    }
}

void Compiler::returning(const StatementNode& statement) {
    const auto items = statement.items.of(Clause::returning);
    const bool outermost = &statement == statement_;
    const bool implicit =
        outermost && compiled_->generated_key == GeneratedKey::returned && items.empty();
    if ((items.empty() && !implicit) || (outermost && compiled_->key_is_result)) return;
    if (!capabilities_.returning) unsupported("RETURNING");
    if (statement.kind == NodeKind::update && !capabilities_.update_returning)
        unsupported("UPDATE … RETURNING; select the rows after it");
    if (statement.kind == NodeKind::delete_ && capabilities_.delete_tables == OtherTables::listed &&
        !other_froms(statement).empty())
        unsupported("DELETE … USING … RETURNING; select the rows before it");
    const SqlText::Mark begin = mark();
    write(capabilities_.returning_keyword);
    const std::string row(returned_row(statement.kind));
    // Only the target's columns are in reach of an INSERT's RETURNING, and SQLite wants them bare.
    const Restored qualify(qualify_,
                           qualify_ && (statement.kind != NodeKind::insert || !row.empty()));
    const Restored renamed(renamed_tables_, TableNames(renamed_tables_));
    if (!row.empty())
        renamed_tables_[&statement.target()] = row;
    else if (!has_schemas_in_returning())
        renamed_tables_[&statement.target()] = statement.target().name;
    if (implicit)
        visit(*compiled_->key_column);
    else
        returned_columns(statement);
    end_returning(begin, implicit ? 1 : items.size());
}

void Compiler::end_returning(const SqlText::Mark&, std::size_t) {}

void Compiler::returned_columns(const StatementNode& statement) {
    const auto items = statement.items.of(Clause::returning);
    const auto described = result_columns(statement);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) write(", ");
        const Node& node = *items[i].node;
        visit(node.kind == NodeKind::label ? *static_cast<const LabelNode&>(node).operand : node);
        if (!described[i].renamed || !capabilities_.labels_in_returning) continue;
        write(" AS ");
        write_name(described[i].name);
    }
}

/// How the key that the database generates comes back: by the driver where it is the cheaper way,
/// by RETURNING otherwise. An upsert may have inserted nothing, so only RETURNING tells there.
void Compiler::plan_generated_key(const StatementNode& statement) {
    const ColumnNode* key = statement.target().autoincrement_column();
    if (!key) return;
    compiled_->key_column = Ref<const ColumnNode>(key);
    const auto assigned = statement.items.of(Clause::assignment);
    for (std::size_t i = 0; i < assigned.size(); ++i)
        if (assignment_of(assigned[i]).column == key) compiled_->given_key = static_cast<int>(i);
    const bool one_row = !statement.items.has(Clause::row) && !statement.items.has(Clause::source);
    const bool plain = one_row && statement.on_conflict == OnConflict::fail;
    const auto returned = statement.items.of(Clause::returning);
    if (capabilities_.key_by_last_insert_id) {
        if (!plain) return;
        compiled_->generated_key = GeneratedKey::last_insert_id;
        compiled_->key_is_result = returned.size() == 1 && returned.front().node.get() == key;
    } else if (plain && !many_ && returned.empty() && compiled_->given_key < 0 &&
               capabilities_.returning) {
        compiled_->generated_key = GeneratedKey::returned;
        compiled_->columns.push_back({key->name, key->type, Kind::int64, false, NodeRef(key)});
    }
}

}  // namespace azoth::inline v0::sql
