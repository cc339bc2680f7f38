// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/sql/elements.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/text.hpp>

#include <deque>
#include <string>
#include <vector>

/// Criteria and assignments of UPDATE and DELETE, evaluated for objects of a session as the
/// database does it for their rows.
namespace azoth::inline v0::orm {

/// What an expression comes to for one object. A plain value that borrows.
struct Answer {
    ValueView value{};  ///< NULL is a value too
    /// Every database would say the same. Otherwise one must be asked: collations, rounding and
    /// overflow are its own affair.
    bool known = true;

    [[nodiscard]] static Answer unknown() noexcept { return {.known = false}; }
    [[nodiscard]] static Answer of(bool value) noexcept { return {ValueView::of_bool(value)}; }
};

/// An expression over the members of one object, with the values of its placeholders put in.
struct Term {
    enum class What : std::uint8_t {
        constant,
        attribute,
        unary,
        binary,
        conjunction,
        between,
        in,
        case_,  ///< WHEN and THEN alternating, ELSE last
    };
    What what = What::constant;
    sql::Op op{};
    bool negated = false;
    char escape = 0;  ///< of LIKE; 0: none
    const Attribute* attribute = nullptr;
    ValueView constant{};  ///< borrowed from the statement
    std::vector<Term> parts{};
    /// Of a long IN list of integers: its values, sorted.
    std::vector<std::int64_t> integers{};
};

/// Makes a term of an expression of a lowered statement. Used by one thread, once.
class TermBuilder {
  public:
    /// \param values of the statement; must live as long as the terms
    TermBuilder(const Mapper& mapper, const Values& values, const Parameters* parameters)
        : mapper_(mapper), values_(values), parameters_(parameters) {}
    /// \param first where the values of the expression begin
    [[nodiscard]] Term build(const sql::Node& node, std::size_t first);
    /// What only the database can evaluate, "lower()"; empty where there is nothing of the kind.
    [[nodiscard]] const std::string& refusal() const noexcept { return refusal_; }

  private:
    [[nodiscard]] Term term(const sql::Node& node);
    [[nodiscard]] Term refuse(std::string what);
    [[nodiscard]] Term column(const sql::ColumnNode& column);
    [[nodiscard]] Term bind(const sql::BindNode& bind);
    [[nodiscard]] Term constant(const sql::ConstantNode& constant);
    [[nodiscard]] Term unary(const sql::UnaryNode& unary);
    [[nodiscard]] Term binary(const sql::BinaryNode& binary);
    [[nodiscard]] Term in(const sql::InNode& in);
    [[nodiscard]] Term case_of(const sql::CaseNode& node);
    void add_list(Term& list, const sql::Node& choices);

    const Mapper& mapper_;
    const Values& values_;
    const Parameters* parameters_;
    std::size_t next_ = 0;
    std::string refusal_;
};

/// Evaluates the terms of one statement for one object after the other. One thread.
class Evaluator {
  public:
    /// \param lowered what the model made of it; both, and the parameters, must outlive this
    Evaluator(const Mapper& mapper, const sql::Statement& statement,
              const sql::StatementNode& lowered, const Parameters* parameters);

    /// What of the criteria only the database can evaluate; empty: nothing.
    [[nodiscard]] const std::string& refusal() const noexcept { return refusal_; }

    enum class Match : std::uint8_t { no, yes, unknown };
    /// Whether the criteria hold for the row of an object, as the session last saw it.
    [[nodiscard]] Match matches(const Slot& slot);

    /// What an UPDATE sets a column to, counted among those that members stand for; valid until the
    /// next object is asked for its first.
    [[nodiscard]] Answer assigned_value(std::size_t index, const Slot& slot);

  private:
    [[nodiscard]] Answer ask(const Term& term, const Slot& slot);
    [[nodiscard]] Answer ask_conjunction(const Term& term, const Slot& slot);
    [[nodiscard]] Answer ask_unary(const Term& term, const Slot& slot);
    [[nodiscard]] Answer ask_binary(const Term& term, const Slot& slot);
    [[nodiscard]] Answer ask_between(const Term& term, const Slot& slot);
    [[nodiscard]] Answer ask_in(const Term& term, const Slot& slot);
    [[nodiscard]] Answer ask_case(const Term& term, const Slot& slot);
    [[nodiscard]] Answer concatenated(const ValueView& a, const ValueView& b);

    std::vector<Term> criteria_;
    std::string refusal_;
    struct Assigned {
        Term term;
        bool evaluable;
    };
    std::vector<Assigned> assigned_;
    std::deque<std::string> texts_;  // calculated for the object at hand
};

/// `a op b` of two values that are not NULL, as every database has it.
[[nodiscard]] Answer compared(sql::Op op, const ValueView& a, const ValueView& b);
[[nodiscard]] Answer calculated(sql::Op op, const ValueView& a, const ValueView& b);
/// LIKE and ILIKE. \param escape 0: none
[[nodiscard]] Answer like(const ValueView& text, const ValueView& pattern, char escape,
                          bool ignores_case);

}  // namespace azoth::inline v0::orm
