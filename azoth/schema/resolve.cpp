// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/registry.hpp>
#include <azoth/schema/resolve.hpp>
#include <azoth/sql/traverse.hpp>

#include <algorithm>

namespace azoth::inline v0::schema {
namespace {

/// Where a reference points, by name.
struct TargetNames {
    std::string schema;
    std::string table;
    std::string column;
    Ref<const sql::ColumnNode> node;  // where the program gave the column itself
};

TargetNames names_of_column(const TableObject& table, const sql::Expression& expression) {
    const std::string where = "a foreign key of " + table.describe() + ": ";
    if (expression.node->kind != sql::NodeKind::column)
        throw ArgumentError(where + "it refers to an expression; expected a column of a table");
    const auto& column = static_cast<const sql::ColumnNode&>(*expression.node);
    const auto* target = dynamic_cast<const TableObject*>(column.from);
    if (!target)
        throw ArgumentError(where + "it refers to column '" + column.name + "' of " +
                            column.from->describe() + "; expected a column of a table");
    if (target->registry() != table.registry())
        throw ArgumentError(where + "it refers to " + target->describe() +
                            ", which belongs to another MetaData");
    return {target->schema, target->name, column.name, Ref<const sql::ColumnNode>(&column)};
}

TargetNames names_of_text(const TableObject& table, std::string_view text) {
    const auto last = text.rfind('.');
    const std::string_view owner = text.substr(0, last);
    const auto first = owner.find('.');
    const std::string column(text.substr(last + 1));
    if (first != std::string_view::npos)
        return {
            std::string(owner.substr(0, first)), std::string(owner.substr(first + 1)), column, {}};
    const auto registry = table.registry();
    return {registry ? registry->options().schema : table.schema, std::string(owner), column, {}};
}

TargetNames names_of(const TableObject& table, const ForeignKey& reference) {
    return reference.column().node ? names_of_column(table, reference.column())
                                   : names_of_text(table, reference.target());
}

ForeignKeyOptions checked(ForeignKeyOptions options) {
    for (std::string* action : {&options.ondelete, &options.onupdate})
        *action = check_word(action == &options.ondelete ? "ondelete" : "onupdate", *action,
                             {"CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"});
    options.initially = check_word("initially", options.initially, {"DEFERRED", "IMMEDIATE"});
    options.match = check_word("match", options.match, {"FULL", "PARTIAL", "SIMPLE"});
    if (options.initially == "DEFERRED" && options.deferrable == false)
        throw ArgumentError("a foreign key is initially DEFERRED but not deferrable");
    return options;
}

std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

}  // namespace

std::vector<const sql::ColumnNode*> own_columns(const TableObject& table,
                                                std::initializer_list<ColumnArgument> arguments,
                                                std::string_view what) {
    std::vector<const sql::ColumnNode*> columns;
    for (const ColumnArgument& argument : arguments) {
        const sql::Node* node = argument.expression().node.get();
        if (node && node->kind != sql::NodeKind::column)
            throw ArgumentError(std::string(what) + " of " + table.describe() +
                                " takes columns, not expressions");
        columns.push_back(node ? static_cast<const sql::ColumnNode*>(node)
                               : &table.column(argument.name()));
    }
    return columns;
}

ForeignKeyDefinition foreign_key_definition(const TableObject& table,
                                            std::vector<const sql::ColumnNode*> columns,
                                            const std::vector<ForeignKey>& references) {
    const auto wrong = [&](const std::string& why) {
        throw ArgumentError("a foreign key of " + table.describe() + ": " + why);
    };
    if (references.empty() || columns.size() != references.size())
        wrong("it has " + std::to_string(columns.size()) + " columns and refers to " +
              std::to_string(references.size()));
    ForeignKeyDefinition definition;
    definition.columns = std::move(columns);
    definition.options = checked(references.front().options());
    definition.name.text = definition.options.name;
    for (std::size_t i = 0; i < references.size(); ++i) {
        TargetNames target = names_of(table, references[i]);
        if (i == 0) {
            definition.target_schema = target.schema;
            definition.target_table = target.table;
        } else if (definition.target_schema != target.schema ||
                   definition.target_table != target.table) {
            wrong("it refers to columns of two tables, '" + definition.target_table + "' and '" +
                  target.table + "'");
        }
        if (target.node) check_comparable(table, *definition.columns[i], *target.node);
        definition.target_columns.push_back(std::move(target.column));
    }
    return definition;
}

Type target_type(const TableObject& table, const ForeignKey& reference) {
    const TargetNames names = names_of(table, reference);
    if (names.node) return names.node->type;
    const auto registry = table.registry();
    const auto target = registry ? registry->find(names.schema, names.table).table : nullptr;
    const sql::ColumnNode* column = target ? target->find(names.column) : nullptr;
    return column ? column->type : Type();
}

void check_type(const TableObject& table, std::string_view name, const Type& type,
                const Type& natural, Kind kind) {
    const auto wrong = [&](const std::string& why) {
        throw ArgumentError("column '" + std::string(name) + "' of " + table.describe() + ": " +
                            why);
    };
    if (type.value_kind() != kind)
        wrong("its SQL type holds values that travel as " +
              std::string(to_string(type.value_kind())) + ", those of its C++ type travel as " +
              std::string(to_string(kind)));
    for (const std::string& label : natural.def().labels) {
        const auto& labels = type.def().labels;
        if (type.kind() == TypeKind::enumeration &&
            std::find(labels.begin(), labels.end(), label) == labels.end())
            wrong("the SQL type '" + type.def().name + "' lacks the value '" + label +
                  "' of its C++ type");
        if (type.def().length != 0 && count_characters(label) > type.def().length)
            wrong("the value '" + label + "' of its C++ type is longer than " +
                  std::to_string(type.def().length) + " characters");
    }
}

void check_comparable(const TableObject& table, const sql::ColumnNode& local,
                      const sql::ColumnNode& remote) {
    const Kind mine = local.type.value_kind();
    const Kind theirs = remote.type.value_kind();
    if (mine == theirs || mine == Kind::null || theirs == Kind::null) return;
    throw ArgumentError("column '" + local.name + "' of " + table.describe() + " (" +
                        std::string(to_string(mine)) + ") can't refer to column '" + remote.name +
                        "' of " + remote.from->describe() + " (" + std::string(to_string(theirs)) +
                        "): give both the same type");
}

std::string check_word(std::string_view option, std::string_view word,
                       std::initializer_list<std::string_view> allowed) {
    if (word.empty()) return {};
    std::string capitals(word);
    for (char& c : capitals)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    std::string known;
    for (const std::string_view candidate : allowed) {
        if (candidate == capitals) return capitals;
        known += (known.empty() ? "" : ", ") + std::string(candidate);
    }
    throw ArgumentError(std::string(option) + " = '" + std::string(word) +
                        "' is none of: " + known);
}

void for_each_column(const sql::Node& node, std::string_view what,
                     const std::function<void(const sql::ColumnNode&)>& visit) {
    if (node.kind == sql::NodeKind::column) return visit(static_cast<const sql::ColumnNode&>(node));
    if (sql::is_statement(node.kind) || sql::is_from(node.kind))
        throw ArgumentError(std::string(what) + " can't contain a subquery");
    if (node.kind == sql::NodeKind::bind && !static_cast<const sql::BindNode&>(node).name.empty())
        throw ArgumentError(std::string(what) + " can't contain a named parameter");
    sql::for_each_child(node, [&](const sql::Node& child) { for_each_column(child, what, visit); });
}

}  // namespace azoth::inline v0::schema
