// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/base/execution_context.hpp>
#include <azoth/base/process.hpp>
#include <azoth/engine/engine.hpp>
#include <azoth/orm/flush.hpp>
#include <azoth/orm/identity_map.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/nursery.hpp>
#include <azoth/orm/object_sink.hpp>
#include <azoth/orm/session_options.hpp>
#include <azoth/orm/siblings.hpp>
#include <azoth/sql/builder.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

namespace engine {
class ConnectionState;
class OptionsScope;
class ResultCore;
}  // namespace engine

namespace orm {

class CoreStatement;
class PostLoads;
class Link;
class OpenRows;
class StreamCore;
class UnitOfWork;
struct BulkRows;
struct LoadRun;
struct ObjectSelect;
struct Relationship;

/// What flush wrote into an object: to be put back if the transaction is rolled back.
struct FlushWrite {
    Slot* slot;
    const Attribute* attribute;
    Value before;
    bool was_set;
};

/// How often what a relationship leads to was loaded when the program looked at it.
struct LazyLoadCount {
    std::uint64_t times = 0;    ///< that a statement was sent
    std::uint64_t objects = 0;  ///< for which it was loaded
};

/// One level of the session's transaction: the transaction itself or a savepoint.
struct SessionLevel {
    std::uint64_t number = 0;                    ///< of a savepoint; 0: the transaction itself
    std::uint64_t connection_transaction = 0;    ///< as ConnectionState numbers it
    std::vector<FlushWrite> writes;              ///< in the order in which they were done
    std::vector<Slot*> inserted;                 ///< became persistent
    std::vector<Slot*> deleted;                  ///< became deleted
    std::vector<std::pair<Slot*, Key>> rekeyed;  ///< with their keys before
    /// Members among `writes` that the database has changed, by statements of the program or of
    /// others: a loop of them notes what was there before the first, once.
    boost::unordered_flat_set<std::pair<const Slot*, const Attribute*>> written_by_statements;

    /// Notes what the member holds, before it is written: a rollback puts that back.
    void note(Slot& slot, const Attribute& attribute);
    void note_once(Slot& slot, const Attribute& attribute);
    /// Forgets everything, and keeps the memory that a small transaction needs.
    void clear() noexcept;
};

/// The levels that are open, the transaction itself first. Keeps the memory of those that were. One
/// thread at a time.
class LevelStack {
  public:
    [[nodiscard]] bool empty() const noexcept { return open_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return open_; }
    [[nodiscard]] SessionLevel& operator[](std::size_t index) noexcept { return all_[index]; }
    [[nodiscard]] const SessionLevel& operator[](std::size_t index) const noexcept {
        return all_[index];
    }
    [[nodiscard]] SessionLevel& front() noexcept { return all_.front(); }
    [[nodiscard]] SessionLevel& back() noexcept { return all_[open_ - 1]; }
    [[nodiscard]] SessionLevel* begin() noexcept { return all_.data(); }
    [[nodiscard]] SessionLevel* end() noexcept { return all_.data() + open_; }
    void push() {
        if (open_ == all_.size()) all_.emplace_back();
        ++open_;
    }
    void pop() noexcept { all_[--open_].clear(); }
    void clear() noexcept {
        while (open_ != 0) pop();
    }

  private:
    std::vector<SessionLevel> all_;  // those beyond the open ones are empty
    std::size_t open_ = 0;
};

/// The untyped session: identity map, transaction, unit of work. One thread at a time (R19).
class AZOTH_EXPORT SessionCore final : public RegionOwner {
  public:
    SessionCore(Engine engine, Ref<ModelState> model, SessionOptions options);
    /// On somebody else's connection: session_join.cpp.
    SessionCore(const Connection& joined, Ref<ModelState> model, SessionOptions options);
    ~SessionCore();

    [[nodiscard]] ModelState& model() const noexcept { return *model_; }
    [[nodiscard]] const SessionOptions& options() const noexcept { return options_; }
    [[nodiscard]] UseMonitor& monitor() noexcept { return monitor_; }
    [[nodiscard]] const Engine& engine() const noexcept { return engine_; }
    /// While the sum is positive, nothing is flushed unasked.
    void hold_autoflush(int more) noexcept { autoflush_held_ += more; }
    [[nodiscard]] IdentityMap& identities() noexcept { return identities_; }
    /// Where new objects go. Throws where the session is closed: nobody would free them.
    [[nodiscard]] Nursery& nursery() {
        check_open();
        return nursery_;
    }

    // --- objects (session_objects.cpp) ---------------------------------------------------------

    void add(Slot& slot);
    /// The same for an object that has just been made for this session.
    void add_new(const Mapper& mapper, Slot& slot);
    /// Throws what add() throws. \param replaced a One of the object that is about to lead
    /// elsewhere
    /// \returns the objects that would be new to the session
    std::vector<Slot*> require_addable(Slot& slot, const Relationship* replaced = nullptr) const;
    void remove(Slot& slot);  ///< Session::delete_
    void expunge(Slot& slot);
    void expire(Slot& slot);
    /// \param options null: the usual
    void refresh(Slot& slot, const RefreshOptions* options);
    [[nodiscard]] bool contains(const Slot& slot) const noexcept;
    /// Throws InvalidRequestError, naming the call, where the object isn't in this session.
    void require_own(const Slot& slot, std::string_view call) const;
    /// Throws ArgumentError where no column is mapped to what stands there.
    [[nodiscard]] const Attribute& attribute_at(const Slot& slot, std::ptrdiff_t offset,
                                                std::string_view call) const;
    /// The member's zero is meant (R16).
    void note_given(const Slot& slot, const Attribute& attribute);
    [[nodiscard]] bool is_given(const Slot& slot, const Attribute& attribute) const;
    /// To be written by the next flush, whatever the member holds.
    void set_expression(Slot& slot, const Attribute& attribute, sql::Expression expression);
    /// Something of it would be written by a flush.
    [[nodiscard]] bool is_modified(Slot& slot);
    /// The session's object for `given`; see Session::merge.
    [[nodiscard]] Slot& merge(Slot& given, bool load);
    /// Where a writing handle comes first (R12): base image and hot list.
    void borrow(Slot& slot);
    void make_hot(Slot& slot);
    void note_linked(Slot& slot);
    /// The base image, made of the members where there is none.
    [[nodiscard]] Image& image_of(Slot& slot);
    /// base := members.
    void take_image(Slot& slot);
    /// The identity that the database knows: of the base image where there is one.
    [[nodiscard]] static KeyBuffer key_of(const Slot& slot);
    [[nodiscard]] const std::vector<Slot*>& pending() const noexcept { return pending_; }
    [[nodiscard]] const std::vector<Slot*>& doomed() const noexcept { return doomed_; }
    [[nodiscard]] const std::vector<Slot*>& hot() const noexcept { return hot_; }
    [[nodiscard]] const std::vector<Slot*>& imaged() const noexcept { return imaged_; }

    /// What a many-to-one leads to by the foreign key in the object, if that object is here.
    [[nodiscard]] Slot* peek_target(const Slot& owner, const Relationship& relationship) const;

    /// Enters the object into the identity map under the key that the database knows, or takes it
    /// out.
    void map(Slot& slot);
    void unmap(Slot& slot);
    /// Takes back an add() that is not flushed.
    void leave_pending(Slot& slot);
    /// populate_existing: what is known of the object is to be overwritten by a row.
    void expire_for_populate(Slot& slot);

    /// Unlinks what a collection has and `wanted` has not; loads it first.
    void replace_items(Slot& owner, const Relationship& relationship,
                       const std::vector<Slot*>& wanted);

    // --- loading (session_loading.cpp) ---------------------------------------------------------

    /// Runs a statement and gives its rows to the sink, whole before it returns. Autoflushes.
    void load(const sql::Statement& statement, const Parameters* parameters, ObjectSink& sink,
              const ExecutionOptions& options);
    /// The object of a key, from the identity map or by SELECT; null where there is no row.
    [[nodiscard]] Slot* get(const Mapper& mapper, KeyView key);
    [[nodiscard]] Slot* get(const Mapper& mapper, KeyView key, const GetOptions& options);
    /// Reads an expired object again. Throws ObjectDeletedError where its row is gone.
    /// \param lock of its row; null: none
    void reload(Slot& slot, const ForUpdate* lock = nullptr);
    void load_deferred(Slot& owner, const Attribute& attribute);

    // --- INSERT, UPDATE, DELETE (session_dml.cpp) ----------------------------------------------

    /// Runs one whose rows, if there are any, the program reads. Autoflushes.
    [[nodiscard]] engine::ResultCore write(const sql::Statement& statement,
                                           const Parameters* parameters,
                                           const ExecutionOptions& options);
    /// The same, with the rows of RETURNING for the sink, whole before it returns.
    /// \returns how many rows it matched
    std::int64_t write(const sql::Statement& statement, const Parameters* parameters,
                       const ExecutionOptions& options, ObjectSink& sink);
    /// INSERT of rows, or UPDATE of rows by their keys. \param sink null: nothing is returned
    std::int64_t write_rows(const sql::Statement& statement, const BulkRows& rows,
                            const ExecutionOptions& options, ObjectSink* sink);
    /// The row of a persistent object is gone, until a rollback.
    void note_deleted(Slot& slot);

    // --- relationships (session_relationships.cpp) ---------------------------------------------

    void load_relationship(Slot& owner, const Relationship& relationship);
    /// The values that say what a relationship leads to. \returns false where one is NULL: it then
    /// leads to nothing
    [[nodiscard]] bool lazy_values(const Slot& owner, const Relationship& relationship,
                                   std::vector<ValueView>& values) const;
    /// What a many-to-one with such values leads to, where the session has it; null otherwise.
    [[nodiscard]] Slot* present_target(const Relationship& relationship,
                                       std::span<const ValueView> values) const;
    /// The same among other objects.
    [[nodiscard]] static Slot* find_target(const IdentityMap& identities,
                                           const Relationship& relationship,
                                           std::span<const ValueView> values);
    // What was loaded, or need not be.
    void install_items(Slot& owner, const Relationship& relationship, std::vector<Slot*> items);
    static void install_target(Slot& owner, const Relationship& relationship, Slot* target);
    /// Either of them: a One leads to the first.
    void install(Slot& owner, const Relationship& relationship, std::vector<Slot*> found);
    void install_nothing(Slot& owner, const Relationship& relationship) {
        install(owner, relationship, {});
    }
    /// Executes one of the mapper's own statements with values for its placeholders.
    [[nodiscard]] engine::ResultCore run(const CoreStatement& statement,
                                         std::span<const ValueView> values);
    [[nodiscard]] SiblingSets& siblings() noexcept { return siblings_; }
    /// Which relationships were loaded when they were looked at, and how often.
    [[nodiscard]] const std::map<const Relationship*, LazyLoadCount>& lazy_loads() const noexcept {
        return lazy_loads_;
    }
    template <class Visit>
    void for_each_slot(Visit&& visit) {
        for (Region* region = first_region(); region; region = region->next())
            region->for_each(visit);
    }

    // --- windows (windowed_rows.cpp, stream_core.cpp) ------------------------------------------

    /// Begins to load in windows of `options.yield_per` rows; autoflushes.
    [[nodiscard]] Owned<RowFeed> load_in_windows(const sql::Statement& statement,
                                                 const Parameters* parameters,
                                                 const ExecutionOptions& options);
    /// Begins a stream; autoflushes. \param window rows that are read at a time
    [[nodiscard]] Owned<StreamCore> stream(const sql::Statement& statement,
                                           const Parameters* parameters, std::size_t window);
    void forget_rows(const OpenRows& rows) noexcept { std::erase(open_rows_, &rows); }
    /// Throws where the session can't be used now.
    void check_usable() const;

    // --- transactions (session_transaction.cpp) ------------------------------------------------

    void flush();
    /// Before a statement: flushes what is hot, if there is anything.
    void autoflush();
    void commit();
    void prepare_transaction();
    void rollback();
    /// \returns a number by which the savepoint is known
    std::uint64_t begin_nested();
    void commit_nested(std::uint64_t savepoint);
    void rollback_nested(std::uint64_t savepoint);
    [[nodiscard]] bool in_transaction() const noexcept { return !levels_.empty(); }
    [[nodiscard]] bool in_nested_transaction() const noexcept { return levels_.size() > 1; }
    /// Ends the transaction and lets go of all objects.
    void reset();
    /// The same without another word to the database.
    void invalidate();
    void close() noexcept;
    [[nodiscard]] bool is_open_savepoint(std::uint64_t savepoint) const noexcept;
    void expire_all();
    void expunge_all();
    /// The connection, with a transaction begun. Throws PendingRollbackError after a failed flush.
    [[nodiscard]] engine::ConnectionState& connection();
    /// While it lives, all that is sent has what the statement says of schemas.
    [[nodiscard]] engine::OptionsScope scope_of(const sql::Statement& statement);
    /// The same as programs know it.
    [[nodiscard]] Connection& public_connection();
    /// The same, with options for its transaction, which has not begun.
    [[nodiscard]] Connection& connection_with(const ConnectionOptions& options);
    [[nodiscard]] SessionLevel& level() { return levels_.back(); }
    /// Before a row that is read again changes a foreign key of its object. The key that an object
    /// which is rolled back shows must be one that it had before.
    void note_read(Slot& slot, const Attribute& foreign_key);

  private:
    friend class UnitOfWork;  // the unit of work is the other half of this class

    void check_open() const;
    void check_model(const Slot& slot) const;
    void begin_level() {
        if (levels_.empty()) levels_.push();
    }
    void open_connection(const ConnectionOptions* options);
    /// Gives the connection back; what is not committed is rolled back.
    void drop_connection() noexcept;
    // On somebody else's connection: session_join.cpp.
    void join();
    void check_joined() const;
    void leave_joined() noexcept;
    void roll_back_joined_savepoints() noexcept;
    /// What commit() commits on the connection, and rollback() rolls back; 0: nothing.
    [[nodiscard]] std::uint64_t committed_transaction() const noexcept;
    [[nodiscard]] std::uint64_t rolled_back_transaction() const noexcept;
    void find_related(Slot& slot, std::vector<Slot*>& fresh) const;
    void check_addable(const Slot& slot) const;
    void check_related(Slot& slot, const Relationship* replaced) const;
    void enter(Slot& slot);
    void leave(Slot& slot);
    void expire_columns(Slot& slot);
    static void keep_keys(Slot& slot);
    [[nodiscard]] std::vector<Slot*> with_refresh_cascade(Slot& first);
    void expire_with_cascade(Slot& slot);
    /// Throws InvalidRequestError, naming the call, where it isn't in this session or has no row.
    void require_row(const Slot& slot, std::string_view call) const;
    void expire_links(Slot& slot, std::vector<Slot*>& leaving);

    void load_entity(engine::ResultCore& result, const LoadPlan& plan, ObjectSink& sink,
                     const LoadRun& run);
    void load_rows(engine::ResultCore& result, const LoadPlan& plan, ObjectSink& sink,
                   PostLoads& posts);
    [[nodiscard]] std::vector<Slot*> select_objects(const ObjectSelect& select,
                                                    std::span<const ValueView> values,
                                                    const Ref<const LoadPaths>& paths,
                                                    PostLoads& posts);
    [[nodiscard]] Slot* get_simply(const ObjectSelect& by_key, KeyView key);
    [[nodiscard]] bool reload_if_there(Slot& slot, const ForUpdate* lock = nullptr);
    [[noreturn]] void refuse_lazy_load(const Relationship& relationship,
                                       std::string_view why) const;
    void refuse_deferred(Slot& owner, const Attribute& attribute);
    [[nodiscard]] std::vector<Slot*> window_from(Slot& owner, const Relationship& relationship,
                                                 Siblings& siblings, std::size_t count) const;
    void load_one(Slot& owner, const Relationship& relationship, const MapperStatements& statements,
                  PostLoads& posts);
    void load_lazily(Slot& owner, const Relationship& relationship, Siblings* siblings,
                     const LoadPath::Branch* branch);
    void flush_now(FlushScope scope);
    void fail(const std::string& why, std::size_t writes_before) noexcept;
    void roll_back_connection() noexcept;
    /// Rolls a transaction of the connection back; what goes wrong is logged. \returns whether it
    /// is certain
    bool roll_back_quietly(std::uint64_t transaction) noexcept;
    void flush_levels();
    void prepare_connection();
    void finish_deleted(SessionLevel& level);
    static void put_back_base(Slot& slot, const Attribute& foreign_key) noexcept;
    void put_back_writes(SessionLevel& level, std::size_t from) noexcept;
    static void take_made_key(Slot& slot) noexcept;
    void undo_levels(std::size_t first) noexcept;
    void undo(SessionLevel& level, std::vector<Slot*>& fresh) noexcept;
    void remember_targets(const SessionLevel& level) const;
    static void renew_links(Slot& slot) noexcept;
    void become_transient(Slot& slot) noexcept;
    [[nodiscard]] std::vector<std::pair<Slot*, Key>> take_rekeyed(std::size_t first) noexcept;
    void restore_key(Slot& slot, const Key& key) noexcept;
    [[nodiscard]] std::size_t level_of(std::uint64_t savepoint) const noexcept;
    void expire_persistent() noexcept;
    void pass_boundary(bool expires) noexcept;
    void mark_noted(bool noted) noexcept;
    void forget_watched() noexcept;
    void forget_freed(Slot& slot) noexcept;
    void free_idle_regions() noexcept;
    void free_unheld_regions() noexcept;
    void split_regions() noexcept;
    void release_objects() noexcept;
    /// \param depth those begun with so many levels or more \param call what ends them
    void end_rows(std::size_t depth, const char* call) noexcept;
    void let_go(const char* call) noexcept;

    Engine engine_;
    Ref<ModelState> model_;
    SessionOptions options_;
    UseMonitor monitor_;
    OwnerProcess process_;
    IdentityMap identities_;
    Nursery nursery_;
    Ref<engine::ConnectionState> joined_;  // somebody else's, or null; connection_ is the same then
    std::uint64_t joined_transaction_ = 0;  // there: what the session began or takes part in
    bool owns_joined_ = false;              // it is the session's to commit
    Ref<engine::ConnectionState> connection_;
    Connection face_;  // of connection_; closed with it, and kept for those who refer to it
    LevelStack levels_;
    std::unique_ptr<UnitOfWork> unit_of_work_;  // kept for its memory
    std::vector<Slot*> pending_;  // to be inserted, in the order in which they were added
    std::vector<Slot*> doomed_;   // to be deleted
    std::vector<Slot*> hot_;      // borrowed or linked since the last flush
    std::vector<Slot*> imaged_;   // with a base image
    std::unordered_map<const Slot*, std::vector<std::pair<const Attribute*, sql::Expression>>>
        expressions_;                                                            // Session::set
    boost::unordered_flat_set<std::pair<const Slot*, const Attribute*>> given_;  // of pending ones
    SiblingSets siblings_{*this};
    std::map<const Relationship*, LazyLoadCount> lazy_loads_;
    std::vector<OpenRows*> open_rows_;
    std::string failure_;  // of a flush: the session waits for a rollback
    std::uint64_t last_savepoint_ = 0;
    bool flush_sent_ = false;  // the running or last flush has sent something to the database
    bool flushing_ = false;
    int autoflush_held_ = 0;
    bool closed_ = false;
};

/// The session of an object; null for transient and detached ones.
[[nodiscard]] inline SessionCore* session_of(const Slot& slot) noexcept {
    return static_cast<SessionCore*>(slot.slab->region().owner());
}

}  // namespace orm
}  // namespace azoth::inline v0
