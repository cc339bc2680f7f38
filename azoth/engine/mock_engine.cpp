// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/mock_engine.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/target.hpp>
#include <azoth/sql/schema_places.hpp>

namespace azoth::inline v0 {
namespace {

/// A database in which there is nothing, and of which nothing becomes.
class MockTarget final : public schema::Target {
  public:
    MockTarget(const Dialect& dialect, const MockEngine::Executor& executor)
        : dialect_(dialect), executor_(executor) {}

    [[nodiscard]] const schema::DDLCompiler& ddl() const override {
        return dialect_.ddl(sql::Schemas::named);
    }
    [[nodiscard]] std::string_view dialect() const override { return dialect_.name(); }
    void run(const std::string& sql) override { executor_(sql); }
    [[nodiscard]] bool has_table(std::string_view, std::string_view) override { return false; }
    [[nodiscard]] bool has_type(std::string_view, std::string_view) override { return false; }

  private:
    const Dialect& dialect_;
    const MockEngine::Executor& executor_;
};

}  // namespace

MockEngine::MockEngine(const Dialect& dialect, Executor executor)
    : dialect_(&dialect), executor_(std::move(executor)) {
    if (!executor_) throw ArgumentError("create_mock_engine(): there is no function for its DDL");
}

void MockEngine::run_ddl(const schema::Work& work) const {
    MockTarget target(*dialect_, executor_);
    work(target);
}

void MockEngine::execute(const DDL& ddl) const {
    run_ddl([&](schema::Target& target) { ddl.execute_in(target); });
}

MockEngine create_mock_engine(std::string_view url, MockEngine::Executor executor) {
    return {find_dialect(make_url(url).get_backend_name()), std::move(executor)};
}

}  // namespace azoth::inline v0
