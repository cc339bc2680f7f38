// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/driver/driver.hpp>
#include <azoth/pool/pool.hpp>
#include <azoth/sql/compiled.hpp>

#include <boost/unordered/unordered_flat_map.hpp>

#include <memory>
#include <string>
#include <vector>

namespace azoth::inline v0::engine {

/// A prepared statement of one physical connection, with room for a row.
struct Prepared {
    std::unique_ptr<driver::Statement> statement;
    std::vector<ValueView> cells;
    std::uint64_t last_used = 0;
    bool running = false;   ///< lent to a result
    bool kept = false;      ///< in the cache; others die when they come back
};

/// The prepared statements that a physical connection keeps, the most recently used ones. One thread at
/// a time. A statement is lent out while it runs: executed again in the meantime, it is prepared a
/// second time, for a cursor can't be in two places.
class PreparedCache final : public pool::ConnectionData {
  public:
    explicit PreparedCache(std::size_t capacity) : capacity_(capacity) {}
    ~PreparedCache() override;

    /// \param sql the text where it depends on the arguments (then it is the key), else empty
    [[nodiscard]] Prepared& acquire(driver::Connection& connection, const sql::Compiled& compiled,
                                    const sql::Arguments* expanded);
    /// Ends the statement and takes it back; forgets it where it can't be used again.
    void release(Prepared& prepared) noexcept;
    [[nodiscard]] std::size_t size() const noexcept {
        return by_serial_.size() + by_text_.size();
    }

  private:
    template <class Map, class Key>
    [[nodiscard]] Prepared& lookup(Map& map, const Key& key, driver::Connection& connection,
                                   const driver::StatementRequest& request);
    void make_room() noexcept;

    std::size_t capacity_;
    std::uint64_t clock_ = 0;
    boost::unordered_flat_map<std::uint64_t, std::unique_ptr<Prepared>> by_serial_;
    boost::unordered_flat_map<std::string, std::unique_ptr<Prepared>> by_text_;
    std::vector<std::unique_ptr<Prepared>> extra_;  // running copies and uncached ones
};

}  // namespace azoth::inline v0::engine
