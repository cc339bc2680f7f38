// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/driver/isolation.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/engine/transaction_settings.hpp>

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

void check_modes(const TransactionSettings& settings, const Dialect& dialect) {
    if (!settings.readonly && !settings.deferrable) return;
    std::string option = settings.readonly ? "postgresql_readonly" : "postgresql_deferrable";
    if (!dialect.has_transaction_modes())
        throw ArgumentError(option + " is an option of PostgreSQL's transactions; the " +
                            std::string(dialect.name()) + " dialect's have none like it");
    if (settings.autocommit && (settings.readonly == true || settings.deferrable == true))
        throw ArgumentError(option +
                            " says how a transaction is begun, and with the isolation_level "
                            "AUTOCOMMIT there is none");
}

}  // namespace

bool concerns_transactions(const ConnectionOptions& options) noexcept {
    return !options.isolation_level.empty() || options.postgresql_readonly ||
           options.postgresql_deferrable;
}

TransactionSettings with_options(TransactionSettings settings, const ConnectionOptions& options,
                                 const Dialect& dialect) {
    if (!options.isolation_level.empty()) {
        settings.isolation_level = known_level(dialect, options.isolation_level);
        settings.autocommit = settings.isolation_level == autocommit;
    }
    if (options.postgresql_readonly) settings.readonly = options.postgresql_readonly;
    if (options.postgresql_deferrable) settings.deferrable = options.postgresql_deferrable;
    if (options.insertmanyvalues_page_size)
        settings.insert_page_size = *options.insertmanyvalues_page_size;
    check_modes(settings, dialect);
    return settings;
}

}  // namespace azoth::inline v0::engine
