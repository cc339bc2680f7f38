// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/schema/table_object.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <algorithm>
#include <iterator>
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

// --- statements ----------------------------------------------------------------------------------

namespace {

/// The values of the statement's criteria, where it has some.
Ref<const CriteriaValues> criteria_values(const sql::Statement& statement, const LoadPlan& plan) {
    if (!plan.paths->has_criteria) return nullptr;
    auto values = make_ref<CriteriaValues>();
    for (const Values* segment : sql::collect_segments(statement.node(), statement.values()).values)
        values->segments.push_back(*segment);
    return values;
}

/// Rows that a joined collection has multiplied, each once.
class UniqueRows {
  public:
    [[nodiscard]] bool is_new(std::span<Slot* const> entities, std::span<const ValueView> cells) {
        std::string row(reinterpret_cast<const char*>(entities.data()),
                        entities.size() * sizeof(Slot*));
        row += encoded_key(cells);
        return seen_.insert(std::move(row)).second;
    }

  private:
    boost::unordered_flat_set<std::string> seen_;
};

}  // namespace

void SessionCore::load(const sql::Statement& statement, const Parameters* parameters,
                       ObjectSink& sink, bool populate_existing) {
    autoflush();
    engine::ResultCore result = connection().execute(statement, parameters);
    const auto* const plan = static_cast<const LoadPlan*>(result.compiled().plan.get());
    if (!plan) {
        while (result.fetch()) sink.row(nullptr, result.cells());
    } else if (plan->is_simple()) {
        load_entity(result, *plan, sink, {populate_existing});
    } else {
        const Ref<const LoadPlan> kept(plan);  // the result goes before what follows it
        PostLoads posts(*this, {populate_existing, criteria_values(statement, *plan)});
        load_rows(result, *plan, sink, posts);
        result.close();
        posts.run();
    }
}

/// The common statement: objects of one class, and nothing that comes with them.
void SessionCore::load_entity(engine::ResultCore& result, const LoadPlan& plan, ObjectSink& sink,
                              const LoadRun& run) {
    StatementHome home(*this);
    EntityReader reader(*this, plan.entries.front(), run);
    while (result.fetch()) {
        Slot* const entity = reader.read(result.cells(), home);
        sink.row(&entity, nullptr);
    }
    reader.finish(plan.paths, run);
}

void SessionCore::load_rows(engine::ResultCore& result, const LoadPlan& plan, ObjectSink& sink,
                            PostLoads& posts) {
    ObjectLoader loader(*this, plan, plan.paths, posts.run_of());
    std::vector<Slot*> entities;
    std::vector<ValueView> cells;
    UniqueRows unique;
    while (result.fetch()) {
        const ValueView* const row = result.cells();
        loader.read(row);
        entities.clear();
        cells.clear();
        for (std::size_t i = 0; i < plan.listed; ++i)
            if (plan.entries[i].mapper)
                entities.push_back(loader.entity(i));
            else
                cells.push_back(row[plan.entries[i].first_cell]);
        if (!plan.repeats || unique.is_new(entities, cells))
            sink.row(entities.data(), cells.data());
    }
    loader.finish(posts);
}

engine::ResultCore SessionCore::run(const CoreStatement& statement,
                                    std::span<const ValueView> values) {
    if (statement.values().empty() && !statement.node().is_flagged())
        return connection().execute(statement, values);
    return connection().execute(statement.with(values), nullptr);
}

/// Runs one of the mapper's own statements. \returns its objects, each once
std::vector<Slot*> SessionCore::select_objects(const ObjectSelect& select,
                                               std::span<const ValueView> values,
                                               const Ref<const LoadPaths>& paths,
                                               PostLoads& posts) {
    engine::ResultCore result = run(select.statement, values);
    ObjectLoader loader(*this, *select.plan, paths, posts.run_of());
    UniqueSlots found;
    while (result.fetch()) {
        loader.read(result.cells());
        if (Slot* slot = loader.entity(0)) found.add(*slot);
    }
    loader.finish(posts);
    return std::move(found).take();
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
    const MapperStatements& statements = mapper.statements();
    if (statements.by_key.plan->is_simple()) return get_simply(statements.by_key, key);
    PostLoads posts(*this, {});
    const auto objects = select_objects(statements.by_key, key, statements.paths, posts);
    posts.run();
    return objects.empty() ? nullptr : objects.front();
}

/// The common class: nothing comes with its objects.
Slot* SessionCore::get_simply(const ObjectSelect& by_key, KeyView key) {
    engine::ResultCore result = run(by_key.statement, key);
    if (!result.fetch()) return nullptr;
    StatementHome home(*this);
    return EntityReader(*this, by_key.plan->entries.front(), {}).read(result.cells(), home);
}

bool SessionCore::reload_if_there(Slot& slot) {
    check_usable();
    const ObjectSelect& select = mapper_of(slot).statements().columns_by_key;
    engine::ResultCore result = run(select.statement, key_of(slot));
    if (!result.fetch()) return false;
    EntityReader(*this, select.plan->entries.front(), {}).refresh(slot, result.cells());
    return true;
}

void SessionCore::reload(Slot& slot) {
    if (reload_if_there(slot)) return;
    throw ObjectDeletedError("the row of " + describe_key(mapper_of(slot), key_of(slot)) +
                             " is gone: it was deleted behind this session's back");
}

/// Throws where an option forbids to load it.
void SessionCore::refuse_deferred(Slot& owner, const Attribute& attribute) {
    const Siblings* const siblings = siblings_.find(owner);
    if (!siblings || !siblings->path) return;
    const auto& refused = siblings->path->refused;
    if (std::find(refused.begin(), refused.end(), &attribute) != refused.end())
        throw InvalidRequestError(mapper_of(owner).class_name() + "::" + attribute.name +
                                  " is deferred, and an option of the statement (raiseload) "
                                  "forbids to load it when it is looked at: undefer<…>() it");
}

void SessionCore::load_deferred(Slot& owner, const Attribute& attribute) {
    check_usable();
    const Mapper& mapper = mapper_of(owner);
    refuse_deferred(owner, attribute);
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
    std::vector<Slot*> leaving;
    expire_links(slot, leaving);
    expire_columns(slot);
    for (Slot* each : leaving) leave_pending(*each);
}

// --- relationships -------------------------------------------------------------------------------

bool SessionCore::lazy_values(const Slot& owner, const Relationship& relationship,
                              std::vector<ValueView>& values) const {
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

namespace {

/// The key of a many-to-one's target, where the foreign key refers to just that. \returns false
/// where it refers to something else.
bool target_key(const Relationship& relationship, std::span<const ValueView> values,
                std::vector<ValueView>& key) {
    const auto& wanted = relationship.target->key();
    if (relationship.direction != Direction::many_to_one ||
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

Slot* SessionCore::present_target(const Relationship& relationship,
                                  std::span<const ValueView> values) const {
    std::vector<ValueView> key;
    if (!target_key(relationship, values, key)) return nullptr;
    Slot* const found = identities_.find(*relationship.target, key);
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

void SessionCore::install_nothing(Slot& owner, const Relationship& relationship) {
    if (relationship.is_many)
        install_items(owner, relationship, {});
    else
        install_target(owner, relationship, nullptr);
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
    const std::size_t window =
        siblings ? window_of(++siblings->touched[relationship.index].times) : 1;
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
    std::vector<Slot*> found =
        select_objects(statements.lazy[relationship.index], values, statements.paths, posts);
    if (relationship.is_many)
        install_items(owner, relationship, std::move(found));
    else
        install_target(owner, relationship, found.empty() ? nullptr : found.front());
}

}  // namespace azoth::inline v0::orm
