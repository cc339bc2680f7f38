// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/oids_internal.hpp>

#include <string>
#include <unordered_map>

namespace azoth::inline v0::postgresql {

/// A type that only the database knows: an enumeration, one of an extension. A plain value.
struct TypeDescription {
    std::string name;      ///< as PostgreSQL displays it
    bool textual = false;  ///< its binary form is text
};

/// What one connection learnt about types.
using TypeCatalog = std::unordered_map<Oid, TypeDescription>;

}  // namespace azoth::inline v0::postgresql
