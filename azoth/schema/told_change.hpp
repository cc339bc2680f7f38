// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/event_hub.hpp>
#include <azoth/schema/events.hpp>
#include <azoth/schema/table_access.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace azoth::inline v0::schema {

/// One create_all or drop_all: where it happens, and who is told of it. One thread at a time; where
/// nobody listens, telling does nothing.
class ToldChange {
  public:
    enum class About : std::uint8_t {
        all,  ///< the MetaData and its tables
        tables,
    };
    /// \param chosen the tables that may be concerned; as long-lived as this
    ToldChange(const std::shared_ptr<Registry>& registry, const std::vector<Table>& chosen,
               Target& target, bool checkfirst, About about);

    [[nodiscard]] Target& target() const noexcept { return target_; }
    [[nodiscard]] bool checkfirst() const noexcept { return checkfirst_; }

    /// Of the MetaData. \param tables in the order in which it happens to them
    template <class Event>
    void tell(Event event, const std::vector<Ref<const TableObject>>& tables) const {
        if (about_ != About::all || !hears(event)) return;
        const std::vector<Table> handles = handles_of(tables);
        const void* const of = TableAccess::registry(metadata_).get();
        events_->tell(event, of, change(nullptr, handles));
    }
    /// Of one table.
    template <class Event>
    void tell(Event event, const TableObject& table) const {
        if (!hears(event)) return;
        const std::vector<Table> handles = handles_of({Ref(&table)});
        events_->tell(event, &table, change(&handles.front(), handles));
    }

  private:
    template <class Event>
    [[nodiscard]] bool hears(Event /*event*/) const noexcept {
        return events_ && events_->hears(Event::bit);
    }
    [[nodiscard]] std::vector<Table> handles_of(
        const std::vector<Ref<const TableObject>>& tables) const;
    [[nodiscard]] event::SchemaChange change(const Table* table,
                                             const std::vector<Table>& tables) const;

    const std::shared_ptr<event::Hub> events_;
    const MetaData metadata_;
    const std::vector<Table>& chosen_;
    Target& target_;
    const bool checkfirst_;
    const About about_;
};

}  // namespace azoth::inline v0::schema
