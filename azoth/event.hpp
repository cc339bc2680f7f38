// SPDX-License-Identifier: MIT
#pragma once

/// Listening to engines, connections, pools and tables. Only who listens needs it.
#include <azoth/engine/events.hpp>
#include <azoth/pool/events.hpp>
#include <azoth/schema/events.hpp>
