// SPDX-License-Identifier: MIT
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace azoth::inline v0::postgresql {

struct ResultDeleter {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

[[nodiscard]] inline bool is_error(const PGresult* result) noexcept {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

/// What the server says it has done: "INSERT 0 1", "COMMIT".
[[nodiscard]] std::string_view command_tag(PGresult* result) noexcept;

/// The rows that a command says it inserted, updated or deleted; -1 for other commands.
[[nodiscard]] std::int64_t affected_rows(PGresult* result) noexcept;

}  // namespace azoth::inline v0::postgresql
