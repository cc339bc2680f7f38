// SPDX-License-Identifier: MIT
#include <azoth/engine/log.hpp>

#include <cstdio>
#include <string>

namespace azoth::inline v0 {

void log_to_stderr(const LogRecord& record) {
    static constexpr const char* levels[] = {"DEBUG", "INFO", "WARNING", "ERROR"};
    std::string line = levels[static_cast<int>(record.level)];
    line.append(" ").append(record.logger).append(" ").append(record.message).append("\n");
    std::fwrite(line.data(), 1, line.size(), stderr);  // one call: lines of threads don't mix
}

void log_trouble_to_stderr(const LogRecord& record) {
    if (record.level >= LogRecord::Level::warning) log_to_stderr(record);
}

}  // namespace azoth::inline v0
