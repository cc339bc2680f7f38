// SPDX-License-Identifier: MIT
// expect: event::before_create is an event of tables and collections of them (of a Table or a
// MetaData)
#include <azoth/core.hpp>
#include <azoth/event.hpp>

using namespace azoth;

void listen_to(const Engine& engine, const MetaData& metadata) {
#ifndef AZOTH_VALID
    (void)metadata;
    event::listen(engine, event::before_create, [](const event::SchemaChange&) {});
#else
    (void)engine;
    event::listen(metadata, event::before_create, [](const event::SchemaChange&) {});
#endif
}
