// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/result_internal.hpp>

#include <charconv>

namespace azoth::inline v0::postgresql {

std::string_view command_tag(PGresult* result) noexcept {
    return PQcmdStatus(result);
}

std::int64_t affected_rows(PGresult* result) noexcept {
    const std::string_view tag = command_tag(result);
    const bool counts = tag.starts_with("INSERT") || tag.starts_with("UPDATE") ||
                        tag.starts_with("DELETE") || tag.starts_with("MERGE");
    if (!counts) return -1;
    std::int64_t count = -1;
    const std::size_t last_word = tag.rfind(' ') + 1;
    std::from_chars(tag.data() + last_word, tag.data() + tag.size(), count);
    return count;
}

}  // namespace azoth::inline v0::postgresql
