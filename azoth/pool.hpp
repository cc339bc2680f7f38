// SPDX-License-Identifier: MIT
#pragma once

/// The pools and what they tell of themselves, for use with an engine or without.
#include <azoth/pool/assertion_pool.hpp>
#include <azoth/pool/null_pool.hpp>
#include <azoth/pool/prometheus.hpp>
#include <azoth/pool/queue_pool.hpp>
#include <azoth/pool/singleton_thread_pool.hpp>
#include <azoth/pool/static_pool.hpp>
