// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/metadata.hpp>

#include <functional>
#include <string_view>

namespace azoth::inline v0 {

class DDL;

/// Takes the place of an engine where DDL is wanted as text: no database is asked. Safe from any
/// thread, as far as its function is; copies are independent.
///
///     auto dump = create_mock_engine("postgresql://", [](std::string_view sql) {
///         std::cout << sql << ";\n";
///     });
///     metadata.create_all(dump, false);
///
/// With `checkfirst`, of what there is nothing is known: create_all() then writes everything, and
/// drop_all() nothing. SQLAlchemy: what `create_mock_engine` gives.
class AZOTH_EXPORT MockEngine {
  public:
    using Executor = std::function<void(std::string_view sql)>;

    /// Use create_mock_engine().
    MockEngine(const Dialect& dialect, Executor executor);

    [[nodiscard]] const Dialect& dialect() const noexcept { return *dialect_; }
    /// Gives a DDL to the function.
    void execute(const DDL& ddl) const;
    /// What MetaData::create_all uses.
    void run_ddl(const schema::Work& work) const;

  private:
    const Dialect* dialect_;
    Executor executor_;
};

/// An engine that gives each statement of DDL to a function.
/// \param url of which only the dialect counts: "postgresql://"
/// \param executor is given each statement, without a semicolon; what it throws goes to the caller
///
/// Throws ArgumentError for a malformed URL and where there is no function, NoSuchModuleError for a
/// dialect whose header the program does not include. SQLAlchemy: `create_mock_engine`.
[[nodiscard]] AZOTH_EXPORT MockEngine create_mock_engine(std::string_view url,
                                                         MockEngine::Executor executor);

}  // namespace azoth::inline v0
