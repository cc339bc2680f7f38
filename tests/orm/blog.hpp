// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/dialects/sqlite/compiler.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/relationships.hpp>
#include <azoth/orm/select.hpp>

#include <optional>
#include <string>
#include <vector>

/// Mapped classes for tests of statements: one of each kind of relationship, and of member.
namespace azoth_test::blog {

enum class Mood : std::uint8_t { calm, angry };

}  // namespace azoth_test::blog

template <>
struct azoth::EnumNames<azoth_test::blog::Mood>
    : azoth::Enumerators<azoth_test::blog::Mood::calm, azoth_test::blog::Mood::angry> {};

namespace azoth_test::blog {

struct Post;
class Tag;

struct Person {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> fullname{};
    Mood mood{};
    azoth::Decimal balance{};
    std::optional<std::int64_t> boss_id{};
    azoth::Many<Post> posts{};
    azoth::One<Person> boss{};
    azoth::Many<Person> reports{};
    azoth::Many<Person> friends{};
    int not_mapped{};
    static void map(azoth::Mapping<Person>& m);
};

struct Post {
    std::int64_t id{};
    std::string title{};
    azoth::Deferred<std::string> body{};
    azoth::Maybe<bool> published{};
    std::string extra{};
    std::int64_t author_id{};
    azoth::One<Person> author{};
    azoth::Many<Tag> tags{};
    static void map(azoth::Mapping<Post>& m);
};

class Tag {
    std::int64_t id_{};
    std::string word_{};

  public:
    static constexpr auto id = azoth::attr<&Tag::id_>;
    static constexpr auto word = azoth::attr<&Tag::word_>;
    static void map(azoth::Mapping<Tag>& m);
};

/// Has no mapping in the models of these tests.
struct Stranger {
    std::int64_t id{};
    static void map(azoth::Mapping<Stranger>& m);
};

[[nodiscard]] azoth::Model make_model(std::string name = "blog", std::string schema = {});

// What `model` makes of a statement.
[[nodiscard]] std::string sqlite_sql(const azoth::Model& model,
                                     const azoth::sql::Statement& statement);
[[nodiscard]] std::string postgresql_sql(const azoth::Model& model,
                                         const azoth::sql::Statement& statement);
/// The parameters that go with it, as texts.
[[nodiscard]] std::vector<std::string> parameters(const azoth::Model& model,
                                                  const azoth::sql::Statement& statement);

}  // namespace azoth_test::blog
