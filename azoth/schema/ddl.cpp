// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/schema/ddl.hpp>
#include <azoth/schema/ddl_compiler.hpp>
#include <azoth/schema/ddl_text.hpp>
#include <azoth/schema/events.hpp>
#include <azoth/schema/target.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace azoth::inline v0 {
namespace {

void check_context(const DDLContext& context) {
    std::set<std::string_view> known{"table", "schema", "fullname"};
    const auto check = [&](const std::string& name) {
        if (!known.insert(name).second)
            throw ArgumentError("DDL(): the name '" + name +
                                "' of the context stands for something already");
    };
    for (const NamedArgument& value : context.values) check(value.name);
    for (const auto& [name, identifier] : context.names) check(name);
}

}  // namespace

/// A Table would keep its listeners, and so this.
struct DDL::TableName {
    explicit TableName(const Table& table) : schema(table.schema()), name(table.object().name) {}

    std::string schema;
    std::string name;
};

struct DDL::Content {
    schema::DDLText text;
    DDLContext context;
    DDLCondition condition{};
    std::optional<TableName> table{};
};

DDL::DDL(std::string_view statement, DDLContext context) {
    check_context(context);
    content_ =
        std::make_shared<const Content>(Content{schema::DDLText(statement), std::move(context)});
}

DDL DDL::execute_if(DDLCondition condition) const {
    DDL copy = *this;
    copy.content_ = std::make_shared<const Content>(
        Content{content_->text, content_->context, std::move(condition), content_->table});
    return copy;
}

DDL DDL::against(const Table& table) const {
    DDL copy = *this;
    copy.content_ = std::make_shared<const Content>(
        Content{content_->text, content_->context, content_->condition, TableName(table)});
    return copy;
}

const std::string& DDL::statement() const noexcept {
    return content_->text.statement();
}

void DDL::operator()(const event::SchemaChange& change) const {
    if (applies(change)) change.execute(*this);
}

bool DDL::applies(const event::SchemaChange& change) const {
    const auto& [dialects, callable] = content_->condition;
    if (!dialects.empty() &&
        std::find(dialects.begin(), dialects.end(), change.dialect()) == dialects.end())
        return false;
    return !callable || callable(change);
}

void DDL::execute_in(schema::Target& target, const Table* table) const {
    std::optional<TableName> about = content_->table;
    if (!about && table != nullptr) about.emplace(*table);
    const TableName* const named = about ? &*about : nullptr;
    const auto write = [&](const std::string& name) { return written(target, named, name); };
    const bool hashes =
        target.ddl().has_hash_comments() && statement().find('#') != std::string::npos;
    target.run(hashes ? schema::DDLText(statement(), schema::DDLText::Comments::hashes).fill(write)
                      : content_->text.fill(write));
}

std::string DDL::written(schema::Target& target, const TableName* table,
                         const std::string& name) const {
    const schema::DDLCompiler& ddl = target.ddl();
    const bool of_table = name == "table" || name == "schema" || name == "fullname";
    if (of_table && table != nullptr) {
        const std::string schema(target.translate(table->schema));
        std::string in = schema.empty() ? "" : ddl.render_name(schema);
        if (name == "schema") return in;
        std::string quoted = ddl.render_name(table->name);
        return name == "table" || in.empty() ? quoted : in + "." + quoted;
    }
    for (const NamedArgument& value : content_->context.values)
        if (value.name == name) return ddl.render_value(value.value.view(), value.type);
    if (const auto found = content_->context.names.find(name);
        found != content_->context.names.end())
        return ddl.render_name(found->second);
    throw CompileError("DDL(\"" + statement() + "\"): nothing is known of %(" + name + ")s" +
                       (of_table ? ", because there is no table: say which by against()" : ""));
}

}  // namespace azoth::inline v0
