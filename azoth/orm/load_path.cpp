// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/load_path.hpp>
#include <azoth/orm/load_plan.hpp>
#include <azoth/orm/own_values.hpp>
#include <azoth/orm/related_cache.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {

const LoadPath::Branch* LoadPath::branch(const Relationship& relationship) const noexcept {
    for (const Branch& each : branches)
        if (each.relationship == &relationship) return &each;
    return nullptr;
}

bool LoadPath::has_values() const noexcept {
    return std::any_of(filled.begin(), filled.end(),
                       [](const Filled& each) { return each.expression.condition; }) ||
           std::any_of(branches.begin(), branches.end(), [](const Branch& branch) {
               return branch.loading == Loading::joined &&
                      (!branch.criteria.empty() || branch.target->has_values());
           });
}

bool LoadPath::is_plain() const noexcept {
    return branches.empty() && refused.empty() &&
           attributes.size() == loaded_attributes(*mapper).size();
}

/// What the options say of the objects at one place.
struct PathFinder::Wanted {
    struct Explicit {
        const LoaderOptionNode::Step* step = nullptr;
        std::vector<Open> further;  // for what it leads to
    };
    std::vector<Explicit> relationships;  // by Relationship::index
    Loading wildcard = Loading::as_mapped;
    std::vector<bool> loaded;                           // by Attribute::index
    std::vector<bool> refused;                          // the same
    std::vector<const LoaderOptionNode::Step*> filled;  // by QueryExpression's index
};

PathFinder::PathFinder(const sql::StatementNode& statement) : PathFinder() {
    const auto items = statement.items.of(sql::Clause::option);
    if (items.empty()) return;
    for (const sql::Item& item : items) {
        if (const auto* option = dynamic_cast<const LoaderOptionNode*>(item.node.get())) {
            if (!option->root)
                everywhere_ = option->open.front().relationship.loading;
            else
                options_.push_back(option);
        } else if (const auto* criteria = dynamic_cast<const CriteriaNode*>(item.node.get())) {
            criteria_.push_back(criteria);
        } else if (dynamic_cast<const WindowedNode*>(item.node.get())) {
            windowed_ = true;
        } else {
            throw ArgumentError("options(): takes loader options, as selectinload<…>()");
        }
    }
    used_.resize(options_.size());
    const Values none;
    owners_ = sql::collect_segments(statement, none).owners;
}

namespace {

/// What is written into several statements can't bring the values of one of its parts along.
void require_no_own_values(const sql::ScopedNode& condition) {
    if (const sql::FromNode* const found = from_with_values(*condition.operand))
        throw ArgumentError("a loader option asks " + found->describe() +
                            ", which has values of its own: ask without subquery() and cte(), as "
                            "in col<…>.in(select(…).where(…))");
}

}  // namespace

Criterion PathFinder::criterion(const Ref<const sql::ScopedNode>& condition) const {
    const auto found = std::find(owners_.begin(), owners_.end(), &condition->origin());
    return {condition, static_cast<std::uint32_t>(found - owners_.begin())};
}

std::vector<Criterion> PathFinder::criteria_of(const Mapper& mapper, Asked asked) const {
    std::vector<Criterion> found;
    for (const CriteriaNode* each : criteria_) {
        const bool left_out = (asked == Asked::later && !each->options.propagate_to_loaders) ||
                              (asked == Asked::here_by_alias && !each->options.include_aliases);
        if (each->entity().id != mapper.id() || left_out) continue;
        require_no_own_values(*each->condition);
        found.push_back(criterion(each->condition));
    }
    return found;
}

const LoadPath& PathFinder::find(const Mapper& mapper, const EntityNode* entity) {
    std::vector<Open> open;
    for (std::size_t i = 0; i < options_.size(); ++i) {
        const EntityNode& root = *options_[i]->entity();
        const bool meant = entity && entity->is_alias()
                               ? &root == entity
                               : !root.is_alias() && root.id == mapper.id();
        if (!meant) continue;
        used_[i] = true;
        for (const auto& chain : options_[i]->complete) open.push_back({&chain, 0});
        open.push_back({&options_[i]->open, 0});
    }
    return path(mapper, open);
}

/// The same for whoever looks at the relationship: paths of what is loaded later lead in circles as
/// the classes do.
const LoadPath& PathFinder::find_target(const Relationship& relationship) {
    const auto known = lazy_targets_.find(&relationship);
    if (known != lazy_targets_.end()) return *known->second;
    LoadPath& found = begun();
    lazy_targets_[&relationship] = &found;
    const auto before = std::exchange(ancestors_, {relationship.owner});
    fill(found, *relationship.target, {});
    ancestors_ = before;
    return found;
}

const LoadPath& PathFinder::plain(const Mapper& mapper) {
    LoadPath& path = begun();
    path.mapper = &mapper;
    path.attributes = loaded_attributes(mapper);
    for (const QueryExpression& member : mapper.query_expressions())
        if (member.otherwise.node) path.filled.push_back({&member});
    return path;
}

void PathFinder::check_all_used() const {
    for (std::size_t i = 0; i < options_.size(); ++i)
        if (!used_[i])
            throw ArgumentError(options_[i]->describe() +
                                ", but the statement selects no objects of it: options name what "
                                "the statement selects, or go on from there, as in "
                                "selectinload<…>().joinedload<…>()");
}

/// The options that hold here are read as far as they speak of the same objects.
void PathFinder::apply(const Mapper& mapper, const Open& option, Wanted& wanted) const {
    for (std::size_t i = option.next; i < option.chain->size(); ++i) {
        const LoaderOptionNode::Step& step = (*option.chain)[i];
        if (step.expression) {
            const QueryExpression& named = mapper.query_expression(step.columns->members.front());
            wanted.filled[named.attribute.index] = &step;
        } else if (step.columns) {
            apply_columns(mapper, *step.columns, wanted);
        } else if (step.stays()) {
            wanted.wildcard = step.relationship.loading;
        } else {
            const Relationship& named = mapper.relationship(step.relationship.member);
            Wanted::Explicit& place = wanted.relationships[named.index];
            if (!place.step || step.relationship.loading != Loading::as_mapped) place.step = &step;
            place.further.push_back({option.chain, i + 1});
            return;
        }
    }
}

void PathFinder::load_group(const Mapper& mapper, const std::string& group, Wanted& wanted) {
    bool known = false;
    for (const Attribute* attribute : mapper.deferred()) {
        if (attribute->deferred_group != group) continue;
        known = true;
        wanted.loaded[attribute->index] = true;
        wanted.refused[attribute->index] = false;
    }
    if (!known)
        throw ArgumentError("undefer_group(\"" + group + "\"): " + mapper.class_name() +
                            " has no column in such a group; m.column<…>(deferred_group(\"" +
                            group + "\")) puts one there");
}

void PathFinder::apply_columns(const Mapper& mapper, const ColumnStep& step, Wanted& wanted) const {
    using What = ColumnStep::What;
    if (step.what == What::load_all || step.what == What::only)
        for (const Attribute* attribute : mapper.deferred()) {
            wanted.loaded[attribute->index] = step.what == What::load_all;
            wanted.refused[attribute->index] = step.raises;
        }
    if (step.what == What::load_group) load_group(mapper, step.name, wanted);
    for (const MemberId& member : step.members) {
        const Attribute& attribute = mapper.attribute(member);
        wanted.loaded[attribute.index] = step.what != What::defer;
        wanted.refused[attribute.index] = step.what == What::defer && step.raises;
    }
    if (step.what != What::only) return;
    for (const Attribute& attribute : mapper.attributes()) {
        const bool named = std::any_of(
            step.members.begin(), step.members.end(),
            [&](const MemberId& member) { return &mapper.attribute(member) == &attribute; });
        const bool is_key =
            std::find(mapper.key().begin(), mapper.key().end(), &attribute) != mapper.key().end();
        if (named || is_key || attribute.ops->is_deferred) continue;
        throw ArgumentError("load_only<…>() leaves out " + mapper.class_name() +
                            "::" + attribute.name +
                            ", but a plain member is always loaded: make it a Deferred<T>, select "
                            "single columns, or map a second, narrower class to the table");
    }
}

/// Eager loading that no option asks for by name ends where it would come to a class that it came
/// from.
bool PathFinder::would_circle(const Relationship& relationship) const {
    const auto times = std::count(ancestors_.begin(), ancestors_.end(), relationship.target);
    const bool circles = relationship.target == relationship.owner || times != 0;
    return circles && times >= relationship.join_depth;
}

/// recursion_depth: what leads on does the same once more, with a level less to go.
void PathFinder::repeat(const LoaderOptionNode::Step& step, std::vector<Open>& further) {
    LoaderOptionNode::Step next = step;
    if (next.relationship.recursion_depth > 0) --next.relationship.recursion_depth;
    repeated_.push_back(std::make_unique<LoaderOptionNode::Chain>());
    repeated_.back()->push_back(std::move(next));
    further.push_back({repeated_.back().get(), 0});
}

const LoadPath& PathFinder::target_path(const LoadPath& path, LoadPath::Branch& branch,
                                        Wanted& wanted) {
    const Relationship& relationship = *branch.relationship;
    Wanted::Explicit& said = wanted.relationships[relationship.index];
    if (!said.step && !is_eager(branch.loading)) return find_target(relationship);
    if (said.step && said.step->relationship.recursion_depth != 0) {
        if (!relationship.is_self_referential())
            throw ArgumentError(relationship.describe() +
                                ": recursion_depth is for a relationship of a class with itself");
        // NOLINTNEXTLINE(bugprone-return-const-ref-from-parameter): a path of the plan
        if (said.step->relationship.recursion_depth < 0) return path;
        repeat(*said.step, said.further);
    }
    ancestors_.push_back(path.mapper);
    const LoadPath& found = this->path(*relationship.target, said.further);
    ancestors_.pop_back();
    return found;
}

Loading PathFinder::loading_of(const Relationship& relationship, const Wanted& wanted) const {
    const LoaderOptionNode::Step* const said = wanted.relationships[relationship.index].step;
    Loading loading = said ? said->relationship.loading : wanted.wildcard;
    if (loading == Loading::as_mapped) loading = relationship.loading;
    const bool by_name = said && said->relationship.loading != Loading::as_mapped;
    if (!by_name && is_eager(loading) && would_circle(relationship)) return Loading::select;
    // Rows that a collection has multiplied can't be cut into windows.
    if (windowed_ && loading == Loading::joined && relationship.is_many) return Loading::selectin;
    return loading;
}

void PathFinder::add_branch(LoadPath& path, const Relationship& relationship, Wanted& wanted) {
    const LoaderOptionNode::Step* const said = wanted.relationships[relationship.index].step;
    LoadPath::Branch branch;
    branch.relationship = &relationship;
    branch.loading = loading_of(relationship, wanted);
    const bool by_name = said && said->relationship.loading != Loading::as_mapped;
    if (relationship.is_write_only) {
        if (!by_name || !is_eager(branch.loading)) return;
        throw ArgumentError(relationship.describe() +
                            " is a WriteOnly, which is never loaded: ask for its objects by its "
                            "select(), or let the member be a Many<T>");
    }
    if (branch.loading == Loading::select && !said && criteria_.empty() &&
        everywhere_ == Loading::as_mapped)
        return;
    branch.innerjoin = relationship.innerjoin;
    branch.criteria = criteria_of(*relationship.target, Asked::later);
    if (said) {
        if (by_name) branch.innerjoin = said->relationship.innerjoin;
        branch.chunksize = said->relationship.chunksize;
        branch.alias = said->alias;
        if (said->criteria) {
            require_no_own_values(*said->criteria);
            branch.criteria.push_back(criterion(said->criteria));
        }
    }
    branch.target = &target_path(path, branch, wanted);
    paths_->has_criteria = paths_->has_criteria || !branch.criteria.empty();
    if (branch.criteria.empty())
        branch.batches = std::make_shared<RelatedCache>(relationship, *branch.target);
    path.branches.push_back(std::move(branch));
}

void PathFinder::add_filled(LoadPath& path, const Wanted& wanted) {
    for (const QueryExpression& member : path.mapper->query_expressions()) {
        if (const auto* said = wanted.filled[member.attribute.index]) {
            if (!ancestors_.empty()) require_no_own_values(*said->expression);
            path.filled.push_back({&member, criterion(said->expression), said->columns->name});
            paths_->has_criteria = true;
        } else if (member.otherwise.node) {
            path.filled.push_back({&member});
        }
    }
}

const LoadPath& PathFinder::path(const Mapper& mapper, const std::vector<Open>& open) {
    LoadPath& made = begun();
    fill(made, mapper, open);
    return made;
}

LoadPath& PathFinder::begun() {
    auto made = std::make_unique<LoadPath>();
    LoadPath& path = *made;
    paths_->all.push_back(std::move(made));
    return path;
}

void PathFinder::fill(LoadPath& path, const Mapper& mapper, const std::vector<Open>& open) {
    Wanted wanted;
    wanted.relationships.resize(mapper.relationships().size());
    wanted.loaded.resize(mapper.attributes().size());
    wanted.refused.resize(mapper.attributes().size());
    wanted.filled.resize(mapper.query_expressions().size());
    wanted.wildcard = everywhere_;
    for (const Attribute& attribute : mapper.attributes())
        wanted.loaded[attribute.index] = !attribute.ops->is_deferred;
    for (const Open& option : open) apply(mapper, option, wanted);

    path.mapper = &mapper;
    for (const Attribute& attribute : mapper.attributes()) {
        if (wanted.loaded[attribute.index]) path.attributes.push_back(&attribute);
        if (wanted.refused[attribute.index]) path.refused.push_back(&attribute);
    }
    add_filled(path, wanted);
    for (const auto& relationship : mapper.relationships()) add_branch(path, *relationship, wanted);
}

}  // namespace azoth::inline v0::orm
