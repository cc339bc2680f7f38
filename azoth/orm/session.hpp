// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/engine.hpp>
#include <azoth/orm/bulk_rows.hpp>
#include <azoth/orm/dml_result.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/member.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/orm/ptr.hpp>
#include <azoth/orm/result.hpp>
#include <azoth/orm/session_options.hpp>
#include <azoth/orm/stream.hpp>
#include <azoth/sql/select.hpp>

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// Names members whose zero is meant: `session.add(User{.id = 0}, given<&User::id>)` sends the
/// zero, which would otherwise be left to the database. A constant.
template <auto... Members>
struct Given {};
template <auto... Members>
inline constexpr Given<Members...> given{};

/// How merge() works. A plain value.
struct MergeOptions {
    /// False: the members are what the database holds, nothing is read and nothing written.
    bool load = true;
};

class Session;

namespace orm {
class SessionCore;
/// None. A default argument that has to be destroyed would be code at every call.
[[nodiscard]] AZOTH_EXPORT const Parameters& no_parameters() noexcept;
}  // namespace orm

/// A savepoint of a session: rolled back by its destructor unless it was committed. As Session in
/// its use by threads; it may not outlive it. SQLAlchemy: `SessionTransaction`.
class AZOTH_EXPORT SessionSavepoint {
  public:
    SessionSavepoint(SessionSavepoint&& other) noexcept
        : core_(std::exchange(other.core_, nullptr)), number_(other.number_) {}
    SessionSavepoint& operator=(SessionSavepoint&&) = delete;
    ~SessionSavepoint();
    /// Flushes and keeps what was done since, as part of the enclosing transaction. Throws
    /// InvalidRequestError where it has ended already, and what a flush can throw.
    void commit();
    /// Takes back what was done since. Nothing happens where it has ended already.
    void rollback();
    [[nodiscard]] bool is_active() const noexcept;

  private:
    friend class Session;
    SessionSavepoint(orm::SessionCore& core, std::uint64_t number) noexcept
        : core_(&core), number_(number) {}
    orm::SessionCore* core_;
    std::uint64_t number_;
};

/// While it lives, its session flushes only when told to. As Session in its use by threads.
/// SQLAlchemy: `Session.no_autoflush`.
class AZOTH_EXPORT NoAutoflush {
  public:
    explicit NoAutoflush(orm::SessionCore& core) noexcept;
    NoAutoflush(const NoAutoflush&) = delete;
    NoAutoflush& operator=(const NoAutoflush&) = delete;
    ~NoAutoflush();

  private:
    orm::SessionCore& core_;
};

/// Loads, watches and writes objects of a model, in one transaction at a time. One thread at a time
/// (overlapping use throws IllegalStateChangeError, R19); different sessions are independent.
///
/// The first statement begins a transaction; commit() flushes and ends it, the destructor rolls
/// back what was not committed and never throws (R25). Each row is one object at most (the identity
/// map). What has changed is flushed before each statement. Handles may outlive it: what was loaded
/// stays readable. SQLAlchemy: `Session`.
class AZOTH_EXPORT Session {
  public:
    Session(Engine engine, const Model& model, SessionOptions options = {});
    /// A session that works on this connection, in its transaction as
    /// SessionOptions::join_transaction_mode says, and never closes it. The connection must be one
    /// that knows the model, `engine.connect(model)`, and stay open as long as the session is used;
    /// both belong to one thread. Throws ArgumentError for a connection that doesn't know the
    /// model, and for `twophase`. SQLAlchemy: `Session(bind=connection)`.
    Session(Connection& connection, const Model& model, SessionOptions options = {});
    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    ~Session();

    // --- objects -------------------------------------------------------------------------------

    /// Makes an object of a value, to be inserted by the next flush, with all that its
    /// relationships hold. Throws ArgumentError where the class is not of this session's model.
    template <class T>
        requires(!orm::detail::is_handle<std::remove_cvref_t<T>>)
    Ptr<std::remove_cvref_t<T>> add(T&& value) {
        using Class = std::remove_cvref_t<T>;
        if constexpr (std::is_same_v<T, Class>) {
            require_moveable<Class>();
            return PtrAccess::adopt<Class>(
                add_value(orm::class_id<Class>(), &type_name<Class>, &value).object());
        } else {
            require_copyable<Class>();
            return add_made<Class>([&](void* memory) { new (memory) Class(value); });
        }
    }
    /// The same with members whose zero is meant.
    template <class T, auto... Members>
        requires(!orm::detail::is_handle<std::remove_cvref_t<T>>)
    Ptr<std::remove_cvref_t<T>> add(T&& value, Given<Members...>) {
        auto handle = add(std::forward<T>(value));
        (note_given(handle, orm::detail::offset_in<std::remove_cvref_t<T>, Members>()), ...);
        return handle;
    }
    /// Adds an object made by Model::make(), or takes back delete_(). Throws InvalidRequestError
    /// for objects of another session, and for detached ones, naming merge().
    template <class T>
    void add(const Ptr<T>& object) {
        add_slot(require(object, "add()"));
    }
    /// Each of a range of values or handles.
    template <class Range>
    void add_all(Range&& range) {
        for (auto&& one : range) static_cast<void>(add(std::forward<decltype(one)>(one)));
    }
    /// Builds an object in place, for classes that can't be moved.
    template <class T, class... Args>
    Ptr<T> emplace(Args&&... args) {
        return add_made<T>([&](void* memory) { new (memory) T(std::forward<Args>(args)...); });
    }
    /// The next flush deletes its row. Throws InvalidRequestError where it isn't in this session or
    /// not in the database. SQLAlchemy: `Session.delete`.
    template <class T>
    void delete_(const Ptr<T>& object) {
        delete_slot(require(object, "delete_()"));
    }
    /// Each of a range of handles; a relationship is one. SQLAlchemy: `Session.delete_all`.
    template <class Range>
    void delete_all(const Range& objects) {
        // Held first: what one deletion cascades to may change the range.
        std::vector<std::remove_cvref_t<decltype(*std::begin(objects))>> all;
        for (const auto& object : objects) all.push_back(object);
        for (const auto& object : all) delete_(object);
    }
    /// The object of a key, from the session or by SELECT; null where there is no row. A composite
    /// key's values are given in the order in which its columns were mapped.
    template <class T, class... Ks>
    [[nodiscard]] Ptr<T> get(const Ks&... key) {
        const ValueView values[] = {azoth::detail::view_of(key)...};
        return PtrAccess::make<T>(object_of(get_slot(orm::class_id<T>(), &type_name<T>, values)));
    }
    /// The same with options: `session.get<User>(5, {.with_for_update = ForUpdate{}})`. A composite
    /// key is a tuple.
    template <class T, class K>
    [[nodiscard]] Ptr<T> get(const K& key, const GetOptions& options) {
        return with_values(key, [&](std::span<const ValueView> values) {
            return PtrAccess::make<T>(
                object_of(get_slot(orm::class_id<T>(), &type_name<T>, values, &options)));
        });
    }
    /// As get(). Throws NoResultFound that names class and key where there is no row.
    template <class T, class... Ks>
    [[nodiscard]] Ptr<T> get_one(const Ks&... key) {
        const ValueView values[] = {azoth::detail::view_of(key)...};
        orm::Slot* found = get_slot(orm::class_id<T>(), &type_name<T>, values);
        if (!found) throw_no_object(type_name<T>(), values);
        return PtrAccess::make<T>(found->object());
    }
    template <class T, class K>
    [[nodiscard]] Ptr<T> get_one(const K& key, const GetOptions& options) {
        return with_values(key, [&](std::span<const ValueView> values) {
            orm::Slot* found = get_slot(orm::class_id<T>(), &type_name<T>, values, &options);
            if (!found) throw_no_object(type_name<T>(), values);
            return PtrAccess::make<T>(found->object());
        });
    }
    /// A handle that may write. Throws InvalidRequestError where the object isn't in this session.
    template <class T>
    [[nodiscard]] Ptr<T> edit(const Ptr<const T>& object) {
        require_mine(require(object, "edit()"), "edit()");
        return PtrAccess::make<T>(PtrAccess::object(object));
    }
    /// Reads the object again now; what was written and not flushed is flushed first.
    template <class T>
    void refresh(const Ptr<T>& object) {
        refresh_slot(require(object, "refresh()"));
    }
    template <class T>
    void refresh(const Ptr<T>& object, const RefreshOptions& options) {
        refresh_slot(require(object, "refresh()"), &options);
    }
    /// Reads the object again when it is next looked at; what was written and not flushed is
    /// discarded.
    template <class T>
    void expire(const Ptr<T>& object) {
        expire_slot(require(object, "expire()"));
    }
    void expire_all();
    /// Takes the object out: a pending one is transient again, any other detached.
    template <class T>
    void expunge(const Ptr<T>& object) {
        expunge_slot(require(object, "expunge()"));
    }
    void expunge_all();
    /// The session's object of the same key, with the value's members written into it; read first
    /// where it isn't here, and new where there is no row. Unset members and relationships are left
    /// alone.
    template <class T>
        requires(!orm::detail::is_handle<std::remove_cvref_t<T>>)
    Ptr<std::remove_cvref_t<T>> merge(T&& value, MergeOptions options = {}) {
        using Class = std::remove_cvref_t<T>;
        require_moveable<Class>();
        Class moved(std::forward<T>(value));
        return PtrAccess::make<Class>(
            merge_value(orm::class_id<Class>(), &type_name<Class>, &moved, options).object());
    }
    /// The same from an object of another session, a detached or a transient one.
    template <class T>
    Ptr<std::remove_const_t<T>> merge(const Ptr<T>& object, MergeOptions options = {}) {
        return PtrAccess::make<std::remove_const_t<T>>(
            merge_slot(require(object, "merge()"), options).object());
    }
    /// Each of a range of values or handles. \returns the session's objects in their order.
    /// SQLAlchemy: `Session.merge_all`.
    template <class Range>
    auto merge_all(Range&& range, MergeOptions options = {}) {
        std::vector<decltype(merge(*std::begin(range), options))> merged;
        for (auto&& one : range) merged.push_back(merge(std::forward<decltype(one)>(one), options));
        return merged;
    }
    /// Sends a value or a SQL expression with the next flush, whatever the member holds:
    /// `session.set<&User::visits>(user, col<&User::visits> + 1)`; `null()` sends NULL also where
    /// an empty member would be left to the column's default. The member is read back.
    template <auto Member, class T, class V>
    void set(const Ptr<T>& object, V&& value) {
        set_expression(require(object, "set()"), orm::detail::offset_in<T, Member>(),
                       azoth::detail::operand(value));
    }

    // --- looking at the session ----------------------------------------------------------------

    /// Pending or persistent here. SQLAlchemy: `in`.
    template <class T>
    [[nodiscard]] bool contains(const Ptr<T>& object) const noexcept {
        return object && has_slot(*PtrAccess::slot(object));
    }
    /// Something of it would be written by a flush. SQLAlchemy: `Session.is_modified`.
    template <class T>
    [[nodiscard]] bool is_modified(const Ptr<T>& object) {
        return is_modified_slot(require(object, "is_modified()"));
    }
    /// To be inserted; `new` is a keyword. SQLAlchemy: `Session.new`.
    template <class T>
    [[nodiscard]] std::vector<Ptr<T>> new_() {
        return handles<T>(new_slots(orm::class_id<T>()));
    }
    /// Written since the last flush, as far as the session has noticed. SQLAlchemy:
    /// `Session.dirty`.
    template <class T>
    [[nodiscard]] std::vector<Ptr<T>> dirty() {
        return handles<T>(dirty_slots(orm::class_id<T>()));
    }
    /// To be deleted. SQLAlchemy: `Session.deleted`.
    template <class T>
    [[nodiscard]] std::vector<Ptr<T>> deleted() {
        return handles<T>(deleted_slots(orm::class_id<T>()));
    }
    /// Which relationships were loaded lazily so far, since the session began.
    [[nodiscard]] std::vector<LazyLoads> lazy_loads() const;
    [[nodiscard]] Model model() const;
    [[nodiscard]] const Engine& engine() const noexcept;

    // --- statements ----------------------------------------------------------------------------

    /// Rows of objects and values, read whole. Flushes first. Throws what a statement can throw.
    template <class... Ts>
        requires(sizeof...(Ts) > 0)
    [[nodiscard]] auto execute(const Select<Ts...>& statement,
                               const Parameters& parameters = orm::no_parameters(),
                               ExecutionOptions options = {}) {
        auto result = orm::detail::rows_of<Ts...>();
        load(statement, parameters, options, result.sink());
        return result;
    }
    /// INSERT, UPDATE, DELETE, by table or by mapped class. Flushes first; objects of the session
    /// follow an UPDATE or DELETE of their class as `options.synchronize_session` says, keep what
    /// the program has changed in them, and are put back by a rollback (R14). \returns a Result<>
    /// or, where RETURNING has columns of known types or objects, a DmlResult of them. Throws
    /// ArgumentError, InvalidRequestError, and what a statement can throw.
    template <class S>
        requires orm::detail::is_dml<S>
    auto execute(const S& statement, const Parameters& parameters = orm::no_parameters(),
                 ExecutionOptions options = {}) {
        return write(statement, statement, parameters, options);
    }
    /// INSERT of many rows, or UPDATE of rows by their keys: `session.execute(insert<User>(),
    /// users)`. `rows` is a range of objects of the class, which stay values, or of PartialRow; or
    /// of tuples for `insert<User>().columns(…)`. An object's unset members are left out (R16).
    /// Rows that follow each other and say something about the same columns are one batch. Throws
    /// ArgumentError before any SQL where a row doesn't fit, StaleDataError where an UPDATE finds
    /// no row of a key.
    template <class S, class Rows>
        requires orm::detail::RowsFor<S, Rows>
    auto execute(const S& statement, const Rows& rows, ExecutionOptions options = {}) {
        if constexpr (orm::detail::is_insert_many<S>)
            return flushed_connection().execute(statement, rows);
        else
            return write_rows(statement, statement, orm::detail::bulk_rows(rows), options);
    }
    /// The same with members whose zero is meant, in all rows.
    template <class S, class Rows, auto... Members>
        requires orm::detail::RowsFor<S, Rows>
    auto execute(const S& statement, const Rows& rows, Given<Members...>,
                 ExecutionOptions options = {}) {
        return write_rows(statement, statement, given_rows<Members...>(rows), options);
    }
    /// Other statements, as Connection::execute: text, dynamic selects.
    template <class S>
        requires(!orm::detail::is_dml<S>)
    auto execute(const S& statement, const Parameters& parameters = orm::no_parameters()) {
        azoth::detail::require_statement<S>();
        return azoth::detail::result_t<S>(
            engine::Execution{flushed_connection(), statement, &parameters});
    }
    /// The first of each row: `session.scalars(select<User>())` gives handles.
    template <class T, class... Ts>
    [[nodiscard]] auto scalars(const Select<T, Ts...>& statement,
                               const Parameters& parameters = orm::no_parameters(),
                               ExecutionOptions options = {}) {
        auto result = orm::detail::values_of<T>();
        load(statement, parameters, options, result.sink());
        return result;
    }
    /// The same of what an INSERT, UPDATE or DELETE returns: `session.scalars(insert<User>()
    /// .values(…).returning<User>())`.
    template <class S>
        requires orm::detail::is_dml<S>
    [[nodiscard]] auto scalars(const S& statement,
                               const Parameters& parameters = orm::no_parameters(),
                               ExecutionOptions options = {}) {
        return write_scalars(statement, statement, parameters, options);
    }
    /// And of rows that are inserted, in their order.
    template <class S, class Rows>
        requires orm::detail::RowsFor<S, Rows>
    [[nodiscard]] auto scalars(const S& statement, const Rows& rows,
                               ExecutionOptions options = {}) {
        if constexpr (orm::detail::is_insert_many<S>)
            return flushed_connection().execute(statement, rows).scalars();
        else
            return write_row_scalars(statement, statement, orm::detail::bulk_rows(rows), options);
    }
    template <class S, class Rows, auto... Members>
        requires orm::detail::RowsFor<S, Rows>
    [[nodiscard]] auto scalars(const S& statement, const Rows& rows, Given<Members...>,
                               ExecutionOptions options = {}) {
        return write_row_scalars(statement, statement, given_rows<Members...>(rows), options);
    }
    template <class S>
        requires(!orm::detail::is_dml<S>)
    [[nodiscard]] auto scalars(const S& statement,
                               const Parameters& parameters = orm::no_parameters()) {
        return execute(statement, parameters).scalars();
    }
    /// Objects for reading, any number of them, with a window in memory at a time:
    /// `for (const auto& user : session.stream(select<const User>()))`. Handles where the select
    /// has one class, rows where it has more. Flushes first. See ObjectStream. Throws what a
    /// statement can throw. SQLAlchemy: `yield_per`.
    template <class... Ts>
    [[nodiscard]] auto stream(const Select<Ts...>& statement,
                              const Parameters& parameters = orm::no_parameters(),
                              StreamOptions options = {}) {
        orm::detail::require_streamable<Ts...>();
        return orm::detail::Streamed<Ts...>::make(begin_stream(statement, parameters, options));
    }
    /// The first of the first row, if there is one.
    template <class T, class... Ts>
    [[nodiscard]] auto scalar(const Select<T, Ts...>& statement,
                              const Parameters& parameters = orm::no_parameters(),
                              ExecutionOptions options = {}) {
        return scalars(statement, parameters, options).first();
    }
    template <class S>
        requires orm::detail::is_dml<S>
    [[nodiscard]] auto scalar(const S& statement,
                              const Parameters& parameters = orm::no_parameters(),
                              ExecutionOptions options = {}) {
        return write_scalars(statement, statement, parameters, options).first();
    }
    template <class S>
        requires(!orm::detail::is_dml<S>)
    [[nodiscard]] auto scalar(const S& statement,
                              const Parameters& parameters = orm::no_parameters()) {
        return execute(statement, parameters).scalar();
    }

    // --- transactions --------------------------------------------------------------------------

    /// Writes what has changed. Where it fails, the transaction is rolled back, the members keep
    /// what the program wrote, and rollback() must come before anything else.
    void flush();
    /// Flushes and commits; objects are read again in the next transaction, where they are looked
    /// at. Throws CommitInDoubtError where the outcome is unknown.
    void commit();
    void rollback();
    /// Flushes and does the first phase of a two-phase commit: the database will keep the work,
    /// whatever happens to the program, and only commit() or rollback() may come. Of a session with
    /// SessionOptions::twophase; for another it throws InvalidRequestError. Throws as
    /// TwoPhaseTransaction::prepare(). SQLAlchemy: `Session.prepare`.
    void prepare();
    /// A savepoint; flushes first.
    [[nodiscard]] SessionSavepoint begin_nested();
    /// A transaction has begun, by a statement or by something that was done.
    [[nodiscard]] bool in_transaction() const noexcept;
    /// A savepoint is open. SQLAlchemy: `Session.in_nested_transaction`.
    [[nodiscard]] bool in_nested_transaction() const noexcept;
    /// The connection of the session's transaction, which begins if there is none: for statements
    /// that are to see what the session has flushed, and share its fate. Doesn't flush. Stays valid
    /// as long as the session: closed by commit(), rollback() and close(), and the new one where
    /// connection() is called again. Transactions are the session's to end, not this connection's.
    /// Throws PendingRollbackError after a failed flush. SQLAlchemy: `Session.connection`.
    [[nodiscard]] Connection& connection();
    /// The same with a transaction that is begun so: this transaction's alone. To be called before
    /// anything else in it; afterwards it throws InvalidRequestError.
    Connection& connection(const ConnectionOptions& options);
    [[nodiscard]] NoAutoflush no_autoflush() noexcept;
    /// Rolls back what was not committed and lets go of all objects; the session is as new. Throws
    /// ResourceClosedError after close(). SQLAlchemy: `Session.reset`.
    void reset();
    /// As reset(), and closes the physical connection, which goes back to no pool: it is broken, or
    /// the thread was interrupted in the middle of its use. SQLAlchemy: `Session.invalidate`.
    void invalidate();
    /// Rolls back what was not committed and lets go of all objects, for good. Never throws.
    void close() noexcept;

  private:
    template <class T>
    static constexpr void require_moveable() {
        static_assert(std::is_move_constructible_v<T>,
                      "objects of this class can't be moved into a session: build it in place with "
                      "session.emplace<T>(…)");
    }
    template <class T>
    static constexpr void require_copyable() {
        static_assert(
            std::is_copy_constructible_v<T>,
            "objects of this class can't be copied into a session: move the value, "
            "session.add(std::move(value)), or build it in place with session.emplace<T>(…)");
    }
    template <class T>
    [[nodiscard]] static orm::Slot& require(const Ptr<T>& object, const char*) {
        if (!object) orm::throw_null_handle(type_name<T>().data(), type_name<T>().size());
        return *PtrAccess::slot(object);
    }
    template <class T, class Fill>
    [[nodiscard]] Ptr<T> add_made(const Fill& fill) {
        return PtrAccess::adopt<T>(
            add_new_slot(
                orm::class_id<T>(), &type_name<T>,
                [](void* memory, const void* given) { (*static_cast<const Fill*>(given))(memory); },
                &fill)
                .object());
    }
    template <class T>
    void note_given(const Ptr<T>& object, std::ptrdiff_t offset) {
        note_given_slot(*PtrAccess::slot(object), offset);
    }
    template <class T>
    [[nodiscard]] static std::vector<Ptr<T>> handles(const std::vector<orm::Slot*>& slots) {
        std::vector<Ptr<T>> made;
        for (orm::Slot* slot : slots) made.push_back(PtrAccess::make<T>(slot->object()));
        return made;
    }
    [[nodiscard]] static void* object_of(orm::Slot* slot) noexcept {
        return slot ? slot->object() : nullptr;
    }

    // What INSERT, UPDATE and DELETE give back, by the types of RETURNING.
    [[nodiscard]] Result<> write(const sql::Statement& statement, const sql::RowsOf<>&,
                                 const Parameters& parameters, ExecutionOptions options) {
        return Result<>(write_plain(statement, parameters, options));
    }
    template <class R, class... Rs>
    [[nodiscard]] DmlResult<R, Rs...> write(const sql::Statement& statement,
                                            const sql::RowsOf<R, Rs...>&,
                                            const Parameters& parameters,
                                            ExecutionOptions options) {
        DmlResult<R, Rs...> result;
        result.rowcount_ = write_returning(statement, parameters, options, result.sink());
        return result;
    }
    template <class R, class... Rs>
    [[nodiscard]] auto write_scalars(const sql::Statement& statement, const sql::RowsOf<R, Rs...>&,
                                     const Parameters& parameters, ExecutionOptions options) {
        auto result = orm::detail::values_of<R>();
        static_cast<void>(write_returning(statement, parameters, options, result.sink()));
        return result;
    }
    template <class... Rs>
    [[nodiscard]] DmlResult<Rs...> write_rows(const sql::Statement& statement,
                                              const sql::RowsOf<Rs...>&, const orm::BulkRows& rows,
                                              ExecutionOptions options) {
        DmlResult<Rs...> result;
        if constexpr (sizeof...(Rs) == 0)
            result.rowcount_ = write_bulk(statement, rows, options, nullptr);
        else
            result.rowcount_ = write_bulk(statement, rows, options, &result.sink());
        return result;
    }
    template <class R, class... Rs>
    [[nodiscard]] auto write_row_scalars(const sql::Statement& statement,
                                         const sql::RowsOf<R, Rs...>&, const orm::BulkRows& rows,
                                         ExecutionOptions options) {
        auto result = orm::detail::values_of<R>();
        static_cast<void>(write_bulk(statement, rows, options, &result.sink()));
        return result;
    }
    template <auto... Members, class Rows>
    [[nodiscard]] static orm::BulkRows given_rows(const Rows& rows) {
        orm::BulkRows borrowed = orm::detail::bulk_rows(rows);
        borrowed.give({orm::detail::member_id<Members>()...});
        return borrowed;
    }

    /// Adds an object moved out of `value`; a handle on it is counted for the caller.
    [[nodiscard]] orm::Slot& add_value(orm::ClassId id, orm::ClassName class_name, void* value);
    [[nodiscard]] orm::Slot& merge_value(orm::ClassId id, orm::ClassName class_name, void* value,
                                         MergeOptions options);
    [[nodiscard]] orm::Slot& add_new_slot(orm::ClassId id, orm::ClassName class_name,
                                          void (*fill)(void* memory, const void* given),
                                          const void* given);
    void add_slot(orm::Slot& slot);
    void note_given_slot(orm::Slot& slot, std::ptrdiff_t offset);
    void delete_slot(orm::Slot& slot);
    void refresh_slot(orm::Slot& slot, const RefreshOptions* options = nullptr);
    void expire_slot(orm::Slot& slot);
    void expunge_slot(orm::Slot& slot);
    [[nodiscard]] orm::Slot& merge_slot(orm::Slot& given, MergeOptions options);
    void set_expression(orm::Slot& slot, std::ptrdiff_t offset, const sql::Operand& value);
    void require_mine(const orm::Slot& slot, std::string_view call) const;
    [[nodiscard]] bool has_slot(const orm::Slot& slot) const noexcept;
    [[nodiscard]] bool is_modified_slot(orm::Slot& slot);
    [[nodiscard]] std::vector<orm::Slot*> new_slots(orm::ClassId id) const;
    [[nodiscard]] std::vector<orm::Slot*> dirty_slots(orm::ClassId id) const;
    [[nodiscard]] std::vector<orm::Slot*> deleted_slots(orm::ClassId id) const;
    /// \param options null: the usual
    [[nodiscard]] orm::Slot* get_slot(orm::ClassId id, orm::ClassName class_name,
                                      std::span<const ValueView> key,
                                      const GetOptions* options = nullptr);
    /// Calls `find` with the values of a key, a tuple's one by one.
    template <class K, class Find>
    static auto with_values(const K& key, const Find& find) {
        const ValueView values[] = {azoth::detail::view_of(key)};
        return find(std::span<const ValueView>(values));
    }
    template <class... Ks, class Find>
    static auto with_values(const std::tuple<Ks...>& key, const Find& find) {
        return std::apply(
            [&](const Ks&... parts) {
                const ValueView values[] = {azoth::detail::view_of(parts)...};
                return find(std::span<const ValueView>(values));
            },
            key);
    }
    [[noreturn]] static void throw_no_object(std::string_view class_name,
                                             std::span<const ValueView> key);
    void load(const sql::Statement& statement, const Parameters& parameters,
              ExecutionOptions options, orm::ObjectSink& sink);
    [[nodiscard]] Owned<orm::StreamCore> begin_stream(const sql::Statement& statement,
                                                      const Parameters& parameters,
                                                      StreamOptions options);
    [[nodiscard]] engine::ResultCore write_plain(const sql::Statement& statement,
                                                 const Parameters& parameters,
                                                 ExecutionOptions options);
    [[nodiscard]] std::int64_t write_returning(const sql::Statement& statement,
                                               const Parameters& parameters,
                                               ExecutionOptions options, orm::ObjectSink& sink);
    [[nodiscard]] std::int64_t write_bulk(const sql::Statement& statement,
                                          const orm::BulkRows& rows, ExecutionOptions options,
                                          orm::ObjectSink* sink);
    /// The connection, everything that is to be seen by a statement flushed.
    [[nodiscard]] Connection& flushed_connection();

    Owned<orm::SessionCore> core_;
};

}  // namespace azoth::inline v0
