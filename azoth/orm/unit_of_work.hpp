// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/dependency.hpp>
#include <azoth/orm/flush.hpp>
#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/flush_graph.hpp>
#include <azoth/orm/row_writer.hpp>
#include <azoth/orm/session_core.hpp>

#include <memory>
#include <vector>

namespace azoth::inline v0::orm {

/// The flushes of a session, one after another: between two of them it knows nothing, but keeps the
/// memory of its lists and the statement of its last INSERT. One thread at a time. SQLAlchemy:
/// `Session._flush` and `UOWTransaction`.
///
/// Nothing is written into objects without a note in the session's level, by which it can be put
/// back; and no object changes its state before all SQL has succeeded.
class UnitOfWork {
  public:
    explicit UnitOfWork(SessionCore& session);
    /// The session's, made when it is first wanted.
    [[nodiscard]] static UnitOfWork& of(SessionCore& session);
    /// Throws FlushError, StaleDataError, CircularDependencyError and what statements throw.
    void flush(FlushScope scope);

  private:
    // unit_of_work.cpp
    void clear() noexcept;
    void gather(FlushScope scope);
    void examine(Slot& slot);
    [[nodiscard]] bool sets_key(const Slot& slot) const;
    void prepare();
    [[nodiscard]] bool prepare_once();
    void add_dependencies();
    void discard_further();
    void write();
    void write_in_table_order();
    void write_in_graph_order();

    // unit_of_work_checks.cpp
    void check_foreign_keys();
    void check_foreign_key(const Slot& slot, const Attribute& attribute);
    [[nodiscard]] bool is_filled(const Slot& slot, const Attribute& attribute);

    // unit_of_work_keys.cpp
    struct Follower {
        Slot* child;
        const Attribute* foreign_key;
        const Slot* parent;
        const Attribute* key;
    };
    void find_followers(Slot& parent, bool by_database, std::vector<Follower>& followers);
    void find_followers(Slot& parent, const Relationship& relationship, bool by_database,
                        std::vector<Follower>& followers);
    void follow_new_keys();
    void take_over_followed_keys();

    // unit_of_work_finish.cpp
    void finish();
    void finish_removals(const ClassWork& work);
    void leave_old_keys(const ClassWork& work);
    void finish_saves(ClassWork& work);
    void finish_insert(Slot& slot);
    void complete_collections(Slot& inserted);
    void enter(Slot& slot);
    void settle_links(Slot& slot);
    void settle_lists();

    SessionCore& session_;
    FlushContext context_;
    RowWriter writer_;
    std::vector<const Mapper*> table_order_;  // of write_in_table_order()
    std::vector<std::unique_ptr<Dependency>> dependencies_;
    std::size_t classes_known_ = 0;
    std::size_t discarded_known_ = 0;
    std::vector<Slot*> rekeyed_;  // whose key the program has changed
};

/// Whether the program has given the object another key than its row has.
[[nodiscard]] bool has_new_key(const Slot& slot);

}  // namespace azoth::inline v0::orm
