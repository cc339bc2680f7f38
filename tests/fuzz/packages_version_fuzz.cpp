// SPDX-License-Identifier: MIT
// The packages example's order of Debian versions is an order. Input: three versions, a line each.
#include "support.hpp"

#include <packages/version.hpp>

#include <compare>
#include <string_view>

using azoth_fuzz::require;
using packages::compare_versions;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    azoth_fuzz::Input input(data, size);
    const std::string_view a = input.text_until('\n');
    const std::string_view b = input.text_until('\n');
    const std::string_view c = input.text_until('\n');
    (void)packages::is_version(a);

    require(compare_versions(a, a) == 0, "a version equals itself");
    require(compare_versions(a, b) == (0 <=> compare_versions(b, a)),
            "the order has two directions");
    if (compare_versions(a, b) <= 0 && compare_versions(b, c) <= 0)
        require(compare_versions(a, c) <= 0, "the order is transitive");
    return 0;
}
