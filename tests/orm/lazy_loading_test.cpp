// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include <azoth/orm/select.hpp>

// The statements by which relationships load, where the mapping puts values into them.

namespace lazy_loading {
namespace {

using namespace flush_test;

struct Task;

struct Board {
    std::int64_t id{};
    std::string name{};
    Many<Task> tasks{};
    static void map(Mapping<Board>& m);
};

struct Task {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> rank{};
    std::int64_t board_id{};
    One<Board> board{};
    static void map(Mapping<Task>& m);
};

void Board::map(Mapping<Board>& m) {
    m.table("lazy_board");
    m.column<&Board::id>(primary_key);
    m.column<&Board::name>();
    m.relationship<&Board::tasks>(order_by(func::coalesce(col<&Task::rank>, 50)));
}

void Task::map(Mapping<Task>& m) {
    m.table("lazy_task");
    m.column<&Task::id>(primary_key);
    m.column<&Task::name>();
    m.column<&Task::rank>();
    m.column<&Task::board_id>(foreign_key<&Board::id>);
    m.relationship<&Task::board>(back_populates<&Board::tasks>);
}

class LazyLoading : public FlushTest {};

AZOTH_FLUSH_ON_ALL_DATABASES(LazyLoading);

TEST_P(LazyLoading, a_collection_ordered_by_an_expression_with_a_value_has_its_own_rows_in_order) {
    use<Board, Task>();
    session->add(Board{.name = "other", .tasks = {Task{.name = "foreign", .rank = 1}}});
    session->add(Board{.name = "mine",
                       .tasks = {Task{.name = "last", .rank = 90}, Task{.name = "unranked"},
                                 Task{.name = "first", .rank = 10}}});
    session->commit();
    const auto board = session->scalars(select<Board>().where(col<&Board::name> == "mine")).one();
    Strings names;
    for (const auto& task : board->tasks) names.push_back(task->name);
    EXPECT_THAT(names, ElementsAre("first", "unranked", "last"));
}

}  // namespace
}  // namespace lazy_loading
