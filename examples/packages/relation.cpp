// SPDX-License-Identifier: MIT
#include "relation.hpp"

#include "paragraph.hpp"
#include "utf8.hpp"
#include "version.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace packages {

namespace {

constexpr std::string_view blanks = " \t\n";

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// A clause is read from left to right; whatever does not fit ends it with one message.
class ClauseParser {
  public:
    explicit ClauseParser(std::string_view clause) : rest_(clause) {}

    std::optional<Relation> parse() {
        Relation relation;
        if (read_name(relation) && read_constraint(relation) && read_restrictions(relation)) {
            return relation;
        }
        return std::nullopt;
    }

    /// What is wrong and does not prevent reading, or why parse() returned nothing.
    [[nodiscard]] const std::string& message() const { return message_; }

  private:
    bool fail(std::string message) {
        message_ = std::move(message);
        return false;
    }

    void skip_blanks() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    }

    std::string_view take_until(std::string_view stops) {
        const std::string_view taken = rest_.substr(0, rest_.find_first_of(stops));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    bool read_name(Relation& relation) {
        const std::string_view word = take_until(" \t\n([<");
        const std::size_t colon = word.find(':');
        relation.name = word.substr(0, colon);
        if (!is_package_name(relation.name)) return fail("not a package name");
        if (colon != std::string_view::npos) {
            relation.architecture_qualifier = word.substr(colon + 1);
            if (!is_package_name(relation.architecture_qualifier)) {
                return fail("not an architecture after the colon");
            }
        }
        skip_blanks();
        return true;
    }

    std::optional<VersionOperator> read_operator() {
        using enum VersionOperator;
        static constexpr std::array<std::pair<std::string_view, VersionOperator>, 5> operators{
            {{"<<", earlier},
             {"<=", earlier_or_equal},
             {"=", equal},
             {">=", later_or_equal},
             {">>", later}}};
        const std::string_view written =
            rest_.substr(0, std::min(rest_.find_first_not_of("<=>"), rest_.size()));
        rest_.remove_prefix(written.size());
        for (const auto& [text, op] : operators) {
            if (text == written) return op;
        }
        // dpkg still reads the operators of 1995, which mean "or equal".
        if (written == "<" || written == ">") {
            message_ = "the operator " + std::string(written) + " is obsolete and read as " +
                       std::string(written) + '=';
            return written == "<" ? earlier_or_equal : later_or_equal;
        }
        return std::nullopt;
    }

    bool read_constraint(Relation& relation) {
        if (!rest_.starts_with('(')) return true;
        rest_.remove_prefix(1);
        skip_blanks();
        const std::optional<VersionOperator> op = read_operator();
        if (!op) return fail("no operator <<, <=, =, >= or >> before the version");
        const std::string_view version = trimmed(take_until(")"));
        if (rest_.empty()) return fail("the parenthesis is not closed");
        if (!is_version(version)) return fail("not a version in parentheses");
        rest_.remove_prefix(1);
        skip_blanks();
        relation.constraint = VersionConstraint{*op, std::string(version)};
        return true;
    }

    bool read_restrictions(Relation& relation) {
        while (!rest_.empty()) {
            const char opening = rest_.front();
            if (opening != '[' && opening != '<') return fail("unexpected text at the end");
            const std::size_t closing = rest_.find(opening == '[' ? ']' : '>');
            if (closing == std::string_view::npos) return fail("a bracket is not closed");
            if (!relation.restrictions.empty()) relation.restrictions += ' ';
            relation.restrictions += rest_.substr(0, closing + 1);
            rest_.remove_prefix(closing + 1);
            skip_blanks();
        }
        return true;
    }

    std::string_view rest_;
    std::string message_;
};

// Calls `visit(offset, piece)` for each piece between separators.
void for_each_piece(std::string_view text, char separator, const auto& visit) {
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        visit(begin, text.substr(begin, end - begin));
        begin = end + 1;
    }
}

}  // namespace

std::string_view to_string(VersionOperator op) noexcept {
    static constexpr std::array<std::string_view, 5> texts{"<<", "<=", "=", ">=", ">>"};
    return texts[static_cast<std::size_t>(op)];
}

// Laxer than policy (which wants two characters and no capitals), as lax as dpkg itself.
bool is_package_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > longest_name || !is_alphanumeric(name.front())) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return is_alphanumeric(c) || c == '+' || c == '-' || c == '.' || c == '_';
    });
}

std::vector<Alternatives> parse_relations(std::string_view value, const RelationProblem& report) {
    std::vector<Alternatives> groups;
    if (trimmed(value).empty()) return groups;
    for_each_piece(value, ',', [&](std::size_t group_offset, std::string_view group_text) {
        Alternatives alternatives;
        for_each_piece(group_text, '|', [&](std::size_t offset, std::string_view text) {
            const std::string_view clause = trimmed(text);
            // Of a clause on a continuation line the line of its first letter is wanted.
            const std::size_t blank = clause.empty() ? 0 : text.find_first_not_of(blanks);
            const std::size_t position = group_offset + offset + blank;
            if (clause.empty()) {
                report(position, "empty clause in a dependency field");
                return;
            }
            ClauseParser parser(clause);
            std::optional<Relation> relation = parser.parse();
            if (!parser.message().empty()) {
                report(position, parser.message() + (relation ? "" : ", clause left out") + ": \"" +
                                     shortened(clause, 80) + '"');
            }
            if (relation) alternatives.push_back(std::move(*relation));
        });
        if (!alternatives.empty()) groups.push_back(std::move(alternatives));
    });
    return groups;
}

}  // namespace packages
