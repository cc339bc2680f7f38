// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/dialects/oracle/compiler.hpp>
#include <azoth/dialects/oracle/ddl.hpp>
#include <azoth/dialects/oracle/dialect.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/dialect_ddl.hpp>

namespace azoth::inline v0::oracle {
namespace {

class OracleDialect final : public Dialect {
  public:
    [[nodiscard]] std::string_view name() const noexcept override { return "oracle"; }
    [[nodiscard]] const sql::Capabilities& capabilities() const noexcept override {
        return oracle::capabilities();
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
                "Azoth has no driver for Oracle Database: the dialect oracle only compiles "
                "statements "
                "and DDL, by compile() and create_mock_engine()");
        };
    }
    [[nodiscard]] PoolClass default_pool(const URL&) const override { return PoolClass::queue; }
    [[nodiscard]] bool transactional_ddl() const noexcept override { return false; }
    [[nodiscard]] std::string_view has_table_query() const noexcept override {
        return "SELECT 1 FROM ALL_TABLES WHERE TABLE_NAME = CASE WHEN REGEXP_LIKE(:name, "
               "'^[a-z][a-z0-9_$]*$') THEN UPPER(:name) ELSE :name END AND "
               "OWNER = COALESCE(UPPER(:schema), SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'))";
    }
    [[nodiscard]] std::string_view has_type_query() const noexcept override { return {}; }
    [[nodiscard]] std::vector<std::string_view> isolation_levels() const override {
        return {"SERIALIZABLE", "READ COMMITTED"};
    }
    [[nodiscard]] std::string_view isolation_level_query(int) const noexcept override {
        return "SELECT CASE WHEN BITAND(t.flag, POWER(2, 28)) != 0 THEN 'SERIALIZABLE' "
               "ELSE 'READ COMMITTED' END FROM v$session s LEFT JOIN v$transaction t "
               "ON t.addr = s.taddr WHERE s.sid = SYS_CONTEXT('USERENV', 'SID')";
    }
    [[nodiscard]] bool has_transaction_modes() const noexcept override { return false; }
    [[nodiscard]] std::size_t longest_xid() const noexcept override { return 0; }
};

}  // namespace

const Dialect& dialect() {
    static const OracleDialect the_dialect;
    return the_dialect;
}

}  // namespace azoth::inline v0::oracle
