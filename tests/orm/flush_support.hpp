// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/core.hpp>
#include <azoth/orm/mapping.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/orm/relationships.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/databases.hpp>
#include <tests/support/message_of.hpp>
#include <tests/support/requirements.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

// What the tests of the unit of work share: a model's tables in the database under test, and the
// statements that a flush sends, in a form that is the same for all databases.

namespace flush_test {

using namespace azoth;  // NOLINT: tests read as programs of users do
using azoth::test::Database;
using azoth::test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Strings = std::vector<std::string>;

/// A statement in short: "INSERT user (name) -> id", "UPDATE user SET name WHERE id", "DELETE user
/// WHERE id", "SELECT user"; anything else as it is. What comes back of an INSERT is named where it
/// is more than the key "id".
[[nodiscard]] std::string in_short(std::string_view sql);

/// The base of the suites: every test runs on every database of the run.
class FlushTest : public testing::TestWithParam<Database> {
  protected:
    FlushTest();
    ~FlushTest() override;

    /// Creates the tables of a model, empty, and opens a session.
    template <class... Ts>
    void use() {
        use(model<Ts...>("tested"));
    }
    void use(const Model& tested);
    /// A new session; the one before is closed.
    void reopen();
    /// What was sent since the last call.
    [[nodiscard]] Strings sent();
    /// What a flush sends.
    [[nodiscard]] Strings flushed();
    /// What is sent for an UPDATE whose columns are read back.
    [[nodiscard]] Strings read_back(const std::string& update, const std::string& columns) const;
    /// What the log warned of since the last call.
    [[nodiscard]] Strings warnings() { return std::exchange(warnings_, {}); }
    /// The rows of a query by another connection, values separated by blanks. In memory, where
    /// there is one connection only, it sees what is not committed.
    [[nodiscard]] Strings rows(std::string_view sql);
    /// Runs SQL apart from the session, as somebody else would; commits it.
    void elsewhere(std::string_view sql);

    /// Where the database has no UPDATE … RETURNING, sees that the call says so. \returns whether
    /// that is all that there is to test
    template <class Call>
    [[nodiscard]] bool refuses_returning(Call&& call) const {
        if (requirements.update_returning) return false;
        EXPECT_THAT(message_of<UnsupportedCompilationError>(call), HasSubstr("RETURNING"));
        return true;
    }

    const azoth::test::Requirements requirements{GetParam()};
    Engine engine;
    std::unique_ptr<Session> session;
    /// Called for each statement that is sent, in the middle of the session's call.
    std::function<void()> on_sent = [] {};

  private:
    void drop_tables();

    Strings lines_;
    Strings warnings_;
    std::unique_ptr<Model> model_;
};

#define AZOTH_FLUSH_ON_ALL_DATABASES(Suite)                                                 \
    INSTANTIATE_TEST_SUITE_P(Databases, Suite, testing::ValuesIn(azoth::test::databases()), \
                             azoth::test::label_of)

}  // namespace flush_test
