// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/sql/compiled.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace azoth::inline v0::engine {

/// A prepared statement of one physical connection, with room for a row.
struct Prepared {
    std::unique_ptr<driver::Statement> statement;
    std::vector<ValueView> cells;
    std::uint64_t serial = 0;  ///< of the compiled statement; 0 where the text is the key
    std::uint64_t last_used = 0;
    bool running = false;  ///< lent to a result
    bool kept = false;     ///< in the cache; others die when they come back
};

/// The prepared statements that a physical connection keeps, the most recently used ones. One
/// thread at a time. A statement is lent out while it runs: executed again in the meantime, it is
/// prepared a second time, for a cursor can't be in two places.
class PreparedCache {
  public:
    explicit PreparedCache(std::size_t capacity) : capacity_(capacity) {}
    ~PreparedCache();

    /// Throws CompileError where the statement has more parameters than the database takes.
    /// \param lease whose connection prepares what is not there yet
    /// \param expanded the text where it depends on the arguments (then it is the key), else null
    /// \param keep false: it is compiled for this execution alone, and will never be found again
    [[nodiscard]] Prepared& acquire(const PooledConnection& lease, const sql::Compiled& compiled,
                                    const sql::Arguments* expanded, bool keep) {
        ++clock_;
        if (!expanded) [[likely]] {
            Prepared* const recent = place_of(compiled.serial);
            if (recent && recent->serial == compiled.serial && !recent->running &&
                recent->statement->is_valid()) [[likely]]
                return lend(*recent);
        }
        return find_or_prepare(lease, compiled, expanded, keep);
    }
    /// Ends the statement and takes it back; forgets it where it can't be used again.
    void release(Prepared& prepared) noexcept {
        prepared.statement->reset();
        prepared.running = false;
        if (!prepared.kept) [[unlikely]]
            drop(prepared);
    }
    [[nodiscard]] std::size_t size() const noexcept { return by_serial_.size() + by_text_.size(); }

  private:
    [[nodiscard]] Prepared*& place_of(std::uint64_t serial) noexcept {
        return recent_[serial % recent_.size()];
    }
    Prepared& lend(Prepared& prepared) noexcept {
        prepared.last_used = clock_;
        prepared.running = true;
        return prepared;
    }
    [[nodiscard]] Prepared& find_or_prepare(const PooledConnection& lease,
                                            const sql::Compiled& compiled,
                                            const sql::Arguments* expanded, bool keep);
    template <class Map, class Key>
    [[nodiscard]] Prepared& lookup(Map& map, const Key& key, const PooledConnection& lease,
                                   const driver::StatementRequest& request);
    void forget(const Prepared& prepared) noexcept;
    void drop(Prepared& prepared) noexcept;
    void make_room() noexcept;

    std::size_t capacity_;
    std::uint64_t clock_ = 0;
    boost::unordered_flat_map<std::uint64_t, std::unique_ptr<Prepared>> by_serial_;
    boost::unordered_flat_map<std::string, std::unique_ptr<Prepared>> by_text_;
    std::vector<std::unique_ptr<Prepared>> extra_;  // running copies and uncached ones
    std::array<Prepared*, 16> recent_{};  // the last of by_serial_ for each remainder of a serial
};

}  // namespace azoth::inline v0::engine
