// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/elements.hpp>
#include <azoth/sql/from.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// Nodes that are made of other nodes and a few words: the many constructs of SQL that need no
/// more. All immutable once shared; safe from any thread.
namespace azoth::inline v0::sql {

/// What a ComposedNode says; its parts are named in this order.
enum class Form : std::uint8_t {
    collate,             ///< operand; the word is the collation
    extract,             ///< operand; the word is the field
    tuple,               ///< the members
    type_coerce,         ///< operand
    try_cast,            ///< operand
    any,                 ///< an array or a subquery
    all,                 ///< an array or a subquery
    operation,           ///< left, right; the word is the operator
    between_symmetric,   ///< operand, low, high
    regexp_replace,      ///< operand, pattern, replacement
    inline_text,         ///< nothing; the word is a text, written as a literal
    filter,              ///< aggregate, condition
    within_group,        ///< aggregate, orderings
    aggregate_order_by,  ///< aggregate, orderings
    over,                ///< function, what it is partitioned by, orderings, bounds: WindowNode
    hint,                ///< SQL text, what it is about if anything; the word is the dialect's name
    custom,              ///< of the program's own: see extend.hpp
};

/// An element of a statement that is made of other nodes.
struct AZOTH_EXPORT ComposedNode : Element {
    /// \param words hash of all that same_words() compares
    ComposedNode(Form composed_form, std::vector<NodeRef> made_of, Type sql_type,
                 std::uint64_t words);

    const Form form;
    const std::vector<NodeRef> parts;

    /// Says the same as the other but for the parts. Asked where both are of one C++ type and form.
    [[nodiscard]] virtual bool same_words(const ComposedNode& other) const = 0;
    /// The same of other parts, as many as there are here.
    [[nodiscard]] virtual NodeRef with_parts(std::vector<NodeRef> others) const = 0;
};

/// A construct with no more than one word of its own.
struct AZOTH_EXPORT PhraseNode final : ComposedNode {
    PhraseNode(Form phrase_form, std::vector<NodeRef> made_of, Type sql_type,
               std::string own_word = {});
    const std::string word;
    [[nodiscard]] bool same_words(const ComposedNode& other) const override;
    [[nodiscard]] NodeRef with_parts(std::vector<NodeRef> others) const override;
};

class SqlWriter;

/// An element of the program's own: see extend.hpp.
struct AZOTH_EXPORT CustomNode : ComposedNode {
    /// \param words as of ComposedNode
    CustomNode(std::vector<NodeRef> made_of, Type sql_type, std::uint64_t words);
    /// Writes its SQL.
    virtual void compile(SqlWriter& out) const = 0;
};

/// Which rows of its partition a window function looks at. A plain value.
struct WindowFrame {
    enum class Unit : std::uint8_t { none, rows, range, groups };
    enum class Place : std::uint8_t {
        unbounded_preceding,
        preceding,
        current_row,
        following,
        unbounded_following,
    };
    enum class Exclude : std::uint8_t { nothing, current_row, group, ties, no_others };
    /// One end of the frame.
    struct Bound {
        Place place = Place::unbounded_preceding;
        bool computed = false;     ///< the distance is an expression, a part of the node
        std::uint64_t distance{};  ///< of `preceding` and `following`, where not computed
        [[nodiscard]] friend bool operator==(const Bound&, const Bound&) = default;
    };
    Unit unit = Unit::none;
    Exclude exclude = Exclude::nothing;
    Bound from{};
    Bound to{};
    [[nodiscard]] friend bool operator==(const WindowFrame&, const WindowFrame&) = default;
};

/// function OVER (PARTITION BY … ORDER BY … frame)
struct AZOTH_EXPORT WindowNode final : ComposedNode {
    /// \param made_of the function, `partition_count` expressions, `ordering_count` orderings, and
    /// the distances of the bounds that are computed
    WindowNode(std::vector<NodeRef> made_of, Type sql_type, std::uint32_t partition_count,
               std::uint32_t ordering_count, const WindowFrame& window_frame);
    const std::uint32_t partitions;
    const std::uint32_t orderings;
    const WindowFrame frame;
    [[nodiscard]] bool same_words(const ComposedNode& other) const override;
    [[nodiscard]] NodeRef with_parts(std::vector<NodeRef> others) const override;
};

/// What a ComposedFromNode is.
enum class FromForm : std::uint8_t {
    values,       ///< rows of values, one ListNode each
    function,     ///< a function that gives rows
    tablesample,  ///< a table, how it is sampled, the seed if any
};

/// A FROM object that is made of other nodes. Like a subquery it carries the values of its
/// placeholders.
struct AZOTH_EXPORT ComposedFromNode final : FromNode {
    struct Words {
        FromForm form{};
        bool lateral = false;
        bool with_ordinality = false;
        bool typed_columns = false;  ///< AS name(column type, …)
        bool bare_column = false;    ///< its only column is the function's name itself
        [[nodiscard]] friend bool operator==(const Words&, const Words&) = default;
    };
    /// Has no columns; the maker adds them.
    ComposedFromNode(const Words& own_words, std::vector<NodeRef> made_of, Values bound,
                     std::string from_name);
    const Words words;
    const std::vector<NodeRef> parts;
    const Values values;
    [[nodiscard]] std::string describe() const override;
};

}  // namespace azoth::inline v0::sql
