// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/ddl_text.hpp>

#include <utility>

namespace azoth::inline v0::schema {
namespace {

bool in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

/// Reads a text once. It follows quotes and comments just so far as to know what a place stands in;
/// what is not finished is the database's to refuse.
class DDLText::Parser {
  public:
    Parser(DDLText& out, Comments comments)
        : out_(out), sql_(out.statement_), hashes_(comments == Comments::hashes) {}

    void parse() {
        while (at_ < sql_.size()) {
            if (sql_[at_] == '%')
                percent();
            else if (within_ == Within::nothing)
                outside();
            else
                inside();
        }
        out_.rest_ = std::move(text_);
    }

  private:
    [[nodiscard]] bool looking_at(std::string_view text) const {
        return sql_.substr(at_).starts_with(text);
    }
    void copy(std::size_t count) {
        text_ += sql_.substr(at_, count);
        at_ += count;
    }

    void percent() {
        if (looking_at("%%")) {
            text_ += '%';
            at_ += 2;
            return;
        }
        const std::size_t end = looking_at("%(") ? sql_.find(')', at_) : std::string_view::npos;
        if (end == std::string_view::npos || end == at_ + 2 || !sql_.substr(end).starts_with(")s"))
            throw ArgumentError("DDL(): a % that is no %(name)s is written %%; here it is: " +
                                std::string(sql_.substr(at_, 40)));
        out_.places_.push_back(
            {std::exchange(text_, {}), std::string(sql_.substr(at_ + 2, end - at_ - 2)), within_});
        at_ = end + 2;
    }

    void outside() {
        const char c = sql_[at_];
        if (c == '\'' || c == '"' || c == '`') {
            within_ = static_cast<Within>(c);
            escapes_ = c == '\'' && (behind_e() || continues_escaped());
            return copy(1);
        }
        if (looking_at("--")) return begin(Within::comment, "\n", 2);
        if (hashes_ && c == '#') return begin(Within::comment, "\n", 1);
        if (looking_at("/*")) return begin(Within::comment, "*/", 2);
        if (c == '[') out_.is_unclear_ = true;
        if (c == '$' && (at_ == 0 || !in_word(sql_[at_ - 1]))) return dollar();
        copy(1);
    }

    /// PostgreSQL's E'…', in which \' is no end.
    [[nodiscard]] bool behind_e() const {
        return at_ > 0 && (sql_[at_ - 1] == 'E' || sql_[at_ - 1] == 'e') &&
               (at_ == 1 || !in_word(sql_[at_ - 2]));
    }
    /// PostgreSQL takes 'a' and, on another line, 'b' for one text.
    [[nodiscard]] bool continues_escaped() const {
        return escaped_end_ != 0 &&
               sql_.substr(escaped_end_, at_ - escaped_end_).find_first_not_of(" \t\r\n") ==
                   std::string_view::npos;
    }
    void dollar() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && in_word(sql_[end])) ++end;
        if (end == sql_.size() || sql_[end] != '$') return copy(1);
        begin(Within::dollars, sql_.substr(at_, end + 1 - at_), end + 1 - at_);
    }
    void begin(Within within, std::string_view end, std::size_t length) {
        within_ = within;
        end_ = end;
        copy(length);
    }

    void inside() {
        const bool quote =
            within_ == Within::text || within_ == Within::name || within_ == Within::backtick;
        if (escapes_ && sql_[at_] == '\\') return copy(2);
        const bool ends = quote ? sql_[at_] == static_cast<char>(within_) : looking_at(end_);
        if (within_ == Within::comment && looking_at("/*")) out_.is_unclear_ = true;
        if (!ends) return copy(1);
        escaped_end_ = escapes_ ? at_ + 1 : 0;
        within_ = Within::nothing;  // a doubled quote is two quoted pieces in a row
        escapes_ = false;
        copy(quote ? 1 : end_.size());
    }

    DDLText& out_;
    const std::string_view sql_;
    const bool hashes_;
    std::size_t at_ = 0;
    std::string text_;
    Within within_ = Within::nothing;
    std::string_view end_;
    bool escapes_ = false;
    std::size_t escaped_end_ = 0;  // of the last text in which \' was no end; 0: it was another
};

DDLText::DDLText(std::string_view statement, Comments comments) : statement_(statement) {
    if (statement.find('\0') != std::string_view::npos)
        throw ArgumentError("DDL(): the text holds a NUL character");
    Parser(*this, comments).parse();
}

std::string DDLText::fill(const Writer& write) const {
    std::string sql;
    for (const Place& place : places_) {
        const std::string written = write(place.name);
        if (place.within != Within::nothing) require_harmless(written, place);
        if (is_unclear_) require_word(written, place);
        sql.append(place.before).append(written);
    }
    return sql + rest_;
}

/// Comments within comments, and names in brackets: what a place stands within depends on the
/// database, so that only what is harmless everywhere may stand there.
void DDLText::require_word(const std::string& written, const Place& place) const {
    std::string word = written;
    for (const std::string_view between : {"\".\"", "`.`", "].["})  // schema and table
        for (std::size_t at = word.find(between); at != std::string::npos;
             at = word.find(between, at + 1))
            word.replace(at, between.size(), ".");
    if (word.size() > 1 && std::string_view("\"`'[").find(word.front()) != std::string_view::npos)
        word = word.substr(1, word.size() - 2);
    for (const char c : word)
        if (!in_word(c) && c != '.')
            throw CompileError("DDL(\"" + statement_ +
                               "\"): it has comments within comments or "
                               "brackets, so that only letters, digits and _ may stand for %(" +
                               place.name + ")s, and not " + written);
}

/// Within a function's body stands SQL with quotes and comments again, so that all of them count.
void DDLText::require_harmless(const std::string& written, const Place& place) const {
    const std::string ends = std::string("'\\\r\n$") + static_cast<char>(place.within);
    if (written.find_first_of(ends) == std::string::npos &&
        written.find("*/") == std::string::npos && written.find("/*") == std::string::npos)
        return;
    throw CompileError("DDL(\"" + statement_ + "\"): %(" + place.name +
                       ")s stands within a quote or a comment, which " + written +
                       " could end; say it outside of them");
}

}  // namespace azoth::inline v0::schema
