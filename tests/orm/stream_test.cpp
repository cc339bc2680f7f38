// SPDX-License-Identifier: MIT
#include "shop.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <thread>

// Design rule R18: objects for reading, a window of rows at a time.

namespace shop {
namespace {

/// All its bytes are columns: the next window is read into the same objects.
struct Reading {
    std::int64_t id{};
    double value{};
    std::string unit{};
    std::optional<std::string> note{};
    static void map(Mapping<Reading>& m) {
        m.table("stream_reading");
        m.column<&Reading::id>(primary_key);
        m.column<&Reading::value>(always_sent);
        m.column<&Reading::unit>();
        m.column<&Reading::note>();
    }
};

/// Says how many of them there are, and remembers what a reader has worked out.
struct Watched {
    static inline std::atomic<int> alive = 0;
    struct Count {
        Count() { ++alive; }
        Count(const Count&) { ++alive; }
        Count& operator=(const Count&) = default;
        ~Count() { --alive; }
    };
    std::int64_t id{};
    std::string name{};
    mutable std::string shout{};  // no column
    Count count{};
    static void map(Mapping<Watched>& m) {
        m.table("stream_watched");
        m.column<&Watched::id>(primary_key);
        m.column<&Watched::name>();
    }
};

class Streams : public FlushTest {
  protected:
    void SetUp() override {
        use<Reading, Watched>();
        for (std::int64_t id = 1; id <= 25; ++id) {
            session->add(Reading{.id = id,
                                 .value = static_cast<double>(id) / 4,
                                 .unit = "a unit of more than fifteen bytes " + std::to_string(id),
                                 .note = id % 2 == 0 ? std::optional<std::string>() : "odd"});
            session->add(Watched{.id = id, .name = "n" + std::to_string(id)});
        }
        session->commit();
        reopen();
    }
    [[nodiscard]] auto readings(std::size_t window = 4) {
        return session->stream(select<const Reading>().order_by(col<&Reading::id>), {},
                               {.yield_per = window});
    }
    [[nodiscard]] auto watched(std::size_t window = 4) {
        return session->stream(select<const Watched>().order_by(col<&Watched::id>), {},
                               {.yield_per = window});
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(Streams);

void expect_whole(const Reading& reading, std::int64_t id) {
    EXPECT_EQ(reading.id, id);
    EXPECT_EQ(reading.value, static_cast<double>(id) / 4);
    EXPECT_EQ(reading.unit, "a unit of more than fifteen bytes " + std::to_string(id));
    EXPECT_EQ(reading.note.has_value(), id % 2 != 0);
}

// --- what a loop sees ----------------------------------------------------------------------------

TEST_P(Streams, R18_every_row_is_an_object_whatever_the_size_of_the_windows) {
    for (const std::size_t window : {1U, 2U, 5U, 24U, 25U, 26U, 1000U}) {
        std::int64_t id = 0;
        for (const auto& reading : readings(window)) expect_whole(*reading, ++id);
        EXPECT_EQ(id, 25) << "in windows of " << window;
    }
}

TEST_P(Streams, R18_a_stream_without_rows_ends_at_once_and_stays_at_its_end) {
    auto stream = session->stream(select<const Reading>().where(col<&Reading::id> > 100));
    EXPECT_EQ(stream.next(), nullptr);
    EXPECT_EQ(stream.next(), nullptr);
    session->commit();
    EXPECT_EQ(stream.next(), nullptr) << "it was at its end before";
}

TEST_P(Streams, R18_its_objects_are_not_in_the_identity_map) {
    const auto known = session->get<Reading>(1);
    std::vector<Ptr<const Reading>> kept;
    for (const auto& reading : readings()) kept.push_back(reading);
    EXPECT_NE(kept.front(), known);
    EXPECT_FALSE(session->contains(kept[1]));
    (void)sent();
    EXPECT_NE(session->get<Reading>(2), kept[1]);
    EXPECT_THAT(sent(), ElementsAre("SELECT stream_reading"));
}

TEST_P(Streams, R18_what_is_pending_is_flushed_before) {
    session->add(Reading{.id = 26, .value = 6.5, .unit = "new"});
    std::int64_t last = 0;
    for (const auto& reading : readings()) last = reading->id;
    EXPECT_EQ(last, 26);
}

TEST_P(Streams, R18_windows_of_no_rows_are_refused) {
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)readings(0); }), HasSubstr("yield_per"));
}

TEST_P(Streams, R18_a_stream_is_handed_on_in_the_middle) {
    auto stream = readings();
    (void)stream.next();
    auto next = std::move(stream);
    expect_whole(**next.next(), 2);
    stream = readings(3);
    expect_whole(**stream.next(), 1);
    stream = std::move(next);
    expect_whole(**stream.next(), 3);
}

TEST_P(Streams, R18_parameters_are_given_by_name) {
    auto stream = session->stream(
        select<const Reading>().where(col<&Reading::id> == bindparam<std::int64_t>("wanted")),
        {{"wanted", std::int64_t{7}}});
    expect_whole(**stream.next(), 7);
    EXPECT_EQ(stream.next(), nullptr);
}

// --- memory --------------------------------------------------------------------------------------

TEST_P(Streams, R18_a_kept_handle_keeps_its_object_while_the_loop_moves_on) {
    std::vector<Ptr<const Reading>> kept;
    std::int64_t id = 0;
    for (const auto& reading : readings())
        if (++id % 6 == 0) kept.push_back(reading);
    for (std::size_t i = 0; i < kept.size(); ++i)
        expect_whole(*kept[i], static_cast<std::int64_t>(6 * (i + 1)));
}

TEST_P(Streams, R18_all_handles_may_be_kept_and_outlive_stream_and_session) {
    std::vector<Ptr<const Reading>> kept;
    for (auto reading : readings()) kept.push_back(std::move(reading));
    session->close();
    for (std::size_t i = 0; i < kept.size(); ++i)
        expect_whole(*kept[i], static_cast<std::int64_t>(i + 1));
}

TEST_P(Streams, R18_moving_from_the_loops_handle_copies_it) {
    std::vector<Ptr<const Reading>> kept;
    for (auto&& reading : readings(2)) kept.push_back(std::move(reading));  // NOLINT: that is it
    ASSERT_EQ(kept.size(), 25U);
    expect_whole(*kept.front(), 1);
    expect_whole(*kept.back(), 25);
}

TEST_P(Streams, R18_no_more_than_a_window_of_objects_is_alive) {
    const int before = Watched::alive;
    int most = 0;
    for (const auto& each : watched(4)) {
        EXPECT_FALSE(each->name.empty());
        most = std::max(most, Watched::alive.load() - before);
    }
    EXPECT_EQ(most, 4);
    EXPECT_EQ(Watched::alive, before);
}

TEST_P(Streams, R18_a_kept_handle_keeps_no_more_than_its_window) {
    const int before = Watched::alive;
    Ptr<const Watched> kept;
    for (const auto& each : watched(4))
        if (each->id == 10) kept = each;
    EXPECT_EQ(kept->name, "n10");
    EXPECT_EQ(Watched::alive - before, 4);
    kept.reset();
    EXPECT_EQ(Watched::alive, before);
}

TEST_P(Streams, R18_a_loop_that_is_left_frees_everything) {
    const int before = Watched::alive;
    for (const auto& each : watched(4))
        if (each->id == 10) break;
    EXPECT_EQ(Watched::alive, before);
    auto stream = watched(4);
    (void)stream.next();
    stream.close();
    EXPECT_EQ(Watched::alive, before);
    EXPECT_EQ(stream.next(), nullptr);
}

TEST_P(Streams, R18_what_is_no_column_is_new_in_each_object) {
    for (const auto& each : watched(3)) {
        EXPECT_EQ(each->shout, "") << "of another row";
        each->shout = each->name + "!";
    }
}

TEST_P(Streams, R18_handles_are_dropped_by_other_threads_while_the_loop_runs) {
    std::vector<std::thread> threads;
    std::atomic<std::int64_t> sum = 0;
    for (const auto& reading : readings(3))
        threads.emplace_back([kept = reading, &sum] { sum += kept->id; });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(sum, 25 * 26 / 2);
}

/// Can be made only while `may` says so.
struct Fragile {
    static inline bool may = true;
    Fragile() {
        if (!may) throw std::runtime_error("too fragile");
    }
    std::int64_t id{};
    static void map(Mapping<Fragile>& m) {
        m.table("stream_fragile");
        m.column<&Fragile::id>(primary_key);
    }
};
class FragileStreams : public FlushTest {
  protected:
    ~FragileStreams() override { Fragile::may = true; }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FragileStreams);

TEST_P(FragileStreams, R18_an_object_that_can_not_be_made_ends_the_stream) {
    use<Fragile>();
    session->emplace<Fragile>();
    session->commit();
    auto stream = session->stream(select<const Fragile>());
    Fragile::may = false;
    EXPECT_THROW((void)stream.next(), std::runtime_error);
    EXPECT_EQ(stream.next(), nullptr);
    EXPECT_EQ(session->scalar(select(func::count(col<&Fragile::id>))), 1);
}

// --- reading only --------------------------------------------------------------------------------

class StreamedObjects : public ShopTest {
  protected:
    [[nodiscard]] Ptr<const User> streamed() {
        auto stream = session->stream(select<const User>().where(col<&User::name> == "sandy"));
        return *stream.next();
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(StreamedObjects);

TEST_P(StreamedObjects, R18_a_relationship_throws_and_says_what_to_do) {
    const auto user = streamed();
    EXPECT_EQ(user->name, "sandy");
    for (const std::function<void()>& look : std::vector<std::function<void()>>{
             [&] { (void)user->addresses.size(); },
             [&] { (void)user->groups.begin(); },
             [&] {
                 auto stream = session->stream(select<const Address>());
                 (void)(*stream.next())->user.get();
             },
         })
        EXPECT_THAT(message_of<StreamedObjectError>(look), HasSubstr("session.get()"));
}

TEST_P(StreamedObjects, R18_a_deferred_column_throws_and_says_what_to_do) {
    session->add(Group{.title = "readers", .charter = std::string("read")});
    session->commit();
    auto stream = session->stream(select<const Group>());
    const auto group = *stream.next();
    EXPECT_EQ(group->title, "readers");
    EXPECT_THAT(message_of<StreamedObjectError>([&] { (void)*group->charter; }),
                testing::AllOf(HasSubstr("charter"), HasSubstr("session.get()")));
}

TEST_P(StreamedObjects, R18_a_session_refuses_it_and_names_get) {
    const auto user = streamed();
    for (const std::function<void()>& call : std::vector<std::function<void()>>{
             [&] { (void)session->edit(user); },
             [&] { session->refresh(user); },
             [&] { session->expire(user); },
             [&] { session->expunge(user); },
             [&] { session->delete_(user); },
             [&] { session->add(user); },
             [&] { session->set<&User::fullname>(user, "new"); },
         })
        EXPECT_THAT(message_of<StreamedObjectError>(call),
                    HasSubstr("session.get<shop::User>(key)"));
    EXPECT_EQ(session->get<User>(user->id)->name, "sandy");
}

TEST_P(StreamedObjects, R18_what_is_written_past_the_handle_never_reaches_the_database) {
    const auto user = streamed();
    const_cast<User&>(*user).name = "changed";
    session->commit();
    EXPECT_THAT(rows("select name from shop_user order by name"), ElementsAre("'pat'", "'sandy'"));
}

TEST_P(StreamedObjects, R18_merge_takes_it_for_a_value) {
    const auto user = streamed();
    session->get<User>(user->id)->name = "sandra";
    session->commit();
    EXPECT_EQ(session->merge(user)->name, "sandy");
    session->commit();
    EXPECT_THAT(emails("sandy"), testing::SizeIs(2)) << "its row is written, its links are left";
}

// --- rows ----------------------------------------------------------------------------------------

TEST_P(StreamedObjects, R18_rows_hold_objects_and_columns) {
    Strings seen;
    for (const auto& [user, email] :
         session->stream(select(entity<const User>, col<&Address::email>)
                             .join<&User::addresses>()
                             .order_by(col<&Address::email>),
                         {}, {.yield_per = 2}))
        seen.push_back(user->name + " " + email);
    EXPECT_THAT(seen, ElementsAre("pat p1", "sandy s1", "sandy s2"));
}

TEST_P(StreamedObjects, R18_two_rows_of_one_key_are_two_objects) {
    std::vector<Ptr<const User>> sandies;
    for (const auto& [user, address] :
         session->stream(select<const User, const Address>().join<&User::addresses>().where(
             col<&User::name> == "sandy")))
        sandies.push_back(user);
    ASSERT_EQ(sandies.size(), 2U);
    EXPECT_NE(sandies[0], sandies[1]);
    EXPECT_EQ(sandies[0]->id, sandies[1]->id);
}

TEST_P(StreamedObjects, R18_what_an_outer_join_does_not_find_is_null) {
    session->add(User{.name = "lonely"});
    Strings seen;
    for (const auto& [user, address] : session->stream(
             select<const User, const Address>().outer_join<&User::addresses>().order_by(
                 col<&User::name>, col<&Address::email>),
             {}, {.yield_per = 3}))
        seen.push_back(user->name + " " + (address ? address->email : "-"));
    EXPECT_THAT(seen, ElementsAre("lonely -", "pat p1", "sandy s1", "sandy s2"));
}

// --- its end -------------------------------------------------------------------------------------

/// Steps once, does `call`, and gives the message of the next step.
template <class Call>
std::string next_after(Session& session, const Call& call) {
    auto stream =
        session.stream(select<const Reading>().order_by(col<&Reading::id>), {}, {.yield_per = 4});
    const Ptr<const Reading>* first = stream.next();
    call();
    EXPECT_EQ((*first)->id, 1) << "valid to the next step";
    return message_of<InvalidRequestError>([&] { (void)stream.next(); });
}

TEST_P(Streams, R18_commit_rollback_and_close_end_it) {
    EXPECT_THAT(next_after(*session, [&] { session->commit(); }), HasSubstr("commit()"));
    EXPECT_THAT(next_after(*session, [&] { session->rollback(); }), HasSubstr("rollback()"));
    EXPECT_THAT(next_after(*session, [&] { session->close(); }), HasSubstr("close()"));
}

TEST_P(Streams, R18_it_may_outlive_its_session) {
    auto stream = readings();
    (void)stream.next();
    session.reset();
    EXPECT_THROW((void)stream.next(), InvalidRequestError);
}

TEST_P(Streams, R18_a_stream_of_rows_ends_with_the_transaction_too) {
    auto stream = session->stream(select(entity<const Reading>, col<&Reading::unit>));
    ASSERT_NE(stream.next(), nullptr);
    session->commit();
    EXPECT_THROW((void)stream.next(), InvalidRequestError);
    EXPECT_THROW((void)stream.next(), InvalidRequestError);
}

TEST_P(Streams, R18_a_rollback_to_a_savepoint_ends_what_began_inside) {
    auto outside = readings();
    (void)outside.next();
    auto savepoint = session->begin_nested();
    auto inside = readings();
    (void)inside.next();
    savepoint.rollback();
    EXPECT_THROW((void)inside.next(), InvalidRequestError);
    std::int64_t id = 1;
    while (const auto* reading = outside.next()) expect_whole(**reading, ++id);
    EXPECT_EQ(id, 25);
}

TEST_P(Streams, R18_what_began_inside_a_committed_savepoint_goes_on) {
    auto outer = session->begin_nested();
    auto inner = session->begin_nested();
    auto stream = readings();
    (void)stream.next();
    inner.commit();
    EXPECT_EQ((*stream.next())->id, 2);
    outer.rollback();
    EXPECT_THROW((void)stream.next(), InvalidRequestError);
}

TEST_P(Streams, R18_a_failed_flush_ends_it) {
    auto stream = readings();
    (void)stream.next();
    session->add(Reading{.id = 1, .value = 0, .unit = "twice"});
    EXPECT_THROW(session->flush(), IntegrityError);
    EXPECT_THROW((void)stream.next(), InvalidRequestError);
    session->rollback();
    EXPECT_THROW((void)stream.next(), InvalidRequestError);
}

TEST_P(Streams, R18_a_row_that_can_not_be_read_ends_it_and_says_why) {
    elsewhere("drop table stream_reading");
    elsewhere(
        "create table stream_reading (id bigint, value double precision, unit text, note text)");
    elsewhere("insert into stream_reading values (1, 1, 'a', 'b'), (2, 2, null, 'b')");
    auto stream = session->stream(select<const Reading>());
    EXPECT_THAT(message_of<NullValueError>([&] { (void)stream.next(); }), HasSubstr("unit"));
    EXPECT_EQ(stream.next(), nullptr);
}

// --- other statements ----------------------------------------------------------------------------

TEST_P(Streams, R21_other_statements_run_in_the_loop) {
    std::int64_t id = 0;
    for (const auto& reading : readings(4)) {
        expect_whole(*reading, ++id);
        const auto own = session->get<Reading>(reading->id);
        own->unit = "changed";
        session->add(Reading{.id = 100 + id, .value = 1, .unit = "added"});
        if (id % 5 == 0) session->flush();
        std::int64_t inner = 0;
        for (const auto& each : watched(7)) EXPECT_EQ(each->id, ++inner);
        EXPECT_EQ(inner, 25);
    }
    EXPECT_EQ(id, 25) << "what is added in the loop is not in it";
    session->commit();
    EXPECT_THAT(rows("select count(*) from stream_reading where unit = 'changed'"),
                ElementsAre("25"));
}

TEST_P(Streams, R21_two_streams_of_one_statement_run_at_the_same_time) {
    auto first = readings(3);
    auto second = readings(5);
    for (std::int64_t id = 1; id <= 25; ++id) {
        expect_whole(**first.next(), id);
        expect_whole(**second.next(), id);
    }
    EXPECT_EQ(first.next(), nullptr);
    EXPECT_EQ(second.next(), nullptr);
}

TEST_P(Streams, R19_a_stream_belongs_to_its_sessions_thread_and_may_be_handed_on_with_it) {
    auto stream = readings(4);
    (void)stream.next();
    std::int64_t id = 1;
    std::thread([&] {
        while (const auto* reading = stream.next()) expect_whole(**reading, ++id);
    }).join();
    EXPECT_EQ(id, 25);
}

}  // namespace
}  // namespace shop
