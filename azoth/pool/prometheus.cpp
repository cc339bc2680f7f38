// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/base/excerpt.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/pool/prometheus.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace azoth::inline v0 {
namespace {

using Statistics = PoolStatistics;

/// A number as the format writes it, whatever the locale.
class Number {
  public:
    Number(int number) : Number(static_cast<std::uint64_t>(std::max(number, 0))) {}
    Number(std::uint64_t number) {
        end_ = std::to_chars(std::begin(text_), std::end(text_), number).ptr;
    }
    Number(std::chrono::nanoseconds time) {
        const double seconds = std::chrono::duration<double>(time).count();
        end_ = std::to_chars(std::begin(text_), std::end(text_), seconds).ptr;
    }
    [[nodiscard]] std::string_view text() const { return {text_, end_}; }

  private:
    char text_[32];
    char* end_;
};

struct Metric {
    std::string_view name;
    std::string_view type;
    std::string_view help;  // without backslashes and line feeds, which would need escaping
    Number (*value)(const Statistics&);
};

template <auto Member>
Number value_of(const Statistics& statistics) {
    return statistics.*Member;
}

constexpr Metric metrics[] = {
    {"azoth_pool_checked_in", "gauge", "Idle open connections.",
     &value_of<&Statistics::checked_in>},
    {"azoth_pool_checked_out", "gauge", "Connections in use, being opened or being closed.",
     &value_of<&Statistics::checked_out>},
    {"azoth_pool_waiting", "gauge", "Threads waiting for a connection.",
     &value_of<&Statistics::waiting>},
    {"azoth_pool_checkouts_total", "counter", "Connections handed out.",
     &value_of<&Statistics::checkouts>},
    {"azoth_pool_opened_total", "counter", "Physical connections opened.",
     &value_of<&Statistics::opened>},
    {"azoth_pool_closed_total", "counter", "Physical connections closed or detached.",
     &value_of<&Statistics::closed>},
    {"azoth_pool_connect_failures_total", "counter",
     "Physical connections that could not be opened.", &value_of<&Statistics::connect_failures>},
    {"azoth_pool_invalidated_total", "counter", "Connections declared unusable.",
     &value_of<&Statistics::invalidated>},
    {"azoth_pool_recycled_total", "counter", "Connections replaced because of pool_recycle.",
     &value_of<&Statistics::recycled>},
    {"azoth_pool_lifetime_expired_total", "counter",
     "Connections closed because of their maximum lifetime.",
     &value_of<&Statistics::lifetime_expired>},
    {"azoth_pool_pings_total", "counter", "Signs of life asked for.",
     &value_of<&Statistics::pings>},
    {"azoth_pool_ping_failures_total", "counter", "Signs of life that did not come.",
     &value_of<&Statistics::ping_failures>},
    {"azoth_pool_resets_total", "counter", "Transactions left open that the pool ended.",
     &value_of<&Statistics::resets>},
    {"azoth_pool_reset_failures_total", "counter", "Connections closed because their reset failed.",
     &value_of<&Statistics::reset_failures>},
    {"azoth_pool_timeouts_total", "counter", "Calls that waited for a connection in vain.",
     &value_of<&Statistics::timeouts>},
    {"azoth_pool_waits_total", "counter", "Calls that had to wait for a connection.",
     &value_of<&Statistics::waits>},
    {"azoth_pool_wait_seconds_total", "counter", "Time spent waiting for connections.",
     &value_of<&Statistics::wait_time>},
    {"azoth_pool_longest_wait_seconds", "gauge", "The longest time spent waiting by one call.",
     &value_of<&Statistics::longest_wait>},
    {"azoth_pool_listener_errors_total", "counter",
     "Exceptions of pool listeners that nobody could catch.",
     &value_of<&Statistics::listener_errors>},
};

void check_label_name(std::string_view name) {
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!name.empty() && is_letter(name.front()) && !name.starts_with("__") &&
        std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); }))
        return;
    throw ArgumentError("prometheus_text: " + detail::excerpt(name) +
                        " can't be the name of a label; such names consist of letters, digits and "
                        "underscores, without a digit or two underscores at the beginning");
}

void append_escaped(std::string& text, std::string_view value) {
    for (const char c : value) {
        if (c == '\n') {
            text += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') text += '\\';
        text += c;
    }
}

/// `{name="value",…}`, or nothing.
std::string braced(const PrometheusLabels& labels) {
    std::set<std::string_view> names;
    std::string text;
    for (const auto& [name, value] : labels) {
        check_label_name(name);
        if (!names.insert(name).second)
            throw ArgumentError("prometheus_text: the label " + name + " is given twice");
        if (!is_valid_utf8(value)) {
            throw ArgumentError("prometheus_text: the value of the label " + name +
                                " is no UTF-8: " + detail::excerpt(value));
        }
        text += (text.empty() ? "{" : ",") + name + "=\"";
        append_escaped(text, value);
        text += '"';
    }
    return text.empty() ? text : text + "}";
}

}  // namespace

std::string prometheus_text(const PoolStatistics& statistics, const PrometheusLabels& labels) {
    const LabelledStatistics only{statistics, labels};
    return prometheus_text(std::span(&only, 1));
}

std::string prometheus_text(std::span<const LabelledStatistics> pools) {
    std::vector<std::string> labels;
    std::set<PrometheusLabels> known;
    for (const LabelledStatistics& pool : pools) {
        labels.push_back(braced(pool.labels));
        PrometheusLabels sorted = pool.labels;
        std::sort(sorted.begin(), sorted.end());
        if (!known.insert(std::move(sorted)).second) {
            throw ArgumentError("prometheus_text: two pools have the same labels: " +
                                (labels.back().empty() ? "none" : labels.back()));
        }
    }
    std::string text;
    for (const Metric& metric : metrics) {
        const std::string name(metric.name);
        text += "# HELP " + name + " " + std::string(metric.help) + "\n";
        text += "# TYPE " + name + " " + std::string(metric.type) + "\n";
        for (std::size_t i = 0; i < pools.size(); ++i) {
            text += name + labels[i] + " ";
            text += metric.value(pools[i].statistics).text();
            text += '\n';
        }
    }
    return text;
}

}  // namespace azoth::inline v0
