// SPDX-License-Identifier: MIT
#include "seeds.hpp"

#include <array>
#include <fstream>
#include <stdexcept>

namespace azoth_fuzz {
namespace {

int hex_value(char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    const std::size_t value = digits.find(c);
    return value == std::string_view::npos ? -1 : static_cast<int>(value);
}

[[noreturn]] void refuse(std::string_view line) {
    throw std::runtime_error("a seed with an unknown escape: " + std::string(line));
}

std::string unescaped(std::string_view line) {
    std::string seed;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\') {
            seed += line[i];
            continue;
        }
        if (++i == line.size()) refuse(line);
        switch (line[i]) {
            case '\\': seed += '\\'; break;
            case 'n': seed += '\n'; break;
            case 'r': seed += '\r'; break;
            case 't': seed += '\t'; break;
            case 'x': {
                const int high = i + 2 < line.size() ? hex_value(line[i + 1]) : -1;
                const int low = i + 2 < line.size() ? hex_value(line[i + 2]) : -1;
                if (high < 0 || low < 0) refuse(line);
                seed += static_cast<char>(high << 4 | low);
                i += 2;
                break;
            }
            default: refuse(line);
        }
    }
    return seed;
}

}  // namespace

std::vector<std::string> read_seeds(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("no seeds in " + file.string());
    std::vector<std::string> seeds;
    for (std::string line; std::getline(stream, line);)
        if (!line.empty() && line.front() != '#') seeds.push_back(unescaped(line));
    if (seeds.empty()) throw std::runtime_error("no seeds in " + file.string());
    return seeds;
}

std::string_view escaped(unsigned char byte) noexcept {
    // four characters a byte, of which the shorter ones use the first
    static const auto texts = [] {
        constexpr char digits[] = "0123456789abcdef";
        std::array<std::array<char, 4>, 256> all{};
        for (unsigned i = 0; i < all.size(); ++i) {
            if (i >= 0x20 && i < 0x7f && i != '\\')
                all[i] = {static_cast<char>(i)};
            else
                all[i] = {'\\', 'x', digits[i >> 4], digits[i & 15]};
        }
        return all;
    }();
    const auto& text = texts[byte];
    return {text.data(), text[1] == '\0' ? 1U : 4U};
}

}  // namespace azoth_fuzz
