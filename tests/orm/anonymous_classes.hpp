// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/class_id.hpp>

#include <string>

// Two files that each have a class `Local` in an anonymous namespace of their own.

namespace anonymous_test {

struct Findings {
    azoth::orm::ClassId id;
    std::string column;  ///< of the key in this file's model
};
[[nodiscard]] Findings first_file();
[[nodiscard]] Findings second_file();

}  // namespace anonymous_test
