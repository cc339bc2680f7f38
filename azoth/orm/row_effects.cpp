// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/row_batch.hpp>
#include <azoth/orm/row_effects.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {
namespace {

bool holds(std::span<const RowEffects::Written> written, const Attribute* attribute) {
    return std::any_of(written.begin(), written.end(),
                       [&](const auto& one) { return one.attribute == attribute; });
}

/// Forgets what a relationship leads to, unless the program has changed that.
void forget(Slot& owner, const Relationship& relationship) {
    Link& link = LinkAccess::of(owner, relationship);
    if (!LinkAccess::has_changes(link)) LinkAccess::expire(link);
}

}  // namespace

void RowEffects::update(Slot& slot, std::span<const Written> written) {
    move_links(slot, written);
    bool reads_again = false;
    for (const Written& one : written) {
        const ValueView value = one.value.view();
        const bool fits = !value.is_null() ? value.kind == one.attribute->ops->kind
                                           : one.attribute->ops->accepts_null;
        if (one.known && fits && write(slot, *one.attribute, value)) continue;
        reads_again = lose(slot, *one.attribute) || reads_again;
    }
    move_links(slot, written);
    // Without touching the base: members that differ from it stay when the row is read (R14).
    if (reads_again) slot.require(attention::expired | attention::cold);
}

bool RowEffects::write(Slot& slot, const Attribute& attribute, const ValueView& value) {
    void* const member = attribute.in(slot.object());
    if (attribute.ops->is_deferred && !attribute.ops->is_set(member))
        return true;  // it is loaded when it is looked at
    ImageCell* const base = slot.image ? &(*slot.image)[attribute.index] : nullptr;
    if (!base || base->same(attribute.view(slot.object()))) {
        session_.level().note_once(slot, attribute);
        try {
            attribute.ops->assign(member, value);
        } catch (const Error&) {
            return false;  // too large for the member: whoever looks at it is told
        }
    }
    if (base) slot.slab->arena().store(*base, value);
    return true;
}

bool RowEffects::lose(Slot& slot, const Attribute& attribute) {
    if (!attribute.ops->is_deferred) return true;
    if (!attribute.ops->is_set(attribute.in(slot.object()))) return false;
    ImageCell* const base = slot.image ? &(*slot.image)[attribute.index] : nullptr;
    if (base && !base->same(attribute.view(slot.object()))) return false;
    session_.level().note_once(slot, attribute);
    attribute.ops->reset(attribute.in(slot.object()));
    if (base) slot.slab->arena().store(*base, ValueView());
    return false;
}

void RowEffects::move_links(Slot& slot, std::span<const Written> written) {
    forget_owners(slot, written);
    for (const auto& relationship : mapper_.relationships())
        if (relationship->direction == Direction::many_to_one &&
            std::any_of(relationship->pairs.begin(), relationship->pairs.end(),
                        [&](const auto& pair) { return holds(written, pair.local); }))
            forget(slot, *relationship);
}

/// The objects that its foreign keys lead to have lost it, or got it.
void RowEffects::forget_owners(Slot& slot, std::span<const Written> written) {
    for (const Relationship* relationship : mapper_.incoming()) {
        const auto& pairs = relationship->pairs;
        if (relationship->direction != Direction::one_to_many ||
            std::none_of(pairs.begin(), pairs.end(),
                         [&](const auto& pair) { return holds(written, pair.remote); }))
            continue;
        KeyBuffer key;
        for (const Attribute* attribute : relationship->owner->key())
            for (const auto& pair : pairs)
                if (pair.local == attribute) key.push_back(known_value(slot, *pair.remote));
        const KeyView values = key;
        if (values.size() != relationship->owner->key().size() ||
            std::any_of(values.begin(), values.end(),
                        [](const ValueView& value) { return value.is_null(); }))
            continue;
        if (Slot* const owner = session_.identities().find(*relationship->owner, values))
            forget(*owner, *relationship);
    }
}

void RowEffects::remove(Slot& slot) {
    if (slot.state != ObjectState::persistent) return;
    std::vector<Written> all;
    for (const Attribute& attribute : mapper_.attributes())
        if (attribute.foreign) all.push_back({&attribute});
    forget_owners(slot, all);
    session_.note_deleted(slot);
}

void RowEffects::expire_all() {
    session_.identities().for_each(mapper_, [&](Slot& slot) {
        for (const Attribute* attribute : mapper_.deferred()) (void)lose(slot, *attribute);
        slot.require(attention::expired | attention::cold);
    });
}

}  // namespace azoth::inline v0::orm
