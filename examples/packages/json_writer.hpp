// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

namespace packages {

/// Writes JSON piece by piece: begin, keys and values, end. One thread at a time.
///
/// Commas, line breaks and escapes are its business; that every begin has its end is the caller's.
class JsonWriter {
  public:
    explicit JsonWriter(std::ostream& out) : out_(out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }

    /// The name of the next value of an object.
    JsonWriter& key(std::string_view name);

    void value(std::string_view text);
    void value(const char* text) { value(std::string_view(text)); }
    void value(std::int64_t number);
    void value(std::uint64_t number);
    void value(bool truth);
    void null();

  private:
    void open(char bracket);
    void close(char bracket);
    void before_value();
    void new_line();
    void write_string(std::string_view text);

    std::ostream& out_;
    int depth_ = 0;
    bool first_ = true;       // no comma before the next element
    bool after_key_ = false;  // the next value stands behind its key
};

}  // namespace packages
