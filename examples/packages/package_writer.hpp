// SPDX-License-Identifier: MIT
#pragma once

#include "changes.hpp"
#include "lookup.hpp"
#include "model.hpp"
#include "package_record.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace packages {

/// How many rows were written.
struct WrittenRows {
    std::uint64_t dependencies{};
    std::uint64_t tags{};
};

/// Turns records into objects of a session: new ones, or changes of those that are stored. One
/// thread at a time.
class PackageWriter {
  public:
    /// All must outlive the writer. New packages are added to `targets`.
    PackageWriter(azoth::Session& session, const Lookups& lookups, Targets& targets)
        : session_(session), lookups_(lookups), targets_(targets) {}

    /// Puts packages with all that belongs to them into the session; its commit writes them.
    void write(std::span<const Change> changes);

    /// Leads the dependencies that want one of these names to their targets; they have none yet.
    void find_targets_of(const std::vector<std::string>& names);

    [[nodiscard]] const WrittenRows& written() const noexcept { return written_; }

  private:
    [[nodiscard]] std::vector<azoth::Ptr<Package>> write_packages(std::span<const Change> changes);
    void announce(std::span<const Change> changes,
                  const std::vector<azoth::Ptr<Package>>& packages);
    void add_dependencies(const azoth::Ptr<Package>& package, const PackageRecord& record);
    void change_dependencies(const azoth::Ptr<Package>& package, const PackageRecord& record);
    [[nodiscard]] Package package_of(const Change& change) const;
    [[nodiscard]] Dependency dependency_of(const DependencyRecord& record) const;

    azoth::Session& session_;
    const Lookups& lookups_;
    Targets& targets_;
    WrittenRows written_;
};

}  // namespace packages
