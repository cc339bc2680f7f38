// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/hash.hpp>
#include <azoth/orm/loader_nodes.hpp>

#include <algorithm>
#include <utility>

namespace azoth::inline v0::orm {
namespace {

using azoth::detail::mix;
using sql::NodeRef;
using Step = LoaderOptionNode::Step;
using Chain = LoaderOptionNode::Chain;

// --- what options consist of ---------------------------------------------------------------------

std::uint64_t hash_of(const MemberId& id) {
    return mix(id.entity.hash(), static_cast<std::uint64_t>(id.offset));
}

std::uint64_t hash_of(const Step& step) {
    const LoaderStep& one = step.relationship;
    std::uint64_t hash = mix(one.member.class_name.empty() ? 1 : hash_of(one.member),
                             static_cast<std::uint64_t>(one.loading));
    hash = mix(hash, (std::uint64_t{one.chunksize} << 32U) +
                         (static_cast<std::uint64_t>(one.recursion_depth + 1) << 1U) +
                         std::uint64_t{one.innerjoin});
    if (step.columns) {
        hash = mix(hash, static_cast<std::uint64_t>(step.columns->what));
        hash = mix(hash, azoth::detail::hash_text(step.columns->name));
        for (const MemberId& member : step.columns->members) hash = mix(hash, hash_of(member));
    }
    return hash;
}

std::uint64_t hash_of(const Chain& chain) {
    std::uint64_t hash = chain.size();
    for (const Step& step : chain) hash = mix(hash, hash_of(step));
    return hash;
}

std::uint64_t hash_of(const Chain& open, const std::vector<Chain>& complete) {
    std::uint64_t hash = hash_of(open);
    for (const Chain& chain : complete) hash = mix(hash, hash_of(chain));
    return hash;
}

bool same_columns(const std::optional<ColumnStep>& a, const std::optional<ColumnStep>& b) {
    if (!a || !b) return !a && !b;
    return a->what == b->what && a->raises == b->raises && a->members == b->members &&
           a->name == b->name;
}

/// Aliases, criteria and expressions are compared as parts of the node.
bool same_step(const Step& a, const Step& b) {
    const LoaderStep& x = a.relationship;
    const LoaderStep& y = b.relationship;
    return x.member.class_name.empty() == y.member.class_name.empty() && x.member == y.member &&
           x.loading == y.loading && x.innerjoin == y.innerjoin &&
           x.recursion_depth == y.recursion_depth && x.chunksize == y.chunksize &&
           same_columns(a.columns, b.columns) && !a.alias == !b.alias && !a.criteria == !b.criteria;
}

bool same_chain(const Chain& a, const Chain& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_step);
}

std::vector<NodeRef> parts_of(const Ref<const sql::FromNode>& root, const Chain& open,
                              const std::vector<Chain>& complete) {
    std::vector<NodeRef> parts;
    if (root) parts.emplace_back(root);
    const auto add = [&](const Chain& chain) {
        for (const Step& step : chain) {
            if (step.alias) parts.emplace_back(step.alias);
            if (step.criteria) parts.emplace_back(step.criteria);
            if (step.expression) parts.emplace_back(step.expression);
        }
    };
    add(open);
    for (const Chain& chain : complete) add(chain);
    return parts;
}

Ref<const sql::ScopedNode> scoped(const sql::Operand& condition) {
    sql::Expression expression = sql::to_expression(condition);
    return make_ref<const sql::ScopedNode>(std::move(expression.node),
                                           std::move(expression.values));
}

Ref<const LoaderOptionNode> extended(const LoaderOptionNode& option, Step step) {
    Chain open = option.open;
    open.push_back(std::move(step));
    return make_ref<const LoaderOptionNode>(option.root, std::move(open), option.complete);
}

}  // namespace

LoaderOptionNode::LoaderOptionNode(Ref<const sql::FromNode> option_root, Chain open_chain,
                                   std::vector<Chain> complete_chains)
    : ExtensionNode(parts_of(option_root, open_chain, complete_chains),
                    hash_of(open_chain, complete_chains)),
      root(std::move(option_root)),
      open(std::move(open_chain)),
      complete(std::move(complete_chains)) {}

bool LoaderOptionNode::same(const ExtensionNode& other) const {
    const auto& option = static_cast<const LoaderOptionNode&>(other);
    return !root == !option.root && same_chain(open, option.open) &&
           std::equal(complete.begin(), complete.end(), option.complete.begin(),
                      option.complete.end(), same_chain);
}

std::string LoaderOptionNode::describe() const {
    return "a loader option" + (root ? " for " + root->describe() : std::string());
}

std::string LoaderOptionNode::refusal() const {
    return describe() + ": it says how a Session loads objects; execute the statement in one";
}

WindowedNode::WindowedNode() : ExtensionNode({}, 4) {}

bool WindowedNode::same(const ExtensionNode&) const {
    return true;
}

std::string WindowedNode::describe() const {
    return "the option yield_per";
}

std::string WindowedNode::refusal() const {
    return describe() + ": execute the statement in a Session";
}

const sql::NodeRef& windowed_option() {
    static const NodeRef& option = *new NodeRef(make_ref<const WindowedNode>());
    return option;
}

CriteriaNode::CriteriaNode(Ref<const sql::FromNode> of, Ref<const sql::ScopedNode> holds,
                           CriteriaOptions how)
    : ExtensionNode({NodeRef(of), NodeRef(holds)},
                    (how.propagate_to_loaders ? 3U : 2U) + (how.include_aliases ? 8U : 0U)),
      entity_ref(std::move(of)),
      condition(std::move(holds)),
      options(how) {}

bool CriteriaNode::same(const ExtensionNode& other) const {
    const CriteriaOptions& theirs = static_cast<const CriteriaNode&>(other).options;
    return options.include_aliases == theirs.include_aliases &&
           options.propagate_to_loaders == theirs.propagate_to_loaders;
}

std::string CriteriaNode::describe() const {
    return "a condition on all objects of " + entity_ref->describe();
}

std::string CriteriaNode::refusal() const {
    return describe() + ": execute the statement in a Session";
}

// --- how they are put together -------------------------------------------------------------------

LoaderOption::LoaderOption(const FromClause& root)
    : node_(make_ref<const LoaderOptionNode>(Ref<const sql::FromNode>(&root.node()), Chain{},
                                             std::vector<Chain>{})) {}
LoaderOption::LoaderOption(Ref<const LoaderOptionNode> node) : node_(std::move(node)) {}
LoaderOption::LoaderOption(const LoaderOption& other) = default;
LoaderOption::LoaderOption(LoaderOption&& other) noexcept = default;
LoaderOption& LoaderOption::operator=(const LoaderOption& other) = default;
LoaderOption& LoaderOption::operator=(LoaderOption&& other) noexcept = default;
LoaderOption::~LoaderOption() = default;

sql::Expression LoaderOption::core() const {
    return {NodeRef(node_), {}};
}

LoaderOption LoaderOption::then(LoaderStep step) const {
    if (step.chunksize == 0)
        throw ArgumentError("selectinload(): its chunksize must be 1 at least");
    if (step.recursion_depth < -1)
        throw ArgumentError(std::string(step.member.class_name) +
                            "::" + std::string(step.member.name) +
                            ": recursion_depth is a number of levels, or -1 for all");
    return LoaderOption(extended(*node_, {.relationship = step}));
}

LoaderOption LoaderOption::then_contained(const MemberId& member, const FromClause* alias) const {
    Step step{.relationship = {.member = member, .loading = Loading::contained}};
    if (alias) step.alias = Ref<const sql::FromNode>(&alias->node());
    return LoaderOption(extended(*node_, std::move(step)));
}

LoaderOption LoaderOption::then(ColumnStep step) const {
    return LoaderOption(extended(*node_, {.columns = std::move(step)}));
}

LoaderOption LoaderOption::then_filled(const MemberId& member,
                                       const sql::Operand& expression) const {
    Step step{.columns = ColumnStep{.what = ColumnStep::What::fill, .members = {member}}};
    sql::Expression filling = sql::to_expression(expression);
    if (filling.node->kind == sql::NodeKind::label) {
        const auto& label = static_cast<const sql::LabelNode&>(*filling.node);
        step.columns->name = label.name;
        filling.node = NodeRef(label.operand);
    }
    step.expression =
        make_ref<const sql::ScopedNode>(std::move(filling.node), std::move(filling.values));
    return LoaderOption(extended(*node_, std::move(step)));
}

LoaderOption LoaderOption::with(std::initializer_list<const LoaderOption*> further) const {
    std::vector<Chain> complete = node_->complete;
    const auto add = [&](const Chain& chain) {
        if (chain.empty()) return;
        complete.push_back(node_->open);
        complete.back().insert(complete.back().end(), chain.begin(), chain.end());
    };
    for (const LoaderOption* option : further) {
        for (const Chain& chain : option->node_->complete) add(chain);
        add(option->node_->open);
    }
    return LoaderOption(
        make_ref<const LoaderOptionNode>(node_->root, node_->open, std::move(complete)));
}

LoaderOption LoaderOption::where(const sql::Operand& condition) const {
    Chain open = node_->open;
    if (open.empty() || open.back().stays())
        throw ArgumentError(
            "and_(): say first which relationship it is a condition on, as in "
            "selectinload<…>().and_(…)");
    Step& last = open.back();
    if (last.criteria)
        throw ArgumentError("and_(): " + std::string(last.relationship.member.class_name) +
                            "::" + std::string(last.relationship.member.name) +
                            " has a condition already: join them by &&");
    last.criteria = scoped(condition);
    return LoaderOption(
        make_ref<const LoaderOptionNode>(node_->root, std::move(open), node_->complete));
}

void require_wildcard(std::string_view text, std::string_view function) {
    if (text == "*") return;
    throw ArgumentError(std::string(function) + "(\"" + std::string(text) +
                        "\"): a text can only be \"*\", for all of them; a single one is named "
                        "between angle brackets, as in " +
                        std::string(function) + "<&User::addresses>()");
}

EverywhereOption::EverywhereOption(std::string_view wildcard, std::string_view function,
                                   Loading loading) {
    require_wildcard(wildcard, function);
    core_.node = make_ref<const LoaderOptionNode>(
        nullptr, Chain{{.relationship = {.loading = loading}}}, std::vector<Chain>{});
}

CriteriaOption::CriteriaOption(const FromClause& entity, const sql::Operand& condition,
                               CriteriaOptions options)
    : core_(make_ref<const CriteriaNode>(Ref<const sql::FromNode>(&entity.node()),
                                         scoped(condition), options),
            {}) {}

}  // namespace azoth::inline v0::orm
