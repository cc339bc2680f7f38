// SPDX-License-Identifier: MIT
#include <azoth/base/names.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace names_test {

struct Base {
    int inherited{};
};

struct User : Base {
    int id{};
    const std::string* full_name{};
    std::vector<int> _scores{};
    int größe{};
    void (*callback)(){};
    struct Address {
        int street2{};
    };
};

template <typename T>
struct Box {
    T content{};
};

class Guarded {
  public:
    static constexpr std::string_view name() { return azoth::member_name<&Guarded::hidden_>(); }

  private:
    int hidden_{};
};

enum class Color { red, dark_green };
enum Plain : unsigned char { plain_one };
struct Holder {
    enum class Kind { third };
};

}  // namespace names_test

namespace {

using namespace azoth;
using names_test::User;

struct Unnamed {
    int in_unnamed_namespace{};
};

// The text of a function with several template arguments as the parser sees it.
template <class T, auto Member, class... Options>
std::string_view name_among_others() {
    return detail::identifier_in({__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1}, "Member");
}
template <class OtherMember, auto Member>
std::string_view name_behind_another() {
    return detail::identifier_in({__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1}, "Member");
}

TEST(IdentifierIn, finds_a_member_among_other_template_arguments) {
    using Pair = names_test::Box<std::pair<int, User>>;
    EXPECT_EQ((name_among_others<User, &User::id>()), "id");
    EXPECT_EQ((name_among_others<User, &User::größe, int, Pair>()), "größe");
    EXPECT_EQ((name_among_others<Pair, &Pair::content, std::vector<int>>()), "content");
    EXPECT_EQ((name_behind_another<User, &User::_scores>()), "_scores");
}

TEST(IdentifierIn, is_empty_where_there_is_no_such_argument) {
    const std::string_view text = "void f() [with auto Member = &User::id; T = int]";
    EXPECT_EQ(detail::identifier_in({text.data(), text.size()}, "Other"), "");
    EXPECT_EQ(detail::identifier_in({text.data(), text.size()}, "Mem"), "");
    EXPECT_EQ(detail::identifier_in({text.data(), 0}, "Member"), "");
}

// The text of a value as the parser sees it.
template <auto V>
constexpr std::string_view value_name = detail::last_identifier(detail::pretty_value<V>());

TEST(Names, R1_a_members_name_is_a_constant) {
    static_assert(member_name<&User::id>() == "id");
    static_assert(member_name<&User::_scores>() == "_scores");
    EXPECT_EQ(member_name<&User::full_name>(), "full_name");
    EXPECT_EQ(member_name<&User::callback>(), "callback");
}

TEST(Names, R1_nested_template_private_local_and_unnamed_classes_have_member_names) {
    struct Local {
        int in_function{};
    };
    EXPECT_EQ(member_name<&User::Address::street2>(), "street2");
    EXPECT_EQ((member_name<&names_test::Box<std::vector<std::string>>::content>()), "content");
    EXPECT_EQ(names_test::Guarded::name(), "hidden_");
    EXPECT_EQ(member_name<&Unnamed::in_unnamed_namespace>(), "in_unnamed_namespace");
    EXPECT_EQ(member_name<&Local::in_function>(), "in_function");
}

TEST(Names, R2_an_inherited_member_has_its_name_through_the_derived_class) {
    EXPECT_EQ(member_name<&User::inherited>(), "inherited");
}

TEST(Names, R1_identifiers_may_hold_letters_beyond_ascii) {
    EXPECT_EQ(member_name<&User::größe>(), "größe");
}

TEST(Names, enumerators_have_names_and_other_values_have_none) {
    using namespace names_test;
    EXPECT_EQ(value_name<Color::red>, "red");
    EXPECT_EQ(value_name<Color::dark_green>, "dark_green");
    EXPECT_EQ(value_name<plain_one>, "plain_one");
    EXPECT_EQ(value_name<Holder::Kind::third>, "third");
    EXPECT_EQ(value_name<static_cast<Color>(7)>, "");
    EXPECT_EQ(value_name<static_cast<Color>(-1)>, "");
}

TEST(Names, types_have_names_for_messages) {
    static_assert(type_name<int>() == "int");
    EXPECT_EQ(type_name<User>(), "names_test::User");
    EXPECT_EQ(type_name<User::Address>(), "names_test::User::Address");
    EXPECT_EQ(type_name<names_test::Box<int>>(), "names_test::Box<int>");
    EXPECT_EQ(type_name<int[3]>().substr(0, 3), "int");
}

TEST(Names, the_parser_takes_the_last_identifier_whatever_stands_around_it) {
    const auto last = [](std::string_view text) {
        return detail::last_identifier({text.data(), text.size()});
    };
    EXPECT_EQ(last("f() [with auto V = &ns::User::id]"), "id");
    EXPECT_EQ(last("f() [V = &User::id]"), "id");
    EXPECT_EQ(last("f() [with auto V = (int User::*)(&Base::id)]"), "id");
    EXPECT_EQ(last("f() [V = (ns::Color)7]"), "");
    EXPECT_EQ(last("[]"), "");
    EXPECT_EQ(last(""), "");
    EXPECT_EQ(last("id"), "id");
}

}  // namespace
