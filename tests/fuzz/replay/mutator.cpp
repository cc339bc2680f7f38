// SPDX-License-Identifier: MIT
#include "mutator.hpp"

#include <algorithm>
#include <utility>

namespace azoth_fuzz {
namespace {

constexpr std::size_t longest_run = 300;

}  // namespace

std::uint64_t Random::next() noexcept {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
}

std::size_t Random::below(std::size_t count) noexcept {
    return count == 0 ? 0 : static_cast<std::size_t>(next() >> 11) % count;
}

Mutator::Mutator(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {
    for (const std::string& seed : seeds_) alphabet_ += seed;
    std::sort(alphabet_.begin(), alphabet_.end());
    alphabet_.erase(std::unique(alphabet_.begin(), alphabet_.end()), alphabet_.end());
}

std::string Mutator::next() {
    std::string input = seeds_[random_.below(seeds_.size())];
    for (std::size_t changes = 1 + random_.below(4); changes > 0; --changes) change(input);
    return input;
}

char Mutator::any_byte() {
    if (!alphabet_.empty() && random_.below(4) != 0)
        return alphabet_[random_.below(alphabet_.size())];
    return static_cast<char>(random_.below(256));
}

void Mutator::change(std::string& input) {
    const std::size_t at = random_.below(input.size());
    switch (random_.below(8)) {
        case 0:
            if (!input.empty()) input[at] = static_cast<char>(input[at] ^ (1 << random_.below(8)));
            break;
        case 1:
            if (!input.empty()) input[at] = any_byte();
            break;
        case 2: input.erase(at, 1 + random_.below(4)); break;
        case 3: input.resize(at); break;
        case 4: input.insert(at, 1, any_byte()); break;
        case 5: input.insert(at, random_.below(longest_run), any_byte()); break;
        case 6:
            input.insert(at, input.substr(random_.below(input.size()), 1 + random_.below(16)));
            break;
        default: {
            const std::string& other = seeds_[random_.below(seeds_.size())];
            input.replace(at, std::string::npos, other.substr(random_.below(other.size())));
        }
    }
}

}  // namespace azoth_fuzz
