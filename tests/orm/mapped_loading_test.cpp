// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include <azoth/orm/loader_options.hpp>

// Strategies that the mapping itself asks for, which hold for statements, get() and what is loaded
// later alike.

namespace mapped_loading {
namespace {

using namespace flush_test;

struct Member;
struct Badge;

struct Club {
    std::int64_t id{};
    std::string name{};
    Many<Member> members{};
    Many<Badge> badges{};
    static void map(Mapping<Club>& m);
};

struct Member {
    std::int64_t id{};
    std::string name{};
    std::int64_t club_id{};
    One<Club> club{};
    static void map(Mapping<Member>& m);
};

struct Badge {
    std::int64_t id{};
    std::string motto{};
    std::int64_t club_id{};
    One<Club> club{};
    static void map(Mapping<Badge>& m);
};

void Club::map(Mapping<Club>& m) {
    m.table("mapped_club");
    m.column<&Club::id>(primary_key);
    m.column<&Club::name>();
    m.relationship<&Club::members>(lazy_joined,
                                   order_by(func::coalesce(col<&Member::name>, "?").desc()));
    m.relationship<&Club::badges>(lazy_selectin);
}
void Member::map(Mapping<Member>& m) {
    m.table("mapped_member");
    m.column<&Member::id>(primary_key);
    m.column<&Member::name>();
    m.column<&Member::club_id>(foreign_key<&Club::id>);
    m.relationship<&Member::club>(back_populates<&Club::members>, lazy_joined);
}
void Badge::map(Mapping<Badge>& m) {
    m.table("mapped_badge");
    m.column<&Badge::id>(primary_key);
    m.column<&Badge::motto>();
    m.column<&Badge::club_id>(foreign_key<&Club::id>);
    m.relationship<&Badge::club>(back_populates<&Club::badges>, lazy_raise);
}

class MappedLoading : public FlushTest {
  protected:
    void fill() {
        use<Club, Member, Badge>();
        for (const std::string name : {"chess", "rowing"})
            session->add(Club{.name = name,
                              .members = {Member{.name = "ann"}, Member{.name = "zoe"}},
                              .badges = {Badge{.motto = name + "!"}}});
        session->commit();
        reopen();
    }
};

AZOTH_FLUSH_ON_ALL_DATABASES(MappedLoading);

TEST_P(MappedLoading, a_statement_loads_along_what_the_mapping_says) {
    fill();
    const auto clubs = session->scalars(select<Club>().order_by(col<&Club::id>)).all();
    EXPECT_THAT(sent(), ElementsAre("SELECT mapped_club", "SELECT mapped_badge"));
    ASSERT_EQ(clubs.size(), 2U);
    for (const auto& club : clubs) {
        EXPECT_EQ(club->members.size(), 2U);
        EXPECT_EQ(club->members[0]->name, "zoe");  // as the mapping orders them
        EXPECT_EQ(club->badges[0]->motto, club->name + "!");
        EXPECT_EQ(club->badges[0]->club, club);
    }
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(MappedLoading, get_loads_along_what_the_mapping_says) {
    fill();
    const auto club = session->get<Club>(1);
    EXPECT_THAT(sent(), ElementsAre("SELECT mapped_club", "SELECT mapped_badge"));
    EXPECT_EQ(club->members.size(), 2U);
    EXPECT_EQ(club->badges.size(), 1U);
    EXPECT_THAT(sent(), IsEmpty());
}

TEST_P(MappedLoading, what_is_loaded_later_loads_along_what_its_mapping_says) {
    fill();
    const auto member = session->scalars(select<Member>().options(lazyload<&Member::club>())).all();
    EXPECT_THAT(sent(), ElementsAre("SELECT mapped_member"));
    EXPECT_EQ(member.at(0)->club->badges.size(), 1U);
    const auto statements = sent();
    EXPECT_EQ(statements.size(), 2U);
}

TEST_P(MappedLoading, joined_loading_ends_where_it_would_come_back_to_a_class) {
    fill();
    const auto members = session->scalars(select<Member>().order_by(col<&Member::id>)).all();
    EXPECT_EQ(members.size(), 4U);
    EXPECT_TRUE(members[0]->club.is_loaded());
    EXPECT_TRUE(members[0]->club->badges.is_loaded());
}

/// Leads to itself, eagerly so many levels down as join_depth says.
struct Folder {
    std::int64_t id{};
    std::optional<std::int64_t> parent_id{};
    Many<Folder> children{};
    static void map(Mapping<Folder>& m) {
        m.table("mapped_folder");
        m.column<&Folder::id>(primary_key);
        m.column<&Folder::parent_id>(foreign_key<&Folder::id>);
        m.relationship<&Folder::children>(lazy_joined, join_depth(2));
    }
};

TEST_P(MappedLoading, join_depth_says_how_often_it_goes_around) {
    use<Folder>();
    Ptr<Folder> last = session->add(Folder{});
    for (int i = 0; i < 3; ++i) last = last->children.add(Folder{});
    session->commit();
    reopen();
    (void)sent();
    const auto root = session->get<Folder>(1);
    EXPECT_THAT(sent(), ElementsAre("SELECT mapped_folder"));
    const auto grandchild = root->children[0]->children[0];
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_FALSE(grandchild->children.is_loaded());
    EXPECT_EQ(grandchild->children.size(), 1U);
}

/// Says that it always has a folder, so that no outer join is needed.
struct Sticker {
    std::int64_t id{};
    std::optional<std::int64_t> folder_id{};
    One<Folder> folder{};
    static void map(Mapping<Sticker>& m) {
        m.table("mapped_sticker");
        m.column<&Sticker::id>(primary_key);
        m.column<&Sticker::folder_id>(foreign_key<&Folder::id>);
        m.relationship<&Sticker::folder>(lazy_joined, innerjoin);
    }
};

TEST_P(MappedLoading, innerjoin_of_the_mapping_joins_without_outer) {
    use<Folder, Sticker>();
    session->add(Sticker{.folder = Folder{}});
    session->add(Sticker{});  // against what the mapping says
    session->commit();
    EXPECT_EQ(session->scalars(select<Sticker>()).all().size(), 1U);
    EXPECT_EQ(session->scalars(select<Sticker>().options(lazyload("*"))).all().size(), 2U);
}

TEST_P(MappedLoading, an_option_takes_the_place_of_what_the_mapping_says) {
    fill();
    const auto club = session
                          ->scalars(select<Club>()
                                        .where(col<&Club::name> == "chess")
                                        .options(lazyload("*"), selectinload<&Club::members>()))
                          .one();
    EXPECT_THAT(sent(), ElementsAre("SELECT mapped_club", "SELECT mapped_member"));
    EXPECT_FALSE(club->badges.is_loaded());
    EXPECT_EQ(club->members.size(), 2U);
}

TEST_P(MappedLoading, refresh_and_expiry_read_again_what_the_mapping_loads_along) {
    fill();
    const auto club = session->get<Club>(1);
    session->execute(text("INSERT INTO mapped_member (name, club_id) VALUES ('new', 1)"));
    session->expire(club);
    EXPECT_EQ(club->members.size(), 3U);
    EXPECT_EQ(club->badges.size(), 1U);
}

TEST_P(MappedLoading, objects_of_many_statements_are_loaded_along_and_written_once) {
    fill();
    const auto club = session->get<Club>(1);
    club->members[0]->name = "yves";
    club->members.add(Member{.name = "bob"});
    session->commit();
    EXPECT_THAT(rows("SELECT name FROM mapped_member WHERE club_id = 1 ORDER BY name"),
                ElementsAre("'ann'", "'bob'", "'yves'"));
}

}  // namespace
}  // namespace mapped_loading
