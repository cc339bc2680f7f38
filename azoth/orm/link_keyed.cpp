// SPDX-License-Identifier: MIT
#include <azoth/orm/errors.hpp>
#include <azoth/orm/key_index.hpp>
#include <azoth/orm/link_internal.hpp>

#include <string>
#include <vector>

/// Finding the objects of a collection by the value of a member.
namespace azoth::inline v0::orm {

/// Where in an array the objects are, by their key when this was made.
struct KeyPositions {
    KeyIndex keys;
    std::vector<std::size_t> positions;  ///< by the number of the key
};

void LinkArray::forget_keys() noexcept {
    delete keys_;
    keys_ = nullptr;
}

namespace {

/// Below this many, looking at each is faster than any index.
constexpr std::size_t few = 8;

ValueView key_of(Slot& slot, const Attribute& key) {
    if ((slot.attention & attention::stops_reading) != 0) prepare_reading(slot);
    return key.view(slot.object());
}

bool is_same(const ValueView& a, const ValueView& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == Kind::text) return a.text() == b.text();
    if (a.kind == Kind::int64) return a.integer == b.integer;
    return encoded_key({&a, 1}) == encoded_key({&b, 1});
}

}  // namespace

Slot* LinkArray::find(const Attribute& attribute, const ValueView& key) {
    const std::vector<Slot*>& slots = items.slots();
    if (slots.size() > few) {
        if (!keys_) {
            keys_ = new KeyPositions;
            for (std::size_t i = 0; i < slots.size(); ++i) {
                const ValueView own = key_of(*slots[i], attribute);
                if (keys_->keys.number({&own, 1}) == keys_->positions.size())
                    keys_->positions.push_back(i);
            }
        }
        // Members change without the array being told: what is found is looked at.
        const auto number = keys_->keys.find({&key, 1});
        Slot* const found = number ? slots[keys_->positions[*number]] : nullptr;
        if (found && is_same(key_of(*found, attribute), key)) return found;
    }
    for (Slot* item : items)
        if (is_same(key_of(*item, attribute), key)) return item;
    return nullptr;
}

Slot* Link::with_key(const ValueView& key) const {
    (void)count();  // loads, and refuses
    const Collection* const known = LinkAccess::existing_collection(*this);
    if (!known || !known->array) return nullptr;
    return known->array->find(*LinkAccess::relationship(*this).key, key);
}

Slot& Link::required_with_key(const ValueView& key) const {
    if (Slot* const found = with_key(key)) return *found;
    throw InvalidRequestError(
        (owner_ ? LinkAccess::relationship(*this).describe() : "this ManyMap") +
        " has no object of the key " + to_display(key) + ": find() asks whether there is one");
}

void Link::replace_by_key(Slot& item) {
    if (!owner_) return hold(&item);
    const ValueView key = key_of(item, *LinkAccess::relationship(*this).key);
    Slot* const present = with_key(key);
    if (present && present != &item) {
        (void)require_linkable(*owner_, LinkAccess::relationship(*this), item);
        (void)remove(*present);
    }
    add(item);
}

}  // namespace azoth::inline v0::orm
