// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/statement.hpp>

#include <chrono>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::sql {

enum class Schemas : std::uint8_t;

/// Writes a value as a literal of a dialect. \param schemas of the types that it names
using LiteralFunction = std::string (*)(const ValueView& value, const Type& type, Schemas schemas);

/// Where the key that an INSERT generates comes from.
enum class GeneratedKey : std::uint8_t {
    none,
    returned,        ///< an implicit RETURNING, the last result column
    last_insert_id,  ///< the driver's last_insert_id()
};

/// SQL text in the making: the text and the places in it where placeholders go. Fragments can be
/// written apart and put together in another order than their values have.
struct AZOTH_EXPORT SqlText {
    /// One occurrence of a placeholder.
    struct Place {
        std::size_t offset;         ///< in `text`
        std::uint32_t segment = 0;  ///< which value list
        std::uint32_t ordinal = 0;  ///< which of its unnamed placeholders; unused for named ones
        Ref<const BindNode> bind;
        std::string suffix{};                 ///< a cast, "::\"mood\""
        std::string empty{};                  ///< of a list: what stands for an empty one
        std::vector<std::string> suffixes{};  ///< of a list of tuples: one for each member
        std::string_view before_tuples{};     ///< "VALUES "; static
    };
    std::string text;
    std::vector<Place> places;  ///< in the order of the text

    /// How far the text has come.
    struct Mark {
        std::size_t size = 0;
        std::size_t places = 0;
    };
    [[nodiscard]] Mark mark() const noexcept { return {text.size(), places.size()}; }
    /// Moves the end of the text, from `begin` on, to where an earlier mark is.
    void move_end(const Mark& begin, const Mark& target);
    void append(const SqlText& other);
};

/// A column of the result as compiled.
struct CompiledColumn {
    std::string name;
    Type type;
    Kind wanted = Kind::null;
    bool nullable = true;
    NodeRef element;  ///< the selected expression, for access by column
};

/// A statement compiled for one dialect. Immutable; safe from any thread.
class AZOTH_EXPORT Compiled final : public Counted {
  public:
    Compiled();

    /// Unique in this process; keys the prepared statements of a connection.
    const std::uint64_t serial;
    NodeKind kind = NodeKind::select;
    bool writes = false;  ///< may change data, or locks it
    bool returns_rows = false;
    SqlText text;            ///< before placeholders are numbered
    std::string sql;         ///< of each execution, unless `varies()`; empty where `expanding`
    bool expanding = false;  ///< has IN lists or literals: the text depends on the values
    LiteralFunction literal = nullptr;  ///< only where it has literals
    bool schema_places = false;         ///< the schemas are still open: see schema_places.hpp
    bool direct = true;                 ///< the values are the parameters, one to one and in order
    bool array_parameters = false;
    std::vector<Type> parameter_types;
    std::vector<CompiledColumn> columns;
    std::vector<Kind> wanted;  ///< of the columns, as the driver takes them
    GeneratedKey generated_key = GeneratedKey::none;
    /// INSERT: RETURNING asked for the generated key alone and the driver knows it: no RETURNING is
    /// sent, the one result cell is made from last_insert_id().
    bool key_is_result = false;
    Ref<const ColumnNode> key_column;
    /// INSERT: the position of the key among the assigned values, if the program gives it; else -1.
    int given_key = -1;
    /// For each segment the ordinals that are lists.
    std::vector<std::vector<std::uint32_t>> list_ordinals;
    /// What has the values of the segments that follow the statement's own.
    std::vector<Ref<const ScopedNode>> constants;
    Ref<const Counted> plan;  ///< of the layer that lowered the statement; may be null
    std::string numbering;    ///< "$" for $1, "@p" for @p1, "?" for ?
    // For logs.
    std::chrono::steady_clock::time_point compiled_at{};
    std::chrono::steady_clock::duration compile_time{};

    /// The text is another for each execution, and stands with its Arguments.
    [[nodiscard]] bool varies() const noexcept { return expanding || schema_places; }
    void finish(std::string_view placeholder_style);
};

/// The parameters of one execution.
struct Arguments {
    std::vector<ValueView> values;
    std::vector<Type> types;  ///< only where the text varies
    std::string sql;          ///< only where the text varies
};

/// The value of a named parameter, or the list of them.
struct NamedValue {
    Value value;
    Type type;
    std::vector<Value> list{};
    bool is_list = false;
};
using NamedValues = std::map<std::string, NamedValue, std::less<>>;

/// Brings a statement's values into the order of the compiled text, and expands its lists. Views
/// point into the segments and `named`. Throws ArgumentError for a missing or superfluous named
/// value.
[[nodiscard]] AZOTH_EXPORT Arguments arrange(const Compiled& compiled, const Segments& segments,
                                             const NamedValues& named);

}  // namespace azoth::inline v0::sql
