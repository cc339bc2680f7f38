// SPDX-License-Identifier: MIT
#include "blog.hpp"

#include <azoth/orm/mapping.hpp>

namespace azoth_test::blog {

using namespace azoth;

void Person::map(Mapping<Person>& m) {
    m.table("person");
    m.column<&Person::id>(primary_key);
    m.column<&Person::name>();
    m.column<&Person::fullname>("full_name");
    m.column<&Person::mood>(Enum{"feeling", {"calm", "angry"}});
    m.column<&Person::balance>(Numeric{10, 2});
    m.column<&Person::boss_id>(foreign_key<&Person::id>);
    m.relationship<&Person::posts>();
    m.relationship<&Person::boss>(back_populates<&Person::reports>, remote_side<&Person::id>);
    m.relationship<&Person::reports>();
    m.relationship<&Person::friends>(
        secondary("friendship", {.own_columns = {"one"}, .target_columns = {"other"}}));
}

void Post::map(Mapping<Post>& m) {
    m.table("post");
    m.column<&Post::id>(primary_key);
    m.columns<&Post::title, &Post::body>();
    m.column<&Post::published>(server_default(true));
    m.column<&Post::extra>(JSON{});
    m.column<&Post::author_id>(foreign_key<&Person::id>);
    m.relationship<&Post::author>(back_populates<&Person::posts>);
    m.relationship<&Post::tags>(secondary("post_tag"));
}

void Tag::map(Mapping<Tag>& m) {
    m.table("tag");
    m.column<Tag::id>("id", primary_key);
    m.column<Tag::word>("word");
}

Model make_model(std::string name, std::string schema) {
    return model<Person, Post, Tag>(name, {.schema = std::move(schema)});
}

namespace {

/// The text as it is sent, IN lists expanded.
template <class Compiler>
std::string sent(const Model& model, const sql::Statement& statement) {
    const auto compiled =
        Compiler().compile(model.state().lower(statement.node()), sql::CompileMode::single);
    if (!compiled->expanding) return compiled->sql;
    return sql::arrange(*compiled, sql::collect_segments(statement.node(), statement.values()), {})
        .sql;
}

}  // namespace

std::string sqlite_sql(const Model& model, const sql::Statement& statement) {
    return sent<sqlite::Compiler>(model, statement);
}

std::string postgresql_sql(const Model& model, const sql::Statement& statement) {
    return sent<postgresql::Compiler>(model, statement);
}

std::vector<std::string> parameters(const Model& model, const sql::Statement& statement) {
    const auto compiled = postgresql::Compiler().compile(model.state().lower(statement.node()),
                                                         sql::CompileMode::single);
    const auto segments = sql::collect_segments(statement.node(), statement.values());
    std::vector<std::string> texts;
    for (const ValueView& value : sql::arrange(*compiled, segments, {}).values)
        texts.push_back(to_display(value));
    return texts;
}

}  // namespace azoth_test::blog
