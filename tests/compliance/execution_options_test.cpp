// SPDX-License-Identifier: MIT
// Execution options of engine, sub-engine and connection, and how they are merged.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class OptionsMerged : public UsersTest {
  protected:
    const Select<std::string> query = select(users.name).where(users.id == 1);
};
AZOTH_ON_ALL_DATABASES(OptionsMerged);

TEST_P(OptionsMerged, what_is_said_nearer_to_the_statement_holds) {
    const Engine base = make_engine(
        {.execution_options = {.isolation_level = "SERIALIZABLE", .logging_token = "engine"}});
    const Engine sub = base.execution_options({.logging_token = "sub-engine"});
    EXPECT_EQ(base.get_execution_options().logging_token, "engine");
    EXPECT_EQ(sub.get_execution_options().logging_token, "sub-engine");
    EXPECT_EQ(sub.get_execution_options().isolation_level, "SERIALIZABLE") << "what is not said";
    auto conn = sub.connect();
    EXPECT_EQ(conn.get_execution_options().logging_token, "sub-engine");
    conn.execution_options({.logging_token = "connection"})
        .execution_options({.schema_translate_map = {{"a", "b"}}});
    const ConnectionOptions merged = conn.get_execution_options();
    EXPECT_EQ(merged.logging_token, "connection");
    EXPECT_EQ(merged.isolation_level, "SERIALIZABLE");
    EXPECT_EQ(merged.schema_translate_map.translate("a"), "b");
    EXPECT_EQ(merged.schema_translate_map.translate("c"), "c");
    EXPECT_FALSE(merged.compiled_cache.has_value());
    EXPECT_EQ(sub.connect().get_execution_options().logging_token, "sub-engine")
        << "a connection's own end with it";
}

TEST_P(OptionsMerged, engines_and_statements_without_options_have_none) {
    const ConnectionOptions none = engine.get_execution_options();
    EXPECT_TRUE(none.isolation_level.empty());
    EXPECT_TRUE(none.logging_token.empty());
    EXPECT_FALSE(none.schema_translate_map.is_given());
    EXPECT_FALSE(query.get_execution_options().schema_translate_map.is_given());
}

TEST_P(OptionsMerged, those_of_transactions_are_refused_within_one_and_the_others_not) {
    auto conn = engine.connect();
    (void)conn.execute(query).all();
    conn.execution_options({.logging_token = "later", .compiled_cache = false});
    EXPECT_EQ(conn.get_execution_options().logging_token, "later");
    EXPECT_THAT(
        message_of<InvalidRequestError>([&] {
            conn.execution_options({.isolation_level = "SERIALIZABLE", .logging_token = "refused"});
        }),
        HasSubstr("execution_options"));
    EXPECT_EQ(conn.get_execution_options().logging_token, "later") << "all or nothing";
    conn.close();
    EXPECT_THROW(conn.execution_options({.logging_token = "closed"}), ResourceClosedError);
}

TEST_P(OptionsMerged, without_the_compiled_cache_statements_are_compiled_for_each_execution) {
    auto conn = engine.connect();
    conn.execution_options({.compiled_cache = false});
    const auto before = engine.cache_statistics();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(conn.execute(query).scalar_one(), "sandy");
    const auto after = engine.cache_statistics();
    EXPECT_EQ(after.size, before.size);
    EXPECT_EQ(after.hits, before.hits);
    EXPECT_EQ(after.misses, before.misses);
    conn.execution_options({.compiled_cache = true});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(conn.execute(query).scalar_one(), "sandy");
    EXPECT_EQ(engine.cache_statistics().size, before.size + 1);
}

TEST_P(OptionsMerged, statements_that_are_not_kept_have_no_bounds_on_what_a_connection_keeps) {
    auto conn = engine.connect();
    conn.execution_options({.compiled_cache = false});
    auto open = conn.execute(select(users.id).order_by(users.id));
    EXPECT_EQ(open.fetchone()->get<0>(), 1);
    for (int i = 0; i < 300; ++i)
        EXPECT_EQ(conn.scalar(select(literal(i).label("c" + std::to_string(i)))), i);
    EXPECT_EQ(open.fetchone()->get<0>(), 2);
    EXPECT_EQ(conn.execute(insert(users).columns(users.name).returning(users.name),
                           std::vector{std::tuple{"a"}, std::tuple{"b"}})
                  .size(),
              2U);
}

}  // namespace
}  // namespace compliance
