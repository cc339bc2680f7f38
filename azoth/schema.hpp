// SPDX-License-Identifier: MIT
#pragma once

/// Tables and what belongs to them: MetaData, Table, Column, constraints and indexes.
#include <azoth/schema/column.hpp>
#include <azoth/schema/constraint.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/schema/table.hpp>
