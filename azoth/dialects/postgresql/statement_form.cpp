// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/statement_form_internal.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace azoth::inline v0::postgresql {
namespace {

bool in_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The words of a statement in small letters, without those in quotes and comments.
class Words {
  public:
    explicit Words(std::string_view sql) : sql_(sql) {}

    /// The next one; empty at the end.
    [[nodiscard]] std::string next() {
        std::string word;
        while (at_ < sql_.size()) {
            const char c = sql_[at_];
            if (in_word(c)) {
                word += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
                ++at_;
                continue;
            }
            if (!word.empty()) return word;
            skip();
        }
        return word;
    }

  private:
    void skip_behind(std::string_view end, std::size_t begin_length) {
        const std::size_t found = sql_.find(end, at_ + begin_length);
        at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
    }
    void skip() {
        const std::string_view rest = sql_.substr(at_);
        if (rest.starts_with("--")) return skip_behind("\n", 2);
        if (rest.starts_with("/*")) return skip_behind("*/", 2);
        if (rest.front() == '\'' || rest.front() == '"') return skip_behind(rest.substr(0, 1), 1);
        ++at_;
    }

    std::string_view sql_;
    std::size_t at_ = 0;
};

}  // namespace

StatementForm form_of(std::string_view sql) {
    const std::string word = Words(sql).next();
    if (word == "select" || word == "values" || word == "table") return StatementForm::select;
    return word == "with" ? StatementForm::with : StatementForm::other;
}

bool may_have_cursor(std::string_view sql) {
    if (form_of(sql) == StatementForm::other) return false;
    constexpr std::array<std::string_view, 5> writing = {"insert", "update", "delete", "merge",
                                                         "into"};
    Words words(sql);
    std::string before;
    for (std::string word = words.next(); !word.empty(); word = words.next()) {
        if (std::find(writing.begin(), writing.end(), word) != writing.end()) return false;
        if (word == "share" && (before == "for" || before == "key")) return false;
        before = std::move(word);
    }
    return true;
}

}  // namespace azoth::inline v0::postgresql
