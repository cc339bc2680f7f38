// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/objects.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>
#include <string>

/// From rows to objects.
namespace azoth::inline v0::orm {

ObjectSink::~ObjectSink() = default;

namespace {

void assign_member(const Mapper& mapper, const Attribute& attribute, void* object,
                   const ValueView& cell) {
    if (cell.is_null() && !attribute.ops->accepts_null) [[unlikely]]
        throw_null_member(mapper, attribute);
    attribute.ops->assign(attribute.in(object), cell);
}

/// Says which row it is, for messages.
std::string describe_key(const Mapper& mapper, KeyView key) {
    std::string text = mapper.class_name() + "(";
    for (std::size_t i = 0; i < key.size(); ++i)
        text += (i == 0 ? "" : ", ") + mapper.key()[i]->name + " = " + to_display(key[i]);
    return text + ")";
}

}  // namespace

namespace {

/// Where the new objects of one statement go: the first of a class to the others that come one by
/// one, as most statements that give few objects give one; the rest into a region of their own.
class StatementHome {
  public:
    explicit StatementHome(SessionCore& session) : session_(session) {}
    StatementHome(const StatementHome&) = delete;
    StatementHome& operator=(const StatementHome&) = delete;
    ~StatementHome() {
        if (region_) region_->unpin();
    }
    /// \param number the how many-th of its class
    [[nodiscard]] Slot& construct(const Mapper& mapper, std::uint32_t number) {
        if (number == 1) return construct_object(mapper, session_.nursery());
        if (!region_) {
            region_ = Region::make(&session_);
            region_->pin();
        }
        return construct_object(mapper, *region_, number);
    }

  private:
    SessionCore& session_;
    Region* region_ = nullptr;
};

}  // namespace

/// Makes objects of one class out of rows.
class EntityReader {
  public:
    EntityReader(SessionCore& session, const LoadPlan::Entry& entry, bool populate_existing)
        : session_(session), entry_(entry), populate_(populate_existing) {}

    /// The object of the row's key; null where the key is NULL.
    [[nodiscard]] Slot* read(const ValueView* row, StatementHome& home) {
        const ValueView* const cells = row + entry_.first_cell;
        if (entry_.key_cells.size() == 1) {
            const ValueView& key = cells[entry_.key_cells.front()];
            return key.is_null() ? nullptr : read(cells, KeyView(&key, 1), home);
        }
        KeyBuffer key;
        for (const auto index : entry_.key_cells) {
            if (cells[index].is_null()) return nullptr;
            key.push_back(cells[index]);
        }
        return read(cells, key, home);
    }

    /// R14: overwrites the members that are as the database was last known to hold them; others
    /// were written since, and stay.
    void refresh(Slot& slot, const ValueView* cells) {
        ImageArena& arena = slot.slab->arena();
        if (!slot.image) {
            entry_.assign(slot.object(), cells);
        } else {
            for (const LoadPlan::Member& member : entry_.members) {
                ImageCell& base = (*slot.image)[member.attribute->index];
                if (base.same(member.attribute->view(slot.object())))
                    entry_.assign_one(member, slot.object(), *cells);
                arena.store(base, *cells++);
            }
        }
        slot.settle(attention::expired);
    }

  private:
    [[nodiscard]] Slot* read(const ValueView* cells, KeyView key, StatementHome& home) {
        IdentityMap& identities = session_.identities();
        if (Slot* const present = identities.find(*entry_.mapper, key)) {
            if (populate_) session_.expire_for_populate(*present);
            if (populate_ || (present->attention & attention::expired) != 0)
                refresh(*present, cells);
            return present;
        }
        Slot& slot = make(cells, home);
        identities.add(*entry_.mapper, key, slot);
        slot.set(mark::mapped);
        return &slot;
    }

    [[nodiscard]] Slot& make(const ValueView* cells, StatementHome& home) {
        Slot& slot = home.construct(*entry_.mapper, ++made_);
        // A row that can't be read leaves a transient object behind, which nobody can reach and
        // which goes with its region.
        entry_.assign(slot.object(), cells);
        slot.state = ObjectState::persistent;
        slot.require(attention::cold);
        return slot;
    }

    SessionCore& session_;
    const LoadPlan::Entry& entry_;
    const bool populate_;
    std::uint32_t made_ = 0;
};

// --- statements ----------------------------------------------------------------------------------

void SessionCore::load(const sql::Statement& statement, const Parameters* parameters,
                       ObjectSink& sink, bool populate_existing) {
    autoflush();
    engine::ResultCore result = connection().execute(statement, parameters);
    const LoadPlan* plan = static_cast<const LoadPlan*>(result.compiled().plan.get());
    if (!plan)
        while (result.fetch()) sink.row(nullptr, result.cells());
    else if (plan->entries.size() == 1 && plan->entries.front().mapper)
        load_entity(result, plan->entries.front(), sink, populate_existing);
    else
        load_rows(result, *plan, sink, populate_existing);
}

/// The common statement: objects of one class.
void SessionCore::load_entity(engine::ResultCore& result, const LoadPlan::Entry& entry,
                              ObjectSink& sink, bool populate_existing) {
    StatementHome home(*this);
    EntityReader reader(*this, entry, populate_existing);
    while (result.fetch()) {
        Slot* const entity = reader.read(result.cells(), home);
        sink.row(&entity, nullptr);
    }
}

void SessionCore::load_rows(engine::ResultCore& result, const LoadPlan& plan, ObjectSink& sink,
                            bool populate_existing) {
    StatementHome home(*this);
    std::vector<EntityReader> readers;
    std::vector<std::uint32_t> columns;
    for (const LoadPlan::Entry& entry : plan.entries) {
        if (entry.mapper)
            readers.emplace_back(*this, entry, populate_existing);
        else
            columns.push_back(entry.first_cell);
    }
    std::vector<Slot*> entities(readers.size());
    std::vector<ValueView> cells(columns.size());
    while (result.fetch()) {
        const ValueView* row = result.cells();
        for (std::size_t i = 0; i < readers.size(); ++i) entities[i] = readers[i].read(row, home);
        for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = row[columns[i]];
        sink.row(entities.data(), cells.data());
    }
}

engine::ResultCore SessionCore::run(const CoreStatement& statement,
                                    std::span<const ValueView> values) {
    if (statement.values().empty()) return connection().execute(statement, values);
    return connection().execute(statement.with(values), nullptr);
}

/// Runs one of the mapper's own statements.
template <class Visit>
void SessionCore::select_objects(const ObjectSelect& select, std::span<const ValueView> values,
                                 Visit&& visit) {
    engine::ResultCore result = run(select.statement, values);
    StatementHome home(*this);
    EntityReader reader(*this, select.entity, false);
    while (result.fetch())
        if (Slot* slot = reader.read(result.cells(), home)) visit(*slot);
}

Slot* SessionCore::get(const Mapper& mapper, KeyView key) {
    check_usable();
    if (key.size() != mapper.key().size())
        throw ArgumentError("get<" + mapper.class_name() + ">: its key has " +
                            std::to_string(mapper.key().size()) + " columns, " +
                            std::to_string(key.size()) + " values are given");
    Slot* found = identities_.find(mapper, key);
    if (found && (found->attention & attention::expired) == 0) return found;
    if (found) return reload_if_there(*found) ? found : nullptr;
    select_objects(mapper.statements().by_key, key, [&](Slot& slot) { found = &slot; });
    return found;
}

bool SessionCore::reload_if_there(Slot& slot) {
    check_usable();
    const ObjectSelect& select = mapper_of(slot).statements().by_key;
    engine::ResultCore result = run(select.statement, key_of(slot));
    if (!result.fetch()) return false;
    EntityReader(*this, select.entity, false).refresh(slot, result.cells());
    return true;
}

void SessionCore::reload(Slot& slot) {
    if (reload_if_there(slot)) return;
    throw ObjectDeletedError("the row of " + describe_key(mapper_of(slot), key_of(slot)) +
                             " is gone: it was deleted behind this session's back");
}

void SessionCore::load_deferred(Slot& owner, const Attribute& attribute) {
    check_usable();
    const Mapper& mapper = mapper_of(owner);
    const KeyBuffer key = key_of(owner);
    const CoreStatement& select = *mapper.statements().deferred[attribute.index];
    engine::ResultCore result = run(select, key);
    if (!result.fetch())
        throw ObjectDeletedError("the row of " + describe_key(mapper, key) + " is gone");
    assign_member(mapper, attribute, owner.object(), result.cells()[0]);
    if (owner.image) owner.slab->arena().store((*owner.image)[attribute.index], result.cells()[0]);
}

void SessionCore::expire_for_populate(Slot& slot) {
    if (slot.state != ObjectState::persistent) return;
    expire_links(slot);
    expire_columns(slot);
}

// --- relationships -------------------------------------------------------------------------------

namespace {

/// The values that say what a relationship leads to. \returns false where one is NULL: it then
/// leads to nothing.
bool lazy_values(const Slot& owner, const Relationship& relationship,
                 std::vector<ValueView>& values) {
    for (const Attribute* attribute :
         mapper_of(owner).statements().lazy_values[relationship.index]) {
        // Rows elsewhere hold the key that the owner's row has, not one that it is about to get.
        const bool is_key = relationship.direction != Direction::many_to_one && owner.image;
        values.push_back(is_key ? (*owner.image)[attribute->index].view()
                                : attribute->view(owner.object()));
        if (values.back().is_null() || (!is_key && attribute->is_unset(owner.object())))
            return false;
    }
    return true;
}

/// The key of a many-to-one's target, where the foreign key refers to just that. \returns false
/// where it refers to something else.
bool target_key(const Relationship& relationship, std::span<const ValueView> values,
                std::vector<ValueView>& key) {
    const auto& wanted = relationship.target->key();
    if (wanted.size() != relationship.pairs.size()) return false;
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

void SessionCore::load_relationship(Slot& owner, const Relationship& relationship) {
    const ExclusiveUse use(monitor_, "Session");
    check_usable();
    if (relationship.loading == Loading::raise &&
        !flushing_)  // it is the program that is forbidden to
        throw InvalidRequestError(relationship.describe() +
                                  " is not loaded, and its mapping forbids to load it when it is "
                                  "looked at (lazy_raise): load it with the statement");
    if ((owner.attention & attention::expired) != 0) reload(owner);
    autoflush();
    Link& link = LinkAccess::of(owner, relationship);
    if (LinkAccess::is_loaded(link)) return;  // the flush had it looked at
    std::vector<ValueView> values;
    const bool leads_somewhere = lazy_values(owner, relationship, values);
    if (relationship.is_many)
        load_many(owner, relationship, link, leads_somewhere, values);
    else
        load_one(owner, relationship, link, leads_somewhere, values);
}

void SessionCore::load_one(Slot& owner, const Relationship& relationship, Link& link,
                           bool leads_somewhere, std::span<const ValueView> values) {
    Slot* found = nullptr;
    std::vector<ValueView> key;
    if (leads_somewhere) {
        if (relationship.direction == Direction::many_to_one &&
            target_key(relationship, values, key))
            found = get(*relationship.target, key);
        else
            select_objects(mapper_of(owner).statements().lazy[relationship.index], values,
                           [&](Slot& slot) {
                               if (!found) found = &slot;
                           });
    }
    if (found) Region::unite(owner.slab->region(), found->slab->region());
    LinkAccess::set_loaded_target(link, found);
}

void SessionCore::load_many(Slot& owner, const Relationship& relationship, Link& link,
                            bool leads_somewhere, std::span<const ValueView> values) {
    std::vector<Slot*> items;
    if (leads_somewhere)
        select_objects(mapper_of(owner).statements().lazy[relationship.index], values,
                       [&](Slot& slot) { items.push_back(&slot); });
    const Relationship* reverse = relationship.reverse;
    for (Slot* item : items) {
        Region::unite(owner.slab->region(), item->slab->region());
        if (!reverse || reverse->is_many) continue;
        // Known for nothing: they came because they lead here.
        Link& back = LinkAccess::of(*item, *reverse);
        if (!LinkAccess::is_loaded(back)) LinkAccess::set_loaded_target(back, &owner);
    }
    LinkAccess::set_loaded_items(link, std::move(items));
}

}  // namespace azoth::inline v0::orm
