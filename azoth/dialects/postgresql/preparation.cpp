// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/preparation_internal.hpp>

namespace azoth::inline v0::postgresql {

Preparation::Preparation(Connection& connection, std::string_view sql,
                         const std::vector<Oid>& types, bool named)
    : connection_(connection), sql_(sql), types_(types), named_(named) {}

bool Preparation::needs_parse() const noexcept {
    return !named_ || !is_remembered() || schema_era_ != connection_.schema_era();
}

void Preparation::parse(Step step) {
    forget();
    if (named_) name_ = connection_.new_statement_name();
    connection_.flight().parse(step, name_.c_str(), sql_.c_str(), types_);
    // The eras count from here: what changes them in the same flight comes later.
    statement_era_ = connection_.statement_era();
    schema_era_ = connection_.schema_era();
}

void Preparation::set_parsed() noexcept {
    parsed_ = true;
    expired_ = false;
    if (named_) connection_.set_keeps_statements();
}

void Preparation::forget() noexcept {
    if (named_ && is_remembered()) connection_.free_statement(std::move(name_));
    parsed_ = false;
}

void Preparation::expire() noexcept {
    forget();
    expired_ = true;
}

bool Preparation::is_valid() const noexcept {
    return !expired_ && (!parsed_ || !named_ || is_remembered());
}

}  // namespace azoth::inline v0::postgresql
