// SPDX-License-Identifier: MIT
#include "anonymous_classes.hpp"
#include <azoth/orm/model.hpp>
#include <azoth/orm/model_state.hpp>

namespace {

struct Local {
    std::int64_t second{};
    static void map(azoth::Mapping<Local>& m) {
        m.table("second");
        m.column<&Local::second>(azoth::primary_key);
    }
};

}  // namespace

anonymous_test::Findings anonymous_test::second_file() {
    const auto model = azoth::model<Local>("second");
    const auto& mapper = model.state().mapper(azoth::orm::class_id<Local>(), "Local");
    return {mapper.id(), mapper.key().front()->column->name};
}
