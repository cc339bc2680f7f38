// SPDX-License-Identifier: MIT
#include "support.hpp"
#include <azoth/core.hpp>
#include <azoth/mariadb.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mysql.h>
#include <tests/support/databases.hpp>

#include <stdexcept>
#include <string>
#include <vector>

// What a program does with the client library's own handle.

namespace {

using namespace mariadb_test;
using testing::ElementsAre;

class MariadbNativeHandle : public testing::Test {
  protected:
    void SetUp() override {
        setup->run(
            "CREATE OR REPLACE PROCEDURE two_results(IN a INT) BEGIN SELECT a; SELECT a, a + 1; "
            "END");
    }
    void TearDown() override { setup->run("DROP PROCEDURE two_results"); }

    ConnectionPtr setup = connect();
};

/// All results of a statement, a row as its texts, behind a '|' each.
std::vector<std::string> all_results(MYSQL* handle, const std::string& sql) {
    std::vector<std::string> results;
    if (mysql_real_query(handle, sql.data(), sql.size()) != 0) throw std::runtime_error("query");
    do {
        MYSQL_RES* const result = mysql_store_result(handle);
        if (!result) continue;  // the procedure's own end
        std::string& texts = results.emplace_back();
        const unsigned columns = mysql_num_fields(result);
        while (MYSQL_ROW row = mysql_fetch_row(result))
            for (unsigned i = 0; i < columns; ++i) texts += std::string("|") + row[i];
        mysql_free_result(result);
    } while (mysql_next_result(handle) == 0);
    return results;
}

TEST_F(MariadbNativeHandle, reads_several_results_of_a_procedure_within_a_transaction) {
    const azoth::Engine engine = azoth::create_engine(azoth::test::database("mariadb").url);
    azoth::Connection connection = engine.connect();
    const auto mine =
        connection.scalar(azoth::text("SELECT connection_id()").columns<std::int64_t>());
    auto* const handle = static_cast<MYSQL*>(connection.driver_connection().native_handle());
    EXPECT_THAT(all_results(handle, "CALL two_results(4)"), ElementsAre("|4", "|4|5"));
    EXPECT_THAT(all_results(handle, "SELECT connection_id()"),
                ElementsAre("|" + std::to_string(mine.value())));
    EXPECT_TRUE(connection.in_transaction());
    EXPECT_EQ(connection.scalar(azoth::text("SELECT 7").columns<int>()), 7);
}

}  // namespace
