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

void set_cascade(RelationshipDefinition& relationship, std::string_view words) {
    if (relationship.cascade)
        throw ArgumentError("its cascade is said twice: say all words in one");
    relationship.cascade = parse_cascade(words);
}

}  // namespace

void add_option(ColumnDefinition& column, std::string_view column_name) {
    if (!column.name.empty()) throw ArgumentError("its column is named twice: say one name");
    if (column_name.empty()) throw ArgumentError("its column's name is empty");
    column.name = column_name;
}
void add_option(ColumnDefinition& column, const ForeignKeyWord& option) {
    column.foreign_keys.push_back({option.target(), {}});
}
void add_option(ColumnDefinition& column, const MemberForeignKey& option) {
    column.foreign_keys.push_back(option);
}
void add_option(ColumnDefinition& column, VersionOption) {
    column.version = true;
}
void add_option(ColumnDefinition& column, const DeferredGroupOption& option) {
    column.deferred_group = option.name;
}
void add_option(ColumnDefinition& column, ZeroOption option) {
    if (column.zero && *column.zero != option.means)
        throw ArgumentError("default_when_zero and always_sent exclude each other");
    column.zero = option.means;
}
schema::ColumnOptions& schema_options(ColumnDefinition& column) noexcept {
    return column.options;
}

void add_option(RelationshipDefinition& relationship, KeyedByWord option) {
    relationship.keyed_by = option.member();
}
void add_option(RelationshipDefinition& relationship, BackPopulatesWord option) {
    relationship.back_populates = option.member();
}
void add_option(RelationshipDefinition& relationship, CascadeWord option) {
    set_cascade(relationship, option.words);
}
void add_option(RelationshipDefinition& relationship, const CascadeOption& option) {
    set_cascade(relationship, option.words);
}
void add_option(RelationshipDefinition& relationship, const OrderByOption& option) {
    relationship.order_by = option;
}
void add_option(RelationshipDefinition& relationship, PassiveDeletesOption option) {
    relationship.passive_deletes = option.mode;
}
void add_option(RelationshipDefinition& relationship, const SecondaryOption& option) {
    relationship.secondary = option;
}
void add_option(RelationshipDefinition& relationship, ForeignKeysWord option) {
    relationship.foreign_keys = option.members();
}
void add_option(RelationshipDefinition& relationship, RemoteSideWord option) {
    relationship.remote_side = option.members();
}
void add_option(RelationshipDefinition& relationship, const JoinConditionOption& option) {
    (option.secondary ? relationship.secondaryjoin : relationship.primaryjoin) = option.condition;
}
void add_option(RelationshipDefinition& relationship, OverlapsWord option) {
    relationship.overlaps = option.members();
}
void add_option(RelationshipDefinition& relationship, LoadingOption option) {
    relationship.loading = option.when;
}
void add_option(RelationshipDefinition& relationship, InnerjoinOption) {
    relationship.innerjoin = true;
}
void add_option(RelationshipDefinition& relationship, JoinDepthOption option) {
    relationship.join_depth = option.depth;
}
void add_option(RelationshipDefinition& relationship, PostUpdateOption) {
    relationship.post_update = true;
}
void add_option(RelationshipDefinition& relationship, ViewonlyOption) {
    relationship.viewonly = true;
}
void add_option(RelationshipDefinition& relationship, SingleParentOption) {
    relationship.single_parent = true;
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

void define_column(Definition& definition, const MappedMember& member, const AttributeOps& ops,
                   std::initializer_list<ColumnOptionRef> options) {
    definition.column(member, ops, options);
}
void define_relationship(Definition& definition, const MappedMember& member, const LinkShape& shape,
                         std::initializer_list<RelationshipOptionRef> options) {
    definition.relationship(member, shape, options);
}
void define_query_expression(Definition& definition, const MappedMember& member,
                             const AttributeOps& ops, const sql::Expression& otherwise) {
    definition.query_expression(member, ops, otherwise);
}
void define_unique(Definition& definition, MappedMembers members,
                   const ConstraintOptions& options) {
    definition.unique(members, options);
}
void define_index(Definition& definition, MappedMembers members, const IndexOptions& options) {
    definition.index({members, {}, options});
}
void define_foreign_key(Definition& definition, MappedMembers members,
                        const ReferencesWord& references, const ForeignKeyOptions& options) {
    definition.foreign_key(members, references, options);
}
void define_construct(Definition& definition, void (*make)(void* memory)) {
    definition.construct(make);
}

}  // namespace azoth::inline v0::orm
