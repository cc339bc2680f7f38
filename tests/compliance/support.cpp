// SPDX-License-Identifier: MIT
#include <tests/compliance/support.hpp>
#include <tests/support/outside.hpp>

namespace compliance {

LogCallback Log::callback() {
    return [this](const LogRecord& record) {
        const std::lock_guard lock(mutex_);
        lines_.emplace_back(record.message);
    };
}

Strings Log::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(lines_, {});
}

std::string Log::text() {
    std::string all;
    for (const std::string& line : take()) all += line + "\n";
    return all;
}

ComplianceTest::ComplianceTest()
    : requirements(test::requirements_of(GetParam())), engine(create_engine(GetParam().url)) {}

ComplianceTest::~ComplianceTest() {
    try {
        metadata.drop_all(engine);
    } catch (const std::exception& error) {
        ADD_FAILURE() << "the tables could not be dropped: " << error.what();
    }
}

Engine ComplianceTest::make_engine(EngineOptions options) const {
    return create_engine(GetParam().url, std::move(options));
}

void ComplianceTest::create_tables() {
    metadata.drop_all(engine);
    metadata.create_all(engine);
}

UsersTest::UsersTest() {
    create_tables();
    engine.begin([&](Connection& conn) {
        using Person = std::tuple<std::string, std::optional<std::string>, int>;
        const std::vector<Person> people{{"sandy", "Sandy Cheeks", 30},
                                         {"patrick", "Patrick Star", 20},
                                         {"squidward", std::nullopt, 40}};
        conn.execute(insert(users).columns(users.name, users.fullname, users.age), people);
        const std::vector<std::tuple<std::string, int>> mails{
            {"sandy@example.org", 1}, {"cheeks@example.org", 1}, {"squid@example.org", 3}};
        conn.execute(insert(addresses).columns(addresses.email, addresses.user_id), mails);
    });
}

}  // namespace compliance
