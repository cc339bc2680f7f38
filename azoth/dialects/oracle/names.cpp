// SPDX-License-Identifier: MIT
#include <azoth/dialects/oracle/names.hpp>

#include <algorithm>
#include <array>

namespace azoth::inline v0::oracle {
namespace {

/// Words that stand for something else where they are not quoted, sorted: those that SQLAlchemy
/// quotes, so that both mean the same column by the same name.
constexpr std::array<std::string_view, 85> reserved{
    "all",      "alter",   "and",       "any",       "as",         "asc",      "between",
    "by",       "char",    "check",     "cluster",   "comment",    "compress", "connect",
    "create",   "current", "date",      "decimal",   "default",    "delete",   "desc",
    "distinct", "drop",    "else",      "exclusive", "exists",     "float",    "for",
    "from",     "grant",   "group",     "having",    "identified", "in",       "index",
    "insert",   "integer", "intersect", "into",      "is",         "level",    "like",
    "lock",     "long",    "minus",     "mode",      "nocompress", "not",      "nowait",
    "null",     "number",  "of",        "on",        "option",     "or",       "order",
    "pctfree",  "prior",   "public",    "raw",       "rename",     "resource", "revoke",
    "select",   "set",     "share",     "size",      "smallint",   "start",    "synonym",
    "table",    "then",    "to",        "trigger",   "uid",        "union",    "unique",
    "update",   "user",    "values",    "varchar",   "varchar2",   "view",     "where",
    "with"};

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

bool may_follow(char c) {
    return is_lower(c) || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

/// Whether a name could stand without quotes, which the database reads as capitals.
bool is_plain(std::string_view name) {
    return !name.empty() && is_lower(name.front()) &&
           std::all_of(name.begin(), name.end(), may_follow) &&
           !std::binary_search(reserved.begin(), reserved.end(), name);
}

}  // namespace

std::string stored_name(std::string_view name) {
    std::string stored(name);
    if (is_plain(name))
        for (char& c : stored)
            if (is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
    return stored;
}

}  // namespace azoth::inline v0::oracle
