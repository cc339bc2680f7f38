// SPDX-License-Identifier: MIT
#include "content_hash.hpp"

#include <bit>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace packages {

namespace {

// FNV-1a, the same on every machine and in every version of this program: the values are stored.
class Fingerprint {
  public:
    // The length first, or "ab","c" would equal "a","bc".
    void add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        for (const char c : text) add_byte(static_cast<unsigned char>(c));
    }

    template <std::integral Integer>
    void add(Integer number) {
        const auto bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(number));
        for (int shift = 0; shift < 64; shift += 8) {
            add_byte(static_cast<unsigned char>((bits >> shift) & 0xFFU));
        }
    }

    template <class T>
    void add(const std::optional<T>& value) {
        add(value.has_value());
        if (!value) return;
        if constexpr (std::is_enum_v<T>)
            add(static_cast<int>(*value));
        else
            add(*value);
    }

    [[nodiscard]] std::int64_t value() const { return std::bit_cast<std::int64_t>(state_); }

  private:
    void add_byte(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001B3U; }

    std::uint64_t state_ = 0xCBF29CE484222325U;
};

void add_dependency(Fingerprint& fingerprint, const DependencyRecord& dependency) {
    const Relation& relation = dependency.relation;
    fingerprint.add(static_cast<int>(dependency.kind));
    fingerprint.add(dependency.group);
    fingerprint.add(dependency.position);
    fingerprint.add(relation.name);
    fingerprint.add(relation.architecture_qualifier);
    fingerprint.add(relation.restrictions);
    fingerprint.add(relation.constraint.has_value());
    if (relation.constraint) {
        fingerprint.add(static_cast<int>(relation.constraint->op));
        fingerprint.add(relation.constraint->version);
    }
}

}  // namespace

std::int64_t content_hash(const PackageRecord& package) {
    Fingerprint fingerprint;
    fingerprint.add(package.name);
    fingerprint.add(package.version);
    fingerprint.add(package.architecture);
    fingerprint.add(package.section);
    fingerprint.add(package.priority);
    fingerprint.add(package.installed_kib);
    fingerprint.add(package.state);
    fingerprint.add(package.installed_version);
    fingerprint.add(package.summary);
    fingerprint.add(package.maintainer.identity());
    fingerprint.add(package.homepage);
    fingerprint.add(package.source_name);
    fingerprint.add(package.source_version);
    fingerprint.add(package.essential);
    fingerprint.add(static_cast<int>(package.multi_arch));
    fingerprint.add(package.tags.size());
    for (const std::string& tag : package.tags) fingerprint.add(tag);
    fingerprint.add(package.dependencies.size());
    for (const DependencyRecord& dependency : package.dependencies) {
        add_dependency(fingerprint, dependency);
    }
    return fingerprint.value();
}

}  // namespace packages
