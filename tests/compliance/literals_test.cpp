// SPDX-License-Identifier: MIT
// Values written into SQL text come back from the database as they were.
#include <azoth/engine/to_sql.hpp>
#include <azoth/sql.hpp>

#include <tests/compliance/support.hpp>

#include <chrono>
#include <cmath>
#include <limits>
#include <random>

namespace compliance {
namespace {

class Literals : public ComplianceTest {
  protected:
    [[nodiscard]] std::string shown(const sql::Statement& statement,
                                    const Parameters& parameters = {}) {
        return to_sql(statement, engine.dialect(),
                      {.literal_binds = true, .parameters = parameters});
    }
    /// The value, written into the SELECT of it and read back.
    template <class T>
    [[nodiscard]] T through(const T& value) {
        const std::string sql = shown(select(literal(value).label("x")));
        return conn.execute(text(sql).columns<T>()).scalar_one();
    }

    template <class T>
    void expect_kept(const T& value) {
        EXPECT_EQ(through(value), value) << shown(select(literal(value).label("x")));
    }
    [[nodiscard]] std::string random_text() {
        static constexpr const char* pieces[] = {
            "'",  "\"", "\\", "`", "--", "/*", "*/", ";",   ":x", "%",  "_",  "?", "$1", "\n",
            "\t", "\r", "a",  "é", "字", "😀", "''", "\\'", "E'", "$$", "::", "{", "]",  " "};
        std::string made;
        for (auto left = random() % 12; left > 0; --left)
            made += pieces[random() % std::size(pieces)];
        return made;
    }

    std::mt19937_64 random{20261129};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(Literals);

TEST_P(Literals, texts_come_back_letter_for_letter) {
    for (const char* text :
         {"", "'", "''", "\\", "\\'", "a'; DROP TABLE x; --", "\"", "`", "\n\r\t"})
        expect_kept(std::string(text));
    for (int i = 0; i < 500; ++i) expect_kept(random_text());
}

TEST_P(Literals, numbers_come_back_exactly) {
    using Limits = std::numeric_limits<std::int64_t>;
    for (const std::int64_t number :
         {std::int64_t{0}, Limits::max(), Limits::min() + 1, std::int64_t{-1}})
        expect_kept(number);
    for (int i = 0; i < 200; ++i) expect_kept(static_cast<std::int64_t>(random() >> 1U));
    for (const double number : {0.0, 1.5, -2.25, 1e300, 5e-324, 0.1, 123456789.123456789})
        expect_kept(number);
    for (int i = 0; i < 200; ++i)
        expect_kept(std::ldexp(static_cast<double>(random() >> 11U),
                               static_cast<int>(random() % 200) - 150));
    for (const char* number : {"0.10", "-12345678901234567890.123456789", "1000"})
        EXPECT_EQ(through(Decimal(number)), Decimal(number)) << number;
    expect_kept(true);
    expect_kept(false);
    EXPECT_THROW((void)shown(select(literal(std::numeric_limits<double>::infinity()))), DataError);
}

TEST_P(Literals, times_uuids_and_bytes_come_back) {
    using namespace std::chrono_literals;
    expect_kept(2024y / 2 / 29);
    expect_kept(std::chrono::local_time<std::chrono::microseconds>(
        std::chrono::local_days{1999y / 12 / 31} + 23h + 59min + 58s + 123456us));
    expect_kept(std::chrono::sys_time<std::chrono::microseconds>(
        std::chrono::sys_days{2038y / 1 / 19} + 3h + 14min + 7s + 1us));
    expect_kept(Uuid::parse("00112233-4455-6677-8899-aabbccddeeff"));
    std::vector<std::byte> bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<std::byte>(i));
    expect_kept(bytes);
    expect_kept(std::vector<std::byte>{});
}

TEST_P(Literals, lists_and_named_parameters_are_written_too) {
    EXPECT_EQ(conn.execute(text(shown(select(literal(3).label("x"))
                                          .where(literal(std::string("b'"))
                                                     .in(std::vector<std::string>{"a\\", "b'"}))))
                               .columns<int>())
                  .scalar_one(),
              3);
    const auto named = select(bindparam<std::string>("word").label("x"));
    EXPECT_EQ(
        conn.execute(text(shown(named, {{"word", std::string("it's")}})).columns<std::string>())
            .scalar_one(),
        "it's");
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)shown(named); }), HasSubstr(":word"));
    EXPECT_THAT(message_of<ArgumentError>([&] { (void)shown(named, {{"x", 1}, {"word", 1}}); }),
                HasSubstr("no parameter :x"));
}

}  // namespace
}  // namespace compliance
