// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/connection_internal.hpp>
#include <azoth/dialects/postgresql/result_plan_internal.hpp>

namespace azoth::inline v0::postgresql {

using driver::ErrorClass;

bool ResultPlan::fits(const PGresult* result) const noexcept {
    if (!known_ || PQnfields(result) != static_cast<int>(columns_.size())) return false;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (PQftype(result, static_cast<int>(i)) != columns_[i].native_type) return false;
    return true;
}

bool ResultPlan::can_be_made(const Connection& connection, const PGresult* result) {
    for (int column = 0; column < PQnfields(result); ++column) {
        const Oid type = PQftype(result, column);
        if (known_type(type).name.empty() && !connection.knows_type(type)) return false;
    }
    return true;
}

void ResultPlan::make(Connection& connection, const PGresult* result, std::string_view sql) {
    known_ = false;
    columns_.clear();
    readers_.clear();
    const int count = PQnfields(result);
    if (!wanted_.empty() && wanted_.size() != static_cast<std::size_t>(count))
        connection.raise_own(ErrorClass::programming,
                             "the statement returns " + std::to_string(count) + " columns, and " +
                                 std::to_string(wanted_.size()) + " were expected",
                             sql);
    decimals_ = std::make_unique<Decimal[]>(static_cast<std::size_t>(count));
    for (int column = 0; column < count; ++column) add_column(connection, result, column, sql);
    known_ = true;
}

void ResultPlan::add_column(Connection& connection, const PGresult* result, int column,
                            std::string_view sql) {
    const auto index = static_cast<std::size_t>(column);
    const Oid type = PQftype(result, column);
    const Kind wanted = wanted_.empty() ? Kind::null : wanted_[index];
    const KnownType known = known_type(type);
    std::string type_name(known.name);
    bool textual = false;
    if (known.name.empty()) {
        const TypeDescription& description = connection.describe_type(type);
        type_name = description.name;
        textual = description.textual;
    }
    const Decoder decoder = find_decoder(type, wanted, textual);
    if (!decoder) {
        connection.raise_own(
            ErrorClass::programming,
            display_column(PQfname(result, column), index, type_name) + " can't be read" +
                (wanted == Kind::null ? "" : " as " + std::string(to_string(wanted))) + ": " +
                std::string(decoding_remedy(type, wanted)),
            sql);
    }
    columns_.push_back({PQfname(result, column), textual ? Kind::text : known.natural_kind, type});
    readers_.push_back({decoder, &decimals_[index], kept_by(decoder)});
}

void ResultPlan::raise_field(Connection& connection, const PGresult* result, int row,
                             std::size_t column, std::string_view sql) const {
    const auto c = static_cast<int>(column);
    raise_field(connection, {PQgetvalue(result, row, c), PQgetlength(result, row, c)}, column, sql);
}

void ResultPlan::raise_field(Connection& connection, Field field, std::size_t column,
                             std::string_view sql) const {
    ValueView unused;
    const char* const problem =
        readers_[column].decode(field.data, field.size, unused, *readers_[column].decimal);
    const Oid type = columns_[column].native_type;
    const std::string_view known = known_type(type).name;
    const std::string type_name(known.empty() ? connection.describe_type(type).name : known);
    DriverFault fault;
    fault.message = "a value in " + display_column(columns_[column].name, column, type_name) +
                    " can't be read: " + problem;
    fault.column = columns_[column].name;
    driver::raise(ErrorClass::data, fault, sql);
}

std::string display_column(std::string_view name, std::size_t index, std::string_view type_name) {
    std::string text = "column " + std::to_string(index + 1) + " \"";
    text += name;
    text += "\" of type ";
    return text += type_name;
}

}  // namespace azoth::inline v0::postgresql
