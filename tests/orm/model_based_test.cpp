// SPDX-License-Identifier: MIT
#include "model_based_world.hpp"

#include <cstdlib>
#include <iostream>

// Random sequences of steps, done with a session and with a plain reference.
//
//     AZOTH_MODEL_STEPS=1000000    so many steps, all databases together
//     AZOTH_MODEL_FROM=10000       not from the first sequence on, but from that one
//     AZOTH_MODEL_SEED=17          only the sequence of that seed
//
// A failure prints the seed, and a sequence from which everything was left out that it doesn't
// need.

namespace model_based {
namespace {

#if defined(__SANITIZE_THREAD__)
constexpr std::uint64_t usual_steps = 10000;
#else
constexpr std::uint64_t usual_steps = 100000;
#endif
constexpr std::size_t sequence_length = 100;

std::uint64_t number_from_environment(const char* variable, std::uint64_t otherwise) {
    const char* const text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

class ModelBased : public testing::TestWithParam<Database> {
  protected:
    ModelBased()
        : engine_(create_engine(GetParam().url, {.echo = true, .log = [this](const LogRecord& log) {
                                                     note(log.message);
                                                 }})) {
        model_.create_all(engine_);
    }
    ~ModelBased() override {
        delete_rows(engine_);
        model_.drop_all(engine_);
    }

    /// What went wrong; empty for nothing.
    std::string run(const Steps& steps, bool tells = false) {
        World world(engine_, model_, sent_);
        try {
            for (const Step& step : steps) {
                last_.clear();
                world.run(step);
                if (tells && !world.did().empty()) told_ += "    " + world.did() + "\n";
            }
            last_.clear();
            world.finish();
        } catch (const std::exception& error) {
            if (tells) told_ += "    " + world.did() + "\n" + last_;
            return error.what();
        }
        return {};
    }

    void run_seed(std::uint64_t seed) {
        const Steps steps = generate(seed, sequence_length);
        const std::string wrong = run(steps);
        if (wrong.empty()) return;
        const Steps shorter = shrink(steps, [this](const Steps& some) { return run(some); }, 1000);
        told_.clear();
        const std::string still_wrong = run(shorter, true);
        FAIL() << "AZOTH_MODEL_SEED=" << seed << ": " << wrong << "\n  shortened: " << still_wrong
               << "\n  by these steps:\n"
               << told_;
    }

  private:
    void note(std::string_view message) {
        // A flush that adds to an unloaded collection asks first which pairs are there: maybe all.
        const bool writes = message.starts_with("INSERT") || message.starts_with("UPDATE") ||
                            message.starts_with("DELETE") ||
                            message.starts_with(R"(SELECT "mb_player_tag"."mb_tag_id" FROM)");
        sent_.writes = sent_.writes || writes;
        sent_.warns = sent_.warns || message.find("is not in the session") != message.npos;
        last_ += "        " + std::string(message.substr(0, message.find('\n'))) + "\n";
    }

    Model model_ = make_model();
    Engine engine_;
    Sent sent_;
    std::string last_;  // statements of the last step
    std::string told_;
};
AZOTH_FLUSH_ON_ALL_DATABASES(ModelBased);

TEST_P(ModelBased, a_session_does_what_a_plain_reference_does) {
    const std::uint64_t steps =
        number_from_environment("AZOTH_MODEL_STEPS", usual_steps) / azoth::test::databases().size();
    const std::uint64_t only = number_from_environment("AZOTH_MODEL_SEED", 0);
    if (only != 0) return run_seed(only);
    // Other seeds for each database.
    std::uint64_t first = 1;
    for (const char letter : GetParam().label) first = first * 131 + static_cast<unsigned>(letter);
    first = first % 1000 * 1000000 + number_from_environment("AZOTH_MODEL_FROM", 0);
    for (std::uint64_t i = 1; i <= steps / sequence_length && !HasFatalFailure(); ++i)
        run_seed(first + i);
}

}  // namespace
}  // namespace model_based
