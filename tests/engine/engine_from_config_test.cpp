// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/core.hpp>
#include <azoth/engines.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace azoth;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Settings = std::map<std::string, std::string>;

/// The message with which a configuration is refused; empty where it is taken.
std::string refusal_of(Settings settings) {
    settings.try_emplace("azoth.url", "sqlite://");
    try {
        (void)engine_from_config(settings);
    } catch (const ArgumentError& error) {
        return error.what();
    }
    return {};
}

TEST(EngineFromConfig, reads_the_keys_of_its_prefix_and_ignores_others) {
    const Engine engine = engine_from_config(Settings{{"azoth.url", "sqlite://"},
                                                      {"azoth.poolclass", "QueuePool"},
                                                      {"azoth.pool_size", "7"},
                                                      {"azoth.max_overflow", "-1"},
                                                      {"service.pool_size", "many"}});
    EXPECT_EQ(engine.url().render_as_string(), "sqlite://");
    EXPECT_THAT(engine.pool().status(), HasSubstr("Pool size: 7"));
}

TEST(EngineFromConfig, takes_another_prefix_and_any_range_of_pairs) {
    const std::vector<std::pair<std::string, std::string>> settings{
        {"db.url", "sqlite://"}, {"db.poolclass", "QueuePool"}, {"db.pool_size", "3"}};
    EXPECT_THAT(engine_from_config(settings, "db.").pool().status(), HasSubstr("Pool size: 3"));
}

TEST(EngineFromConfig, keeps_what_the_program_says_beside_the_keys) {
    std::vector<std::string> lines;
    EngineOptions options{
        .log = [&](const LogRecord& record) { lines.emplace_back(record.message); }};
    const Engine engine = engine_from_config(
        Settings{{"azoth.url", "sqlite://"}, {"azoth.echo", "on"}}, "azoth.", std::move(options));
    engine.connect().exec_driver_sql("select 1");
    EXPECT_THAT(lines, testing::Contains(HasSubstr("select 1")));
}

TEST(EngineFromConfig, reads_every_kind_of_value) {
    EXPECT_EQ(refusal_of({{"azoth.echo", "false"},
                          {"azoth.hide_parameters", "yes"},
                          {"azoth.poolclass", "QueuePool"},
                          {"azoth.pool_size", "2"},
                          {"azoth.max_overflow", "0"},
                          {"azoth.pool_min_size", "1"},
                          {"azoth.pool_timeout", "0.25"},
                          {"azoth.pool_recycle", "3600"},
                          {"azoth.pool_max_lifetime", "7200"},
                          {"azoth.pool_lifetime_jitter", "0.1"},
                          {"azoth.pool_use_lifo", "1"},
                          {"azoth.pool_pre_ping", "on"},
                          {"azoth.pool_ping_idle_threshold", "10"},
                          {"azoth.pool_reset_on_return", "none"},
                          {"azoth.isolation_level", "SERIALIZABLE"},
                          {"azoth.query_cache_size", "100"},
                          {"azoth.prepared_statements", "0"}}),
              "");
}

TEST(EngineFromConfig, durations_are_seconds) {
    const Engine engine = engine_from_config(Settings{{"azoth.url", "sqlite://"},
                                                      {"azoth.poolclass", "QueuePool"},
                                                      {"azoth.pool_size", "1"},
                                                      {"azoth.max_overflow", "0"},
                                                      {"azoth.pool_timeout", "0.02"}});
    const auto first = engine.connect();
    EXPECT_THROW((void)engine.connect(), TimeoutError);
}

TEST(EngineFromConfig, names_the_key_whose_value_it_does_not_take) {
    for (const auto& [key, value] : Settings{{"azoth.echo", "maybe"},
                                             {"azoth.pool_size", "5 "},
                                             {"azoth.max_overflow", "99999999999"},
                                             {"azoth.pool_timeout", "1e99"},
                                             {"azoth.pool_recycle", "nan"},
                                             {"azoth.pool_lifetime_jitter", "inf"},
                                             {"azoth.query_cache_size", "-1"},
                                             {"azoth.pool_min_size", ""},
                                             {"azoth.poolclass", "queue'; drop"},
                                             {"azoth.pool_reset_on_return", "sometimes"}})
        EXPECT_THAT(refusal_of({{key, value}}),
                    AllOf(HasSubstr("'" + key + "'"), HasSubstr(" takes ")))
            << value;
    EXPECT_THAT(refusal_of({{"azoth.poolclass", "queue"}}), HasSubstr("QueuePool, NullPool"));
    EXPECT_THAT(refusal_of({{"azoth.isolation_level", "QUITE"}}), HasSubstr("SERIALIZABLE"));
}

TEST(EngineFromConfig, refuses_a_key_that_is_unknown_or_missing) {
    EXPECT_THAT(refusal_of({{"azoth.pool_sise", "5"}}),
                AllOf(HasSubstr("azoth.pool_sise"), HasSubstr("pool_size")));
    EXPECT_THAT(refusal_of({{"azoth.", "5"}}), HasSubstr("there is no option"));
    try {
        (void)engine_from_config(Settings{{"url", "sqlite://"}});
        ADD_FAILURE();
    } catch (const ArgumentError& error) {
        EXPECT_THAT(error.what(), HasSubstr("azoth.url"));
    }
    const std::vector<std::pair<std::string, std::string>> twice{
        {"azoth.url", "sqlite://"}, {"azoth.echo", "on"}, {"azoth.echo", "off"}};
    EXPECT_THROW((void)engine_from_config(twice), ArgumentError);
}

TEST(EngineFromConfig, R27_quotes_no_password_of_a_malformed_url) {
    EXPECT_THAT(refusal_of({{"azoth.url", "sqlite://user:secret@@/x"}}), Not(HasSubstr("secret")));
}

}  // namespace
