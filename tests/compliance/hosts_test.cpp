// SPDX-License-Identifier: MIT
// URLs that name several servers.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

/// Nobody listens there.
constexpr const char* dead_host = "127.0.0.1:1";

class Hosts : public ComplianceTest {
  protected:
    /// The URL of the database under test, with these hosts in its query.
    [[nodiscard]] URL with_hosts(const std::vector<std::string>& hosts) const {
        return none.update_query_dict({{"host", hosts}});
    }
    [[nodiscard]] static int answer(const URL& url) {
        auto connection = create_engine(url).connect();
        return connection.execute(text("select 42")).scalar_one<int>();
    }

    const URL real = make_url(GetParam().url);
    const URL none = real.with_host(std::nullopt)
                         .with_port(std::nullopt)
                         .difference_update_query({"unix_socket"});
    const std::string live = real.port()
                                 ? real.host().value() + ":" + std::to_string(real.port().value())
                                 : real.query_value("unix_socket").value_or("");
};
AZOTH_ON_ALL_DATABASES(Hosts);

TEST_P(Hosts, are_tried_until_one_accepts) {
    if (!requirements.has_hosts) {
        EXPECT_THAT(message_of<ArgumentError>([&] { (void)answer(with_hosts({"a", "b"})); }),
                    HasSubstr("'host'"));
        return;
    }
    EXPECT_EQ(answer(with_hosts({dead_host, live})), 42);
    EXPECT_EQ(answer(with_hosts({live, dead_host})), 42);
    EXPECT_EQ(answer(with_hosts({std::string(dead_host) + "," + live})), 42);
    if (!real.port()) return;
    const URL by_lists = with_hosts({"127.0.0.1," + *real.host()})
                             .update_query_pairs({{"port", "1," + std::to_string(*real.port())}});
    EXPECT_EQ(answer(by_lists), 42);
}

TEST_P(Hosts, that_are_all_dead_are_named_without_the_password) {
    if (!requirements.has_hosts) return;
    const URL dead = with_hosts({dead_host, "127.0.0.1:2"}).with_password("s3cret");
    const auto error = caught<OperationalError>([&] { (void)answer(dead); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), testing::ContainsRegex("127.0.0.1.*127.0.0.1"));
    EXPECT_THAT(error->what(), Not(HasSubstr("s3cret")));
    EXPECT_THAT(dead.render_as_string(), Not(HasSubstr("s3cret")));
}

TEST_P(Hosts, that_contradict_each_other_are_refused_by_name) {
    if (!requirements.has_hosts) return;
    const auto mistake = [&](const URL& url) {
        return message_of<ArgumentError>([&] { (void)create_engine(url.with_password("s3cret")); });
    };
    EXPECT_THAT(mistake(none.with_host("h").update_query_pairs({{"host", "other"}})),
                HasSubstr("'host'"));
    EXPECT_THAT(mistake(none.update_query_pairs({{"host", "a,b,c"}, {"port", "1,2"}})),
                HasSubstr("3 hosts and 2 ports"));
    EXPECT_THAT(mistake(none.update_query_pairs({{"host", "a:1,b:2"}, {"port", "3,4"}})),
                HasSubstr("'port'"));
    EXPECT_THAT(mistake(none.update_query_pairs({{"host", "a:x"}})), HasSubstr("'x'"));
    EXPECT_THAT(mistake(none.update_query_pairs({{"host", "a:65536"}})), HasSubstr("65535"));
    EXPECT_THAT(mistake(none.update_query_pairs({{"host", "[::1"}})), HasSubstr("']'"));
    EXPECT_THAT(mistake(none.update_query_pairs({{"host", "a:1"}, {"sslcrl\n", "x"}})),
                Not(HasSubstr("s3cret")));
}

TEST_P(Hosts, R27_bring_in_no_other_option) {
    if (!requirements.has_hosts) return;
    for (const char* host :
         {"127.0.0.1 user=root", "x;user=root", "x' host='127.0.0.1", "x\tport=1",
          "mysql://root@127.0.0.1", "postgresql://postgres@127.0.0.1"}) {
        try {
            (void)answer(with_hosts({host, dead_host}));
            ADD_FAILURE() << host << " connected";
        } catch (const OperationalError& error) {
            EXPECT_THAT(error.what(), HasSubstr("127.0.0.1")) << host;
        } catch (const ArgumentError& error) {
            EXPECT_THAT(error.what(), testing::ContainsRegex("host|port '//")) << host;
        }
    }
}

}  // namespace
}  // namespace compliance
