// SPDX-License-Identifier: MIT
#include "anonymous_classes.hpp"

#include <azoth/orm/model.hpp>
#include <azoth/orm/model_state.hpp>

#include <gtest/gtest.h>

namespace {

struct Local {
    std::int64_t first{};
    static void map(azoth::Mapping<Local>& m) {
        m.table("first");
        m.column<&Local::first>(azoth::primary_key);
    }
};

}  // namespace

anonymous_test::Findings anonymous_test::first_file() {
    const auto model = azoth::model<Local>("first");
    const auto& mapper = model.state().mapper(azoth::orm::class_id<Local>(), "Local");
    return {mapper.id(), mapper.key().front()->column->name};
}

namespace {

TEST(AnonymousClasses, R3_of_one_name_in_two_files_are_two_classes) {
    const auto first = anonymous_test::first_file();
    const auto second = anonymous_test::second_file();
    EXPECT_FALSE(first.id == second.id);
    EXPECT_EQ(first.column, "first");
    EXPECT_EQ(second.column, "second");
    const auto model = azoth::model<Local>("first");
    EXPECT_EQ(model.state().find(second.id), nullptr);
    EXPECT_NE(model.state().find(first.id), nullptr);
}

TEST(AnonymousClasses, R3_class_ids_are_made_of_classes_that_are_only_declared) {
    struct Declared;
    EXPECT_TRUE(azoth::orm::class_id<Declared>() == azoth::orm::class_id<const Declared>());
    EXPECT_FALSE(azoth::orm::class_id<Declared>() == azoth::orm::class_id<Local>());
    EXPECT_FALSE(azoth::orm::ClassId() == azoth::orm::class_id<Local>());
}

}  // namespace
