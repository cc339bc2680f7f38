// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/flush_statements.hpp>
#include <azoth/orm/related_cache.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace azoth::inline v0::orm {

/// The statements of a class. Immutable; safe from any thread.
struct MapperStatements {
    explicit MapperStatements(const Mapper& mapper) : flush(mapper) {}
    /// Where what says how all these load lives.
    Ref<const LoadPaths> paths;
    /// The object of a key, as the mapping says.
    ObjectSelect by_key;
    /// Its columns alone.
    ObjectSelect columns_by_key;
    /// The objects that a relationship leads to, by Relationship::index: for the values of
    /// `lazy_values` of the owner.
    std::vector<ObjectSelect> lazy;
    /// The same for several owners.
    std::vector<LoadPath::Branch> lazy_branches;
    /// The owner's attributes whose values those statements take.
    std::vector<std::vector<const Attribute*>> lazy_values;
    /// A deferred column of the object of a key, by Attribute::index; nothing for others.
    std::vector<std::optional<CoreStatement>> deferred;
    /// What a flush writes by.
    FlushStatements flush;
};

/// Makes the statements of a configured mapper; all mappers of its model must be configured.
[[nodiscard]] std::unique_ptr<const MapperStatements> make_statements(const Mapper& mapper);

}  // namespace azoth::inline v0::orm
