// SPDX-License-Identifier: MIT
#include <azoth/driver/arena.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace azoth::inline v0::driver {
namespace {

constexpr std::size_t smallest_block = 256;
constexpr std::size_t largest_kept_block = 65'536;

}  // namespace

std::string_view Arena::copy(std::string_view text) {
    if (text.empty()) return "";
    char* const bytes = take(text.size());
    std::memcpy(bytes, text.data(), text.size());
    return {bytes, text.size()};
}

void Arena::grow(std::size_t size) {
    const std::size_t last = blocks_.empty() ? 0 : blocks_.back().size;
    const std::size_t wanted =
        std::max({size, smallest_block, std::min(2 * last, largest_kept_block)});
    blocks_.push_back({std::unique_ptr<char[]>(new char[wanted]), wanted});
    position_ = blocks_.back().bytes.get();
    free_ = wanted;
}

void Arena::clear_blocks() noexcept {
    const auto kept = std::find_if(blocks_.rbegin(), blocks_.rend(), [](const Block& block) {
        return block.size <= largest_kept_block;
    });
    if (kept == blocks_.rend()) {
        blocks_.clear();
        position_ = nullptr;
        free_ = 0;
        return;
    }
    std::swap(blocks_.front(), *kept);
    blocks_.erase(blocks_.begin() + 1, blocks_.end());
    position_ = blocks_.front().bytes.get();
    free_ = blocks_.front().size;
}

}  // namespace azoth::inline v0::driver
