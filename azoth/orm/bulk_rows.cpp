// SPDX-License-Identifier: MIT
#include <azoth/orm/bulk_rows.hpp>

namespace azoth::inline v0::orm {

BulkRows::BulkRows() = default;
BulkRows::BulkRows(BulkRows&& other) noexcept = default;
BulkRows::~BulkRows() = default;

void BulkRows::reserve(std::size_t count) {
    objects.reserve(count);
}
void BulkRows::add(const void* object) {
    objects.push_back(object);
}
void BulkRows::add(const PartialRow& row) {
    rows.emplace_back(row);
}
void BulkRows::give(std::initializer_list<MemberId> members) {
    given = members;
}

}  // namespace azoth::inline v0::orm
