// SPDX-License-Identifier: MIT
// Much data at once.
#include <tests/compliance/support.hpp>

#include <numeric>

namespace compliance {
namespace {

struct Documents : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<std::string> body{*this, "body", Text{}};
    Column<std::optional<std::vector<std::byte>>> image{*this, "image"};
};

class LargeResults : public ComplianceTest {
  protected:
    LargeResults() { create_tables(); }

    Documents documents{"document", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(LargeResults);

constexpr std::size_t ten_megabytes = 10'000'000;

std::vector<std::byte> noise(std::size_t size) {
    std::vector<std::byte> bytes(size);
    std::uint32_t state = 1;
    for (auto& b : bytes) b = static_cast<std::byte>((state = state * 1664525 + 1013904223) >> 24);
    return bytes;
}

TEST_P(LargeResults, texts_and_bytes_of_ten_megabytes) {
    std::string text;
    while (text.size() < ten_megabytes) text += "grüße 漢字 😀 ";
    const auto image = noise(ten_megabytes);
    conn.execute(insert(documents).values(documents.body = text, documents.image = image));
    auto [body, stored] = conn.execute(select(documents.body, documents.image)).one();
    EXPECT_TRUE(body == text);
    EXPECT_TRUE(stored == image);
    const auto row = conn.execute(select(documents)).one();
    EXPECT_TRUE(row.get<std::string>("body") == text);
    EXPECT_TRUE(row.get<std::vector<std::byte>>("image") == image);
    EXPECT_EQ(conn.scalar(select(documents.id).where(documents.body == text)), 1);
}

TEST_P(LargeResults, large_values_in_a_range) {
    std::vector<std::tuple<std::string, std::vector<std::byte>>> rows;
    for (std::size_t i = 0; i < 8; ++i)
        rows.emplace_back(std::string(1'000'000, 'x'), noise(500'000 + i));
    conn.execute(insert(documents).columns(documents.body, documents.image), rows);
    std::size_t at = 0;
    for (auto [body, image] :
         conn.execute(select(documents.body, documents.image).order_by(documents.id))) {
        EXPECT_EQ(body.size(), 1'000'000U);
        EXPECT_TRUE(image == std::get<1>(rows[at++]));
    }
    EXPECT_EQ(at, 8U);
}

TEST_P(LargeResults, a_hundred_thousand_rows_in_order_with_their_keys) {
    constexpr std::int64_t count = 100'000;
    std::vector<std::tuple<std::string>> rows;
    rows.reserve(count);
    for (std::int64_t i = 1; i <= count; ++i) rows.emplace_back("document " + std::to_string(i));
    const auto inserted = conn.execute(
        insert(documents).columns(documents.body).returning(documents.id, documents.body), rows);
    ASSERT_EQ(inserted.size(), static_cast<std::size_t>(count));
    EXPECT_EQ(inserted.rowcount(), count);
    std::int64_t wrong = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const auto& row = inserted.all()[static_cast<std::size_t>(i)];
        wrong += row.get<1>() == std::get<0>(rows[static_cast<std::size_t>(i)]) ? 0 : 1;
        wrong += i == 0 || row.get<0>() > inserted.all()[static_cast<std::size_t>(i) - 1].get<0>()
                     ? 0
                     : 1;
    }
    EXPECT_EQ(wrong, 0);
    conn.commit();

    std::int64_t seen = 0;
    std::int64_t sum = 0;
    for (auto [id, body] :
         conn.execute(select(documents.id, documents.body).order_by(documents.id))) {
        ++seen;
        sum += id;
        if (seen == 50'000) {
            EXPECT_EQ(body, "document 50000");
        }
    }
    EXPECT_EQ(seen, count);
    EXPECT_EQ(sum, conn.scalar(select(func::sum(documents.id))).value());
    // the rest of a large result is left unread
    EXPECT_EQ(conn.execute(select(documents.id).order_by(documents.id)).first()->get<0>(),
              inserted.all().front().get<0>());
}

TEST_P(LargeResults, a_statement_of_many_conditions_and_values) {
    conn.execute(insert(documents).values(documents.body = "7"));
    std::vector<Expr<bool>> conditions;
    for (int i = 0; i < 300; ++i) conditions.push_back(documents.body == std::to_string(i));
    EXPECT_EQ(conn.execute(select(documents.body).where(any_of(conditions))).scalar_one(), "7");
    Integers many(20'000);
    std::iota(many.begin(), many.end(), 1);
    EXPECT_EQ(conn.execute(select(documents.body).where(documents.id.in(many))).scalar_one(), "7");
}

TEST_P(LargeResults, rows_of_a_hundred_columns) {
    Table wide{"wide", metadata, {ColumnSpec{"id", Integer{}, primary_key}}};
    for (int i = 0; i < 100; ++i) wide.add_column("c" + std::to_string(i), Text{});
    wide.create(conn);
    Parameters parameters;
    std::string sql = "insert into wide (id";
    std::string values = ") values (1";
    for (int i = 0; i < 100; ++i) {
        const auto n = std::to_string(i);
        sql += ", c" + n;
        values += ", :p" + n;
        parameters.emplace_back("p" + n, "value " + n);
    }
    conn.execute(text(sql + values + ")"), parameters);
    const auto row = conn.execute(select(wide)).one();
    EXPECT_EQ(row.size(), 101U);
    EXPECT_EQ(row.get<std::string>("c99"), "value 99");
    EXPECT_EQ(row.get<std::string>("c10"), "value 10");
    conn.rollback();
}

}  // namespace
}  // namespace compliance
