// SPDX-License-Identifier: MIT
#pragma once

/// Further ways to an engine: of a configuration's texts, and one that only tells the DDL.
#include <azoth/engine/engine_from_config.hpp>
#include <azoth/engine/mock_engine.hpp>
