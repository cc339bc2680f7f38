// SPDX-License-Identifier: MIT
// A dialect of somebody else: SQLite under another name.
#include <azoth/compliance.hpp>
#include <azoth/dialect.hpp>
#include <azoth/sqlite.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace {

class OutliteDialect final : public azoth::Dialect {
  public:
    std::string_view name() const noexcept override { return "outlite"; }
    azoth::PoolCreator creator(const azoth::URL& url) const override {
        return sqlite_.creator(url.with_drivername("sqlite"));
    }
    azoth::PoolClass default_pool(const azoth::URL& url) const override {
        return sqlite_.default_pool(url.with_drivername("sqlite"));
    }

    // All else is SQLite's.
    const azoth::sql::Capabilities& capabilities() const noexcept override {
        return sqlite_.capabilities();
    }
    std::unique_ptr<azoth::sql::Compiler> make_compiler() const override {
        return sqlite_.make_compiler();
    }
    const azoth::schema::DDLCompiler& ddl(azoth::sql::Schemas schemas) const override {
        return sqlite_.ddl(schemas);
    }
    bool transactional_ddl() const noexcept override { return sqlite_.transactional_ddl(); }
    std::string_view has_table_query() const noexcept override { return sqlite_.has_table_query(); }
    std::string_view has_type_query() const noexcept override { return sqlite_.has_type_query(); }
    std::vector<std::string_view> isolation_levels() const override {
        return sqlite_.isolation_levels();
    }
    std::string_view isolation_level_query(int server_version) const noexcept override {
        return sqlite_.isolation_level_query(server_version);
    }
    bool has_transaction_modes() const noexcept override { return sqlite_.has_transaction_modes(); }
    std::size_t longest_xid() const noexcept override { return sqlite_.longest_xid(); }

  private:
    const azoth::Dialect& sqlite_ = azoth::sqlite::dialect();
};

const OutliteDialect dialect;
const bool is_known = azoth::register_dialect(dialect);

const bool is_known_to_the_suite =
    azoth::test::register_outside_dialect({.name = "outlite", .like = "sqlite"});

}  // namespace
