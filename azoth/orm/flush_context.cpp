// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/link_view.hpp>
#include <azoth/orm/scratch.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {

FlushContext::FlushContext(SessionCore& session, const Expressions& expressions)
    : session_(session), expressions_(expressions), objects_(session.model()) {}

void FlushContext::clear() noexcept {
    objects_.clear();
    if (!adoptions_.empty()) adoptions_ = {};
    adoptions_known_.clear();
}

const AttributeExpressions* FlushContext::expressions(const Slot& slot) const {
    if (!slot.is(mark::has_expressions)) return nullptr;
    const auto found = expressions_.find(&slot);
    return found == expressions_.end() ? nullptr : &found->second;
}

// --- writing into objects ------------------------------------------------------------------------

void FlushContext::open(Slot& slot) {
    if (slot.state != ObjectState::persistent) return;
    if ((slot.attention & attention::expired) != 0) session_.reload(slot);
    if (slot.image)
        (void)has_changes(slot);
    else
        session_.take_image(slot);
}

namespace {

/// The member says nothing about its column, although it differs from what the row holds. A zero
/// can't be the key of an object that has another one, nor lead to a parent.
bool says_nothing(const Attribute& attribute, const void* object) {
    if (attribute.is_version) return true;
    if (!attribute.ops->is_set(attribute.in(object))) return true;
    const bool leads =
        attribute.key_position >= 0 || (attribute.foreign && !attribute.ops->accepts_null);
    return leads && attribute.starts_zero && attribute.ops->is_zero(attribute.in(object));
}

}  // namespace

bool FlushContext::has_changes(Slot& slot) {
    if (!slot.image) return false;
    bool any = false;
    for (const Attribute& attribute : mapper_of(slot).attributes()) {
        const ImageCell& known = (*slot.image)[attribute.index];
        if (known.same(attribute.view(slot.object()))) continue;
        if (!says_nothing(attribute, slot.object()))
            any = true;
        else if (!attribute.ops->is_deferred)  // not to be put back: it was never meant
            attribute.ops->assign(attribute.in(slot.object()), known.view());
    }
    return any;
}

void FlushContext::write(Slot& slot, const Attribute& attribute, const ValueView& value) {
    session_.level().note(slot, attribute);
    attribute.ops->assign(attribute.in(slot.object()), value);
}

void FlushContext::write_made_key(Slot& slot, const Attribute& key, const ValueView& value) {
    slot.set(mark::key_made);
    key.ops->assign(key.in(slot.object()), value);
}

void FlushContext::expect_writes(std::size_t count) {
    make_room(session_.level().writes, count);
}

void FlushContext::copy(Slot& slot, const Attribute& attribute, const Slot& from,
                        const Attribute& of) {
    const ValueView value = of.view(from.object());
    if (!same_value(attribute.view(slot.object()), value)) write(slot, attribute, value);
}

void FlushContext::make_null(Slot& slot, const Attribute& attribute) {
    if (attribute.view(slot.object()).is_null()) return;
    if (attribute.ops->accepts_null) return write(slot, attribute, ValueView());
    session_.level().note(slot, attribute);
    attribute.ops->reset(attribute.in(slot.object()));
}

// --- what is known of objects --------------------------------------------------------------------

bool FlushContext::takes_part(const Slot& slot) const noexcept {
    const bool lives = slot.state == ObjectState::pending || slot.state == ObjectState::persistent;
    return lives && !slot.is(mark::discarded) && session_of(slot) == &session_;
}

bool FlushContext::takes_part(const Slot& slot, const Relationship& relationship,
                              std::string_view doing) {
    if (takes_part(slot)) return true;
    if (slot.state != ObjectState::deleted && !slot.is(mark::discarded))
        connection().engine().log(
            LogRecord::Level::warning,
            "an object of " + mapper_of(slot).class_name() + " is not in the session: to " +
                std::string(doing) + " it along " + relationship.describe() +
                " will not be written. Add it to the session, or let the relationship cascade "
                "save-update",
            "azoth.orm");
    return false;
}

bool FlushContext::belongs_elsewhere(Slot& item, const Relationship& relationship,
                                     const Slot& owner) {
    const Relationship* reverse = relationship.reverse;
    if (reverse && !reverse->is_many) {
        const Slot* found = LinkAccess::known_target(LinkAccess::of(item, *reverse));
        return found && found != &owner;
    }
    const Slot* found = adopter(item, relationship);
    return found && found != &owner;
}

const Slot* FlushContext::adopter(const Slot& item, const Relationship& relationship) {
    if (std::find(adoptions_known_.begin(), adoptions_known_.end(), &relationship) ==
        adoptions_known_.end())
        find_adoptions(relationship);
    const auto found = adoptions_.find({&relationship, &item});
    return found == adoptions_.end() ? nullptr : found->second;
}

void FlushContext::find_adoptions(const Relationship& relationship) {
    adoptions_known_.push_back(&relationship);
    for (Slot* owner : objects_.work(*relationship.owner).saves) {
        if (!FlushSet::is_saved(*owner)) continue;
        const LinkView view(*owner, relationship);
        for (const Slot* item : view.added())
            adoptions_.insert_or_assign({&relationship, item}, owner);
    }
}

std::size_t FlushContext::AdoptionHash::operator()(const Adoption& adoption) const noexcept {
    return static_cast<std::size_t>(
        azoth::detail::mix(reinterpret_cast<std::uintptr_t>(adoption.first),
                           reinterpret_cast<std::uintptr_t>(adoption.second)));
}

bool FlushContext::is_given(const Slot& slot, const Attribute& attribute) {
    if (attribute.is_unset(slot.object())) return false;
    if (slot.state != ObjectState::persistent) return true;
    return slot.image && !(*slot.image)[attribute.index].same(attribute.view(slot.object()));
}

// --- messages ------------------------------------------------------------------------------------

std::string describe(const Slot& slot) {
    const Mapper& mapper = mapper_of(slot);
    if (slot.state == ObjectState::pending || slot.state == ObjectState::transient)
        for (const Attribute* key : mapper.key())
            if (key->is_unset(slot.object())) return "a new " + mapper.class_name();
    std::string text = mapper.class_name() + "(";
    for (const Attribute* key : mapper.key()) {
        if (key != mapper.key().front()) text += ", ";
        const bool kept = slot.image && slot.state != ObjectState::pending;
        text += to_display(kept ? (*slot.image)[key->index].view() : key->view(slot.object()));
    }
    return text + ")";
}

std::string describe(const Mapper& mapper, const Attribute& attribute) {
    return mapper.class_name() + "::" + attribute.name;
}

bool same_value(const ValueView& a, const ValueView& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == Kind::int64) return a.integer == b.integer;
    return Value(a) == Value(b);
}

}  // namespace azoth::inline v0::orm
