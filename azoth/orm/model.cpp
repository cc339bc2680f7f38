// SPDX-License-Identifier: MIT
#include <azoth/orm/model.hpp>

#include <azoth/orm/configuration.hpp>

namespace azoth::inline v0 {

Model::~Model() = default;

const std::string& Model::name() const noexcept {
    return state_->name();
}

MetaData Model::metadata() const {
    return state_->metadata();
}

namespace orm {

Model make_model(std::string_view name, MetaDataOptions options,
                 std::span<const ClassEntry> classes) {
    auto state = make_ref<ModelState>(std::string(name), std::move(options));
    Configuration(*state, classes).run();
    return Model(std::move(state));
}

}  // namespace orm
}  // namespace azoth::inline v0
