// SPDX-License-Identifier: MIT
// A UUID's text: what is read is written canonically and reads as the same UUID.
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/types/uuid.hpp>

#include <algorithm>
#include <string>
#include <string_view>

using azoth::Uuid;
using azoth_fuzz::require;

namespace {

std::string lower_without_hyphens(std::string_view text) {
    std::string digits;
    for (const char c : text)
        if (c != '-') digits += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    return digits;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = azoth_fuzz::Input(data, size).rest();
    Uuid uuid;
    try {
        uuid = Uuid::parse(text);
    } catch (const azoth::DataError&) {
        return 0;
    }
    const std::string written = uuid.to_string();
    require(written.size() == Uuid::text_size, "the canonical text has one length");
    require(Uuid::parse(written) == uuid, "a UUID that was written reads as itself");
    require(lower_without_hyphens(written) == lower_without_hyphens(text), "no digit is lost");
    return 0;
}
