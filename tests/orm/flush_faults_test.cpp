// SPDX-License-Identifier: MIT
#include "model_based_schema.hpp"

#include <tests/support/requirements.hpp>
#include <tests/support/server_process.hpp>

#include <functional>

// Faults in the middle of a flush that does a little of everything (design rule R14): a row that a
// constraint refuses, a statement that fails, a connection that is lost.

namespace model_based {

enum class Fault { constraint, statement, connection };

struct FaultCase {
    azoth::test::Database database;
    Fault fault;
    int at;  ///< the row, or the statement, counting from 0
};

void PrintTo(const FaultCase& fault, std::ostream* out) {
    *out << fault.database.label << ", at " << fault.at;
}

std::vector<FaultCase> all_faults() {
    std::vector<FaultCase> cases;
    for (const auto& database : azoth::test::databases()) {
        for (const int at : {0, 2, 4}) cases.push_back({database, Fault::constraint, at});
        cases.push_back({database, Fault::statement, 0});
        if (database.label.starts_with("sqlite")) continue;  // it have no connection to lose
        for (const int at : {0, 1, 2, 3, 4}) cases.push_back({database, Fault::connection, at});
    }
    return cases;
}

std::string name_of_fault(const testing::TestParamInfo<FaultCase>& info) {
    static constexpr const char* faults[] = {"constraint", "statement", "connection"};
    return info.param.database.label + "_" + faults[static_cast<int>(info.param.fault)] + "_" +
           std::to_string(info.param.at);
}

class FlushFaults : public testing::TestWithParam<FaultCase> {
  protected:
    FlushFaults()
        : engine(create_engine(url(), {.echo = true, .log = [this](const LogRecord& record) {
                                           if (before_statement) before_statement(record.message);
                                       }})) {
        model.drop_all(engine);
        model.create_all(engine);
        engine.begin([](Connection& connection) {
            connection.execute(text("create unique index mb_tag_name on mb_tag (name)"));
        });
        session.emplace(engine, model);
        team = session->add(Team{.name = "team", .players = {Player{.name = "player"}}});
        other = session->add(Team{.name = "other"});
        country = session->add(Country{.id = "de", .name = "country"});
        gone = session->add(Node{.name = "gone"});
        taken = session->add(Tag{.name = "taken"});
        session->commit();
        player = team->players[0];
    }
    ~FlushFaults() override {
        before_statement = nullptr;
        session.reset();
        model.drop_all(engine);
    }
    [[nodiscard]] static const std::string& url() { return GetParam().database.url; }

    /// A little of everything, with the fault prepared.
    void change() {
        if (GetParam().fault == Fault::statement) take_table_away();
        std::optional<std::int64_t> backend;  // asked for before there is anything to flush
        if (GetParam().fault == Fault::connection)
            backend = azoth::test::server_process_of(GetParam().database, *session);
        team->name = "renamed";
        country->id = "dd";
        team->one = country;
        other->players.add(player);
        session->delete_(gone);
        fan = team->fans.add(Fan{.name = "fan"});
        for (int i = 0; i < 5; ++i) {
            const bool refused = GetParam().fault == Fault::constraint && GetParam().at == i;
            tags.push_back(player->tags.add(Tag{.name = refused ? "taken" : std::to_string(i)}));
        }
        if (backend) lose_connection_at(*backend, GetParam().at);
    }
    /// In the transaction, which takes it back: where a database can't, in one of its own.
    void take_table_away() {
        const auto rename = text("alter table mb_tag rename to mb_tag_elsewhere");
        if (requirements.transactional_ddl)
            session->execute(rename);
        else
            engine.begin([&](Connection& connection) { connection.execute(rename); });
    }
    /// The fault is over.
    void mend() {
        before_statement = nullptr;
        if (GetParam().fault == Fault::statement && !requirements.transactional_ddl)
            engine.begin([](Connection& connection) {
                connection.execute(text("alter table mb_tag_elsewhere rename to mb_tag"));
            });
    }
    /// Before that statement of the flush the server ends.
    void lose_connection_at(std::int64_t backend, int statement) {
        before_statement = [backend, left = statement](std::string_view message) mutable {
            const bool writes = message.starts_with("INSERT") || message.starts_with("UPDATE") ||
                                message.starts_with("DELETE");
            if (!writes || left-- != 0) return;
            azoth::test::end_server_process(GetParam().database, backend);
        };
    }
    /// What somebody else sees.
    [[nodiscard]] std::string stored() {
        Session looking(engine, model);
        std::string all;
        for (const auto& each : looking.scalars(select<Team>().order_by(col<&Team::id>)))
            all += each->name + (each->one ? " of " + each->one->id : "") + "; ";
        for (const auto& each : looking.scalars(select<Player>())) all += each->one->name + "; ";
        for (const auto& each : looking.scalars(select<Country>())) all += each->id + "; ";
        all += std::to_string(looking.scalars(select<Node>()).all().size()) + " nodes; ";
        all += std::to_string(looking.scalars(select<Tag>()).all().size()) + " tags; ";
        return all + std::to_string(looking.scalars(select<Fan>()).all().size()) + " fans";
    }

    const azoth::test::Requirements requirements{GetParam().database};
    Model model = make_model();
    std::function<void(std::string_view)> before_statement;
    Engine engine;
    std::optional<Session> session;
    Ptr<Team> team;
    Ptr<Team> other;
    Ptr<Player> player;
    Ptr<Country> country;
    Ptr<Node> gone;
    Ptr<Tag> taken;
    Ptr<Fan> fan;
    std::vector<Ptr<Tag>> tags;
};
INSTANTIATE_TEST_SUITE_P(All, FlushFaults, testing::ValuesIn(all_faults()), name_of_fault);

TEST_P(FlushFaults, R14_a_fault_in_the_middle_is_rolled_back_and_edits_stay_until_the_rollback) {
    change();
    const std::string error = message_of<DatabaseError>([&] { session->flush(); });
    mend();
    ASSERT_THAT(error, testing::Not(HasSubstr("(no exception)")));

    // The program's own edits stay; what the flush wrote is put back.
    EXPECT_EQ(team.read().name, "renamed");
    EXPECT_EQ(country.read().id, "dd");
    EXPECT_EQ(fan.read().id, 0);
    EXPECT_EQ(fan.read().one_id, std::nullopt);
    EXPECT_EQ(player.read().one_id, team.read().id);
    EXPECT_EQ(team.read().one_id, std::nullopt);
    for (const auto& tag : tags) EXPECT_EQ(tag.read().id, 0);
    EXPECT_THAT(session->new_<Tag>(), testing::SizeIs(5));
    EXPECT_THAT(session->deleted<Node>(), ElementsAre(gone));

    // Nothing goes before a rollback, and what is said is the original error.
    const std::string first_line = error.substr(0, error.find('\n'));
    for (int i = 0; i < 2; ++i)
        EXPECT_THAT(message_of<PendingRollbackError>([&] { session->flush(); }),
                    HasSubstr(first_line));
    EXPECT_THAT(message_of<PendingRollbackError>([&] { (void)session->get<Team>(4711); }),
                HasSubstr(first_line));

    session->rollback();
    EXPECT_EQ(team->name, "team");
    EXPECT_EQ(team->one, nullptr);
    EXPECT_EQ(country->id, "de");
    EXPECT_EQ(player->one, team);
    EXPECT_TRUE(session->contains(gone));
    EXPECT_FALSE(session->contains(fan));
    EXPECT_TRUE(player->tags.empty());
    EXPECT_EQ(session->get<Country>("de"), country);
    session->rollback();
    EXPECT_EQ(stored(), "team; other; team; de; 1 nodes; 1 tags; 0 fans");
}

TEST_P(FlushFaults, R14_after_the_rollback_the_same_work_succeeds) {
    change();
    EXPECT_THROW(session->flush(), DatabaseError);
    mend();
    session->rollback();
    team->name = "renamed";
    country->id = "dd";
    team->one = country;
    other->players.add(player);
    session->delete_(gone);
    team->fans.add(fan);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        tags[i]->name = "again" + std::to_string(i);
        player->tags.add(tags[i]);
    }
    session->commit();
    EXPECT_EQ(player->tags.size(), 5U);
    session->rollback();
    EXPECT_EQ(stored(), "renamed of dd; other; other; dd; 0 nodes; 6 tags; 1 fans");
}

}  // namespace model_based
