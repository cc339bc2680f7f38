// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/event_hub.hpp>
#include <azoth/schema/collected_options.hpp>
#include <azoth/schema/naming.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/schema/table_object.hpp>

#include <algorithm>

namespace azoth::inline v0::schema {
namespace {

using Columns = std::vector<const sql::ColumnNode*>;

bool contains(const Columns& columns, const sql::ColumnNode& column) {
    return std::find(columns.begin(), columns.end(), &column) != columns.end();
}

/// An enumeration's native type stands in the schema of its table, unless it names another. It is
/// part of the column's type because placeholders are cast to it.
Type in_schema(Type type, const std::string& schema) {
    const TypeDef& def = type.def();
    if (def.kind != TypeKind::enumeration || !def.schema.empty() || schema.empty()) return type;
    return Enum{def.name, def.labels, schema};
}

bool is_integer(const Type& type) {
    return type.kind() == TypeKind::small_integer || type.kind() == TypeKind::integer ||
           type.kind() == TypeKind::big_integer;
}

void check_options(const TableOptions& options, const std::string& table) {
    for (const std::string& prefix : options.prefixes) {
        const bool words = std::all_of(prefix.begin(), prefix.end(), [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ';
        });
        if (prefix.empty() || !words)
            throw ArgumentError(std::string(table)
                                    .append(": the prefix '")
                                    .append(prefix)
                                    .append("' may consist of letters and blanks only"));
    }
}

/// The access method of an index stands in the SQL as it is, hence letters only.
void check_method(const std::string& method, const std::string& table) {
    const bool name = std::all_of(method.begin(), method.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!name)
        throw ArgumentError("an index of " + table + ": postgresql_using = '" + method +
                            "' is not the name of an access method, such as \"gin\"");
}

/// The value that a server default writes as a literal, or null where it is an expression.
const Value* literal_of(const sql::Expression& expression) {
    const bool is_literal =
        expression.node->kind == sql::NodeKind::bind && expression.values.size() == 1;
    return is_literal ? &expression.values[0] : nullptr;
}

bool is_null_constant(const sql::Node& node) {
    return node.kind == sql::NodeKind::constant &&
           static_cast<const sql::ConstantNode&>(node).which == sql::ConstantNode::Which::null;
}

bool fits(const Value& value, const Type& type) {
    const Kind wanted = type.value_kind();
    if (value.kind() == wanted || value.kind() == Kind::text || wanted == Kind::null) return true;
    const bool to_number = wanted == Kind::float64 || wanted == Kind::decimal;
    return to_number && (value.kind() == Kind::int64 || value.kind() == Kind::decimal);
}

}  // namespace

/// Takes back what the definition of one column has done, where it fails half-way.
class TableObject::Undo {
  public:
    explicit Undo(TableObject& table)
        : table_(table),
          columns_(table.columns.size()),
          uniques_(table.uniques_.size()),
          foreign_keys_(table.foreign_keys_.size()),
          indexes_(table.expressions()->indexes.size()),
          primary_key_(table.primary_key_) {}
    ~Undo() {
        if (!armed_) return;
        table_.columns.resize(columns_);
        table_.details_.resize(columns_);
        table_.uniques_.resize(uniques_);
        table_.foreign_keys_.resize(foreign_keys_);
        if (const auto expressions = table_.expressions_.lock())
            expressions->indexes.resize(indexes_);
        table_.primary_key_ = std::move(primary_key_);
    }
    void disarm() noexcept { armed_ = false; }

  private:
    TableObject& table_;
    std::size_t columns_;
    std::size_t uniques_;
    std::size_t foreign_keys_;
    std::size_t indexes_;
    KeyDefinition primary_key_;
    bool armed_ = true;
};

TableObject::TableObject(std::string table_name, std::string table_schema,
                         const TableOptions& table_options, std::weak_ptr<const Registry> registry,
                         std::weak_ptr<TableExpressions> expressions)
    : TableNode(std::move(table_name), std::move(table_schema)),
      options_(table_options),
      registry_(std::move(registry)),
      expressions_(std::move(expressions)) {
    check_options(options_, describe());
}

TableObject::~TableObject() {
    const auto registry = registry_.lock();
    if (!registry) return;
    // Another table may come to stand at the same address.
    if (const auto events = registry->events_if_any()) events->remove_all_of(this);
}

std::shared_ptr<const TableExpressions> TableObject::expressions() const {
    static const auto none = std::make_shared<const TableExpressions>();
    if (auto present = expressions_.lock()) return present;
    return none;
}

// --- foreign keys --------------------------------------------------------------------------------

Ref<const TableObject> TableObject::find_target(const ForeignKeyDefinition& foreign_key) const {
    if (foreign_key.target_table == name && foreign_key.target_schema == schema)
        return Ref<const TableObject>(this);
    const auto known = registry_.lock();
    if (!known)
        throw InvalidRequestError(
            "the MetaData of " + describe() +
            " is gone, so its foreign keys lead nowhere: keep the MetaData, or a Table of it, for "
            "as long as statements are compiled, or give join() its condition");
    return known->find(foreign_key.target_schema, foreign_key.target_table).table;
}

Ref<const TableObject> TableObject::target_of(const ForeignKeyDefinition& foreign_key) const {
    if (auto target = find_target(foreign_key)) return target;
    const std::string target =
        (foreign_key.target_schema.empty() ? "" : foreign_key.target_schema + ".") +
        foreign_key.target_table;
    throw NoReferencedTableError(
        "the foreign key of column '" + foreign_key.columns.front()->name + "' of " + describe() +
        " refers to table '" + target +
        "', which its MetaData doesn't have: define that table, or correct "
        "the name");
}

Columns TableObject::target_columns(const ForeignKeyDefinition& foreign_key,
                                    const TableObject& target) const {
    Columns found;
    for (std::size_t i = 0; i < foreign_key.columns.size(); ++i) {
        const sql::ColumnNode* column = target.find(foreign_key.target_columns[i]);
        if (!column)
            throw NoReferencedColumnError("the foreign key of column '" +
                                          foreign_key.columns[i]->name + "' of " + describe() +
                                          " refers to column '" + foreign_key.target_columns[i] +
                                          "', which " + target.describe() + " doesn't have");
        check_comparable(*this, *foreign_key.columns[i], *column);
        found.push_back(column);
    }
    return found;
}

std::vector<sql::ForeignKeyEdge> TableObject::foreign_keys() const {
    std::vector<sql::ForeignKeyEdge> edges;
    for (const ForeignKeyDefinition& foreign_key : foreign_keys_) {
        const Ref<const TableObject> target = find_target(foreign_key);
        if (!target) continue;
        const Columns remote = target_columns(foreign_key, *target);
        sql::ForeignKeyEdge edge;
        for (std::size_t i = 0; i < remote.size(); ++i)
            edge.pairs.push_back({foreign_key.columns[i], Ref<const sql::ColumnNode>(remote[i])});
        edges.push_back(std::move(edge));
    }
    return edges;
}

bool TableObject::has_foreign_key(const sql::ColumnNode& column) const noexcept {
    return std::any_of(
        foreign_keys_.begin(), foreign_keys_.end(),
        [&](const ForeignKeyDefinition& key) { return contains(key.columns, column); });
}

const sql::ColumnNode* TableObject::autoincrement_column() const {
    for (const auto& column : columns)
        if (details(*column).autoincrement == true) return column.get();
    if (primary_key_.columns.size() != 1) return nullptr;
    const sql::ColumnNode& key = *primary_key_.columns.front();
    const ColumnDetails& about = details(key);
    const bool automatic = is_integer(key.type) && !about.autoincrement && !about.server_default &&
                           !has_foreign_key(key);
    return automatic ? &key : nullptr;
}

// --- columns -------------------------------------------------------------------------------------

const sql::ColumnNode& TableObject::define_column(std::string_view column_name,
                                                  const Type& natural_type, bool nullable,
                                                  ColumnOptions options) {
    Undo undo(*this);
    Type type = options.type.value_or(natural_type);
    if (type.kind() == TypeKind::null && !options.foreign_keys.empty())
        type = target_type(*this, options.foreign_keys.front());
    sql::ColumnNode& column =
        add_column(std::string(column_name), in_schema(std::move(type), schema));
    details_.push_back({{},
                        std::move(options.server_default),
                        std::move(options.comment),
                        natural_type.kind() != TypeKind::null});
    column.nullable = nullable && !options.not_null;
    define_options(column, options);
    undo.disarm();
    return column;
}

void TableObject::define_options(sql::ColumnNode& column, const ColumnOptions& options) {
    if (options.primary_key) add_to_primary(column);
    set_autoincrement(column, options.autoincrement);
    check_default(column);
    for (const ForeignKey& reference : options.foreign_keys)
        define(foreign_key_definition(*this, {&column}, {reference}));
    if (options.indexed) {
        IndexDefinition index;
        index.elements.push_back({sql::NodeRef(&column), {}});
        index.unique = options.unique;
        define(std::move(index));
    } else if (options.unique) {
        define(KeyDefinition{.columns = {&column}}, false);
    }
}

void TableObject::check_default(const sql::ColumnNode& column) const {
    const auto& given = details(column).server_default;
    if (!given) return;
    const Value* literal = literal_of(*given);
    const bool null = literal ? literal->is_null() : is_null_constant(*given->node);
    if (null && !column.nullable)
        wrong(column, "its server_default() is NULL, which it doesn't accept");
    if (literal && !null && !fits(*literal, column.type))
        wrong(column, "its server_default() is a value of another type");
    for_each_column(*given->node, "the server_default() of column '" + column.name + "'",
                    [&](const sql::ColumnNode&) {
                        wrong(column,
                              "its server_default() mentions a column, which no row has yet");
                    });
}

void TableObject::wrong(const sql::ColumnNode& column, const std::string& why) const {
    throw ArgumentError("column '" + column.name + "' of " + describe() + ": " + why);
}

void TableObject::set_autoincrement(const sql::ColumnNode& column, std::optional<bool> wanted) {
    if (!wanted) return;
    if (*wanted) {
        const sql::ColumnNode* other = autoincrement_column();
        if (!is_integer(column.type))
            wrong(column, "only an integer can be generated (autoincrement)");
        if (!column.primary_key) wrong(column, "autoincrement is for columns of the primary key");
        if (details(column).server_default)
            wrong(column, "autoincrement and server_default() exclude each other");
        if (other && other != &column && details(*other).autoincrement)
            wrong(column, "autoincrement is said of '" + other->name + "' already");
    }
    details_[column.index].autoincrement = wanted;
}

// --- keys, constraints, indexes ------------------------------------------------------------------

const NamingConvention& TableObject::convention() const {
    static const NamingConvention standard;
    const auto known = registry_.lock();
    return known ? known->options().naming_convention : standard;
}

std::vector<std::string> TableObject::check_own(const Columns& own, std::string_view what) const {
    if (own.empty())
        throw ArgumentError(std::string(what) + " of " + describe() + " has no column");
    std::vector<std::string> names;
    for (const sql::ColumnNode* column : own) {
        if (column->from != this)
            throw ArgumentError(std::string(what) + " of " + describe() + " mentions column '" +
                                column->name + "' of " + column->from->describe());
        if (std::find(names.begin(), names.end(), column->name) != names.end())
            throw ArgumentError(std::string(what) + " of " + describe() + " names column '" +
                                column->name + "' twice");
        names.push_back(column->name);
    }
    return names;
}

std::vector<std::string> TableObject::check_own(const sql::Expression& expression,
                                                std::string_view what) const {
    const std::string described = std::string(what) + " of " + describe();
    std::vector<std::string> names;
    for_each_column(*expression.node, described, [&](const sql::ColumnNode& column) {
        if (column.from != this)
            throw ArgumentError(described + " mentions column '" + column.name + "' of " +
                                column.from->describe());
        if (std::find(names.begin(), names.end(), column.name) == names.end())
            names.push_back(column.name);
    });
    return names;
}

void TableObject::add_to_primary(sql::ColumnNode& column) {
    if (key_by_constraint_)
        wrong(column, "it says primary_key after a PrimaryKeyConstraint that leaves it out");
    if (column.nullable && details(column).typed)
        wrong(column, "a primary key is never NULL: declare it without std::optional");
    column.nullable = false;
    column.primary_key = true;
    primary_key_.columns.push_back(&column);
    primary_key_.name =
        make_name(convention().pk, {*this, check_own(primary_key_.columns, "the primary key")});
}

void TableObject::define_primary(KeyDefinition key) {
    if (key_by_constraint_) throw ArgumentError(describe() + " has two PrimaryKeyConstraints");
    for (const sql::ColumnNode* said : primary_key_.columns)
        if (!contains(key.columns, *said))
            wrong(*said, "it says primary_key, but the PrimaryKeyConstraint leaves it out");
    if (!primary_key_.columns.empty() && primary_key_.columns.size() != key.columns.size())
        throw ArgumentError("the PrimaryKeyConstraint of " + describe() +
                            " names columns that don't say primary_key: let all say it, or none");
    for (const sql::ColumnNode* column : key.columns)
        if (column->nullable && details(*column).typed)
            wrong(*column, "a primary key is never NULL: declare it without std::optional");
    for (const sql::ColumnNode* column : key.columns) {
        columns[column->index]->nullable = false;
        columns[column->index]->primary_key = true;
    }
    primary_key_ = std::move(key);
    key_by_constraint_ = true;
}

std::string TableObject::define(KeyDefinition key, bool primary) {
    const char* what = primary ? "the primary key" : "a unique constraint";
    auto names = check_own(key.columns, what);
    key.initially = check_word("initially", key.initially, {"DEFERRED", "IMMEDIATE"});
    if (key.initially == "DEFERRED" && key.deferrable == false)
        throw ArgumentError(std::string(what) + " of " + describe() +
                            " is initially DEFERRED but not deferrable");
    key.name = make_name(primary ? convention().pk : convention().uq,
                         {*this, std::move(names), key.name.text});
    std::string name_text = key.name.text;
    if (primary)
        define_primary(std::move(key));
    else
        uniques_.push_back(std::move(key));
    return name_text;
}

std::string TableObject::define(CheckDefinition check) {
    auto names = check_own(check.condition, "a check constraint");
    check.name = make_name(convention().ck, {*this, std::move(names), check.name.text});
    auto& checks = expressions_.lock()->checks;  // a Table handle is defining
    checks.push_back(std::move(check));
    return checks.back().name.text;
}

std::string TableObject::define(ForeignKeyDefinition foreign_key) {
    foreign_key.name =
        make_name(convention().fk,
                  {*this, check_own(foreign_key.columns, "a foreign key"), foreign_key.name.text,
                   foreign_key.target_table, foreign_key.target_columns});
    foreign_keys_.push_back(std::move(foreign_key));
    return foreign_keys_.back().name.text;
}

std::string TableObject::define(IndexDefinition index) {
    if (index.elements.empty()) throw ArgumentError("an index of " + describe() + " has no column");
    std::vector<std::string> names;
    for (const sql::Expression& element : index.elements) {
        const auto own = check_own(element, "an index");
        if (!own.empty()) names.push_back(own.front());
    }
    if (index.where) static_cast<void>(check_own(*index.where, "the condition of an index"));
    check_method(index.postgresql_using, describe());
    index.name = make_name(convention().ix, {*this, std::move(names), index.name.text});
    auto& indexes = expressions_.lock()->indexes;
    indexes.push_back(std::move(index));
    return indexes.back().name.text;
}

}  // namespace azoth::inline v0::schema
