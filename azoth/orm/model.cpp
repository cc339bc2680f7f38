// SPDX-License-Identifier: MIT
#include <azoth/orm/configuration.hpp>
#include <azoth/orm/model.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/orm/objects.hpp>

namespace azoth::inline v0 {

Model::Model(Ref<orm::ModelState> state) noexcept : state_(std::move(state)) {}
Model::Model(const Model& other) noexcept = default;
Model::Model(Model&& other) noexcept = default;
Model& Model::operator=(const Model& other) noexcept = default;
Model& Model::operator=(Model&& other) noexcept = default;
Model::~Model() = default;

const std::string& Model::name() const noexcept {
    return state_->name();
}

Model::operator Ref<const sql::Lowering>() const noexcept {
    return state_->lowering();
}

MetaData Model::metadata() const {
    return state_->metadata();
}

void* Model::make_object(orm::ClassId id, std::string_view class_name, void* value) const {
    return orm::object_of_value(state_->mapper(id, class_name), value).object();
}

namespace orm {

Model make_model(std::string_view name, const MetaDataOptions* options,
                 std::span<const ClassEntry> classes) {
    auto state = make_ref<ModelState>(std::string(name), options ? *options : MetaDataOptions());
    Configuration(*state, classes).run();
    return Model(std::move(state));
}

}  // namespace orm
}  // namespace azoth::inline v0
