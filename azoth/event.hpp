// SPDX-License-Identifier: MIT
#pragma once

/// Listening to engines, connections and pools. Only who listens needs it.
#include <azoth/engine/events.hpp>
#include <azoth/pool/events.hpp>
