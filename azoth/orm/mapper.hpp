// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm/attribute_ops.hpp>
#include <azoth/orm/mapping_terms.hpp>
#include <azoth/orm/member.hpp>
#include <azoth/orm/region.hpp>
#include <azoth/schema/table.hpp>
#include <azoth/sql/from.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the library knows at run time of mapped classes. Made when a Model is configured, immutable
/// from then on, hence safe from any thread.
namespace azoth::inline v0::orm {

class Link;
class Mapper;
class ModelState;
struct MapperStatements;

/// A column and the member it is mapped to.
struct Attribute {
    std::string name;  ///< the member's
    std::ptrdiff_t offset = 0;
    const AttributeOps* ops = nullptr;
    std::uint16_t index = 0;            ///< among the attributes of its mapper, and in base images
    Ref<const sql::ColumnNode> column;  ///< null: of a query expression
    int key_position = -1;              ///< in the identity; -1: no key column
    bool generated = false;             ///< the database makes the key
    bool has_default = false;      ///< the database fills the column where an INSERT leaves it out
    bool foreign = false;          ///< a relationship fills it
    bool is_version = false;       ///< counts the updates of a row
    std::string deferred_group{};  ///< of a Deferred member; may be empty
    ZeroMeans zero = ZeroMeans::value;
    /// The member of a default-constructed object is zero: only then can a zero mean "unset".
    bool starts_zero = true;

    [[nodiscard]] void* in(void* object) const noexcept {
        return static_cast<char*>(object) + offset;
    }
    [[nodiscard]] const void* in(const void* object) const noexcept {
        return static_cast<const char*>(object) + offset;
    }
    [[nodiscard]] ValueView view(const void* object) const { return ops->view(in(object)); }
    /// The member says nothing about the column.
    [[nodiscard]] bool is_unset(const void* object) const {
        if (ops->may_be_unset() && !ops->is_set(in(object))) return true;
        return zero == ZeroMeans::nothing && starts_zero && ops->is_zero(in(object));
    }
};

/// A member without a column, which an expression of each statement fills.
struct QueryExpression {
    Attribute attribute;        ///< has no column and no place in base images
    sql::Expression otherwise;  ///< where no option gives one, as mapped; without a node: none
};

/// A relationship as configured.
struct Relationship {
    /// A column and the one that holds the same value in the row at the other end.
    struct Pair {
        const Attribute* local;
        const Attribute* remote;
    };
    /// Many to many: a key column and the column of the table between that holds its value.
    struct SecondaryPair {
        const Attribute* key;
        Ref<const sql::ColumnNode> column;
    };
    /// What stands for its tables in its conditions.
    struct Ends {
        Ref<const sql::FromNode> owner;
        Ref<const sql::FromNode> between;  ///< many_to_many
        Ref<const sql::FromNode> target;
    };
    /// What the program says of rows that belong together, besides which columns are equal.
    struct Condition {
        sql::Expression expression{};  ///< of columns of the ends; without a node: nothing
        bool of_owner = false;         ///< mentions the owner
    };

    MemberId id;
    std::string name;
    std::ptrdiff_t offset = 0;
    std::uint16_t index = 0;         ///< among the relationships of its mapper
    bool is_many = false;            ///< Many<T>; else One<T>
    bool is_write_only = false;      ///< WriteOnly<T>: never loaded
    const Attribute* key = nullptr;  ///< ManyMap: what its objects are found by
    const Mapper* owner = nullptr;
    const Mapper* target = nullptr;
    const Relationship* reverse = nullptr;  ///< the same link seen from the target; may be null
    Direction direction = Direction::one_to_many;
    Cascade cascade;
    Loading loading = Loading::select;
    PassiveDeletes passive_deletes = PassiveDeletes::off;
    bool innerjoin = false;
    int join_depth = 0;  ///< so often around a circle of eager loading
    bool viewonly = false;
    bool post_update = false;
    bool single_parent = false;  ///< an object at the other end belongs to one owner at most
    std::vector<sql::Expression> order_by;
    /// one_to_many: local keys and remote foreign keys; many_to_one: local foreign keys and remote
    /// keys.
    std::vector<Pair> pairs;
    Ref<const schema::TableObject> secondary;  ///< many_to_many
    std::vector<SecondaryPair> to_owner;       ///< many_to_many: keys of the owner
    std::vector<SecondaryPair> to_target;      ///< many_to_many: keys of the target
    Ends ends;                                 ///< of the conditions; null without any
    Condition between_condition;               ///< many_to_many: owner and table between
    Condition target_condition;                ///< the target and what stands before it

    /// Says more than which columns are equal.
    [[nodiscard]] bool has_conditions() const noexcept {
        return between_condition.expression.node || target_condition.expression.node;
    }
    /// The values of its pairs don't tell what it leads to: the owner's row must be asked.
    [[nodiscard]] bool needs_owner() const noexcept {
        return between_condition.of_owner || target_condition.of_owner ||
               (pairs.empty() && to_owner.empty());
    }

    [[nodiscard]] Link& link(void* object) const noexcept;
    /// "User::addresses", for messages.
    [[nodiscard]] std::string describe() const;
    /// Leads to the class that it belongs to.
    [[nodiscard]] bool is_self_referential() const noexcept { return owner == target; }
};

/// A class and its table.
class AZOTH_EXPORT Mapper : public SlotType {
  public:
    Mapper(ModelState& model, ClassId id, std::string class_name, const ClassOps& ops);
    Mapper(const Mapper&) = delete;
    Mapper& operator=(const Mapper&) = delete;
    ~Mapper();

    [[nodiscard]] ModelState& model() const noexcept { return *model_; }
    [[nodiscard]] ClassId id() const noexcept { return id_; }
    [[nodiscard]] const std::string& class_name() const noexcept { return class_name_; }
    [[nodiscard]] const ClassOps& ops() const noexcept { return ops_; }
    [[nodiscard]] const schema::TableObject& table() const noexcept { return *table_; }
    [[nodiscard]] std::uint16_t index() const noexcept { return index_; }
    /// Positions in dependency order of their tables: parents first.
    [[nodiscard]] std::uint32_t sort_position() const noexcept { return sort_position_; }

    /// In the order in which they were mapped.
    [[nodiscard]] const std::vector<Attribute>& attributes() const noexcept { return attributes_; }
    /// The columns of the identity.
    [[nodiscard]] const std::vector<const Attribute*>& key() const noexcept { return key_; }
    [[nodiscard]] const std::vector<std::unique_ptr<Relationship>>& relationships() const noexcept {
        return relationships_;
    }
    /// Relationships of any class that lead to this one.
    [[nodiscard]] const std::vector<const Relationship*>& incoming() const noexcept {
        return incoming_;
    }
    /// In the order in which they were mapped; Attribute::index counts them.
    [[nodiscard]] const std::vector<QueryExpression>& query_expressions() const noexcept {
        return query_expressions_;
    }
    [[nodiscard]] const Attribute* version() const noexcept { return version_; }
    /// Those of Deferred members.
    [[nodiscard]] const std::vector<const Attribute*>& deferred() const noexcept {
        return deferred_;
    }
    /// The identity is one integer: the common case, with a faster identity map.
    [[nodiscard]] bool has_integer_key() const noexcept { return integer_key_; }

    /// Null where none stands there.
    [[nodiscard]] const Attribute* attribute_at(std::ptrdiff_t offset) const noexcept;
    [[nodiscard]] const Relationship* relationship_at(std::ptrdiff_t offset) const noexcept;
    /// Those of a member that a program names. Throw ArgumentError, with the remedy, where it is
    /// not mapped so.
    [[nodiscard]] const Attribute& attribute(const MemberId& member) const;
    [[nodiscard]] const Relationship& relationship(const MemberId& member) const;
    [[nodiscard]] const QueryExpression& query_expression(const MemberId& member) const;
    [[nodiscard]] const Attribute* attribute_of(const sql::ColumnNode& column) const noexcept;

    /// What session and unit of work execute for this class, made once.
    [[nodiscard]] const MapperStatements& statements() const noexcept { return *statements_; }

  private:
    friend class Configuration;

    [[nodiscard]] const QueryExpression* query_expression_at(std::ptrdiff_t offset) const noexcept;

    ModelState* model_;
    ClassId id_;
    std::string class_name_;
    ClassOps ops_;
    std::uint16_t index_ = 0;
    std::uint32_t sort_position_ = 0;
    Ref<const schema::TableObject> table_;
    std::vector<Attribute> attributes_;
    std::vector<const Attribute*> key_;
    std::vector<std::unique_ptr<Relationship>> relationships_;
    std::vector<const Relationship*> incoming_;
    std::vector<QueryExpression> query_expressions_;
    const Attribute* version_ = nullptr;
    std::vector<const Attribute*> deferred_;
    bool integer_key_ = false;
    std::unique_ptr<const MapperStatements> statements_;
};

/// The mapper of an object. The slot types of mapped objects are mappers.
[[nodiscard]] inline const Mapper& mapper_of(const Slot& slot) noexcept {
    return static_cast<const Mapper&>(slot.slab->type());
}

}  // namespace azoth::inline v0::orm
