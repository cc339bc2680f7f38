// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/compiled.hpp>
#include <azoth/sql/identifier.hpp>
#include <azoth/sql/literal_binds.hpp>
#include <azoth/sql/schema_places.hpp>

#include <algorithm>
#include <atomic>

namespace azoth::inline v0::sql {
namespace {

std::uint64_t next_serial() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

/// The values of one segment by ordinal: a list takes its count and its elements.
class SegmentReader {
  public:
    SegmentReader(const Values& values, const std::vector<std::uint32_t>& lists)
        : values_(values), lists_(lists) {}

    /// \returns the position of the first value and how many there are.
    [[nodiscard]] std::pair<std::size_t, std::size_t> find(std::uint32_t ordinal) const {
        std::size_t position = ordinal;
        for (const std::uint32_t list : lists_) {
            if (list >= ordinal) break;
            position += values_[position_of(list)].view().natural;
        }
        const bool is_list = std::find(lists_.begin(), lists_.end(), ordinal) != lists_.end();
        if (!is_list) return {position, 1};
        return {position + 1, values_[position].view().natural};
    }

  private:
    [[nodiscard]] std::size_t position_of(std::uint32_t list_ordinal) const {
        std::size_t position = list_ordinal;
        for (const std::uint32_t list : lists_) {
            if (list >= list_ordinal) break;
            position += values_[position_of(list)].view().natural;
        }
        return position;
    }

    const Values& values_;
    const std::vector<std::uint32_t>& lists_;
};

void append_placeholder(std::string& out, const std::string& style, std::size_t number) {
    out += style;
    if (style != "?") out += std::to_string(number);
}

}  // namespace

void SqlText::append(const SqlText& other) {
    const std::size_t shift = text.size();
    text += other.text;
    for (Place place : other.places) {
        place.offset += shift;
        places.push_back(std::move(place));
    }
}

void SqlText::move_end(const Mark& begin, const Mark& target) {
    const auto at = [](auto& sequence, std::size_t position) {
        return sequence.begin() + static_cast<std::ptrdiff_t>(position);
    };
    const std::size_t moved = text.size() - begin.size;
    for (std::size_t i = target.places; i < places.size(); ++i)
        places[i].offset = i < begin.places ? places[i].offset + moved
                                            : places[i].offset - begin.size + target.size;
    std::rotate(at(places, target.places), at(places, begin.places), places.end());
    std::rotate(at(text, target.size), at(text, begin.size), text.end());
}

Compiled::Compiled() : serial(next_serial()) {}

void Compiled::finish(std::string_view placeholder_style) {
    numbering = placeholder_style;
    schema_places = has_schema_places(text.text);
    std::uint32_t next = 0;
    for (const auto& place : text.places) {
        schema_places =
            schema_places || has_schema_places(place.suffix) || has_schema_places(place.empty);
        parameter_types.push_back(place.bind->type);
        expanding = expanding || place.bind->extra.expanding || place.bind->extra.literal_execute;
        direct =
            direct && place.bind->name.empty() && place.segment == 0 && place.ordinal == next++;
    }
    direct = direct && !varies();
    for (const auto& column : columns) wanted.push_back(column.wanted);
    if (expanding) return;

    std::size_t copied = 0;
    std::size_t number = 0;
    for (const auto& place : text.places) {
        sql.append(text.text, copied, place.offset - copied);
        append_placeholder(sql, numbering, ++number);
        sql += place.suffix;
        copied = place.offset;
    }
    sql.append(text.text, copied);
}

namespace {

/// What the program gave for a named parameter; null where it has a value of its own.
const NamedValue* named_value(const NamedValues& named, const BindNode& bind) {
    const auto found = named.find(bind.name);
    if (found == named.end()) {
        if (bind.extra.has_value) return nullptr;
        std::string given;
        for (const auto& [key, value] : named) given += (given.empty() ? ":" : ", :") + key;
        throw ArgumentError("no value is given for parameter :" + bind.name +
                            (given.empty() ? "" : "; given are " + given));
    }
    if (found->second.is_list != bind.extra.expanding)
        throw ArgumentError("parameter :" + bind.name +
                            (bind.extra.expanding ? " takes a list of values, not one"
                                                  : " takes one value, not a list of them"));
    for (const Value& value : found->second.list)
        if (value.is_null())
            throw ArgumentError("parameter :" + bind.name +
                                ": in() with a NULL among its values never finds NULLs");
    return &found->second;
}

void check_all_used(const Compiled& compiled, const NamedValues& named) {
    for (const auto& [key, value] : named) {
        const bool used = std::any_of(compiled.text.places.begin(), compiled.text.places.end(),
                                      [&](const auto& place) { return place.bind->name == key; });
        if (!used) throw ArgumentError("the statement has no parameter :" + key);
    }
}

/// The value list of a placeholder.
const Values& values_of(const Compiled& compiled, const Segments& segments, std::uint32_t segment) {
    const std::size_t own = segments.values.size();
    return segment < own ? *segments.values[segment] : compiled.constants[segment - own]->values;
}

/// Where the SQL text depends on the arguments, it is written beside them.
class Expansion {
  public:
    /// \param literal null: values become parameters
    Expansion(const Compiled& compiled, Arguments& arguments, const LiteralWriter* literal)
        : compiled_(compiled), arguments_(arguments), literal_(literal) {}

    void begin_place(const SqlText::Place& place) {
        arguments_.sql.append(compiled_.text.text, copied_, place.offset - copied_);
        copied_ = place.offset;
    }
    void value(const SqlText::Place& place, std::string_view suffix, const ValueView& value,
               const Type& type) {
        if (literal_) {
            return append_literal(arguments_.sql, (*literal_)(value, type));
        }
        if (place.bind->extra.literal_execute) {
            const Schemas schemas = compiled_.schema_places ? Schemas::open : Schemas::named;
            return append_literal(arguments_.sql, compiled_.literal(value, type, schemas));
        }
        arguments_.values.push_back(value);
        arguments_.types.push_back(type);
        append_placeholder(arguments_.sql, compiled_.numbering, arguments_.values.size());
        arguments_.sql += suffix;
    }
    void raw(std::string_view sql) { arguments_.sql += sql; }
    void end() { arguments_.sql.append(compiled_.text.text, copied_); }

  private:
    const Compiled& compiled_;
    Arguments& arguments_;
    const LiteralWriter* const literal_;
    std::size_t copied_ = 0;
};

/// `(?, ?), (?, ?)`
void expand_tuples(const SqlText::Place& place, std::span<const Value> values,
                   Expansion& expansion) {
    const auto& members = place.bind->members;
    if (!values.empty()) expansion.raw(place.before_tuples);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t member = i % members.size();
        expansion.raw(member != 0 ? ", " : i == 0 ? "(" : "), (");
        expansion.value(place, place.suffixes[member], values[i].view(), members[member]);
    }
    if (!values.empty()) expansion.raw(")");
}

void expand_values(const SqlText::Place& place, std::span<const Value> values, const Type& type,
                   Expansion& expansion) {
    if (place.bind->extra.expanding && values.empty()) expansion.raw(place.empty);
    if (!place.bind->members.empty()) return expand_tuples(place, values, expansion);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) expansion.raw(", ");
        expansion.value(place, place.suffix, values[i].view(), type);
    }
}

void expand(const Compiled& compiled, const Segments& segments, const NamedValues& named,
            Arguments& arguments, const LiteralWriter* literal = nullptr) {
    Expansion expansion(compiled, arguments, literal);
    for (const auto& place : compiled.text.places) {
        expansion.begin_place(place);
        const NamedValue* given =
            place.bind->name.empty() ? nullptr : named_value(named, *place.bind);
        if (given) {
            expand_values(place,
                          given->is_list ? std::span(given->list) : std::span(&given->value, 1),
                          given->type, expansion);
            continue;
        }
        const Values& values = values_of(compiled, segments, place.segment);
        const SegmentReader reader(values, compiled.list_ordinals[place.segment]);
        const auto [first, count] = reader.find(place.ordinal);
        expand_values(place, values.span().subspan(first, count), place.bind->type, expansion);
    }
    expansion.end();
}

}  // namespace

std::string with_literals(const Compiled& compiled, const Segments& segments,
                          const NamedValues& named, const LiteralWriter& literal) {
    if (!named.empty()) check_all_used(compiled, named);
    Arguments arguments;
    expand(compiled, segments, named, arguments, &literal);
    return std::move(arguments.sql);
}

Arguments arrange(const Compiled& compiled, const Segments& segments, const NamedValues& named) {
    Arguments arguments;
    if (!named.empty()) check_all_used(compiled, named);
    if (compiled.expanding) {
        expand(compiled, segments, named, arguments);
        return arguments;
    }
    arguments.values.reserve(compiled.text.places.size());
    for (const auto& place : compiled.text.places) {
        const NamedValue* given =
            place.bind->name.empty() ? nullptr : named_value(named, *place.bind);
        if (given) {
            arguments.values.push_back(given->value.view());
        } else {
            const Values& values = values_of(compiled, segments, place.segment);
            arguments.values.push_back(values[place.ordinal].view());
        }
    }
    return arguments;
}

}  // namespace azoth::inline v0::sql
