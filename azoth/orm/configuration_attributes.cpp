// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/orm/configuration.hpp>
#include <azoth/orm/own_values.hpp>
#include <azoth/sql/traverse.hpp>

#include <memory>
#include <new>

/// What a mapper knows of its columns beyond name and type: who fills them, and what a zero in a
/// new object means (design rule R16).
namespace azoth::inline v0::orm {
namespace {

/// An object as the class makes it by itself, to be looked at.
class FreshObject {
  public:
    explicit FreshObject(const ClassOps& ops) : ops_(ops) {
        if (!ops.construct) return;
        memory_ = ::operator new(ops.size, std::align_val_t(ops.align));
        try {
            ops.construct(memory_);
        } catch (...) {
            ::operator delete(memory_, std::align_val_t(ops.align));
            throw;
        }
    }
    FreshObject(const FreshObject&) = delete;
    FreshObject& operator=(const FreshObject&) = delete;
    ~FreshObject() {
        if (!memory_) return;
        ops_.destroy(memory_);
        ::operator delete(memory_, std::align_val_t(ops_.align));
    }
    /// Null where the class has no default constructor.
    [[nodiscard]] const void* get() const noexcept { return memory_; }

  private:
    const ClassOps& ops_;
    void* memory_ = nullptr;
};

}  // namespace

void Configuration::settle_attributes() {
    mark_filled_by_relationships();
    for (const auto& entry : entries_) {
        if (!entry->table) continue;
        const FreshObject fresh(entry->given->ops);
        const schema::TableObject& table = entry->mapper->table();
        for (std::size_t i = 0; i < entry->of_attribute.size(); ++i) {
            Attribute& attribute = entry->mapper->attributes_[i];
            attribute.generated = table.autoincrement_column() == attribute.column.get();
            attribute.deferred_group = entry->of_attribute[i]->deferred_group;
            attribute.has_default = table.details(*attribute.column).server_default.has_value();
            settle_zero(*entry, attribute, *entry->of_attribute[i], fresh.get());
        }
        settle_version(*entry);
        settle_query_expressions(*entry, fresh.get());
        note_deferred(*entry->mapper);
    }
}

/// The foreign keys that relationships write, whichever side they are seen from.
void Configuration::mark_filled_by_relationships() {
    const auto mark = [&](const Attribute& filled) {
        for (const auto& entry : entries_)
            for (Attribute& attribute : entry->mapper->attributes_)
                if (&attribute == &filled) attribute.foreign = true;
    };
    for (const auto& arc : arcs_) {
        if (!arc->joined || arc->relationship->viewonly) continue;
        for (const Relationship::Pair& pair : arc->relationship->pairs)
            mark(arc->relationship->direction == Direction::many_to_one ? *pair.local
                                                                        : *pair.remote);
    }
}

void Configuration::note_deferred(Mapper& mapper) {
    for (const Attribute& attribute : mapper.attributes_)
        if (attribute.ops->is_deferred) mapper.deferred_.push_back(&attribute);
}

/// \param fresh as in settle_zero()
void Configuration::settle_query_expressions(Entry& entry, const void* fresh) {
    Mapper& mapper = *entry.mapper;
    for (const QueryExpressionDefinition& given : entry.definition.query_expressions()) {
        QueryExpression& made = mapper.query_expressions_.emplace_back();
        made.attribute.name = given.member.name();
        made.attribute.offset = given.member.offset;
        made.attribute.ops = given.ops;
        made.attribute.index = static_cast<std::uint16_t>(mapper.query_expressions_.size() - 1);
        made.otherwise = given.otherwise;
        if (fresh && !given.ops->is_zero(made.attribute.in(fresh)))
            problem(entry.definition.describe(made.attribute.name),
                    "where no expression fills it it is zero, but in a new object it is not: take "
                    "the initialiser out of the class, or give query_expression<…>() an "
                    "expression");
    }
}

namespace {

/// Throws ArgumentError where an expression, subqueries in it apart, has columns of another table.
void require_columns_of(const schema::TableObject& table, const sql::Node& node) {
    if (node.kind == sql::NodeKind::subquery_element) return;
    const sql::FromNode* const from = sql::owner_of(node);
    if (from && from != &table)
        throw ArgumentError("its expression mentions " + from->describe() +
                            ", which is not the table of its class: ask there by a subquery, as in "
                            "select(…).where(…).scalar_subquery()");
    sql::for_each_child(node, [&](const sql::Node& child) { require_columns_of(table, child); });
}

}  // namespace

void Configuration::check_defaults_of_query_expressions() {
    for (const auto& entry : entries_)
        for (const QueryExpression& member : entry->mapper->query_expressions())
            if (member.otherwise.node)
                attempt(entry->definition.describe(member.attribute.name), [&] {
                    if (const sql::FromNode* from = from_with_values(*member.otherwise.node))
                        throw ArgumentError("its expression asks " + from->describe() +
                                            ", which has values of its own: ask without "
                                            "subquery() and cte()");
                    require_columns_of(entry->mapper->table(), *lowered(member.otherwise).node);
                });
}

void Configuration::settle_version(Entry& entry) {
    Mapper& mapper = *entry.mapper;
    for (std::size_t i = 0; i < entry.of_attribute.size(); ++i) {
        if (!entry.of_attribute[i]->version) continue;
        Attribute& attribute = mapper.attributes_[i];
        if (mapper.version_)
            problem(entry.definition.describe(attribute.name),
                    "version_id is said of '" + mapper.version_->name + "' already: say it of one");
        else if (attribute.key_position >= 0)
            problem(entry.definition.describe(attribute.name),
                    "a column of the key can't count updates: say version_id of another one");
        attribute.is_version = true;
        mapper.version_ = &attribute;
    }
}

void Configuration::settle_zero(Entry& entry, Attribute& attribute, const ColumnDefinition& column,
                                const void* fresh) {
    const std::string where = entry.definition.describe(attribute.name);
    // Without a default constructor nothing is unset but what never is a value.
    const bool needs_no_sample = attribute.ops->accepts_null || attribute.ops->is_maybe ||
                                 attribute.generated || attribute.foreign;
    attribute.starts_zero = fresh ? attribute.ops->is_zero(attribute.in(fresh)) : needs_no_sample;
    const bool is_key = attribute.key_position >= 0;
    const bool ambiguous =
        attribute.has_default && attribute.ops->is_plain_value && !is_key && attribute.starts_zero;
    if (column.zero == ZeroMeans::nothing && !attribute.has_default)
        problem(where,
                "default_when_zero is said, but its column has no default: give it a "
                "server_default(…)");
    else if (column.zero == ZeroMeans::nothing && !attribute.starts_zero)
        problem(where,
                "default_when_zero is said, but a new object's member is not zero and so "
                "always sent: take the initialiser out of the class, or say always_sent");
    else if (ambiguous && !column.zero)
        problem(where,
                "its column has a default, and a zero in a new object could mean itself or "
                "that default: say default_when_zero or always_sent, or let the member be "
                "a Maybe<T> or std::optional<T>");
    const bool filled = attribute.generated || attribute.foreign || attribute.has_default;
    attribute.zero = column.zero.value_or(filled ? ZeroMeans::nothing : ZeroMeans::value);
}

}  // namespace azoth::inline v0::orm
