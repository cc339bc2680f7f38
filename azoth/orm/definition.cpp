// SPDX-License-Identifier: MIT
#include <azoth/orm/definition.hpp>
#include <azoth/orm/errors.hpp>
#include <azoth/orm/mapping.hpp>

#include <algorithm>

namespace azoth::inline v0::orm {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

void add_cascade(Cascade& cascade, std::string_view word) {
    if (word == "all") {
        cascade.save_update = cascade.merge = cascade.refresh_expire = cascade.expunge =
            cascade.delete_ = true;
    } else if (word == "save-update") {
        cascade.save_update = true;
    } else if (word == "merge") {
        cascade.merge = true;
    } else if (word == "refresh-expire") {
        cascade.refresh_expire = true;
    } else if (word == "expunge") {
        cascade.expunge = true;
    } else if (word == "delete") {
        cascade.delete_ = true;
    } else if (word == "delete-orphan") {
        cascade.delete_orphan = true;
    } else if (word != "none") {
        throw ArgumentError("cascade \"" + std::string(word) +
                            "\" is none of save-update, merge, refresh-expire, expunge, delete, "
                            "delete-orphan, all, none");
    }
}

Cascade parse_cascade(std::string_view words) {
    Cascade cascade{.save_update = false, .merge = false};
    while (!trimmed(words).empty()) {
        const std::size_t comma = std::min(words.find(','), words.size());
        add_cascade(cascade, trimmed(words.substr(0, comma)));
        words.remove_prefix(std::min(comma + 1, words.size()));
    }
    return cascade;
}

}  // namespace

void ColumnDefinition::add(std::string_view column_name) {
    if (!name.empty()) throw ArgumentError("its column is named twice: say one name");
    if (column_name.empty()) throw ArgumentError("its column's name is empty");
    name = column_name;
}

void ColumnDefinition::add(const ForeignKeyWord& option) {
    foreign_keys.push_back({option.target(), {}});
}

void ColumnDefinition::add(const MemberForeignKey& option) {
    foreign_keys.push_back(option);
}

void ColumnDefinition::add(const DeferredGroupOption& option) {
    deferred_group = option.name;
}

void ColumnDefinition::add(ZeroOption option) {
    if (zero && *zero != option.means)
        throw ArgumentError("default_when_zero and always_sent exclude each other");
    zero = option.means;
}

void RelationshipDefinition::add(const OrderByOption& option) {
    order_by = option;
}

void RelationshipDefinition::add(const SecondaryOption& option) {
    secondary = option;
}

void RelationshipDefinition::add(const JoinConditionOption& option) {
    (option.secondary ? secondaryjoin : primaryjoin) = option.condition;
}

void RelationshipDefinition::add(OverlapsWord option) {
    overlaps = option.members();
}

void RelationshipDefinition::add(ForeignKeysWord option) {
    foreign_keys = option.members();
}

void RelationshipDefinition::add(RemoteSideWord option) {
    remote_side = option.members();
}

void RelationshipDefinition::set_cascade(std::string_view words) {
    if (cascade) throw ArgumentError("its cascade is said twice: say all words in one");
    cascade = parse_cascade(words);
}

std::string Definition::describe(std::string_view member) const {
    return class_name_ + "::" + std::string(member);
}

void Definition::table(std::string_view name, const TableOptions& options) {
    if (table_name_) problems_.push_back(class_name_ + ": it is mapped to two tables: name one");
    table_name_ = name;
    table_options_ = options;
}

void MappingOfTable::table(std::string_view name) {
    definition_->table(name, TableOptions{});
}

void MappingOfTable::check(const Expr<bool>& condition, std::string name) {
    definition_->check(condition.core(), std::move(name));
}

void MappingOfTable::index(std::initializer_list<Ordering> elements, IndexOptions options) {
    definition_->index({{}, elements, std::move(options)});
}

void MappingOfTable::table(std::string_view name, const TableOptions& options) {
    definition_->table(name, options);
}

void Definition::check_unmapped(const MappedMember& member) {
    const auto same = [&](const auto& other) { return other.member.offset == member.offset; };
    if (std::any_of(columns_.begin(), columns_.end(), same) ||
        std::any_of(relationships_.begin(), relationships_.end(), same) ||
        std::any_of(query_expressions_.begin(), query_expressions_.end(), same))
        problems_.push_back(describe(member.name()) + ": it is mapped twice: map each member once");
}

void Definition::column(const MappedMember& member, const AttributeOps& ops,
                        std::initializer_list<ColumnOptionRef> options) {
    check_unmapped(member);
    ColumnDefinition& column = columns_.emplace_back();
    column.member = member;
    column.ops = &ops;
    for (const ColumnOptionRef& option : options) try {
            option.apply(column, option.option);
        } catch (const Error& error) {
            problems_.push_back(describe(member.name()) + ": " + error.what());
        }
    if (column.name.empty()) column.name = member.name();
}

void Definition::relationship(const MappedMember& member, const LinkShape& shape,
                              std::initializer_list<RelationshipOptionRef> options) {
    check_unmapped(member);
    RelationshipDefinition& relationship = relationships_.emplace_back();
    relationship.member = member;
    relationship.shape = shape;
    for (const RelationshipOptionRef& option : options) try {
            option.apply(relationship, option.option);
        } catch (const Error& error) {
            problems_.push_back(describe(member.name()) + ": " + error.what());
        }
}

void Definition::query_expression(const MappedMember& member, const AttributeOps& ops,
                                  sql::Expression otherwise) {
    check_unmapped(member);
    query_expressions_.push_back({member, &ops, std::move(otherwise)});
}

void Definition::unique(std::vector<MappedMember> members, ConstraintOptions options) {
    uniques_.push_back({std::move(members), std::move(options)});
}

void Definition::check(const sql::Expression& condition, std::string name) {
    checks_.push_back({condition, std::move(name)});
}

void Definition::index(IndexDefinition index) {
    indexes_.push_back(std::move(index));
}

void Definition::foreign_key(std::vector<MappedMember> members, const ReferencesWord& references,
                             ForeignKeyOptions options) {
    foreign_keys_.push_back({std::move(members), references.targets(), std::move(options)});
}

}  // namespace azoth::inline v0::orm
