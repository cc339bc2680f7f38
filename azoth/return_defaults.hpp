// SPDX-License-Identifier: MIT
#pragma once

/// What an INSERT or UPDATE did: keys, defaults, parameters. Only who asks for it needs it.
#include <azoth/engine/return_defaults.hpp>
