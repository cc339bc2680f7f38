// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/related_select.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>

namespace azoth::inline v0::orm {

/// The statements that load what one relationship leads to for several owners at once, made when
/// they are first needed. There are nine sizes, so that few texts serve all numbers of owners: who
/// has less gives the last owner's values again. Safe from any thread.
class RelatedCache {
  public:
    /// \param target must outlive this
    RelatedCache(const Relationship& relationship, const LoadPath& target)
        : relationship_(relationship), target_(target) {}
    RelatedCache(const RelatedCache&) = delete;
    RelatedCache& operator=(const RelatedCache&) = delete;
    ~RelatedCache();

    static constexpr std::size_t most_owners = 500;
    /// \param owners up to `most_owners`
    [[nodiscard]] const ObjectSelect& select(std::size_t owners);
    /// For how many owners that statement is.
    [[nodiscard]] static std::size_t size_for(std::size_t owners) noexcept;

  private:
    const Relationship& relationship_;
    const LoadPath& target_;
    std::mutex mutex_;
    std::array<std::atomic<const ObjectSelect*>, 9> made_{};
};

}  // namespace azoth::inline v0::orm
