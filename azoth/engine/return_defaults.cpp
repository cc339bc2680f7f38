// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/engine/return_defaults.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0 {
namespace engine {

/// What a statement is asked to return, and what its cells stand for. Immutable.
struct DefaultsPlan {
    bool is_insert = true;
    std::vector<const sql::ColumnNode*> returned;  // by the statement, which keeps them alive
    std::shared_ptr<const ResultKeys> key;
    std::shared_ptr<const ResultKeys> defaults;
    std::vector<std::size_t> key_cells;  // positions among `returned`
    std::vector<std::size_t> default_cells;
};

namespace {

using sql::AssignmentNode;
using sql::Clause;
using sql::ColumnNode;
using sql::NodeKind;
using sql::StatementNode;
using sql::TableNode;

const AssignmentNode& assignment_of(const sql::Item& item) {
    return static_cast<const AssignmentNode&>(*item.node);
}

/// Finds out which columns the database fills by itself.
class Planner {
  public:
    explicit Planner(const StatementNode& statement)
        : statement_(statement),
          table_(statement.target()),
          object_(dynamic_cast<const schema::TableObject*>(&table_)) {}

    [[nodiscard]] DefaultsPlan plan() {
        plan_.is_insert = statement_.kind == NodeKind::insert;
        ResultKeys key;
        ResultKeys defaults;
        if (plan_.is_insert)
            for (const ColumnNode* column : primary_key()) add(*column, key, plan_.key_cells);
        for (const auto& column : table_.columns)
            if (is_made_by_database(*column)) add(*column, defaults, plan_.default_cells);
        plan_.key = std::make_shared<const ResultKeys>(std::move(key));
        plan_.defaults = std::make_shared<const ResultKeys>(std::move(defaults));
        return std::move(plan_);
    }

  private:
    [[nodiscard]] std::vector<const ColumnNode*> primary_key() const {
        if (object_) return object_->primary_key().columns;
        std::vector<const ColumnNode*> found;
        for (const auto& column : table_.columns)
            if (column->primary_key) found.push_back(column.get());
        return found;
    }

    [[nodiscard]] bool is_made_by_database(const ColumnNode& column) const {
        const auto assigned = statement_.items.of(Clause::assignment);
        for (std::size_t i = 0; i < assigned.size(); ++i)
            if (assignment_of(assigned[i]).column == &column)
                return is_expression(assignment_of(assigned[i]).value.get()) ||
                       any_further_row_has_expression(i);
        if (!plan_.is_insert) return false;
        return column.primary_key || (object_ && object_->details(column).server_default);
    }

    /// \param value null: it comes with each row, or from a SELECT
    [[nodiscard]] static bool is_expression(const sql::Node* value) {
        return value && value->kind != NodeKind::bind && value->kind != NodeKind::constant;
    }

    [[nodiscard]] bool any_further_row_has_expression(std::size_t position) const {
        const auto rows = statement_.items.of(Clause::row);
        return std::any_of(rows.begin(), rows.end(), [&](const sql::Item& row) {
            const auto& cells = static_cast<const sql::ListNode&>(*row.node).items;
            return is_expression(cells[position].get());
        });
    }

    void add(const ColumnNode& column, ResultKeys& keys, std::vector<std::size_t>& cells) {
        auto& returned = plan_.returned;
        const auto found = std::find(returned.begin(), returned.end(), &column);
        cells.push_back(static_cast<std::size_t>(found - returned.begin()));
        if (found == returned.end()) returned.push_back(&column);
        keys.names.push_back(column.name);
        keys.elements.emplace_back(&column);
    }

    const StatementNode& statement_;
    const TableNode& table_;
    const schema::TableObject* const object_;
    DefaultsPlan plan_;
};

Row<> pick(const ValueView* cells, const std::vector<std::size_t>& positions,
           const std::shared_ptr<const ResultKeys>& keys) {
    std::vector<Value> values;
    values.reserve(positions.size());
    for (const std::size_t position : positions) values.emplace_back(cells[position]);
    return {keys, std::move(values)};
}

[[noreturn]] void refuse(const std::string& call, const std::string& why) {
    throw InvalidRequestError(call + ": " + why);
}

/// The value that the program gave under a name; null where it gave none.
const Value* named_value(const std::vector<NamedArgument>* parameters, std::string_view name) {
    if (!parameters) return nullptr;
    const auto found = std::find_if(parameters->begin(), parameters->end(),
                                    [&](const auto& given) { return given.name == name; });
    return found == parameters->end() ? nullptr : &found->value;
}

}  // namespace
}  // namespace engine

using engine::DefaultsPlan;
using engine::ResultKeys;

// --- the statement -------------------------------------------------------------------------------

ReturnDefaults::ReturnDefaults(const sql::Statement& dml) : sql::Statement(dml), plain_(dml) {
    if (node().items.has(sql::Clause::returning))
        throw ArgumentError("return_defaults(): this statement has returning(…) already");
    auto plan = std::make_shared<const DefaultsPlan>(engine::Planner(node()).plan());
    for (const sql::ColumnNode* column : plan->returned) {
        const sql::Expression returned{sql::NodeRef(column), {}};
        add(sql::Clause::returning, sql::Operand::of(returned));
    }
    plan_ = std::move(plan);
}
ReturnDefaults::ReturnDefaults(const ReturnDefaults& other) = default;
ReturnDefaults::ReturnDefaults(ReturnDefaults&& other) noexcept = default;
ReturnDefaults& ReturnDefaults::operator=(const ReturnDefaults& other) = default;
ReturnDefaults& ReturnDefaults::operator=(ReturnDefaults&& other) noexcept = default;
ReturnDefaults::~ReturnDefaults() = default;

DMLResult ReturnDefaults::run_range(Connection& connection, driver::RowSource& rows,
                                    std::size_t columns, const InsertManyOptions* options) const {
    return {connection, *this, rows, columns, options};
}

ReturnDefaults return_defaults(const Insert<>& statement) {
    return ReturnDefaults(statement);
}
ReturnDefaults return_defaults(const Update<>& statement) {
    return ReturnDefaults(statement);
}

// --- running it ----------------------------------------------------------------------------------

class DMLResult::Collector final : public driver::RowSink {
  public:
    explicit Collector(DMLResult& result) : result_(result) {}
    void row(const ValueView* cells) override { result_.take(cells); }

  private:
    DMLResult& result_;
};

DMLResult::DMLResult(const engine::Execution& execution)
    : plan_(static_cast<const ReturnDefaults&>(execution.statement).plan_) {
    const auto& statement = static_cast<const ReturnDefaults&>(execution.statement);
    Connection& connection = execution.connection;
    if (can_return(connection)) {
        engine::ResultCore core = execution.run();
        while (core.fetch()) take(core.cells());
        // of SQLite known only when the last row has come
        rowcount_ = static_cast<std::int64_t>(std::max(keys_.size(), defaults_.size()));
    } else {
        const engine::Execution plain{connection, statement.plain_, execution.parameters,
                                      execution.options};
        rowcount_ = plain.run().rowcount;
        postfetch_ = plan_->defaults->names;
    }
    note_parameters(statement.plain_, execution.parameters);
}

DMLResult::DMLResult(Connection& connection, const ReturnDefaults& statement,
                     driver::RowSource& rows, std::size_t columns, const InsertManyOptions* options)
    : plan_(statement.plan_) {
    Collector collector(*this);
    if (can_return(connection)) {
        rowcount_ = connection.run_many(statement, rows, columns, &collector, options);
    } else {
        rowcount_ = connection.run_many(statement.plain_, rows, columns, nullptr, options);
        postfetch_ = plan_->defaults->names;
    }
}

DMLResult::DMLResult(const DMLResult& other) = default;
DMLResult::DMLResult(DMLResult&& other) noexcept = default;
DMLResult& DMLResult::operator=(const DMLResult& other) = default;
DMLResult& DMLResult::operator=(DMLResult&& other) noexcept = default;
DMLResult::~DMLResult() = default;

/// Whether the database returns what there is to be returned.
bool DMLResult::can_return(const Connection& connection) const {
    if (plan_->returned.empty()) return false;
    const sql::Capabilities& database = connection.dialect().capabilities();
    return database.returning && (plan_->is_insert || database.update_returning);
}

void DMLResult::take(const ValueView* cells) {
    if (!plan_->key_cells.empty())
        keys_.push_back(engine::pick(cells, plan_->key_cells, plan_->key));
    if (!plan_->default_cells.empty())
        defaults_.push_back(engine::pick(cells, plan_->default_cells, plan_->defaults));
}

void DMLResult::note_parameters(const sql::Statement& statement,
                                const std::vector<NamedArgument>* parameters) {
    const sql::Items& items = statement.node().items;
    if (items.has(sql::Clause::row) || items.has(sql::Clause::source)) return;
    ResultKeys keys;
    std::vector<Value> values;
    std::size_t next = 0;  // the items' values stand in their order
    for (const sql::Item& item : items.all()) {
        const std::size_t own = std::exchange(next, next + item.values);
        if (item.clause != sql::Clause::assignment) continue;
        const auto& assignment = engine::assignment_of(item);
        if (!assignment.value || assignment.value->kind != sql::NodeKind::bind) continue;
        const auto& bind = static_cast<const sql::BindNode&>(*assignment.value);
        const Value* const value = bind.name.empty() ? &statement.values()[own]
                                                     : engine::named_value(parameters, bind.name);
        if (!value) continue;
        keys.names.push_back(assignment.column->name);
        keys.elements.emplace_back(assignment.column);
        values.push_back(*value);
    }
    parameters_.emplace(
        Row<>(std::make_shared<const ResultKeys>(std::move(keys)), std::move(values)));
}

// --- what is asked -------------------------------------------------------------------------------

bool DMLResult::is_insert() const noexcept {
    return plan_->is_insert;
}

const std::vector<Row<>>& DMLResult::inserted_primary_key_rows() const {
    if (!plan_->is_insert)
        engine::refuse("inserted_primary_key_rows()", "this was an UPDATE, which inserts no rows");
    return keys_;
}

const Row<>& DMLResult::inserted_primary_key() const {
    const std::vector<Row<>>& keys = inserted_primary_key_rows();
    if (keys.size() != 1)
        engine::refuse("inserted_primary_key()",
                       "there are the keys of " + std::to_string(keys.size()) +
                           " inserted rows: ask inserted_primary_key_rows()");
    return keys.front();
}

std::optional<Row<>> DMLResult::returned_defaults() const {
    if (defaults_.size() > 1)
        engine::refuse("returned_defaults()", std::to_string(defaults_.size()) +
                                                  " rows were written: ask "
                                                  "returned_defaults_rows()");
    if (defaults_.empty()) return std::nullopt;
    return defaults_.front();
}

const RowMapping& DMLResult::last_inserted_params() const {
    if (!plan_->is_insert)
        engine::refuse("last_inserted_params()", "this was an UPDATE: ask last_updated_params()");
    if (!parameters_)
        engine::refuse("last_inserted_params()",
                       "the rows of this INSERT are those that the program gave it");
    return *parameters_;
}

const RowMapping& DMLResult::last_updated_params() const {
    if (plan_->is_insert)
        engine::refuse("last_updated_params()", "this was an INSERT: ask last_inserted_params()");
    return *parameters_;
}

}  // namespace azoth::inline v0
