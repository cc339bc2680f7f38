// SPDX-License-Identifier: MIT
#include <azoth/orm/inspect.hpp>
#include <azoth/orm/link_internal.hpp>
#include <azoth/orm/session_core.hpp>

namespace azoth::inline v0 {

bool InstanceState::was_deleted() const noexcept {
    return (slot_->attention & orm::attention::gone) != 0;
}

bool InstanceState::expired() const noexcept {
    return (slot_->attention & orm::attention::expired) != 0;
}

bool InstanceState::modified() const {
    return (pending() || persistent()) && orm::session_of(*slot_)->is_modified(*slot_);
}

std::vector<Value> InstanceState::identity() const {
    std::vector<Value> values;
    if (!has_identity()) return values;
    const orm::KeyBuffer key = orm::SessionCore::key_of(*slot_);
    for (std::size_t i = 0; i < key.size(); ++i) values.emplace_back(key[i]);
    return values;
}

const std::string& InstanceState::class_name() const noexcept {
    return orm::mapper_of(*slot_).class_name();
}

std::vector<std::string> InstanceState::unloaded() const {
    std::vector<std::string> names;
    const orm::Mapper& mapper = orm::mapper_of(*slot_);
    for (const orm::Attribute* attribute : mapper.deferred())
        if (!attribute->ops->is_set(attribute->in(slot_->object())))
            names.push_back(attribute->name);
    for (const auto& relationship : mapper.relationships())
        if (!orm::LinkAccess::is_loaded(orm::LinkAccess::of(*slot_, *relationship)))
            names.push_back(relationship->name);
    return names;
}

}  // namespace azoth::inline v0
