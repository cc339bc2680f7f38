// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/byte_order_internal.hpp>
#include <azoth/dialects/postgresql/connection_internal.hpp>

namespace azoth::inline v0::postgresql {
namespace {

// An enumeration's binary form is its label; citext's is its text. Names are qualified: a search
// path may put anything before PostgreSQL's own.
constexpr char query[] =
    "SELECT pg_catalog.format_type(t.oid, NULL),"
    " t.typtype OPERATOR(pg_catalog.=) 'e' OR t.typname OPERATOR(pg_catalog.=) 'citext'"
    " FROM pg_catalog.pg_type AS t WHERE t.oid OPERATOR(pg_catalog.=) $1";

TypeDescription description_of(const PGresult* result, Oid type) {
    if (PQntuples(result) == 0) return {"number " + std::to_string(type), false};
    return {PQgetvalue(result, 0, 0), *PQgetvalue(result, 0, 1) != 0};
}

}  // namespace

const TypeDescription& Connection::describe_type(Oid type) {
    const auto known = types_.find(type);
    if (known != types_.end()) return known->second;

    char wire[sizeof type];
    store(wire, type);
    const char* const value = wire;
    const int length = sizeof wire;
    const int format = 1;
    flight_.start(false);
    flight_.execute_once(query, {oid::oid}, {1, &value, &length, &format});
    const Outcome outcome = land();
    if (!outcome.is_good()) raise(outcome, query);
    return types_.emplace(type, description_of(outcome.answer.get(), type)).first->second;
}

}  // namespace azoth::inline v0::postgresql
