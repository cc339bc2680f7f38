// SPDX-License-Identifier: MIT
#include "shop.hpp"

#include <functional>
#include <optional>

// Design rule R14: what becomes of the program's edits where objects are read again, for each
// boundary, each kind of member, and each way to write.

namespace shop {
namespace {

enum class Boundary { commit, rollback, savepoint_rollback, expire, refresh, populate_existing };
enum class Member { column, one, many };
enum class Write { before, by_reference, by_handle };

struct Case {
    Database database;
    Boundary boundary;
    Member member;
    Write write;
};

/// What was written before these is in the database afterwards; before the others it is discarded.
bool flushes(Boundary boundary) {
    return boundary == Boundary::commit || boundary == Boundary::refresh ||
           boundary == Boundary::populate_existing;
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const Database& database : azoth::test::databases())
        for (const auto boundary :
             {Boundary::commit, Boundary::rollback, Boundary::savepoint_rollback, Boundary::expire,
              Boundary::refresh, Boundary::populate_existing})
            for (const auto member : {Member::column, Member::one, Member::many})
                for (const auto write : {Write::before, Write::by_reference, Write::by_handle})
                    cases.push_back({database, boundary, member, write});
    return cases;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
    static constexpr const char* boundaries[] = {"commit", "rollback", "savepoint_rollback",
                                                 "expire", "refresh",  "populate_existing"};
    static constexpr const char* members[] = {"column", "one", "many"};
    static constexpr const char* writes[] = {"written_before", "written_by_reference",
                                             "written_by_handle"};
    return info.param.database.label + "_" + boundaries[static_cast<int>(info.param.boundary)] +
           "_" + members[static_cast<int>(info.param.member)] + "_" +
           writes[static_cast<int>(info.param.write)];
}

class Boundaries : public testing::TestWithParam<Case> {
  protected:
    Boundaries() : engine(create_engine(GetParam().database.url)) {}
    ~Boundaries() override {
        savepoint.reset();  // it may not outlive its session
        session.reset();
        tested.drop_all(engine);
    }
    void SetUp() override {
        tested.drop_all(engine);
        tested.create_all(engine);
        Session filling(engine, tested);
        filling.add(User{.name = "old", .addresses = {Address{.email = "a"}}});
        filling.add(User{.name = "other"});
        filling.commit();
        session.emplace(engine, tested);
        user = find<User>(col<&User::name> == "old");
        other = find<User>(col<&User::name> == "other");
        address = find<Address>(col<&Address::email> == "a");
        (void)user->addresses.size();
        (void)other->addresses.size();
    }
    template <class T>
    Ptr<T> find(const Expr<bool>& condition) {
        return session->scalars(select<T>().where(condition)).one();
    }

    /// The edit, through references that were taken before or through handles now.
    void write(User& written_user, User& written_other, Address& written_address) {
        switch (GetParam().member) {
            case Member::column: written_user.fullname = "new"; break;
            case Member::one: written_address.user = other; break;
            case Member::many: written_other.addresses.add(address); break;
        }
    }
    void pass_boundary() {
        switch (GetParam().boundary) {
            case Boundary::commit: session->commit(); break;
            case Boundary::rollback: session->rollback(); break;
            case Boundary::savepoint_rollback: savepoint->rollback(); break;
            case Boundary::expire:
                session->expire(user);
                session->expire(other);
                session->expire(address);
                break;
            case Boundary::refresh:
                session->refresh(user);
                session->refresh(other);
                session->refresh(address);
                break;
            case Boundary::populate_existing:
                (void)session->scalars(select<User>(), {}, {.populate_existing = true}).all();
                (void)session->scalars(select<Address>(), {}, {.populate_existing = true}).all();
                break;
        }
    }
    /// The edit is what the objects show.
    [[nodiscard]] bool is_read() {
        switch (GetParam().member) {
            case Member::column: return user->fullname == "new";
            case Member::one:
                return address->user == other && other->addresses.contains(address) &&
                       !user->addresses.contains(address);
            case Member::many:
                return other->addresses.contains(address) && !user->addresses.contains(address) &&
                       address->user == other;
        }
        return false;
    }
    /// The edit is what the database has.
    [[nodiscard]] bool is_stored() {
        Connection connection = engine.connect(tested);
        if (GetParam().member == Member::column)
            return connection.scalar(select(col<&User::fullname>).where(col<&User::name> == "old"))
                       .value() == "new";
        return connection.scalar(
                   select(col<&User::name>).where(col<&Address::user_id> == col<&User::id>)) ==
               "other";
    }

    Model tested = model<User, Address, Group>("tested");
    Engine engine;
    std::optional<Session> session;
    std::optional<SessionSavepoint> savepoint;
    Ptr<User> user;
    Ptr<User> other;
    Ptr<Address> address;
};

INSTANTIATE_TEST_SUITE_P(All, Boundaries, testing::ValuesIn(all_cases()), name_of);

TEST_P(Boundaries, R14_edits_are_flushed_or_discarded_and_never_half_of_it) {
    if (GetParam().boundary == Boundary::savepoint_rollback)
        savepoint.emplace(session->begin_nested());
    // References, their handles held: writing through them announces nothing afterwards.
    User& user_reference = *user;
    User& other_reference = *other;
    Address& address_reference = *address;

    if (GetParam().write == Write::before) write(*user, *other, *address);
    pass_boundary();
    if (GetParam().write == Write::by_reference)
        write(user_reference, other_reference, address_reference);
    if (GetParam().write == Write::by_handle) write(*user, *other, *address);

    const bool lasts = GetParam().write != Write::before || flushes(GetParam().boundary);
    EXPECT_EQ(is_read(), lasts);
    session->commit();
    EXPECT_EQ(is_read(), lasts);
    session->close();
    EXPECT_EQ(is_stored(), lasts);
}

}  // namespace
}  // namespace shop
