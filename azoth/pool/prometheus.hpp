// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>
#include <azoth/pool/options.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// Names and values of labels in Prometheus' text format, in this order. A plain value.
using PrometheusLabels = std::vector<std::pair<std::string, std::string>>;

/// The statistics of one of several pools, with the labels that tell it from the others. A plain
/// value.
struct LabelledStatistics {
    PoolStatistics statistics;
    PrometheusLabels labels;
};

/// A pool's statistics in Prometheus' text exposition format (version 0.0.4), for an endpoint that
/// is scraped: gauges `azoth_pool_checked_in` and the like, counters `azoth_pool_checkouts_total`
/// and the like; times are in seconds. Safe from any thread.
///
/// Values of labels may be any UTF-8 and are escaped. Throws ArgumentError for the name of a label
/// that the format does not allow (letters, digits, underscores, no digit first, not two
/// underscores first) or that is given twice, and for a value that is no UTF-8. SQLAlchemy has no
/// such thing.
[[nodiscard]] AZOTH_EXPORT std::string prometheus_text(const PoolStatistics& statistics,
                                                       const PrometheusLabels& labels = {});
/// The same for several pools together, as the format wants it: each metric once. Throws
/// ArgumentError also where two pools have the same labels.
[[nodiscard]] AZOTH_EXPORT std::string prometheus_text(std::span<const LabelledStatistics> pools);

}  // namespace azoth::inline v0
