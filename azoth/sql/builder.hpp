// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/from_clause.hpp>
#include <azoth/sql/operators.hpp>
#include <azoth/sql/statement_enums.hpp>
#include <azoth/sql/statement_options.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0 {
struct ForUpdate;
}  // namespace azoth::inline v0

/// The untyped core that the typed statement classes are thin faces of (design rule R4).
namespace azoth::inline v0::sql {

struct StatementNode;

/// What a result column's C++ type asks for. A plain value.
struct Shape {
    Kind wanted = Kind::null;
    bool nullable = true;
};
template <class T>
[[nodiscard]] constexpr Shape shape_of() {
    if constexpr (!detail::HasTraits<detail::unwrap_optional_t<T>>)
        return {};  // of run-time type, or an object of a layer above
    else
        return {TypeTraits<detail::unwrap_optional_t<T>>::kind, detail::is_optional<T>};
}

/// What typed<Ts...>() claims of one column. A plain value.
struct Wanted {
    Shape shape;
    detail::PrettyText cpp_type;  ///< for messages
};

/// An expression for the select list or RETURNING. Borrowed; a plain value.
struct Selected {
    const Expression* expression;
    Shape shape;
};

/// SELECT … FETCH FIRST: which rows beside the first so many. A plain value.
struct FetchOptions {
    bool with_ties = false;  ///< those too that are equal to the last one in ORDER BY
    bool percent = false;    ///< the count is one of hundredths of all rows
};

/// A statement under construction: a tree and its values. Copying is cheap (the tree is shared); a
/// change to a shared tree copies it first. One thread at a time; finished statements that nobody
/// changes may be executed by any number of threads.
class AZOTH_EXPORT Statement {
  public:
    Statement(const Statement& other);
    Statement(Statement&& other) noexcept;
    Statement& operator=(const Statement& other);
    Statement& operator=(Statement&& other) noexcept;
    ~Statement();

    [[nodiscard]] const StatementNode& node() const noexcept { return *node_; }
    [[nodiscard]] const Ref<StatementNode>& node_ref() const noexcept { return node_; }
    [[nodiscard]] const Values& values() const noexcept { return values_; }
    /// What execution_options() has said. SQLAlchemy: `Executable.get_execution_options`.
    [[nodiscard]] StatementOptions get_execution_options() const;

  protected:
    explicit Statement(Ref<StatementNode> node);
    /// A SELECT of these expressions.
    explicit Statement(std::initializer_list<Selected> columns);
    /// INSERT, UPDATE or DELETE. Throws ArgumentError for what is no table.
    /// \param kind 0 INSERT, 1 UPDATE, 2 DELETE
    Statement(int kind, const FromClause& table);

    void add(Clause clause, const Operand& operand, Shape shape = {});
    void add_all(Clause clause, std::initializer_list<Selected> selected);
    /// \param assignments what Assignment::operand() gives
    void add_assignments(Clause clause, Operands assignments);
    /// An empty conjunction adds nothing.
    void add_condition(Clause clause, const Operand& condition);
    void set_distinct();
    /// What is not given stays as it was.
    void set_execution_options(const StatementOptions& options);
    void set_lock(const ForUpdate& lock);
    void set_limit(Clause clause, std::int64_t count);
    void set_limit(Clause clause, Expression&& count);
    void set_fetch(std::int64_t count, const FetchOptions& options);
    /// \param dialect empty: for all; \param about what the hint is for, null: the statement
    void add_hint(Clause clause, std::string_view text, std::string_view dialect,
                  const FromClause* about = nullptr);
    /// Names FROM objects, or what stands for them. \param froms may be empty
    void set_correlation(Correlation correlation, std::initializer_list<const FromClause*> froms);
    void put_cte(const FromClause& cte);
    void add_from(const FromClause& from);
    /// A statement that this one is made of. Throws ArgumentError where there is one already.
    void add_source(const Statement& source);
    /// \param type JoinNode::Type as int; \param on null node: inferred from foreign keys
    void add_join(const FromClause& target, int type, const Expression* on);
    void add_all_columns(const FromClause& from);
    void clear_columns();
    /// Replaces the columns' shapes. Throws ArgumentError where number, types or nullability of the
    /// columns contradict them.
    void retype(std::initializer_list<Wanted> wanted);
    [[nodiscard]] std::size_t column_count() const;

    /// \param use 0 a value, 1 EXISTS, 2 the right side of IN, 3 the same of several columns
    [[nodiscard]] Expression as_element(int use) const;
    [[nodiscard]] FromClause as_subquery(std::string_view name, bool lateral) const;
    [[nodiscard]] FromClause as_cte(std::string_view name, bool recursive) const;

    Ref<StatementNode> node_;
    Values values_;

  private:
    void add_item(Clause clause, Expression&& expression, Shape shape);
    void add_item(StatementNode& node, Clause clause, Expression&& expression, Shape shape);
    void forget(Clause clause);

  protected:
    friend AZOTH_EXPORT Statement make_compound(CompoundOp op, const Statement* const* members,
                                                std::size_t count);
    friend AZOTH_EXPORT FromClause recursive_cte(const FromClause& anchor, CompoundOp op,
                                                 const Statement& recursive);
    StatementNode& own();
};

/// Says of what C++ types the rows of a statement class are, none for dynamic rows.
template <class... Ts>
struct RowsOf {};

/// Throws ArgumentError where the members' column counts differ.
[[nodiscard]] AZOTH_EXPORT Statement make_compound(CompoundOp op, const Statement* const* members,
                                                   std::size_t count);
[[nodiscard]] AZOTH_EXPORT FromClause recursive_cte(const FromClause& anchor, CompoundOp op,
                                                    const Statement& recursive);
/// \param before the parentheses, else behind
[[nodiscard]] AZOTH_EXPORT FromClause cte_with_text(const FromClause& cte, std::string_view text,
                                                    std::string_view dialect, bool before);

}  // namespace azoth::inline v0::sql
