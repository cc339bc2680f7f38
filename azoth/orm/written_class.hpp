// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/nodes.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/sql/statement.hpp>

#include <optional>
#include <utility>

namespace azoth::inline v0::orm {

/// The mapped class that an INSERT, UPDATE or DELETE names. A plain value; null where it is about a
/// table.
struct WrittenClass {
    const EntityNode* entity = nullptr;
    const Mapper* mapper = nullptr;

    /// Throws ArgumentError where the class is not of the model.
    [[nodiscard]] static WrittenClass of(const sql::StatementNode& statement,
                                         const ModelState& model);
    [[nodiscard]] explicit operator bool() const noexcept { return mapper != nullptr; }
    /// Where RETURNING has objects of this class, not of an alias.
    [[nodiscard]] std::optional<std::size_t> place_in_returning(
        const sql::StatementNode& statement) const noexcept;
    /// The member that is assigned; null where none stands for the column. Throws ArgumentError
    /// where it is one of another class, or not mapped.
    [[nodiscard]] const Attribute* assigned(const sql::AssignmentNode& assignment) const;
};

/// A statement of the program with more in it. As the statement in its use by threads.
class ExtendedStatement : public sql::Statement {
  public:
    explicit ExtendedStatement(const sql::Statement& original) : sql::Statement(original) {}
    explicit ExtendedStatement(Ref<sql::StatementNode> node, Values values = {})
        : sql::Statement(std::move(node)) {
        values_ = std::move(values);
    }

    /// The attribute's column behind all else in RETURNING.
    void add_returning(const Attribute& attribute);
    /// One that has no values.
    void add_item(sql::Item&& item) { own().items.add(std::move(item)); }
    /// One with its values, behind all others of its clause and before the next clause.
    void add_item(sql::Item&& item, Values values);
    /// `attribute = …` as the program wrote it.
    void add_assignment(const sql::Operand& assignment) {
        add_assignments(sql::Clause::assignment, {assignment});
    }
    /// `attribute = value`
    void add_value(const Attribute& attribute, const ValueView& value);
    /// WHERE attribute = value
    void add_equal(const Attribute& attribute, const ValueView& value);
};

}  // namespace azoth::inline v0::orm
