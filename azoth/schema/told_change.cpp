// SPDX-License-Identifier: MIT
#include <azoth/schema/target.hpp>
#include <azoth/schema/told_change.hpp>

#include <algorithm>

namespace azoth::inline v0::schema {

ToldChange::ToldChange(const std::shared_ptr<Registry>& registry, const std::vector<Table>& chosen,
                       Target& target, bool checkfirst, About about)
    : events_(registry->events_if_any()),
      metadata_(TableAccess::metadata(registry)),
      chosen_(chosen),
      target_(target),
      checkfirst_(checkfirst),
      about_(about) {}

std::vector<Table> ToldChange::handles_of(const std::vector<Ref<const TableObject>>& tables) const {
    std::vector<Table> handles;
    handles.reserve(tables.size());
    for (const auto& table : tables) {
        const auto handle = std::find_if(chosen_.begin(), chosen_.end(), [&](const Table& chosen) {
            return &chosen.object() == table.get();
        });
        handles.push_back(TableAccess::itself(*handle));
    }
    return handles;
}

event::SchemaChange ToldChange::change(const Table* table, const std::vector<Table>& tables) const {
    return {metadata_, table, tables, checkfirst_, target_.connection(), target_};
}

}  // namespace azoth::inline v0::schema
