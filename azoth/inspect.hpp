// SPDX-License-Identifier: MIT
#pragma once

/// Looking at objects, mapped classes, aliases and what can be selected. Only who asks about more
/// than objects needs it.
#include <azoth/orm/inspect.hpp>
#include <azoth/orm/inspect_class.hpp>
