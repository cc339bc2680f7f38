// SPDX-License-Identifier: MIT
#include <azoth/core.hpp>
#include <azoth/event.hpp>
#include <azoth/plugins.hpp>
#include <azoth/sqlite.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tests/support/message_of.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace azoth;
using azoth::test::message_of;
using testing::ElementsAre;
using testing::HasSubstr;

/// Notes what it is asked; takes an option of its own from the URL.
class Recorder : public CreateEnginePlugin {
  public:
    Recorder(std::string name, std::vector<std::string>& notes, const URL& url)
        : name_(std::move(name)), notes_(notes), mode_(url.query_value(name_ + "_mode")) {
        note("made");
    }
    URL update_url(const URL& url) override {
        note("url");
        return url.difference_update_query({name_ + "_mode"});
    }
    void handle_options(const Dialect& dialect, EngineOptions& options) override {
        note("options of " + std::string(dialect.name()) + ", " + mode_.value_or("no mode"));
        options.pool_size = 2;
        options.poolclass = PoolClass::queue;
    }
    void engine_created(const Engine& engine) override {
        note("created " + engine.url().render_as_string());
        event::listen(engine, event::engine_connect,
                      [&notes = notes_](Connection&) { notes.emplace_back("connect"); });
    }

  private:
    void note(const std::string& what) { notes_.push_back(name_ + ": " + what); }

    std::string name_;
    std::vector<std::string>& notes_;
    std::optional<std::string> mode_;
};

struct Plugins : testing::Test {
    Plugins() {
        for (const char* name : {"first", "second"})
            register_plugin(name, [this, name](const URL& url) {
                return std::make_unique<Recorder>(name, notes, url);
            });
    }
    std::vector<std::string> notes;
};

TEST_F(Plugins, take_part_in_the_making_of_engines_that_name_them) {
    const auto engine = create_engine("sqlite://?first_mode=fast&plugin=first&timeout=3");
    EXPECT_THAT(notes, ElementsAre("first: made", "first: url", "first: options of sqlite, fast",
                                   "first: created sqlite://?timeout=3"));
    notes.clear();
    (void)engine.connect();
    EXPECT_THAT(notes, ElementsAre("connect"));
    EXPECT_THAT(engine.pool().status(), HasSubstr("Pool size: 2"));
}

TEST_F(Plugins, of_the_url_come_before_those_of_the_options) {
    (void)create_engine("sqlite://?plugin=second", {.plugins = {"first"}});
    EXPECT_THAT(notes, ElementsAre("second: made", "first: made", "second: url", "first: url",
                                   HasSubstr("second: options"), HasSubstr("first: options"),
                                   HasSubstr("second: created"), HasSubstr("first: created")));
    notes.clear();
    (void)create_engine("sqlite://?plugin=first&plugin=second");
    EXPECT_THAT(notes[1], "second: made");
    notes.clear();
    (void)create_engine("sqlite://");
    EXPECT_TRUE(notes.empty());
}

TEST_F(Plugins, that_nobody_knows_are_named_with_those_that_are_known) {
    EXPECT_THAT(
        message_of<NoSuchModuleError>([] { (void)create_engine("sqlite://?plugin=third"); }),
        testing::AllOf(HasSubstr("'third'"), HasSubstr("register_plugin()"),
                       HasSubstr("first, second")));
    EXPECT_THROW((void)register_plugin("", [](const URL&) { return nullptr; }), ArgumentError);
    EXPECT_THROW((void)register_plugin("x", nullptr), ArgumentError);
    register_plugin("none", [](const URL&) { return nullptr; });
    EXPECT_THAT(message_of<ArgumentError>([] { (void)create_engine("sqlite://?plugin=none"); }),
                HasSubstr("'none'"));
}

TEST_F(Plugins, may_stop_the_making_by_what_they_throw) {
    struct Refusing : CreateEnginePlugin {
        void handle_options(const Dialect&, EngineOptions&) override {
            throw std::runtime_error("not today");
        }
    };
    register_plugin("refusing", [](const URL&) { return std::make_unique<Refusing>(); });
    EXPECT_EQ(
        message_of<std::runtime_error>([] { (void)create_engine("sqlite://?plugin=refusing"); }),
        "not today");
}

}  // namespace
