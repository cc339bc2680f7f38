// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/objects.hpp>

#include <memory>

namespace azoth::inline v0::orm {
namespace {

/// Puts into the relationships of a new object what the program wrote into its struct.
void bind_given(Slot& owner, const Relationship& relationship, FreeItems& given) {
    for (FreeItem& item : given.items) {
        if (item.handle) {
            link_objects(owner, relationship, *item.handle);
        } else if (item.value) {
            Slot& made = object_of_value(*relationship.target, item.value);
            const Held held(made);
            link_objects(owner, relationship, made);
        }
    }
}

}  // namespace

namespace detail {

void bind_members(const Mapper& mapper, Slot& slot) {
    for (const auto& relationship : mapper.relationships())
        LinkAccess::bind(relationship->link(slot.object()), slot, *relationship);
    for (const Attribute* attribute : mapper.deferred())
        attribute->ops->bind(attribute->in(slot.object()), &slot);
}

NewObject::NewObject(const Mapper& mapper, Nursery* nursery)
    : mapper_(mapper),
      nursery_(nursery),
      slot_(nursery ? &nursery->allocate(mapper) : &Region::make(nullptr)->allocate(mapper)) {
    retain(*slot_);
}

NewObject::~NewObject() {
    if (finished_) return;
    if (!constructed_ && nursery_) {
        release(*slot_);
        nursery_->failed(mapper_, *slot_);
        return;
    }
    if (!constructed_) slot_->slab->take_back(*slot_);
    release(*slot_);  // without a nursery, the region's only handle
}

Slot& NewObject::finish() {
    if (mapper_.relationships().empty()) {
        bind_members(mapper_, *slot_);
        slot_->require(attention::cold);  // so that it is known whether anybody has looked at it
    } else {
        finish_related();
    }
    finished_ = true;
    return *slot_;
}

void NewObject::finish_related() {
    std::vector<std::pair<const Relationship*, std::unique_ptr<FreeItems>>> given;
    for (const auto& relationship : mapper_.relationships())
        if (FreeItems* items = LinkAccess::take_free(relationship->link(slot_->object())))
            given.emplace_back(relationship.get(), items);
    bind_members(mapper_, *slot_);
    slot_->require(attention::cold);
    for (const auto& [relationship, items] : given) bind_given(*slot_, *relationship, *items);
}

}  // namespace detail

namespace {

void require_constructor(const Mapper& mapper) {
    if (!mapper.ops().construct)
        throw MappingError("objects of " + mapper.class_name() +
                           " can't be loaded: give the class a default constructor, or its mapping "
                           "a construct(function)");
}

}  // namespace

Slot& construct_object(const Mapper& mapper, Region& region, std::uint32_t expected) {
    require_constructor(mapper);
    Slot& slot = region.allocate(mapper, expected);
    try {
        mapper.ops().construct(slot.object());
    } catch (...) {
        slot.slab->take_back(slot);
        throw;
    }
    detail::bind_members(mapper, slot);
    return slot;
}

Slot& construct_object(const Mapper& mapper, Nursery& nursery) {
    require_constructor(mapper);
    Slot& slot = nursery.allocate(mapper);
    try {
        mapper.ops().construct(slot.object());
    } catch (...) {
        nursery.failed(mapper, slot);
        throw;
    }
    nursery.constructed(mapper, slot);
    detail::bind_members(mapper, slot);
    return slot;
}

Slot& object_of_value(const Mapper& mapper, void* value) {
    if (!mapper.ops().move)
        throw MappingError("a value of " + mapper.class_name() +
                           " can't be moved into a session: build it in place with "
                           "session.emplace<" +
                           mapper.class_name() + ">(…)");
    return object_made_by(mapper, nullptr, [&](void* memory) { mapper.ops().move(memory, value); });
}

}  // namespace azoth::inline v0::orm
