// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/connect.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::postgresql {

/// Connection keywords and their values as the arrays that libpq takes. Each value stays one value,
/// whatever is in it: nothing here is ever written as a connection string. A value, one thread.
class Conninfo {
  public:
    void set(std::string_view keyword, std::string value);
    /// Arrays of equal length that end with null, valid until the next `set`.
    [[nodiscard]] const char* const* keywords();
    [[nodiscard]] const char* const* values();

  private:
    std::vector<std::string> keyword_texts_;
    std::vector<std::string> value_texts_;
    std::vector<const char*> keywords_;
    std::vector<const char*> values_;
};

/// Throws ArgumentError, which quotes no value, where the options can't be.
void check_options(const ConnectOptions& options);

/// What all endpoints have in common. The options must have been checked.
[[nodiscard]] Conninfo common_conninfo(const ConnectOptions& options);

/// Throws ArgumentError unless `keyword` may stand in `ConnectOptions::parameters`.
void check_keyword(std::string_view keyword);

}  // namespace azoth::inline v0::postgresql
