// SPDX-License-Identifier: MIT
#include "entity.hpp"

// A static library that holds nothing but mappings.

using shared_classes::Note;
using shared_classes::Person;

void azoth::Mapped<Person>::map(Mapping<Person>& m) {
    m.table("person");
    m.column<&Person::id>(primary_key);
    m.column<&Person::name>();
    m.relationship<&Person::notes>(cascade_all_delete_orphan);
}
void azoth::Mapped<Note>::map(Mapping<Note>& m) {
    m.table("note");
    m.column<&Note::id>(primary_key);
    m.column<&Note::text>();
    m.column<&Note::person_id>(foreign_key<&Person::id>);
    m.relationship<&Note::person>(back_populates<&Person::notes>);
}
