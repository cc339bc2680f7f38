// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/markers.hpp>
#include <azoth/sql/statement.hpp>
#include <azoth/sql/text.hpp>

#include <set>

namespace azoth::inline v0::sql {
namespace {

bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool continues_name(char c) {
    return starts_name(c) || (c >= '0' && c <= '9');
}
bool beyond_ascii(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}
/// Parts of identifiers and numbers.
bool in_word(char c) {
    return continues_name(c) || c == '$' || beyond_ascii(c);
}

void refuse_marker(std::string_view sql) {
    if (sql.find(bind_marker) != std::string_view::npos)
        throw ArgumentError("SQL text holds the control character 0x01");
    if (sql.find('\0') != std::string_view::npos)
        throw ArgumentError("SQL text holds a NUL character");
}

/// Splits hand-written SQL into text and `:name` placeholders.
class Scanner {
  public:
    explicit Scanner(std::string_view sql) : sql_(sql) { refuse_marker(sql); }

    void scan() {
        while (at_ < sql_.size()) step();
    }
    [[nodiscard]] std::string take_text() { return std::move(out_); }
    [[nodiscard]] std::vector<std::string>& names() { return names_; }

  private:
    void step() {
        const char c = sql_[at_];
        if (c == '\'' || c == '"' || c == '`') return copy_quoted(c);
        if (c == '$' && copy_dollar_quoted()) return;
        if (in_word(c)) return copy_word();
        if (looking_at("--")) return copy_until("\n", false);
        if (looking_at("/*")) return copy_until("*/", true);
        if (looking_at("::")) return copy(2);
        if (looking_at("\\:")) {
            out_ += ':';
            at_ += 2;
            return;
        }
        if (c == ':' && at_ + 1 < sql_.size() &&
            (starts_name(sql_[at_ + 1]) || beyond_ascii(sql_[at_ + 1])))
            return placeholder();
        copy(1);
    }
    [[nodiscard]] bool looking_at(std::string_view text) const {
        return sql_.substr(at_).starts_with(text);
    }
    void copy(std::size_t count) {
        out_ += sql_.substr(at_, count);
        at_ += count;
    }
    void copy_quoted(char quote) {
        const auto end = sql_.find(quote, at_ + 1);
        if (end == std::string_view::npos)
            throw ArgumentError("SQL text has an unfinished " + std::string(1, quote) +
                                " quote: " + std::string(sql_.substr(at_, 40)));
        copy(end + 1 - at_);  // a doubled quote is simply two quoted pieces in a row
    }
    /// An identifier, keyword or number, and what belongs to it: PostgreSQL's E'…', in which \' is
    /// no end, and the colon of a slice, x[a:b], which is no placeholder's.
    void copy_word() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && in_word(sql_[end])) ++end;
        const std::string_view word = sql_.substr(at_, end - at_);
        copy(word.size());
        if (looking_at("'") && (word == "E" || word == "e")) return copy_escaped();
        if (looking_at(":") && !looking_at("::")) copy(1);
    }
    void copy_escaped() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && sql_[end] != '\'') end += sql_[end] == '\\' ? 2 : 1;
        if (end >= sql_.size())
            throw ArgumentError("SQL text has an unfinished ' quote: " +
                                std::string(sql_.substr(at_, 40)));
        copy(end + 1 - at_);
    }
    /// PostgreSQL's $tag$ … $tag$. \returns false where this is none
    [[nodiscard]] bool copy_dollar_quoted() {
        std::size_t end = at_ + 1;
        if (end < sql_.size() && (starts_name(sql_[end]) || beyond_ascii(sql_[end])))
            while (end < sql_.size() && (continues_name(sql_[end]) || beyond_ascii(sql_[end])))
                ++end;
        if (end >= sql_.size() || sql_[end] != '$') return false;
        const std::string_view tag = sql_.substr(at_, end + 1 - at_);
        const auto close = sql_.find(tag, end + 1);
        if (close == std::string_view::npos)
            throw ArgumentError("SQL text has an unfinished " + std::string(tag) + " quote");
        copy(close + tag.size() - at_);
        return true;
    }
    void copy_until(std::string_view end, bool required) {
        const auto found = sql_.find(end, at_ + 2);
        if (found == std::string_view::npos && required)
            throw ArgumentError("SQL text has an unfinished comment");
        copy(found == std::string_view::npos ? sql_.size() - at_ : found + end.size() - at_);
    }
    void placeholder() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && continues_name(sql_[end])) ++end;
        if (end < sql_.size() && beyond_ascii(sql_[end]))
            throw ArgumentError(
                "SQL text has a parameter whose name holds other characters than "
                "ASCII letters, digits and _, behind " +
                std::string(sql_.substr(at_, end - at_)));
        names_.emplace_back(sql_.substr(at_ + 1, end - at_ - 1));
        out_ += bind_marker;
        at_ = end;
    }

    std::string_view sql_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<std::string> names_;
};

}  // namespace

Expression named_bind(std::string name, const Type& type, const BindExtra& extra) {
    bool ok = !name.empty() && starts_name(name.front());
    for (const char c : name) ok = ok && continues_name(c);
    if (!ok)
        throw ArgumentError("bindparam(\"" + name +
                            "\"): a parameter's name is made of letters, digits and _");
    return {make_ref<BindNode>(type, std::move(name), extra), {}};
}

Expression literal_with(const Type& type, Value value, const BindExtra& extra) {
    Values values;
    values.push(std::move(value));
    return {make_ref<BindNode>(type, std::string(), extra), std::move(values)};
}

Expression fragment(std::string sql, const Type& type) {
    refuse_marker(sql);
    return {make_ref<FragmentNode>(std::move(sql), std::vector<NodeRef>{}, type), {}};
}

TextCore::TextCore(std::string_view sql) : Statement(make_ref<StatementNode>(NodeKind::text)) {
    Scanner scanner(sql);
    scanner.scan();
    own().sql = scanner.take_text();
    for (auto& name : scanner.names()) {
        const Expression bind = named_bind(std::move(name), Type());
        add(Clause::source, Operand::of(bind));
    }
}

void TextCore::add_columns(const std::vector<std::pair<Type, Shape>>& columns) {
    clear_columns();
    for (const auto& [type, shape] : columns) {
        const Expression column = fragment("", type);
        add(Clause::column, Operand::of(column), shape);
    }
}

void TextCore::add_named_columns(std::initializer_list<Selected> columns) {
    for (const Selected& column : columns)
        if (!column.expression->values.empty())
            throw ArgumentError(
                "columns() of a text() names columns; this is an expression with values: give it a "
                "name in the text, and say what it is by literal_column<T>(name).label(name)");
    clear_columns();
    add_all(Clause::column, columns);
}

namespace {

/// What a column of a text is called; nothing where only its type is known.
std::string name_of(const Node& column) {
    switch (column.kind) {
        case NodeKind::label: return static_cast<const LabelNode&>(column).name;
        case NodeKind::column: return static_cast<const ColumnNode&>(column).name;
        case NodeKind::extension: return static_cast<const ExtensionNode&>(column).name;
        default: return {};
    }
}

}  // namespace

void TextCore::require_names(std::string_view call) const {
    const std::string begin = std::string(call) + "() of a text(): ";
    const auto columns = node().items.of(Clause::column);
    if (columns.empty())
        throw ArgumentError(begin + "say which columns it has, as in columns(col<&User::id>)");
    std::set<std::string> names;
    for (const Item& column : columns) {
        const std::string name = name_of(*column.node);
        if (name.empty())
            throw ArgumentError(begin +
                                "its columns have types and no names: say which columns they are, "
                                "as in columns(col<&User::id>)");
        if (!names.insert(name).second)
            throw ArgumentError(std::string(begin)
                                    .append("two columns are called '")
                                    .append(name)
                                    .append("': give one of them a label"));
    }
}

FromClause TextCore::as_named_subquery(std::string_view name) const {
    require_names("subquery");
    return as_subquery(name, false);
}

FromClause TextCore::as_named_cte(std::string_view name) const {
    require_names("cte");
    return as_cte(name, false);
}

}  // namespace azoth::inline v0::sql
