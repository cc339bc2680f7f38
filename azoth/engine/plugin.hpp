// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/engine.hpp>

#include <functional>
#include <memory>
#include <string>

namespace azoth::inline v0 {

/// What takes part in the making of an engine whose URL or options name it, in the thread that
/// makes the engine. One object for each engine, gone when that is made. Whatever a function throws
/// goes through create_engine() to the program. SQLAlchemy: `CreateEnginePlugin`.
class AZOTH_EXPORT CreateEnginePlugin {
  public:
    CreateEnginePlugin();
    CreateEnginePlugin(const CreateEnginePlugin&) = delete;
    CreateEnginePlugin& operator=(const CreateEnginePlugin&) = delete;
    virtual ~CreateEnginePlugin();

    /// The URL as the dialect is to see it: without what is the plug-in's own in its query, which
    /// the dialect would refuse. \returns by default the URL as it is
    [[nodiscard]] virtual URL update_url(const URL& url);
    /// May change the options before they are checked. SQLAlchemy: `handle_dialect_kwargs`,
    /// `handle_pool_kwargs`.
    virtual void handle_options(const Dialect& dialect, EngineOptions& options);
    /// The place to listen to the engine's events. No connection has been opened.
    virtual void engine_created(const Engine& engine);
};

/// Makes a plug-in for one engine. The URL still has what is the plug-in's own.
using CreateEnginePluginFactory =
    std::function<std::unique_ptr<CreateEnginePlugin>(const URL& url)>;

/// Makes a plug-in known, by the name that URLs (`?plugin=name`, also several times) and
/// `EngineOptions::plugins` use; a name that is known already gets the new one. Safe from any
/// thread. Throws ArgumentError where there is no name or no factory.
/// \returns true, so that it can initialise a variable. SQLAlchemy:
/// `sqlalchemy.dialects.plugins.register`.
AZOTH_EXPORT bool register_plugin(std::string name, CreateEnginePluginFactory factory);

}  // namespace azoth::inline v0
