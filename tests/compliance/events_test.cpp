// SPDX-License-Identifier: MIT
// What engines and connections tell, and what listeners can do.
#include <azoth/event.hpp>

#include <tests/compliance/support.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

namespace compliance {
namespace {

class Events : public UsersTest {
  protected:
    /// An engine of its own, so that nobody else is heard; in memory it has tables of its own.
    Engine own_engine() {
        Engine own = make_engine({.log = log.callback()});
        if (!requirements.several_connections) metadata.create_all(own);
        return own;
    }
    [[nodiscard]] auto find(std::int64_t id) const {
        return select(users.name).where(users.id == id);
    }
    std::int64_t count(const Engine& where) {
        return where.connect().scalar(select(func::count()).select_from(users)).value();
    }
    void note(const std::string& what) { heard.push_back(what); }
    Strings take_heard() { return std::exchange(heard, {}); }

    Strings heard;
};
AZOTH_ON_ALL_DATABASES(Events);

TEST_P(Events, are_told_in_the_order_of_what_happens) {
    const Engine own = own_engine();
    event::listen(own, event::engine_connect, [&](Connection&) { note("engine_connect"); });
    event::listen(own, event::begin, [&](Connection&) { note("begin"); });
    event::listen(own, event::commit, [&](Connection&) { note("commit"); });
    event::listen(own, event::rollback, [&](Connection&) { note("rollback"); });
    event::listen(own, event::before_execute, [&](event::Execution&) { note("before"); });
    event::listen(own, event::after_execute, [&](const event::Execution&) { note("after"); });
    event::listen(own, event::before_cursor_execute, [&](auto&) { note("before cursor"); });
    event::listen(own, event::after_cursor_execute, [&](auto&) { note("after cursor"); });
    auto conn = own.connect();
    EXPECT_THAT(take_heard(), ElementsAre("engine_connect"));
    (void)conn.execute(find(1)).all();
    EXPECT_THAT(take_heard(),
                ElementsAre("before", "begin", "before cursor", "after cursor", "after"));
    conn.exec_driver_sql("select 1");
    EXPECT_THAT(take_heard(), ElementsAre("before cursor", "after cursor"));
    conn.commit();
    conn.commit();
    EXPECT_THAT(take_heard(), ElementsAre("commit")) << "the second had nothing to do";
    auto transaction = conn.begin();
    transaction.rollback();
    EXPECT_THAT(take_heard(), ElementsAre("begin", "rollback"));
    (void)conn.execute(find(1)).all();
    (void)take_heard();
    conn.close();
    EXPECT_THAT(take_heard(), ElementsAre("rollback"));
}

TEST_P(Events, of_savepoints_name_them) {
    const Engine own = own_engine();
    std::string name;
    event::listen(own, event::savepoint, [&](Connection&, std::string_view savepoint) {
        name = savepoint;
        note("savepoint");
    });
    event::listen(own, event::release_savepoint, [&](Connection&, std::string_view savepoint) {
        note(savepoint == name ? "release" : "another");
    });
    event::listen(own, event::rollback_savepoint, [&](Connection&, std::string_view savepoint) {
        note(savepoint == name ? "rollback" : "another");
    });
    auto conn = own.connect();
    conn.begin_nested().commit();
    EXPECT_THAT(take_heard(), ElementsAre("savepoint", "release"));
    {
        auto dropped = conn.begin_nested();
    }
    EXPECT_THAT(take_heard(), ElementsAre("savepoint", "rollback"));
    EXPECT_FALSE(name.empty());
}

TEST_P(Events, of_a_sub_engine_are_those_of_its_engine) {
    const Engine own = own_engine();
    event::listen(own, event::begin, [&](Connection&) { note("begin"); });
    auto conn = own.execution_options({.isolation_level = "SERIALIZABLE"}).connect();
    const auto transaction = conn.begin();
    EXPECT_THAT(take_heard(), ElementsAre("begin"));
}

TEST_P(Events, of_a_two_phase_transaction_are_told_once_each) {
    if (!requirements.two_phase) return;  // refused: TwoPhase's first test
    const Engine own = own_engine();
    event::listen(own, event::begin, [&](Connection&) { note("begin"); });
    event::listen(own, event::commit, [&](Connection&) { note("commit"); });
    event::listen(own, event::rollback, [&](Connection&) { note("rollback"); });
    auto conn = own.connect();
    auto transaction = conn.begin_twophase();
    (void)conn.execute(find(1)).all();
    transaction.prepare();
    EXPECT_THAT(take_heard(), ElementsAre("begin"));
    transaction.commit();
    EXPECT_THAT(take_heard(), ElementsAre("commit"));
    {
        auto forgotten = conn.begin_twophase();
        (void)conn.execute(find(1)).all();
        forgotten.prepare();
    }
    EXPECT_THAT(take_heard(), ElementsAre("begin", "rollback"));
    auto left = conn.begin_twophase();
    (void)conn.execute(find(1)).all();
    left.prepare();
    (void)take_heard();
    conn.close();
    EXPECT_THAT(take_heard(), ElementsAre("rollback"));
    EXPECT_THAT(engine.connect().recover_twophase(), Not(testing::Contains(left.xid())));
}

TEST_P(Events, of_one_connection_are_not_those_of_another_and_end_with_it) {
    const Engine own = own_engine();
    auto conn = own.connect();
    const event::Listener listener =
        event::listen(conn, event::before_execute, [&](event::Execution& execution) {
            note(execution.connection.closed() ? "closed" : "heard");
        });
    (void)conn.execute(find(1)).all();
    conn.commit();
    EXPECT_THAT(take_heard(), ElementsAre("heard"));
    (void)own.connect().execute(select(literal(1))).all();
    EXPECT_THAT(take_heard(), IsEmpty());
    EXPECT_TRUE(event::contains(listener));
    conn.close();
    EXPECT_FALSE(event::contains(listener));
    EXPECT_THROW(event::listen(conn, event::begin, [](Connection&) {}), ResourceClosedError);
}

TEST_P(Events, before_cursor_execute_may_change_the_sql_and_its_parameters) {
    auto conn = engine.connect();
    const event::ScopedListener comment =
        event::listen(conn, event::before_cursor_execute, [&](event::CursorExecution& execution) {
            execution.statement += " /* ours */";
            for (Value& value : execution.parameters)
                if (value == to_value(std::int64_t{1})) value = to_value(std::int64_t{2});
        });
    const event::ScopedListener last =
        event::listen(conn, event::before_cursor_execute,
                      [&](event::CursorExecution& execution) { note(execution.statement); });
    EXPECT_EQ(conn.scalar(find(1)), "patrick");
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_THAT(heard[0], HasSubstr("/* ours */"));
    EXPECT_EQ(conn.execute(find(1)).scalars().all(), Strings{"patrick"}) << "prepared already";
}

TEST_P(Events, before_cursor_execute_may_give_a_parameter_of_another_kind) {
    auto conn = engine.connect();
    event::listen(conn, event::before_cursor_execute,
                  [&](event::CursorExecution& execution) { execution.parameters.at(0) = Value(); });
    EXPECT_THAT(conn.execute(find(1)).all(), IsEmpty());
}

TEST_P(Events, a_wrong_number_of_parameters_is_the_drivers_error) {
    auto conn = engine.connect();
    event::listen(conn, event::before_cursor_execute,
                  [&](event::CursorExecution& execution) { execution.parameters.clear(); });
    EXPECT_THROW((void)conn.execute(find(1)).all(), DBAPIError);
}

TEST_P(Events, before_execute_may_replace_the_statement) {
    auto conn = engine.connect();
    event::listen(conn, event::before_execute, [&](event::Execution& execution) {
        execution.statement = select(users.name).where(users.id == 3);
    });
    EXPECT_EQ(conn.scalar(find(1)), "squidward");
    EXPECT_THROW((void)conn.execute(select(users.id)), InvalidRequestError)
        << "an integer can't be read from a text";
    EXPECT_EQ(conn.scalar(find(1)), "squidward");
}

TEST_P(Events, before_execute_may_change_named_parameters) {
    auto conn = engine.connect();
    event::listen(conn, event::before_execute,
                  [&](event::Execution& execution) { execution.parameters = {{"id", 2}}; });
    const auto statement = select(users.name).where(users.id == bindparam<std::int64_t>("id"));
    EXPECT_EQ(conn.scalar(statement, {{"id", 1}}), "patrick");
}

TEST_P(Events, after_execute_knows_how_many_rows_were_matched) {
    auto conn = engine.connect();
    std::int64_t rows = 0;
    event::listen(conn, event::after_execute,
                  [&](const event::Execution& execution) { rows = execution.rowcount; });
    conn.execute(update(users).values(users.age = 1).where(users.id < 3));
    EXPECT_EQ(rows, 2);
}

TEST_P(Events, what_is_noted_before_is_found_after) {
    auto conn = engine.connect();
    event::listen(conn, event::before_cursor_execute, [](event::CursorExecution& execution) {
        execution.info["start"] = std::string("noon");
    });
    event::listen(conn, event::after_cursor_execute, [&](event::CursorExecution& execution) {
        note(std::any_cast<std::string>(execution.info.at("start")));
    });
    (void)conn.execute(find(1)).all();
    EXPECT_THAT(heard, ElementsAre("noon"));
}

TEST_P(Events, many_rows_are_one_execution) {
    auto conn = engine.connect();
    event::listen(conn, event::before_execute, [&](event::Execution& execution) {
        note(execution.executemany ? "many" : "one");
    });
    event::listen(conn, event::before_cursor_execute, [&](event::CursorExecution& execution) {
        note(execution.executemany ? "many" : "one");
        execution.statement += " /* ours */";
    });
    event::listen(conn, event::after_execute, [&](const event::Execution& execution) {
        note(std::to_string(execution.rowcount));
    });
    using Row = std::tuple<std::string>;
    conn.execute(insert(users).columns(users.name), std::vector<Row>{{"a"}, {"b"}});
    EXPECT_THAT(take_heard(), ElementsAre("many", "many", "2"));
    conn.execute_many(
        update(users).values(users.age = 5).where(users.name == bindparam<std::string>("n")),
        {{{"n", "a"}}, {{"n", "b"}}, {{"n", "sandy"}}});
    EXPECT_THAT(take_heard(), ElementsAre("many", "many", "3"));
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users).where(users.age == 5)), 3);
}

TEST_P(Events, a_statement_for_many_rows_is_not_replaced) {
    auto conn = engine.connect();
    const event::ScopedListener listener =
        event::listen(conn, event::before_execute,
                      [&](event::Execution& execution) { execution.statement = find(1); });
    EXPECT_THROW(conn.execute(insert(users).columns(users.name), std::vector{std::tuple{"a"}}),
                 InvalidRequestError);
}

// --- listeners -----------------------------------------------------------------------------------

TEST_P(Events, a_listener_may_be_called_once_or_before_the_others) {
    auto conn = engine.connect();
    event::listen(conn, event::before_execute, [&](auto&) { note("second"); });
    event::listen(conn, event::before_execute, [&](auto&) { note("first"); }, {.insert = true});
    const event::Listener once =
        event::listen(conn, event::before_execute, [&](auto&) { note("once"); }, {.once = true});
    EXPECT_TRUE(event::contains(once));
    (void)conn.execute(find(1)).all();
    EXPECT_THAT(take_heard(), ElementsAre("first", "second", "once"));
    EXPECT_FALSE(event::contains(once));
    EXPECT_FALSE(event::remove(once));
    (void)conn.execute(find(1)).all();
    EXPECT_THAT(take_heard(), ElementsAre("first", "second"));
}

TEST_P(Events, a_listener_may_remove_itself_and_others_while_it_is_called) {
    auto conn = engine.connect();
    event::Listener self;
    event::Listener other;
    self = event::listen(conn, event::before_execute, [&](auto&) {
        note("self");
        EXPECT_TRUE(event::remove(self));
        EXPECT_TRUE(event::remove(other));
        EXPECT_FALSE(event::remove(other));
    });
    other = event::listen(conn, event::before_execute, [&](auto&) { note("other"); });
    event::listen(conn, event::before_execute, [&](auto&) { note("third"); });
    (void)conn.execute(find(1)).all();
    EXPECT_THAT(take_heard(), ElementsAre("self", "third"));
    EXPECT_FALSE(event::contains(self));
    EXPECT_FALSE(event::remove(event::Listener()));
}

TEST_P(Events, a_scoped_listener_listens_until_its_end) {
    auto conn = engine.connect();
    event::Listener kept;
    {
        const event::ScopedListener dropped =
            event::listen(conn, event::before_execute, [&](auto&) { note("dropped"); });
        event::ScopedListener released =
            event::listen(conn, event::before_execute, [&](auto&) { note("released"); });
        kept = released.release();
    }
    (void)conn.execute(find(1)).all();
    EXPECT_THAT(heard, ElementsAre("released"));
    EXPECT_TRUE(event::contains(kept));
}

TEST_P(Events, a_listener_may_execute_statements_and_is_told_of_them_too) {
    auto conn = engine.connect();
    int depth = 0;
    event::listen(conn, event::before_cursor_execute, [&](event::CursorExecution& execution) {
        note(std::to_string(depth));
        if (depth > 0) return;
        ++depth;
        EXPECT_EQ(execution.connection.scalar(find(2)), "patrick");
        --depth;
    });
    EXPECT_EQ(conn.scalar(find(1)), "sandy");
    EXPECT_THAT(heard, ElementsAre("0", "1"));
}

TEST_P(Events, what_a_listener_of_begin_executes_is_part_of_the_transaction) {
    auto conn = engine.connect();
    const event::ScopedListener listener = event::listen(conn, event::begin, [&](Connection& in) {
        in.execute(insert(users).values(users.name = "by the listener"));
    });
    (void)conn.execute(find(1)).all();
    EXPECT_EQ(conn.scalar(select(func::count()).select_from(users)), 4);
    conn.rollback();
    {
        auto transaction = conn.begin();
        EXPECT_TRUE(transaction.is_active());
    }
    EXPECT_EQ(count(engine), 3);
}

TEST_P(Events, a_listener_may_close_the_connection) {
    auto conn = engine.connect();
    event::listen(conn, event::before_cursor_execute,
                  [&](event::CursorExecution& execution) { execution.connection.close(); });
    EXPECT_THROW((void)conn.execute(find(1)), ResourceClosedError);
    EXPECT_TRUE(conn.closed());
}

// --- listeners that throw ------------------------------------------------------------------------

TEST_P(Events, a_listener_that_throws_leaves_the_connection_usable) {
    auto conn = engine.connect();
    const auto refuse = [](auto&) { throw std::domain_error("refused"); };
    for (int i = 0; i < 2; ++i) {
        event::listen(conn, event::before_execute, refuse, {.once = true});
        EXPECT_THROW((void)conn.execute(find(1)), std::domain_error);
        event::listen(conn, event::before_cursor_execute, refuse, {.once = true});
        EXPECT_THROW((void)conn.execute(find(1)), std::domain_error);
        event::listen(conn, event::after_cursor_execute, refuse, {.once = true});
        EXPECT_THROW((void)conn.execute(find(1)), std::domain_error);
        event::listen(conn, event::after_execute, refuse, {.once = true});
        EXPECT_THROW((void)conn.execute(find(1)), std::domain_error);
        EXPECT_EQ(conn.scalar(find(1)), "sandy");
    }
}

TEST_P(Events, a_listener_that_throws_decides_about_a_transaction) {
    auto conn = engine.connect();
    const auto refuse = [](Connection&) { throw std::domain_error("refused"); };
    event::listen(conn, event::begin, refuse, {.once = true});
    EXPECT_THROW((void)conn.begin(), std::domain_error);
    EXPECT_FALSE(conn.in_transaction());
    event::listen(conn, event::begin, refuse, {.once = true});
    EXPECT_THROW((void)conn.execute(find(1)), std::domain_error);
    EXPECT_FALSE(conn.in_transaction());

    conn.execute(insert(users).values(users.name = "a"));
    event::listen(conn, event::commit, refuse, {.once = true});
    EXPECT_THROW(conn.commit(), std::domain_error);
    EXPECT_TRUE(conn.in_transaction()) << "it was not committed, and can be";
    conn.commit();
    EXPECT_EQ(count(engine), 4);

    conn.execute(insert(users).values(users.name = "b"));
    event::listen(conn, event::rollback, refuse, {.once = true});
    EXPECT_THROW(conn.rollback(), std::domain_error);
    EXPECT_FALSE(conn.in_transaction()) << "it was rolled back all the same";
    EXPECT_EQ(count(engine), 4);
}

TEST_P(Events, a_listener_of_its_end_may_end_the_transaction_itself) {
    const Engine own = own_engine();
    int calls = 0;
    event::listen(own, event::rollback, [&](Connection& conn) {
        ++calls;
        conn.close();
    });
    auto conn = own.connect();
    (void)conn.execute(find(1)).all();
    conn.rollback();
    EXPECT_TRUE(conn.closed());
    EXPECT_EQ(calls, 1);
    {
        auto left = own.connect();
        (void)left.execute(find(1)).all();
    }
    EXPECT_EQ(calls, 2);
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
}

TEST_P(Events, R25_a_listener_may_throw_anything_in_a_destructor) {
    const Engine own = own_engine();
    {
        auto conn = own.connect();
        auto transaction = conn.begin();
        event::listen(conn, event::rollback, [](Connection&) { throw 5; });
    }
    EXPECT_THAT(log.text(), HasSubstr("a listener of rollback failed"));
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
}

TEST_P(Events, a_listener_that_refuses_the_second_phase_leaves_it_to_the_database) {
    if (!requirements.two_phase) return;  // refused: TwoPhase's first test
    const Engine own = own_engine();
    std::string xid;
    {
        auto conn = own.connect();
        event::listen(conn, event::commit, [](Connection&) { throw std::domain_error("no"); });
        auto transaction = conn.begin_twophase();
        xid = transaction.xid();
        conn.execute(insert(users).values(users.name = "a"));
        transaction.prepare();
        EXPECT_THROW(transaction.commit(), std::domain_error);
    }
    // Others may have committed their parts: the server needs some time to notice the loss.
    auto conn = engine.connect();
    for (int i = 0; i < 200; ++i) try {
            conn.rollback_prepared(xid);
            break;
        } catch (const ProgrammingError&) {
            ASSERT_LT(i, 199);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    EXPECT_EQ(count(engine), 3);
}

TEST_P(Events, a_listener_that_throws_does_not_keep_a_prepared_transaction) {
    if (!requirements.two_phase) return;  // refused: TwoPhase's first test
    const Engine own = own_engine();
    auto conn = own.connect();
    std::string xid;
    {
        auto transaction = conn.begin_twophase();
        xid = transaction.xid();
        (void)conn.execute(find(1)).all();
        transaction.prepare();
        event::listen(conn, event::rollback, [](Connection&) { throw std::domain_error("no"); });
    }
    EXPECT_THAT(log.text(), HasSubstr("a listener of rollback failed: no"));
    EXPECT_FALSE(conn.closed());
    EXPECT_THAT(conn.recover_twophase(), Not(testing::Contains(xid)));
}

TEST_P(Events, a_listener_may_own_another) {
    const Engine own = own_engine();
    auto owned = std::make_shared<event::ScopedListener>(
        event::listen(own, event::commit, [&](Connection&) { note("commit"); }));
    {
        auto conn = own.connect();
        event::listen(conn, event::begin, [owned](Connection&) {});
        owned.reset();
    }
    {
        auto conn = own.connect();
        event::listen(conn, event::begin, [&](Connection&) { note("begin"); });
        conn.begin().commit();
    }
    EXPECT_THAT(take_heard(), ElementsAre("begin")) << "with its owner the other has gone";
}

TEST_P(Events, R25_a_listener_that_throws_in_a_destructor_is_logged) {
    const Engine own = own_engine();
    {
        auto conn = own.connect();
        (void)conn.execute(find(1)).all();
        event::listen(conn, event::rollback, [](Connection&) { throw std::domain_error("no"); });
    }
    {
        auto conn = own.connect();
        auto transaction = conn.begin();
        event::listen(conn, event::rollback, [](Connection&) { throw std::domain_error("no"); });
    }
    EXPECT_THAT(log.text(), HasSubstr("a listener of rollback failed: no"));
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
}

TEST_P(Events, a_connection_that_a_listener_refuses_goes_back_to_the_pool) {
    const Engine own = own_engine();
    event::listen(own, event::engine_connect,
                  [](Connection&) { throw std::domain_error("refused"); });
    EXPECT_THROW((void)own.connect(), std::domain_error);
    EXPECT_THROW((void)own.begin(), std::domain_error);
    EXPECT_EQ(own.pool().statistics().checked_out, 0);
}

// --- errors --------------------------------------------------------------------------------------

struct OutOfNames : std::runtime_error {
    using std::runtime_error::runtime_error;
};

TEST_P(Events, handle_error_sees_the_error_and_may_replace_it) {
    auto conn = engine.connect();
    const auto duplicate = [&] {
        conn.execute(insert(users).values(users.id = 1, users.name = "twice"));
    };
    {
        const event::ScopedListener listener =
            event::listen(conn, event::handle_error, [&](event::ErrorContext& context) {
                EXPECT_NE(dynamic_cast<const IntegrityError*>(&context.exception), nullptr);
                EXPECT_EQ(&context.engine.dialect(), &engine.dialect());
                EXPECT_NE(context.connection, nullptr);
                EXPECT_FALSE(context.is_disconnect);
                note(context.exception.statement());
                note(context.exception.parameters());
                context.replace(OutOfNames("there is one already"));
            });
        EXPECT_EQ(message_of<OutOfNames>(duplicate), "there is one already");
        EXPECT_THAT(heard.at(0), HasSubstr("INSERT INTO"));
        EXPECT_THAT(heard.at(1), HasSubstr("'twice'"));
    }
    conn.rollback();
    event::listen(conn, event::handle_error,
                  [](event::ErrorContext&) { std::throw_with_nested(OutOfNames("around it")); });
    try {
        duplicate();
        ADD_FAILURE() << "no exception";
    } catch (const OutOfNames& error) {
        EXPECT_THROW(std::rethrow_if_nested(error), IntegrityError);
    }
    conn.rollback();
    EXPECT_EQ(conn.scalar(find(1)), "sandy");
}

TEST_P(Events, handle_error_hears_of_rows_that_can_not_be_calculated) {
    auto conn = engine.connect();
    event::listen(conn, event::handle_error, [&](event::ErrorContext& context) {
        note(context.connection == nullptr ? "" : "heard");
    });
    const auto overflow = text(
        "select abs(n) as n from (select 1 as n union all select -9223372036854775807 - 1) as t");
    EXPECT_THROW((void)conn.execute(overflow).all(), DataError);
    EXPECT_THAT(heard, ElementsAre("heard"));
    conn.rollback();
    EXPECT_EQ(conn.scalar(find(1)), "sandy");
}

TEST_P(Events, handle_error_may_say_that_the_connection_is_lost) {
    const Engine own = own_engine();
    for (const bool whole_pool : {true, false}) {
        auto conn = own.connect();
        event::listen(conn, event::handle_error, [&](event::ErrorContext& context) {
            context.is_disconnect = true;
            context.invalidate_pool_on_disconnect = whole_pool;
        });
        const auto error =
            caught<ProgrammingError>([&] { conn.exec_driver_sql("select * from nowhere"); });
        ASSERT_TRUE(error);
        EXPECT_TRUE(error->connection_invalidated());
        EXPECT_THROW((void)conn.execute(find(1)), PendingRollbackError);
        conn.rollback();
    }
    const auto opened = own.pool().statistics().opened;
    EXPECT_EQ(own.connect().scalar(select(literal(1))), 1);
    EXPECT_EQ(own.pool().statistics().opened, opened + 1);
}

TEST_P(Events, handle_error_hears_why_there_is_no_connection) {
    const Engine nowhere = make_engine({.creator = []() -> std::unique_ptr<driver::Connection> {
        throw OperationalError(DriverFault{.message = "closed on sundays"});
    }});
    event::listen(nowhere, event::handle_error, [&](event::ErrorContext& context) {
        EXPECT_EQ(context.connection, nullptr);
        note(context.exception.fault().message);
        context.replace(OutOfNames("come back tomorrow"));
    });
    EXPECT_THROW((void)nowhere.connect(), OutOfNames);
    EXPECT_THAT(heard, ElementsAre("closed on sundays"));
}

// --- engines and pools ---------------------------------------------------------------------------

TEST_P(Events, do_connect_may_change_the_url) {
    const URL right = make_url(GetParam().url);
    const Engine own = create_engine(
        right.set({.database = requirements.sqlite ? "/nowhere/at/all.db" : "no_such_database"}));
    EXPECT_THROW((void)own.connect(), OperationalError);
    event::listen(own, event::do_connect, [&](event::Connecting& connecting) {
        EXPECT_EQ(&connecting.dialect, &own.dialect());
        connecting.url = right;
    });
    EXPECT_EQ(own.connect().scalar(select(literal(1))), 1);
}

TEST_P(Events, do_connect_may_open_the_connection_itself) {
    const URL url = make_url(GetParam().url);
    const Engine own = own_engine();
    own.dispose();
    driver::Connection* opened = nullptr;
    event::listen(own, event::do_connect, [&](event::Connecting& connecting) {
        connecting.connection = connecting.dialect.creator(url)();
        opened = connecting.connection.get();
    });
    auto conn = own.connect();
    EXPECT_EQ(&conn.driver_connection(), opened);
}

TEST_P(Events, engine_disposed_comes_after_dispose) {
    const Engine own = own_engine();
    event::listen(own, event::engine_disposed, [&](const Engine& disposed) {
        EXPECT_EQ(disposed, own);
        EXPECT_EQ(disposed.pool().statistics().checked_in, 0);
        note("disposed");
    });
    own.dispose();
    EXPECT_THAT(heard, ElementsAre("disposed"));
}

TEST_P(Events, of_its_pool_are_heard_by_an_engine) {
    const Engine own = make_engine();
    event::listen(own, event::connect, [&](const PoolEvent& told) {
        told.info()["number"] = 7;
        note("connect");
    });
    event::listen(own, event::checkout, [&](const PoolEvent& told) {
        note("checkout " + std::to_string(std::any_cast<int>(told.info().at("number"))));
    });
    event::listen(own, event::checkin, [&](const PoolEvent&) { note("checkin"); });
    (void)own.connect().execute(select(literal(1))).all();
    EXPECT_THAT(heard, ElementsAre("connect", "checkout 7", "checkin"));
}

TEST_P(Events, threads_may_listen_and_stop_while_others_execute) {
    const Engine own = make_engine();
    std::atomic<bool> done{false};
    std::atomic<int> calls{0};
    std::vector<std::jthread> executing;
    for (int i = 0; i < 2; ++i)
        executing.emplace_back([&] {
            auto conn = own.connect();
            while (!done) EXPECT_EQ(conn.scalar(select(literal(1))), 1);
        });
    std::vector<std::jthread> listening;
    for (int i = 0; i < 2; ++i)
        listening.emplace_back([&] {
            for (int n = 0; n < 100; ++n) {
                const event::ScopedListener all =
                    event::listen(own, event::before_execute, [&](auto&) { ++calls; });
                event::listen(own, event::after_cursor_execute, [&](auto&) { ++calls; },
                              {.once = true});
                std::this_thread::yield();
            }
        });
    listening.clear();
    while (calls == 0) std::this_thread::yield();
    done = true;
    executing.clear();
    EXPECT_GT(calls, 0);
}

TEST_P(Events, a_listener_that_listens_once_is_called_by_one_of_all_threads) {
    const Engine own = make_engine();
    std::atomic<int> calls{0};
    event::listen(own, event::before_execute, [&](auto&) { ++calls; }, {.once = true});
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] { (void)own.connect().scalar(select(literal(1))); });
    threads.clear();
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace compliance
