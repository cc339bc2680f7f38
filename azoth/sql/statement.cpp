// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/extension.hpp>
#include <azoth/sql/statement.hpp>

#include <algorithm>
#include <iterator>
#include <memory>

namespace azoth::inline v0::sql {

Items::Items(const Items& other) : size_(other.size_), values_(other.values_), heap_(other.heap_) {
    if (heap_.empty()) std::uninitialized_copy_n(other.inline_, size_, inline_);
}

Items::~Items() {
    if (heap_.empty()) std::destroy_n(inline_, size_);
}

void Items::move_to_heap() {
    heap_.reserve(inline_capacity * 2);
    std::move(inline_, inline_ + size_, std::back_inserter(heap_));
    std::destroy_n(inline_, size_);
}

std::size_t Items::add_between(Item&& item) {
    std::size_t position = size_;
    while (position != 0 && data()[position - 1].clause > item.clause) --position;
    std::size_t values_before = 0;
    for (std::size_t i = 0; i < position; ++i) values_before += data()[i].values;
    values_ += item.values;

    if (heap_.empty() && size_ == inline_capacity) move_to_heap();
    if (!heap_.empty()) {
        heap_.insert(heap_.begin() + static_cast<std::ptrdiff_t>(position), std::move(item));
    } else {
        new (&inline_[size_]) Item();
        std::move_backward(inline_ + position, inline_ + size_, inline_ + size_ + 1);
        inline_[position] = std::move(item);
    }
    ++size_;
    return values_before;
}

std::span<const Item> Items::of(Clause clause) const noexcept {
    const Item* first = data();
    const Item* const end = first + size_;
    while (first != end && first->clause < clause) ++first;
    const Item* last = first;
    while (last != end && last->clause == clause) ++last;
    return {first, last};
}

std::pair<std::size_t, std::size_t> Items::remove(Clause clause) {
    std::size_t before = 0;
    std::size_t removed = 0;
    Item* const end = data() + size_;
    for (Item* item = data(); item != end; ++item) {
        if (item->clause < clause) before += item->values;
        if (item->clause == clause) removed += item->values;
    }
    Item* const kept =
        std::remove_if(data(), end, [&](const Item& item) { return item.clause == clause; });
    const auto count = static_cast<std::uint32_t>(kept - data());
    if (heap_.empty())
        std::destroy(kept, end);
    else
        heap_.resize(count);
    size_ = count;
    values_ -= removed;
    return {before, removed};
}

StatementNode::StatementNode(const StatementNode& other)
    : Node(other.kind), StatementWords(other), items(other.items), options(other.options) {}

std::uint64_t StatementWords::hash() const noexcept {
    using detail::mix;
    std::uint64_t result = (distinct ? 1U : 0U) | (static_cast<std::uint64_t>(correlation) << 4) |
                           (static_cast<std::uint64_t>(compound) << 8) |
                           (static_cast<std::uint64_t>(on_conflict) << 16) |
                           (static_cast<std::uint64_t>(fetch) << 24) |
                           (static_cast<std::uint64_t>(lock.bits()) << 32);
    if (!constraint.empty()) result = mix(result, detail::hash_text(constraint));
    if (!sql.empty()) result = mix(result, detail::hash_text(sql));
    return result;
}

std::uint64_t StatementNode::compute_hash() const noexcept {
    using detail::mix;
    std::uint64_t result = mix(kind_hash(kind), StatementWords::hash());
    bool any_flagged = false;
    for (const Item& item : items.all()) {
        const Node& node = *item.node;
        const bool is_statement = node.kind >= NodeKind::select;
        const auto* statement = is_statement ? static_cast<const StatementNode*>(&node) : nullptr;
        result = mix(result + item.place(), is_statement ? statement->finished_hash() : node.hash);
        any_flagged = any_flagged || (is_statement ? statement->is_flagged() : node.flagged);
    }
    if (result == 0) result = 1;  // 0 says "not computed"
    flagged_.store(any_flagged, std::memory_order_relaxed);
    hash_.store(result, std::memory_order_release);
    return result;
}

const TableNode& StatementNode::target() const {
    const auto found = items.of(Clause::target);
    if (!found.empty()) refuse_extension(*found.front().node);
    if (found.empty() || found.front().node->kind != NodeKind::table)
        throw ArgumentError("INSERT, UPDATE and DELETE need a table, not an alias or a subquery");
    return static_cast<const TableNode&>(*found.front().node);
}

namespace {

/// Text that can only read begins with one of these words. A wrong guess costs no correctness: the
/// answer only decides whether SQLite takes its write lock early.
bool begins_by_reading(std::string_view sql) {
    const auto start = sql.find_first_not_of(" \t\r\n(");
    if (start == std::string_view::npos) return false;
    std::string word;
    for (const char c : sql.substr(start, 8)) {
        if (c == ' ' || c == '\n' || c == '\t') break;
        word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    return word == "select" || word == "values" || word == "explain" || word == "pragma" ||
           word == "show";
}

}  // namespace

bool StatementNode::writes() const noexcept {
    if (kind == NodeKind::text) return !begins_by_reading(sql);
    return kind == NodeKind::insert || kind == NodeKind::update || kind == NodeKind::delete_;
}

}  // namespace azoth::inline v0::sql
