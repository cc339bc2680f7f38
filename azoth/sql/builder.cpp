// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/sql/composed.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/for_update.hpp>
#include <azoth/sql/statement.hpp>

namespace azoth::inline v0::sql {

Statement::Statement(const Statement& other) = default;
Statement::Statement(Statement&& other) noexcept = default;
Statement& Statement::operator=(const Statement& other) = default;
Statement& Statement::operator=(Statement&& other) noexcept = default;
Statement::~Statement() = default;
Statement::Statement(Ref<StatementNode> node) : node_(std::move(node)) {}

Statement::Statement(std::initializer_list<Selected> columns)
    : node_(make_ref<StatementNode>(NodeKind::select)) {
    add_all(Clause::column, columns);
}

namespace {

/// A table, or what a layer above puts one in place of.
bool is_writable(const FromNode& from) {
    return from.kind == NodeKind::table ||
           (from.kind == NodeKind::extension_from &&
            !static_cast<const ExtensionFromNode&>(from).has_identity);
}

}  // namespace

Statement::Statement(int kind, const FromClause& table) {
    static constexpr NodeKind kinds[] = {NodeKind::insert, NodeKind::update, NodeKind::delete_};
    if (!is_writable(table.node()))
        throw ArgumentError("INSERT, UPDATE and DELETE need a table, not " +
                            table.node().describe());
    node_ = make_ref<StatementNode>(kinds[kind]);
    node_->items.add({.node = NodeRef(&table.node()), .clause = Clause::target});
}

StatementNode& Statement::own() {
    if (!node_->unique()) node_ = make_ref<StatementNode>(*node_);
    node_->changed();
    return *node_;
}

StatementOptions Statement::get_execution_options() const {
    return node_->options;
}

void Statement::set_execution_options(const StatementOptions& options) {
    options.check();
    if (!options.is_given()) return;
    StatementOptions& kept = own().options;
    if (options.schema_translate_map.is_given())
        kept.schema_translate_map = options.schema_translate_map;
    if (options.stream_results) kept.stream_results = options.stream_results;
    if (options.max_row_buffer) kept.max_row_buffer = options.max_row_buffer;
    if (options.yield_per) kept.yield_per = options.yield_per;
}

void Statement::add_item(StatementNode& node, Clause clause, Expression&& expression, Shape shape) {
    const auto count = static_cast<std::uint32_t>(expression.values.size());
    const std::size_t position = node.items.add({.node = std::move(expression.node),
                                                 .values = count,
                                                 .clause = clause,
                                                 .wanted = shape.wanted,
                                                 .nullable = shape.nullable});
    if (count == 0) return;
    if (position == values_.size())
        values_.append(std::move(expression.values));
    else
        values_.insert(position, std::move(expression.values));
}

void Statement::add_item(Clause clause, Expression&& expression, Shape shape) {
    add_item(own(), clause, std::move(expression), shape);
}

void Statement::add(Clause clause, const Operand& operand, Shape shape) {
    add_item(clause, to_expression(operand), shape);
}

void Statement::add_assignments(Clause clause, Operands assignments) {
    StatementNode& node = own();
    for (const Operand& assignment : assignments) {
        if (!assignment.last || !assignment.expiring) {
            add_item(node, clause, to_expression(assignment), {});
            continue;
        }
        // A plain value, which the assignment has no other beside.
        auto& given = const_cast<Expression&>(*assignment.expression);
        const std::size_t position =
            node.items.add({.node = std::move(given.node), .values = 1, .clause = clause});
        auto& value = const_cast<Value&>(*assignment.last);
        if (position == values_.size())
            values_.push(std::move(value));
        else
            values_.insert(position, std::move(value));
    }
}

void Statement::add_all(Clause clause, std::initializer_list<Selected> selected) {
    StatementNode& node = own();
    for (const auto& [expression, shape] : selected) {
        if (!expression->values.empty()) {
            add_item(node, clause, Expression(*expression), shape);
            continue;
        }
        node.items.add({.node = expression->node,
                        .values = 0,
                        .clause = clause,
                        .wanted = shape.wanted,
                        .nullable = shape.nullable});
    }
}

void Statement::add_condition(Clause clause, const Operand& condition) {
    using Which = ConstantNode::Which;
    Expression expression = to_expression(condition);
    if (expression.node->kind == NodeKind::constant &&
        static_cast<const ConstantNode&>(*expression.node).which == Which::true_)
        return;
    add_item(clause, std::move(expression), {});
}

void Statement::set_distinct() {
    own().distinct = true;
}

namespace {

/// What an item holds that is about a FROM object. A column stands for what it is of, because it is
/// one node also where that is a whole query. What a layer above has in FROM becomes a table when
/// the statement is compiled.
NodeRef naming(const FromNode& from) {
    return from.columns.empty() ? NodeRef(&from) : NodeRef(from.columns.front().get());
}

NodeRef hint_node(std::string_view text, std::string_view dialect, NodeRef about = {}) {
    if (text.empty()) throw ArgumentError("a prefix, suffix or hint without text");
    std::vector<NodeRef> parts{fragment(std::string(text), Type()).node};
    if (about) parts.push_back(std::move(about));
    return make_ref<PhraseNode>(Form::hint, std::move(parts), Type(), std::string(dialect));
}

}  // namespace

void Statement::set_lock(const ForUpdate& lock) {
    if (lock.nowait && lock.skip_locked)
        throw ArgumentError(
            "with_for_update(): rows that are locked are an error (nowait) or left out "
            "(skip_locked), not both");
    forget(Clause::lock_of);
    own().lock = {.asked = true,
                  .read = lock.read,
                  .key_share = lock.key_share,
                  .nowait = lock.nowait,
                  .skip_locked = lock.skip_locked};
    for (const FromClause& from : lock.of) add_item(Clause::lock_of, {naming(from.node()), {}}, {});
}

void Statement::add_source(const Statement& source) {
    if (node_->items.has(Clause::source))
        throw ArgumentError(
            "from_statement(): this statement has its rows from another one already");
    add_item(Clause::source, Expression{NodeRef(&source.node()), source.values()}, {});
}

/// Removes the items of a clause and their values.
void Statement::forget(Clause clause) {
    const auto [position, removed] = own().items.remove(clause);
    if (removed == 0) return;
    Values kept;
    for (std::size_t i = 0; i < values_.size(); ++i)
        if (i < position || i >= position + removed) kept.push(values_[i]);
    values_ = std::move(kept);
}

void Statement::set_limit(Clause clause, std::int64_t count) {
    if (count < 0)
        throw ArgumentError(std::string(clause == Clause::limit ? "limit" : "offset") + "(" +
                            std::to_string(count) + "): the number of rows can't be negative");
    set_limit(clause,
              literal(plain_type(TypeKind::big_integer), Value(ValueView::of_integer(count))));
}

void Statement::set_limit(Clause clause, Expression&& count) {
    forget(clause);
    if (clause == Clause::limit) own().fetch = Fetch::limit;
    add_item(clause, std::move(count), {});
}

void Statement::set_fetch(std::int64_t count, const FetchOptions& options) {
    if (options.percent && count > 100)
        throw ArgumentError("fetch(" + std::to_string(count) + "): more than 100 percent");
    set_limit(Clause::limit, count);
    own().fetch = options.percent ? (options.with_ties ? Fetch::percent_with_ties : Fetch::percent)
                  : options.with_ties ? Fetch::ties
                                      : Fetch::rows;
}

void Statement::add_hint(Clause clause, std::string_view text, std::string_view dialect,
                         const FromClause* about) {
    add_item(clause, {hint_node(text, dialect, about ? naming(about->node()) : NodeRef()), {}}, {});
}

void Statement::set_correlation(Correlation correlation,
                                std::initializer_list<const FromClause*> froms) {
    if (node_->correlation != correlation) forget(Clause::correlate);
    own().correlation = correlation;
    for (const FromClause* from : froms)
        add_item(Clause::correlate, {naming(from->node()), {}}, {});
}

void Statement::put_cte(const FromClause& cte) {
    if (cte.node().kind != NodeKind::cte)
        throw ArgumentError("add_cte() takes what cte() makes, not " + cte.node().describe());
    add_item(Clause::with, {NodeRef(&cte.node()), {}}, {});
}

void Statement::add_from(const FromClause& from) {
    add_item(Clause::from, Expression{NodeRef(&from.node()), {}}, {});
}

void Statement::add_join(const FromClause& target, int type, const Expression* condition) {
    Expression on = condition ? *condition : Expression{};
    auto join = make_ref<JoinNode>(NodeRef(), NodeRef(&target.node()),
                                   static_cast<JoinNode::Type>(type), std::move(on.node));
    add_item(Clause::from, Expression{std::move(join), std::move(on.values)}, {});
}

void Statement::add_all_columns(const FromClause& from) {
    for (const auto& column : from.node().columns)
        add_item(Clause::column, Expression{NodeRef(column.get()), {}}, {});
}

void Statement::clear_columns() {
    forget(Clause::column);
}

std::size_t Statement::column_count() const {
    return node_->items.of(Clause::column).size();
}

Expression Statement::as_element(int use) const {
    using Use = SubqueryElementNode::Use;
    const Use usage = use == 0 ? Use::scalar : use == 1 ? Use::exists : Use::set;
    Type type = plain_type(TypeKind::boolean);
    if (use == 3) {
        type = Type();
    } else if (usage != Use::exists) {
        const StatementNode* first = node_.get();
        while (first->kind == NodeKind::compound)
            first = static_cast<const StatementNode*>(
                first->items.of(Clause::source).front().node.get());
        const auto columns = first->items.of(Clause::column);
        if (columns.size() != 1)
            throw ArgumentError("a subquery used as a value must select one column, not " +
                                std::to_string(columns.size()));
        type = static_cast<const Element&>(*columns.front().node).type;
    }
    return {make_ref<SubqueryElementNode>(usage, Ref<const StatementNode>(node_), std::move(type)),
            values_};
}

FromClause Statement::as_subquery(std::string_view name, bool lateral) const {
    return FromClause(make_ref<SubqueryNode>(Ref<const StatementNode>(node_), values_,
                                             std::string(name), lateral));
}

FromClause Statement::as_cte(std::string_view name, bool recursive) const {
    return FromClause(make_ref<CteNode>(Ref<const StatementNode>(node_), values_, std::string(name),
                                        recursive, Ref<const CteNode>()));
}

namespace {

std::size_t selected_columns(const StatementNode& node) {
    if (node.kind != NodeKind::compound) return node.items.of(Clause::column).size();
    return selected_columns(
        static_cast<const StatementNode&>(*node.items.of(Clause::source).front().node));
}

}  // namespace

Statement make_compound(CompoundOp op, const Statement* const* members, std::size_t count) {
    Statement result(make_ref<StatementNode>(NodeKind::compound));
    result.own().compound = op;
    for (std::size_t i = 0; i < count; ++i) {
        const Statement& member = *members[i];
        if (selected_columns(member.node()) != selected_columns(members[0]->node()))
            throw ArgumentError("the members of a UNION select different numbers of columns: " +
                                std::to_string(selected_columns(members[0]->node())) + " and " +
                                std::to_string(selected_columns(member.node())));
        result.add_item(Clause::source, Expression{NodeRef(&member.node()), member.values()}, {});
    }
    return result;
}

FromClause recursive_cte(const FromClause& anchor, CompoundOp op, const Statement& recursive) {
    const auto& cte = static_cast<const CteNode&>(anchor.node());
    if (!cte.recursive)
        throw ArgumentError(cte.describe() +
                            " is not recursive: make it with cte(name, true) to refer to itself");
    Statement whole(make_ref<StatementNode>(NodeKind::compound));
    whole.own().compound = op;
    if (selected_columns(*cte.statement) != selected_columns(recursive.node()))
        throw ArgumentError("the two parts of recursive " + cte.describe() +
                            " select different numbers of columns");
    whole.add_item(Clause::source, Expression{NodeRef(cte.statement), cte.values}, {});
    whole.add_item(Clause::source, Expression{NodeRef(&recursive.node()), recursive.values()}, {});
    return FromClause(make_ref<CteNode>(Ref<const StatementNode>(whole.node_ref()), whole.values(),
                                        cte.name, true, Ref<const CteNode>(&cte), cte.texts));
}

FromClause cte_with_text(const FromClause& cte, std::string_view text, std::string_view dialect,
                         bool before) {
    const auto& node = static_cast<const CteNode&>(cte.node());
    CteNode::Texts texts = node.texts;
    (before ? texts.prefixes : texts.suffixes).push_back(hint_node(text, dialect));
    return FromClause(make_ref<CteNode>(node.statement, node.values, node.name, node.recursive,
                                        node.restates, std::move(texts)));
}

}  // namespace azoth::inline v0::sql
