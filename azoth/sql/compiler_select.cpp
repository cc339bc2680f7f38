// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/compiler_frame.hpp>
#include <azoth/sql/precedence.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

/// The compiler's part for SELECT: select list, FROM, subqueries, CTEs, compounds.
namespace azoth::inline v0::sql {

void Compiler::visit_statement(const StatementNode& statement) {
    switch (statement.kind) {
        case NodeKind::select: return visit_select(statement);
        case NodeKind::compound: return visit_compound(statement);
        case NodeKind::insert: return visit_insert(statement);
        case NodeKind::update: return visit_update(statement);
        case NodeKind::delete_: return visit_delete(statement);
        default: {
            std::vector<NodeRef> binds;
            for (const Item& item : statement.items.of(Clause::source)) binds.push_back(item.node);
            return visit_fragment(statement.sql, binds);
        }
    }
}

namespace {

/// R5, before anything runs: a column from the far side of an outer join, selected as a C++ type
/// that has no place for NULL.
void check_outer_join_nulls(const StatementNode& statement, const FromPlan& plan) {
    for (const Item& item : statement.items.of(Clause::column)) {
        const Node* selected = item.node.get();
        if (selected->kind == NodeKind::label)
            selected = static_cast<const LabelNode*>(selected)->operand.get();
        if (item.nullable || selected->kind != NodeKind::column) continue;
        const auto& column = static_cast<const ColumnNode&>(*selected);
        if (std::find(plan.null_extended.begin(), plan.null_extended.end(), column.from) ==
            plan.null_extended.end())
            continue;
        throw ArgumentError("column '" + column.name + "' of " + column.from->describe() +
                            " is NULL where the outer join finds no row: select it as "
                            "nullable(" +
                            column.name + ")");
    }
}

bool is_grouping(const Node& node) {
    if (node.kind != NodeKind::function) return false;
    const auto& name = static_cast<const FunctionNode&>(node).name;
    return name == "rollup" || name == "cube" || name == "GROUPING SETS";
}

/// R5: a key of ROLLUP or CUBE is NULL in the rows of totals.
void check_grouping_nulls(const StatementNode& statement) {
    for (const Item& key : statement.items.of(Clause::group_by)) {
        if (!is_grouping(*key.node)) continue;
        for (const Item& item : statement.items.of(Clause::column)) {
            const Node* selected = item.node.get();
            if (selected->kind == NodeKind::label)
                selected = static_cast<const LabelNode*>(selected)->operand.get();
            for (const NodeRef& part : static_cast<const FunctionNode&>(*key.node).arguments)
                if (!item.nullable && equal(*part, *selected))
                    throw ArgumentError(
                        "a key of rollup() or cube() is NULL in the rows of totals: select it as "
                        "nullable(key)");
        }
    }
}

void append_froms(std::vector<const FromNode*>& froms, const FromPlan& plan) {
    for (const auto& chain : plan.chains) {
        froms.push_back(chain.first);
        for (const auto& join : chain.joins) froms.push_back(join.target);
    }
}

}  // namespace

// "t"."x" means the table t of any schema in the same FROM, and before that of an enclosing one. So
// a table of a schema gets another name where it would take the place of one without. Where schemas
// are open, each table may come to be either.
Compiler::TableNames Compiler::renamed_tables(const FromPlan& plan,
                                              const std::vector<const FromNode*>& enclosing) {
    std::vector<const FromNode*> own;
    append_froms(own, plan);
    std::vector<const FromNode*> in_reach = own;
    in_reach.insert(in_reach.end(), enclosing.begin(), enclosing.end());
    const bool open = schemas_ == Schemas::open;
    const auto is_default = [](const FromNode* table) {
        return static_cast<const TableNode*>(table)->schema.empty();
    };
    TableNames renamed = renamed_tables_;
    for (const FromNode* from : own) {
        renamed.erase(from);
        const auto takes_its_place = [&](const FromNode* other) {
            if (other->kind != NodeKind::table || other->name != from->name) return false;
            return open ? other != from : is_default(other);
        };
        if (from->kind == NodeKind::table && (open || !is_default(from)) &&
            std::any_of(in_reach.begin(), in_reach.end(), takes_its_place))
            renamed[from] = new_name(from->name);
    }
    return renamed;
}

void Compiler::visit_select(const StatementNode& statement) {
    if (statement.items.has(Clause::source))
        throw ArgumentError(
            "from_statement(): such a statement is executed by a Session; it is no part of others");
    std::vector<const FromNode*> enclosing;
    for (const Frame* outer : frames_) append_froms(enclosing, outer->plan);
    Frame frame{statement, plan_from(statement, enclosing)};
    check_outer_join_nulls(statement, frame.plan);
    check_grouping_nulls(statement);
    const Restored renamed(renamed_tables_, renamed_tables(frame.plan, enclosing));
    frames_.push_back(&frame);
    with_items(statement);
    write("SELECT ");
    hints(statement, Clause::prefix, "", " ");
    if (statement.distinct && !statement.items.has(Clause::distinct)) write("DISTINCT ");
    distinct_on(statement);
    const Restored head(head_, mark());
    select_list(statement);
    from_clause(statement, frame);
    conditions(" WHERE ", statement, Clause::where);
    group_by(statement);
    {
        const Restored labels(frames_.back()->labels_visible, capabilities_.labels_in_having);
        conditions(" HAVING ", statement, Clause::having);
    }
    order_by(statement);
    limit_clause(statement);
    if (statement.lock.asked) lock_clause(statement, frame);
    hints(statement, Clause::statement_hint, " ", "");
    hints(statement, Clause::suffix, " ", "");
    check_connections("SELECT", frame);
    frames_.pop_back();
}

/// CTEs that the program added; those that nothing refers to too.
void Compiler::with_items(const StatementNode& statement) {
    for (const Item& item : statement.items.of(Clause::with))
        cte(static_cast<const CteNode&>(from_behind(*item.node)));
}

void Compiler::distinct_on(const StatementNode& statement) {
    const auto items = statement.items.of(Clause::distinct);
    if (items.empty()) return;
    if (!capabilities_.distinct_on)
        unsupported("DISTINCT ON; number the rows with row_number() and keep the first");
    write("DISTINCT ON (");
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) write(", ");
        visit(*items[i].node);
    }
    write(") ");
}

void Compiler::group_by(const StatementNode& statement) {
    const auto items = statement.items.of(Clause::group_by);
    if (items.size() == 1 && is_grouping(*items.front().node)) {
        write(" GROUP BY ");
        return visit_grouping(static_cast<const FunctionNode&>(*items.front().node));
    }
    bool first = true;
    for (const Item& item : items) {
        if (is_grouping(*item.node) && !capabilities_.grouping_sets)
            unsupported("groupings beside other keys");
        write(first ? " GROUP BY " : ", ");
        first = false;
        visit_group_key(*item.node);
    }
}

void Compiler::select_list(const StatementNode& statement) {
    const auto items = statement.items.of(Clause::column);
    if (items.empty()) throw CompileError("a SELECT without columns; select(…) something");
    const auto described = result_columns(statement);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) write(", ");
        const Node& node = *items[i].node;
        visit(node.kind == NodeKind::label ? *static_cast<const LabelNode&>(node).operand : node);
        if (!described[i].renamed) continue;
        write(" AS ");
        write_name(described[i].name);
    }
}

void Compiler::from_clause(const StatementNode& statement, Frame& frame) {
    if (frame.plan.chains.empty()) return write(capabilities_.from_nothing);
    bool first = true;
    for (const FromChain& chain : frame.plan.chains) {
        write(first ? " FROM " : ", ");
        first = false;
        from_object(*chain.first);
        from_hints(statement, *chain.first);
        for (const auto& join : chain.joins) {
            switch (join.type) {
                case JoinNode::Type::inner: write(" JOIN "); break;
                case JoinNode::Type::left_outer: write(" LEFT OUTER JOIN "); break;
                case JoinNode::Type::cross: write(" CROSS JOIN "); break;
                case JoinNode::Type::full_outer:
                    if (!capabilities_.full_outer_join) unsupported("FULL OUTER JOIN");
                    write(" FULL OUTER JOIN ");
            }
            if (join.opens) write("(");
            from_object(*join.target);
            from_hints(statement, *join.target);
            if (!join.on) continue;
            write(" ON ");
            visit_condition(*join.on);
            if (!join.on_both) continue;
            write(") ON ");
            visit_condition(*join.on_both);
        }
    }
}

namespace {

/// The number of the value list that belongs to a FROM object or a scoped node; the statement's own
/// for one without values.
std::uint32_t segment_of(const Segments& segments, const Node& owner) {
    const auto found = std::find(segments.owners.begin(), segments.owners.end(), &owner);
    return static_cast<std::uint32_t>(
        found == segments.owners.end() ? 0 : found - segments.owners.begin());
}

}  // namespace

Compiler::SegmentScope::SegmentScope(Compiler& compiler, const Node& owner)
    : segment_(compiler.segment_, segment_of(compiler.segments_, owner)) {
    if (compiler.segment_ != 0) compiler.next_ordinal_[compiler.segment_] = 0;
}

void Compiler::visit_scoped(const ScopedNode& node) {
    if (node.first >= 0) {
        const Restored counted(next_ordinal_[segment_], static_cast<std::uint32_t>(node.first));
        return visit(*node.operand);
    }
    const SegmentScope own(*this, node.origin());
    visit(*node.operand);
}

void Compiler::from_object(const Node& from) {
    switch (from.kind) {
        case NodeKind::table: {
            const auto& table = static_cast<const TableNode&>(from);
            write_table(table);
            const auto renamed = renamed_tables_.find(&table);
            if (renamed != renamed_tables_.end()) {
                write(alias_keyword());
                write_name(renamed->second);
            }
            return from_suffix(table);
        }
        case NodeKind::alias: {
            const auto& alias = static_cast<const AliasNode&>(from);
            if (alias.element->kind == NodeKind::table)
                write_table(static_cast<const TableNode&>(*alias.element));
            else
                from_object(*alias.element);
            write_from_name(alias);
            return from_suffix(alias);
        }
        case NodeKind::subquery: {
            const auto& subquery = static_cast<const SubqueryNode&>(from);
            if (subquery.lateral && !capabilities_.lateral) unsupported("LATERAL");
            write(subquery.lateral ? "LATERAL (" : "(");
            {
                const SegmentScope own(*this, from);
                // A derived table sees nothing of the query around it, unless it is lateral.
                const Restored frames(frames_, subquery.lateral ? frames_ : std::vector<Frame*>{});
                visit_statement(*subquery.select);
            }
            write(")");
            write_from_name(subquery);
            return from_suffix(subquery);
        }
        case NodeKind::cte: {
            const auto& named = static_cast<const CteNode&>(from);
            cte(named);
            write_name(cte_names_.at(&named));
            return from_suffix(named);
        }
        case NodeKind::composed_from:
            return visit_composed_from(static_cast<const ComposedFromNode&>(from));
        default: refuse_extension(from); throw CompileError("this cannot stand in FROM");
    }
}

void Compiler::cte(const CteNode& node) {
    if (cte_names_.contains(&node)) return;
    const NodeKind inner = node.statement->kind;
    const bool writes =
        inner == NodeKind::insert || inner == NodeKind::update || inner == NodeKind::delete_;
    if (writes && !capabilities_.cte_of_dml) unsupported("INSERT, UPDATE and DELETE in WITH");
    const CteNode& named = node.restates ? *node.restates : node;
    const std::string name = name_of(named);
    for (const auto& [other, other_name] : cte_names_)
        if (other_name == name && other != node.restates.get())
            throw CompileError("two different CTEs are named '" + name + "'");
    cte_names_[&node] = name;
    if (node.restates) cte_names_[node.restates.get()] = name;
    recursive_ = recursive_ || node.recursive;

    const Restored renamed(renamed_tables_, TableNames{});
    SqlText outer = std::exchange(out_, SqlText{});
    write_name(name);
    if (node.recursive) {
        write("(");
        for (std::size_t i = 0; i < node.columns.size(); ++i) {
            if (i != 0) write(", ");
            write_name(node.columns[i]->name);
        }
        write(")");
    }
    write(" AS");
    for (const NodeRef& text : node.texts.prefixes) visit_hint(*text, " ", "");
    write(" (");
    {
        const SegmentScope own(*this, node);
        const Restored frames(frames_, std::vector<Frame*>{});
        visit_statement(*node.statement);
    }
    write(")");
    for (const NodeRef& text : node.texts.suffixes) visit_hint(*text, " ", "");
    ctes_.push_back(std::exchange(out_, std::move(outer)));
}

void Compiler::with_prologue() {
    if (ctes_.empty()) return;
    if (capabilities_.with_clause == WithClause::before_select &&
        (statement_->kind == NodeKind::update || statement_->kind == NodeKind::delete_))
        unsupported("WITH before UPDATE or DELETE; use a subquery");
    SqlText whole;
    whole.text = recursive_ && capabilities_.recursive_keyword ? "WITH RECURSIVE " : "WITH ";
    for (std::size_t i = 0; i < ctes_.size(); ++i) {
        if (i != 0) whole.text += ", ";
        whole.append(ctes_[i]);
    }
    whole.text += " ";
    whole.append(out_);
    out_ = std::move(whole);
    ctes_.clear();
}

std::string_view Compiler::compound_operator(CompoundOp op) const {
    static constexpr std::string_view words[] = {" UNION ",         " UNION ALL ", " INTERSECT ",
                                                 " INTERSECT ALL ", " EXCEPT ",    " EXCEPT ALL "};
    return words[static_cast<std::size_t>(op)];
}

void Compiler::visit_compound_member(const StatementNode& member) {
    // Without parentheses a member with a tail of its own goes into a derived table.
    write(capabilities_.compound_member_parentheses ? "(" : "SELECT * FROM (");
    visit(member);
    write(")");
}

namespace {

/// Says something behind its conditions that would be taken for the whole compound's.
bool has_tail(const StatementNode& member) {
    for (const Clause clause :
         {Clause::order_by, Clause::limit, Clause::offset, Clause::statement_hint, Clause::suffix})
        if (member.items.has(clause)) return true;
    return member.lock.asked;
}

}  // namespace

void Compiler::visit_compound(const StatementNode& statement) {
    const bool all = statement.compound == CompoundOp::intersect_all ||
                     statement.compound == CompoundOp::except_all;
    if (all && !capabilities_.compound_all) unsupported("INTERSECT ALL and EXCEPT ALL");
    Frame frame{statement, {}};
    bool first = true;
    for (const Item& item : statement.items.of(Clause::source)) {
        if (!first) write(compound_operator(statement.compound));
        first = false;
        const auto& member = static_cast<const StatementNode&>(*item.node);
        const bool own_tail = has_tail(member);
        const bool nested = member.kind == NodeKind::compound;
        if (own_tail || nested)
            visit_compound_member(member);
        else
            visit_statement(member);
    }
    frames_.push_back(&frame);
    frame.labels_visible = true;
    order_by(statement);
    limit_clause(statement);
    frames_.pop_back();
}

void Compiler::order_by(const StatementNode& statement) {
    if (!keeps_order(statement)) {
        for (const Item& item : statement.items.of(Clause::order_by)) pass_over(*item.node);
        return;
    }
    const bool compound = statement.kind == NodeKind::compound;
    // A compound's ORDER BY can only name result columns, which have no table.
    const Restored qualify(qualify_, qualify_ && !compound);
    bool first = true;
    for (const Item& item : statement.items.of(Clause::order_by)) {
        write(first ? " ORDER BY " : ", ");
        first = false;
        const Node& key = item.node->kind == NodeKind::ordering
                              ? *static_cast<const OrderingNode&>(*item.node).operand
                              : *item.node;
        // A result's name may stand by itself, but PostgreSQL doesn't know it inside an expression.
        const Restored labels(frames_.back()->labels_visible,
                              compound || key.kind == NodeKind::label);
        visit(*item.node);
    }
}

/// A label in GROUP BY is named, because its expression's parameters would make it another
/// expression for PostgreSQL; unless a column is called so, which databases would group by instead.
void Compiler::visit_group_key(const Node& key) {
    bool named = key.kind == NodeKind::label && capabilities_.labels_in_group_by;
    const auto has_column = [&](const FromNode& from) {
        const auto& name = static_cast<const LabelNode&>(key).name;
        return std::any_of(from.columns.begin(), from.columns.end(),
                           [&](const auto& column) { return column->name == name; });
    };
    if (named)
        for (const FromChain& chain : frames_.back()->plan.chains) {
            named = named && !has_column(*chain.first);
            for (const auto& join : chain.joins) named = named && !has_column(*join.target);
        }
    const Restored labels(frames_.back()->labels_visible, named);
    visit(key);
}

void Compiler::fetch_clause(const StatementNode& statement) {
    // The count's values come first, though it stands behind the offset.
    const auto limit = statement.items.of(Clause::limit);
    const SqlText count = limit.empty() ? SqlText{} : written(*limit.front().node);
    for (const Item& item : statement.items.of(Clause::offset)) {
        write(" OFFSET ");
        visit(*item.node);
        write(" ROWS");
    }
    if (limit.empty()) return;
    write(" FETCH FIRST ");
    write(count);
    const bool ties = statement.fetch == Fetch::ties || statement.fetch == Fetch::percent_with_ties;
    const bool percent =
        statement.fetch == Fetch::percent || statement.fetch == Fetch::percent_with_ties;
    if (ties && !capabilities_.fetch_ties) unsupported("FETCH … WITH TIES; use rank()");
    if (percent && !capabilities_.fetch_percent) unsupported("FETCH … PERCENT");
    if (percent) write(" PERCENT");
    write(ties ? " ROWS WITH TIES" : " ROWS ONLY");
}

void Compiler::limit_clause(const StatementNode& statement) {
    const bool plain = statement.fetch == Fetch::limit ||
                       (statement.fetch == Fetch::rows && !capabilities_.fetch_first);
    if (!plain) {
        if (!capabilities_.fetch_first) unsupported("FETCH … WITH TIES or PERCENT; use rank()");
        return fetch_clause(statement);
    }
    for (const Item& item : statement.items.of(Clause::limit)) {
        write(" LIMIT ");
        visit(*item.node);
    }
    for (const Item& item : statement.items.of(Clause::offset)) {
        write(" OFFSET ");
        visit(*item.node);
    }
}

void Compiler::lock_clause(const StatementNode& statement, const Frame& frame) {
    if (compiled_) compiled_->writes = true;  // a transaction that begins so begins as a writer
    if (capabilities_.row_locks) write(lock_strength(statement.lock));
    lock_targets(statement, frame);
    if (!capabilities_.row_locks) return;
    if (statement.lock.nowait) write(" NOWAIT");
    if (statement.lock.skip_locked) write(" SKIP LOCKED");
}

/// Checks them also where they are not written.
void Compiler::lock_targets(const StatementNode& statement, const Frame& frame) {
    const bool writes = capabilities_.row_locks && has_lock_of();
    bool first = true;
    for (const Item& item : statement.items.of(Clause::lock_of)) {
        const FromNode& from = from_behind(*item.node);
        if (!frame.plan.has(&from))
            throw CompileError("with_for_update(): " + from.describe() +
                               ", of which rows shall be locked, is not in FROM");
        if (!writes) continue;
        write(first ? " OF " : ", ");
        first = false;
        const auto renamed = renamed_tables_.find(&from);
        lock_target(from, renamed != renamed_tables_.end() ? renamed->second : name_of(from));
    }
}

void Compiler::lock_target(const FromNode&, std::string_view name) {
    write_name(name);
}

std::string_view Compiler::lock_strength(const RowLock& lock) const {
    return lock.read ? " FOR SHARE" : " FOR UPDATE";
}

void Compiler::conditions(std::string_view keyword, const StatementNode& statement, Clause clause) {
    const auto items = statement.items.of(clause);
    if (items.empty()) return;
    write(keyword);
    if (items.size() == 1) return visit_condition(*items.front().node);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) write(" AND ");
        visit_condition(*items[i].node, precedence::and_);
    }
}

void Compiler::visit_subquery_element(const SubqueryElementNode& node) {
    write(node.use == SubqueryElementNode::Use::exists ? "EXISTS (" : "(");
    visit_statement(*node.select);
    write(")");
}

namespace {

/// The names that the program gave to FROM objects anywhere in a statement.
class GivenNames {
  public:
    explicit GivenNames(std::set<std::string, std::less<>>& names) : names_(names) {}
    void collect(const Node& node) {
        if (node.kind == NodeKind::column) {
            const FromNode* from = static_cast<const ColumnNode&>(node).from;
            if (from) collect(*from);
            return;
        }
        if (!seen_.insert(&node).second) return;
        if (is_from(node.kind) && node.kind != NodeKind::join)
            names_.insert(static_cast<const FromNode&>(node).name);
        for_each_child(node, [&](const Node& child) { collect(child); });
    }

  private:
    std::set<std::string, std::less<>>& names_;
    std::set<const Node*> seen_;
};

}  // namespace

std::string Compiler::name_of(const FromNode& from) {
    if (!from.name.empty()) return from.name;
    auto& name = anonymous_names_[&from];
    if (!name.empty()) return name;
    const auto* alias =
        from.kind == NodeKind::alias ? &static_cast<const AliasNode&>(from) : nullptr;
    return name = new_name(alias && !alias->element->name.empty() ? alias->element->name : "anon");
}

const StatementNode& Compiler::current_statement() const noexcept {
    return frames_.back()->statement;
}

std::string Compiler::new_name(const std::string& stem) {
    if (given_names_.empty() && statement_) GivenNames(given_names_).collect(*statement_);
    std::string name;
    do {
        name = stem + "_" + std::to_string(++last_anonymous_);
    } while (given_names_.contains(name));
    return name;
}

bool Compiler::is_selected_label(const LabelNode& label) const {
    if (frames_.empty() || !frames_.back()->labels_visible) return false;
    const StatementNode* statement = &frames_.back()->statement;
    while (statement->kind == NodeKind::compound)
        statement = static_cast<const StatementNode*>(
            statement->items.of(Clause::source).front().node.get());
    const auto columns = statement->items.of(Clause::column);
    return std::any_of(columns.begin(), columns.end(), [&](const Item& item) {
        return item.node->kind == NodeKind::label &&
               static_cast<const LabelNode&>(*item.node).name == label.name;
    });
}

void Compiler::describe_result(const StatementNode& statement) {
    const bool selects = statement.kind == NodeKind::select ||
                         statement.kind == NodeKind::compound || statement.kind == NodeKind::text;
    const StatementNode* source = &statement;
    while (source->kind == NodeKind::compound)
        source =
            static_cast<const StatementNode*>(source->items.of(Clause::source).front().node.get());
    const auto items = source->items.of(selects ? Clause::column : Clause::returning);
    const auto described = result_columns(statement);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Element& element = *described[i].element;
        const Kind wanted =
            items[i].wanted == Kind::null ? element.type.value_kind() : items[i].wanted;
        compiled_->columns.push_back({described[i].name, element.type, wanted, items[i].nullable,
                                      NodeRef(described[i].element)});
    }
    compiled_->returns_rows = selects || !items.empty();
}

}  // namespace azoth::inline v0::sql
