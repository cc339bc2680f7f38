// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/operators.hpp>

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a column's definition may say besides name and type: the options of `Column`, of
/// `Table::add_column` and of `ColumnSpec`, in any order.
namespace azoth::inline v0 {

namespace schema {
struct ColumnOptions;

// The classes behind the options that are mere words.
struct PrimaryKeyOption {};
struct UniqueOption {};
struct IndexedOption {};
struct AutoincrementOption {
    bool on = true;
};
struct NotNullOption {};
struct CommentOption {
    std::string text{};
};
}  // namespace schema

/// Part of the primary key. Several columns that say so make a composite key.
inline constexpr schema::PrimaryKeyOption primary_key{};
/// No two rows have the same value: a UNIQUE constraint over this column; together with `indexed` a
/// unique index instead.
inline constexpr schema::UniqueOption unique{};
/// An index over this column. SQLAlchemy: `index=True`.
inline constexpr schema::IndexedOption indexed{};
/// The database generates this column's value, also where it is one of several key columns. A
/// single integer key without foreign key and server default needs no such word.
inline constexpr schema::AutoincrementOption autoincrement{true};
/// The program gives this integer key's value; the database must not generate it.
inline constexpr schema::AutoincrementOption no_autoincrement{false};
/// Refuses NULL. For columns of run-time type only: that of `Column<T>` is in T.
inline constexpr schema::NotNullOption not_null{};

/// A remark that the database keeps with the column, where it can.
[[nodiscard]] inline schema::CommentOption comment(std::string text) {
    return {std::move(text)};
}

/// What the database does with a foreign key's rows, and when. A plain value.
///
/// SQLAlchemy: the keyword arguments of `ForeignKey`.
struct ForeignKeyOptions {
    std::string name{};      ///< of the constraint; empty: the naming convention's, or none
    std::string ondelete{};  ///< "CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT" or "NO ACTION"
    std::string onupdate{};  ///< the same words
    std::optional<bool> deferrable{};  ///< may it be checked at the commit?
    std::string initially{};           ///< "DEFERRED" or "IMMEDIATE"
    std::string match{};               ///< "FULL", "PARTIAL" or "SIMPLE"
    /// Added by ALTER TABLE after all tables, where the database can: breaks a circle of tables.
    bool use_alter = false;
};

/// Says that a column's values are those of another table's column. A plain value.
///
///     Column<std::int64_t> user_id{*this, "user_id", ForeignKey{users.id, {.ondelete =
///     "CASCADE"}}}; Column<std::int64_t> dept_id{*this, "dept_id", ForeignKey{"department.id"}};
///
/// The second form names "table.column" or "schema.table.column" of the same MetaData; the table
/// may be defined later. SQLAlchemy: `ForeignKey`.
class AZOTH_EXPORT ForeignKey {
  public:
    template <class T>
    explicit ForeignKey(const Expr<T>& column, ForeignKeyOptions options = {})
        : column_(column.core()), options_(std::move(options)) {}
    /// Throws ArgumentError where `target` is not of the forms above.
    explicit ForeignKey(std::string_view target, ForeignKeyOptions options = {});
    explicit ForeignKey(const char* target, ForeignKeyOptions options = {})
        : ForeignKey(std::string_view(target), std::move(options)) {}

    /// The referenced column; without a node where it is only named.
    [[nodiscard]] const sql::Expression& column() const noexcept { return column_; }
    [[nodiscard]] const std::string& target() const noexcept { return target_; }
    [[nodiscard]] const ForeignKeyOptions& options() const noexcept { return options_; }

  private:
    sql::Expression column_;
    std::string target_;
    ForeignKeyOptions options_;
};

namespace schema {
/// What server_default() gives; U is the value's C++ type. A plain value.
template <class U>
struct ServerDefault {
    sql::Expression expression{};
};
}  // namespace schema

/// What the database stores where an INSERT leaves the column out: a value, written into the DDL as
/// a literal, or an expression. A text is a text literal, never SQL. SQLAlchemy: `server_default=`.
template <class U>
[[nodiscard]] auto server_default(U&& value) {
    static_assert(detail::known_operand<U>(),
                  "server_default() takes a value of a type that Azoth has a SQL type for, or an "
                  "expression");
    return schema::ServerDefault<detail::operand_t<U>>{
        sql::to_expression(detail::operand(std::forward<U>(value)))};
}

namespace schema {

// Adding an option to those of a column, one for each kind; a second one of a kind that can only be
// said once throws ArgumentError.
AZOTH_EXPORT void add_option(ColumnOptions& options, const Type& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const String& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const Numeric& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const DateTime& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const LargeBinary& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const Enum& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, PrimaryKeyOption option);
AZOTH_EXPORT void add_option(ColumnOptions& options, UniqueOption option);
AZOTH_EXPORT void add_option(ColumnOptions& options, IndexedOption option);
AZOTH_EXPORT void add_option(ColumnOptions& options, NotNullOption option);
AZOTH_EXPORT void add_option(ColumnOptions& options, AutoincrementOption option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const ForeignKey& option);
AZOTH_EXPORT void add_option(ColumnOptions& options, const CommentOption& option);
AZOTH_EXPORT void add_default(ColumnOptions& options, const sql::Expression& expression);
template <class U>
void add_option(ColumnOptions& options, const ServerDefault<U>& option) {
    add_default(options, option.expression);
}

template <class O>
concept ColumnOption =
    requires(ColumnOptions& options, const O& option) { schema::add_option(options, option); };

// What the templates of typed columns check; each check has its sentence (design rule R6).

template <class O>
struct PlainKind {
    static constexpr bool known = false;
};
template <TypeKind K>
struct PlainKind<PlainType<K>> {
    static constexpr bool known = true;
    static constexpr TypeKind kind = K;
};
template <>
struct PlainKind<String> {
    static constexpr bool known = true;
    static constexpr TypeKind kind = TypeKind::string;
};
template <>
struct PlainKind<Numeric> {
    static constexpr bool known = true;
    static constexpr TypeKind kind = TypeKind::numeric;
};
template <>
struct PlainKind<LargeBinary> {
    static constexpr bool known = true;
    static constexpr TypeKind kind = TypeKind::large_binary;
};
template <>
struct PlainKind<Enum> {
    static constexpr bool known = true;
    static constexpr TypeKind kind = TypeKind::enumeration;
};

/// Can a value that travels as `kind` be kept in a column of this type? Leaves to run time what
/// depends on the type's options.
constexpr bool may_hold(TypeKind type, Kind kind) noexcept {
    switch (type) {
        case TypeKind::boolean: return kind == Kind::boolean;
        case TypeKind::small_integer:
        case TypeKind::integer:
        case TypeKind::big_integer: return kind == Kind::int64;
        case TypeKind::float32:
        case TypeKind::float64: return kind == Kind::float64;
        case TypeKind::numeric: return kind == Kind::decimal;
        case TypeKind::string:
        case TypeKind::text:
        case TypeKind::enumeration:
        case TypeKind::json:
        case TypeKind::jsonb: return kind == Kind::text;
        case TypeKind::large_binary: return kind == Kind::bytes;
        case TypeKind::date: return kind == Kind::date;
        case TypeKind::time: return kind == Kind::time;
        case TypeKind::datetime: return kind == Kind::datetime || kind == Kind::timestamp;
        case TypeKind::uuid: return kind == Kind::uuid;
        case TypeKind::null: return true;
    }
    return false;
}

template <class T, class U>
constexpr bool default_fits(const ServerDefault<U>*) {
    // A text fits everywhere, as in SQLAlchemy: the database reads it as the column's type.
    return detail::is_text<detail::unwrap_optional_t<U>>() ||
           detail::same_family<detail::unwrap_optional_t<T>, detail::unwrap_optional_t<U>>();
}
template <class T>
constexpr bool default_fits(const void*) {
    return true;
}

template <class O>
consteval void require_option() {
    static_assert(ColumnOption<O>,
                  "this is no option of a column: write a type (String{30}, Integer{}, …), "
                  "primary_key, unique, indexed, autoincrement, no_autoincrement, "
                  "ForeignKey{other.column}, server_default(value) or comment(\"…\"); "
                  "std::optional<T> makes a column nullable");
}

/// The checks of an option of `Column<T>`.
template <class T, class O>
consteval void check_option() {
    require_option<O>();
    static_assert(!std::same_as<O, NotNullOption>,
                  "whether Column<T> accepts NULL is said by T: std::optional<T> does, T does not; "
                  "not_null is for columns of run-time type");
    static_assert(!(std::same_as<O, PrimaryKeyOption> && detail::is_optional<T>),
                  "a primary key is never NULL: write Column<T> without std::optional");
    if constexpr (PlainKind<O>::known && detail::is_sql_type<T>)
        static_assert(may_hold(PlainKind<O>::kind, TypeTraits<detail::unwrap_optional_t<T>>::kind),
                      "this SQL type cannot hold the C++ type of the column: leave it out, or "
                      "choose one that matches the T of Column<T>");
    static_assert(default_fits<T>(static_cast<const O*>(nullptr)),
                  "this server_default() cannot be stored in this column: give a value of the "
                  "column's own C++ type, or a text");
}

/// An option as the constructor of a column hands it over: borrowed, without its type, so that
/// fifty columns leave little code in the user's file.
struct OptionRef {
    void (*apply)(ColumnOptions& options, const void* option);
    const void* option;
};
template <class O>
void apply_option(ColumnOptions& options, const void* option) {
    if constexpr (ColumnOption<O>) schema::add_option(options, *static_cast<const O*>(option));
}

/// The options of a column of run-time type, collected. A value.
class AZOTH_EXPORT CollectedOptions {
  public:
    explicit CollectedOptions(std::initializer_list<OptionRef> options);
    CollectedOptions(const CollectedOptions& other);
    CollectedOptions(CollectedOptions&& other) noexcept;
    CollectedOptions& operator=(CollectedOptions other) noexcept;
    ~CollectedOptions();

    [[nodiscard]] const ColumnOptions& get() const noexcept { return *options_; }

  private:
    ColumnOptions* options_;  // null only where it was moved from
};

}  // namespace schema

/// A column of a dynamic table: `Table t{"t", metadata, {ColumnSpec{"id", Integer{},
/// primary_key}}}`. A plain value. SQLAlchemy: `Column` as an argument of `Table`.
struct ColumnSpec {
    template <class... Options>
    explicit ColumnSpec(std::string column_name, const Options&... column_options)
        : name(std::move(column_name)),
          options({schema::OptionRef{&schema::apply_option<Options>, &column_options}...}) {
        (schema::require_option<Options>(), ...);
    }

    std::string name;
    schema::CollectedOptions options;
};

}  // namespace azoth::inline v0
