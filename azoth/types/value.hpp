// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace azoth::inline v0 {

class Decimal;
class Uuid;

/// The forms in which values travel between C++ and a driver. SQL types are finer (see `Type`); a
/// kind says only how the bits are held.
enum class Kind : std::uint8_t {
    null,       ///< NULL; as a wanted kind of a result column: whatever the database sends
    boolean,    ///< bool
    int64,      ///< any signed integer
    uint64,     ///< an unsigned integer; only values above the int64 range need it
    float64,    ///< float or double
    text,       ///< UTF-8 text, not zero-terminated
    bytes,      ///< raw bytes
    date,       ///< days since 1970-01-01
    time,       ///< microseconds since midnight
    datetime,   ///< microseconds since 1970-01-01T00:00:00, without a zone
    timestamp,  ///< microseconds since 1970-01-01T00:00:00Z
    uuid,       ///< 16 bytes, network order
    decimal,    ///< an exact decimal number
};

/// The name of a kind for messages, e.g. "text".
[[nodiscard]] AZOTH_EXPORT std::string_view to_string(Kind kind) noexcept;

/// A borrowed value: trivially copyable, owns nothing; as thread-safe as what it points at.
///
/// What a driver takes as a parameter and gives as a result cell. `text`, `bytes` and `decimal`
/// point into somebody else's memory.
struct ValueView {
    struct Chars {
        const char* data;
        std::size_t size;
    };
    union {
        bool boolean;
        std::int64_t integer = 0;  ///< int64, date, time, datetime, timestamp
        std::uint64_t natural;     ///< uint64
        double real;               ///< float64
        Chars chars;               ///< text, bytes
        unsigned char uuid[16];    ///< uuid
        const Decimal* decimal;    ///< decimal
    };
    Kind kind = Kind::null;

    [[nodiscard]] bool is_null() const noexcept { return kind == Kind::null; }
    [[nodiscard]] std::string_view text() const noexcept { return {chars.data, chars.size}; }
    [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
        return {reinterpret_cast<const std::byte*>(chars.data), chars.size};
    }

    static ValueView of_bool(bool value) noexcept {
        ValueView view;
        view.boolean = value;
        view.kind = Kind::boolean;
        return view;
    }
    /// int64, date, time, datetime or timestamp, as `kind` says.
    static ValueView of_integer(std::int64_t value, Kind kind = Kind::int64) noexcept {
        ValueView view;
        view.integer = value;
        view.kind = kind;
        return view;
    }
    static ValueView of_natural(std::uint64_t value) noexcept {
        ValueView view;
        view.natural = value;
        view.kind = Kind::uint64;
        return view;
    }
    static ValueView of_real(double value) noexcept {
        ValueView view;
        view.real = value;
        view.kind = Kind::float64;
        return view;
    }
    static ValueView of_text(std::string_view value) noexcept {
        ValueView view;
        view.chars = {value.data(), value.size()};
        view.kind = Kind::text;
        return view;
    }
    static ValueView of_bytes(std::span<const std::byte> value) noexcept {
        ValueView view;
        view.chars = {reinterpret_cast<const char*>(value.data()), value.size()};
        view.kind = Kind::bytes;
        return view;
    }
    static ValueView of_uuid(const unsigned char* sixteen_bytes) noexcept {
        ValueView view;
        std::memcpy(view.uuid, sixteen_bytes, sizeof view.uuid);
        view.kind = Kind::uuid;
        return view;
    }
    static ValueView of_decimal(const Decimal& value) noexcept {
        ValueView view;
        view.decimal = &value;
        view.kind = Kind::decimal;
        return view;
    }
};
static_assert(std::is_trivially_copyable_v<ValueView>);

/// An owned value of run-time kind; one thread at a time, like a std::string.
///
/// 24 bytes; texts up to 22 bytes need no allocation, because bound values of small statements are
/// on the hot path. SQLAlchemy's counterpart is any Python object bound to a parameter.
class AZOTH_EXPORT Value {
  public:
    Value() noexcept : storage_{} {}
    explicit Value(const ValueView& view);
    Value(const Value& other) : Value(other.view()) {}
    Value(Value&& other) noexcept { take(other); }
    Value& operator=(const Value& other) {
        if (this != &other) *this = Value(other);
        return *this;
    }
    Value& operator=(Value&& other) noexcept {
        if (this != &other) {
            if (on_heap_or_decimal()) free_storage();
            take(other);
        }
        return *this;
    }
    ~Value() {
        if (on_heap_or_decimal()) free_storage();
    }

    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] bool is_null() const noexcept { return kind_ == Kind::null; }
    /// The value, borrowed: valid until this Value changes, moves or dies.
    [[nodiscard]] ValueView view() const noexcept {
        ValueView view;
        view.kind = kind_;
        if (kind_ == Kind::text || kind_ == Kind::bytes) {
            if (size_ == on_heap)
                std::memcpy(&view.chars, storage_, sizeof view.chars);
            else
                view.chars = {storage_, size_};
        } else {
            std::memcpy(view.uuid, storage_, sizeof view.uuid);
        }
        return view;
    }
    /// Equal kind and equal value; two NULLs are equal, two NaNs are equal.
    [[nodiscard]] bool operator==(const Value& other) const noexcept;

  private:
    static constexpr std::uint8_t on_heap = 0xff;
    static constexpr std::size_t inline_capacity = 22;

    [[nodiscard]] bool on_heap_or_decimal() const noexcept {
        return size_ == on_heap || kind_ == Kind::decimal;
    }
    void take(Value& other) noexcept {
        // Three words. NOLINTNEXTLINE(bugprone-undefined-memory-manipulation)
        std::memcpy(static_cast<void*>(this), &other, sizeof other);
        other.size_ = 0;
        other.kind_ = Kind::null;
    }
    void free_storage() noexcept;

    alignas(8) char storage_[inline_capacity];
    std::uint8_t size_ = 0;  // of an inline text, or on_heap
    Kind kind_ = Kind::null;
};
static_assert(sizeof(Value) == 24);

/// The value as a message shows it: quoted text, NULL, hex for bytes; cut after `limit` bytes.
[[nodiscard]] AZOTH_EXPORT std::string to_display(const ValueView& value, std::size_t limit = 300);

}  // namespace azoth::inline v0
