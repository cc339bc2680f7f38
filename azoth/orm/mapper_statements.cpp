// SPDX-License-Identifier: MIT
#include <azoth/orm/mapper_statements.hpp>
#include <azoth/schema/table_object.hpp>

namespace azoth::inline v0::orm {
namespace {

using sql::Clause;

CoreStatement select_deferred(const Mapper& mapper, const Attribute& attribute) {
    CoreStatement statement = CoreStatement::select();
    statement.column(Clause::column, attribute);
    for (const Attribute* key : mapper.key()) statement.where_equal(*key->column);
    return statement;
}

}  // namespace

std::unique_ptr<const MapperStatements> make_statements(const Mapper& mapper) {
    auto made = std::make_unique<MapperStatements>(mapper);
    PathFinder finder;
    made->paths = finder.paths();
    made->by_key = select_by_key(finder.find(mapper, nullptr));
    made->columns_by_key = select_by_key(finder.plain(mapper));
    for (const auto& relationship : mapper.relationships()) {
        LoadPath::Branch branch{.relationship = relationship.get(),
                                .target = &finder.find_target(*relationship)};
        branch.batches = std::make_shared<RelatedCache>(*relationship, *branch.target);
        made->lazy.push_back(select_related({relationship.get(), branch.target, {}, nullptr}));
        made->lazy_branches.push_back(std::move(branch));
        made->lazy_values.push_back(owner_attributes(*relationship));
    }
    for (const Attribute& attribute : mapper.attributes()) {
        auto& deferred = made->deferred.emplace_back();
        if (attribute.ops->is_deferred) deferred = select_deferred(mapper, attribute);
    }
    return made;
}

}  // namespace azoth::inline v0::orm
