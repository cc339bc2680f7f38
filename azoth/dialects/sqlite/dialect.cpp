// SPDX-License-Identifier: MIT
#include <azoth/dialects/sqlite/compiler.hpp>
#include <azoth/dialects/sqlite/ddl.hpp>
#include <azoth/dialects/sqlite/dialect.hpp>
#include <azoth/dialects/sqlite/driver.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/dialect_ddl.hpp>

namespace azoth::inline v0::sqlite {
namespace {

class SqliteDialect final : public Dialect {
  public:
    [[nodiscard]] std::string_view name() const noexcept override { return "sqlite"; }
    [[nodiscard]] const sql::Capabilities& capabilities() const noexcept override {
        return sqlite::capabilities();
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
    [[nodiscard]] PoolClass default_pool(const URL& url) const override {
        return is_in_memory(options_from_url(url)) ? PoolClass::singleton_thread : PoolClass::queue;
    }
    [[nodiscard]] bool transactional_ddl() const noexcept override { return true; }
    [[nodiscard]] std::string_view has_table_query() const noexcept override {
        return "SELECT 1 FROM pragma_table_list WHERE name = :name AND "
               "(schema = :schema OR (:schema = '' AND schema IN ('main', 'temp')))";
    }
    [[nodiscard]] std::string_view has_type_query() const noexcept override { return {}; }
    [[nodiscard]] std::vector<std::string_view> isolation_levels() const override {
        return {"SERIALIZABLE", "READ UNCOMMITTED"};
    }
    [[nodiscard]] std::string_view isolation_level_query(int) const noexcept override {
        return "SELECT CASE read_uncommitted WHEN 0 THEN 'SERIALIZABLE' ELSE 'READ UNCOMMITTED' "
               "END "
               "FROM pragma_read_uncommitted";
    }
    [[nodiscard]] bool has_transaction_modes() const noexcept override { return false; }
    [[nodiscard]] std::size_t longest_xid() const noexcept override { return 0; }
};

}  // namespace

const Dialect& dialect() {
    static const SqliteDialect the_dialect;
    return the_dialect;
}

}  // namespace azoth::inline v0::sqlite
