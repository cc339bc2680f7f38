// SPDX-License-Identifier: MIT
#include <azoth/sql/compiler_frame.hpp>

#include <algorithm>

/// What the compiler notices of a statement that is right by its grammar and hardly meant.
namespace azoth::inline v0::sql {

/// A subquery mentions an enclosing statement's FROM object, and so does all that it stands in.
void Compiler::note_mention(const FromNode& from) {
    if (frames_.size() < 2 || frames_.back()->plan.has(&from)) return;
    for (std::size_t i = frames_.size(); i-- > 0;) {
        if (frames_[i]->plan.has(&from)) return;
        correlations_[&frames_[i]->statement].insert(&from);
    }
}

void Compiler::check_connections(std::string_view kind, const Frame& frame) {
    if (!lints_ || frame.plan.chains.size() < 2) return;
    const auto loose = disconnected_froms(frame.statement, frame.plan, correlations_);
    if (loose.empty()) return;
    std::string names;
    for (const FromNode* from : loose) names += (names.empty() ? "" : ", ") + shown_name(*from);
    std::string warning(kind);
    warning += " statement has a cartesian product between FROM element(s) " + names +
               " and FROM element " + shown_name(*frame.plan.chains.front().first) +
               ". Apply join condition(s) between each element to resolve.";
    if (std::find(warnings_.begin(), warnings_.end(), warning) == warnings_.end())
        warnings_.push_back(std::move(warning));
}

std::string Compiler::shown_name(const FromNode& from) {
    if (from.kind != NodeKind::table) return "\"" + name_of(from) + "\"";
    const std::string& schema = static_cast<const TableNode&>(from).schema;
    return "\"" + (schema.empty() ? "" : schema + ".") + from.name + "\"";
}

}  // namespace azoth::inline v0::sql
