// SPDX-License-Identifier: MIT
#include "paragraph_reader.hpp"

#include "utf8.hpp"

#include <algorithm>
#include <utility>

namespace packages {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

// Policy 5.1: US-ASCII without control characters, blanks and colons, not beginning with # or -.
bool is_field_name(std::string_view name) {
    if (name.empty() || name.front() == '#' || name.front() == '-') return false;
    return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

std::string in_quotes(std::string_view text) {
    return '"' + shortened(text, 60) + '"';
}

}  // namespace

ParagraphReader::ParagraphReader(ByteSource& source, std::string file, ProblemLog& log,
                                 std::size_t line_limit)
    : lines_(source, line_limit), file_(std::move(file)), log_(log) {}

void ParagraphReader::report(std::uint64_t line, ProblemKind kind, std::string message) {
    log_.add({file_, line, kind, std::move(message)});
}

bool ParagraphReader::next(Paragraph& paragraph) {
    paragraph.clear();
    has_field_ = false;
    Line line;
    while (lines_.next(line)) {
        if (line.number == 1 && line.text.starts_with(byte_order_mark)) {
            line.text.remove_prefix(byte_order_mark.size());
        }
        if (!line.terminated) {
            report(line.number, ProblemKind::no_final_newline,
                   "the file ends without a newline; it may have been cut short");
        }
        if (!is_blank(line.text)) {
            take(line, paragraph);
        } else {
            has_field_ = false;
            if (!paragraph.empty()) return true;
        }
    }
    return !paragraph.empty();
}

void ParagraphReader::take(const Line& line, Paragraph& paragraph) {
    if (line.too_long) {
        has_field_ = false;
        report(line.number, ProblemKind::line_too_long,
               "line too long, left out: " + in_quotes(repaired_utf8(line.text.substr(0, 200))));
        return;
    }
    if (line.text.front() == '#') return;
    std::string_view text = line.text;
    if (!is_clean_utf8(text)) {
        repaired_ = repaired_utf8(text);
        text = repaired_;
        report(line.number, ProblemKind::bad_encoding,
               "NUL or invalid UTF-8, replaced by U+FFFD: " + in_quotes(text));
    }
    if (text.front() == ' ' || text.front() == '\t') {
        take_continuation(text, line.number, paragraph);
    } else {
        take_field(text, line.number, paragraph);
    }
}

void ParagraphReader::take_continuation(std::string_view text, std::uint64_t number,
                                        Paragraph& paragraph) {
    if (!has_field_) {
        report(number, ProblemKind::stray_continuation,
               "continuation of no field, left out: " + in_quotes(trimmed(text)));
        return;
    }
    text.remove_prefix(1);
    paragraph.last().continue_with(text, number);
}

void ParagraphReader::take_field(std::string_view text, std::uint64_t number,
                                 Paragraph& paragraph) {
    has_field_ = false;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        report(number, ProblemKind::no_colon, "no colon, left out: " + in_quotes(text));
        return;
    }
    const std::string_view name = trimmed(text.substr(0, colon));
    if (!is_field_name(name)) {
        report(number, ProblemKind::bad_field_name,
               "impossible field name, left out: " + in_quotes(text));
        return;
    }
    if (const Field* first = paragraph.find(name)) {
        report(number, ProblemKind::duplicate_field,
               "field " + std::string(name) + " was given in line " +
                   std::to_string(first->line()) + " already, left out: " + in_quotes(text));
        return;
    }
    paragraph.add(name, trimmed(text.substr(colon + 1)), number);
    has_field_ = true;
}

}  // namespace packages
