// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>

#include <array>
#include <chrono>
#include <cstdio>

/// What a connection logs of what runs on it. Nothing of this runs where nobody asked for it.
namespace azoth::inline v0::engine {
namespace {

/// "0.00012s"
std::string seconds(std::chrono::steady_clock::duration length) {
    std::array<char, 32> text;
    const int size = std::snprintf(text.data(), text.size(), "%.5fs",
                                   std::chrono::duration<double>(length).count());
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

void ConnectionState::log(std::string_view message) const {
    engine_->log(LogRecord::Level::info, message, {}, settings_->options.logging_token);
}

void ConnectionState::log_statement(const Found& found, std::string_view sql,
                                    std::string_view parameters) const {
    using std::chrono::steady_clock;
    const sql::Compiled& compiled = *found.compiled;
    std::string line(sql);
    switch (found.source) {
        case Source::cached:
            line +=
                "\n[cached since " + seconds(steady_clock::now() - compiled.compiled_at) + " ago";
            break;
        case Source::generated: line += "\n[generated in " + seconds(compiled.compile_time); break;
        case Source::caching_disabled:
            line += "\n[caching disabled, " + seconds(compiled.compile_time);
    }
    line += "; cache " + std::to_string(engine_->cache().hits()) + " hits, " +
            std::to_string(engine_->cache().misses()) + " misses] ";
    line += engine_->options().hide_parameters ? "(parameters hidden)" : parameters;
    log(line);
}

void ConnectionState::log_row(std::span<const ValueView> cells) const {
    const std::string row =
        engine_->options().hide_parameters ? "(values hidden)" : driver::display_parameters(cells);
    engine_->log(LogRecord::Level::debug, "Row " + row, {}, settings_->options.logging_token);
}

}  // namespace azoth::inline v0::engine
