// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/mssql/compiler.hpp>
#include <azoth/dialects/mssql/ddl.hpp>
#include <azoth/dialects/mssql/dialect.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/dialect_ddl.hpp>

namespace azoth::inline v0::mssql {
namespace {

class MssqlDialect final : public Dialect {
  public:
    [[nodiscard]] std::string_view name() const noexcept override { return "mssql"; }
    [[nodiscard]] const sql::Capabilities& capabilities() const noexcept override {
        return mssql::capabilities();
    }
    [[nodiscard]] std::unique_ptr<sql::Compiler> make_compiler() const override {
        return std::make_unique<Compiler>();
    }
    [[nodiscard]] const schema::DDLCompiler& ddl(sql::Schemas schemas) const override {
        return schema::dialect_ddl<DDLCompiler, Compiler>(schemas);
    }
    [[nodiscard]] PoolCreator creator(const URL&) const override {
        return []() -> std::unique_ptr<driver::Connection> {
            throw NoSuchModuleError(
                "Azoth has no driver for SQL Server: the dialect mssql only compiles statements "
                "and DDL, by compile() and create_mock_engine()");
        };
    }
    [[nodiscard]] PoolClass default_pool(const URL&) const override { return PoolClass::queue; }
    [[nodiscard]] bool transactional_ddl() const noexcept override { return true; }
    [[nodiscard]] std::string_view has_table_query() const noexcept override {
        return "SELECT 1 FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = :name AND "
               "TABLE_SCHEMA = CASE WHEN :schema = N'' THEN SCHEMA_NAME() ELSE :schema END";
    }
    [[nodiscard]] std::string_view has_type_query() const noexcept override { return {}; }
    [[nodiscard]] std::vector<std::string_view> isolation_levels() const override {
        return {"SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "READ UNCOMMITTED",
                "SNAPSHOT"};
    }
    [[nodiscard]] std::string_view isolation_level_query(int) const noexcept override {
        return "SELECT CASE transaction_isolation_level WHEN 1 THEN 'READ UNCOMMITTED' "
               "WHEN 2 THEN 'READ COMMITTED' WHEN 3 THEN 'REPEATABLE READ' "
               "WHEN 4 THEN 'SERIALIZABLE' WHEN 5 THEN 'SNAPSHOT' END "
               "FROM sys.dm_exec_sessions WHERE session_id = @@SPID";
    }
    [[nodiscard]] bool has_transaction_modes() const noexcept override { return false; }
    [[nodiscard]] std::size_t longest_xid() const noexcept override { return 0; }
};

}  // namespace

const Dialect& dialect() {
    static const MssqlDialect the_dialect;
    return the_dialect;
}

}  // namespace azoth::inline v0::mssql
