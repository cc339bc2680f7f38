// SPDX-License-Identifier: MIT
#include "flush_support.hpp"
#include <azoth/orm/dml.hpp>
#include <azoth/orm/select.hpp>

// Many objects in one flush, and rows among them that are not there any more.

namespace flush_test {

struct Label;

struct Item {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> note{};
    Many<Label> labels{};
    static void map(Mapping<Item>& m);
};
struct Label {
    std::int64_t id{};
    std::string text{};
    static void map(Mapping<Label>& m) {
        m.table("label");
        m.column<&Label::id>(primary_key);
        m.column<&Label::text>();
    }
};
struct Document {
    std::int64_t id{};
    std::string title{};
    int version{};
    static void map(Mapping<Document>& m) {
        m.table("document");
        m.column<&Document::id>(primary_key);
        m.column<&Document::title>(String{30}, unique);
        m.column<&Document::version>(version_id);
    }
};
struct Word {
    std::string spelling{};
    int uses{};
    static void map(Mapping<Word>& m) {
        m.table("word");
        m.column<&Word::spelling>(String{20}, primary_key);
        m.column<&Word::uses>();
    }
};

/// Known by values that travel in forms of their own.
struct Reading {
    Uuid sensor{};
    UtcDateTime at{};
    Decimal step{};
    std::vector<std::byte> raw{};
    double value{};
    static void map(Mapping<Reading>& m) {
        m.table("reading");
        m.column<&Reading::sensor>(primary_key);
        m.column<&Reading::at>(primary_key);
        m.column<&Reading::step>(Numeric{10, 3}, primary_key);
        m.column<&Reading::raw>(LargeBinary{8}, primary_key);
        m.column<&Reading::value>();
    }
};

void Item::map(Mapping<Item>& m) {
    m.table("item");
    m.column<&Item::id>(primary_key);
    m.column<&Item::name>();
    m.column<&Item::note>();
    m.relationship<&Item::labels>(secondary("item_label"));
}

class FlushMany : public FlushTest {
  protected:
    FlushMany() { use<Item, Label, Document, Word, Reading>(); }

    static constexpr int many = 1000;

    /// `many` objects with rows, numbered from 1.
    template <class T>
    std::vector<Ptr<T>> stored(const std::function<T(const std::string& number)>& make) {
        std::vector<Ptr<T>> all;
        for (int i = 1; i <= many; ++i) all.push_back(session->add(make(std::to_string(i))));
        session->commit();
        for (const auto& each : session->scalars(select<T>())) static_cast<void>(each.read());
        static_cast<void>(sent());
        return all;
    }
    std::vector<Ptr<Item>> items() {
        return stored<Item>([](const std::string& number) { return Item{.name = number}; });
    }
    std::vector<Ptr<Document>> documents() {
        return stored<Document>(
            [](const std::string& number) { return Document{.title = number}; });
    }
    /// By another transaction, where two may write at once: the session may still see what was.
    void behind_the_session(const char* sql) {
        if (requirements.concurrent_writers) return elsewhere(sql);
        session->execute(text(sql));
    }
    /// How many commands the session's connection has sent; 0 where the server doesn't say.
    std::int64_t commands() {
        if (!requirements.mariadb) return 0;
        auto result = session->connection().execute(
            text("select variable_value from information_schema.session_status "
                 "where variable_name = 'QUESTIONS'"));
        return std::stoll(to_display(result.all().front()[0].view()).substr(1));
    }
    /// What a StaleDataError says where one row of many is not there. MariaDB knows no more than
    /// how many are.
    [[nodiscard]] testing::Matcher<std::string> says(const char* row) const {
        if (!requirements.mariadb) return testing::AllOf(HasSubstr(row), HasSubstr("found 0"));
        return testing::AllOf(HasSubstr("expected 1000 row"), HasSubstr("found 999"));
    }
};
AZOTH_FLUSH_ON_ALL_DATABASES(FlushMany);

TEST_P(FlushMany, objects_are_updated_and_deleted_in_few_commands) {
    const auto all = documents();
    for (const auto& document : all) document->title += "!";
    const std::int64_t before = commands();
    EXPECT_THAT(flushed(), ElementsAre("UPDATE document SET title, version WHERE id, version"));
    for (const auto& document : all) session->delete_(document);
    EXPECT_THAT(flushed(), ElementsAre("DELETE document WHERE id, version"));
    EXPECT_LT(commands() - before, 10);
    session->commit();
    EXPECT_THAT(rows("select count(*) from document"), ElementsAre("0"));
}

TEST_P(FlushMany, objects_are_inserted_in_pages_of_the_size_that_is_asked_for) {
    session->connection().execution_options({.insertmanyvalues_page_size = 40U});
    std::vector<Ptr<Document>> all;
    for (int i = 1; i <= many; ++i)
        all.push_back(session->add(Document{.title = std::to_string(i)}));
    const std::int64_t before = commands();
    session->flush();
    if (requirements.mariadb) {
        EXPECT_GE(commands() - before, many / 40);
        EXPECT_LT(commands() - before, 2 * many / 40);
    }
    for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1]->id, all[i]->id);
    session->commit();
    for (const int i : {1, 40, 41, 999, 1000})  // as read again by their keys
        EXPECT_EQ(all[std::size_t(i) - 1]->title, std::to_string(i));
    EXPECT_THAT(rows("select count(*) from document"), ElementsAre("1000"));
}

TEST_P(FlushMany, each_row_gets_its_own_values) {
    const auto all = items();
    const std::string long_text(20'000, 'x');
    for (const auto& item : all) {
        item->name = "n" + std::to_string(item->id);
        if (item->id % 2 == 0) item->note = item->id % 4 == 0 ? long_text : std::string();
    }
    session->flush();
    for (const auto& item : all)
        item->note = item->id % 3 == 0 ? std::optional<std::string>() : std::to_string(item->id);
    session->commit();
    EXPECT_THAT(rows("select count(*), count(note) from item"), ElementsAre("1000 667"));
    for (const auto& item : all) {
        EXPECT_EQ(item->name, "n" + std::to_string(item->id));
        EXPECT_EQ(item->note.value_or("null"),
                  item->id % 3 == 0 ? "null" : std::to_string(item->id));
    }
}

TEST_P(FlushMany, rows_are_found_by_keys_of_every_kind) {
    std::vector<Ptr<Reading>> all;
    for (int i = 0; i < many; ++i)
        all.push_back(
            session->add(Reading{.sensor = Uuid::random(),
                                 .at = UtcDateTime{std::chrono::microseconds{i * 1'000'001LL}},
                                 .step = Decimal::from_coefficient(i, 3),
                                 .raw = std::vector<std::byte>(std::size_t(i % 8), std::byte(i))}));
    session->commit();
    for (int i = 0; i < many; ++i) all[std::size_t(i)]->value = i;
    session->commit();
    EXPECT_EQ(session->scalar(select(func::sum(col<&Reading::value>))), 499'500.0);
    for (const auto& reading : all) session->delete_(reading);
    session->commit();
    EXPECT_THAT(rows("select count(*) from reading"), ElementsAre("0"));
}

TEST_P(FlushMany, an_updated_row_that_is_gone_is_noticed_and_nothing_stays) {
    const auto all = items();
    behind_the_session("delete from item where id = 500");
    for (const auto& item : all) item->name = "changed";
    const std::string message = message_of<StaleDataError>([&] { session->flush(); });
    EXPECT_THAT(message, testing::AllOf(HasSubstr("UPDATE of "), HasSubstr("table 'item'")));
    EXPECT_THAT(message, says("Item(500)"));
    EXPECT_THROW(session->flush(), PendingRollbackError);
    session->rollback();
    EXPECT_THAT(rows("select count(*) from item where name = 'changed'"), ElementsAre("0"));
    EXPECT_EQ(all.front()->name, "1");
}

TEST_P(FlushMany, an_updated_row_of_another_version_is_noticed_and_nothing_stays) {
    const auto all = documents();
    behind_the_session("update document set version = 2, title = 'other' where id = 500");
    for (const auto& document : all) document->title = "x" + document->title;
    const std::string message = message_of<StaleDataError>([&] { session->flush(); });
    EXPECT_THAT(message, says("Document(500), version 1"));
    EXPECT_EQ(all.front()->version, 1);
    session->rollback();
    EXPECT_THAT(rows("select count(*) from document where title like 'x%'"), ElementsAre("0"));
    for (const auto& document : all) document->title = "y" + std::to_string(document->id);
    session->commit();
    EXPECT_EQ(all.front()->version, 2);
}

TEST_P(FlushMany, a_row_that_is_gone_is_noticed_where_keys_change) {
    const auto all =
        stored<Word>([](const std::string& number) { return Word{.spelling = "w" + number}; });
    behind_the_session("delete from word where spelling = 'w500'");
    for (const auto& word : all) word->spelling = "new" + word->spelling;
    EXPECT_THAT(message_of<StaleDataError>([&] { session->flush(); }), says("Word('w500')"));
    session->rollback();
    EXPECT_EQ(all.front()->spelling, "w1");
}

TEST_P(FlushMany, a_deleted_row_that_is_gone_is_noticed_and_nothing_stays) {
    const auto all = items();
    behind_the_session("delete from item where id = 500");
    for (const auto& item : all) session->delete_(item);
    const std::string message = message_of<StaleDataError>([&] { session->flush(); });
    EXPECT_THAT(message, testing::AllOf(HasSubstr("DELETE of "), HasSubstr("table 'item'")));
    EXPECT_THAT(message, says("Item(500)"));
    session->rollback();
    EXPECT_EQ(rows("select count(*) from item"),
              Strings{requirements.concurrent_writers ? "999" : "1000"});
}

TEST_P(FlushMany, a_link_that_is_gone_is_noticed_and_nothing_stays) {
    const auto all = items();
    const auto label = session->add(Label{.text = "new"});
    for (const auto& item : all) item->labels.add(label);
    session->commit();
    for (const auto& item : all) EXPECT_EQ(item->labels.size(), 1U);
    behind_the_session("delete from item_label where item_id = 500");
    for (const auto& item : all) item->labels.remove(label);
    const std::string message = message_of<StaleDataError>([&] { session->flush(); });
    EXPECT_THAT(message,
                testing::AllOf(HasSubstr("table 'item_label'"), HasSubstr("Item::labels")));
    EXPECT_THAT(message, says("Item(500)"));
    session->rollback();
    EXPECT_EQ(rows("select count(*) from item_label"),
              Strings{requirements.concurrent_writers ? "999" : "1000"});
}

TEST_P(FlushMany, a_constraint_in_the_middle_names_the_statement_and_nothing_stays) {
    const auto all = documents();
    for (const auto& document : all) document->title = "x" + document->title;
    all[700]->title = all[300]->title;
    const std::string message = message_of<IntegrityError>([&] { session->flush(); });
    EXPECT_THAT(message, HasSubstr("UPDATE "));
    session->rollback();
    EXPECT_THAT(rows("select count(*) from document where title like 'x%'"), ElementsAre("0"));
    EXPECT_EQ(all.front()->version, 1);
}

TEST_P(FlushMany, rows_of_a_bulk_update_are_counted_whether_they_change_or_not) {
    static_cast<void>(items());
    std::vector<PartialRow> given;
    for (int i = 1; i <= many; ++i)
        given.push_back({col<&Item::id> = i, col<&Item::name> = std::to_string(i)});
    EXPECT_EQ(session->execute(update<Item>(), given).rowcount(), many);
    EXPECT_THAT(sent(), ElementsAre("UPDATE item SET name WHERE id"));
}

TEST_P(FlushMany, a_row_of_a_bulk_update_that_is_gone_is_noticed) {
    static_cast<void>(items());
    behind_the_session("delete from item where id = 500");
    std::vector<PartialRow> given;
    for (int i = 1; i <= many; ++i)
        given.push_back({col<&Item::id> = i, col<&Item::name> = "changed"});
    EXPECT_THAT(message_of<StaleDataError>([&] { session->execute(update<Item>(), given); }),
                says("Item(500), row 500"));
    session->rollback();
    EXPECT_THAT(rows("select count(*) from item where name = 'changed'"), ElementsAre("0"));
}

}  // namespace flush_test
