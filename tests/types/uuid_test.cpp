// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/types/uuid.hpp>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>

namespace {

using namespace azoth;

constexpr Uuid dns_namespace{{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00,
                              0xc0, 0x4f, 0xd4, 0x30, 0xc8}};
constexpr std::string_view dns_text = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

static_assert(std::is_aggregate_v<Uuid> && std::is_trivially_copyable_v<Uuid>);
static_assert(sizeof(Uuid) == 16);
static_assert(Uuid::from_bytes(dns_namespace.bytes.data()) == dns_namespace);
static_assert(dns_namespace.version() == 1 && !dns_namespace.is_nil());
static_assert(Uuid{}.is_nil() && Uuid{} < dns_namespace);

TEST(Uuid, writes_the_canonical_form) {
    EXPECT_EQ(dns_namespace.to_string(), dns_text);
    EXPECT_EQ(to_string(Uuid{}), "00000000-0000-0000-0000-000000000000");
    std::array<char, Uuid::text_size + 1> out;
    out.fill('#');
    EXPECT_EQ(dns_namespace.write_to(out.data()), out.data() + Uuid::text_size);
    EXPECT_EQ(out.back(), '#');
}

TEST(Uuid, reads_the_canonical_form_and_32_digits_in_either_case) {
    EXPECT_EQ(Uuid::parse(dns_text), dns_namespace);
    EXPECT_EQ(Uuid::parse("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"), dns_namespace);
    EXPECT_EQ(Uuid::parse("6ba7b8109dad11d180b400c04fd430c8"), dns_namespace);
    EXPECT_EQ(Uuid::parse("6ba7B8109DAD11d180b400c04fd430c8"), dns_namespace);
}

TEST(Uuid, refuses_every_other_form) {
    using namespace std::string_view_literals;
    for (const std::string_view text :
         {""sv, "6ba7b810"sv, "{6ba7b810-9dad-11d1-80b4-00c04fd430c8}"sv,
          "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"sv,
          " 6ba7b810-9dad-11d1-80b4-00c04fd430c8"sv, "6ba7b810-9dad-11d1-80b4-00c04fd430c8 "sv,
          "6ba7b810-9dad-11d1-80b4-00c04fd430c"sv, "6ba7b810-9dad-11d1-80b4-00c04fd430c80"sv,
          "6ba7b810-9dad-11d1-80b4-00c04fd430cg"sv, "6ba7b8109-dad-11d1-80b4-00c04fd430c8"sv,
          "6ba7b810 9dad 11d1 80b4 00c04fd430c8"sv, "6ba7b810-9dad-11d1-80b40-0c04fd430c8"sv,
          "6ba7b810-9dad-11d1-80b4000c04fd430c8"sv, "6ba7b8109dad11d180b400c04fd430c-"sv,
          "6ba7b8109dad11d180b400c04fd430\0\0"sv, "0x6ba7b8109dad11d180b400c04fd430"sv}) {
        EXPECT_THROW(static_cast<void>(Uuid::parse(text)), DataError) << text;
    }
}

TEST(Uuid, quotes_the_refused_text) {
    try {
        static_cast<void>(Uuid::parse("not a uuid"));
        FAIL() << "it was read";
    } catch (const DataError& error) {
        const std::string_view message = error.what();
        EXPECT_NE(message.find("'not a uuid'"), message.npos) << message;
        EXPECT_NE(message.find("8-4-4-4-12"), message.npos) << message;
    }
}

TEST(Uuid, orders_as_its_text_does) {
    std::mt19937 random{3};
    std::uniform_int_distribution<int> bytes{0, 255};
    for (int i = 0; i < 10'000; ++i) {
        Uuid a;
        Uuid b;
        for (auto& byte : a.bytes) byte = static_cast<std::uint8_t>(bytes(random));
        b = a;
        b.bytes[static_cast<std::size_t>(i % 16)] = static_cast<std::uint8_t>(bytes(random));
        ASSERT_EQ(a < b, a.to_string() < b.to_string());
        ASSERT_EQ(a == b, a.to_string() == b.to_string());
        ASSERT_EQ(Uuid::parse(a.to_string()), a);
        ASSERT_EQ(std::hash<Uuid>{}(Uuid::parse(a.to_string())), std::hash<Uuid>{}(a));
    }
}

TEST(Uuid, random_ones_are_of_version_4_and_all_different) {
    std::unordered_set<Uuid> seen;
    std::array<int, 128> ones{};
    constexpr int count = 4096;
    for (int i = 0; i < count; ++i) {
        const Uuid uuid = Uuid::random();
        ASSERT_EQ(uuid.version(), 4);
        ASSERT_EQ(uuid.bytes[8] >> 6, 2);
        ASSERT_TRUE(seen.insert(uuid).second);
        for (std::size_t bit = 0; bit < ones.size(); ++bit)
            ones[bit] += uuid.bytes[bit / 8] >> (7 - bit % 8) & 1;
    }
    // 122 bits are random: each is set in about half, here within 10 standard deviations
    const auto balanced = std::count_if(ones.begin(), ones.end(), [](int set) {
        return set > count / 2 - 320 && set < count / 2 + 320;
    });
    EXPECT_EQ(balanced, 122);
}

TEST(Uuid, R23_a_child_process_does_not_repeat_its_parents_uuids) {
    static_cast<void>(Uuid::random());
    std::array<int, 2> ends;
    ASSERT_EQ(pipe(ends.data()), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const Uuid uuid = Uuid::random();
        const bool sent = write(ends[1], uuid.bytes.data(), 16) == 16;
        _exit(sent ? 0 : 1);
    }
    const Uuid mine = Uuid::random();
    Uuid others;
    EXPECT_EQ(read(ends[0], others.bytes.data(), 16), 16);
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    close(ends[0]);
    close(ends[1]);
    EXPECT_NE(mine, others);
    EXPECT_EQ(others.version(), 4);
}

}  // namespace
