// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/plugin_set.hpp>

#include <map>
#include <mutex>
#include <utility>

namespace azoth::inline v0 {
namespace {

struct PluginRegistry {
    std::mutex mutex;
    std::map<std::string, CreateEnginePluginFactory, std::less<>> factories;
};

PluginRegistry& plugin_registry() {
    static PluginRegistry the_registry;
    return the_registry;
}

CreateEnginePluginFactory find_factory(const std::string& name) {
    PluginRegistry& known = plugin_registry();
    const std::lock_guard lock(known.mutex);
    const auto found = known.factories.find(name);
    if (found != known.factories.end()) return found->second;
    std::string names;
    for (const auto& [other, factory] : known.factories)
        names += (names.empty() ? "" : ", ") + other;
    throw NoSuchModuleError("the plugin " + detail::excerpt(name) +
                            " is not known in this program: call register_plugin() before "
                            "create_engine() (known here: " +
                            (names.empty() ? "none" : names) + ")");
}

}  // namespace

CreateEnginePlugin::CreateEnginePlugin() = default;
CreateEnginePlugin::~CreateEnginePlugin() = default;
URL CreateEnginePlugin::update_url(const URL& url) {
    return url;
}
void CreateEnginePlugin::handle_options(const Dialect&, EngineOptions&) {}
void CreateEnginePlugin::engine_created(const Engine&) {}

bool register_plugin(std::string name, CreateEnginePluginFactory factory) {
    if (name.empty()) throw ArgumentError("register_plugin(): the plugin has no name");
    if (!factory)
        throw ArgumentError("register_plugin(): there is no factory for the plugin " +
                            detail::excerpt(name));
    PluginRegistry& known = plugin_registry();
    const std::lock_guard lock(known.mutex);
    known.factories.insert_or_assign(std::move(name), std::move(factory));
    return true;
}

namespace engine {

PluginSet::PluginSet(const URL& given, const std::vector<std::string>& names) : url_(given) {
    std::vector<std::string> all = url_.query_values(url_key);
    all.insert(all.end(), names.begin(), names.end());
    if (all.empty()) return;
    url_ = url_.difference_update_query({url_key});
    for (const std::string& name : all) {
        auto plugin = find_factory(name)(url_);
        if (!plugin)
            throw ArgumentError("the factory of the plugin " + azoth::detail::excerpt(name) +
                                " made none");
        plugins_.push_back(std::move(plugin));
    }
    for (const auto& plugin : plugins_) url_ = plugin->update_url(url_);
}

void PluginSet::handle_options(const Dialect& dialect, EngineOptions& options) const {
    for (const auto& plugin : plugins_) plugin->handle_options(dialect, options);
}

void PluginSet::engine_created(const Engine& engine) const {
    for (const auto& plugin : plugins_) plugin->engine_created(engine);
}

}  // namespace engine
}  // namespace azoth::inline v0
