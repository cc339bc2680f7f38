// SPDX-License-Identifier: MIT
#pragma once

#include <tests/compliance/support.hpp>

#include <cmath>
#include <deque>

namespace compliance {

/// A table with a column of the C++ type T, and one that takes NULL too.
template <class T>
struct Cells : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<T> value{*this, "value"};
    Column<std::optional<T>> maybe{*this, "maybe"};
};

/// How values are compared: `==` is not enough for NaN and for what keeps more than its value.
template <class T>
struct Same {
    bool operator()(const T& a, const T& b) const { return a == b; }
};
template <>
struct Same<double> {
    bool operator()(double a, double b) const {
        return a == b ? std::signbit(a) == std::signbit(b) : std::isnan(a) && std::isnan(b);
    }
};
template <>
struct Same<float> {
    bool operator()(float a, float b) const { return Same<double>()(a, b); }
};
template <>
struct Same<Decimal> {
    bool operator()(const Decimal& a, const Decimal& b) const {
        return a == b && a.scale() == b.scale();
    }
};

/// Sends values of one C++ type through the database on every way there is.
template <class T>
class RoundTrip {
  public:
    RoundTrip(const Engine& engine, const MetaData& metadata, std::deque<T> values)
        : cells_("cells", metadata),
          conn_(engine.connect()),
          values_(std::move(values)),
          update_returns_(engine.dialect().capabilities().update_returning) {
        cells_.create(conn_);
    }

    /// Leaves out the parameters of text statements: PostgreSQL infers their types, so that they
    /// travel as text, and text has dates of the years 1 to 9999 only.
    RoundTrip& not_through_text() {
        through_text_ = false;
        return *this;
    }
    /// \param comparable false: values that equal nothing, or not by the database's `=`
    void run(bool comparable = true) {
        insert_each();
        insert_ranges();
        insert_by_names();
        update_each();
        as_literals();
        if (comparable) {
            compare();
            null_parameters();
        }
        nulls();
        conn_.rollback();
    }

  private:
    void expect_same(const T& read, std::size_t i, const char* way) {
        EXPECT_TRUE(Same<T>()(read, values_[i]))
            << way << ": value " << i << " became " << to_display(to_value(read).view()) << " from "
            << to_display(to_value(values_[i]).view());
    }
    void expect_all(const char* way) {
        const auto rows =
            conn_.execute(select(cells_.value, cells_.maybe).order_by(cells_.id)).all();
        ASSERT_EQ(rows.size(), values_.size()) << way;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            expect_same(rows[i].template get<0>(), i, way);
            ASSERT_TRUE(rows[i].template get<1>().has_value()) << way;
            expect_same(*rows[i].template get<1>(), i, way);
        }
        const auto dynamic = conn_.execute(select(cells_).order_by(cells_.id)).all();
        for (std::size_t i = 0; i < dynamic.size(); ++i) {
            expect_same(dynamic[i].template get<T>("value"), i, way);
            expect_same(dynamic[i].template get<std::optional<T>>(cells_.maybe).value(), i, way);
        }
        // what the program says about a statement of text
        const auto written = conn_
                                 .execute(text("select value, maybe from cells order by id")
                                              .columns<T, std::optional<T>>())
                                 .all();
        for (std::size_t i = 0; i < written.size(); ++i)
            expect_same(written[i].template get<0>(), i, "text()");
        conn_.execute(delete_(cells_));
    }

    void insert_each() {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            auto [value, maybe] =
                conn_
                    .execute(insert(cells_)
                                 .values(cells_.value = values_[i], cells_.maybe = values_[i])
                                 .returning(cells_.value, cells_.maybe))
                    .one();
            expect_same(value, i, "returning");
            expect_same(maybe.value(), i, "returning");
        }
        expect_all("values()");
    }
    void insert_ranges() {
        std::vector<std::tuple<T, std::optional<T>>> rows;
        for (const T& value : values_) rows.emplace_back(value, value);
        conn_.execute(insert(cells_).columns(cells_.value, cells_.maybe), rows);
        expect_all("a range");
        const auto returned = conn_.execute(
            insert(cells_).columns(cells_.value, cells_.maybe).returning(cells_.id, cells_.value),
            rows);
        for (std::size_t i = 0; i < values_.size(); ++i)
            expect_same(returned.all()[i].template get<1>(), i, "a range with returning");
        expect_all("a range with returning");
    }
    void insert_by_names() {
        std::vector<Parameters> sets;
        for (const T& value : values_) sets.push_back({{"v", value}, {"m", value}});
        conn_.execute_many(insert(cells_).values(cells_.value = bindparam<T>("v"),
                                                 cells_.maybe = bindparam<T>("m")),
                           sets);
        expect_all("named parameters");
        if (!through_text_) return;
        for (const T& value : values_)
            conn_.execute(text("insert into cells (value, maybe) values (:v, :m)"),
                          {{"v", value}, {"m", std::optional<T>(value)}});
        expect_all("text()");
    }
    void update_each() {
        const std::vector<std::tuple<T>> rows(values_.size(), std::tuple<T>{values_.front()});
        const auto ids =
            conn_.execute(insert(cells_).columns(cells_.value).returning(cells_.id), rows)
                .scalars();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const auto changed =
                update(cells_).values(cells_.value = values_[i]).where(cells_.id == ids[i]);
            if (update_returns_)
                expect_same(conn_.execute(changed.returning(cells_.value)).scalar_one(), i,
                            "update with returning");
            else
                conn_.execute(changed);
            conn_.execute(
                update(cells_).values(cells_.maybe = cells_.value).where(cells_.id == ids[i]));
        }
        expect_all("update");
    }
    void as_literals() {
        for (std::size_t i = 0; i < values_.size(); ++i) {
            expect_same(conn_.execute(select(literal(values_[i]))).scalar_one(), i, "literal()");
            expect_same(conn_.execute(select(bindparam<T>("p")), {{"p", values_[i]}}).scalar_one(),
                        i, "bindparam()");
            expect_same(
                conn_.execute(select(func::coalesce(literal(std::optional<T>()), values_[i])))
                    .scalar_one(),
                i, "coalesce()");
            expect_same(conn_.execute(select(case_(when(true_(), values_[i])).else_(values_[i])))
                            .scalar_one(),
                        i, "case_()");
        }
    }
    void compare() {
        conn_.execute(insert(cells_).columns(cells_.value),
                      std::vector<std::tuple<T>>(values_.begin(), values_.end()));
        for (std::size_t i = 0; i < values_.size(); ++i) {
            std::int64_t equal = 0;
            for (const T& other : values_) equal += other == values_[i] ? 1 : 0;
            const auto count = [&](const Expr<bool>& condition) {
                return conn_.scalar(select(func::count()).select_from(cells_).where(condition))
                    .value();
            };
            const auto all = static_cast<std::int64_t>(values_.size());
            EXPECT_EQ(count(cells_.value == values_[i]), equal) << i;
            EXPECT_EQ(count(values_[i] == cells_.value), equal) << i;
            EXPECT_EQ(count(cells_.value != values_[i]), all - equal) << i;
            EXPECT_EQ(count(cells_.value.in({values_[i]})), equal) << i;
            EXPECT_EQ(count(cells_.value.not_in({values_[i]})), all - equal) << i;
            EXPECT_EQ(count(cells_.value.is_not_distinct_from(values_[i])), equal) << i;
        }
        EXPECT_EQ(conn_.execute(select(cells_.id).where(cells_.value.in(values_))).all().size(),
                  values_.size());
        conn_.execute(delete_(cells_));
    }
    void nulls() {
        const std::vector<std::tuple<T, std::optional<T>>> rows{{values_.front(), std::nullopt},
                                                                {values_.front(), values_.front()}};
        conn_.execute(insert(cells_).columns(cells_.value, cells_.maybe), rows);
        conn_.execute(
            insert(cells_).values(cells_.value = values_.front(), cells_.maybe = nullptr));
        conn_.execute(insert(cells_).values(cells_.value = values_.front(),
                                            cells_.maybe = std::optional<T>()));
        const T& some = values_.front();
        if (through_text_) {
            const auto statement = text("insert into cells (value, maybe) values (:v, :m)");
            conn_.execute(statement, {{"v", some}, {"m", std::optional<T>()}});
            conn_.execute(statement, {{"v", some}, {"m", nullptr}});
        } else {
            const auto statement =
                insert(cells_).values(cells_.value = some, cells_.maybe = nullptr);
            conn_.execute(statement);
            conn_.execute(statement);
        }
        EXPECT_EQ(conn_.execute(select(cells_.id).where(cells_.maybe == std::nullopt)).all().size(),
                  5U);
        EXPECT_EQ(
            conn_.execute(select(cells_.id).where(cells_.maybe == std::optional<T>())).all().size(),
            5U);
        EXPECT_EQ(conn_.execute(select(cells_.id).where(cells_.maybe != std::nullopt)).all().size(),
                  1U);
        const auto read = conn_.execute(select(cells_.maybe).order_by(cells_.id)).scalars().all();
        ASSERT_EQ(read.size(), 6U);
        EXPECT_FALSE(read[0].has_value());
        EXPECT_TRUE(read[1].has_value());
        EXPECT_FALSE(read[5].has_value());
        EXPECT_THAT(message_of<NullValueError>([&] {
                        (void)conn_
                            .execute(select(cells_.template c<T>("maybe")).order_by(cells_.id))
                            .all();
                    }),
                    HasSubstr("maybe"));
        EXPECT_THAT(
            message_of<NullValueError>([&] {
                (void)conn_.execute(text("select maybe from cells order by id").columns<T>()).all();
            }),
            HasSubstr("maybe"));
        conn_.execute(delete_(cells_));
    }
    /// A parameter that is NULL still has the type that its place wants.
    void null_parameters() {
        conn_.execute(insert(cells_).values(cells_.value = values_.front()));
        const auto given = bindparam<std::optional<T>>("given");
        const auto replaced = case_(when(given != nullptr, given)).else_(cells_.value);
        const auto unchanged =
            select(func::count()).select_from(cells_).where(replaced == cells_.value);
        EXPECT_EQ(conn_.execute(unchanged, {{"given", std::optional<T>()}}).scalar_one(), 1);
        EXPECT_EQ(conn_.execute(unchanged, {{"given", values_.front()}}).scalar_one(), 1);
        conn_.execute(delete_(cells_));
    }

    Cells<T> cells_;
    Connection conn_;
    bool through_text_ = true;
    std::deque<T> values_;  // a vector of bool has no elements to refer to
    bool update_returns_;
};

}  // namespace compliance
