// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_set.hpp>
#include <azoth/orm/flush_context.hpp>

#include <boost/unordered/unordered_flat_set.hpp>

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

struct InsertPlan;
struct UpdatePlan;

/// Writes rows: equal statements in a row become one batch. One thread at a time. SQLAlchemy:
/// `persistence`.
class RowWriter {
  public:
    /// \param sent is set as soon as something goes to the database
    RowWriter(FlushContext& context, bool& sent) : context_(context), sent_(sent) {}
    /// The flush is over.
    void clear() noexcept;

    /// INSERTs and UPDATEs objects of one class. Throws StaleDataError, FlushError.
    void save(const Mapper& mapper, std::span<Slot* const> slots);
    /// DELETEs objects of one class. Throws StaleDataError.
    void remove(const Mapper& mapper, std::span<Slot* const> slots);

    // post_update: foreign keys that get an UPDATE of their own.
    void note_fill_in(Slot& slot, const Relationship& relationship);
    void note_clear_out(Slot& slot, const Relationship& relationship);
    void fill_in(const Mapper& mapper) { post_update(mapper, fill_ins_); }
    void clear_out(const Mapper& mapper) { post_update(mapper, clear_outs_); }

    /// Rows of the table between two classes: owner and target of the relationship. Those that its
    /// reverse has written or will write are written once.
    using Pairs = std::vector<std::pair<Slot*, Slot*>>;
    void insert_pairs(const Relationship& relationship, const Pairs& pairs);
    void delete_pairs(const Relationship& relationship, const Pairs& pairs);

  private:
    struct PostUpdate {
        Slot* slot;
        const Relationship* relationship;
    };
    /// A row to be updated: the object with the new values, and the one whose image says what is
    /// there.
    struct Change {
        Slot* slot;
        Slot* base;
        AttributeSet changed;
    };

    engine::ConnectionState& connection();
    [[nodiscard]] Slot* switched_row(const Mapper& mapper, Slot& slot);

    // row_inserts.cpp
    class NewRows;
    class MadeByDatabase;
    void insert(const Mapper& mapper, std::span<Slot* const> slots);
    /// \returns how many of the first of them went
    [[nodiscard]] std::size_t insert_batch(const Mapper& mapper, std::span<Slot* const> slots,
                                           const AttributeSet& given);
    void insert_one(const Mapper& mapper, Slot& slot, const AttributeSet& given);
    [[nodiscard]] std::shared_ptr<const InsertPlan> insert_plan(const Mapper& mapper,
                                                                const AttributeSet& given);
    [[nodiscard]] AttributeSet given(const Mapper& mapper, Slot& slot);
    [[nodiscard]] bool is_given(Slot& slot, const Attribute& attribute);

    // row_updates.cpp
    void update(const Mapper& mapper);
    void note_change(const Mapper& mapper, Slot& slot);
    void note_switch(const Mapper& mapper, Slot& slot, Slot& base);
    void update_batch(const Mapper& mapper, std::span<const Change> changes, bool counts_version);
    void update_one(const Mapper& mapper, const Change& change);
    void post_update(const Mapper& mapper, std::vector<PostUpdate>& updates);

    // row_pairs.cpp
    void drop_present(const Relationship& relationship, Pairs& pairs);
    [[nodiscard]] Pairs unwritten(const Relationship& relationship, const Pairs& pairs, bool goes);

    FlushContext& context_;
    bool& sent_;
    std::shared_ptr<const InsertPlan> last_insert_;  // the next flush often wants it again
    std::vector<Slot*> inserts_;                     // of the class being saved
    std::vector<Change> changes_;                    // of the class being saved
    std::vector<PostUpdate> fill_ins_;
    std::vector<PostUpdate> clear_outs_;
    /// A row between two classes, the same seen from either.
    struct PairRow {
        const sql::ColumnNode* column;  // that holds the key of `first`
        const Slot* first;
        const Slot* second;
        bool goes;
        [[nodiscard]] friend bool operator==(const PairRow&, const PairRow&) = default;
    };
    struct PairRowHash {
        std::size_t operator()(const PairRow& row) const noexcept;
    };
    boost::unordered_flat_set<PairRow, PairRowHash> written_;
};

}  // namespace azoth::inline v0::orm
