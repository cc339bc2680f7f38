// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/model.hpp>

#include <cstdint>
#include <string>

// A mapped class that two shared libraries with hidden symbols, a static library and a program
// share. Each has its own copy of everything that templates make of it.

namespace shared_classes {

struct Note;
struct Person {
    std::int64_t id{};
    std::string name{};
    azoth::Many<Note> notes{};
};
struct Note {
    std::int64_t id{};
    std::string text{};
    std::int64_t person_id{};
    azoth::One<Person> person{};
};

}  // namespace shared_classes

template <>
struct azoth::Mapped<shared_classes::Person> {
    static void map(Mapping<shared_classes::Person>& m);
};
template <>
struct azoth::Mapped<shared_classes::Note> {
    static void map(Mapping<shared_classes::Note>& m);
};

namespace shared_classes {

// What each of the two libraries offers.
#define SHARED_CLASSES_OFFER(prefix)                                            \
    AZOTH_EXPORT azoth::Model prefix##_model();                                 \
    AZOTH_EXPORT azoth::orm::ClassId prefix##_id();                             \
    AZOTH_EXPORT azoth::orm::MemberId prefix##_member();                        \
    AZOTH_EXPORT azoth::Ptr<Person> prefix##_person(const azoth::Model& model); \
    AZOTH_EXPORT std::string prefix##_refusal(const azoth::Model& model)
SHARED_CLASSES_OFFER(first);
SHARED_CLASSES_OFFER(second);
#undef SHARED_CLASSES_OFFER

}  // namespace shared_classes
