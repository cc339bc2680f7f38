// SPDX-License-Identifier: MIT
#include "line_reader.hpp"

#include <algorithm>

namespace packages {

namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;

}  // namespace

LineReader::LineReader(ByteSource& source, std::size_t limit)
    : source_(source), limit_(limit), buffer_(buffer_size) {}

bool LineReader::fill() {
    begin_ = 0;
    end_ = source_.read(buffer_);
    return end_ > 0;
}

void LineReader::keep(std::string_view piece) {
    const std::size_t room = limit_ - std::min(limit_, pieces_.size());
    too_long_ = too_long_ || piece.size() > room;
    pieces_.append(piece.substr(0, room));
}

bool LineReader::next(Line& line) {
    pieces_.clear();
    too_long_ = false;
    bool started = false;
    bool terminated = false;
    std::string_view text;
    while (!terminated && (begin_ < end_ || fill())) {
        const std::string_view rest(buffer_.data() + begin_, end_ - begin_);
        const std::size_t newline = rest.find('\n');
        terminated = newline != std::string_view::npos;
        const std::string_view piece = rest.substr(0, newline);
        begin_ += piece.size() + (terminated ? 1 : 0);
        if (terminated && !started && piece.size() <= limit_) {
            text = piece;  // nearly always: the whole line stands in the buffer
        } else {
            keep(piece);
            text = pieces_;
        }
        started = true;
    }
    if (!started) return false;
    if (text.ends_with('\r')) text.remove_suffix(1);
    line = {text, ++number_, too_long_, terminated};
    return true;
}

}  // namespace packages
