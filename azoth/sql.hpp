// SPDX-License-Identifier: MIT
#pragma once

/// All of the SQL expression language: what core.hpp has, and COLLATE, EXTRACT, bits, regular
/// expressions, tuples, window and time functions, VALUES, functions in FROM.
#include <azoth/core.hpp>
#include <azoth/sql/constructs.hpp>
#include <azoth/sql/derived.hpp>
#include <azoth/sql/extend.hpp>
#include <azoth/sql/function_library.hpp>
#include <azoth/sql/tuple.hpp>
