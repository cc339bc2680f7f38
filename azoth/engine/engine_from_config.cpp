// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/engine/engine_from_config.hpp>
#include <azoth/engine/url_option.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <system_error>

namespace azoth::inline v0 {
namespace {

using std::chrono::milliseconds;

/// A value on its way into an option; its functions throw an ArgumentError that names the key.
struct Setting {
    std::string_view key;  ///< with its prefix, as the program wrote it
    std::string_view value;

    [[noreturn]] void refuse(std::string_view wanted) const {
        throw ArgumentError("engine_from_config(): '" + std::string(key) + "' is " +
                            detail::excerpt(value) + "; it takes " + std::string(wanted));
    }
    [[nodiscard]] bool to_bool() const {
        if (const std::optional<bool> read = engine::read_switch(value)) return *read;
        refuse("true or false");
    }
    [[nodiscard]] Echo to_echo() const {
        if (value == "debug") return Echo::debug;
        if (const std::optional<bool> read = engine::read_switch(value)) return *read;
        refuse("true, false or debug");
    }
    template <class T>
    [[nodiscard]] T to_number(std::string_view wanted) const {
        T number{};
        const char* const end = value.data() + value.size();
        const auto [stopped, error] = std::from_chars(value.data(), end, number);
        if (error != std::errc() || stopped != end) refuse(wanted);
        return number;
    }
    [[nodiscard]] int to_int() const { return to_number<int>("a whole number"); }
    [[nodiscard]] std::size_t to_size() const {
        return to_number<std::size_t>("a whole number that is not negative");
    }
    [[nodiscard]] double to_real() const {
        const double number = to_number<double>("a number");
        if (!std::isfinite(number)) refuse("a number");
        return number;
    }
    [[nodiscard]] milliseconds to_duration() const {
        constexpr std::string_view wanted = "a number of seconds, up to 1000000000";
        const auto seconds = to_number<double>(wanted);
        if (!(std::abs(seconds) <= 1e9)) refuse(wanted);
        return milliseconds(std::llround(seconds * 1000));
    }
    template <class T, std::size_t N>
    [[nodiscard]] T to_choice(const std::array<std::pair<std::string_view, T>, N>& choices) const {
        std::string names;
        for (const auto& [name, choice] : choices) {
            if (value == name) return choice;
            names += (names.empty() ? "" : ", ") + std::string(name);
        }
        refuse("one of " + names);
    }
};

constexpr std::array pool_classes{
    std::pair<std::string_view, PoolClass>{"automatic", PoolClass::automatic},
    std::pair<std::string_view, PoolClass>{"QueuePool", PoolClass::queue},
    std::pair<std::string_view, PoolClass>{"NullPool", PoolClass::null},
    std::pair<std::string_view, PoolClass>{"StaticPool", PoolClass::static_},
    std::pair<std::string_view, PoolClass>{"SingletonThreadPool", PoolClass::singleton_thread},
    std::pair<std::string_view, PoolClass>{"AssertionPool", PoolClass::assertion},
};
constexpr std::array resets{
    std::pair<std::string_view, ResetOnReturn>{"rollback", ResetOnReturn::rollback},
    std::pair<std::string_view, ResetOnReturn>{"commit", ResetOnReturn::commit},
    std::pair<std::string_view, ResetOnReturn>{"none", ResetOnReturn::none},
};

/// What a key says, by its name without the prefix.
struct Key {
    std::string_view name;
    void (*set)(EngineOptions& options, const Setting& setting);
};

constexpr std::array keys{
    Key{"echo",
        [](EngineOptions& options, const Setting& given) { options.echo = given.to_echo(); }},
    Key{"echo_pool",
        [](EngineOptions& options, const Setting& given) { options.echo_pool = given.to_echo(); }},
    Key{"logging_name",
        [](EngineOptions& options, const Setting& given) { options.logging_name = given.value; }},
    Key{"pool_logging_name", [](EngineOptions& options,
                                const Setting& given) { options.pool_logging_name = given.value; }},
    Key{"logging_token",
        [](EngineOptions& options, const Setting& given) {
            options.execution_options.logging_token = given.value;
        }},
    Key{"enable_from_linting",
        [](EngineOptions& options, const Setting& given) {
            options.enable_from_linting = given.to_bool();
        }},
    Key{"hide_parameters", [](EngineOptions& options,
                              const Setting& given) { options.hide_parameters = given.to_bool(); }},
    Key{"poolclass",
        [](EngineOptions& options, const Setting& given) {
            options.poolclass = given.to_choice(pool_classes);
        }},
    Key{"pool_size",
        [](EngineOptions& options, const Setting& given) { options.pool_size = given.to_int(); }},
    Key{"max_overflow", [](EngineOptions& options,
                           const Setting& given) { options.max_overflow = given.to_int(); }},
    Key{"pool_min_size", [](EngineOptions& options,
                            const Setting& given) { options.pool_min_size = given.to_int(); }},
    Key{"pool_timeout", [](EngineOptions& options,
                           const Setting& given) { options.pool_timeout = given.to_duration(); }},
    Key{"pool_recycle", [](EngineOptions& options,
                           const Setting& given) { options.pool_recycle = given.to_duration(); }},
    Key{"pool_max_lifetime",
        [](EngineOptions& options, const Setting& given) {
            options.pool_max_lifetime = given.to_duration();
        }},
    Key{"pool_lifetime_jitter",
        [](EngineOptions& options, const Setting& given) {
            options.pool_lifetime_jitter = given.to_real();
        }},
    Key{"pool_use_lifo", [](EngineOptions& options,
                            const Setting& given) { options.pool_use_lifo = given.to_bool(); }},
    Key{"pool_pre_ping", [](EngineOptions& options,
                            const Setting& given) { options.pool_pre_ping = given.to_bool(); }},
    Key{"pool_ping_idle_threshold",
        [](EngineOptions& options, const Setting& given) {
            options.pool_ping_idle_threshold = given.to_duration();
        }},
    Key{"pool_reset_on_return",
        [](EngineOptions& options, const Setting& given) {
            options.pool_reset_on_return = given.to_choice(resets);
        }},
    Key{"isolation_level", [](EngineOptions& options,
                              const Setting& given) { options.isolation_level = given.value; }},
    Key{"postgresql_readonly",
        [](EngineOptions& options, const Setting& given) {
            options.execution_options.postgresql_readonly = given.to_bool();
        }},
    Key{"postgresql_deferrable",
        [](EngineOptions& options, const Setting& given) {
            options.execution_options.postgresql_deferrable = given.to_bool();
        }},
    Key{"use_insertmanyvalues",
        [](EngineOptions& options, const Setting& given) {
            options.use_insertmanyvalues = given.to_bool();
        }},
    Key{"insertmanyvalues_page_size",
        [](EngineOptions& options, const Setting& given) {
            options.insertmanyvalues_page_size = given.to_size();
        }},
    Key{"query_cache_size",
        [](EngineOptions& options, const Setting& given) {
            options.query_cache_size = given.to_size();
        }},
    Key{"prepared_statements",
        [](EngineOptions& options, const Setting& given) {
            options.prepared_statements = given.to_size();
        }},
};

[[noreturn]] void refuse_key(std::string_view key) {
    std::string known = "url";
    for (const Key& one : keys) known += ", " + std::string(one.name);
    throw ArgumentError("engine_from_config(): there is no option " + detail::excerpt(key) +
                        "; there are " + known);
}

}  // namespace

Engine engine_from_config(std::span<const ConfigurationEntry> entries, std::string_view prefix,
                          EngineOptions options) {
    std::string_view url;
    std::set<std::string_view> seen;
    for (const auto& [key, value] : entries) {
        if (!key.starts_with(prefix)) continue;
        if (!seen.insert(key).second)
            throw ArgumentError("engine_from_config(): " + detail::excerpt(key) +
                                " is there twice");
        const std::string_view name = key.substr(prefix.size());
        if (name == "url") {
            url = value;
            continue;
        }
        const auto* const found = std::find_if(keys.begin(), keys.end(),
                                               [&](const Key& one) { return one.name == name; });
        if (found == keys.end()) refuse_key(key);
        found->set(options, {key, value});
    }
    if (url.empty())
        throw ArgumentError("engine_from_config(): there is no " +
                            detail::excerpt(std::string(prefix) + "url"));
    return create_engine(url, std::move(options));
}

}  // namespace azoth::inline v0
