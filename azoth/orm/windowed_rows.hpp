// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/result.hpp>
#include <azoth/orm/object_sink.hpp>
#include <azoth/orm/open_rows.hpp>
#include <azoth/orm/post_loads.hpp>
#include <azoth/orm/window_reader.hpp>
#include <azoth/sql/builder.hpp>
#include <azoth/sql/text.hpp>

#include <cstddef>
#include <optional>

namespace azoth::inline v0::orm {

/// The rows of a session's statement, a window of them read whole at a time, with what their
/// objects lead to (R21). One thread at a time, that of the session.
class WindowedRows final : public RowFeed, public OpenRows {
  public:
    /// \param rows of a window
    WindowedRows(SessionCore& session, engine::ResultCore&& running, const LoadRun& run,
                 std::size_t rows, std::size_t depth);
    ~WindowedRows() override;

    bool advance(ObjectSink& into) override;

  private:
    std::size_t read_window(ObjectSink& into);
    void stop_reading() noexcept override;
    void close() noexcept;

    engine::ResultCore result_;
    const Ref<const LoadPlan> plan_;  // null: columns alone
    const LoadRun run_;
    const std::size_t rows_;
    std::optional<WindowReader> reader_;
};

/// A statement whose rows are read in windows: collections that it would join are loaded for each
/// window by a statement of their own, because rows that are multiplied can't be cut.
class WindowedStatement : public sql::Statement {
  public:
    explicit WindowedStatement(const sql::Statement& statement);
    /// Executes it, where that costs nothing with a cursor of the server's, so that the statements
    /// which follow a window leave the rows behind it there. \param rows of a window
    [[nodiscard]] engine::ResultCore execute(engine::ConnectionState& connection,
                                             const Parameters* parameters, std::size_t rows) const;
};

}  // namespace azoth::inline v0::orm
