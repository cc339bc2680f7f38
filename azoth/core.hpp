// SPDX-License-Identifier: MIT
#pragma once

/// The whole Core: types, schema, the expression language, engine and pools. Include a dialect's
/// header beside it (azoth/sqlite.hpp, azoth/postgresql.hpp).
#include <azoth/engine/engine.hpp>
#include <azoth/engine/run_in_transaction.hpp>
#include <azoth/schema.hpp>
#include <azoth/sql/case.hpp>
#include <azoth/sql/functions.hpp>
