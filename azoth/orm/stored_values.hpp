// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapper.hpp>

#include <optional>

/// What is known of columns without asking the database.
namespace azoth::inline v0::orm {

/// Databases may round a value of the column, or write another form of it.
[[nodiscard]] bool may_be_rewritten(const Attribute& attribute);
/// What the column holds after a value was sent to it, in the form in which the member has it;
/// nothing where only the database knows.
[[nodiscard]] std::optional<Value> stored_value(const Attribute& attribute, const ValueView& value);

}  // namespace azoth::inline v0::orm
