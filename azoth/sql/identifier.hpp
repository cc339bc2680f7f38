// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/sql/capabilities.hpp>

#include <string>
#include <string_view>

namespace azoth::inline v0::sql {

/// Appends `name` quoted: in `open`…`close`, a closing quote inside doubled. Every identifier goes
/// through here, reserved word or not (design rule R27), so that none can break out.
/// Throws IdentifierError for an empty name and for one with a NUL character.
AZOTH_EXPORT void quote_identifier(std::string& out, std::string_view name, char open = '"',
                                   char close = '"');

/// As above, with the database's own quotes. Throws IdentifierError also for a name that is too
/// long for the database, or has characters that its names can't.
AZOTH_EXPORT void append_name(std::string& out, std::string_view name,
                              const Capabilities& capabilities);

/// Whether a name can stand without quotes where these are not allowed: letters, digits and _.
[[nodiscard]] AZOTH_EXPORT bool is_word(std::string_view name) noexcept;

/// Appends a value's literal, in parentheses where it is negative and stands behind a minus: the
/// two would begin a comment.
AZOTH_EXPORT void append_literal(std::string& out, std::string_view literal);

/// Appends a text literal: '…' with quotes doubled. Throws DataError for a NUL character.
/// Backslashes stay as they are: right wherever standard-conforming strings are on.
AZOTH_EXPORT void quote_text(std::string& out, std::string_view text);

}  // namespace azoth::inline v0::sql
