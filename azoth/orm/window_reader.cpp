// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/object_loader.hpp>
#include <azoth/orm/window_reader.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {

bool UniqueRows::is_new(std::span<Slot* const> entities, std::span<const ValueView> cells) {
    std::string row(reinterpret_cast<const char*>(entities.data()),
                    entities.size() * sizeof(Slot*));
    row += encoded_key(cells);
    return seen_.insert(std::move(row)).second;
}

namespace {

/// The bytes of an entry's key; none where it is NULL.
std::string encoded_key_in(const LoadPlan::Entry& entry, const ValueView* row) {
    return encoded_key(key_in(entry, row + entry.first_cell));
}

std::uint32_t cells_of(const LoadPlan& plan) {
    std::uint32_t count = 0;
    for (const LoadPlan::Entry& entry : plan.entries)
        count = std::max(
            count, entry.first_cell + std::max<std::uint32_t>(
                                          1, static_cast<std::uint32_t>(entry.members.size())));
    return count;
}

}  // namespace

WindowEdges::WindowEdges(const LoadPlan& plan) {
    for (std::uint32_t i = plan.listed; i < plan.entries.size(); ++i) {
        if (!plan.entries[i].via->relationship->is_many) continue;
        std::uint32_t root = plan.entries[i].owner;
        while (root >= plan.listed) root = plan.entries[root].owner;
        const LoadPlan::Entry* const entry = &plan.entries[root];
        if (std::none_of(owners_.begin(), owners_.end(),
                         [&](const Owners& known) { return known.entry == entry; }))
            owners_.push_back({entry, {}, {}});
    }
}

void WindowEdges::begin_window() {
    for (Owners& owners : owners_) {
        owners.earlier.merge(owners.here);
        owners.here.clear();
    }
}

bool WindowEdges::is_before(const ValueView* row) {
    return std::none_of(owners_.begin(), owners_.end(), [&](const Owners& owners) {
        return owners.here.contains(encoded_key_in(*owners.entry, row));
    });
}

void WindowEdges::pass(const ValueView* row) {
    for (Owners& owners : owners_) {
        std::string key = encoded_key_in(*owners.entry, row);
        if (key.empty()) continue;
        if (owners.earlier.contains(key))
            throw InvalidRequestError(
                "the rows of one " + owners.entry->mapper->class_name() +
                " don't stand together, so no window can hold what contains_eager<…>() takes from "
                "them: order the statement by its key first, or read the result whole");
        owners.here.insert(std::move(key));
    }
}

bool WindowReader::next() {
    if (std::exchange(put_back_, false)) {
        current_ = kept_cells_.data();
        return true;
    }
    if (!rows_.fetch()) return false;
    current_ = rows_.cells();
    return true;
}

void WindowReader::put_back() {
    kept_.clear();
    kept_cells_.clear();
    const std::uint32_t count = cells_of(plan_);
    for (std::uint32_t i = 0; i < count; ++i) kept_.emplace_back(current_[i]);
    for (const Value& value : kept_) kept_cells_.push_back(value.view());
    put_back_ = true;
}

}  // namespace azoth::inline v0::orm
