// SPDX-License-Identifier: MIT
#include "json_writer.hpp"

#include "utf8.hpp"

#include <ostream>
#include <string>
#include <utility>

namespace packages {

void JsonWriter::new_line() {
    out_ << '\n';
    for (int i = 0; i < depth_; ++i) out_ << "  ";
}

void JsonWriter::before_value() {
    if (std::exchange(after_key_, false)) return;
    if (!first_) out_ << ',';
    if (depth_ > 0) new_line();
    first_ = false;
}

void JsonWriter::open(char bracket) {
    before_value();
    out_ << bracket;
    ++depth_;
    first_ = true;
}

void JsonWriter::close(char bracket) {
    --depth_;
    if (!first_) new_line();
    out_ << bracket;
    first_ = false;
    if (depth_ == 0) out_ << '\n';
}

JsonWriter& JsonWriter::key(std::string_view name) {
    before_value();
    write_string(name);
    out_ << ": ";
    after_key_ = true;
    return *this;
}

void JsonWriter::value(std::string_view text) {
    before_value();
    write_string(text);
}

void JsonWriter::value(std::int64_t number) {
    before_value();
    out_ << std::to_string(number);
}

void JsonWriter::value(std::uint64_t number) {
    before_value();
    out_ << std::to_string(number);
}

void JsonWriter::value(bool truth) {
    before_value();
    out_ << (truth ? "true" : "false");
}

void JsonWriter::null() {
    before_value();
    out_ << "null";
}

// Names of files may hold any bytes, JSON only UTF-8.
void JsonWriter::write_string(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    const std::string clean = is_clean_utf8(text) ? std::string(text) : repaired_utf8(text);
    out_ << '"';
    for (const char c : clean) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out_ << '\\' << c;
        else if (c == '\n')
            out_ << "\\n";
        else if (byte < 0x20 || byte == 0x7F)
            out_ << "\\u00" << digits[byte >> 4] << digits[byte & 15U];
        else
            out_ << c;
    }
    out_ << '"';
}

}  // namespace packages
