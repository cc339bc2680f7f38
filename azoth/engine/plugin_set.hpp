// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/plugin.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::engine {

/// The plug-ins of one engine in the making, in the order in which they are named. One thread at a
/// time.
class PluginSet {
  public:
    /// Makes those that the URL names, then these. Throws NoSuchModuleError.
    PluginSet(const URL& given, const std::vector<std::string>& names);
    /// As they have left it, without their names.
    [[nodiscard]] const URL& url() const noexcept { return url_; }
    void handle_options(const Dialect& dialect, EngineOptions& options) const;
    void engine_created(const Engine& engine) const;

  private:
    static constexpr std::string_view url_key = "plugin";

    URL url_;
    std::vector<std::unique_ptr<CreateEnginePlugin>> plugins_;
};

}  // namespace azoth::inline v0::engine
