// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/dependency.hpp>

#include <utility>
#include <vector>

namespace azoth::inline v0::orm {

/// The foreign key is in the objects that the relationship leads to. One thread at a time.
class OneToMany final : public Dependency {
  public:
    using Dependency::Dependency;
    void connect(FlushGraph& graph) override;

  private:
    void prepare_save(Slot& owner, const LinkView& view) override;
    void prepare_removal(Slot& owner) override;
    void link(Slot& owner, const LinkView& view) override;
    void unlink(Slot& owner, const LinkView& view) override;
    void connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                     std::uint32_t other, bool other_goes) override;

    void prepare_added(Slot& owner, Slot& child);
    void prepare_orphan(Slot& owner, Slot& child);
    void prepare_left(Slot& child);
    void clear(Slot& child, Step step);
};

/// The foreign key is in the owner itself. One thread at a time.
class ManyToOne final : public Dependency {
  public:
    using Dependency::Dependency;
    void connect(FlushGraph& graph) override;

  private:
    void prepare_save(Slot& owner, const LinkView& view) override;
    void prepare_removal(Slot& owner) override;
    void link(Slot& owner, const LinkView& view) override;
    void unlink(Slot& owner, const LinkView& view) override;
    void connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                     std::uint32_t other, bool other_goes) override;
};

/// Rows of a table between say what belongs together. One thread at a time.
class ManyToMany final : public Dependency {
  public:
    using Dependency::Dependency;
    void connect(FlushGraph& graph) override;

  private:
    void prepare_save(Slot& owner, const LinkView& view) override;
    void prepare_removal(Slot& owner) override;
    void link(Slot& owner, const LinkView& view) override;
    void unlink(Slot& owner, const LinkView& view) override;
    void finish(Step step) override;
    void connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                     std::uint32_t other, bool other_goes) override;

    std::vector<std::pair<Slot*, Slot*>> added_;  // rows: owner and target
    std::vector<std::pair<Slot*, Slot*>> removed_;
};

}  // namespace azoth::inline v0::orm
