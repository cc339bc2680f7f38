// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/unit_of_work.hpp>

/// What is known to be wrong before the database is asked.
namespace azoth::inline v0::orm {
namespace {

bool fills(const Relationship& relationship, Direction direction, const Attribute& foreign_key) {
    if (relationship.direction != direction || relationship.viewonly) return false;
    for (const auto& pair : relationship.pairs)
        if ((direction == Direction::many_to_one ? pair.local : pair.remote) == &foreign_key)
            return true;
    return false;
}

/// The relationships that lead from and to a class and fill a foreign key of it, for a message.
std::string fillers(const Mapper& mapper, const Attribute& foreign_key) {
    std::string text;
    const auto add = [&](const Relationship& relationship) {
        text += (text.empty() ? "" : " or ") + relationship.describe();
    };
    for (const auto& relationship : mapper.relationships())
        if (fills(*relationship, Direction::many_to_one, foreign_key)) add(*relationship);
    for (const Relationship* relationship : mapper.incoming())
        if (fills(*relationship, Direction::one_to_many, foreign_key)) add(*relationship);
    return text;
}

}  // namespace

/// Design rule R16: a foreign key that nobody fills is never sent as 0.
void UnitOfWork::check_foreign_keys() {
    for (const Mapper* mapper : context_.objects().classes())
        for (const Attribute& attribute : mapper->attributes()) {
            if (!attribute.foreign || attribute.ops->accepts_null || attribute.has_default)
                continue;
            for (const Slot* slot : context_.objects().work(*mapper).saves)
                if (slot->state == ObjectState::pending) check_foreign_key(*slot, attribute);
        }
}

void UnitOfWork::check_foreign_key(const Slot& slot, const Attribute& attribute) {
    if (!attribute.is_unset(slot.object()) || attribute.generated) return;
    if (session_.is_given(slot, attribute) || is_filled(slot, attribute)) return;
    if (const AttributeExpressions* expressions = context_.expressions(slot))
        for (const auto& entry : *expressions)
            if (entry.first == &attribute) return;
    const Mapper& mapper = mapper_of(slot);
    throw FlushError(describe(mapper, attribute) + " of " + describe(slot) +
                     " has no value: link the object along " + fillers(mapper, attribute) +
                     ", set the member, or make it a std::optional where there may be none");
}

bool UnitOfWork::is_filled(const Slot& slot, const Attribute& attribute) {
    const Mapper& mapper = mapper_of(slot);
    for (const auto& relationship : mapper.relationships()) {
        if (relationship->post_update || !fills(*relationship, Direction::many_to_one, attribute))
            continue;
        const Slot* target = LinkAccess::target(LinkAccess::of(slot, *relationship));
        if (target && context_.takes_part(*target)) return true;
    }
    for (const Relationship* relationship : mapper.incoming())
        if (!relationship->post_update && fills(*relationship, Direction::one_to_many, attribute) &&
            context_.adopter(slot, *relationship))
            return true;
    return false;
}

}  // namespace azoth::inline v0::orm
