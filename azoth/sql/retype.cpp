// SPDX-License-Identifier: MIT
// Select<>::typed<Ts...>(): the C++ types that a program claims for columns known at run time (R4).
#include <azoth/base/error.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/sql/result_columns.hpp>
#include <azoth/sql/statement.hpp>

#include <string_view>
#include <utility>

namespace azoth::inline v0::sql {
namespace {

/// A type as programs spell it, where the compiler's text says what it is an alias for.
std::string cpp_name(detail::PrettyText pretty) {
    static constexpr std::pair<std::string_view, std::string_view> spellings[] = {
        {"std::__cxx11::", "std::"},
        {"std::basic_string<char>", "std::string"},
        {"std::optional<std::string >", "std::optional<std::string>"},
        {"azoth::v0::", "azoth::"},
    };
    std::string name(detail::type_argument(pretty));
    for (const auto& [compiler, program] : spellings)
        for (auto at = name.find(compiler); at != std::string::npos; at = name.find(compiler, at))
            name.replace(at, compiler.size(), program);
    return name;
}

/// Above the range of int64 an integer travels as uint64; the C++ type is asked for int64 all the
/// same.
Kind comparable(Kind kind) {
    return kind == Kind::uint64 ? Kind::int64 : kind;
}

/// Is it certain that the element may be NULL? Only of columns is that known; they may be labelled,
/// cast, or come out of a subquery.
bool accepts_null(const Node& element) {
    switch (element.kind) {
        case NodeKind::label: return accepts_null(*static_cast<const LabelNode&>(element).operand);
        case NodeKind::cast: return accepts_null(*static_cast<const CastNode&>(element).operand);
        case NodeKind::constant:
            return static_cast<const ConstantNode&>(element).which == ConstantNode::Which::null;
        case NodeKind::column: {
            const auto& column = static_cast<const ColumnNode&>(element);
            if (column.from->kind == NodeKind::table) return column.nullable;
            return column.source && accepts_null(*column.source);
        }
        default: return false;
    }
}

/// The beginning of a message: "typed<…>(): column 2, 'name',".
std::string place(std::size_t index, const std::string& column) {
    return "typed<…>(): column " + std::to_string(index + 1) + ", '" + column + "', ";
}

void check(std::size_t index, const ResultColumn& column, const Wanted& wanted) {
    const Type& type = column.element->type;
    const Kind sent = type.value_kind();
    if (sent != Kind::null && comparable(sent) != comparable(wanted.shape.wanted))
        throw ArgumentError(place(index, column.name) + "is " + to_display(type) +
                            ", which travels as " + std::string(to_string(sent)) +
                            " and cannot be read as " + cpp_name(wanted.cpp_type) +
                            ": name a C++ type that matches, or select cast<T>(column)");
    if (!wanted.shape.nullable && accepts_null(*column.element))
        throw ArgumentError(place(index, column.name) + "of type " + to_display(type) +
                            ", may be NULL, for which " + cpp_name(wanted.cpp_type) +
                            " has no place: write std::optional<" + cpp_name(wanted.cpp_type) +
                            ">");
}

}  // namespace

void Statement::retype(std::initializer_list<Wanted> wanted) {
    const std::vector<ResultColumn> columns = result_columns(*node_);
    if (wanted.size() != columns.size())
        throw ArgumentError("typed<…>() names " + std::to_string(wanted.size()) +
                            " types for a select of " + std::to_string(columns.size()) +
                            " columns");
    for (std::size_t i = 0; i < columns.size(); ++i) check(i, columns[i], wanted.begin()[i]);

    const auto old = node_->items.of(Clause::column);
    std::vector<Item> items(old.begin(), old.end());
    StatementNode& node = own();
    node.items.remove(Clause::column);
    for (std::size_t i = 0; i < items.size(); ++i) {
        items[i].wanted = wanted.begin()[i].shape.wanted;
        items[i].nullable = wanted.begin()[i].shape.nullable;
        node.items.add(std::move(items[i]));
    }
}

}  // namespace azoth::inline v0::sql
