// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/class_entry.hpp>
#include <azoth/orm/definition.hpp>
#include <azoth/orm/model_state.hpp>
#include <azoth/schema/table_object.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace azoth::inline v0::orm {

/// Makes tables and mappers of what mappings say, once for each model. One thread.
///
/// Mistakes are gathered, all of them, so that nobody has to correct a mapping one message at a
/// time. What depends on something that failed is passed over in silence.
class Configuration {
  public:
    Configuration(ModelState& model, std::span<const ClassEntry> classes);
    /// Throws MappingError that lists all mistakes.
    void run();

  private:
    /// A class on its way from mapping to mapper.
    struct Entry {
        Entry(const ClassEntry& class_entry, std::size_t position)
            : given(&class_entry), definition(class_entry.id, class_entry.name), index(position) {}
        const ClassEntry* given;
        Definition definition;
        std::size_t index;
        std::unique_ptr<Table> table{};  // null where it could not be made
        Mapper* mapper = nullptr;
        /// The definition of each attribute of the mapper.
        std::vector<const ColumnDefinition*> of_attribute{};
        std::vector<std::ptrdiff_t> failed{};  // members whose column could not be made
    };
    /// A relationship on its way.
    struct Arc {
        Entry* entry;
        const RelationshipDefinition* definition;
        Relationship* relationship;
        Arc* reverse = nullptr;
        bool tried = false;
        bool joined = false;  // it is known along which columns
    };
    /// A foreign key along which a relationship may lead.
    struct Join {
        Direction direction;
        std::vector<Relationship::Pair> pairs{};
    };

    // configuration.cpp
    void gather(std::span<const ClassEntry> classes);
    void sort();
    void finish();
    [[noreturn]] void fail() const;
    void problem(std::string_view where, std::string_view what);
    /// Runs one step; an Error that it throws is one problem more. \returns whether it succeeded
    bool attempt(const std::string& where, const std::function<void()>& step);
    [[nodiscard]] Entry* find(ClassId id) noexcept;
    [[nodiscard]] const Entry& entry_of(const Mapper& mapper) const noexcept;
    /// The attribute that `member` names for `where`, or null after telling what is wrong.
    [[nodiscard]] const Attribute* attribute(const MemberId& member, const std::string& where,
                                             std::string_view what);
    /// The same for several; those that are wrong are left out.
    [[nodiscard]] std::vector<const Attribute*> attributes_of(const std::vector<MemberId>& members,
                                                              const std::string& where,
                                                              std::string_view what);

    // configuration_tables.cpp
    void define_tables();
    void define_table(Entry& entry);
    void define_column(Entry& entry, const ColumnDefinition& column);
    void define_key(Entry& entry);
    void define_foreign_keys();
    void define_foreign_keys(Entry& entry, const Attribute& attribute,
                             const ColumnDefinition& column);

    // configuration_constraints.cpp
    void define_constraints();
    [[nodiscard]] std::optional<std::vector<const sql::ColumnNode*>> columns_of(
        const Entry& entry, const std::vector<MappedMember>& members, std::string_view what);
    [[nodiscard]] sql::Expression lowered(const sql::Expression& expression) const;
    void define_check(Entry& entry, const CheckDefinition& given);
    void define_unique(Entry& entry, const UniqueDefinition& given);
    void define_index(Entry& entry, const IndexDefinition& given);
    void define_foreign_key(Entry& entry, const ForeignKeyDefinition& given);

    // configuration_attributes.cpp
    void settle_attributes();
    void mark_filled_by_relationships();
    void settle_version(Entry& entry);
    void settle_query_expressions(Entry& entry, const void* fresh);
    void check_defaults_of_query_expressions();
    static void note_deferred(Mapper& mapper);
    void settle_zero(Entry& entry, Attribute& attribute, const ColumnDefinition& column,
                     const void* fresh);

    // configuration_relationships.cpp
    void define_relationships();
    void define_relationship(Entry& entry, const RelationshipDefinition& definition);
    void join(Arc& arc);
    void join_along_foreign_key(Arc& arc);
    // configuration_primaryjoin.cpp
    [[nodiscard]] bool join_along_conditions(Arc& arc);
    void read_conditions(Arc& arc);
    void read_primaryjoin(Arc& arc);
    void read_secondary_conditions(Arc& arc);
    void mirror_conditions(Arc& arc);
    [[nodiscard]] std::vector<Join> joins_of(const Arc& arc);
    void add_joins(std::vector<Join>& joins, const Mapper& from, const Mapper& to,
                   Direction direction) const;
    void narrow(std::vector<Join>& joins, const Arc& arc);
    void explain_joins(const Arc& arc, const std::vector<Join>& all, const std::vector<Join>& left);
    void settle_order(Arc& arc);
    void settle_shape(Arc& arc);

    // configuration_secondary.cpp
    void join_along_secondary(Arc& arc);
    [[nodiscard]] SecondaryOption begin_secondary(Arc& arc);
    static void settle_own_half(Relationship& relationship, const SecondaryOption& option);
    static void settle_target_half(Relationship& relationship, const SecondaryOption& option);
    [[nodiscard]] Ref<const schema::TableObject> secondary_table(const Relationship& relationship,
                                                                 const SecondaryOption& option);

    // configuration_reverse.cpp
    void check_overlaps();
    void pair_relationships();
    void pair(Arc& arc);
    void check_reverses();
    void check_unpaired();
    void check_cascades(const Arc& arc);

    ModelState& model_;
    std::vector<std::unique_ptr<Entry>> entries_;
    std::vector<std::unique_ptr<Arc>> arcs_;
    std::vector<std::string> problems_;
};

}  // namespace azoth::inline v0::orm
