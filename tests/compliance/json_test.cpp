// SPDX-License-Identifier: MIT
// JSON of the program's own: what SQLAlchemy's json_serializer and json_deserializer are for.
#include <azoth/types/data_error.hpp>

#include <tests/compliance/support.hpp>

namespace compliance {

struct Settings {
    int volume = 0;
    std::string json{};  // of the above
};

inline Settings settings_of(int volume) {
    return {volume, R"({"volume": )" + std::to_string(volume) + "}"};
}

}  // namespace compliance

template <>
struct azoth::TypeTraits<compliance::Settings> {
    static constexpr Kind kind = Kind::text;
    static constexpr Family family = Family::other;
    static const Type& type() { return plain_type(TypeKind::json); }
    static ValueView view(const compliance::Settings& settings) {
        return ValueView::of_text(settings.json);
    }
    static compliance::Settings from(const ValueView& cell) {
        const std::string text(cell.text());
        const std::size_t colon = text.find(':');
        if (colon == std::string::npos)
            azoth::detail::throw_data_error("these are no settings: " + text);
        return compliance::settings_of(std::stoi(text.substr(colon + 1)));
    }
};

namespace compliance {
namespace {

struct Profiles : Table {
    using Table::Table;
    Column<std::int64_t> id{*this, "id", primary_key};
    Column<Settings> settings{*this, "settings"};
    Column<std::optional<Settings>> other{*this, "other"};
};

class OwnJson : public ComplianceTest {
  protected:
    OwnJson() { create_tables(); }
    Profiles profiles{"profile", metadata};
    Connection conn = engine.connect();
};
AZOTH_ON_ALL_DATABASES(OwnJson);

TEST_P(OwnJson, is_written_and_read_by_the_traits_of_its_class) {
    conn.execute(insert(profiles).values(profiles.settings = settings_of(3)));
    const std::vector<std::tuple<Settings, std::optional<Settings>>> rows{
        {settings_of(4), settings_of(5)}, {settings_of(6), std::nullopt}};
    conn.execute(insert(profiles).columns(profiles.settings, profiles.other), rows);
    std::vector<int> volumes;
    for (auto [settings, other] :
         conn.execute(select(profiles.settings, profiles.other).order_by(profiles.id))) {
        volumes.push_back(settings.volume);
        volumes.push_back(other ? other->volume : -1);
    }
    EXPECT_THAT(volumes, ElementsAre(3, -1, 4, 5, 6, -1));
}

TEST_P(OwnJson, that_is_none_is_told_by_what_reads_it) {
    conn.execute(insert(profiles).values(profiles.settings = Settings{0, "[1, 2]"}));
    EXPECT_THROW((void)conn.scalar(select(profiles.settings)), DataError);
}

}  // namespace
}  // namespace compliance
