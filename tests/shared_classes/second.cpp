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
        m.table("private_second");
        m.column<&Private::id>(azoth::primary_key);
    }
};
}  // namespace

azoth::Model second_model() {
    return azoth::model<Person, Note, Private>("second");
}
azoth::orm::ClassId second_id() {
    return azoth::orm::class_id<Person>();
}
azoth::orm::MemberId second_member() {
    return azoth::orm::detail::member_id<&Note::person>();
}
azoth::Ptr<Person> second_person(const azoth::Model& model) {
    return model.make(Person{.name = "second", .notes = {Note{.text = "made in second"}}});
}
std::string second_refusal(const azoth::Model& model) try {
    static_cast<void>(model.make(Private{}));
    return {};
} catch (const azoth::ArgumentError& error) {
    return error.what();
}

}  // namespace shared_classes
