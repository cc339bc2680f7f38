// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/relationship_conditions.hpp>

#include <vector>

/// Statements about what a WriteOnly leads to.
namespace azoth::inline v0::orm {

namespace {

const Relationship& bound_relationship(const Link& link) {
    if (LinkAccess::owner(link)) return LinkAccess::relationship(link);
    throw InvalidRequestError(
        "this WriteOnly stands in a struct that is in no session: add the struct first, and ask "
        "the object that add() returns");
}

}  // namespace

sql::Expression Link::led_to_condition() const {
    const Relationship& relationship = bound_relationship(*this);
    return relation_to(Relation(relationship.id), RelationTest::is_led_to_by, owner_);
}

std::vector<sql::Expression> Link::mapped_order() const {
    return bound_relationship(*this).order_by;
}

void Link::remove_unseen(Slot& item) {
    if (!owner_) {
        (void)remove(item);
        return;
    }
    unlink_objects(*owner_, bound_relationship(*this), item);
}

}  // namespace azoth::inline v0::orm
