// SPDX-License-Identifier: MIT
// Transactions that meet others and are begun again.
#include <tests/compliance/support.hpp>

#include <atomic>
#include <chrono>
#include <future>

namespace compliance {
namespace {

using std::chrono::milliseconds;

constexpr RetryOptions at_once{.first_delay = milliseconds{0}};

class RunInTransaction : public UsersTest {
  protected:
    void age(Connection& conn, std::int64_t id) {
        conn.execute(update(users).values(users.age = users.age + 1).where(users.id == id));
    }
    Integers ages() {
        Integers all;
        auto conn = engine.connect();
        for (const int age : conn.scalars(select(users.age).order_by(users.id)).all())
            all.push_back(age);
        return all;
    }
    /// Of an isolation that refuses to write over what others have written since the first read.
    Engine strict_engine() {
        return make_engine(
            {.log = log.callback(),
             .isolation_level = requirements.mariadb ? "REPEATABLE READ" : "SERIALIZABLE"});
    }
    /// Reads, has another transaction write the same row where `disturbed`, and writes.
    void read_and_write(Connection& conn, bool disturbed) {
        if (requirements.mariadb)
            conn.exec_driver_sql("set session innodb_snapshot_isolation = on");
        (void)conn.scalars(select(users.age)).all();
        if (disturbed) engine.begin([&](Connection& other) { age(other, 1); });
        age(conn, 1);
    }
};
AZOTH_ON_ALL_DATABASES(RunInTransaction);

TEST_P(RunInTransaction, two_that_wait_for_each_other_both_succeed) {
    std::atomic<int> arrived{0};
    std::atomic<int> runs{0};
    const auto meet = [&] {
        ++arrived;
        const auto end = std::chrono::steady_clock::now() + milliseconds{500};
        while (arrived < 2 && std::chrono::steady_clock::now() < end) std::this_thread::yield();
    };
    const auto work = [&](std::int64_t first, std::int64_t second) {
        run_in_transaction(engine, [&](Connection& conn) {
            ++runs;
            age(conn, first);
            meet();
            age(conn, second);
        });
    };
    if (requirements.several_connections) {
        auto other = std::async(std::launch::async, [&] { work(2, 1); });
        work(1, 2);
        other.get();
    } else {
        work(1, 2);
        work(2, 1);
    }
    EXPECT_EQ(ages(), Integers({32, 22, 40}));
    EXPECT_EQ(runs, requirements.concurrent_writers ? 3 : 2) << "one is the victim, once";
}

TEST_P(RunInTransaction, what_others_wrote_meanwhile_is_read_again) {
    auto strict = requirements.several_connections ? strict_engine() : engine;
    int runs = 0;
    (void)log.take();
    const int result = run_in_transaction(
        strict,
        [&](Connection& conn) {
            read_and_write(conn, ++runs == 1 && requirements.several_connections);
            return runs;
        },
        at_once);
    EXPECT_EQ(result, runs);
    EXPECT_EQ(runs, requirements.several_connections ? 2 : 1);
    EXPECT_EQ(ages(), Integers({requirements.several_connections ? 32 : 31, 20, 40}));
    const char* const told =
        requirements.several_connections ? "tried again in 0 ms, after attempt 1 of 10" : "";
    EXPECT_THAT(log.text(), HasSubstr(told));
}

TEST_P(RunInTransaction, the_last_error_comes_out_when_no_attempt_is_left) {
    if (!requirements.several_connections) {
        EXPECT_FALSE(requirements.concurrent_writers) << "nobody can disturb it";
        return;
    }
    auto strict = strict_engine();
    int runs = 0;
    try {
        run_in_transaction(
            strict,
            [&](Connection& conn) {
                ++runs;
                read_and_write(conn, true);
            },
            {.attempts = 3, .first_delay = milliseconds{1}, .longest_delay = milliseconds{2}});
        ADD_FAILURE() << "it succeeded";
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.retryable());
        EXPECT_THAT(error.statement(), HasSubstr("UPDATE"));
    }
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(ages(), Integers({33, 20, 40})) << "the others' work alone";
}

TEST_P(RunInTransaction, other_exceptions_come_out_at_once_and_roll_back) {
    int runs = 0;
    EXPECT_THROW(run_in_transaction(engine,
                                    [&](Connection& conn) {
                                        ++runs;
                                        age(conn, 1);
                                        throw std::runtime_error("of the program");
                                    }),
                 std::runtime_error);
    try {
        run_in_transaction(engine, [&](Connection& conn) {
            ++runs;
            age(conn, 1);
            conn.execute(insert(users).values(users.id = 1, users.name = "twice"));
        });
        ADD_FAILURE() << "it succeeded";
    } catch (const IntegrityError& error) {
        EXPECT_FALSE(error.retryable());
    }
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(ages(), Integers({30, 20, 40}));
}

TEST_P(RunInTransaction, R25_a_commit_in_doubt_is_never_tried_again) {
    engine::Retries retries(engine, at_once);
    DriverFault fault;
    fault.retryable = true;
    EXPECT_TRUE(retries.again(OperationalError(fault)));
    EXPECT_FALSE(retries.again(CommitInDoubtError(fault)));
}

TEST_P(RunInTransaction, options_that_make_no_sense_are_named) {
    const auto run = [&](RetryOptions options) {
        return message_of<ArgumentError>(
            [&] { run_in_transaction(engine, [](Connection&) {}, options); });
    };
    EXPECT_THAT(run({.attempts = 0}), HasSubstr("RetryOptions::attempts is 0"));
    EXPECT_THAT(run({.first_delay = milliseconds{-1}}), HasSubstr("negative"));
    EXPECT_THAT(run({.longest_delay = milliseconds{-1}}), HasSubstr("negative"));
}

}  // namespace
}  // namespace compliance
