// SPDX-License-Identifier: MIT
#include <azoth/sql/operators.hpp>

#include <utility>

namespace azoth::inline v0 {

Expr<bool> all_of(const std::vector<Expr<bool>>& conditions) {
    std::vector<sql::Expression> operands;
    operands.reserve(conditions.size());
    for (const auto& condition : conditions) operands.push_back(condition.core());
    return Expr<bool>(sql::conjunction(sql::Op::and_, std::move(operands)));
}

Expr<bool> any_of(const std::vector<Expr<bool>>& conditions) {
    std::vector<sql::Expression> operands;
    operands.reserve(conditions.size());
    for (const auto& condition : conditions) operands.push_back(condition.core());
    return Expr<bool>(sql::conjunction(sql::Op::or_, std::move(operands)));
}

namespace sql {

Expression compare(Op op, const Operand& left, const Operand& right) {
    return binary(op, left, right, plain_type(TypeKind::boolean));
}

Expression combine(Op op, const Operand& left, const Operand& right) {
    return conjunction(op, {left, right});
}

}  // namespace sql
}  // namespace azoth::inline v0
