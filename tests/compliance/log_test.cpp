// SPDX-License-Identifier: MIT
// What the log and error messages say, and what they hide.
#include <tests/compliance/support.hpp>

namespace compliance {
namespace {

class Logs : public UsersTest {
  protected:
    Engine echoing(bool hide) {
        auto logged = make_engine({.echo = true, .log = log.callback(), .hide_parameters = hide});
        if (!requirements.several_connections) metadata.create_all(logged);
        (void)log.take();
        return logged;
    }
};
AZOTH_ON_ALL_DATABASES(Logs);

TEST_P(Logs, statements_parameters_transactions_and_the_cache) {
    auto logged = echoing(false);
    auto conn = logged.connect();
    (void)conn.execute(select(users.name).where(users.name == "sandy")).all();
    auto lines = log.take();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], HasSubstr("BEGIN"));
    EXPECT_THAT(lines[1], testing::AllOf(HasSubstr("SELECT"), HasSubstr("'sandy'"),
                                         HasSubstr("generated"), HasSubstr("misses")));
    (void)conn.execute(select(users.name).where(users.name == "other")).all();
    EXPECT_THAT(log.text(),
                testing::AllOf(HasSubstr("cached"), HasSubstr("'other'"), HasSubstr("hits")));
    {
        auto savepoint = conn.begin_nested();
        EXPECT_THAT(log.text(), HasSubstr("SAVEPOINT"));
        savepoint.commit();
        EXPECT_THAT(log.text(), HasSubstr("RELEASE SAVEPOINT"));
        auto another = conn.begin_nested();
    }
    EXPECT_THAT(log.text(), HasSubstr("ROLLBACK TO SAVEPOINT"));
    conn.commit();
    EXPECT_THAT(log.text(), HasSubstr("COMMIT"));
    conn.exec_driver_sql("select 1");
    EXPECT_THAT(log.text(), HasSubstr("select 1"));
    conn.rollback();
    EXPECT_THAT(log.text(), HasSubstr("ROLLBACK"));
    conn.execute(insert(users).columns(users.name), std::vector{std::tuple{"x"}});
    EXPECT_THAT(log.text(), HasSubstr("INSERT INTO"));
    conn.execute(insert(users).values(users.name = "in a list").returning(users.name));
    EXPECT_THAT(log.text(), HasSubstr("RETURNING"));
}

TEST_P(Logs, without_echo_nothing_is_logged) {
    auto quiet = make_engine({.log = log.callback()});
    auto conn = quiet.connect();
    (void)conn.execute(select(literal(1))).all();
    conn.commit();
    EXPECT_THAT(log.take(), IsEmpty());
}

TEST_P(Logs, long_values_are_cut_and_bytes_readable) {
    auto logged = echoing(false);
    auto conn = logged.connect();
    (void)conn.execute(select(literal(std::string(100'000, 'x')))).all();
    const auto text_line = log.text();
    EXPECT_LT(text_line.size(), 2000U);
    (void)conn.execute(select(literal(std::vector<std::byte>(3, std::byte{0xab})))).all();
    EXPECT_THAT(log.text(), HasSubstr("abab"));
    std::vector<int> many(1000, 7777777);
    (void)conn.execute(select(users.id).where(users.id.in(many))).all();
    std::size_t shown = 0;
    const auto line = log.text();
    for (std::size_t at = line.find("7777777"); at != std::string::npos;
         at = line.find("7777777", at + 7))
        ++shown;
    EXPECT_LE(shown, 30U);
}

TEST_P(Logs, errors_carry_statement_parameters_and_the_database_s_words) {
    auto conn = engine.connect();
    const auto error = caught<IntegrityError>(
        [&] { conn.execute(insert(users).values(users.id = 1, users.name = "twice")); });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), HasSubstr("INSERT INTO"));
    EXPECT_THAT(error->what(), HasSubstr("'twice'"));
    EXPECT_THAT(error->parameters(), HasSubstr("twice"));
    EXPECT_FALSE(error->fault().message.empty());
    if (requirements.postgresql) {
        EXPECT_EQ(error->sqlstate(), "23505");
    } else {
        EXPECT_NE(error->fault().native_code, 0);
    }
}

TEST_P(Logs, R27_hidden_parameters_appear_nowhere) {
    const std::string secret = "hunter2-secret";
    auto logged = echoing(true);
    auto conn = logged.connect();
    std::string words;
    const auto provoke = [&](auto&& call) {
        try {
            auto savepoint = conn.begin_nested();
            call();
            ADD_FAILURE() << "no error";
        } catch (const StatementError& error) {
            words += std::string(error.what()) + error.parameters();
        } catch (const Error& error) {
            words += error.what();
        }
    };
    (void)conn.execute(select(users.id).where(users.name == secret)).all();
    (void)conn.execute(select(users.id).where(users.name.in({secret, secret}))).all();
    (void)conn.execute(text("select id from user_account where name = :n"), {{"n", secret}}).all();
    conn.execute(insert(users).values(users.id = 500, users.name = secret));
    conn.execute_many(insert(users).values(users.name = bindparam<std::string>("n")),
                      {{{"n", secret}}});
    conn.execute(insert(users).columns(users.name), std::vector{std::tuple{secret}});
    conn.exec_driver_sql("create unique index u_name on user_account (fullname)");
    conn.execute(insert(users).values(users.name = "x", users.fullname = secret));
    // the DETAIL of a violated key holds the value in the database's own message
    provoke([&] { conn.execute(insert(users).values(users.name = "x", users.fullname = secret)); });
    provoke([&] {
        conn.execute(insert(users).columns(users.name, users.fullname),
                     std::vector{std::tuple{"x", secret}});
    });
    provoke([&] {
        conn.execute(text("insert into user_account (name, fullname) values ('x', :f)"),
                     {{"f", secret}});
    });
    provoke([&] {
        conn.execute_many(text("insert into user_account (name, fullname) values ('x', :f)"),
                          {{{"f", secret}}});
    });
    provoke([&] { conn.execute(update(users).values(users.fullname = secret)); });
    provoke([&] {
        (void)conn.execute(select(cast<int>(literal(secret)) / 0, literal(secret + "\xff"))).all();
    });
    provoke([&] { conn.execute(insert(users).values(users.name = secret + "\xff")); });
    provoke([&] { conn.execute(text("selec :x"), {{"x", secret}}); });
    if (requirements.postgresql) {
        provoke([&] { (void)conn.execute(select(cast<int>(literal(secret)))).all(); });
        provoke([&] {
            conn.execute(insert(users).values(users.name = secret + std::string(40, 'x')));
        });
        provoke([&] {
            conn.execute(insert(users).values(users.id = 1, users.name = secret,
                                              users.fullname = nullptr, users.age = 1));
        });
    }
    EXPECT_THAT(words, Not(HasSubstr("hunter2")));
    EXPECT_THAT(words, HasSubstr("INSERT INTO"));
    conn.rollback();
    EXPECT_THAT(log.text(), Not(HasSubstr("hunter2")));
}

TEST_P(Logs, R27_a_null_where_none_may_be_hides_the_row) {
    auto logged = echoing(true);
    auto conn = logged.connect();
    const auto error = caught<IntegrityError>([&] {
        conn.execute(text("insert into user_account (name, fullname, age) values (:n, :f, :a)"),
                     {{"n", "hunter2"}, {"f", "hunter2 again"}, {"a", nullptr}});
    });
    ASSERT_TRUE(error);
    EXPECT_THAT(error->what(), testing::AllOf(HasSubstr("age"), Not(HasSubstr("hunter2"))));
    EXPECT_THAT(error->fault().message, Not(HasSubstr("hunter2")));
}

TEST_P(Logs, R27_a_pending_rollback_hides_them_too) {
    auto logged = echoing(true);
    if (!requirements.several_connections) metadata.create_all(logged);
    auto conn = logged.connect();
    conn.exec_driver_sql("create unique index u_name on user_account (fullname)");
    conn.execute(insert(users).values(users.name = "x", users.fullname = "hunter2"));
    EXPECT_THROW(conn.execute(insert(users).values(users.name = "x", users.fullname = "hunter2")),
                 IntegrityError);
    if (requirements.errors_end_transactions) {
        EXPECT_THAT(message_of<PendingRollbackError>([&] { (void)conn.execute(select(users.id)); }),
                    Not(HasSubstr("hunter2")));
    }
    conn.rollback();
    EXPECT_THAT(log.text(), Not(HasSubstr("hunter2")));
}

TEST_P(Logs, the_log_never_holds_the_password) {
    auto logged = make_engine({.echo = true, .log = log.callback()});
    auto conn = logged.connect();
    (void)conn.execute(select(literal(1))).all();
    conn.close();
    const std::string password = logged.url().password().value_or("");
    const auto words = log.text();
    if (!password.empty()) {
        EXPECT_THAT(words, Not(HasSubstr(password)));
    }
    EXPECT_THAT(words, HasSubstr("SELECT"));
}

}  // namespace
}  // namespace compliance
