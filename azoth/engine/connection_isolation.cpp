// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/connection_state.hpp>

#include <array>

/// How the transactions of a connection are begun. The database hears of it with each BEGIN, so
/// that nothing is left to be taken back when the connection returns to its pool.
namespace azoth::inline v0::engine {

void ConnectionState::set_options(const ConnectionOptions& options) {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    if (!transactions_.empty() && concerns_transactions(options))
        throw InvalidRequestError(
            "execution_options(): this Connection has a transaction already, begun by begin() or "
            "by "
            "an earlier statement, and how that is run can't be changed any more; commit() or "
            "rollback() it first");
    own_settings_ = std::make_unique<const TransactionSettings>(
        with_options(*settings_, options, engine_->dialect()));
    settings_ = own_settings_.get();
}

std::string ConnectionState::isolation_level() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    return settings_->isolation_level.empty()
               ? ask(engine_->dialect().isolation_level_query(driver().server_version()))
               : settings_->isolation_level;
}

std::string ConnectionState::default_isolation_level() {
    const ExclusiveUse use(monitor_, "Connection");
    check_usable();
    return ask(engine_->dialect().isolation_level_query(driver().server_version()));
}

/// A query of one text, which begins no transaction.
std::string ConnectionState::ask(std::string_view sql) {
    if (engine_->echo()) engine_->log(LogRecord::Level::info, sql);
    return guarded([&] {
        static constexpr std::array results = {Kind::text};
        const auto statement =
            driver().prepare({.sql = sql, .parameters = {}, .results = results, .keep = false});
        statement->execute({});
        ValueView cell;
        std::string answer;
        if (statement->fetch(&cell)) answer = cell.text();
        statement->reset();
        return answer;
    });
}

}  // namespace azoth::inline v0::engine
