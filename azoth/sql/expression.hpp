// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/node.hpp>
#include <azoth/sql/operator.hpp>
#include <azoth/types/traits.hpp>
#include <azoth/types/values.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// The C++ type of expressions whose type only the program knows at run time: columns of reflected
/// tables, literal_column without a type.
struct Any {};

template <class T>
class Expr;

namespace sql {

/// An expression without its C++ type: the tree and the values of its placeholders in order.
/// One thread at a time, like a std::string; copies are independent.
struct AZOTH_EXPORT Expression {
    Expression() noexcept = default;
    Expression(NodeRef tree, Values bound) noexcept
        : node(std::move(tree)), values(std::move(bound)) {}
    Expression(const Expression& other);
    Expression(Expression&& other) noexcept
        : node(std::move(other.node)), values(std::move(other.values)) {}
    Expression& operator=(const Expression& other);
    Expression& operator=(Expression&& other) noexcept;
    ~Expression();

    NodeRef node;
    Values values;
};

/// What a typed operator hands over for one of its operands: a borrowed expression or a borrowed
/// value. Trivial to make and to destroy, so that a statement leaves little code in the user's
/// file; lives no longer than the full expression that it stands in.
struct Operand {
    const Expression* expression = nullptr;  ///< null: a value
    bool expiring = false;                   ///< `expression` is a temporary and may be emptied
    const Type* type = nullptr;              ///< of the value; null: SQL's NULL itself
    ValueView value;
    const Value* last = nullptr;  ///< not null: one more value of `expression`, behind its own

    static Operand of(const Expression& expression) noexcept {
        return {&expression, false, {}, {}, {}};
    }
    static Operand of(Expression&& expression) noexcept { return {&expression, true, {}, {}, {}}; }
};
/// The operand as an expression of its own: copied, taken over, or made a literal.
[[nodiscard]] AZOTH_EXPORT Expression to_expression(const Operand& operand);

using Operands = std::initializer_list<Operand>;

// What the typed operators hand over to. All in expression.cpp, so that users' files compile
// quickly.

/// A literal: a placeholder and its value. NULL values become placeholders too.
[[nodiscard]] AZOTH_EXPORT Expression literal(const Type& type, Value value);
/// `left op right`; a literal takes over the other side's SQL type where that decides how the
/// database reads it (numeric, uuid, enum, json). `= NULL` literals become IS NULL.
[[nodiscard]] AZOTH_EXPORT Expression binary(Op op, const Operand& left, const Operand& right,
                                             const Type& result);
/// As binary() for an operator whose result is a condition.
[[nodiscard]] AZOTH_EXPORT Expression compare(Op op, const Operand& left, const Operand& right);
[[nodiscard]] AZOTH_EXPORT Expression is_null(const Expression& operand, bool negated);
[[nodiscard]] AZOTH_EXPORT Expression unary(Op op, const Operand& operand, const Type& result);
/// AND / OR; nested ones of the same operator are merged into one.
[[nodiscard]] AZOTH_EXPORT Expression conjunction(Op op, Operands operands);
[[nodiscard]] AZOTH_EXPORT Expression combine(Op op, const Operand& left, const Operand& right);
[[nodiscard]] AZOTH_EXPORT Expression conjunction(Op op, std::vector<Expression> operands);
[[nodiscard]] AZOTH_EXPORT Expression negate(const Operand& operand);
[[nodiscard]] AZOTH_EXPORT Expression between(const Expression& operand, const Operand& low,
                                              const Operand& high, bool negated);
[[nodiscard]] AZOTH_EXPORT Expression in_values(const Expression& operand, const Type& type,
                                                const Values& choices, bool negated);
[[nodiscard]] AZOTH_EXPORT Expression in_select(const Expression& operand, Expression select,
                                                bool negated);
[[nodiscard]] AZOTH_EXPORT Expression like(Op op, const Operand& operand, const Operand& pattern,
                                           std::string_view escape);
/// LIKE with the text taken literally: %, _ and the escape itself are escaped in it.
enum class Anchor : std::uint8_t { prefix, suffix, anywhere };
[[nodiscard]] AZOTH_EXPORT Expression like_text(const Expression& operand, Anchor anchor,
                                                std::string_view text, bool case_sensitive,
                                                bool negated);
[[nodiscard]] AZOTH_EXPORT Expression label(const Expression& operand, std::string_view name);
[[nodiscard]] AZOTH_EXPORT Expression cast(const Operand& operand, const Type& type);
[[nodiscard]] AZOTH_EXPORT Expression ordering(const Expression& operand, bool descending);
[[nodiscard]] AZOTH_EXPORT Expression nulls_ordering(const Expression& operand, bool first);
[[nodiscard]] AZOTH_EXPORT Expression function(std::string_view name, Operands arguments,
                                               const Type& result);
/// A placeholder with a name. Throws ArgumentError for a name that is no identifier.
[[nodiscard]] AZOTH_EXPORT Expression named_bind(std::string name, const Type& type,
                                                 const BindExtra& extra = {});
[[nodiscard]] AZOTH_EXPORT Expression literal_with(const Type& type, Value value,
                                                   const BindExtra& extra);
/// SQL text as an element. Throws ArgumentError for a control character that the compiler uses.
[[nodiscard]] AZOTH_EXPORT Expression fragment(std::string sql, const Type& type);
/// One WHEN of a CASE: condition and value.
using WhenThen = std::pair<Expression, Expression>;
/// \param subject without a node: CASE WHEN condition; \param otherwise without a node: no ELSE
[[nodiscard]] AZOTH_EXPORT Expression case_of(Expression subject, std::vector<WhenThen> branches,
                                              Expression otherwise, const Type& type);
[[nodiscard]] AZOTH_EXPORT Expression constant_true();
[[nodiscard]] AZOTH_EXPORT Expression constant_false();
[[nodiscard]] AZOTH_EXPORT Expression constant_null();

/// The type of an expression's node.
[[nodiscard]] AZOTH_EXPORT const Type& type_of(const Expression& expression);

}  // namespace sql

/// Base of all that takes part in expressions with the C++ type T: `Expr<T>` itself and, in layers
/// above, what stands for one. Each offers `core()`. Empty.
template <class T>
struct ExpressionOf {
    using value_type = T;
};

namespace detail {

template <class T>
std::true_type expr_test(const ExpressionOf<T>*);
std::false_type expr_test(...);

/// True for Expr<T>, for what derives from it (Column<T>), and for what stands for one.
template <class T>
inline constexpr bool is_expression =
    decltype(expr_test(static_cast<std::remove_cvref_t<T>*>(nullptr)))::value;

template <class T>
T expr_value(const ExpressionOf<T>*);
template <class T>
    requires is_expression<T>
using expr_value_t = decltype(expr_value(static_cast<std::remove_cvref_t<T>*>(nullptr)));

}  // namespace detail

/// An ordering element: `column.desc()`. One thread at a time; copies are independent.
class Ordering {
  public:
    explicit Ordering(sql::Expression core) : core_(std::move(core)) {}
    template <class E>
        requires detail::is_expression<E>
    Ordering(const E& expression)  // NOLINT: a plain expression orders ascending
        : core_(expression.core()) {}
    /// NULLS FIRST / NULLS LAST.
    [[nodiscard]] Ordering nulls_first() const {
        return Ordering(sql::nulls_ordering(core_, true));
    }
    [[nodiscard]] Ordering nulls_last() const {
        return Ordering(sql::nulls_ordering(core_, false));
    }
    [[nodiscard]] sql::Expression take() && { return std::move(core_); }
    [[nodiscard]] const sql::Expression& core() const& { return core_; }

  private:
    sql::Expression core_;
};

/// A SQL expression of C++ type T; std::optional<U> where it can be NULL. One thread at a time;
/// copies are independent and cheap. SQLAlchemy: `ColumnElement`.
///
/// Conditions are values: `Expr<bool>` can be assigned, collected in a vector and passed on; a
/// default-constructed one is true (an empty conjunction). It never converts to C++ bool.
template <class T>
class Expr : public ExpressionOf<T> {
  public:
    /// The empty conjunction: true.
    Expr()
        requires std::same_as<T, bool>
        : core_(sql::constant_true()) {}
    explicit Expr(sql::Expression core) : core_(std::move(core)) {}
    /// A condition on something nullable is a condition: NULL is not true.
    Expr(const Expr<std::optional<bool>>& other)
        requires std::same_as<T, bool>
        : core_(other.core()) {}
    Expr(Expr<std::optional<bool>>&& other)
        requires std::same_as<T, bool>
        : core_(std::move(other).take()) {}

    [[nodiscard]] const sql::Expression& core() const& noexcept { return core_; }
    [[nodiscard]] sql::Expression&& core() && noexcept { return std::move(core_); }
    [[nodiscard]] sql::Expression take() && noexcept { return std::move(core_); }
    /// The SQL type.
    [[nodiscard]] const Type& type() const { return sql::type_of(core_); }

    /// `AS name`; the name is quoted by the dialect.
    [[nodiscard]] Expr label(std::string_view name) const { return Expr(sql::label(core_, name)); }
    [[nodiscard]] Ordering asc() const { return Ordering(sql::ordering(core_, false)); }
    [[nodiscard]] Ordering desc() const { return Ordering(sql::ordering(core_, true)); }
    [[nodiscard]] Expr<bool> is_null() const { return Expr<bool>(sql::is_null(core_, false)); }
    [[nodiscard]] Expr<bool> is_not_null() const { return Expr<bool>(sql::is_null(core_, true)); }

    /// LIKE with a pattern; % and _ are wildcards.
    /// \param escape one character that takes their meaning away, or empty
    template <class P>
    [[nodiscard]] auto like(const P& pattern, std::string_view escape = {}) const;
    template <class P>
    [[nodiscard]] auto not_like(const P& pattern, std::string_view escape = {}) const;
    /// LIKE without regard to case.
    template <class P>
    [[nodiscard]] auto ilike(const P& pattern, std::string_view escape = {}) const;
    /// These take the text literally (SQLAlchemy: autoescape=True).
    [[nodiscard]] auto startswith(std::string_view text) const;
    [[nodiscard]] auto endswith(std::string_view text) const;
    [[nodiscard]] auto contains(std::string_view text) const;
    [[nodiscard]] auto icontains(std::string_view text) const;

    /// IN over values; none at all is false.
    template <class U>
    [[nodiscard]] auto in(std::initializer_list<U> choices) const;
    /// IN over a range of values or over a SELECT of one column.
    template <class R>
    [[nodiscard]] auto in(const R& choices) const;
    template <class U>
    [[nodiscard]] auto not_in(std::initializer_list<U> choices) const;
    template <class R>
    [[nodiscard]] auto not_in(const R& choices) const;
    template <class L, class H>
    [[nodiscard]] auto between(const L& low, const H& high) const;
    template <class U>
    [[nodiscard]] auto is_distinct_from(const U& other) const;
    template <class U>
    [[nodiscard]] auto is_not_distinct_from(const U& other) const;

  protected:
    sql::Expression core_;
};

}  // namespace azoth::inline v0
