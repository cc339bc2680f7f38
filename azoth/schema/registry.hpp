// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/schema/metadata.hpp>
#include <azoth/schema/table_object.hpp>

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0::event {
class Hub;
}

namespace azoth::inline v0::schema {

/// A table and what stands beside it; without a table where none was found.
struct TableEntry {
    Ref<TableObject> table{};
    std::shared_ptr<TableExpressions> expressions{};
};

/// What is behind a MetaData handle. Safe from any thread.
class Registry : public std::enable_shared_from_this<Registry> {
  public:
    explicit Registry(MetaDataOptions options);

    [[nodiscard]] const MetaDataOptions& options() const noexcept { return options_; }
    /// Makes a table and enters it. Throws ArgumentError where there is one of that name.
    [[nodiscard]] TableEntry define(std::string_view name, const TableOptions& options);
    [[nodiscard]] TableEntry find(std::string_view schema, std::string_view name) const;
    /// Ordered by schema and name.
    [[nodiscard]] std::vector<TableEntry> all() const;
    /// \returns false where this very table is not here.
    bool remove(const TableObject& table);
    void clear();

    /// Who listens to this and its tables. Made by whoever listens first.
    [[nodiscard]] std::shared_ptr<event::Hub> events();
    /// The same; null where nobody has ever listened.
    [[nodiscard]] std::shared_ptr<event::Hub> events_if_any() const;

  private:
    using Key = std::pair<std::string, std::string>;  // schema, name

    const MetaDataOptions options_;
    mutable std::mutex mutex_;
    std::map<Key, TableEntry, std::less<>> tables_;
    mutable std::mutex listening_;  // of its own: tables ask for their listeners when they go
    std::shared_ptr<event::Hub> events_;
};

}  // namespace azoth::inline v0::schema
