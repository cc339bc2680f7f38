// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include "utf8.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ostream>
#include <utility>

namespace packages {

namespace {

using namespace std::chrono_literals;

constexpr auto bar_interval = 100ms;
constexpr auto line_interval = 3s;
constexpr std::size_t longest_bar = 24;
constexpr std::size_t shortest_bar = 6;
constexpr std::string_view wipe_line = "\r\x1b[K";

std::string formatted(const char* format, auto... values) {
    char text[64];
    const int length = std::snprintf(text, sizeof text, format, values...);
    return {text, static_cast<std::size_t>(std::clamp(length, 0, 63))};
}

}  // namespace

std::string duration_text(double seconds) {
    if (seconds < 9.95) return formatted("%.1f s", seconds);
    const auto whole = static_cast<long long>(std::llround(std::min(seconds, 3.6e6)));
    if (whole < 60) return formatted("%lld s", whole);
    if (whole < 3600) return formatted("%lld:%02lld min", whole / 60, whole % 60);
    return formatted("%lld:%02lld h", whole / 3600, whole / 60 % 60);
}

std::string grouped(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

Progress::Progress(ProgressStyle style, std::ostream& out, std::size_t columns, Clock clock)
    : style_(style), out_(out), columns_(columns), clock_(std::move(clock)) {}

void Progress::start(std::string title, std::optional<std::uint64_t> total, std::string unit) {
    finish();
    title_ = std::move(title);
    total_ = total;
    unit_ = std::move(unit);
    done_ = 0;
    running_ = true;
    begin_ = clock_();
    shown_ = begin_;
    if (style_ == ProgressStyle::bar) draw();
}

void Progress::advance_to(std::uint64_t done) {
    done_ = done;
    if (style_ == ProgressStyle::none || !running_) return;
    const auto now = clock_();
    if (now - shown_ < (style_ == ProgressStyle::bar ? bar_interval : line_interval)) return;
    shown_ = now;
    draw();
}

void Progress::finish() {
    if (!std::exchange(running_, false) || style_ == ProgressStyle::none) return;
    wipe();
    out_ << title_ << ": " << grouped(done_) << ' ' << unit_ << " in " << duration_text(elapsed())
         << rate() << '\n'
         << std::flush;
}

void Progress::say(std::string_view line) {
    wipe();
    out_ << line << '\n' << std::flush;
    if (running_ && style_ == ProgressStyle::bar) draw();
}

double Progress::elapsed() const {
    return std::chrono::duration<double>(clock_() - begin_).count();
}

std::string Progress::amounts() const {
    std::string text = grouped(done_);
    if (total_) text += " of " + grouped(*total_);
    return text + ' ' + unit_;
}

std::string Progress::rate() const {
    const double seconds = elapsed();
    if (done_ == 0 || seconds < 0.001) return {};
    const double rate = static_cast<double>(done_) / seconds;
    if (rate < 10) return formatted(", %.1f/s", rate);
    return ", " + grouped(static_cast<std::uint64_t>(rate)) + "/s";
}

// In the first half second a forecast would be a guess.
std::string Progress::remaining() const {
    const double seconds = elapsed();
    if (!total_ || done_ == 0 || done_ > *total_ || seconds < 0.5) return {};
    const double share = static_cast<double>(done_) / static_cast<double>(*total_);
    return ", " + duration_text(seconds / share - seconds) + " left";
}

// As long as the rest leaves room for it, down to a length that still shows something.
std::string Progress::bar(double share, std::size_t others) const {
    const std::size_t room = columns_ - std::min(columns_, others);
    const std::size_t length = std::clamp(room, shortest_bar, longest_bar);
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(length));
    return '[' + std::string(filled, '#') + std::string(length - filled, '.') + ']';
}

void Progress::draw() {
    const std::string figures = amounts() + rate() + remaining();
    if (style_ == ProgressStyle::lines) {
        out_ << title_ << ": " << figures << '\n' << std::flush;
        return;
    }
    std::string text = title_ + ": ";
    if (total_) {
        const std::uint64_t total = std::max<std::uint64_t>(*total_, 1);
        const double share =
            static_cast<double>(std::min(done_, total)) / static_cast<double>(total);
        const std::string percent = formatted(" %3.0f %%, ", share * 100);
        // The brackets take two columns, and the last one stays free: there some terminals wrap.
        text += bar(share, text.size() + percent.size() + figures.size() + 3) + percent;
    }
    out_ << wipe_line << shortened(text + figures, columns_ - 1) << std::flush;
    drawn_ = true;
}

void Progress::wipe() {
    if (std::exchange(drawn_, false)) out_ << wipe_line;
}

}  // namespace packages
