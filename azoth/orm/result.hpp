// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/engine/result.hpp>
#include <azoth/orm/object_sink.hpp>
#include <azoth/orm/ptr.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// The rows of a statement that a Session executed, read whole before the first is handed out:
/// other statements, lazy loads and flushes may run in the loop (R21). Belongs to one thread.
///
/// It holds the objects that it has not yet handed out. SQLAlchemy: `Result`, `ScalarResult`.
template <class R>
class ObjectResult {
  public:
    using value_type = R;

    explicit ObjectResult(std::vector<R> rows) noexcept : rows_(std::move(rows)) {}

    /// The next row, or null at the end; valid until the next call.
    [[nodiscard]] R* next() {
        if (position_ != 0 && position_ <= rows_.size()) rows_[position_ - 1] = R();
        return position_ < rows_.size() ? &rows_[position_++] : nullptr;
    }
    [[nodiscard]] auto begin() { return detail::PullIterator<ObjectResult>(*this); }
    [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

    /// All rows that are left.
    [[nodiscard]] std::vector<R> all() {
        rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(position_));
        position_ = 0;
        return std::exchange(rows_, {});
    }
    /// Up to `count` rows. SQLAlchemy: `fetchmany`.
    [[nodiscard]] std::vector<R> fetchmany(std::size_t count) {
        std::vector<R> taken;
        while (taken.size() < count && position_ < rows_.size())
            taken.push_back(std::move(rows_[position_++]));
        return taken;
    }
    /// The next row, if there is one. SQLAlchemy: `fetchone`.
    [[nodiscard]] std::optional<R> fetchone() {
        if (position_ == rows_.size()) return std::nullopt;
        return std::move(rows_[position_++]);
    }
    /// The first row, if there is one; the others are forgotten.
    [[nodiscard]] std::optional<R> first() {
        std::optional<R> row = fetchone();
        close();
        return row;
    }
    /// The only row. Throws NoResultFound, MultipleResultsFound.
    [[nodiscard]] R one() {
        std::optional<R> row = one_or_none();
        if (!row) engine::throw_no_row();
        return std::move(*row);
    }
    /// The only row, or nothing where there is none. Throws MultipleResultsFound.
    [[nodiscard]] std::optional<R> one_or_none() {
        const bool several = rows_.size() - position_ > 1;
        std::optional<R> row = first();
        if (several) engine::throw_several_rows();
        return row;
    }
    void close() noexcept {
        rows_.clear();
        position_ = 0;
    }

  private:
    std::vector<R> rows_;
    std::size_t position_ = 0;
};

namespace orm::detail {

template <class T>
inline constexpr bool is_handle = false;
template <class T>
inline constexpr bool is_handle<Ptr<T>> = true;

/// Takes entities and cells of a row one after the other.
class RowParts {
  public:
    RowParts() noexcept = default;
    /// NullValueError that names the column by its position.
    [[noreturn]] AZOTH_EXPORT static void throw_null(std::size_t column);
    RowParts(Slot* const* entities, const ValueView* cells) noexcept
        : entities_(entities), cells_(cells) {}
    template <class T>
    [[nodiscard]] T take() {
        if constexpr (is_handle<T>) {
            Slot* const slot = *entities_++;
            return PtrAccess::make<typename T::element_type>(slot ? slot->object() : nullptr);
        } else {
            const std::size_t index = column_++;
            return engine::decode<T>(cells_[index], RowParts(), index);
        }
    }

  private:
    Slot* const* entities_ = nullptr;
    const ValueView* cells_ = nullptr;
    std::size_t column_ = 0;
};

/// Collects rows of handles and values.
template <class... Ts>
class RowBuffer final : public ObjectSink {
  public:
    void row(Slot* const* entities, const ValueView* cells) override {
        RowParts parts(entities, cells);
        add(parts, std::index_sequence_for<Ts...>{});
    }
    std::vector<Row<Ts...>> rows;

  private:
    template <std::size_t... I>
    void add(RowParts& parts, std::index_sequence<I...>) {
        Row<Ts...>& row = rows.emplace_back();
        ((row.template get<I>() = parts.template take<Ts>()), ...);
    }
};

template <class R>
struct buffer_of;
template <class... Ts>
struct buffer_of<Row<Ts...>> {
    using type = RowBuffer<Ts...>;
};

/// Collects the first of each row.
template <class T>
class ScalarBuffer final : public ObjectSink {
  public:
    void row(Slot* const* entities, const ValueView* cells) override {
        RowParts parts(entities, cells);
        values.push_back(parts.template take<T>());
    }
    std::vector<T> values;
};

}  // namespace orm::detail
}  // namespace azoth::inline v0
