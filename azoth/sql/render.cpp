// SPDX-License-Identifier: MIT
#include <azoth/sql/render.hpp>

namespace azoth::inline v0::sql {

ExpressionRenderer::~ExpressionRenderer() = default;

}  // namespace azoth::inline v0::sql
