// SPDX-License-Identifier: MIT
#include <azoth/dialects/mariadb/compiler.hpp>
#include <azoth/dialects/mariadb/connect.hpp>
#include <azoth/dialects/mariadb/ddl.hpp>
#include <azoth/dialects/mariadb/dialect.hpp>
#include <azoth/engine/dialect.hpp>
#include <azoth/schema/dialect_ddl.hpp>

namespace azoth::inline v0::mariadb {
namespace {

/// Text in the SQL that Azoth writes ends at its quote, as in every other database: a default of a
/// column, a label of an enumeration, the escape of LIKE may be or hold a backslash.
ConnectOptions engine_options(const URL& url) {
    ConnectOptions options = options_from_url(url);
    options.sql_mode += options.sql_mode.empty() ? "" : ",";
    options.sql_mode += "NO_BACKSLASH_ESCAPES";
    return options;
}

class MariadbDialect final : public Dialect {
  public:
    explicit MariadbDialect(std::string_view name) : name_(name) {}

    [[nodiscard]] std::string_view name() const noexcept override { return name_; }
    [[nodiscard]] const sql::Capabilities& capabilities() const noexcept override {
        return mariadb::capabilities();
    }
    [[nodiscard]] std::unique_ptr<sql::Compiler> make_compiler() const override {
        return std::make_unique<Compiler>();
    }
    [[nodiscard]] const schema::DDLCompiler& ddl(sql::Schemas schemas) const override {
        return schema::dialect_ddl<DDLCompiler, Compiler>(schemas);
    }
    [[nodiscard]] PoolCreator creator(const URL& url) const override {
        return [options = engine_options(url)] { return connect(options); };
    }
    [[nodiscard]] PoolClass default_pool(const URL&) const override { return PoolClass::queue; }
    [[nodiscard]] bool transactional_ddl() const noexcept override { return false; }
    [[nodiscard]] std::string_view has_table_query() const noexcept override {
        return "SELECT 1 FROM information_schema.tables WHERE table_name = :name AND "
               "table_schema = CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END";
    }
    [[nodiscard]] std::string_view has_type_query() const noexcept override { return {}; }
    [[nodiscard]] std::vector<std::string_view> isolation_levels() const override {
        return {"SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "READ UNCOMMITTED"};
    }
    [[nodiscard]] std::string_view isolation_level_query(
        int server_version) const noexcept override {
        constexpr int oldest_mariadb = 10'00'00;
        return server_version < oldest_mariadb  // MySQL, which has no variable of the old name
                   ? "SELECT REPLACE(@@SESSION.transaction_isolation, '-', ' ')"
                   : "SELECT REPLACE(@@SESSION.tx_isolation, '-', ' ')";
    }
    [[nodiscard]] bool has_transaction_modes() const noexcept override { return false; }
    [[nodiscard]] std::size_t longest_xid() const noexcept override { return 64; }

  private:
    std::string_view name_;
};

}  // namespace

const Dialect& dialect() {
    static const MariadbDialect the_dialect("mariadb");
    return the_dialect;
}

const Dialect& mysql_dialect() {
    static const MariadbDialect the_dialect("mysql");
    return the_dialect;
}

}  // namespace azoth::inline v0::mariadb
