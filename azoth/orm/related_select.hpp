// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/core_statement.hpp>
#include <azoth/orm/eager_joins.hpp>
#include <azoth/orm/load_plan.hpp>

#include <cstddef>

namespace azoth::inline v0::orm {

/// A SELECT that a session makes for itself, of objects of one class; those that eager loading
/// joins come along. Its plan doesn't own its paths. Immutable once made; safe from any thread.
struct ObjectSelect {
    CoreStatement statement = CoreStatement::select();
    Ref<LoadPlan> plan = make_ref<LoadPlan>();
};

/// SELECT of the object of a key.
/// \param path of the mapper's objects; must outlive what is made
[[nodiscard]] ObjectSelect select_by_key(const LoadPath& path);

/// What the objects that a relationship leads to are selected by: for one owner its values as
/// placeholders; for several those of all, one owner after the other, and each row begins with the
/// values of its owner.
struct RelatedSpec {
    const Relationship* relationship;
    const LoadPath* target;  ///< of the objects
    std::span<const Criterion> criteria;
    const CriteriaValues* values;  ///< of all criteria; may be null where there are none
    std::size_t owners = 1;
};
[[nodiscard]] ObjectSelect select_related(const RelatedSpec& spec);

/// The owner's attributes whose values those statements take, one for each cell that a row of
/// several owners begins with.
[[nodiscard]] std::vector<const Attribute*> owner_attributes(const Relationship& relationship);

}  // namespace azoth::inline v0::orm
