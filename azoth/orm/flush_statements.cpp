// SPDX-License-Identifier: MIT
#include <azoth/orm/flush_statements.hpp>
#include <azoth/schema/table_object.hpp>
#include <azoth/sql/elements.hpp>

namespace azoth::inline v0::orm {
namespace {

using sql::Clause;

std::shared_ptr<const InsertPlan> make_insert(const Mapper& mapper, const AttributeSet& given) {
    auto plan = std::make_shared<InsertPlan>(
        InsertPlan{&mapper, given, CoreStatement::insert(mapper.table()), {}, {}, 0});
    for (const Attribute& attribute : mapper.attributes()) {
        if (given.contains(attribute.index)) {
            plan->statement.target_column(*attribute.column);
            plan->given.push_back(&attribute);
        } else if (!attribute.ops->is_deferred) {
            plan->statement.column(Clause::returning, attribute);
            plan->returned.push_back(&attribute);
            if (!attribute.generated) ++plan->defaults;
        }
    }
    return plan;
}

void where_row(CoreStatement& statement, const Mapper& mapper, bool with_version) {
    for (const Attribute* key : mapper.key()) statement.where_equal(*key->column);
    if (with_version) statement.where_equal(*mapper.version()->column);
}

std::shared_ptr<const UpdatePlan> make_update(const Mapper& mapper, const AttributeSet& changed,
                                              bool counts_version) {
    auto plan = std::make_shared<UpdatePlan>(
        UpdatePlan{CoreStatement::update(mapper.table()), {}, counts_version, 0});
    for (const Attribute& attribute : mapper.attributes()) {
        if (!changed.contains(attribute.index)) continue;
        plan->statement.assign(*attribute.column);
        plan->changed.push_back(&attribute);
    }
    if (counts_version) plan->statement.assign(*mapper.version()->column);
    where_row(plan->statement, mapper, counts_version);
    plan->parameters =
        plan->changed.size() + mapper.key().size() + (counts_version ? std::size_t{2} : 0);
    return plan;
}

}  // namespace

FlushStatements::FlushStatements(const Mapper& mapper) {
    for (const Attribute& attribute : mapper.attributes()) {
        const bool always = attribute.zero == ZeroMeans::value && !attribute.ops->is_maybe &&
                            !attribute.ops->is_deferred && !attribute.is_version;
        if (always)
            always_given_.add(attribute.index);
        else
            sometimes_given_.push_back(&attribute);
    }
}

template <class Plan, class Make>
std::shared_ptr<const Plan> FlushStatements::find(Plans<Plan>& plans, const AttributeSet& set,
                                                  Make&& make) const {
    // A class of n columns has 2 to the power of n sets; programs use a few of them.
    constexpr std::size_t most = 500;
    const std::scoped_lock lock(mutex_);
    if (const auto found = plans.find(set); found != plans.end()) return found->second;
    if (plans.size() == most) plans.clear();
    return plans.emplace(set, make()).first->second;
}

std::shared_ptr<const InsertPlan> FlushStatements::insert(const Mapper& mapper,
                                                          const AttributeSet& given) const {
    return find(inserts_, given, [&] { return make_insert(mapper, given); });
}

std::shared_ptr<const UpdatePlan> FlushStatements::update(const Mapper& mapper,
                                                          const AttributeSet& changed,
                                                          bool counts_version) const {
    return find(counts_version ? updates_ : uncounted_updates_, changed,
                [&] { return make_update(mapper, changed, counts_version); });
}

std::shared_ptr<const CoreStatement> FlushStatements::remove(const Mapper& mapper) const {
    const std::scoped_lock lock(mutex_);
    if (!remove_) {
        CoreStatement statement = CoreStatement::delete_(mapper.table());
        where_row(statement, mapper, mapper.version() != nullptr);
        remove_ = std::make_shared<const CoreStatement>(std::move(statement));
    }
    return remove_;
}

}  // namespace azoth::inline v0::orm
