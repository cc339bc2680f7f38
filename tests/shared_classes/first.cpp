// SPDX-License-Identifier: MIT
#include "entity.hpp"
#include <azoth/orm/errors.hpp>
#include <azoth/orm/member.hpp>

namespace shared_classes {

namespace {
/// Of this library alone, whatever another one calls the same.
struct Private {
    std::int64_t id{};
    static void map(azoth::Mapping<Private>& m) {
        m.table("private_first");
        m.column<&Private::id>(azoth::primary_key);
    }
};
}  // namespace

azoth::Model first_model() {
    return azoth::model<Person, Note, Private>("first");
}
azoth::orm::ClassId first_id() {
    return azoth::orm::class_id<Person>();
}
azoth::orm::MemberId first_member() {
    return azoth::orm::detail::member_id<&Note::person>();
}
azoth::Ptr<Person> first_person(const azoth::Model& model) {
    return model.make(Person{.name = "first", .notes = {Note{.text = "made in first"}}});
}
std::string first_refusal(const azoth::Model& model) try {
    static_cast<void>(model.make(Private{}));
    return {};
} catch (const azoth::ArgumentError& error) {
    return error.what();
}

}  // namespace shared_classes
