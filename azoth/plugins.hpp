// SPDX-License-Identifier: MIT
#pragma once

/// Plug-ins of engines. Only who writes one needs it.
#include <azoth/engine/plugin.hpp>
