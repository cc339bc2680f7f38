// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/base/error.hpp>
#include <azoth/engine/url.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace sqlite_test;
using azoth::ArgumentError;
using azoth::sqlite::BeginMode;
using azoth::sqlite::ConnectOptions;
using azoth::sqlite::Synchronous;
using std::chrono::milliseconds;
using testing::HasSubstr;

ConnectOptions options(std::string_view url) {
    return azoth::sqlite::options_from_url(azoth::make_url(url));
}

std::string refusal(std::string_view url) {
    const auto error = caught<ArgumentError>([&] { (void)options(url); });
    return error ? error->what() : "no error";
}

TEST(SqliteUrl, names_the_database) {
    EXPECT_EQ(options("sqlite://").path, "");
    EXPECT_EQ(options("sqlite:///:memory:").path, ":memory:");
    EXPECT_EQ(options("sqlite:///relative/a.db").path, "relative/a.db");
    EXPECT_EQ(options("sqlite:////tmp/a.db").path, "/tmp/a.db");
    EXPECT_EQ(options("sqlite:///with%20blank%3F.db").path, "with blank?.db");
}

TEST(SqliteUrl, R27_has_the_safe_defaults) {
    const ConnectOptions defaults = options("sqlite:///a.db");
    EXPECT_TRUE(defaults.foreign_keys);
    EXPECT_TRUE(defaults.wal);
    EXPECT_EQ(defaults.busy_timeout, milliseconds(5000));
    EXPECT_FALSE(defaults.read_only);
    EXPECT_TRUE(defaults.create);
    EXPECT_FALSE(defaults.uri);
    EXPECT_EQ(defaults.begin_mode, BeginMode::automatic);
    EXPECT_EQ(defaults.synchronous, Synchronous::as_built);
}

TEST(SqliteUrl, takes_every_option) {
    const ConnectOptions all = options(
        "sqlite:///a.db?foreign_keys=false&wal=0&busy_timeout=250&read_only=yes&create=off&"
        "begin_mode=exclusive&synchronous=normal");
    EXPECT_FALSE(all.foreign_keys);
    EXPECT_FALSE(all.wal);
    EXPECT_EQ(all.busy_timeout, milliseconds(250));
    EXPECT_TRUE(all.read_only);
    EXPECT_FALSE(all.create);
    EXPECT_EQ(all.begin_mode, BeginMode::exclusive);
    EXPECT_EQ(all.synchronous, Synchronous::normal);
    EXPECT_EQ(options("sqlite:///a.db?timeout=1.5").busy_timeout, milliseconds(1500));
    EXPECT_EQ(options("sqlite:///a.db?timeout=0").busy_timeout, milliseconds(0));
}

TEST(SqliteUrl, an_unknown_option_is_refused_and_the_known_ones_are_named) {
    const std::string message = refusal("sqlite:///a.db?forein_keys=true");
    EXPECT_THAT(message, HasSubstr("'forein_keys'"));
    EXPECT_THAT(message, HasSubstr("begin_mode, busy_timeout, create, foreign_keys, read_only, "
                                   "synchronous, timeout, uri, wal"));
}

TEST(SqliteUrl, values_are_checked) {
    EXPECT_THAT(refusal("sqlite:///a.db?wal=maybe"), HasSubstr("'maybe'; it takes true or false"));
    EXPECT_THAT(refusal("sqlite:///a.db?begin_mode=later"),
                HasSubstr("automatic, deferred, immediate, exclusive"));
    EXPECT_THAT(refusal("sqlite:///a.db?synchronous=2"), HasSubstr("as_built, off, normal"));
    for (const char* value : {"-1", "1.5", "abc", "", "99999999999", "1s"})
        EXPECT_THAT(refusal("sqlite:///a.db?busy_timeout=" + std::string(value)),
                    HasSubstr("milliseconds"))
            << value;
    for (const char* value : {"-1", "nan", "inf", "1e300", "", "2s"})
        EXPECT_THAT(refusal("sqlite:///a.db?timeout=" + std::string(value)), HasSubstr("seconds"))
            << value;
}

TEST(SqliteUrl, an_option_comes_once) {
    EXPECT_NE(refusal("sqlite:///a.db?wal=true&wal=false"), "no error");
    EXPECT_THAT(refusal("sqlite:///a.db?timeout=1&busy_timeout=1"), HasSubstr("one of the two"));
}

TEST(SqliteUrl, has_no_host_user_or_driver) {
    EXPECT_THAT(refusal("sqlite://a.db"), HasSubstr("sqlite:///relative/path.db"));
    EXPECT_THAT(refusal("sqlite://user:secret@/a.db"), HasSubstr("no host, port or user"));
    EXPECT_THAT(refusal("sqlite://user:secret@/a.db"), testing::Not(HasSubstr("secret")));
    EXPECT_THAT(refusal("sqlite+pysqlite:///a.db"), HasSubstr("write sqlite://"));
    EXPECT_THAT(refusal("postgresql:///a"), HasSubstr("no SQLite URL"));
}

TEST(SqliteUrl, hands_sqlites_own_uri_options_on) {
    const ConnectOptions shared =
        options("sqlite:///file:name?uri=true&mode=memory&cache=shared&wal=false");
    EXPECT_TRUE(shared.uri);
    EXPECT_EQ(shared.path, "file:name?mode=memory&cache=shared");
    EXPECT_EQ(options("sqlite:///file:a?uri=true&vfs=a%26mode%3Dx").path,
              "file:a?vfs=a%26mode%3Dx");
    EXPECT_THAT(refusal("sqlite:///a.db?mode=ro"), HasSubstr("uri=true"));
    EXPECT_THAT(refusal("sqlite:///a.db?uri=true"), HasSubstr("must begin with \"file:\""));
    EXPECT_THAT(refusal("sqlite:///file:a?uri=true&nothing=1"), HasSubstr("no option 'nothing'"));
}

TEST(SqliteUrl, knows_which_databases_live_in_memory) {
    using azoth::sqlite::is_in_memory;
    for (const char* url : {"sqlite://", "sqlite:///:memory:", "sqlite:///file::memory:?uri=true",
                            "sqlite:///file:x?uri=true&mode=memory&cache=shared"})
        EXPECT_TRUE(is_in_memory(options(url))) << url;
    for (const char* url : {"sqlite:///memory", "sqlite:////tmp/:memory:",
                            "sqlite:///file:x?uri=true&mode=ro", "sqlite:///mode=memory"})
        EXPECT_FALSE(is_in_memory(options(url))) << url;
}

TEST(SqliteUrl, of_a_database_in_memory_means_a_SingletonThreadPool) {
    const auto pool_for = [](const char* url) {
        return azoth::sqlite::dialect().default_pool(azoth::make_url(url));
    };
    EXPECT_EQ(pool_for("sqlite://"), azoth::PoolClass::singleton_thread);
    EXPECT_EQ(pool_for("sqlite:///a.db"), azoth::PoolClass::queue);
}

TEST(SqliteUrl, opens_what_it_names) {
    const TemporaryDirectory directory;
    const auto connection = azoth::sqlite::connect(
        options("sqlite:///" + directory.file("a.db") + "?synchronous=off&timeout=1"));
    connection->run("CREATE TABLE t (a)");
    EXPECT_EQ(integer(*connection, "PRAGMA synchronous"), 0);
}

}  // namespace
