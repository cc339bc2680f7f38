// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>

namespace azoth::inline v0::orm {

class SessionCore;

/// Rows of a statement that are read while the program goes on using the session: they end with
/// the transaction, or the savepoint, that they were begun in. One thread at a time, that of the
/// session.
class AZOTH_EXPORT OpenRows {
  public:
    OpenRows(const OpenRows&) = delete;
    OpenRows& operator=(const OpenRows&) = delete;

    [[nodiscard]] bool is_ended() const noexcept { return ended_by_ != nullptr; }
    /// Ends them: their next step throws. \param call what ended them, for the message
    void end_by(const char* call) noexcept;
    /// How many levels of the session's transaction there were when they began.
    [[nodiscard]] std::size_t depth() const noexcept { return depth_; }
    /// Savepoints inside which they began are part of what is around them now.
    void leave_levels(std::size_t left) noexcept {
        if (depth_ > left) depth_ = left;
    }

  protected:
    OpenRows(SessionCore& session, std::size_t depth) noexcept
        : session_(&session), depth_(depth) {}
    ~OpenRows() = default;
    /// Throws InvalidRequestError where they were ended. \param what "this stream"
    void require_open(const char* what) const;
    /// The session knows nothing of them any more.
    void leave_session() noexcept;
    /// Ends the statement.
    virtual void stop_reading() noexcept = 0;

    SessionCore* session_;  // null: ended, or read to the end

  private:
    std::size_t depth_;
    const char* ended_by_ = nullptr;
};

}  // namespace azoth::inline v0::orm
