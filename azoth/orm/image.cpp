// SPDX-License-Identifier: MIT
#include <azoth/orm/image.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <new>
#include <stdexcept>

namespace azoth::inline v0::orm {
namespace {

bool same_real(double a, double b) noexcept {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
           (std::isnan(a) && std::isnan(b));
}

}  // namespace

ValueView ImageCell::view() const noexcept {
    switch (kind) {
        case Kind::null: return {};
        case Kind::boolean: return ValueView::of_bool(boolean);
        case Kind::float64: return ValueView::of_real(real);
        case Kind::uint64: return ValueView::of_natural(static_cast<std::uint64_t>(integer));
        case Kind::text: return ValueView::of_text({chars.data, chars.size});
        case Kind::bytes:
            return ValueView::of_bytes(std::as_bytes(std::span(chars.data, chars.size)));
        case Kind::uuid: return ValueView::of_uuid(uuid);
        case Kind::decimal: return ValueView::of_decimal(*decimal);
        default: return ValueView::of_integer(integer, kind);
    }
}

bool ImageCell::same(const ValueView& value) const noexcept {
    if (kind != value.kind) return false;
    switch (kind) {
        case Kind::null: return true;
        case Kind::boolean: return boolean == value.boolean;
        case Kind::float64: return same_real(real, value.real);
        case Kind::text:
        case Kind::bytes:
            return chars.size == value.chars.size &&
                   (chars.size == 0 || std::memcmp(chars.data, value.chars.data, chars.size) == 0);
        case Kind::uuid: return std::memcmp(uuid, value.uuid, sizeof uuid) == 0;
        case Kind::decimal:
            return *decimal == *value.decimal && decimal->scale() == value.decimal->scale();
        default: return integer == value.integer;
    }
}

/// As well aligned behind its end as at its beginning.
struct alignas(std::max_align_t) ImageArena::Block {
    Block* next;
    std::size_t size;
};

struct ImageArena::OwnedDecimal {
    Decimal value;
    OwnedDecimal* next;
};

ImageArena::~ImageArena() {
    for (; decimals_; decimals_ = decimals_->next) decimals_->value.~Decimal();
    while (blocks_) {
        Block* const next = blocks_->next;
        ::operator delete(blocks_);
        blocks_ = next;
    }
}

void* ImageArena::allocate(std::size_t bytes, std::size_t alignment) {
    const auto gap = [&] { return -reinterpret_cast<std::uintptr_t>(free_) % alignment; };
    if (static_cast<std::size_t>(end_ - free_) < gap() + bytes) {
        constexpr std::size_t largest = 32768;
        const std::size_t grown = blocks_ ? std::min(blocks_->size * 2, largest) : 0;
        const std::size_t size = std::max(bytes, grown);
        void* const memory = ::operator new(sizeof(Block) + size);
        blocks_ = new (memory) Block{blocks_, size};
        free_ = static_cast<char*>(memory) + sizeof(Block);
        end_ = free_ + size;
    }
    char* const result = free_ + gap();
    free_ = result + bytes;
    return result;
}

Image* ImageArena::make_image(std::size_t cells) {
    auto* const first =
        static_cast<ImageCell*>(allocate(cells * sizeof(ImageCell), alignof(ImageCell)));
    for (std::size_t i = 0; i < cells; ++i) new (first + i) ImageCell();
    return reinterpret_cast<Image*>(first);
}

void ImageArena::store(ImageCell& cell, const ValueView& value) {
    if (value.kind == Kind::text || value.kind == Kind::bytes) return store_chars(cell, value);
    if (value.kind == Kind::decimal) return store_decimal(cell, *value.decimal);
    switch (value.kind) {
        case Kind::boolean: cell.boolean = value.boolean; break;
        case Kind::float64: cell.real = value.real; break;
        case Kind::uuid: std::memcpy(cell.uuid, value.uuid, sizeof cell.uuid); break;
        case Kind::null: cell.kind = Kind::null; return;  // keeps the room it has
        default: cell.integer = value.integer; break;
    }
    cell.kind = value.kind;
    cell.storage = Kind::null;
}

void ImageArena::store_chars(ImageCell& cell, const ValueView& value) {
    const std::size_t size = value.chars.size;
    if (size > std::numeric_limits<std::uint32_t>::max())
        throw std::length_error("a text or byte string in a mapped object exceeds 4 GB");
    if (cell.storage != Kind::text || cell.chars.capacity < size) {
        // Room to grow, so that an object changed again and again doesn't eat up memory.
        const std::size_t room = cell.storage == Kind::text ? std::bit_ceil(size) : size;
        cell.chars.data = static_cast<char*>(allocate(room, 1));
        cell.chars.capacity = static_cast<std::uint32_t>(
            std::min<std::size_t>(room, std::numeric_limits<std::uint32_t>::max()));
        cell.storage = Kind::text;
    }
    if (size != 0) std::memcpy(cell.chars.data, value.chars.data, size);
    cell.chars.size = static_cast<std::uint32_t>(size);
    cell.kind = value.kind;
}

void ImageArena::store_decimal(ImageCell& cell, const Decimal& value) {
    if (cell.storage == Kind::decimal) {
        *cell.decimal = value;
    } else {
        void* const memory = allocate(sizeof(OwnedDecimal), alignof(OwnedDecimal));
        decimals_ = new (memory) OwnedDecimal{value, decimals_};
        cell.decimal = &decimals_->value;
        cell.storage = Kind::decimal;
    }
    cell.kind = Kind::decimal;
}

}  // namespace azoth::inline v0::orm
