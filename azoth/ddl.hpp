// SPDX-License-Identifier: MIT
#pragma once

/// DDL written by hand. Only who has some needs it.
#include <azoth/schema/ddl.hpp>
