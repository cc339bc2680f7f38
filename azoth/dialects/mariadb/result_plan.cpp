// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/dialects/mariadb/connection_internal.hpp>
#include <azoth/dialects/mariadb/result_plan_internal.hpp>

#include <algorithm>

namespace azoth::inline v0::mariadb {
namespace {

using driver::ErrorClass;

std::string_view name_of(const MYSQL_FIELD& field) noexcept {
    return {field.name, field.name_length};
}

[[noreturn]] void refuse(ErrorClass error_class, std::string message, std::string_view sql,
                         Poisoned poisoned) {
    DriverFault fault;
    fault.message = std::move(message);
    fault.poisoned = poisoned;
    driver::raise(error_class, fault, sql);
}

[[noreturn]] void refuse_kind(const ColumnForm& form, std::string_view name, Kind wanted,
                              std::string_view sql, Poisoned poisoned) {
    std::string message = "column ";
    message.append(detail::excerpt(name)).append(" is of type ").append(type_name(form));
    message.append(", which can't be read as ").append(to_string(wanted));
    message.append(": ").append(decoding_remedy(form, wanted));
    refuse(ErrorClass::data, std::move(message), sql, poisoned);
}

/// What text and numbers look like in a message; of others their number of bytes.
std::string display(const RawCell& raw, const ColumnForm& form) {
    const bool is_text = !form.is_binary || form.is_uuid || form.type == MYSQL_TYPE_NEWDECIMAL;
    const std::string_view chars(reinterpret_cast<const char*>(raw.data), raw.size);
    if (is_text && fixed_size(form.type) == 0) return detail::excerpt(chars, 40);
    ValueView shown;
    Decimal decimal;
    const Decoder decoder = find_decoder(form, Kind::null);
    if (decoder != nullptr && decoder(raw, shown, decimal) == nullptr) return to_display(shown, 60);
    return "a value of " + std::to_string(raw.size) + " bytes";
}

}  // namespace

void ResultPlan::describe(std::span<const MYSQL_FIELD> fields, std::span<const Kind> wanted,
                          std::string_view sql, Poisoned poisoned) {
    if (!wanted.empty() && wanted.size() != fields.size())
        refuse(ErrorClass::programming,
               "the statement returns " + std::to_string(fields.size()) + " columns where " +
                   std::to_string(wanted.size()) + " are wanted",
               sql, poisoned);
    wanted_.assign(wanted.begin(), wanted.end());
    wanted_.resize(fields.size(), Kind::null);
    columns_.clear();
    for (const MYSQL_FIELD& field : fields)
        columns_.push_back({std::string(name_of(field)), natural_kind(ColumnForm::of(field)), 0});
    forms_.clear();
    decoders_.clear();
    borrows_ = false;
}

void ResultPlan::announce(std::span<const MYSQL_FIELD> fields, std::span<const Kind> wanted,
                          std::string_view sql) {
    describe(fields, wanted, sql, Poisoned::nothing);
}

void ResultPlan::make(std::span<const MYSQL_FIELD> fields, std::span<const Kind> wanted,
                      std::string_view sql, Poisoned poisoned) {
    describe(fields, wanted, sql, poisoned);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const ColumnForm form = ColumnForm::of(fields[i]);
        const Decoder decoder = find_decoder(form, wanted_[i]);
        if (decoder == nullptr) refuse_kind(form, name_of(fields[i]), wanted_[i], sql, poisoned);
        forms_.push_back(form);
        decoders_.push_back(decoder);
        borrows_ = borrows_ || keeps_bytes(decoder);
    }
    decimals_.resize(fields.size());
}

bool ResultPlan::fits(std::span<const MYSQL_FIELD> fields) const noexcept {
    return std::equal(fields.begin(), fields.end(), forms_.begin(), forms_.end(),
                      [](const MYSQL_FIELD& field, const ColumnForm& form) {
                          return ColumnForm::of(field) == form;
                      });
}

bool ResultPlan::has_names_of(std::span<const MYSQL_FIELD> fields) const noexcept {
    return std::equal(fields.begin(), fields.end(), columns_.begin(), columns_.end(),
                      [](const MYSQL_FIELD& field, const driver::ColumnInfo& column) {
                          return name_of(field) == column.name;
                      });
}

std::size_t ResultPlan::decode(const RawCell* raw, ValueView* cells) {
    const std::size_t count = decoders_.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (raw[i].data == nullptr) {
            cells[i].kind = Kind::null;
            continue;
        }
        try {
            const char* const problem = decoders_[i](raw[i], cells[i], decimals_[i]);
            if (problem == nullptr) [[likely]]
                continue;
            problem_ = problem;
        } catch (const DataError& error) {
            problem_ = error.fault().message;
        }
        return i;
    }
    return npos;
}

void ResultPlan::raise_cell(const Connection& connection, const RawCell& raw, std::size_t column,
                            std::string_view sql) {
    DriverFault fault;
    fault.column = columns_[column].name;
    fault.message =
        "column " + std::to_string(column + 1) + " " + detail::excerpt(fault.column) + " holds ";
    fault.message +=
        connection.settings().hide_parameters ? "a value" : display(raw, forms_[column]);
    if (wanted_[column] != Kind::null)
        fault.message.append(" where ").append(to_string(wanted_[column])).append(" is wanted");
    fault.message.append(": ").append(problem_);
    driver::raise(ErrorClass::data, fault, sql, {}, connection.settings().hide_parameters);
}

}  // namespace azoth::inline v0::mariadb
