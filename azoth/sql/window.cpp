// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/window.hpp>

#include <utility>

namespace azoth::inline v0::sql {
namespace {

bool is_call_with_arguments(const Node& node) {
    return node.kind == NodeKind::function &&
           !static_cast<const FunctionNode&>(node).arguments.empty();
}

/// Collects the parts of a node and their values, in the same order.
class Parts {
  public:
    void add(Expression&& expression) {
        nodes.push_back(std::move(expression.node));
        values.append(std::move(expression.values));
    }
    void add(const Expression& expression) { add(Expression(expression)); }

    std::vector<NodeRef> nodes;
    Values values;
};

/// The frame that a window says, with its computed distances among the parts.
WindowFrame frame_of(const Window& window, Parts& parts) {
    using Unit = WindowFrame::Unit;
    WindowFrame frame;
    frame.exclude = window.exclude;
    const std::pair<Unit, const std::optional<Frame>*> given[] = {
        {Unit::rows, &window.rows}, {Unit::range, &window.range_}, {Unit::groups, &window.groups}};
    for (const auto& [unit, said] : given) {
        if (!*said) continue;
        if (frame.unit != Unit::none)
            throw ArgumentError("over(): a window has one frame: rows, range_ or groups");
        frame.unit = unit;
        frame.from = (*said)->from.as(true);
        frame.to = (*said)->to.as(false);
        for (const FrameBound* bound : {&(*said)->from, &(*said)->to})
            if (bound->computed().node) parts.add(bound->computed());
    }
    if (frame.unit == Unit::none && frame.exclude != Exclude::nothing)
        throw ArgumentError(
            "over(): exclude leaves out rows of a frame: say rows, range_ or groups");
    return frame;
}

}  // namespace

Expression compose(Form form, Operands operands, const Type& result, std::string_view word) {
    Parts parts;
    for (const Operand& operand : operands) parts.add(to_expression(operand));
    if (form == Form::filter && parts.nodes[0]->kind == NodeKind::composed &&
        static_cast<const ComposedNode&>(*parts.nodes[0]).form == Form::filter)
        throw ArgumentError("filter() takes all its conditions at once");
    return {make_ref<PhraseNode>(form, std::move(parts.nodes), result, std::string(word)),
            std::move(parts.values)};
}

Expression over(const Expression& function, const Window& window) {
    Parts parts;
    parts.add(function);
    for (const AnyExpr& key : window.partition_by) parts.add(key.core());
    for (const Ordering& ordering : window.order_by) parts.add(ordering.core());
    const WindowFrame frame = frame_of(window, parts);
    return {make_ref<WindowNode>(std::move(parts.nodes), type_of(function),
                                 static_cast<std::uint32_t>(window.partition_by.size()),
                                 static_cast<std::uint32_t>(window.order_by.size()), frame),
            std::move(parts.values)};
}

Expression ordered(Form form, const Expression& function, std::initializer_list<Ordering> orderings,
                   const Type& result) {
    if (orderings.size() == 0)
        throw ArgumentError(form == Form::within_group
                                ? "within_group() needs something to order by"
                                : "aggregate_order_by() needs something to order by");
    if (form == Form::aggregate_order_by && !is_call_with_arguments(*function.node))
        throw ArgumentError(
            "aggregate_order_by() stands directly behind an aggregate with arguments: before "
            "filter() and over(), and once");
    Parts parts;
    parts.add(function);
    for (const Ordering& ordering : orderings) parts.add(ordering.core());
    return {make_ref<PhraseNode>(form, std::move(parts.nodes), result), std::move(parts.values)};
}

}  // namespace azoth::inline v0::sql
