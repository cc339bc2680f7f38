// SPDX-License-Identifier: MIT
#include <azoth/orm/dml.hpp>
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

/// An INSERT of one class in which the same columns have the same values in all rows.
class InsertOf final : public Insert<> {
  public:
    explicit InsertOf(const Mapper& mapper)
        : Insert<>(entity_ref(mapper.id(), mapper.class_name()).from) {}
    void give(sql::Operands assignments) {
        this->add_assignments(sql::Clause::assignment, assignments);
    }
    void give(const Attribute& attribute, const ValueView& value) {
        Values values;
        values.push_view(value);
        const sql::Expression given(attribute.column->bind, std::move(values));
        give({Assignment({sql::NodeRef(attribute.column.get()), {}}, sql::Operand::of(given))
                  .operand()});
    }
};

void require_insertable(const Relationship& relationship) {
    const auto refuse = [&](const std::string& why, const std::string& remedy) {
        throw InvalidRequestError("insert() into " + relationship.describe() + ": " + why + "; " +
                                  remedy);
    };
    const std::string& target = relationship.target->class_name();
    if (relationship.viewonly)
        refuse("it is viewonly", "insert by the relationship that it is a view of");
    if (relationship.direction != Direction::one_to_many || relationship.pairs.empty())
        refuse("it leads through a table between, whose rows say what belongs together",
               "execute insert<" + target + ">().returning<" + target +
                   ">() with the rows, and add() the objects");
}

}  // namespace

Insert<> Link::insert_here(sql::Operands assignments) const {
    const Relationship& relationship = bound_relationship(*this);
    require_insertable(relationship);
    InsertOf insert(*relationship.target);
    for (const Relationship::Pair& pair : relationship.pairs) {
        const void* const object = owner_->object();
        const ValueView value = pair.local->view(object);
        if (value.is_null() || pair.local->is_unset(object))
            throw InvalidRequestError("insert() into " + relationship.describe() +
                                      ": the object's " + pair.local->name +
                                      " is not set, so no row can refer to it; flush() gives new "
                                      "objects their keys");
        insert.give(*pair.remote, value);
    }
    insert.give(assignments);
    return insert;
}

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
