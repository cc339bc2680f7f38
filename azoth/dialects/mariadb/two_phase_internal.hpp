// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/mariadb/handle_internal.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::mariadb {

/// "XA " and the words with the xid behind them, as text where that can be read and else as a
/// hexadecimal literal, so that none can break out. Any thread.
[[nodiscard]] std::string xa_statement(std::string_view words, std::string_view xid);

/// Adds the names of the prepared transactions that Azoth can name: those of one part, of the usual
/// format. \returns false where the server reports an error.
[[nodiscard]] bool read_prepared(MYSQL* handle, std::vector<std::string>& xids);

}  // namespace azoth::inline v0::mariadb
