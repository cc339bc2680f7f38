// SPDX-License-Identifier: MIT
// expect: a listener of event::savepoint is called with (Connection&, std::string_view)
#include <azoth/event.hpp>

using namespace azoth;

void listen_to(const Engine& engine) {
#ifndef AZOTH_VALID
    event::listen(engine, event::savepoint, [](Connection&) {});
#else
    event::listen(engine, event::savepoint, [](Connection&, std::string_view) {});
#endif
}
