// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/class_id.hpp>
#include <azoth/orm/ptr.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace azoth::inline v0 {
template <class... Rs>
class Insert;
struct ValueView;
namespace sql {
struct Expression;
struct Operand;
}  // namespace sql
}  // namespace azoth::inline v0

namespace azoth::inline v0::orm {

struct Relationship;

/// How a new value that stands in a free-standing relationship becomes an object. A constant.
struct ValueOps {
    void* (*move_new)(void* value);        ///< on the heap, from an rvalue
    void* (*copy_new)(const void* value);  ///< null where the class can't be copied
    void (*free)(void* value) noexcept;    ///< destroys and returns the memory
};

template <class T>
[[nodiscard]] const ValueOps& value_ops() noexcept {
    static const ValueOps ops{
        // NOLINTBEGIN(bugprone-unhandled-exception-at-new): the lambdas are not noexcept
        [](void* value) -> void* { return new T(std::move(*static_cast<T*>(value))); },
        []() -> void* (*)(const void*) {
            if constexpr (std::is_copy_constructible_v<T>)
                return
                    [](const void* value) -> void* { return new T(*static_cast<const T*>(value)); };
            else
                return nullptr;
        }(),
        // NOLINTEND(bugprone-unhandled-exception-at-new)
        [](void* value) noexcept { delete static_cast<T*>(value); },
    };
    return ops;
}

/// What a relationship's member knows.
enum class LinkState : std::uint8_t {
    unset,     ///< free-standing and nothing was said
    unloaded,  ///< in a slot; to be loaded when it is looked at
    loaded,    ///< in a slot: what it leads to is known; free-standing: something was said
};

class LinkArray;
struct FreeItems;
struct Collection;

/// What One and Many have in common. It stands in an object that lives in a slot ("bound"), or in
/// any other ("free-standing"): then it holds what the program put in, for Session::add to bind.
/// Belongs to the thread that uses its object.
class AZOTH_EXPORT Link {
  public:
    [[nodiscard]] bool is_loaded() const noexcept { return state_ == LinkState::loaded; }
    [[nodiscard]] bool is_bound() const noexcept { return owner_ != nullptr; }

  protected:
    Link() noexcept = default;
    Link(const Link& other);
    Link(Link&& other) noexcept;
    ~Link() {
        if (data_ && (!owner_ || is_many_)) drop_data();
    }
    void assign_from(Link& other, bool may_move);

    // For One.
    [[nodiscard]] Slot* target() const;
    void set_target(Slot* target);
    Slot* set_value(void* value, const ValueOps& ops);

    // For Many.
    void add(Slot& item);
    Slot* add_value(void* value, const ValueOps& ops);
    bool remove(Slot& item);
    void clear();
    void assign(std::span<Slot* const> items);
    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] bool has(const Slot& item) const;
    [[nodiscard]] Slot& item(std::size_t index) const;

    // For ManyMap; in link_keyed.cpp.
    [[nodiscard]] Slot* with_key(const ValueView& key) const;
    [[nodiscard]] Slot& required_with_key(const ValueView& key) const;
    void replace_by_key(Slot& item);

    // For WriteOnly; in link_write_only.cpp.
    void remove_unseen(Slot& item);
    [[nodiscard]] sql::Expression led_to_condition() const;
    [[nodiscard]] Insert<> insert_here(std::initializer_list<sql::Operand> assignments) const;
    [[nodiscard]] std::vector<sql::Expression> mapped_order() const;

    // For initialisers: both hold what is to be bound.
    void hold(Slot* item);
    void hold_value(void* value, const ValueOps& ops, bool may_move);

  private:
    friend struct LinkAccess;
    friend class LinkCursor;

    void drop_data() noexcept;

    Slot* owner_ = nullptr;  // null: free-standing
    void* data_ = nullptr;   // bound One: the object; bound Many: its Collection; else FreeItems
    std::uint16_t relation_ = 0;
    LinkState state_ = LinkState::unset;
    bool changed_ = false;  // One: since the last flush
    bool is_many_ = false;
    void* before_ = nullptr;  // One: what it led to at the last flush, where it has changed

  protected:
    void be_many() noexcept { is_many_ = true; }
};

/// Walks through a collection as it was when the walk began: what is added or loaded meanwhile does
/// not disturb it. Keeps the region in memory. Belongs to the thread that reads the collection.
class AZOTH_EXPORT LinkCursor {
  public:
    LinkCursor() noexcept = default;
    explicit LinkCursor(const Link& link);
    LinkCursor(const LinkCursor& other) noexcept;
    LinkCursor(LinkCursor&& other) noexcept;
    LinkCursor& operator=(LinkCursor other) noexcept;
    ~LinkCursor();

    /// The object at the cursor; null at the end.
    [[nodiscard]] void* current() const noexcept;
    void advance() noexcept { ++position_; }
    [[nodiscard]] std::size_t position() const noexcept { return position_; }

  private:
    LinkArray* array_ = nullptr;
    Slot* owner_ = nullptr;  // a handle on it is counted, its region pinned
    std::size_t position_ = 0;
};

/// Seats a handle on another object; cheap where both stand in one slab.
AZOTH_EXPORT void reseat(void*& object, void* next) noexcept;
[[noreturn]] AZOTH_EXPORT void throw_null_link(const Link& link, std::string_view class_name);

}  // namespace azoth::inline v0::orm
