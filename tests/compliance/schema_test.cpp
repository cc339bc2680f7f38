// SPDX-License-Identifier: MIT
// create_all and drop_all, and that what they make holds.
#include <tests/compliance/support.hpp>

#include <ranges>

enum class Phase { planned, running, over };
template <>
struct azoth::EnumNames<Phase> : azoth::Enumerators<Phase::planned, Phase::running, Phase::over> {
    static constexpr std::string_view type_name = "project phase";
};

namespace compliance {
namespace {

struct Projects : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> title{*this, "title", String{40}, indexed, comment("what it's called")};
    Column<int> year{*this, "year", server_default(1999)};
    Column<Phase> phase{*this, "phase", server_default(Phase::running)};
    Column<std::optional<Decimal>> budget{*this, "budget", Numeric{10, 2},
                                          server_default(Decimal("12.50"))};
    Column<bool> open{*this, "open", server_default(true)};
    UniqueConstraint once{*this, {title, year}, {.name = "once a year"}};
    CheckConstraint recent{*this, year >= 1900 && title != "", "recent"};
    Index by_year{*this, {year.desc(), phase}, {.name = "by_year"}};
};

struct Tasks : Table {
    using Table::Table;
    Column<std::int64_t> project{*this, "project", primary_key,
                                 ForeignKey{"project.id", {.ondelete = "CASCADE"}}};
    Column<int> number{*this, "number", primary_key};
    Column<std::string> title{*this, "title"};
};

struct Notes : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::optional<std::int64_t>> project{*this, "project"};
    Column<std::optional<int>> task{*this, "task"};
    ForeignKeyConstraint about{
        *this, {project, task}, {"task.project", "task.number"}, {.ondelete = "SET NULL"}};
};

class SchemaDDL : public ComplianceTest {
  protected:
    Notes notes{"note", metadata};  // before what it refers to
    Projects projects{"project", metadata};
    Tasks tasks{"task", metadata};
};
AZOTH_ON_ALL_DATABASES(SchemaDDL);

TEST_P(SchemaDDL, create_all_and_drop_all_may_be_repeated) {
    for (int round = 0; round < 2; ++round) {
        metadata.create_all(engine);
        metadata.create_all(engine);
        auto conn = engine.connect();
        conn.execute(insert(projects).values(projects.title = "Azoth"));
        metadata.create_all(conn);
        EXPECT_EQ(conn.execute(select(func::count()).select_from(projects)).scalar_one(), 1);
        conn.commit();
        conn.close();
        metadata.drop_all(engine);
        metadata.drop_all(engine);
        EXPECT_THROW(engine.connect().execute(select(projects.id)), DBAPIError);
    }
}

TEST_P(SchemaDDL, without_checkfirst_a_table_that_exists_is_an_error_that_changes_nothing) {
    tasks.metadata().create_all(engine, {projects});  // NOLINT(cppcoreguidelines-slicing): a handle
    EXPECT_THROW(metadata.create_all(engine, false), DBAPIError);
    EXPECT_THROW(engine.connect().execute(select(tasks.number)), DBAPIError);
    EXPECT_THROW(metadata.drop_all(engine, false), DBAPIError);
    engine.connect().execute(select(projects.id));
}

TEST_P(SchemaDDL, server_defaults_are_the_values_they_say) {
    metadata.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(projects).values(projects.title = "Azoth"));
    const auto row = conn.execute(select(projects.id, projects.year, projects.phase,
                                         projects.budget, projects.open))
                         .one();
    const auto& [id, year, phase, budget, open] = row;
    EXPECT_EQ(id, 1);
    EXPECT_EQ(year, 1999);
    EXPECT_EQ(phase, Phase::running);
    EXPECT_EQ(budget->to_string(), "12.50");
    EXPECT_TRUE(open);
}

TEST_P(SchemaDDL, constraints_and_unique_indexes_hold) {
    metadata.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(projects).values(projects.title = "Azoth", projects.open = false));
    conn.commit();
    const auto refuses = [&](const auto& statement) {
        EXPECT_THROW(conn.execute(statement), IntegrityError);
        conn.rollback();
    };
    refuses(insert(projects).values(projects.title = "Azoth"));                      // unique
    refuses(insert(projects).values(projects.title = "", projects.year = 2000));     // check
    refuses(insert(projects).values(projects.title = "old", projects.year = 1066));  // check
    refuses(insert(projects).values(projects.year = 2001));                          // not null
    refuses(insert(tasks).values(tasks.project = 99, tasks.number = 1, tasks.title = "x"));
}

TEST_P(SchemaDDL, a_table_without_columns_is_refused_before_anything_is_created) {
    const Table nothing{"nothing", metadata};
    EXPECT_THAT(message_of<CompileError>([&] { metadata.create_all(engine); }),
                HasSubstr("table 'nothing' has no columns"));
    EXPECT_THROW(engine.connect().execute(select(projects.id)), DBAPIError);
    EXPECT_THROW(nothing.create(engine), CompileError);
    metadata.drop_all(engine);  // asks for what exists
}

TEST_P(SchemaDDL, a_comment_is_never_cut) {
    MetaData own;
    const Table table{"commented",
                      own,
                      {ColumnSpec{"id", Integer{}, primary_key,
                                  comment("it's \\ long: " + std::string(2000, 'x'))}}};
    if (requirements.mariadb) {  // takes 1,024 characters
        EXPECT_THROW(own.create_all(engine), DBAPIError);
        EXPECT_THROW(engine.connect().execute(select(table.c("id"))), DBAPIError);
        return;
    }
    own.create_all(engine);
    own.drop_all(engine);
}

TEST_P(SchemaDDL, an_index_of_an_expression_for_some_of_the_rows_holds) {
    struct Doors : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<std::string> name{*this, "name", String{40}};
        Column<bool> open{*this, "open"};
        Index one_open{*this,
                       {func::lower(name)},
                       {.name = "one_open", .unique = true, .where = open == true}};
    } doors{"door", metadata};
    if (!requirements.partial_indexes) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { doors.create(engine); }),
                    HasSubstr("index of a part of the rows"));
        return;
    }
    doors.create(engine);
    auto conn = engine.connect();
    conn.execute(insert(doors).values(doors.name = "front", doors.open = false));
    conn.execute(insert(doors).values(doors.name = "FRONT", doors.open = true));
    EXPECT_THROW(conn.execute(insert(doors).values(doors.name = "front", doors.open = true)),
                 IntegrityError);
}

TEST_P(SchemaDDL, an_index_of_an_expression_holds_or_is_refused) {
    struct Keys : Table {
        using Table::Table;
        Column<std::int64_t> id{*this, "id", primary_key};
        Column<std::string> name{*this, "name", String{40}};
        Index once{*this, {func::lower(name)}, {.name = "once", .unique = true}};
    } keys{"door_key", metadata};
    if (!requirements.expression_indexes) {
        EXPECT_THAT(message_of<UnsupportedCompilationError>([&] { keys.create(engine); }),
                    HasSubstr("index of an expression"));
        return;
    }
    keys.create(engine);
    auto conn = engine.connect();
    conn.execute(insert(keys).values(keys.name = "front"));
    EXPECT_THROW(conn.execute(insert(keys).values(keys.name = "FRONT")), IntegrityError);
}

TEST_P(SchemaDDL, foreign_keys_do_what_their_options_say) {
    metadata.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(projects).values(projects.title = "Azoth"));
    conn.execute(insert(tasks).values(tasks.project = 1, tasks.number = 7, tasks.title = "test"));
    conn.execute(insert(notes).values(notes.project = 1, notes.task = 7));
    conn.execute(delete_(tasks).where(tasks.number == 7));
    EXPECT_EQ(conn.execute(select(notes.task)).scalar_one(), std::nullopt);
    conn.execute(insert(tasks).values(tasks.project = 1, tasks.number = 8, tasks.title = "test"));
    conn.execute(delete_(projects));
    EXPECT_EQ(conn.execute(select(func::count()).select_from(tasks)).scalar_one(), 0);
}

TEST_P(SchemaDDL, foreign_keys_of_several_columns_give_the_condition_of_a_join) {
    metadata.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(projects).values(projects.title = "Azoth"));
    conn.execute(insert(tasks).values(tasks.project = 1, tasks.number = 7, tasks.title = "test"));
    conn.execute(insert(notes).values(notes.project = 1, notes.task = 7));
    const auto titles =
        select(projects.title, tasks.title).select_from(notes).join(tasks).join(projects);
    const auto row = conn.execute(titles).one();
    EXPECT_EQ(row.get<0>(), "Azoth");
    EXPECT_EQ(row.get<1>(), "test");
}

TEST_P(SchemaDDL, sorted_tables_can_be_emptied_from_the_back) {
    metadata.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(projects).values(projects.title = "Azoth"));
    conn.execute(insert(tasks).values(tasks.project = 1, tasks.number = 7, tasks.title = "test"));
    const auto tables = metadata.sorted_tables();
    for (const Table& table : tables | std::views::reverse) conn.execute(delete_(table));
    EXPECT_EQ(conn.execute(select(func::count()).select_from(projects)).scalar_one(), 0);
}

TEST_P(SchemaDDL, DDL_takes_part_in_the_transaction) {
    auto conn = engine.connect();
    metadata.create_all(conn);
    conn.execute(insert(projects).values(projects.title = "Azoth"));
    conn.rollback();
    if (!requirements.transactional_ddl) {
        EXPECT_THAT(conn.execute(select(projects.id)).all(), IsEmpty());
        return;
    }
    EXPECT_THROW(conn.execute(select(projects.id)), DBAPIError);
    conn.rollback();
    metadata.create_all(conn);
    conn.commit();
    conn.execute(select(projects.id));
}

TEST_P(SchemaDDL, a_circle_of_tables_with_rows_is_created_and_dropped) {
    MetaData own;
    Table head{"head", own, {ColumnSpec{"id", Integer{}, primary_key}}};
    Table tail{"tail", own, {ColumnSpec{"id", Integer{}, primary_key}}};
    head.add_column("tail_id", Integer{}, ForeignKey{tail.c("id")});
    tail.add_column("head_id", Integer{}, not_null, ForeignKey{head.c("id")});
    own.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(head).values(set(head.c("id"), 1)));
    conn.execute(insert(tail).values(set(tail.c("id"), 1), set(tail.c("head_id"), 1)));
    conn.execute(update(head).values(set(head.c("tail_id"), 1)));
    EXPECT_THROW(conn.execute(update(head).values(set(head.c("tail_id"), 2))), IntegrityError);
    conn.rollback();
    conn.close();
    own.create_all(engine);
    own.drop_all(engine);
    EXPECT_THROW(engine.connect().execute(select(head.c("id"))), DBAPIError);
}

struct Events : Table {
    using Table::Table;
    Column<int> id{*this, "id", primary_key};
    Column<Phase> natural{*this, "natural"};
    Column<Phase> native{*this, "native",
                         Enum{"own phase", {"over", "later", "planned", "running"}}};
    Column<Phase> text{*this, "text", String{10}};
    Column<std::string> label{*this, "label", Enum{"label", {"a", "b"}}};
};

TEST_P(SchemaDDL, enumerations_of_any_native_type_in_any_schema_take_their_values) {
    MetaData own;
    TableOptions options;
    if (requirements.postgresql) {
        auto conn = engine.connect();
        conn.execute(azoth::text("CREATE SCHEMA IF NOT EXISTS \"of events\""));
        conn.commit();
        options.schema = "of events";
    }
    const Events events{"event", own, options};
    own.drop_all(engine);
    own.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(events).values(events.id = 1, events.natural = Phase::running,
                                       events.native = Phase::running, events.text = Phase::running,
                                       events.label = "b"));
    const auto count = [&](const Expr<bool>& condition) {
        return conn.execute(select(func::count()).select_from(events).where(condition))
            .scalar_one();
    };
    for (const auto& column : {events.natural, events.native, events.text}) {
        EXPECT_EQ(count(column == Phase::running), 1);
        EXPECT_EQ(count(column != Phase::running), 0);
        EXPECT_EQ(count(column.in({Phase::over, Phase::running})), 1);
        conn.execute(update(events).values(column = Phase::over));
        EXPECT_EQ(conn.execute(select(column)).scalar_one(), Phase::over);
    }
    EXPECT_EQ(count(events.label == "b"), 1);
    conn.commit();
    conn.close();
    own.drop_all(engine);
}

TEST_P(SchemaDDL, R27_reserved_words_and_quotes_are_good_names) {
    MetaData own{{.naming_convention = {.uq = "uq_%(table_name)s", .pk = "pk %(table_name)s"}}};
    const std::string name = R"(select "from" 'where'; drop table group --)";
    const Table table{name,
                      own,
                      {ColumnSpec{"order", Integer{}, primary_key},
                       ColumnSpec{"user's \"name\"", String{90}, unique, indexed,
                                  server_default("it's; \"quoted\" \\ -- :x ?")}}};
    own.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(table).values(set(table.c("order"), 5)));
    const auto text = table.c<std::string>("user's \"name\"");
    EXPECT_EQ(conn.execute(select(text)).scalar_one(), "it's; \"quoted\" \\ -- :x ?");
    conn.close();
    own.drop_all(engine);
    EXPECT_THROW(engine.connect().execute(select(text)), DBAPIError);
}

TEST_P(SchemaDDL, every_type_can_be_a_column) {
    MetaData own;
    const Table table{"every_type",
                      own,
                      {ColumnSpec{"a", Boolean{}},  ColumnSpec{"b", SmallInteger{}},
                       ColumnSpec{"c", Integer{}},  ColumnSpec{"d", BigInteger{}},
                       ColumnSpec{"e", Float{}},    ColumnSpec{"f", Double{}},
                       ColumnSpec{"g", Numeric{}},  ColumnSpec{"h", Numeric{30, 10}},
                       ColumnSpec{"i", String{}},   ColumnSpec{"j", String{3}},
                       ColumnSpec{"k", Text{}},     ColumnSpec{"l", LargeBinary{9}},
                       ColumnSpec{"m", Date{}},     ColumnSpec{"n", TimeOfDay{}},
                       ColumnSpec{"o", DateTime{}}, ColumnSpec{"p", DateTime{.timezone = true}},
                       ColumnSpec{"q", UuidType{}}, ColumnSpec{"r", Enum{"r r", {"x", "y'"}}},
                       ColumnSpec{"s", JSON{}},     ColumnSpec{"t", JSONB{}}},
                      {.sqlite_strict = true}};
    own.create_all(engine);
    auto conn = engine.connect();
    conn.execute(insert(table).values(set(table.c("a"), true), set(table.c("b"), 1),
                                      set(table.c("f"), 0.5),
                                      set(table.c("h"), Decimal("12345678901234567890.0123456789")),
                                      set(table.c("r"), "y'"), set(table.c("s"), "1.0")));
    EXPECT_EQ(conn.execute(select(table.c<Decimal>("h"))).scalar_one().to_string(),
              "12345678901234567890.0123456789");
    EXPECT_EQ(conn.execute(select(table.c<std::string>("r"))).scalar_one(), "y'");
    EXPECT_EQ(conn.execute(select(table.c<std::string>("s"))).scalar_one(), "1.0");
    conn.close();
    own.drop_all(engine);
}

}  // namespace
}  // namespace compliance
