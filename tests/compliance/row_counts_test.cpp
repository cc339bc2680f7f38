// SPDX-License-Identifier: MIT
// How many rows a statement matched: matched, not changed, on every database and every way.
#include <azoth/return_defaults.hpp>

#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

struct Employees : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> name{*this, "name", String{50}};
    Column<std::string> department{*this, "department", String{1}};
};

class RowCounts : public ComplianceTest {
  protected:
    RowCounts() {
        create_tables();
        conn.execute(insert(employees).columns(employees.name, employees.department),
                     std::vector<std::pair<std::string, std::string>>{{"Angela", "A"},
                                                                      {"Andrew", "A"},
                                                                      {"Bob", "B"},
                                                                      {"Charlie", "C"},
                                                                      {"Cynthia", "C"},
                                                                      {"Chris", "C"}});
    }
    [[nodiscard]] auto of(const char* department) const {
        return employees.department == department;
    }

    Employees employees{"employee", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(RowCounts);

TEST_P(RowCounts, of_an_update_that_changes_nothing_are_those_of_one_that_does) {
    const auto moved = [&](const char* to) {
        return conn.execute(update(employees).values(employees.department = to).where(of("C")))
            .rowcount();
    };
    EXPECT_EQ(moved("C"), 3);
    EXPECT_EQ(moved("Z"), 3);
    EXPECT_EQ(moved("Z"), 0);
}

TEST_P(RowCounts, of_a_delete_are_the_rows_that_were_there) {
    EXPECT_EQ(conn.execute(delete_(employees).where(of("C"))).rowcount(), 3);
    EXPECT_EQ(conn.execute(delete_(employees).where(of("C"))).rowcount(), 0);
    EXPECT_EQ(conn.execute(delete_(employees)).rowcount(), 3);
}

TEST_P(RowCounts, of_text_are_matched_rows_too) {
    const std::string unchanged = "update employee set department = 'C' where department = 'C'";
    EXPECT_EQ(conn.execute(text(unchanged)).rowcount(), 3);
    EXPECT_EQ(conn.execute(text(unchanged)).rowcount(), 3) << "also prepared";
    EXPECT_EQ(
        conn.execute(text("update employee set name = name where department = :d"), {{"d", "A"}})
            .rowcount(),
        2);
    EXPECT_EQ(conn.execute(text("delete from employee where department = 'B'")).rowcount(), 1);
}

TEST_P(RowCounts, of_many_sets_of_parameters_add_up) {
    const auto by_name = employees.name == bindparam<std::string>("who");
    const std::vector<Parameters> sets{{{"who", "Bob"}}, {{"who", "Cynthia"}}, {{"who", "nobody"}}};
    const auto change = update(employees).values(employees.department = "C").where(by_name);
    EXPECT_EQ(conn.execute_many(change, sets), 2);
    EXPECT_EQ(conn.execute_many(change, sets), 2) << "also unchanged";
    EXPECT_EQ(conn.execute_many(delete_(employees).where(by_name), sets), 2);
    EXPECT_EQ(conn.execute_many(delete_(employees).where(by_name), sets), 0);
    EXPECT_EQ(conn.execute_many(text("delete from employee where name = :who"),
                                {{{"who", "Angela"}}, {{"who", "Chris"}}}),
              2);
}

TEST_P(RowCounts, of_inserts_are_the_new_rows_whatever_their_form) {
    EXPECT_EQ(
        conn.execute(insert(employees).values(employees.name = "x", employees.department = "X"))
            .rowcount(),
        1);
    const std::vector<std::pair<std::string, std::string>> rows{{"y", "X"}, {"z", "X"}};
    const auto range = insert(employees).columns(employees.name, employees.department);
    EXPECT_EQ(conn.execute(range, rows).rowcount(), 2);
    EXPECT_EQ(conn.execute(range.returning(employees.id), rows).rowcount(), 2);
    EXPECT_EQ(
        conn.execute(range.from_select(select(employees.name, employees.department).where(of("X"))))
            .rowcount(),
        5);
}

TEST_P(RowCounts, stand_beside_returned_rows_and_defaults) {
    const auto renamed =
        update(employees).values(employees.name = employees.department + "!").where(of("C"));
    EXPECT_EQ(conn.execute(return_defaults(renamed)).rowcount(), 3);
    if (requirements.update_returning) {
        auto result = conn.execute(renamed.returning(employees.name));
        EXPECT_EQ(result.rowcount(), 3);
        EXPECT_THAT(std::move(result).scalars().all(), ElementsAre("C!", "C!", "C!"));
    }
    auto gone = conn.execute(delete_(employees).where(of("C")).returning(employees.id));
    EXPECT_EQ(gone.rowcount(), 3);
    EXPECT_EQ(gone.all().size(), 3U);
}

TEST_P(RowCounts, are_known_after_the_result_is_closed_and_others_were_executed) {
    auto changed = conn.execute(update(employees).values(employees.name = "n").where(of("A")));
    conn.execute(delete_(employees).where(of("C")));
    changed.close();
    conn.commit();
    EXPECT_EQ(changed.rowcount(), 2);
}

TEST_P(RowCounts, of_a_statement_that_failed_are_not_those_of_the_one_before) {
    EXPECT_EQ(conn.execute(delete_(employees).where(of("C"))).rowcount(), 3);
    {
        auto savepoint = conn.begin_nested();
        EXPECT_THROW(conn.exec_driver_sql("update employee set nothing = 1"), DBAPIError);
    }
    EXPECT_EQ(
        conn.execute(update(employees).values(employees.name = "n").where(of("Z"))).rowcount(), 0);
}

}  // namespace
}  // namespace compliance
