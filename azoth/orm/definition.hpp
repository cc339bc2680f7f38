// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_ops.hpp>
#include <azoth/orm/mapping_options.hpp>
#include <azoth/schema/constraint.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What mappings say, as data: gathered by the typed Mapping<T>, read when a model is configured.
namespace azoth::inline v0::orm {

/// A member as Mapping<T> names it: within T, which may have inherited it.
struct MappedMember {
    std::ptrdiff_t offset = 0;
    azoth::detail::PrettyText pretty{};  ///< of a function whose template parameter Member it is
    ClassId (*declared_in)() noexcept = nullptr;  ///< the base class that has it; null: T itself

    [[nodiscard]] std::string_view name() const noexcept {
        return azoth::detail::identifier_in(pretty, "Member");
    }
};

/// A column as mapped. A plain value.
struct AZOTH_EXPORT ColumnDefinition {
    MappedMember member{};
    const AttributeOps* ops = nullptr;
    std::string name{};  ///< empty: the member's
    schema::ColumnOptions options{};
    std::vector<MemberForeignKey> foreign_keys{};
    std::optional<ZeroMeans> zero{};
    bool version = false;
    std::string deferred_group{};

    // One for each kind of option.
    void add(std::string_view column_name);
    void add(const ForeignKeyWord& option);
    void add(const MemberForeignKey& option);
    void add(ZeroOption option);
    void add(VersionOption) { version = true; }
    void add(const DeferredGroupOption& option);
    template <schema::ColumnOption O>
    void add(const O& option) {
        options.add(option);
    }
};

/// What a relationship's member leads to.
struct LinkShape {
    bool is_many = false;
    bool is_write_only = false;
    const Type* key = nullptr;  ///< of a ManyMap
    ClassId target{};
    std::string_view target_name{};
};

/// A relationship as mapped. A plain value.
struct AZOTH_EXPORT RelationshipDefinition {
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

    // One for each kind of option.
    void add(KeyedByWord option) { keyed_by = option.member(); }
    void add(BackPopulatesWord option) { back_populates = option.member(); }
    void add(CascadeWord option) { set_cascade(option.words); }
    void add(const CascadeOption& option) { set_cascade(option.words); }
    void add(const OrderByOption& option);
    void add(PassiveDeletesOption option) { passive_deletes = option.mode; }
    void add(const SecondaryOption& option);
    void add(ForeignKeysWord option);
    void add(RemoteSideWord option);
    void add(const JoinConditionOption& option);
    void add(OverlapsWord option);
    void add(LoadingOption option) { loading = option.when; }
    void add(InnerjoinOption) { innerjoin = true; }
    void add(JoinDepthOption option) { join_depth = option.depth; }
    void add(PostUpdateOption) { post_update = true; }
    void add(ViewonlyOption) { viewonly = true; }
    void add(SingleParentOption) { single_parent = true; }

  private:
    void set_cascade(std::string_view words);
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

/// An option as the typed layer hands it over: borrowed, without its type, so that fifty columns
/// leave little code in the user's file.
struct ColumnOptionRef {
    void (*apply)(ColumnDefinition& column, const void* option);
    const void* option;
};
struct RelationshipOptionRef {
    void (*apply)(RelationshipDefinition& relationship, const void* option);
    const void* option;
};

/// A class as mapped. One thread at a time.
class AZOTH_EXPORT Definition {
  public:
    Definition(ClassId id, std::string_view class_name) : id_(id), class_name_(class_name) {}

    // What Mapping<T> calls. None of these throws for a mapping that makes no sense: what is wrong
    // is kept and told with all else.
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
