// SPDX-License-Identifier: MIT
#include <azoth/sql/composed.hpp>
#include <azoth/sql/hashing.hpp>

namespace azoth::inline v0::sql {

using detail::hash_text;
using detail::mix;

ComposedNode::ComposedNode(Form composed_form, std::vector<NodeRef> made_of, Type sql_type,
                           std::uint64_t words)
    : Element(NodeKind::composed, std::move(sql_type)),
      form(composed_form),
      parts(std::move(made_of)) {
    Hashing(*this)
        .add(static_cast<std::uint64_t>(form))
        .add(words)
        .children(parts)
        .add(type.hash());
}

PhraseNode::PhraseNode(Form phrase_form, std::vector<NodeRef> made_of, Type sql_type,
                       std::string own_word)
    : ComposedNode(phrase_form, std::move(made_of), std::move(sql_type), hash_text(own_word)),
      word(std::move(own_word)) {}

bool PhraseNode::same_words(const ComposedNode& other) const {
    return word == static_cast<const PhraseNode&>(other).word;
}

NodeRef PhraseNode::with_parts(std::vector<NodeRef> others) const {
    return make_ref<PhraseNode>(form, std::move(others), type, word);
}

CustomNode::CustomNode(std::vector<NodeRef> made_of, Type sql_type, std::uint64_t words)
    : ComposedNode(Form::custom, std::move(made_of), std::move(sql_type), words) {}

namespace {

std::uint64_t hash_of(const WindowFrame& frame) {
    std::uint64_t hash =
        mix(static_cast<std::uint64_t>(frame.unit), static_cast<std::uint64_t>(frame.exclude));
    for (const auto* bound : {&frame.from, &frame.to})
        hash = mix(mix(hash, static_cast<std::uint64_t>(bound->place) * 2 + bound->computed),
                   bound->distance);
    return hash;
}

}  // namespace

WindowNode::WindowNode(std::vector<NodeRef> made_of, Type sql_type, std::uint32_t partition_count,
                       std::uint32_t ordering_count, const WindowFrame& window_frame)
    : ComposedNode(Form::over, std::move(made_of), std::move(sql_type),
                   mix(hash_of(window_frame), partition_count * 65536ULL + ordering_count)),
      partitions(partition_count),
      orderings(ordering_count),
      frame(window_frame) {}

bool WindowNode::same_words(const ComposedNode& other) const {
    const auto& window = static_cast<const WindowNode&>(other);
    return partitions == window.partitions && orderings == window.orderings &&
           frame == window.frame;
}

NodeRef WindowNode::with_parts(std::vector<NodeRef> others) const {
    return make_ref<WindowNode>(std::move(others), type, partitions, orderings, frame);
}

ComposedFromNode::ComposedFromNode(const Words& own_words, std::vector<NodeRef> made_of,
                                   Values bound, std::string from_name)
    : FromNode(NodeKind::composed_from, std::move(from_name)),
      words(own_words),
      parts(std::move(made_of)),
      values(std::move(bound)) {
    Hashing(*this)
        .add(name)
        .add(static_cast<std::uint64_t>(words.form))
        .add((words.lateral ? 1ULL : 0ULL) + (words.with_ordinality ? 2ULL : 0ULL) +
             (words.typed_columns ? 4ULL : 0ULL) + (words.bare_column ? 8ULL : 0ULL))
        .children(parts);
    flagged = flagged || name.empty() || !values.empty();
}

std::string ComposedFromNode::describe() const {
    static constexpr const char* kinds[] = {"VALUES", "function", "sample"};
    return std::string(kinds[static_cast<std::size_t>(words.form)]) + " '" +
           (name.empty() ? "(anonymous)" : name) + "'";
}

}  // namespace azoth::inline v0::sql
