// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/url.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

using namespace azoth;

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// The message of the ArgumentError that the call throws; empty where it throws none.
template <typename Call>
std::string refusal_of(Call call) {
    try {
        static_cast<void>(call());
    } catch (const ArgumentError& error) {
        return error.what();
    }
    return {};
}

std::string refusal(std::string_view text) {
    return refusal_of([=] { return make_url(text); });
}

std::string round_trip(std::string_view text) {
    return make_url(text).render_as_string(false);
}

// --- reading

TEST(Url, reads_every_part) {
    const URL url =
        make_url("postgresql+libpq://scott:tiger@db.example.org:5433/shop?sslmode=require");
    EXPECT_EQ(url.drivername(), "postgresql+libpq");
    EXPECT_EQ(url.get_backend_name(), "postgresql");
    EXPECT_EQ(url.get_driver_name(), "libpq");
    EXPECT_EQ(url.username(), "scott");
    EXPECT_EQ(url.password(), "tiger");
    EXPECT_EQ(url.host(), "db.example.org");
    EXPECT_EQ(url.port(), 5433);
    EXPECT_EQ(url.database(), "shop");
    EXPECT_EQ(url.query(), (URLQuery{{"sslmode", "require"}}));
}

TEST(Url, leaves_out_what_is_not_there) {
    const URL url = make_url("postgresql://");
    EXPECT_EQ(url.get_backend_name(), "postgresql");
    EXPECT_EQ(url.get_driver_name(), "");
    EXPECT_EQ(url.username(), std::nullopt);
    EXPECT_EQ(url.password(), std::nullopt);
    EXPECT_EQ(url.host(), std::nullopt);
    EXPECT_EQ(url.port(), std::nullopt);
    EXPECT_EQ(url.database(), std::nullopt);
    EXPECT_TRUE(url.query().empty());
}

TEST(Url, reads_every_combination_of_parts) {
    for (const std::string_view user : {"", "u@", "u:p@", "u:@", ":p@"}) {
        for (const std::string_view host : {"", "h", "h:1", ":1", "[::1]", "[::1]:1"}) {
            for (const std::string_view database : {"", "/", "/d", "//d", "/d/e"}) {
                for (const std::string_view query : {"", "?a=b", "?a=b&a=c&d="}) {
                    const std::string text = "x://" + std::string(user) + std::string(host) +
                                             std::string(database) + std::string(query);
                    EXPECT_EQ(round_trip(text), text);
                }
            }
        }
    }
}

TEST(Url, reads_sqlite_forms) {
    EXPECT_EQ(make_url("sqlite://").database(), std::nullopt);
    EXPECT_EQ(make_url("sqlite:///").database(), "");
    EXPECT_EQ(make_url("sqlite:///:memory:").database(), ":memory:");
    EXPECT_EQ(make_url("sqlite:///relative/path.db").database(), "relative/path.db");
    EXPECT_EQ(make_url("sqlite:////absolute/path.db").database(), "/absolute/path.db");
    EXPECT_EQ(make_url("sqlite:///C:\\path\\x.db").database(), "C:\\path\\x.db");
    EXPECT_EQ(make_url("sqlite:////home/me@home/a b+c.db").database(), "/home/me@home/a b+c.db");
    const URL uri = make_url("sqlite:///file:x.db?mode=ro&uri=true");
    EXPECT_EQ(uri.database(), "file:x.db");
    EXPECT_EQ(uri.query_value("mode"), "ro");
    for (const std::string_view text : {"sqlite://", "sqlite:///:memory:", "sqlite:////a/b.db"}) {
        EXPECT_EQ(round_trip(text), text);
        EXPECT_EQ(make_url(text).host(), std::nullopt);
    }
}

TEST(Url, unescapes_user_name_password_host_and_database) {
    const URL url = make_url("postgresql://us%40er:p%40%3a%2F%25w%3Ford@%2Frun%2Fpg/d%3Fb%C3%A9");
    EXPECT_EQ(url.username(), "us@er");
    EXPECT_EQ(url.password(), "p@:/%w?ord");
    EXPECT_EQ(url.host(), "/run/pg");
    EXPECT_EQ(url.database(), "d?bé");
}

TEST(Url, a_plus_is_a_plus_before_the_query_and_a_blank_in_it) {
    const URL url = make_url("postgresql://a+b:c+d e@h/e+f?g+h=i+j%2Bk");
    EXPECT_EQ(url.username(), "a+b");
    EXPECT_EQ(url.password(), "c+d e");
    EXPECT_EQ(url.database(), "e+f");
    EXPECT_EQ(url.query(), (URLQuery{{"g h", "i j+k"}}));
}

TEST(Url, a_password_may_hold_colons) {
    EXPECT_EQ(make_url("postgresql://u:a:b::c@h").password(), "a:b::c");
}

TEST(Url, puts_ipv6_hosts_in_brackets) {
    const URL url = make_url("postgresql://u:p@[2001:db8::1%25eth0]:5432/d");
    EXPECT_EQ(url.host(), "2001:db8::1%eth0");
    EXPECT_EQ(url.port(), 5432);
    EXPECT_EQ(url.render_as_string(false), "postgresql://u:p@[2001:db8::1%25eth0]:5432/d");
    EXPECT_EQ(URL::create({.drivername = "x", .host = "::1"}).render_as_string(), "x://[::1]");
}

TEST(Url, keeps_the_order_of_the_query_and_repeated_keys) {
    const URL url = make_url("postgresql:///d?host=a:1&target=rw&host=b:2&empty=&&");
    EXPECT_EQ(url.query(),
              (URLQuery{{"host", "a:1"}, {"target", "rw"}, {"host", "b:2"}, {"empty", ""}}));
    EXPECT_EQ(url.normalized_query(),
              (URLQueryDict{{"host", {"a:1", "b:2"}}, {"target", {"rw"}}, {"empty", {""}}}));
    EXPECT_EQ(url.query_values("host"), (std::vector<std::string>{"a:1", "b:2"}));
    EXPECT_TRUE(url.query_values("none").empty());
    EXPECT_EQ(url.query_value("target"), "rw");
    EXPECT_EQ(url.query_value("none"), std::nullopt);
    EXPECT_TRUE(contains(refusal_of([&] { return url.query_value("host"); }), "host"));
}

// --- bad URLs

TEST(Url, refuses_what_is_no_url) {
    using namespace std::string_view_literals;
    for (const std::string_view text : {""sv,
                                        "sqlite"sv,
                                        "sqlite:"sv,
                                        "sqlite:/x"sv,
                                        ":///x"sv,
                                        "://"sv,
                                        "1x://"sv,
                                        "+x://"sv,
                                        "x+://"sv,
                                        "x+y+z://"sv,
                                        "x y://"sv,
                                        "x-y://"sv,
                                        "postgres ql://h"sv,
                                        "x://h:port"sv,
                                        "x://h:0"sv,
                                        "x://h:65536"sv,
                                        "x://h:99999999999999999999"sv,
                                        "x://h:-1"sv,
                                        "x://h:1:2"sv,
                                        "x://::1/d"sv,
                                        "x://[::1"sv,
                                        "x://[::1]x"sv,
                                        "x://[a:b]"sv,
                                        "x://h1:1,h2:2/d"sv,
                                        "x://u%@h"sv,
                                        "x://u%4@h"sv,
                                        "x://u:p%zz@h"sv,
                                        "x:///d%"sv,
                                        "x:///d%2"sv,
                                        "x:///?a=%"sv,
                                        "x:///?a"sv,
                                        "x:///?=b"sv,
                                        "x:///?a=b&c"sv,
                                        "x:///d\n"sv,
                                        "x:///d\0"sv,
                                        "x://h\t/d"sv,
                                        "x:///d%00e"sv,
                                        "x://u%00@h"sv,
                                        "x://u:p%00@h"sv,
                                        "x:///d?a=%00"sv,
                                        "x://h%00"sv}) {
        EXPECT_NE(refusal(text), "") << text;
    }
}

TEST(Url, says_what_to_write_instead) {
    EXPECT_TRUE(contains(refusal("app.db"), "dialect's name"));
    EXPECT_TRUE(contains(refusal("sqlite:///app.db\n"), "line break"));
    EXPECT_TRUE(contains(refusal("postgresql://u:100%@h"), "%25"));
    EXPECT_TRUE(contains(refusal("postgresql://u:p@ss@h"), "%40"));
    EXPECT_TRUE(contains(refusal("postgresql://u:p/ss@h/d"), "%2F"));
    EXPECT_TRUE(contains(refusal("postgresql://::1/d"), "brackets"));
    EXPECT_TRUE(contains(refusal("postgresql://a:1,b:2/d"), "host="));
    EXPECT_TRUE(contains(refusal("postgresql:///d?sslmode"), "no '='"));
}

TEST(Url, R27_a_badly_escaped_password_is_never_taken_for_host_or_database) {
    for (const std::string_view text :
         {"postgresql://scott:se@cret@h/d", "postgresql://scott:se/cret@h/d",
          "postgresql://scott:se?cret@h/d", "postgresql://scott:s@e/cr@et@h/d",
          "postgresql://scott:se@cr/et@h/d", "postgresql://scott:/secret@h/d",
          "postgresql://sc/ott:secret@h/d", "postgresql://scott:1/secret@h/d"}) {
        EXPECT_NE(refusal(text), "") << text;
    }
}

TEST(Url, R27_errors_never_show_the_password_nor_any_other_part) {
    for (const std::string_view text :
         {"postgresql://scott:se%cret@h/d", "postgresql://scott:secret@h:secret/d",
          "postgresql://scott:secret@secret@h", "postgresql://scott:secret@[secret/d",
          "postgresql://scott:secret@h/d?secret", "postgresql://scott:secret@h/d%",
          "postgresql://scott:secret@h/d\n", "scott:secret@h/d", "secret", "secret+secret+x://h",
          "postgresql://scott:se/cret@h/d", "postgresql://scott:secret/secret@h/d",
          "postgresql://scott:secret%00@h", "postgresql://scott:secret@h:secret:1",
          "postgresql://h:1secret/d", "postgresql://h?password=secret&x"}) {
        const std::string message = refusal(text);
        EXPECT_NE(message, "") << text;
        EXPECT_FALSE(contains(message, "secret")) << message;
        EXPECT_FALSE(contains(message, "cret")) << message;
        EXPECT_FALSE(contains(message, "scott")) << message;
    }
    EXPECT_FALSE(contains(
        refusal_of([] { return URL::create({.drivername = "postgresql://scott:secret@h/d"}); }),
        "secret"));
}

// --- creating

TEST(Url, is_created_from_parts_as_they_are) {
    const URL url = URL::create({.drivername = "postgresql",
                                 .username = "sc:ott",
                                 .password = "t/ig@r",
                                 .host = "h",
                                 .port = 5432,
                                 .database = "my db",
                                 .query = {{"a b", "c&d=e"}}});
    EXPECT_EQ(url.password(), "t/ig@r");
    EXPECT_EQ(url.render_as_string(false),
              "postgresql://sc%3Aott:t%2Fig%40r@h:5432/my db?a+b=c%26d%3De");
    EXPECT_EQ(make_url(url.render_as_string(false)), url);
    EXPECT_EQ(make_url(url), url);
}

TEST(Url, refuses_parts_that_cannot_be) {
    const auto creates = [](URLParts parts) {
        return refusal_of([&] { return URL::create(std::move(parts)); }).empty();
    };
    EXPECT_TRUE(creates({.drivername = "x"}));
    EXPECT_FALSE(creates({}));
    EXPECT_FALSE(creates({.drivername = "x://"}));
    EXPECT_FALSE(creates({.drivername = "x;y"}));
    EXPECT_FALSE(creates({.drivername = "x", .host = "h:5432"}));
    EXPECT_FALSE(creates({.drivername = "x", .port = 0}));
    EXPECT_FALSE(creates({.drivername = "x", .port = 65536}));
    EXPECT_FALSE(creates({.drivername = "x", .port = -1}));
    EXPECT_TRUE(creates({.drivername = "x", .port = 65535}));
    const std::string zero("a\0b", 3);
    EXPECT_FALSE(creates({.drivername = "x", .username = zero}));
    EXPECT_FALSE(creates({.drivername = "x", .password = zero}));
    EXPECT_FALSE(creates({.drivername = "x", .host = zero}));
    EXPECT_FALSE(creates({.drivername = "x", .database = zero}));
    EXPECT_FALSE(creates({.drivername = "x", .query = {{zero, "v"}}}));
    EXPECT_FALSE(creates({.drivername = "x", .query = {{"k", zero}}}));
    EXPECT_FALSE(creates({.drivername = "x", .query = {{"", "v"}}}));
}

TEST(Url, empty_user_name_and_host_are_none) {
    const URL url = URL::create({.drivername = "x", .username = "", .host = ""});
    EXPECT_EQ(url.username(), std::nullopt);
    EXPECT_EQ(url.host(), std::nullopt);
    EXPECT_EQ(url.render_as_string(), "x://");
}

// --- changing

TEST(Url, set_replaces_the_given_parts_and_leaves_the_original) {
    const URL url = make_url("postgresql://u:p@h:1/d?a=b");
    const URL changed = url.set({.password = "q", .database = "e"});
    EXPECT_EQ(changed.render_as_string(false), "postgresql://u:q@h:1/e?a=b");
    EXPECT_EQ(url.render_as_string(false), "postgresql://u:p@h:1/d?a=b");
    EXPECT_EQ(url.set({}), url);
    EXPECT_EQ(url.set({.drivername = "mysql",
                       .username = "v",
                       .host = "i",
                       .port = 2,
                       .query = URLQuery{}})
                  .render_as_string(false),
              "mysql://v:p@i:2/d");
    EXPECT_THROW(static_cast<void>(url.set({.port = 0})), ArgumentError);
}

TEST(Url, each_part_can_be_replaced_or_removed) {
    const URL url = make_url("postgresql://u:p@h:1/d?a=b");
    EXPECT_EQ(url.with_drivername("x+y").get_driver_name(), "y");
    EXPECT_EQ(url.with_username("v").username(), "v");
    EXPECT_EQ(url.with_password(std::nullopt).render_as_string(), "postgresql://u@h:1/d?a=b");
    EXPECT_EQ(url.with_host(std::nullopt).host(), std::nullopt);
    EXPECT_EQ(url.with_port(std::nullopt).port(), std::nullopt);
    EXPECT_EQ(url.with_database(std::nullopt).database(), std::nullopt);
    EXPECT_EQ(url.with_query({{"c", "d"}}).render_as_string(false), "postgresql://u:p@h:1/d?c=d");
    EXPECT_THROW(static_cast<void>(url.with_drivername("")), ArgumentError);
}

TEST(Url, query_updates_replace_the_values_of_a_key_or_append_to_them) {
    const URL url = make_url("x:///d?a=1&b=2&a=3");
    EXPECT_EQ(url.update_query_pairs({{"a", "4"}, {"c", "5"}}).query(),
              (URLQuery{{"a", "4"}, {"b", "2"}, {"c", "5"}}));
    EXPECT_EQ(url.update_query_pairs({{"a", "4"}, {"a", "5"}}).query_values("a"),
              (std::vector<std::string>{"4", "5"}));
    EXPECT_EQ(url.update_query_pairs({{"a", "4"}, {"c", "5"}}, true).query(),
              (URLQuery{{"a", "1"}, {"a", "3"}, {"a", "4"}, {"b", "2"}, {"c", "5"}}));
    EXPECT_EQ(url.update_query_dict({{"b", {"7", "8"}}}).query_values("b"),
              (std::vector<std::string>{"7", "8"}));
    EXPECT_EQ(url.update_query_dict({{"b", {"7"}}}, true).query_values("b"),
              (std::vector<std::string>{"2", "7"}));
    EXPECT_EQ(url.update_query_dict({{"a", {}}}).query(), (URLQuery{{"b", "2"}}));
    EXPECT_EQ(url.update_query_string("b=x+y&b=%26").query_values("b"),
              (std::vector<std::string>{"x y", "&"}));
    EXPECT_EQ(url.update_query_string("b=3", true).query_values("b"),
              (std::vector<std::string>{"2", "3"}));
    EXPECT_EQ(url.query(), (URLQuery{{"a", "1"}, {"b", "2"}, {"a", "3"}}));
    EXPECT_THROW(static_cast<void>(url.update_query_string("b")), ArgumentError);
    EXPECT_THROW(static_cast<void>(url.update_query_string("b=%x")), ArgumentError);
}

TEST(Url, keys_can_be_taken_out_of_the_query) {
    const URL url = make_url("x:///d?a=1&b=2&a=3&c=4");
    EXPECT_EQ(url.difference_update_query({"a", "none"}).query(),
              (URLQuery{{"b", "2"}, {"c", "4"}}));
    EXPECT_EQ(url.difference_update_query(std::vector<std::string>{"b", "c"}).query_values("a"),
              (std::vector<std::string>{"1", "3"}));
    EXPECT_EQ(url.difference_update_query({"none"}), url);
}

// --- writing

TEST(Url, R27_hides_the_password_when_rendered) {
    const URL url = make_url("postgresql://scott:tiger@h/d");
    EXPECT_EQ(url.render_as_string(), "postgresql://scott:***@h/d");
    EXPECT_EQ(url.render_as_string(true), "postgresql://scott:***@h/d");
    EXPECT_EQ(url.render_as_string(false), "postgresql://scott:tiger@h/d");
    EXPECT_EQ(make_url("x://u:@h").render_as_string(), "x://u:***@h");
    EXPECT_EQ(make_url("x://u@h").render_as_string(), "x://u@h");
}

TEST(Url, R27_hides_secrets_in_the_query_too) {
    const URL url = make_url("postgresql:///d?password=tiger&SSLPassword=tiger&sslmode=require");
    EXPECT_EQ(url.render_as_string(),
              "postgresql:///d?password=***&SSLPassword=***&sslmode=require");
    EXPECT_TRUE(contains(url.render_as_string(false), "password=tiger"));
    const URL odbc = make_url("mssql+odbc:///?odbc_connect=DRIVER%3Dx%3BPWD%3Dtiger");
    EXPECT_FALSE(contains(odbc.render_as_string(), "tiger"));
}

TEST(Url, R27_nothing_in_a_part_can_become_another_part) {
    const std::string nasty = "a@b:c/d?e=f&g#h[i]%20+ \n\"'\\;\xff";
    const URL url = URL::create({.drivername = "x",
                                 .username = nasty,
                                 .password = nasty,
                                 .host = "a@b/c?d#e%",
                                 .port = 1,
                                 .database = nasty,
                                 .query = {{nasty, nasty}, {nasty, "2"}}});
    const URL again = make_url(url.render_as_string(false));
    EXPECT_EQ(again, url);
    EXPECT_EQ(again.username(), nasty);
    EXPECT_EQ(again.password(), nasty);
    EXPECT_EQ(again.host(), "a@b/c?d#e%");
    EXPECT_EQ(again.database(), nasty);
    EXPECT_EQ(again.query(), url.query());
}

// --- comparing

TEST(Url, equal_urls_have_equal_parts_in_whatever_order_of_keys) {
    const URL url = make_url("x://u:p@h:1/d?a=1&b=2&a=3");
    EXPECT_EQ(url, make_url("x://u:p@h:1/d?b=2&a=1&a=3"));
    EXPECT_EQ(url, make_url("x://%75:%70@%68:01/%64?a=1&a=3&b=%32"));
    for (const std::string_view other :
         {"y://u:p@h:1/d?a=1&b=2&a=3", "x://v:p@h:1/d?a=1&b=2&a=3", "x://u:q@h:1/d?a=1&b=2&a=3",
          "x://u:p@i:1/d?a=1&b=2&a=3", "x://u:p@h:2/d?a=1&b=2&a=3", "x://u:p@h:1/e?a=1&b=2&a=3",
          "x://u:p@h:1/d?a=3&b=2&a=1", "x://u:p@h:1/d?a=1&b=2", "x://u:p@h:1/d"}) {
        EXPECT_NE(url, make_url(other)) << other;
    }
    EXPECT_NE(make_url("x://"), make_url("x:///"));
}

TEST(Url, equal_urls_hash_alike) {
    const std::unordered_set<URL> set{make_url("x://u:p@h:1/d?a=1&b=2"),
                                      make_url("x://u:p@h:1/d?b=2&a=1"), make_url("x://h"),
                                      make_url("x://h:"), make_url("x:///h")};
    EXPECT_EQ(set.size(), 3u);
}

TEST(Url, stays_whole_when_moved_from) {
    URL url = make_url("x://h");
    // It has no move of its own. NOLINTNEXTLINE(performance-move-const-arg)
    const URL moved = std::move(url);
    EXPECT_EQ(url, moved);  // NOLINT(bugprone-use-after-move): that is what is tested
    url = make_url("y://");
    EXPECT_EQ(moved.drivername(), "x");
}

// --- at random

std::string random_text(std::mt19937& random, std::string_view alphabet, std::size_t most) {
    std::string text(std::uniform_int_distribution<std::size_t>(0, most)(random), ' ');
    for (char& c : text)
        c = alphabet[std::uniform_int_distribution<std::size_t>(0, alphabet.size() - 1)(random)];
    return text;
}

TEST(Url, random_parts_survive_the_way_through_text) {
    std::mt19937 random{5};
    constexpr std::string_view any = "ab19@:/?#[]%&=+ ;,'\"\\.~-_\n\x7f\xc3\xa9\xff";
    constexpr std::string_view no_colon = "ab19@/?#[]%&=+ ;,'\"\\.~-_\n\x7f\xc3\xa9\xff";
    const auto maybe = [&](std::string_view alphabet) -> std::optional<std::string> {
        if (random() % 3 == 0) return std::nullopt;
        return random_text(random, alphabet, 8);
    };
    for (int i = 0; i < 20'000; ++i) {
        URLParts parts{.drivername = random() % 2 == 0 ? "sqlite" : "postgresql+libpq",
                       .username = maybe(any),
                       .password = maybe(any),
                       .host = random() % 5 == 0 ? "fe80::1%eth0" : maybe(no_colon)};
        if (random() % 2 == 0) parts.port = static_cast<int>(random() % 65535 + 1);
        parts.database = maybe(any);
        for (auto n = random() % 4; n > 0; --n)
            parts.query.emplace_back("k" + random_text(random, any, 2),
                                     random_text(random, any, 5));
        const URL url = URL::create(parts);
        const std::string text = url.render_as_string(false);
        ASSERT_EQ(make_url(text), url) << text;
        ASSERT_EQ(make_url(text).render_as_string(false), text);
        ASSERT_EQ(std::hash<URL>{}(make_url(text)), std::hash<URL>{}(url));
    }
}

TEST(Url, random_text_is_read_or_refused_and_what_is_read_can_be_written) {
    std::mt19937 random{6};
    for (int i = 0; i < 15'000; ++i) {
        const std::string text = "x://" + random_text(random, "ab1@:/?[]%&=+ ", 14);
        if (!refusal(text).empty()) continue;
        const URL url = make_url(text);
        ASSERT_EQ(make_url(url.render_as_string(false)), url) << text;
    }
}

}  // namespace
