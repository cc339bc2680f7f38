// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/driver/endpoint.hpp>

#include <vector>

namespace azoth::inline v0 {

class URL;

namespace engine {

/// The servers that a URL names, in order: before the database, or, where they are several, in its
/// query: `?host=a:5432&host=b`, `?host=a,b&port=5432,5433`. None where it names none. Throws
/// ArgumentError for what is no host or port, and for contradictions.
[[nodiscard]] AZOTH_EXPORT std::vector<driver::Endpoint> endpoints_of(const URL& url);

}  // namespace engine
}  // namespace azoth::inline v0
