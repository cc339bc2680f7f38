// SPDX-License-Identifier: MIT
#include <azoth/event.hpp>
#include <azoth/sql/identifier.hpp>

#include <tests/support/schemas.hpp>

namespace azoth::test {

Schemas::Schemas(const Database& database, std::vector<std::string> names)
    : database_(database),
      names_(std::move(names)),
      // The databases of MariaDB's are its server's, which other tests use too.
      prefix_(database.like == "mariadb" ? *make_url(database.url).database() + "_" : ""),
      attaches_(database.like.starts_with("sqlite")),
      engine_(make_engine()) {
    if (!attaches_) for_each("CREATE SCHEMA ", "");
}

Schemas::~Schemas() {
    try {
        if (!attaches_) for_each("DROP SCHEMA ", database_.like == "postgresql" ? " CASCADE" : "");
    } catch (const std::exception& error) {
        ADD_FAILURE() << "the schemas could not be dropped: " << error.what();
    }
}

Engine Schemas::make_engine(EngineOptions options) const {
    options.poolclass = PoolClass::queue;
    options.pool_size = 1;
    options.max_overflow = 0;
    Engine engine = create_engine(database_.url, std::move(options));
    if (attaches_)
        event::listen(engine, event::connect, [this](const PoolEvent& event) {
            for (const std::string& name : names_)
                event.connection->run("ATTACH DATABASE ':memory:' AS " + quoted(name));
        });
    return engine;
}

std::string Schemas::operator[](std::string_view name) const {
    return prefix_ + std::string(name);
}

std::string Schemas::quoted(std::string_view name) const {
    std::string text;
    const char quote =
        find_dialect(make_url(database_.url).get_backend_name()).capabilities().identifier_quote;
    sql::quote_identifier(text, (*this)[name], quote, quote);
    return text;
}

void Schemas::for_each(std::string_view before, std::string_view behind) const {
    Connection conn = engine_.connect();
    for (const std::string& name : names_)
        conn.exec_driver_sql(std::string(before) + quoted(name) + std::string(behind));
    conn.commit();
}

}  // namespace azoth::test
