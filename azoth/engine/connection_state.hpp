// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/counted.hpp>
#include <azoth/base/execution_context.hpp>
#include <azoth/engine/engine_state.hpp>
#include <azoth/engine/prepared.hpp>

#include <span>
#include <string>
#include <vector>

namespace azoth::inline v0::engine {

/// What a Connection, its transactions and its results share. One thread at a time; every entry is
/// guarded (R19).
class ConnectionState final : public Counted {
  public:
    /// \param lowering what statements go through before they are compiled; may be null
    ConnectionState(std::shared_ptr<EngineState> engine, PooledConnection lease,
                    Ref<const sql::Lowering> lowering = nullptr);
    ~ConnectionState() override;

    [[nodiscard]] ResultCore execute(const sql::Statement& statement,
                                     const Parameters& parameters);
    /// The compiled form of a statement that is executed often, with the execute() below.
    [[nodiscard]] Ref<const sql::Compiled> compiled(const sql::Statement& statement,
                                                    sql::CompileMode mode);
    /// Executes what compiled() gave. \param node the statement \param values its parameters, in
    /// the order of the text: those of a statement without subqueries, IN lists and named ones
    [[nodiscard]] ResultCore execute(const Ref<sql::StatementNode>& node,
                                     const Ref<const sql::Compiled>& compiled,
                                     std::span<const ValueView> values);
    std::int64_t execute_many(const sql::Statement& statement, driver::RowSource& rows,
                              std::size_t columns, driver::RowSink* sink);
    std::int64_t execute_many(const sql::Statement& statement,
                              const std::vector<Parameters>& parameters);
    void run(std::string_view sql, bool writes);

    [[nodiscard]] std::uint64_t begin();
    [[nodiscard]] std::uint64_t begin_nested();
    void commit(std::uint64_t transaction);
    void rollback(std::uint64_t transaction);
    [[nodiscard]] bool is_active(std::uint64_t transaction) const noexcept;
    /// The outermost transaction's number; 0 where there is none.
    [[nodiscard]] std::uint64_t root() const noexcept {
        return transactions_.empty() ? 0 : transactions_.front().id;
    }
    [[nodiscard]] std::size_t depth() const noexcept { return transactions_.size(); }

    void close() noexcept;
    [[nodiscard]] bool closed() const noexcept { return closed_; }
    void invalidate();
    [[nodiscard]] driver::Connection& driver() const { return lease_.connection(); }
    [[nodiscard]] EngineState& engine() const noexcept { return *engine_; }
    [[nodiscard]] UseMonitor& monitor() noexcept { return monitor_; }

    // For results.
    /// Throws ResourceClosedError after close() and where the connection was lost. Inline, because it stands between every row and the
    /// driver.
    bool fetch(Prepared& statement) {
        if (monitor_.in_use() || ended_) [[unlikely]]
            refuse_fetch();
        return statement.statement->fetch(statement.cells.data());
    }
    void give_back(Prepared& statement) noexcept;

  private:
    struct Level {
        std::uint64_t id;
        std::string savepoint;  // empty: the transaction itself
    };

    void check_usable() const;
    /// Throws where another context uses the connection, or where it is closed.
    void refuse_fetch();
    void ensure_begun(bool writes);
    [[nodiscard]] PreparedCache& prepared();
    [[nodiscard]] Ref<const sql::Compiled> compile(const sql::Statement& statement,
                                                   sql::CompileMode mode);
    [[nodiscard]] ResultCore start(const Ref<sql::StatementNode>& node,
                                   const Ref<const sql::Compiled>& compiled,
                                   std::span<const ValueView> values,
                                   const sql::Arguments* expanded);
    void finish_dml(ResultCore& result, Prepared& statement, const sql::Compiled& compiled,
                    std::span<const ValueView> values);
    void note_error(const DBAPIError& error) noexcept;
    template <class Work>
    auto guarded(Work&& work);
    void end_root(bool committed) noexcept;
    [[nodiscard]] std::size_t level_of(std::uint64_t transaction) const;
    void log_statement(const sql::Compiled& compiled, std::string_view sql, bool hit,
                       std::span<const ValueView> values) const;
    void give_back_all() noexcept;
    void roll_back_own() noexcept;

    std::shared_ptr<EngineState> engine_;
    PooledConnection lease_;
    Ref<const sql::Lowering> lowering_;
    UseMonitor monitor_;
    std::vector<Level> transactions_;
    std::vector<Prepared*> running_;
    std::uint64_t last_id_ = 0;
    std::uint64_t last_savepoint_ = 0;
    bool owns_ = false;    // it was this Connection that began it
    bool begun_ = false;   // the driver knows of the transaction
    bool failed_ = false;  // it must be rolled back
    bool closed_ = false;
    bool ended_ = false;  // closed or lost: the statements of open results are gone
    bool last_hit_ = false;
    std::string failure_;
};

}  // namespace azoth::inline v0::engine
