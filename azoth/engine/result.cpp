// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/result.hpp>
#include <azoth/engine/seen_rows.hpp>
#include <azoth/sql/result_columns.hpp>

namespace azoth::inline v0 {
namespace engine {

ResultCore::ResultCore() noexcept = default;

ResultCore::ResultCore(Ref<ConnectionState> connection, Prepared* statement,
                       Ref<const sql::Compiled> compiled, Ref<const sql::StatementNode> node)
    : connection_(std::move(connection)),
      statement_(statement),
      compiled_(std::move(compiled)),
      node_(std::move(node)),
      cells_(statement ? statement->cells.data() : nullptr),
      state_(statement ? State::open : State::finished) {}

ResultCore::ResultCore(ResultCore&& other) noexcept
    : rowcount(other.rowcount),
      inserted_key(other.inserted_key),
      has_key_row(std::exchange(other.has_key_row, false)),
      yield_per(other.yield_per),
      connection_(std::move(other.connection_)),
      statement_(std::exchange(other.statement_, nullptr)),
      compiled_(std::move(other.compiled_)),
      node_(std::move(other.node_)),
      cells_(std::exchange(other.cells_, nullptr)),
      keys_(std::move(other.keys_)),
      seen_(std::move(other.seen_)),
      state_(std::exchange(other.state_, State::closed)) {}

ResultCore& ResultCore::operator=(ResultCore&& other) noexcept {
    if (this == &other) return *this;
    release();
    rowcount = other.rowcount;
    inserted_key = other.inserted_key;
    has_key_row = std::exchange(other.has_key_row, false);
    yield_per = other.yield_per;
    connection_ = std::move(other.connection_);
    statement_ = std::exchange(other.statement_, nullptr);
    compiled_ = std::move(other.compiled_);
    node_ = std::move(other.node_);
    cells_ = std::exchange(other.cells_, nullptr);
    keys_ = std::move(other.keys_);
    seen_ = std::move(other.seen_);
    state_ = std::exchange(other.state_, State::closed);
    return *this;
}

ResultCore::~ResultCore() {
    release();
}

void ResultCore::release() noexcept {
    if (statement_) connection_->give_back(*std::exchange(statement_, nullptr));
}

void ResultCore::close() noexcept {
    release();
    has_key_row = false;
    state_ = State::closed;
}

bool ResultCore::fetch() {
    if (!seen_) [[likely]]
        return fetch_any();
    while (fetch_any())
        if (seen_->add({cells_, column_count()})) return true;
    return false;
}

bool ResultCore::fetch_any() try {
    if (statement_ && connection_->fetch(*statement_)) [[likely]]
        return true;
    return fetch_other();
} catch (DBAPIError& error) {
    if (!statement_) throw;
    const std::exception_ptr replacement = connection_->failed_fetch(error);
    if (connection_->ended()) {  // and the statement with it
        statement_ = nullptr;
        state_ = State::closed;
    }
    if (replacement) std::rethrow_exception(replacement);
    throw;
}

void ResultCore::skip_repeated(std::size_t columns) {
    seen_ = Owned<SeenRows>(new SeenRows(columns));
}

void ResultCore::compare_first_column() {
    if (seen_) skip_repeated(1);
}

/// At the end of the rows, and where the driver never had one.
bool ResultCore::fetch_other() {
    if (statement_) {
        if (compiled_->kind == sql::NodeKind::text) (void)keys();  // only the driver knows them
        release();
        state_ = State::finished;
        return false;
    }
    if (has_key_row) {
        has_key_row = false;
        key_cell_ = ValueView::of_integer(*inserted_key);
        cells_ = &key_cell_;
        return true;
    }
    if (state_ == State::closed)
        throw ResourceClosedError("this Result is closed; read its rows before close()");
    if (!returns_rows())
        throw ResourceClosedError(
            "this statement returns no rows; SELECT something or add returning(…)");
    return false;
}

bool ResultCore::returns_rows() const noexcept {
    if (!compiled_) return false;
    if (compiled_->kind == sql::NodeKind::text) return statement_ || keys_;
    return compiled_->returns_rows;
}

/// The statement while it can be asked: a connection that ends takes it away.
Prepared* ResultCore::live() const noexcept {
    return statement_ && !connection_->ended() ? statement_ : nullptr;
}

std::size_t ResultCore::column_count() const {
    const Prepared* const statement = live();
    return statement ? statement->cells.size() : compiled_->columns.size();
}

std::string ResultCore::column_name(std::size_t index) const {
    if (compiled_->kind != sql::NodeKind::text && index < compiled_->columns.size())
        return compiled_->columns[index].name;
    const Prepared* const statement = live();
    if (statement && index < statement->statement->columns().size())
        return statement->statement->columns()[index].name;
    return "#" + std::to_string(index + 1);
}

void ResultCore::throw_null(std::size_t index) const {
    throw_null_value(column_name(index));
}

ValueView ResultCore::cell_as(std::size_t index, Kind wanted, Value& storage) const {
    const ValueView& cell = cells_[index];
    if (cell.is_null() || cell.kind == wanted) return cell;
    return convert(cell, wanted, storage, column_name(index));
}

namespace {

/// Of a statement in which a layer above put several columns where the program named one thing.
ResultKeys keys_of(const sql::Compiled& compiled) {
    ResultKeys keys;
    for (const auto& column : compiled.columns) {
        keys.names.push_back(column.name);
        keys.elements.push_back(column.element);
    }
    return keys;
}

}  // namespace

const std::shared_ptr<const ResultKeys>& ResultCore::keys() {
    if (keys_) return keys_;
    auto keys = std::make_shared<ResultKeys>();
    if (compiled_ && compiled_->kind != sql::NodeKind::text) {
        for (auto& column : sql::result_columns(*node_)) {
            keys->names.push_back(std::move(column.name));
            keys->elements.emplace_back(column.element);
        }
        if (compiled_->plan && keys->names.size() != compiled_->columns.size())
            *keys = keys_of(*compiled_);
    } else if (const Prepared* const statement = live()) {
        for (const auto& column : statement->statement->columns())
            keys->names.push_back(column.name);
    } else if (state_ != State::finished) {
        throw ResourceClosedError(
            "this Result or its connection is closed, and only the database knew the names of its "
            "columns; ask for keys() before");
    }
    keys_ = std::move(keys);
    return keys_;
}

void throw_no_row() {
    throw NoResultFound("no row was found where one was required");
}

void throw_several_rows() {
    throw MultipleResultsFound("several rows were found where at most one was expected");
}

void throw_not_reading() {
    throw InvalidRequestError(
        "inserted_primary_key(): this statement is no INSERT of one row into a table whose key the "
        "database generates");
}

}  // namespace engine

template <>
Row<> detail::read_row<>(engine::ResultCore& core) {
    std::vector<Value> values;
    const std::size_t count = core.column_count();
    values.reserve(count);
    for (std::size_t i = 0; i < count; ++i) values.emplace_back(core.cells()[i]);
    return Row<>(core.keys(), std::move(values));
}

}  // namespace azoth::inline v0
