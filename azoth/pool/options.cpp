// SPDX-License-Identifier: MIT
#include <azoth/pool/core.hpp>

#include <string>

namespace azoth::inline v0::pool {
namespace {

/// Refuses options, naming the pool's class.
class Check {
  public:
    explicit Check(std::string_view class_name) : class_name_(class_name) {}

    void require(bool fine, const std::string& otherwise) const {
        if (!fine) throw ArgumentError(class_name_ + ": " + otherwise);
    }
    /// \param wanted "it must be 0 (no limit) or more"
    void require(bool fine, std::string_view option, const std::string& value,
                 std::string_view wanted) const {
        require(fine, std::string(option) + " is " + value + "; " + std::string(wanted));
    }

  private:
    std::string class_name_;
};

std::string in_ms(std::chrono::milliseconds time) {
    return std::to_string(time.count()) + " ms";
}

void check_sizes(const Check& check, std::string_view class_name, const PoolOptions& options) {
    check.require(options.pool_size >= 0, "pool_size", std::to_string(options.pool_size),
                  "it must be 0 (no limit) or more");
    check.require(options.max_overflow >= -1, "max_overflow", std::to_string(options.max_overflow),
                  "it must be -1 (no limit) or more");
    check.require(options.min_size >= 0, "min_size", std::to_string(options.min_size),
                  "it must be 0 or more");
    check.require(
        options.pool_size == 0 || options.min_size <= options.pool_size, "min_size",
        std::to_string(options.min_size),
        "more than the pool_size of " + std::to_string(options.pool_size) + " are not kept open");
    check.require(options.min_size == 0 || class_name == "QueuePool", "min_size",
                  std::to_string(options.min_size), "only a QueuePool has it");
}

void check_times(const Check& check, const PoolOptions& options) {
    check.require(options.timeout.count() >= 0, "timeout", in_ms(options.timeout),
                  "it must be 0 (never wait) or more");
    check.require(options.max_lifetime.count() != 0, "max_lifetime", in_ms(options.max_lifetime),
                  "it must be more, or negative (no limit)");
    // So written that not-a-number is refused too.
    check.require(options.lifetime_jitter >= 0 && options.lifetime_jitter < 1, "lifetime_jitter",
                  std::to_string(options.lifetime_jitter),
                  "it is a part of max_lifetime: at least 0 and less than 1");
    check.require(options.lifetime_jitter == 0 || options.max_lifetime.count() > 0,
                  "lifetime_jitter", std::to_string(options.lifetime_jitter),
                  "without max_lifetime it means nothing");
    check.require(options.ping_idle_threshold.count() >= 0, "ping_idle_threshold",
                  in_ms(options.ping_idle_threshold), "it must be 0 (always ping) or more");
    check.require(options.ping_idle_threshold.count() == 0 || options.pre_ping,
                  "ping_idle_threshold", in_ms(options.ping_idle_threshold),
                  "without pre_ping it means nothing");
}

}  // namespace

void check_options(std::string_view class_name, const PoolCreator& creator,
                   const PoolOptions& options) {
    const Check check(class_name);
    check.require(creator != nullptr, "needs a creator function that opens connections");
    check_sizes(check, class_name, options);
    check_times(check, options);
}

}  // namespace azoth::inline v0::pool
