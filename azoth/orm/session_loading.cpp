// SPDX-License-Identifier: MIT
#include <azoth/engine/connection_state.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/session_core.hpp>
#include <azoth/orm/window_reader.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>
#include <string>

/// Statements and objects by their keys.
namespace azoth::inline v0::orm {

RowFeed::~RowFeed() = default;
ObjectSink::~ObjectSink() = default;

void ObjectSink::drop_feed() noexcept {
    delete std::exchange(feed_, nullptr);
}

bool ObjectSink::read_on() {
    forget();
    try {
        if (feed_->advance(*this)) return true;
    } catch (...) {
        forget();
        throw;
    }
    drop_feed();
    return false;
}

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

LoadRun load_run(const sql::Statement& statement, const LoadPlan& plan, bool populate_existing) {
    LoadRun run{.populate_existing = populate_existing,
                .schemas = statement.node().options.schema_translate_map};
    if (!plan.paths->has_criteria) return run;
    auto values = make_ref<CriteriaValues>();
    for (const Values* segment : sql::collect_segments(statement.node(), statement.values()).values)
        values->segments.push_back(*segment);
    run.values = std::move(values);
    return run;
}

void SessionCore::load(const sql::Statement& statement, const Parameters* parameters,
                       ObjectSink& sink, const ExecutionOptions& options) {
    const bool populate_existing = options.populate_existing;
    if (options.autoflush) autoflush();
    engine::ResultCore result = connection().execute(statement, parameters);
    const auto* const plan = static_cast<const LoadPlan*>(result.compiled().plan.get());
    if (!plan) {
        while (result.fetch()) sink.row(nullptr, result.cells());
    } else if (plan->is_simple()) {
        load_entity(result, *plan, sink, {populate_existing});
    } else {
        const Ref<const LoadPlan> kept(plan);  // the result goes before what follows it
        PostLoads posts(*this, load_run(statement, *plan, populate_existing));
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
    WindowReader rows(result, plan, 0);
    (void)rows.read(
        loader, [&](Slot* const* entities, const ValueView* cells) { sink.row(entities, cells); });
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

namespace {

void require_key(const Mapper& mapper, KeyView key) {
    if (key.size() != mapper.key().size())
        throw ArgumentError("get<" + mapper.class_name() + ">: its key has " +
                            std::to_string(mapper.key().size()) + " columns, " +
                            std::to_string(key.size()) + " values are given");
}

/// A statement that selects objects of the class, with their rows locked. Of what is joined to them
/// no row is, where nothing else is said: some of it may not be there, which is not to be locked.
CoreStatement with_lock(const CoreStatement& statement, const Mapper& mapper, ForUpdate lock) {
    CoreStatement locked = statement;
    if (lock.of.empty()) lock.of.emplace_back(Ref<const sql::FromNode>(&mapper.table()));
    locked.lock(lock);
    return locked;
}

}  // namespace

/// As said, where the session has the object already: it is read again.
Slot* SessionCore::get(const Mapper& mapper, KeyView key, const GetOptions& options) {
    if (!options.populate_existing && !options.with_for_update) return get(mapper, key);
    check_usable();
    require_key(mapper, key);
    autoflush();
    const MapperStatements& statements = mapper.statements();
    ObjectSelect by_key = statements.by_key;
    if (options.with_for_update)
        by_key.statement = with_lock(by_key.statement, mapper, *options.with_for_update);
    PostLoads posts(*this, {.populate_existing = true});
    const auto objects = select_objects(by_key, key, statements.paths, posts);
    posts.run();
    if (!objects.empty()) return objects.front();
    if (options.with_for_update && options.with_for_update->skip_locked)
        return nullptr;  // it may be there, and another transaction have its lock
    if (Slot* const gone = identities_.find(mapper, key)) note_deleted(*gone);
    return nullptr;
}

Slot* SessionCore::get(const Mapper& mapper, KeyView key) {
    check_usable();
    require_key(mapper, key);
    Slot* found = identities_.find(mapper, key);
    if (found && (found->attention & attention::expired) == 0) return found;
    if (found) {
        if (reload_if_there(*found)) return found;
        note_deleted(*found);  // its row is gone, and the key free for another
        return nullptr;
    }
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

bool SessionCore::reload_if_there(Slot& slot, const ForUpdate* lock) {
    check_usable();
    const Mapper& mapper = mapper_of(slot);
    const ObjectSelect& select = mapper.statements().columns_by_key;
    engine::ResultCore result = lock ? run(with_lock(select.statement, mapper, *lock), key_of(slot))
                                     : run(select.statement, key_of(slot));
    if (!result.fetch()) return false;
    EntityReader(*this, select.plan->entries.front(), {}).refresh(slot, result.cells());
    return true;
}

void SessionCore::reload(Slot& slot, const ForUpdate* lock) {
    if (reload_if_there(slot, lock)) return;
    if (lock && lock->skip_locked)
        throw InvalidRequestError("refresh(): the row of " +
                                  describe_key(mapper_of(slot), key_of(slot)) +
                                  " was left out (skip_locked), as another transaction has its "
                                  "lock, or it is gone");
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

}  // namespace azoth::inline v0::orm
