// SPDX-License-Identifier: MIT
#pragma once

/// What a dialect is made of: for those who write one (docs/compliance.md).
#include <azoth/driver/driver.hpp>
#include <azoth/engine/compile.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/sql/compiler.hpp>
