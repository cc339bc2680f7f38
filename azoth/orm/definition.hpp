// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/mapping_sink.hpp>
#include <azoth/schema/collected_options.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What mappings say, as data: gathered by the typed Mapping<T>, read when a model is configured.
namespace azoth::inline v0::orm {

/// A column as mapped. A plain value.
struct ColumnDefinition {
    MappedMember member{};
    const AttributeOps* ops = nullptr;
    std::string name{};  ///< empty: the member's
    schema::ColumnOptions options{};
    std::vector<MemberForeignKey> foreign_keys{};
    std::optional<ZeroMeans> zero{};
    bool version = false;
    std::string deferred_group{};
};

/// A relationship as mapped. A plain value.
struct RelationshipDefinition {
    MappedMember member{};
    LinkShape shape{};
    std::optional<MemberId> keyed_by{};
    std::optional<MemberId> back_populates{};
    std::optional<Cascade> cascade{};
    OrderByOption order_by{};
    PassiveDeletes passive_deletes = PassiveDeletes::off;
    std::optional<SecondaryOption> secondary{};
    std::vector<MemberId> foreign_keys{};
    std::vector<MemberId> remote_side{};
    std::vector<MemberId> overlaps{};
    std::optional<sql::Expression> primaryjoin{};
    std::optional<sql::Expression> secondaryjoin{};
    Loading loading = Loading::select;
    bool innerjoin = false;
    int join_depth = 0;
    bool post_update = false;
    bool viewonly = false;
    bool single_parent = false;
};

/// A member that expressions of statements fill, as mapped. A plain value.
struct QueryExpressionDefinition {
    MappedMember member{};
    const AttributeOps* ops = nullptr;
    sql::Expression otherwise{};  ///< without a node: none
};

/// A constraint over several columns, or an index; plain values.
struct UniqueDefinition {
    std::vector<MappedMember> members{};
    ConstraintOptions options{};
};
struct CheckDefinition {
    sql::Expression condition{};
    std::string name{};
};
struct IndexDefinition {
    std::vector<MappedMember> members{};
    std::vector<Ordering> expressions{};  ///< after the members
    IndexOptions options{};
};
struct ForeignKeyDefinition {
    std::vector<MappedMember> members{};
    std::vector<MemberId> targets{};
    ForeignKeyOptions options{};
};

/// A class as mapped. One thread at a time.
class Definition {
  public:
    Definition(ClassId id, std::string_view class_name) : id_(id), class_name_(class_name) {}

    // As the functions of mapping_sink.hpp.
    void table(std::string_view name, const TableOptions& options);
    void column(const MappedMember& member, const AttributeOps& ops,
                std::initializer_list<ColumnOptionRef> options);
    void relationship(const MappedMember& member, const LinkShape& shape,
                      std::initializer_list<RelationshipOptionRef> options);
    void query_expression(const MappedMember& member, const AttributeOps& ops,
                          sql::Expression otherwise);
    void unique(std::vector<MappedMember> members, ConstraintOptions options);
    void check(const sql::Expression& condition, std::string name);
    void index(IndexDefinition index);
    void foreign_key(std::vector<MappedMember> members, const ReferencesWord& references,
                     ForeignKeyOptions options);
    void construct(void (*make)(void* memory)) { construct_ = make; }

    [[nodiscard]] ClassId id() const noexcept { return id_; }
    [[nodiscard]] std::string_view class_name() const noexcept { return class_name_; }
    [[nodiscard]] const std::optional<std::string>& table_name() const noexcept {
        return table_name_;
    }
    [[nodiscard]] const TableOptions& table_options() const noexcept { return table_options_; }
    [[nodiscard]] const std::vector<ColumnDefinition>& columns() const noexcept { return columns_; }
    [[nodiscard]] const std::vector<RelationshipDefinition>& relationships() const noexcept {
        return relationships_;
    }
    [[nodiscard]] const std::vector<QueryExpressionDefinition>& query_expressions() const noexcept {
        return query_expressions_;
    }
    [[nodiscard]] const std::vector<UniqueDefinition>& uniques() const noexcept { return uniques_; }
    [[nodiscard]] const std::vector<CheckDefinition>& checks() const noexcept { return checks_; }
    [[nodiscard]] const std::vector<IndexDefinition>& indexes() const noexcept { return indexes_; }
    [[nodiscard]] const std::vector<ForeignKeyDefinition>& foreign_keys() const noexcept {
        return foreign_keys_;
    }
    /// Mapping::construct(), or null.
    [[nodiscard]] auto construct() const noexcept { return construct_; }
    /// What was wrong, one sentence each.
    [[nodiscard]] const std::vector<std::string>& problems() const noexcept { return problems_; }
    /// "User::name".
    [[nodiscard]] std::string describe(std::string_view member) const;

  private:
    void check_unmapped(const MappedMember& member);

    ClassId id_;
    std::string class_name_;
    std::optional<std::string> table_name_;
    TableOptions table_options_;
    std::vector<ColumnDefinition> columns_;
    std::vector<RelationshipDefinition> relationships_;
    std::vector<QueryExpressionDefinition> query_expressions_;
    std::vector<UniqueDefinition> uniques_;
    std::vector<CheckDefinition> checks_;
    std::vector<IndexDefinition> indexes_;
    std::vector<ForeignKeyDefinition> foreign_keys_;
    void (*construct_)(void* memory) = nullptr;
    std::vector<std::string> problems_;
};

}  // namespace azoth::inline v0::orm
