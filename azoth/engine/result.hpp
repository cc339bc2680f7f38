// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/base/owned.hpp>
#include <azoth/engine/mapping.hpp>
#include <azoth/engine/row.hpp>

#include <cstdint>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace azoth::inline v0 {

class Connection;
struct NamedArgument;
struct StatementOptions;

namespace sql {
class Compiled;
class Statement;
struct StatementNode;
}  // namespace sql

namespace engine {

class ConnectionState;
class SeenRows;
struct Prepared;

/// The untyped part of a result: steps through the rows of a running statement. One thread at a
/// time, that of its connection.
class AZOTH_EXPORT ResultCore {
  public:
    ResultCore() noexcept;
    ResultCore(Ref<ConnectionState> connection, Prepared* statement,
               Ref<const sql::Compiled> compiled, Ref<const sql::StatementNode> node);
    ResultCore(ResultCore&& other) noexcept;
    ResultCore& operator=(ResultCore&& other) noexcept;
    /// Ends the statement; never throws.
    ~ResultCore();

    /// Moves to the next row. Throws ResourceClosedError where the result or its connection was
    /// closed before the last row was read.
    bool fetch();
    /// From now on fetch() passes over rows that are equal to one it stopped at.
    /// \param columns how many of the first columns are compared; 0: all
    void skip_repeated(std::size_t columns);
    /// Where repeated rows are passed over: of the first column alone from now on.
    void compare_first_column();
    [[nodiscard]] const ValueView* cells() const noexcept { return cells_; }
    void close() noexcept;

    /// What was executed. Not of a default-constructed one.
    [[nodiscard]] const sql::Compiled& compiled() const noexcept { return *compiled_; }
    [[nodiscard]] bool returns_rows() const noexcept;
    [[nodiscard]] std::size_t column_count() const;
    /// For error messages.
    [[nodiscard]] std::string column_name(std::size_t index) const;
    /// NullValueError that names the column.
    [[noreturn]] void throw_null(std::size_t index) const;
    /// A cell of the current row in another kind, where that loses nothing. As engine::convert().
    [[nodiscard]] ValueView cell_as(std::size_t index, Kind wanted, Value& storage) const;
    [[nodiscard]] const std::shared_ptr<const ResultKeys>& keys();

    std::int64_t rowcount = -1;
    std::optional<std::int64_t> inserted_key;
    /// The one row of an INSERT whose RETURNING is answered by the driver's last insert id.
    bool has_key_row = false;
    std::size_t yield_per = 0;  ///< the rows of a part, where nothing else is said; 0: all

  private:
    bool fetch_any();
    bool fetch_other();
    [[nodiscard]] Prepared* live() const noexcept;
    void release() noexcept;

    Ref<ConnectionState> connection_;
    Prepared* statement_ = nullptr;
    Ref<const sql::Compiled> compiled_;
    Ref<const sql::StatementNode> node_;  // of this execution; compiled_ may come from an equal one
    const ValueView* cells_ = nullptr;
    ValueView key_cell_;
    std::shared_ptr<const ResultKeys> keys_;
    Owned<SeenRows> seen_;  // none: repeated rows are as good as others
    enum class State : unsigned char { open, finished, closed } state_ = State::finished;
};

/// What a Connection is asked to run. Results are made of this rather than of a ResultCore, so that
/// they run the statement right into their place: moving a result is code in every user's file.
struct Execution {
    Connection& connection;
    const sql::Statement& statement;
    const std::vector<NamedArgument>* parameters = nullptr;
    const StatementOptions* options = nullptr;  ///< of this call

    [[nodiscard]] AZOTH_EXPORT ResultCore run() const;
};

[[noreturn]] AZOTH_EXPORT void throw_no_row();
[[noreturn]] AZOTH_EXPORT void throw_several_rows();
[[noreturn]] AZOTH_EXPORT void throw_not_reading();

}  // namespace engine

template <class... Ts>
class Result;

namespace detail {

/// The current row of a result, decoded: a Row<Ts...>, the dynamic Row<>, or a struct S with one
/// member a column, in order.
template <class... Ts>
[[nodiscard]] Row<Ts...> read_row(engine::ResultCore& core) {
    return Row<Ts...>(core.cells(), core);
}
template <>
[[nodiscard]] AZOTH_EXPORT Row<> read_row<>(engine::ResultCore& core);
// Inlined into the loop over the rows also where several statements read the same struct.
template <class S, class... Ts, std::size_t... I>
[[nodiscard]] [[gnu::always_inline]] inline S read_struct(engine::ResultCore& core,
                                                          std::index_sequence<I...>) {
    const ValueView* cells = core.cells();
    return S{engine::decode<Ts>(cells[I], core, I)...};
}

/// Input iterator over what `Source::next()` gives: a pointer to the current row, null at the end.
template <class Source>
class PullIterator {
  public:
    using iterator_concept = std::input_iterator_tag;
    using value_type = typename Source::value_type;
    using difference_type = std::ptrdiff_t;

    PullIterator() = default;
    explicit PullIterator(Source& source) : source_(&source), current_(source.next()) {}
    [[nodiscard]] value_type& operator*() const noexcept { return *current_; }
    [[nodiscard]] value_type* operator->() const noexcept { return current_; }
    PullIterator& operator++() {
        current_ = source_->next();
        return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] friend bool operator==(const PullIterator& it, std::default_sentinel_t) noexcept {
        return it.current_ == nullptr;
    }

  private:
    Source* source_ = nullptr;
    value_type* current_ = nullptr;
};

/// Room for the row that a loop looks at; a std::optional would cost users' files more to compile.
template <class T>
class RowSlot {
  public:
    RowSlot() noexcept {}
    RowSlot(RowSlot&&) noexcept {}  // a result is moved before its rows are read
    RowSlot& operator=(RowSlot&&) noexcept {
        reset();
        return *this;
    }
    ~RowSlot() { reset(); }

    void reset() noexcept {
        if (full_) row_.~T();
        full_ = false;
    }
    /// Takes what `source.read()` gives.
    template <class Source>
    T* refill(Source& source) {
        reset();
        new (&row_) T(source.read());
        full_ = true;
        return &row_;
    }

  private:
    union {
        T row_;
    };
    bool full_ = false;
};

/// The rows of a result in lists of some of them. Belongs to one thread.
template <class Result>
class Partitions {
  public:
    using value_type = std::vector<typename Result::value_type>;

    Partitions(Result&& result, std::size_t size) : result_(std::move(result)), size_(size) {}

    /// The next list, or null at the end; valid until the next call.
    [[nodiscard]] value_type* next() {
        current_ = result_.fetch_partition(size_);
        return current_.empty() ? nullptr : &current_;
    }
    [[nodiscard]] auto begin() { return PullIterator<Partitions>(*this); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

  private:
    Result result_;
    const std::size_t size_;
    value_type current_;
};

/// What results of rows, of scalars and of structs have in common. `Derived::read()` decodes the
/// current row.
template <class Derived, class T>
class ResultOf {  // NOLINT(bugprone-crtp-constructor-accessibility): nobody makes one by itself
  public:
    using value_type = T;

    /// The next row, or null at the end; valid until the next call. For loops use begin()/end().
    [[nodiscard]] T* next() {
        if (!self().core().fetch()) {
            current_.reset();
            return nullptr;
        }
        return current_.refill(self());
    }
    [[nodiscard]] auto begin() { return PullIterator<Derived>(self()); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// All rows that are left.
    [[nodiscard]] std::vector<T> all() {
        std::vector<T> rows;
        while (self().core().fetch()) rows.push_back(self().read());
        return rows;
    }
    /// Up to `count` rows. SQLAlchemy: `fetchmany`.
    [[nodiscard]] std::vector<T> fetchmany(std::size_t count) {
        std::vector<T> rows;
        while (rows.size() < count && self().core().fetch()) rows.push_back(self().read());
        return rows;
    }
    /// The rows in lists of `size`, in a loop: `for (const auto& part :
    /// conn.execute(select(users.name)).partitions(100))`. Without a size: as many as the option
    /// yield_per says, and without that all in one. SQLAlchemy: `partitions`.
    [[nodiscard]] Partitions<Derived> partitions(std::size_t size = 0) && {
        return Partitions<Derived>(std::move(self()), size);
    }
    /// What partitions() calls for each list.
    [[nodiscard]] std::vector<T> fetch_partition(std::size_t size) {
        if (size == 0) size = self().core().yield_per;
        return fetchmany(size != 0 ? size : ~std::size_t{0});
    }
    /// The result without rows that are equal to an earlier one, which it keeps in mind from now
    /// on: `conn.execute(query).unique().all()`. NULLs are equal; of scalars() the first column
    /// alone is compared. Where the database can do it, `distinct()` costs less. SQLAlchemy:
    /// `unique`.
    [[nodiscard]] Derived unique() && {
        self().core().skip_repeated(Derived::compared_columns);
        return std::move(self());
    }
    void unique() & { self().core().skip_repeated(Derived::compared_columns); }
    /// The next row, if there is one. SQLAlchemy: `fetchone`.
    [[nodiscard]] std::optional<T> fetchone() {
        if (!self().core().fetch()) return std::nullopt;
        return self().read();
    }
    /// The first row, if there is one; the result is closed.
    [[nodiscard]] std::optional<T> first() {
        std::optional<T> row = fetchone();
        self().core().close();
        return row;
    }
    /// The only row. Throws NoResultFound, MultipleResultsFound.
    [[nodiscard]] T one() {
        if (!self().core().fetch()) engine::throw_no_row();
        T row = self().read();
        const bool more = self().core().fetch();
        self().core().close();
        if (more) engine::throw_several_rows();
        return row;
    }
    /// The only row, or nothing where there is none. Throws MultipleResultsFound.
    [[nodiscard]] std::optional<T> one_or_none() {
        std::optional<T> row = fetchone();
        const bool more = row && self().core().fetch();
        self().core().close();
        if (more) engine::throw_several_rows();
        return row;
    }
    /// Ends the statement; rows not read are forgotten.
    void close() noexcept { self().core().close(); }

    static constexpr std::size_t compared_columns = 0;  ///< by unique(): all

  private:
    [[nodiscard]] Derived& self() noexcept { return static_cast<Derived&>(*this); }
    RowSlot<T> current_;
};

}  // namespace detail

/// The first column of each row. As Result in its use by threads. SQLAlchemy: `ScalarResult`.
template <class T>
class ScalarResult : public detail::ResultOf<ScalarResult<T>, T> {
  public:
    explicit ScalarResult(engine::ResultCore&& core) : core_(std::move(core)) {
        core_.compare_first_column();
    }
    explicit ScalarResult(const engine::Execution& execution) : core_(execution.run()) {}
    static constexpr std::size_t compared_columns = 1;
    [[nodiscard]] engine::ResultCore& core() noexcept { return core_; }
    [[nodiscard]] T read() { return engine::decode<T>(core_.cells()[0], core_, 0); }

  private:
    engine::ResultCore core_;
};

/// The first column of each row of a dynamic result, as the type that the program names. As Result
/// in its use by threads. SQLAlchemy: `ScalarResult`.
template <class T>
class ConvertedScalarResult : public detail::ResultOf<ConvertedScalarResult<T>, T> {
  public:
    explicit ConvertedScalarResult(engine::ResultCore&& core) : core_(std::move(core)) {
        core_.compare_first_column();
    }
    static constexpr std::size_t compared_columns = 1;
    [[nodiscard]] engine::ResultCore& core() noexcept { return core_; }
    [[nodiscard]] T read() {
        Value storage;
        constexpr Kind kind = TypeTraits<detail::unwrap_optional_t<T>>::kind;
        return engine::decode<T>(core_.cell_as(0, kind, storage), core_, 0);
    }

  private:
    engine::ResultCore core_;
};

/// Rows as mappings from names to values. As Result in its use by threads. SQLAlchemy:
/// `MappingResult`.
class MappingResult : public detail::ResultOf<MappingResult, RowMapping> {
  public:
    explicit MappingResult(engine::ResultCore&& core) : core_(std::move(core)) {}
    /// The columns' names.
    [[nodiscard]] const std::vector<std::string>& keys() { return core_.keys()->names; }

    [[nodiscard]] engine::ResultCore& core() noexcept { return core_; }
    [[nodiscard]] RowMapping read() { return RowMapping(detail::read_row<>(core_)); }

  private:
    engine::ResultCore core_;
};

/// Rows as structs of the program. As Result in its use by threads.
template <class S, class... Ts>
class StructResult : public detail::ResultOf<StructResult<S, Ts...>, S> {
  public:
    explicit StructResult(engine::ResultCore&& core) : core_(std::move(core)) {}
    [[nodiscard]] engine::ResultCore& core() noexcept { return core_; }
    [[nodiscard]] S read() {
        return detail::read_struct<S, Ts...>(core_, std::index_sequence_for<Ts...>{});
    }

  private:
    engine::ResultCore core_;
};

/// The rows of an executed statement, read as the loop asks for them. One thread at a time, that of
/// its connection; it may outlive neither the connection's close() nor be read after it.
///
/// A range-for over `conn.execute(…)` is safe. Other statements may run on the connection
/// meanwhile; the rows don't change by them. SQLAlchemy: `CursorResult`.
template <class... Ts>
class Result : public detail::ResultOf<Result<Ts...>, Row<Ts...>> {
  public:
    explicit Result(const engine::Execution& execution) : core_(execution.run()) {}
    explicit Result(engine::ResultCore&& core) : core_(std::move(core)) {}

    /// Rows that the INSERT, UPDATE or DELETE matched; -1 for others.
    [[nodiscard]] std::int64_t rowcount() const noexcept { return core_.rowcount; }
    /// The key that the database generated for the one inserted row. Throws InvalidRequestError
    /// where there is none.
    [[nodiscard]] std::int64_t inserted_primary_key() const {
        if (!core_.inserted_key) engine::throw_not_reading();
        return *core_.inserted_key;
    }
    [[nodiscard]] bool returns_rows() const noexcept { return core_.returns_rows(); }
    /// The columns' names.
    [[nodiscard]] const std::vector<std::string>& keys() { return core_.keys()->names; }

    /// The first column of each row.
    [[nodiscard]] auto scalars() && {
        static_assert(sizeof...(Ts) > 0,
                      "scalars() of a dynamic result needs a type: scalars<std::int64_t>()");
        return ScalarResult<std::tuple_element_t<0, std::tuple<Ts...>>>(std::move(core_));
    }
    /// The same of a dynamic result, as T. Reading throws DataError where a value is no T.
    template <class T>
    [[nodiscard]] ConvertedScalarResult<T> scalars() && {
        static_assert(sizeof...(Ts) == 0,
                      "the types of this result are known: write scalars() without a type");
        detail::require_sql_type<T>();
        return ConvertedScalarResult<T>(std::move(core_));
    }
    /// The rows that are left as mappings by name and column: `row.get<std::string>("name")`.
    [[nodiscard]] MappingResult mappings() && { return MappingResult(std::move(core_)); }
    /// The first column of the only row. Throws NoResultFound, MultipleResultsFound.
    [[nodiscard]] auto scalar_one() && { return std::move(*this).scalars().one(); }
    /// The first column of the only row, if there is one. Throws MultipleResultsFound.
    [[nodiscard]] auto scalar_one_or_none() && { return std::move(*this).scalars().one_or_none(); }
    /// The first column of the first row, if there is one.
    [[nodiscard]] auto scalar() && { return std::move(*this).scalars().first(); }
    template <class T>
    [[nodiscard]] T scalar_one() && {
        return std::move(*this).template scalars<T>().one();
    }
    template <class T>
    [[nodiscard]] std::optional<T> scalar_one_or_none() && {
        return std::move(*this).template scalars<T>().one_or_none();
    }
    template <class T>
    [[nodiscard]] std::optional<T> scalar() && {
        return std::move(*this).template scalars<T>().first();
    }
    /// Rows as structs: `conn.execute(select(t.id, t.name)).as<Person>()`. The struct has one
    /// member a column, in order, that braces can initialise without narrowing.
    template <class S>
    [[nodiscard]] StructResult<S, Ts...> as() && {
        static_assert(std::is_constructible_v<S, Ts...> || std::is_aggregate_v<S>,
                      "as<S>() needs a struct with one member a column, in the select's order");
        return StructResult<S, Ts...>(std::move(core_));
    }

    [[nodiscard]] engine::ResultCore& core() noexcept { return core_; }
    [[nodiscard]] Row<Ts...> read() { return detail::read_row<Ts...>(core_); }

  private:
    engine::ResultCore core_;
};

}  // namespace azoth::inline v0
