// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/driver/isolation.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/engine/execution_settings.hpp>
#include <azoth/engine/log_names.hpp>
#include <azoth/sql/statement_options.hpp>

#include <algorithm>

namespace azoth::inline v0::engine {
namespace {

constexpr std::string_view autocommit = "AUTOCOMMIT";

/// The name that is sent to the database is the dialect's own, never the caller's text.
std::string known_level(const Dialect& dialect, const std::string& given) {
    const std::string level = driver::normalized_isolation_level(given);
    const auto known = dialect.isolation_levels();
    if (level == autocommit || std::find(known.begin(), known.end(), level) != known.end())
        return level;
    std::string names(autocommit);
    for (const auto name : known) names += ", " + std::string(name);
    throw ArgumentError("isolation_level " + azoth::detail::excerpt(given) + " is none of the " +
                        std::string(dialect.name()) + " dialect's: " + names);
}

void check_modes(const ExecutionSettings& settings, const Dialect& dialect) {
    const ConnectionOptions& options = settings.options;
    if (!options.postgresql_readonly && !options.postgresql_deferrable) return;
    std::string option =
        options.postgresql_readonly ? "postgresql_readonly" : "postgresql_deferrable";
    if (!dialect.has_transaction_modes())
        throw ArgumentError(option + " is an option of PostgreSQL's transactions; the " +
                            std::string(dialect.name()) + " dialect's have none like it");
    if (settings.autocommit &&
        (options.postgresql_readonly == true || options.postgresql_deferrable == true))
        throw ArgumentError(option +
                            " says how a transaction is begun, and with the isolation_level "
                            "AUTOCOMMIT there is none");
}

/// Puts what is given in the place of what there was.
template <class T>
void put_over(std::optional<T>& there, const std::optional<T>& given) {
    if (given) there = given;
}

}  // namespace

ExecutionSettings with_options(ExecutionSettings settings, const ConnectionOptions& given,
                               const Dialect& dialect) {
    ConnectionOptions& options = settings.options;
    if (!given.isolation_level.empty()) {
        options.isolation_level = known_level(dialect, given.isolation_level);
        settings.autocommit = options.isolation_level == autocommit;
    }
    put_over(options.postgresql_readonly, given.postgresql_readonly);
    put_over(options.postgresql_deferrable, given.postgresql_deferrable);
    put_over(options.compiled_cache, given.compiled_cache);
    put_over(options.insertmanyvalues_page_size, given.insertmanyvalues_page_size);
    StatementOptions{.max_row_buffer = given.max_row_buffer, .yield_per = given.yield_per}.check();
    put_over(options.stream_results, given.stream_results);
    put_over(options.max_row_buffer, given.max_row_buffer);
    put_over(options.yield_per, given.yield_per);
    if (given.schema_translate_map.is_given())
        options.schema_translate_map = given.schema_translate_map;
    if (!given.logging_token.empty()) {
        check_log_name("logging_token", given.logging_token);
        options.logging_token = given.logging_token;
    }
    check_modes(settings, dialect);
    return settings;
}

bool are_of_transactions(const ConnectionOptions& options) noexcept {
    return !options.isolation_level.empty() || options.postgresql_readonly ||
           options.postgresql_deferrable;
}

}  // namespace azoth::inline v0::engine
