// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include <azoth/orm/loader_options.hpp>

// Deferred columns that are loaded together.

namespace deferred_groups {
namespace {

using namespace flush_test;

struct Sheet {
    std::int64_t id{};
    Deferred<std::string> melody{};
    Deferred<std::string> lyrics{};
    Deferred<std::string> scan{};
    static void map(Mapping<Sheet>& m) {
        m.table("group_sheet");
        m.column<&Sheet::id>(primary_key);
        m.column<&Sheet::melody>(deferred_group("texts"));
        m.column<&Sheet::lyrics>(deferred_group("texts"));
        m.column<&Sheet::scan>(deferred_group("images"));
    }
};

class DeferredGroups : public FlushTest {
  protected:
    void SetUp() override {
        use<Sheet>();
        session->add(Sheet{.melody = "do re", .lyrics = "la la", .scan = "..."});
        session->commit();
    }
    template <class... Os>
    Ptr<Sheet> sheet(const Os&... options) {
        reopen();
        auto found = session->scalars(select<Sheet>().options(options...)).one();
        (void)sent();
        return found;
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(DeferredGroups);

TEST_P(DeferredGroups, undefer_group_loads_all_of_it_with_the_object) {
    const auto found = sheet(undefer_group<Sheet>("texts"));
    EXPECT_EQ(*found->melody + *found->lyrics, "do rela la");
    EXPECT_THAT(sent(), IsEmpty());
    EXPECT_FALSE(found->scan.is_loaded());
    EXPECT_TRUE(
        sheet(Load<Sheet>().undefer_group("texts").undefer_group("images"))->scan.is_loaded());
}

TEST_P(DeferredGroups, a_later_option_says_otherwise_of_a_single_column) {
    const auto found = sheet(undefer_group<Sheet>("texts"), defer<&Sheet::lyrics>());
    EXPECT_TRUE(found->melody.is_loaded());
    EXPECT_FALSE(found->lyrics.is_loaded());
}

TEST_P(DeferredGroups, a_group_that_the_class_does_not_have_is_refused) {
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)sheet(undefer_group<Sheet>("sounds")); }),
                testing::AllOf(HasSubstr("undefer_group(\"sounds\")"), HasSubstr("Sheet has no"),
                               HasSubstr("deferred_group(\"sounds\")")));
}

}  // namespace
}  // namespace deferred_groups
