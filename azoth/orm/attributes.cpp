// SPDX-License-Identifier: MIT
#include <azoth/orm/attributes.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/session_core.hpp>

#include <string>
#include <utility>

namespace azoth::inline v0::orm::detail {
namespace {

const Attribute& mapped_column(const Slot& slot, std::ptrdiff_t offset, std::string_view call) {
    const Mapper& mapper = mapper_of(slot);
    if (const Attribute* found = mapper.attribute_at(offset)) return *found;
    throw ArgumentError(std::string(call) + " names a member of " + mapper.class_name() +
                        " that no column and no relationship is mapped to");
}

const Relationship& mapped_relationship(const Slot& slot, std::ptrdiff_t offset,
                                        std::string_view call) {
    const Mapper& mapper = mapper_of(slot);
    if (const Relationship* found = mapper.relationship_at(offset)) return *found;
    throw ArgumentError(std::string(call) + " names a member of " + mapper.class_name() +
                        " that the mapping has no relationship for");
}

/// The session of an object with a row.
SessionCore& session_with(const Slot& slot, std::string_view call) {
    if (slot.state == ObjectState::persistent)
        if (SessionCore* const session = session_of(slot)) return *session;
    throw InvalidRequestError(std::string(call) + ": this object of " +
                              mapper_of(slot).class_name() +
                              " is not in a session with a row of its own");
}

constexpr std::string_view commit_call = "set_committed_value()";

}  // namespace

LinkHistory link_history(Slot& slot, std::ptrdiff_t offset) {
    const Relationship& relationship = mapped_relationship(slot, offset, "get_history()");
    const Link& link = LinkAccess::of(slot, relationship);
    LinkHistory history;
    if (!relationship.is_many) {
        const bool changed = LinkAccess::changed(link);
        if (Slot* const target = LinkAccess::target(link))
            (changed ? history.added : history.unchanged).push_back(target);
        if (Slot* const before = changed ? LinkAccess::before(link) : nullptr)
            history.deleted.push_back(before);
        return history;
    }
    Collection* const known = LinkAccess::existing_collection(link);
    if (!known) return history;
    history.added = known->added.slots();
    history.deleted = known->removed.slots();
    for (Slot* const item : known->known_items().slots())
        if (!known->added.holds(*item)) history.unchanged.push_back(item);
    return history;
}

ColumnHistory column_history(Slot& slot, std::ptrdiff_t offset, void* before) {
    const Attribute& attribute = mapped_column(slot, offset, "get_history()");
    if ((slot.attention & (attention::expired | attention::gone)) != 0)
        return ColumnHistory::unknown;
    if (attribute.ops->is_deferred && !attribute.ops->is_set(attribute.in(slot.object())))
        return ColumnHistory::unknown;
    if (slot.state == ObjectState::transient || slot.state == ObjectState::pending)
        return attribute.is_unset(slot.object()) ? ColumnHistory::unknown : ColumnHistory::added;
    if (!slot.image) return ColumnHistory::unchanged;
    const ImageCell& known = (*slot.image)[attribute.index];
    if (known.same(attribute.view(slot.object()))) return ColumnHistory::unchanged;
    if (known.kind == Kind::null && !attribute.ops->accepts_null)
        attribute.ops->reset(before);
    else
        attribute.ops->assign(before, known.view());
    return ColumnHistory::changed;
}

void require_committable(const Slot& slot, std::ptrdiff_t offset) {
    const Attribute& attribute = mapped_column(slot, offset, commit_call);
    static_cast<void>(session_with(slot, commit_call));
    if (attribute.key_position < 0) return;
    throw ArgumentError(std::string(commit_call) +
                        ": the session knows its objects by their keys, " +
                        mapper_of(slot).class_name() + "::" + attribute.name +
                        " is part of one: merge() brings in an object of another key");
}

void commit_column(Slot& slot, std::ptrdiff_t offset) {
    const ExclusiveUse use(session_with(slot, commit_call).monitor(), "Session");
    const Attribute& attribute = mapped_column(slot, offset, commit_call);
    if (slot.image)
        slot.slab->arena().store((*slot.image)[attribute.index], attribute.view(slot.object()));
}

void commit_link(Slot& slot, std::ptrdiff_t offset, std::vector<Slot*> found) {
    SessionCore& session = session_with(slot, commit_call);
    const ExclusiveUse use(session.monitor(), "Session");
    const Relationship& relationship = mapped_relationship(slot, offset, commit_call);
    if (LinkAccess::has_changes(LinkAccess::of(slot, relationship)))
        throw InvalidRequestError(std::string(commit_call) + ": " + relationship.describe() +
                                  " has changes that are not flushed: flush() first");
    for (const Slot* const item : found) session.require_own(*item, commit_call);
    session.install(slot, relationship, std::move(found));
}

}  // namespace azoth::inline v0::orm::detail
