// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/model_state.hpp>

#include <atomic>
#include <utility>

namespace azoth::inline v0::orm {
namespace {

std::uint64_t next_serial() noexcept {
    static std::atomic<std::uint64_t> last{0};  // 0 stands for statements of the Core
    return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace

ModelState::ModelState(std::string name, MetaDataOptions options)
    : name_(std::move(name)), serial_(next_serial()), metadata_(std::move(options)) {}

ModelState::~ModelState() = default;

const Mapper* ModelState::find(ClassId id) const noexcept {
    for (const auto& mapper : mappers_)
        if (mapper->id().is_identical(id)) return mapper.get();
    for (const auto& mapper : mappers_)
        if (mapper->id() == id) return mapper.get();
    return nullptr;
}

const Mapper& ModelState::mapper(ClassId id, ClassName class_name) const {
    const Mapper* const found = find(id);
    return found ? *found : mapper(id, class_name());
}

const Mapper& ModelState::mapper(ClassId id, std::string_view class_name) const {
    if (const Mapper* found = find(id)) return *found;
    std::string known;
    for (const auto& mapper : mappers_) known += (known.empty() ? "" : ", ") + mapper->class_name();
    throw ArgumentError("class " + std::string(class_name) + " is not of the model '" + name_ +
                        "', which has " + known +
                        ": list it in model<…>(), or use the model that "
                        "has it");
}

}  // namespace azoth::inline v0::orm
