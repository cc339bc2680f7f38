// SPDX-License-Identifier: MIT
// The main function of the test programs: GoogleTest's, and --layer=<folder>, which runs the tests
// whose source files stand below tests/<folder>/. Like --gtest_filter, it may select nothing; here
// that is an error, because a run of no tests would look like success.

#include <gtest/gtest.h>

#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

bool stands_below(std::string_view source_file, std::string_view layer) {
    const std::string folder = "/tests/" + std::string(layer) + "/";
    return source_file.find(folder) != std::string_view::npos;
}

// A filter that names every test of the layer.
std::string filter_for(std::string_view layer) {
    const auto& all = *testing::UnitTest::GetInstance();
    std::string filter;
    for (int s = 0; s < all.total_test_suite_count(); ++s) {
        const testing::TestSuite& suite = *all.GetTestSuite(s);
        for (int t = 0; t < suite.total_test_count(); ++t) {
            const testing::TestInfo& test = *suite.GetTestInfo(t);
            if (stands_below(test.file(), layer)) {
                filter.append(suite.name()).append(".").append(test.name()).append(":");
            }
        }
    }
    return filter;
}

int run(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);

    constexpr std::string_view option = "--layer=";
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (!argument.starts_with(option)) {
            std::fprintf(stderr, "unknown argument: %s\n", argv[i]);
            return 2;
        }
        const std::string filter = filter_for(argument.substr(option.size()));
        if (filter.empty()) {
            std::fprintf(stderr, "no test stands below tests/%s/\n", argv[i] + option.size());
            return 2;
        }
        GTEST_FLAG_SET(filter, filter);
    }

    const int result = RUN_ALL_TESTS();
    if (testing::UnitTest::GetInstance()->test_to_run_count() == 0 && !GTEST_FLAG_GET(list_tests)) {
        std::fprintf(stderr, "no test was selected\n");
        return 2;
    }
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        // From making the instances of parameterized tests, above all from databases().
        std::fprintf(stderr, "%s\n", error.what());
        return 2;
    }
}
