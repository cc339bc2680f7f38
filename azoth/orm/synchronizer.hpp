// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/evaluator.hpp>
#include <azoth/orm/row_effects.hpp>
#include <azoth/orm/written_class.hpp>
#include <azoth/sql/lowering.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

/// Keeps the objects of a session in step with one UPDATE or DELETE by criteria: made before it is
/// executed, told of its rows, and finished when it has succeeded. One thread. SQLAlchemy:
/// `synchronize_session`.
class Synchronizer {
  public:
    /// May send a SELECT. Throws InvalidRequestError where criteria are to be evaluated and can't
    /// be, and where the key of objects is to change.
    /// \param keeps_rows the rows of RETURNING are read by the session, before it goes on
    Synchronizer(SessionCore& session, const WrittenClass& written, const sql::Statement& statement,
                 const Parameters* parameters, SynchronizeSession how, bool keeps_rows);

    /// What is to be executed: the program's statement, where need be with more in RETURNING.
    [[nodiscard]] const sql::Statement& statement() const noexcept {
        return extended_ ? static_cast<const sql::Statement&>(*extended_) : original_;
    }
    /// The rows of the statement are to be shown to take(), whose cells come behind those that the
    /// program asked for.
    [[nodiscard]] bool wants_rows() const noexcept { return extended_.has_value(); }
    void take(const ValueView* cells);
    /// How many cells of a row are for take(), the last ones.
    [[nodiscard]] std::size_t own_cells() const noexcept {
        return written_.mapper->key().size() + assigned_.size();
    }
    /// Objects of the class come with the rows and bring what is new.
    [[nodiscard]] bool returns_objects() const noexcept { return way_ == Way::returned; }
    /// Where they do, and foreign keys are written: the object that a row is about to refresh.
    /// \param entry by which the row is read
    [[nodiscard]] Slot* moved_object(const LoadPlan::Entry& entry, const ValueView* row) const;
    /// Before and after the row of such an object is read.
    void move_links(Slot& slot) const;
    /// The statement has succeeded.
    void finish();

  private:
    enum class Way : std::uint8_t { nothing, evaluated, fetched, selected, returned };
    /// An object whose row is among those written, and what is known of its columns.
    struct Matched {
        Slot* slot;
        bool surely;
        std::vector<Value> values{};  ///< of `assigned_`, where the database has said them
    };

    [[nodiscard]] Way chosen(SynchronizeSession how, bool keeps_rows);
    [[nodiscard]] Way fetching(bool keeps_rows) const;
    void note_assigned();
    void require_evaluable(SynchronizeSession how) const;
    void evaluate();
    void extend();
    void select_keys();
    void read_back();
    void read_back(std::span<Matched> some);
    void finish_update(Matched& matched, RowEffects& effects);

    SessionCore& session_;
    const WrittenClass written_;
    const sql::Statement& original_;
    const Parameters* parameters_;
    const bool deletes_;
    std::vector<const Attribute*> assigned_;  // of an UPDATE
    sql::Lowered lowered_;
    std::optional<Evaluator> evaluator_;
    std::optional<ExtendedStatement> extended_;
    Way way_ = Way::nothing;
    std::vector<Matched> matched_;
};

}  // namespace azoth::inline v0::orm
