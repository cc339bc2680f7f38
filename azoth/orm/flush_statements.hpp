// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_set.hpp>
#include <azoth/orm/core_statement.hpp>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace azoth::inline v0::orm {

/// INSERT of some columns, which hands back all others that an object holds. Immutable; safe from
/// any thread.
struct InsertPlan {
    const Mapper* mapper;
    AttributeSet set;  ///< the columns
    CoreStatement statement;
    std::vector<const Attribute*> given;     ///< the same: their values are the parameters
    std::vector<const Attribute*> returned;  ///< whose values come back
    std::size_t defaults = 0;                ///< how many of those are no generated keys
};

/// UPDATE of some columns of the row of a key. Immutable; safe from any thread.
///
/// Its parameters are the changed values, the version to be, the key and the version so far;
/// versions only where it counts them.
struct UpdatePlan {
    CoreStatement statement;
    std::vector<const Attribute*> changed;
    bool counts_version = false;
    std::size_t parameters = 0;
};

/// The statements by which objects of one class are written, made when they are first needed. Safe
/// from any thread.
class FlushStatements {
  public:
    FlushStatements() = default;
    /// \param mapper configured
    explicit FlushStatements(const Mapper& mapper);
    /// Columns that every INSERT names.
    [[nodiscard]] const AttributeSet& always_given() const noexcept { return always_given_; }
    /// The others: named where the object says something about them.
    [[nodiscard]] const std::vector<const Attribute*>& sometimes_given() const noexcept {
        return sometimes_given_;
    }
    [[nodiscard]] std::shared_ptr<const InsertPlan> insert(const Mapper& mapper,
                                                           const AttributeSet& given) const;
    [[nodiscard]] std::shared_ptr<const UpdatePlan> update(const Mapper& mapper,
                                                           const AttributeSet& changed,
                                                           bool counts_version) const;
    /// DELETE of the row of a key and, where the class has one, a version.
    [[nodiscard]] std::shared_ptr<const CoreStatement> remove(const Mapper& mapper) const;

  private:
    struct Hash {
        std::size_t operator()(const AttributeSet& set) const noexcept { return set.hash(); }
    };
    template <class Plan>
    using Plans = std::unordered_map<AttributeSet, std::shared_ptr<const Plan>, Hash>;
    template <class Plan, class Make>
    [[nodiscard]] std::shared_ptr<const Plan> find(Plans<Plan>& plans, const AttributeSet& set,
                                                   Make&& make) const;

    AttributeSet always_given_;
    std::vector<const Attribute*> sometimes_given_;
    mutable std::mutex mutex_;
    mutable Plans<InsertPlan> inserts_;
    mutable Plans<UpdatePlan> updates_;
    mutable Plans<UpdatePlan> uncounted_updates_;
    mutable std::shared_ptr<const CoreStatement> remove_;
};

}  // namespace azoth::inline v0::orm
