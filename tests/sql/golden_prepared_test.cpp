// SPDX-License-Identifier: MIT
// The golden SQL is what the databases take: each text is prepared on the real one.
#include "golden.hpp"
#include "support.hpp"
#include <azoth/driver/driver.hpp>
#include <azoth/mariadb.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gtest/gtest.h>
#include <tests/support/databases.hpp>

#include <string>

using namespace azoth;

namespace {

class GoldenOnDatabases : public testing::TestWithParam<test::Database> {
  protected:
    GoldenOnDatabases() {
        shop.metadata.drop_all(engine);
        shop.metadata.create_all(engine);
    }
    ~GoldenOnDatabases() override { shop.metadata.drop_all(engine); }

    /// Has the database read a text, and say what it returns.
    static void prepare(Connection& conn, const std::string& sql) {
        (void)conn.driver_connection()
            .prepare({.sql = sql, .parameters = {}, .results = {}})
            ->columns();
    }

    azoth_test::Shop shop;
    const Engine engine = create_engine(GetParam().url);
};
INSTANTIATE_TEST_SUITE_P(Databases, GoldenOnDatabases, testing::ValuesIn(test::databases()),
                         test::label_of);

TEST_P(GoldenOnDatabases, every_text_can_be_prepared) {
    auto conn = engine.connect();
    const auto texts = azoth_test::golden_texts(conn.dialect().name());
    EXPECT_GE(texts.size(), 20U);
    for (const auto& [construct, sql] : texts) {
        try {
            prepare(conn, sql);
        } catch (const DBAPIError& error) {
            ADD_FAILURE() << construct << ": " << error.what();
        }
    }
}

TEST_P(GoldenOnDatabases, wrong_texts_can_not) {
    auto conn = engine.connect();
    for (const char* sql : {"SELEC 1", "SELECT FROM WHERE", "SELECT no_such_column FROM address",
                            "UPDATE address SET", "DELETE address WHERE id = 1 FOR UPDATE"})
        EXPECT_THROW(prepare(conn, sql), DBAPIError) << sql;
}

}  // namespace
