// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/sql/window.hpp>

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <typeinfo>
#include <utility>

/// Elements of SQL that the library doesn't know, made by the program that needs them.
namespace azoth::inline v0 {

namespace sql {

class Compiler;

/// What an element of the program's own writes its SQL with. Lives while the element is compiled;
/// one thread. SQLAlchemy: the `compiler` of `@compiles`.
class AZOTH_EXPORT SqlWriter {
  public:
    SqlWriter(Compiler& compiler, const CustomNode& node) : compiler_(compiler), node_(node) {}
    SqlWriter(const SqlWriter&) = delete;
    SqlWriter& operator=(const SqlWriter&) = delete;

    /// "sqlite", "postgresql", "mariadb", …
    [[nodiscard]] std::string_view dialect() const noexcept;
    /// SQL as it is: never build it from values.
    SqlWriter& sql(std::string_view text);
    /// A name, quoted where it must be.
    SqlWriter& name(std::string_view identifier);
    /// A text as a literal.
    SqlWriter& literal(std::string_view text);
    /// One of the element's parts, in parentheses where it is more than a name, a value or a call.
    /// They are written in order, once each; anything else is a
    /// CompileError.
    SqlWriter& part(std::size_t index);
    /// All that are left, with commas between them.
    SqlWriter& parts();
    /// Throws CompileError where a part was left out. Called by the compiler.
    void finish() const;
    /// Throws UnsupportedCompilationError: "the sqlite dialect has no …".
    [[noreturn]] void unsupported(std::string_view what) const;

  private:
    Compiler& compiler_;
    const CustomNode& node_;
    std::size_t next_ = 0;
};

}  // namespace sql

/// What a program's own element is: it writes itself, and says when another is the same.
template <class W>
concept CustomElement = std::equality_comparable<W> &&
                        requires(const W& words, sql::SqlWriter& out) { words.compile(out); };

namespace detail {

/// Two are the same where the program's own == says so, whatever it compares: so a cached
/// statement can't be taken for another.
template <class W>
struct CustomNodeOf final : sql::CustomNode {
    CustomNodeOf(std::vector<sql::NodeRef> made_of, Type sql_type, W own_words)
        : CustomNode(std::move(made_of), std::move(sql_type), typeid(W).hash_code()),
          words(std::move(own_words)) {}
    const W words;

    void compile(sql::SqlWriter& out) const override { words.compile(out); }
    [[nodiscard]] bool same_words(const sql::ComposedNode& other) const override {
        return words == static_cast<const CustomNodeOf&>(other).words;
    }
    [[nodiscard]] sql::NodeRef with_parts(std::vector<sql::NodeRef> others) const override {
        return make_ref<CustomNodeOf>(std::move(others), this->type, words);
    }
};

}  // namespace detail

/// An expression of the program's own, of C++ type T, around these parts:
///
///     struct Age {
///         bool operator==(const Age&) const = default;
///         void compile(sql::SqlWriter& out) const { out.sql("age(").parts().sql(")"); }
///     };
///     custom<std::string>(Age{}, {users.born})
///
/// Everything that changes the SQL is a member of the element, and compared by its ==; statements
/// are cached by it. SQLAlchemy: `@compiles` and `ColumnElement` with `inherit_cache`.
template <class T, class W>
[[nodiscard]] Function<T> custom(W element, std::initializer_list<AnyExpr> parts) {
    static_assert(CustomElement<W>,
                  "custom() takes an element with operator== and "
                  "void compile(sql::SqlWriter& out) const");
    if constexpr (CustomElement<W>) {
        std::vector<sql::NodeRef> nodes;
        Values values;
        for (const AnyExpr& part : parts) {
            nodes.push_back(part.core().node);
            values.append(Values(part.core().values));
        }
        return Function<T>(sql::Expression(
            make_ref<detail::CustomNodeOf<W>>(std::move(nodes),
                                              detail::result_type<detail::unwrap_optional_t<T>>(),
                                              std::move(element)),
            std::move(values)));
    }
}

}  // namespace azoth::inline v0
