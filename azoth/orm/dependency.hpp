// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/flush_context.hpp>
#include <azoth/orm/flush_graph.hpp>
#include <azoth/orm/link_view.hpp>

#include <memory>
#include <span>
#include <vector>

namespace azoth::inline v0::orm {

class RowWriter;

/// What a relationship means to a flush: who else takes part, what must come before what, which
/// foreign keys and rows between are written. One thread at a time. SQLAlchemy:
/// `DependencyProcessor`.
class Dependency {
  public:
    Dependency(FlushContext& context, const Relationship& relationship, RowWriter& writer);
    [[nodiscard]] static std::unique_ptr<Dependency> make(FlushContext& context,
                                                          const Relationship& relationship,
                                                          RowWriter& writer);
    Dependency(const Dependency&) = delete;
    Dependency& operator=(const Dependency&) = delete;
    virtual ~Dependency();

    [[nodiscard]] const Relationship& relationship() const noexcept { return relationship_; }
    /// Looks at the owners that joined the flush since the last call, and lets others join. Throws
    /// FlushError for what can't be written. \returns whether there were any
    bool prepare();
    /// It has something to say about the order. Only after all are prepared.
    [[nodiscard]] bool is_active() const;

    /// What must come before what, for all objects of both classes.
    virtual void connect(FlushGraph& graph) = 0;
    /// The same for one owner and the objects that it is linked with.
    void connect(FlushGraph& graph, Slot& owner);

    /// After owners and what they lead to are saved, as connect() said: `link`, or before they go:
    /// `unlink`.
    void run(Step step, std::span<Slot* const> owners);

  protected:
    virtual void prepare_save(Slot& owner, const LinkView& view) = 0;
    /// The owner's row is to be deleted. May load the relationship.
    virtual void prepare_removal(Slot& owner) = 0;
    virtual void link(Slot& owner, const LinkView& view) = 0;
    virtual void unlink(Slot& owner, const LinkView& view) = 0;
    /// After a number of owners.
    virtual void finish(Step step);
    /// \param link the step for this owner; `self`: that which saves or removes it; `other`: that
    /// which
    ///     saves or removes an object that it is linked with
    virtual void connect_one(FlushGraph& graph, Step step, std::uint32_t link, std::uint32_t self,
                             std::uint32_t other, bool other_goes) = 0;

    void load(Slot& owner);
    /// A child that loses its parent can have none.
    void require_nullable(const Slot& child, const Attribute& foreign_key) const;
    /// A foreign key that the program has set by hand says the same as the relationship. \param
    /// parent null: the relationship leads to nothing
    void require_agreement(const Slot& child, const Attribute& foreign_key, const Slot* parent,
                           const Attribute& key) const;

    FlushContext& context_;
    FlushSet& objects_;
    const Relationship& relationship_;
    RowWriter& writer_;

  private:
    [[nodiscard]] bool is_changed(const Slot& owner) const noexcept;
    [[nodiscard]] bool writes_removed() const noexcept;

    std::size_t saves_seen_ = 0;
    std::size_t removals_seen_ = 0;
    bool has_changes_ = false;
};

}  // namespace azoth::inline v0::orm
