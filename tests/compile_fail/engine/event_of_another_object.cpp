// SPDX-License-Identifier: MIT
// expect: event::before_execute is an event of connections (of one Connection, or an Engine for all
// of its)
#include <azoth/event.hpp>

using namespace azoth;

void listen_to(const Engine& engine) {
#ifndef AZOTH_VALID
    event::listen(engine.pool(), event::before_execute, [](event::Execution&) {});
#else
    event::listen(engine, event::before_execute, [](event::Execution&) {});
#endif
}
