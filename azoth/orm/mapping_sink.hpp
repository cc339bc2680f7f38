// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_ops.hpp>
#include <azoth/orm/mapping_options.hpp>
#include <azoth/schema/constraint.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

/// What the typed Mapping<T> hands over to the compiled core, which keeps it as a Definition. That
/// stays out of users' files: its many members cost each of them a tenth of a second.
namespace azoth::inline v0::orm {

class Definition;
struct ColumnDefinition;
struct RelationshipDefinition;

/// A member as Mapping<T> names it: within T, which may have inherited it.
struct MappedMember {
    std::ptrdiff_t offset = 0;
    azoth::detail::PrettyText pretty{};  ///< of a function whose template parameter Member it is
    ClassId (*declared_in)() noexcept = nullptr;  ///< the base class that has it; null: T itself

    [[nodiscard]] std::string_view name() const noexcept {
        return azoth::detail::identifier_in(pretty, "Member");
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

// Adding an option to a column, one for each kind.
AZOTH_EXPORT void add_option(ColumnDefinition& column, std::string_view column_name);
AZOTH_EXPORT void add_option(ColumnDefinition& column, const ForeignKeyWord& option);
AZOTH_EXPORT void add_option(ColumnDefinition& column, const MemberForeignKey& option);
AZOTH_EXPORT void add_option(ColumnDefinition& column, ZeroOption option);
AZOTH_EXPORT void add_option(ColumnDefinition& column, VersionOption option);
AZOTH_EXPORT void add_option(ColumnDefinition& column, const DeferredGroupOption& option);
[[nodiscard]] AZOTH_EXPORT schema::ColumnOptions& schema_options(ColumnDefinition& column) noexcept;
template <schema::ColumnOption O>
void add_option(ColumnDefinition& column, const O& option) {
    schema::add_option(schema_options(column), option);
}

// Adding an option to a relationship, one for each kind.
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, KeyedByWord option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, BackPopulatesWord option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, CascadeWord option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, const CascadeOption& option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, const OrderByOption& option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, PassiveDeletesOption option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, const SecondaryOption& option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, ForeignKeysWord option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, RemoteSideWord option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship,
                             const JoinConditionOption& option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, OverlapsWord option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, LoadingOption option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, InnerjoinOption option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, JoinDepthOption option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, PostUpdateOption option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, ViewonlyOption option);
AZOTH_EXPORT void add_option(RelationshipDefinition& relationship, SingleParentOption option);

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

// What Mapping<T> says. None of these throws for a mapping that makes no sense: what is wrong is
// kept and told with all else.
using MappedMembers = std::initializer_list<MappedMember>;
AZOTH_EXPORT void define_column(Definition& definition, const MappedMember& member,
                                const AttributeOps& ops,
                                std::initializer_list<ColumnOptionRef> options);
AZOTH_EXPORT void define_relationship(Definition& definition, const MappedMember& member,
                                      const LinkShape& shape,
                                      std::initializer_list<RelationshipOptionRef> options);
AZOTH_EXPORT void define_query_expression(Definition& definition, const MappedMember& member,
                                          const AttributeOps& ops,
                                          const sql::Expression& otherwise);
AZOTH_EXPORT void define_unique(Definition& definition, MappedMembers members,
                                const ConstraintOptions& options);
AZOTH_EXPORT void define_index(Definition& definition, MappedMembers members,
                               const IndexOptions& options);
AZOTH_EXPORT void define_foreign_key(Definition& definition, MappedMembers members,
                                     const ReferencesWord& references,
                                     const ForeignKeyOptions& options);
AZOTH_EXPORT void define_construct(Definition& definition, void (*make)(void* memory));

}  // namespace azoth::inline v0::orm
