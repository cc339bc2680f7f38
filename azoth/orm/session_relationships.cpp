// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/session_core.hpp>

#include <algorithm>
#include <iterator>
#include <string>

/// What relationships lead to: where it is found, and what happens when the program looks at it.
namespace azoth::inline v0::orm {

bool SessionCore::lazy_values(const Slot& owner, const Relationship& relationship,
                              std::vector<ValueView>& values) const {
    for (const Attribute* attribute :
         mapper_of(owner).statements().lazy_values[relationship.index]) {
        // Rows elsewhere hold the key that the owner's row has, not one that it is about to get.
        const bool is_key = owner.image && (relationship.direction != Direction::many_to_one ||
                                            relationship.needs_owner());
        values.push_back(is_key ? (*owner.image)[attribute->index].view()
                                : attribute->view(owner.object()));
        if (values.back().is_null() || (!is_key && attribute->is_unset(owner.object())))
            return false;
    }
    return true;
}

namespace {

/// The key of a many-to-one's target, where the foreign key refers to just that. \returns false
/// where it refers to something else, or the target meets further conditions.
bool target_key(const Relationship& relationship, std::span<const ValueView> values,
                std::vector<ValueView>& key) {
    const auto& wanted = relationship.target->key();
    if (relationship.direction != Direction::many_to_one || relationship.has_conditions() ||
        wanted.size() != relationship.pairs.size())
        return false;
    for (const Attribute* attribute : wanted) {
        const auto pair =
            std::find_if(relationship.pairs.begin(), relationship.pairs.end(),
                         [&](const Relationship::Pair& one) { return one.remote == attribute; });
        if (pair == relationship.pairs.end()) return false;
        key.push_back(values[static_cast<std::size_t>(pair - relationship.pairs.begin())]);
    }
    return true;
}

}  // namespace

Slot* SessionCore::peek_target(const Slot& owner, const Relationship& relationship) const {
    if (relationship.direction != Direction::many_to_one) return nullptr;
    std::vector<ValueView> values;
    std::vector<ValueView> key;
    if (!lazy_values(owner, relationship, values) || !target_key(relationship, values, key))
        return nullptr;
    return identities_.find(*relationship.target, key);
}

Slot* SessionCore::find_target(const IdentityMap& identities, const Relationship& relationship,
                               std::span<const ValueView> values) {
    std::vector<ValueView> key;
    return target_key(relationship, values, key) ? identities.find(*relationship.target, key)
                                                 : nullptr;
}

Slot* SessionCore::present_target(const Relationship& relationship,
                                  std::span<const ValueView> values) const {
    Slot* const found = find_target(identities_, relationship, values);
    return found && (found->attention & attention::expired) == 0 ? found : nullptr;
}

void SessionCore::install_target(Slot& owner, const Relationship& relationship, Slot* target) {
    if (target) Region::unite(owner.slab->region(), target->slab->region());
    LinkAccess::set_loaded_target(LinkAccess::of(owner, relationship), target);
}

void SessionCore::install_items(Slot& owner, const Relationship& relationship,
                                std::vector<Slot*> items) {
    const Relationship* const reverse = relationship.reverse;
    for (Slot* item : items) {
        Region::unite(owner.slab->region(), item->slab->region());
        if (!reverse || reverse->is_many) continue;
        // Known for nothing: they came because they lead here.
        Link& back = LinkAccess::of(*item, *reverse);
        if (!LinkAccess::is_loaded(back)) LinkAccess::set_loaded_target(back, &owner);
    }
    LinkAccess::set_loaded_items(LinkAccess::of(owner, relationship), std::move(items));
}

void SessionCore::install(Slot& owner, const Relationship& relationship, std::vector<Slot*> found) {
    if (relationship.is_many)
        install_items(owner, relationship, std::move(found));
    else
        install_target(owner, relationship, found.empty() ? nullptr : found.front());
}

// --- when the program looks at it ----------------------------------------------------------------

namespace {

/// For how many siblings a relationship is loaded when it needs SQL for the nth time (R22).
std::size_t window_of(std::uint32_t times) noexcept {
    constexpr std::size_t windows[] = {1, 16, 128, 500};
    return windows[std::min<std::size_t>(times, std::size(windows)) - 1];
}

}  // namespace

void SessionCore::refuse_lazy_load(const Relationship& relationship, std::string_view why) const {
    throw InvalidRequestError(relationship.describe() + " is not loaded, and " + std::string(why) +
                              ": load it with the statement, as by selectinload<&" +
                              relationship.describe() + ">()");
}

void SessionCore::load_relationship(Slot& owner, const Relationship& relationship) {
    const ExclusiveUse use(monitor_, "Session");
    check_usable();
    // What a flush looks at the program has not asked for: nothing forbids it, and siblings don't
    // come along.
    Ref<Siblings> siblings(flushing_ ? nullptr : siblings_.find(owner));
    const LoadPath::Branch* const branch =
        siblings && siblings->path ? siblings->path->branch(relationship) : nullptr;
    const Loading loading = flushing_ ? Loading::select
                            : branch  ? branch->loading
                                      : relationship.loading;
    if (loading == Loading::raise)
        refuse_lazy_load(relationship, branch
                                           ? "raiseload() forbids to load it when it is looked at"
                                           : "its mapping forbids to load it when it is looked at "
                                             "(lazy_raise)");
    if ((owner.attention & attention::expired) != 0) reload(owner);
    autoflush();
    if (LinkAccess::is_loaded(LinkAccess::of(owner, relationship))) return;  // by the flush
    std::vector<ValueView> values;
    if (loading == Loading::none || !lazy_values(owner, relationship, values))
        return install_nothing(owner, relationship);
    if (!branch || branch->criteria.empty())
        if (Slot* const present = present_target(relationship, values))
            return install_target(owner, relationship, present);
    if (loading == Loading::raise_on_sql)
        refuse_lazy_load(relationship,
                         "only SQL could load it, which is forbidden when it is "
                         "looked at (sql_only)");
    if (options_.strict_loading && !flushing_)
        refuse_lazy_load(relationship,
                         "strict_loading of the session forbids to load it when it "
                         "is looked at");
    load_lazily(owner, relationship, siblings.get(), branch);
}

void SessionCore::load_lazily(Slot& owner, const Relationship& relationship, Siblings* siblings,
                              const LoadPath::Branch* branch) {
    LazyLoadCount& count = lazy_loads_[&relationship];
    ++count.times;
    PostLoads posts(*this, {false, siblings ? siblings->values : nullptr});
    const MapperStatements& statements = mapper_of(owner).statements();
    const auto& paths = branch ? siblings->paths : statements.paths;
    const std::size_t window = siblings ? window_of(++siblings->touched[relationship.index]) : 1;
    if (window == 1 && !branch) {
        ++count.objects;
        load_one(owner, relationship, statements, posts);
    } else {
        std::vector<Slot*> owners = window == 1
                                        ? std::vector<Slot*>{&owner}
                                        : window_from(owner, relationship, *siblings, window);
        count.objects += owners.size();
        posts.load(owners, branch ? *branch : statements.lazy_branches[relationship.index], paths);
    }
    posts.run();
}

/// The object and those behind it that have the relationship unloaded too, so many in all.
std::vector<Slot*> SessionCore::window_from(Slot& owner, const Relationship& relationship,
                                            Siblings& siblings, std::size_t count) const {
    std::vector<Slot*> owners{&owner};
    for (Slot* slot : siblings.from(owner)) {
        if (owners.size() == count) break;
        if (!slot || slot == &owner || slot->state != ObjectState::persistent ||
            (slot->attention & attention::expired) != 0 ||
            LinkAccess::is_loaded(LinkAccess::of(*slot, relationship)))
            continue;
        owners.push_back(slot);
    }
    return owners;
}

void SessionCore::load_one(Slot& owner, const Relationship& relationship,
                           const MapperStatements& statements, PostLoads& posts) {
    std::vector<ValueView> values;
    (void)lazy_values(owner, relationship, values);
    std::vector<ValueView> key;
    if (target_key(relationship, values, key))
        return install_target(owner, relationship, get(*relationship.target, key));
    install(owner, relationship,
            select_objects(statements.lazy[relationship.index], values, statements.paths, posts));
}

}  // namespace azoth::inline v0::orm
