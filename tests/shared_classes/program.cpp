// SPDX-License-Identifier: MIT
#include "entity.hpp"
#include <azoth/base/error.hpp>
#include <azoth/orm/member.hpp>

#include <cstdio>
#include <string>

// Everybody means the same by a class, whoever made the model and whoever made the object.

namespace {

using namespace shared_classes;
using azoth::Model;
using azoth::Ptr;

int failures = 0;

void expect(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "FAILED: %s\n", what);
    ++failures;
}

void use(const Model& model, const char* made_by) {
    Ptr<Person> mine = model.make(Person{.name = "program"});
    Ptr<Person> theirs = first_person(model);
    const Ptr<Person> others = second_person(model);
    expect(theirs->name == "first" && others->name == "second", made_by);
    expect(theirs->notes.size() == 1 && theirs->notes[0]->person == theirs, made_by);
    const Ptr<Note> note = mine->notes.add(Note{.text = "moves"});
    theirs->notes.add(note);
    expect(note->person == theirs && mine->notes.empty(), "links across libraries");
}

}  // namespace

int main() try {
    const auto here = azoth::model<Person, Note>("program");
    const auto id = azoth::orm::class_id<Person>();
    expect(first_id() == id && second_id() == id, "R3 a class is one, whichever library names it");
    expect(first_id().hash() == id.hash(), "R3 and has one hash");
    const auto member = azoth::orm::detail::member_id<&Note::person>();
    expect(first_member() == member && second_member() == member, "a member is one too");
    use(here, "a model of the program");
    use(first_model(), "a model of the first library");
    use(second_model(), "a model of the second library");
    expect(first_refusal(first_model()).empty(), "a library's private class is of its own model");
    expect(!first_refusal(second_model()).empty(), "but of no other's that has one of that name");
    if (failures == 0) std::puts("all libraries agree");
    return failures == 0 ? 0 : 1;
} catch (const azoth::Error& error) {
    std::fprintf(stderr, "FAILED: %s\n", error.what());
    return 1;
}
