// SPDX-License-Identifier: MIT
// UUIDs as the database's own type, and kept as text by a type of the program's.
#include <tests/compliance/round_trip.hpp>

#include <array>

namespace compliance {

/// A UUID whose column is a text of 32 digits: for databases that are shared with programs which
/// keep it so. SQLAlchemy: Uuid(native_uuid=False).
struct DigitsUuid {
    std::array<char, 32> digits{};
    friend bool operator==(const DigitsUuid&, const DigitsUuid&) = default;
};

inline DigitsUuid digits_of(const Uuid& uuid) {
    DigitsUuid result;
    std::size_t at = 0;
    for (const char c : uuid.to_string())
        if (c != '-') result.digits.at(at++) = c;
    return result;
}

}  // namespace compliance

template <>
struct azoth::TypeTraits<compliance::DigitsUuid> {
    static constexpr Kind kind = Kind::text;
    static constexpr Family family = Family::other;
    static const Type& type() {
        static const Type digits = String{32};
        return digits;
    }
    static ValueView view(const compliance::DigitsUuid& value) {
        return ValueView::of_text({value.digits.data(), value.digits.size()});
    }
    static compliance::DigitsUuid from(const ValueView& cell) {
        return compliance::digits_of(Uuid::parse(cell.text()));
    }
};

namespace compliance {
namespace {

constexpr std::string_view written = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

class UuidTypes : public ComplianceTest {};
AZOTH_ON_ALL_DATABASES(UuidTypes);

TEST_P(UuidTypes, kept_as_text_by_a_type_of_the_program_round_trip) {
    RoundTrip<DigitsUuid>(
        engine, metadata,
        {digits_of(Uuid::parse(written)), digits_of(Uuid{}), digits_of(Uuid::random())})
        .run();
}

TEST_P(UuidTypes, are_made_from_text_and_read_as_text) {
    Cells<Uuid> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    conn.execute(insert(cells).values(cells.value = Uuid::parse(written)));
    EXPECT_EQ(conn.execute(select(cells)).one().get<Uuid>("value").to_string(), written);
    const Uuid in_another_spelling = Uuid::parse("6BA7B8109DAD11D180B400C04FD430C8");
    EXPECT_EQ(conn.scalar(select(cells.id).where(cells.value == in_another_spelling)), 1);
    // What the database makes of one is its own spelling, with hyphens or without; both are read.
    const auto as_text = conn.execute(select(cast<std::string>(cells.value))).scalar_one();
    EXPECT_EQ(Uuid::parse(as_text), in_another_spelling);
    EXPECT_EQ(conn.execute(select(cast<Uuid>(literal(written)))).scalar_one(), in_another_spelling);
}

TEST_P(UuidTypes, are_keys_and_foreign_keys_that_come_back) {
    struct Orders : Table {
        using Table::Table;
        Column<Uuid> id{*this, "id", primary_key};
        Column<std::optional<Uuid>> before{*this, "before", ForeignKey{"uuid_order.id"}};
    } orders{"uuid_order", metadata};
    orders.create(engine);
    auto conn = engine.connect();
    const Uuid first = Uuid::random();
    const Uuid second = Uuid::random();
    EXPECT_EQ(
        conn.execute(insert(orders).values(orders.id = first).returning(orders.id)).scalar_one(),
        first);
    const std::vector<std::tuple<Uuid, std::optional<Uuid>>> rows{{second, first},
                                                                  {Uuid::random(), std::nullopt}};
    const auto kept = conn.execute(
        insert(orders).columns(orders.id, orders.before).returning(orders.id, orders.before), rows);
    EXPECT_EQ(kept.all()[0].get<0>(), second);
    EXPECT_EQ(kept.all()[0].get<1>(), first);
    EXPECT_EQ(kept.all()[1].get<1>(), std::nullopt);
    const auto earlier = alias(orders);
    EXPECT_EQ(
        conn.execute(select(orders.id).join(earlier, earlier.id == orders.before)).scalar_one(),
        second);
    EXPECT_THROW(conn.execute(insert(orders).values(orders.id = first)), IntegrityError);
}

TEST_P(UuidTypes, that_are_none_are_refused) {
    Cells<Uuid> cells{"cells", metadata};
    cells.create(engine);
    auto conn = engine.connect();
    for (const std::string_view wrong :
         {"", "6ba7b810-9dad-11d1-80b4-00c04fd430c", "zba7b810-9dad-11d1-80b4-00c04fd430c8",
          "'; drop table cells; --"})
        EXPECT_THROW((void)Uuid::parse(wrong), DataError) << wrong;
    Cells<std::string> texts{"texts", metadata};
    texts.create(conn);
    conn.execute(insert(texts).values(texts.value = "no uuid"));
    EXPECT_THAT(message_of<DataError>([&] {
                    (void)conn.execute(text("select value from texts").columns<Uuid>()).all();
                }),
                HasSubstr("value"));
    conn.rollback();
}

}  // namespace
}  // namespace compliance
