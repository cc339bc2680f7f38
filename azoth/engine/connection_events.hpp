// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/connection_state.hpp>
#include <azoth/engine/events.hpp>

#include <optional>
#include <vector>

namespace azoth::inline v0::engine {

/// The Connection that listeners are given: it ends without closing what it stands for. One thread
/// at a time.
class BorrowedConnection {
  public:
    explicit BorrowedConnection(ConnectionState& state)
        : connection_(Ref<ConnectionState>(&state)) {}
    /// What is behind a Connection. Throws ResourceClosedError where it was moved from.
    [[nodiscard]] static Ref<ConnectionState> state_of(const Connection& connection) {
        if (!connection.state_) throw ResourceClosedError("this Connection was moved from");
        return connection.state_;
    }
    /// Makes the Connection an empty one, without closing what is behind it.
    static void let_go(Connection& connection) noexcept { connection.state_ = nullptr; }
    BorrowedConnection(const BorrowedConnection&) = delete;
    BorrowedConnection& operator=(const BorrowedConnection&) = delete;
    ~BorrowedConnection() { let_go(connection_); }

    [[nodiscard]] Connection& get() noexcept { return connection_; }

  private:
    Connection connection_;
};

/// SQL and parameters on their way past the listeners of before_cursor_execute. One thread at a
/// time.
class HeardCursor {
  public:
    /// Tells them. \param types of the parameters
    HeardCursor(ConnectionState& state, Connection& connection, std::string_view sql,
                std::span<const ValueView> values, std::span<const Type> types, bool many);
    HeardCursor(const HeardCursor&) = delete;
    HeardCursor& operator=(const HeardCursor&) = delete;

    [[nodiscard]] std::span<const ValueView> values() const noexcept { return changed_.values; }
    [[nodiscard]] std::string_view sql() const noexcept { return execution_.statement; }
    /// What is run where a listener has changed it, else `expanded`.
    [[nodiscard]] const sql::Arguments* expanded(const sql::Arguments* expanded) const noexcept {
        return is_changed_ ? &changed_ : expanded;
    }
    void tell_after() { state_.events().tell(event::after_cursor_execute, &state_, execution_); }

  private:
    void note_changes(std::string_view sql, std::span<const ValueView> values,
                      std::span<const Type> types);

    ConnectionState& state_;
    event::CursorExecution execution_;
    sql::Arguments changed_;
    bool is_changed_ = false;
};

/// Tells of the execution of a statement with many rows, where somebody listens. One thread at a
/// time.
class HeardMany {
  public:
    /// Tells of before_execute.
    HeardMany(ConnectionState& state, const sql::Statement& statement) {
        if (state.is_heard()) [[unlikely]]
            heard_.emplace(state, statement);
    }
    /// Tells of before_cursor_execute. \returns what is run in place of `expanded`
    [[nodiscard]] const sql::Arguments* before_cursor(const sql::Compiled& compiled,
                                                      const sql::Arguments* expanded) {
        return heard_ ? heard_->before_cursor(compiled, expanded) : expanded;
    }
    /// Tells of the rest. \returns `count`
    std::int64_t after(std::int64_t count) {
        if (heard_) heard_->after(count);
        return count;
    }

  private:
    struct Heard {
        Heard(ConnectionState& state, const sql::Statement& statement);
        const sql::Arguments* before_cursor(const sql::Compiled& compiled,
                                            const sql::Arguments* expanded);
        void after(std::int64_t count);

        ConnectionState& state;
        BorrowedConnection borrowed;
        event::Execution execution;
        std::optional<HeardCursor> cursor;
    };
    std::optional<Heard> heard_;
};

}  // namespace azoth::inline v0::engine
