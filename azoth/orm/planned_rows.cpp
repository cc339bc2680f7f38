// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/planned_rows.hpp>

#include <algorithm>
#include <memory>
#include <string>

namespace azoth::inline v0::orm {
namespace {

using Names = std::vector<std::string>;

[[noreturn]] void throw_missing(const LoadPlan::Named& wanted, const Names& names) {
    std::string known;
    for (const std::string& name : names) known += (known.empty() ? "'" : ", '") + name + "'";
    throw ArgumentError("from_statement(): the text has no column '" + wanted.name + "' for " +
                        wanted.of + "; it has " + (known.empty() ? "none" : known) +
                        ". Name it so, or say by columns(…) which columns there are");
}

[[noreturn]] void throw_ambiguous(const LoadPlan::Named& wanted, const std::string& name) {
    throw ArgumentError("from_statement(): the text has more than one column '" + name + "' for " +
                        wanted.of + ": call one of them '" + wanted.label +
                        "', or say by columns(…) which columns there are");
}

/// The position of the only column of a name; the number of names where there is none.
std::size_t place_of(const std::string& name, const LoadPlan::Named& wanted, const Names& names) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end() || name.empty()) return names.size();
    if (std::find(found + 1, names.end(), name) != names.end()) throw_ambiguous(wanted, name);
    return static_cast<std::size_t>(found - names.begin());
}

std::vector<std::uint32_t> places_of(const std::vector<LoadPlan::Named>& wanted,
                                     const Names& names) {
    std::vector<std::uint32_t> places;
    std::vector<const LoadPlan::Named*> taken(names.size());
    for (const LoadPlan::Named& each : wanted) {
        std::size_t place = place_of(each.label, each, names);
        if (place == names.size()) place = place_of(each.name, each, names);
        if (place == names.size()) throw_missing(each, names);
        if (taken[place] && taken[place]->of != each.of)
            throw ArgumentError("from_statement(): the text's column '" + names[place] +
                                "' could be " + taken[place]->of + " and " + each.of +
                                ": call them '" + taken[place]->label + "' and '" + each.label +
                                "', or say by columns(…) which columns there are");
        taken[place] = &each;
        places.push_back(static_cast<std::uint32_t>(place));
    }
    return places;
}

}  // namespace

PlannedRows::PlannedRows(engine::ResultCore& result, const LoadPlan& plan)
    : result_(result),
      plan_(plan),
      places_(plan.named.empty() ? plan.places : places_of(plan.named, result.keys()->names)),
      cells_(places_.size()),
      converted_(plan.named.size()) {}

PlannedRows::~PlannedRows() = default;

void PlannedRows::arrange() {
    const ValueView* const row = result_.cells();
    if (plan_.named.empty()) {
        for (std::size_t i = 0; i < places_.size(); ++i) cells_[i] = row[places_[i]];
        return;
    }
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Kind wanted = plan_.named[i].kind;
        cells_[i] = wanted == Kind::null ? row[places_[i]]
                                         : result_.cell_as(places_[i], wanted, converted_[i]);
    }
}

}  // namespace azoth::inline v0::orm
