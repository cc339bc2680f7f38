// SPDX-License-Identifier: MIT
#include <azoth/orm/evaluator.hpp>
#include <azoth/orm/row_batch.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace azoth::inline v0::orm {

using sql::Clause;
using sql::Op;
using Match = Evaluator::Match;

Evaluator::Evaluator(const Mapper& mapper, const sql::Statement& statement,
                     const sql::StatementNode& lowered, const Parameters* parameters) {
    TermBuilder builder(mapper, statement.values(), parameters);
    std::size_t first = 0;
    for (const sql::Item& item : lowered.items.all()) {
        if (item.clause == Clause::where) {
            criteria_.push_back(builder.build(*item.node, first));
            if (refusal_.empty()) refusal_ = builder.refusal();
        } else if (item.clause == Clause::assignment) {
            const auto& assignment = static_cast<const sql::AssignmentNode&>(*item.node);
            if (mapper.attribute_of(*assignment.column)) {
                Term term = builder.build(*assignment.value, first);
                assigned_.push_back({std::move(term), builder.refusal().empty()});
            }
        }
        first += item.values;
    }
}

namespace {

bool is_condition(const Answer& answer) {
    return answer.known && (answer.value.is_null() || answer.value.kind == Kind::boolean);
}

}  // namespace

Match Evaluator::matches(const Slot& slot) {
    texts_.clear();
    bool all_known = true;
    for (const Term& term : criteria_) {
        const Answer answer = ask(term, slot);
        if (!is_condition(answer))
            all_known = false;
        else if (answer.value.is_null() || !answer.value.boolean)
            return Match::no;
    }
    return all_known ? Match::yes : Match::unknown;
}

Answer Evaluator::assigned_value(std::size_t index, const Slot& slot) {
    if (index == 0) texts_.clear();
    const Assigned& assigned = assigned_[index];
    return assigned.evaluable ? ask(assigned.term, slot) : Answer::unknown();
}

namespace {

/// A column of single precision may hold less than the member.
bool is_rounded(const Attribute& attribute, const ValueView& value) {
    return value.kind == Kind::float64 && attribute.column->type.kind() == TypeKind::float32 &&
           static_cast<double>(static_cast<float>(value.real)) != value.real;
}

Answer ask_attribute(const Attribute& attribute, const Slot& slot) {
    if (!attribute.ops->is_set(attribute.in(slot.object()))) return Answer::unknown();
    const ValueView value = known_value(slot, attribute);
    return is_rounded(attribute, value) ? Answer::unknown() : Answer{value};
}

}  // namespace

Answer Evaluator::ask(const Term& term, const Slot& slot) {
    using What = Term::What;
    switch (term.what) {
        case What::constant: return {term.constant};
        case What::attribute: return ask_attribute(*term.attribute, slot);
        case What::unary: return ask_unary(term, slot);
        case What::binary: return ask_binary(term, slot);
        case What::conjunction: return ask_conjunction(term, slot);
        case What::between: return ask_between(term, slot);
        case What::in: return ask_in(term, slot);
        case What::case_: return ask_case(term, slot);
    }
    return Answer::unknown();
}

namespace {

Answer negated_if(bool negated, const Answer& answer) {
    if (!negated || !answer.known || answer.value.is_null()) return answer;
    return Answer::of(!answer.value.boolean);
}

}  // namespace

/// One false decides an AND, one true an OR, whatever else is NULL or not known.
Answer Evaluator::ask_conjunction(const Term& term, const Slot& slot) {
    const bool decisive = term.op == Op::or_;
    bool all_known = true;
    bool any_null = false;
    for (const Term& part : term.parts) {
        const Answer answer = ask(part, slot);
        if (!is_condition(answer))
            all_known = false;
        else if (answer.value.is_null())
            any_null = true;
        else if (answer.value.boolean == decisive)
            return answer;
    }
    if (!all_known) return Answer::unknown();
    return any_null ? Answer{} : Answer::of(!decisive);
}

Answer Evaluator::ask_unary(const Term& term, const Slot& slot) {
    const Answer operand = ask(term.parts.front(), slot);
    if (!operand.known || operand.value.is_null()) return operand;
    if (term.op == Op::not_)
        return is_condition(operand) ? Answer::of(!operand.value.boolean) : Answer::unknown();
    if (operand.value.kind == Kind::float64) return {ValueView::of_real(-operand.value.real)};
    if (operand.value.kind != Kind::int64 ||
        operand.value.integer == std::numeric_limits<std::int64_t>::min())
        return Answer::unknown();
    return {ValueView::of_integer(-operand.value.integer)};
}

namespace {

/// IS, IS NOT and their likes, which are never NULL.
Answer ask_is(Op op, const ValueView& a, const ValueView& b) {
    const bool negated = op == Op::is_not || op == Op::is_distinct_from;
    if (a.is_null() || b.is_null()) return Answer::of((a.is_null() && b.is_null()) != negated);
    return negated_if(negated, compared(Op::equal, a, b));
}

}  // namespace

Answer Evaluator::ask_binary(const Term& term, const Slot& slot) {
    const Answer left = ask(term.parts[0], slot);
    const Answer right = ask(term.parts[1], slot);
    if (!left.known || !right.known) return Answer::unknown();
    const ValueView& a = left.value;
    const ValueView& b = right.value;
    if (term.op >= Op::is && term.op <= Op::is_not_distinct_from) return ask_is(term.op, a, b);
    if (a.is_null() || b.is_null()) return {};
    switch (term.op) {
        case Op::like: return like(a, b, term.escape, false);
        case Op::not_like: return negated_if(true, like(a, b, term.escape, false));
        case Op::ilike: return like(a, b, term.escape, true);
        case Op::not_ilike: return negated_if(true, like(a, b, term.escape, true));
        case Op::concat: return concatenated(a, b);
        default: break;
    }
    return term.op <= Op::greater_equal ? compared(term.op, a, b) : calculated(term.op, a, b);
}

Answer Evaluator::concatenated(const ValueView& a, const ValueView& b) {
    if (a.kind != Kind::text || b.kind != Kind::text) return Answer::unknown();
    std::string& joined = texts_.emplace_back(a.text());
    joined += b.text();
    return {ValueView::of_text(joined)};
}

Answer Evaluator::ask_between(const Term& term, const Slot& slot) {
    Answer answers[3];
    for (std::size_t i = 0; i < 3; ++i) answers[i] = ask(term.parts[i], slot);
    const auto side = [&](Op op, const Answer& bound) {
        if (!answers[0].known || !bound.known) return Answer::unknown();
        if (answers[0].value.is_null() || bound.value.is_null()) return Answer{};
        return compared(op, answers[0].value, bound.value);
    };
    const Answer low = side(Op::greater_equal, answers[1]);
    const Answer high = side(Op::less_equal, answers[2]);
    const auto is_false = [](const Answer& one) {
        return one.known && !one.value.is_null() && !one.value.boolean;
    };
    if (is_false(low) || is_false(high)) return Answer::of(term.negated);
    if (!low.known || !high.known) return Answer::unknown();
    if (low.value.is_null() || high.value.is_null()) return {};
    return Answer::of(!term.negated);
}

Answer Evaluator::ask_in(const Term& term, const Slot& slot) {
    if (term.parts.size() == 1) return Answer::of(term.negated);  // of no values at all
    const Answer operand = ask(term.parts.front(), slot);
    if (!operand.known || operand.value.is_null()) return operand;
    if (operand.value.kind == Kind::int64 && !term.integers.empty())
        return Answer::of(std::binary_search(term.integers.begin(), term.integers.end(),
                                             operand.value.integer) != term.negated);
    bool all_known = true;
    bool any_null = false;
    for (std::size_t i = 1; i < term.parts.size(); ++i) {
        const Answer choice = ask(term.parts[i], slot);
        if (choice.known && choice.value.is_null()) {
            any_null = true;
            continue;
        }
        const Answer equal =
            choice.known ? compared(Op::equal, operand.value, choice.value) : Answer::unknown();
        if (equal.known && equal.value.boolean) return Answer::of(!term.negated);
        all_known = all_known && equal.known;
    }
    if (!all_known) return Answer::unknown();
    return any_null ? Answer{} : Answer::of(term.negated);
}

Answer Evaluator::ask_case(const Term& term, const Slot& slot) {
    for (std::size_t i = 0; i + 1 < term.parts.size(); i += 2) {
        const Answer condition = ask(term.parts[i], slot);
        if (!is_condition(condition)) return Answer::unknown();
        if (!condition.value.is_null() && condition.value.boolean)
            return ask(term.parts[i + 1], slot);
    }
    return ask(term.parts.back(), slot);
}

}  // namespace azoth::inline v0::orm
