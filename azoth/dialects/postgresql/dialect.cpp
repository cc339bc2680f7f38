// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/compiler.hpp>
#include <azoth/dialects/postgresql/connect.hpp>
#include <azoth/dialects/postgresql/ddl.hpp>
#include <azoth/dialects/postgresql/dialect.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/dialect_ddl.hpp>

namespace azoth::inline v0::postgresql {
namespace {

class PostgresqlDialect final : public Dialect {
  public:
    [[nodiscard]] std::string_view name() const noexcept override { return "postgresql"; }
    [[nodiscard]] const sql::Capabilities& capabilities() const noexcept override {
        return postgresql::capabilities();
    }
    [[nodiscard]] std::unique_ptr<sql::Compiler> make_compiler() const override {
        return std::make_unique<Compiler>();
    }
    [[nodiscard]] const schema::DDLCompiler& ddl(sql::Schemas schemas) const override {
        return schema::dialect_ddl<DDLCompiler, Compiler>(schemas);
    }
    [[nodiscard]] PoolCreator creator(const URL& url) const override {
        return [options = options_from_url(url)] { return connect(options); };
    }
    [[nodiscard]] PoolClass default_pool(const URL&) const override { return PoolClass::queue; }
    [[nodiscard]] bool transactional_ddl() const noexcept override { return true; }
    [[nodiscard]] bool has_cheap_cursors() const noexcept override { return true; }
    [[nodiscard]] std::string_view has_table_query() const noexcept override {
        return "SELECT 1 FROM pg_catalog.pg_class AS c "
               "JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
               "WHERE c.relname = :name AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND "
               "CASE WHEN :schema = '' THEN pg_catalog.pg_table_is_visible(c.oid) "
               "ELSE n.nspname = :schema END";
    }
    [[nodiscard]] std::string_view has_type_query() const noexcept override {
        return "SELECT 1 FROM pg_catalog.pg_type AS t "
               "JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace "
               "WHERE t.typname = :name AND CASE WHEN :schema = '' "
               "THEN pg_catalog.pg_type_is_visible(t.oid) ELSE n.nspname = :schema END";
    }
    [[nodiscard]] std::vector<std::string_view> isolation_levels() const override {
        return {"SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "READ UNCOMMITTED"};
    }
    [[nodiscard]] std::string_view isolation_level_query(int) const noexcept override {
        return "SELECT pg_catalog.upper("
               "pg_catalog.current_setting('default_transaction_isolation'))";
    }
    [[nodiscard]] bool has_transaction_modes() const noexcept override { return true; }
    [[nodiscard]] std::size_t longest_xid() const noexcept override { return 199; }
};

}  // namespace

const Dialect& dialect() {
    static const PostgresqlDialect the_dialect;
    return the_dialect;
}

}  // namespace azoth::inline v0::postgresql
