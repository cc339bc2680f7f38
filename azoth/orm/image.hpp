// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/types/decimal.hpp>
#include <azoth/types/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace azoth::inline v0::orm {

/// One value of a base image, in the form in which it is bound. A plain value; what it points at is
/// in the arena of its slab.
struct ImageCell {
    struct Chars {
        char* data;
        std::uint32_t size;
        std::uint32_t capacity;
    };
    union {
        std::int64_t integer = 0;
        double real;
        bool boolean;
        Chars chars;
        Decimal* decimal;
        unsigned char uuid[16];
    };
    Kind kind = Kind::null;
    Kind storage = Kind::null;  ///< text, bytes or decimal: what the pointer above is good for

    /// The value, borrowed until the cell changes.
    [[nodiscard]] ValueView view() const noexcept;
    /// The very same value: NaN is the same as NaN, a decimal's scale counts.
    [[nodiscard]] bool same(const ValueView& value) const noexcept;
};

class Image;

/// Memory for the base images of one slab; freed with the slab. One thread at a time.
///
/// Two allocations for each object that is borrowed cost six times what reading it costs; here they
/// are two additions.
class ImageArena {
  public:
    ImageArena() noexcept = default;
    ImageArena(const ImageArena&) = delete;
    ImageArena& operator=(const ImageArena&) = delete;
    ~ImageArena();

    /// An image of NULLs.
    [[nodiscard]] Image* make_image(std::size_t cells);
    /// Writes a value into a cell; long texts take their room from the arena.
    void store(ImageCell& cell, const ValueView& value);

  private:
    struct Block;
    struct OwnedDecimal;

    [[nodiscard]] void* allocate(std::size_t bytes, std::size_t alignment);
    void store_chars(ImageCell& cell, const ValueView& value);
    void store_decimal(ImageCell& cell, const Decimal& value);

    Block* blocks_ = nullptr;
    OwnedDecimal* decimals_ = nullptr;
    char* free_ = nullptr;
    char* end_ = nullptr;
};

/// A base image: a cell for each mapped column of the object's class, in the mapper's order. Made
/// by an ImageArena; one thread at a time.
class Image {
  public:
    [[nodiscard]] ImageCell& operator[](std::size_t index) noexcept {
        return reinterpret_cast<ImageCell*>(this)[index];
    }
    [[nodiscard]] const ImageCell& operator[](std::size_t index) const noexcept {
        return reinterpret_cast<const ImageCell*>(this)[index];
    }

  private:
    Image() = default;
};

}  // namespace azoth::inline v0::orm
