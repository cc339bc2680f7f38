// SPDX-License-Identifier: MIT
#include "verify.hpp"

#include "content_hash.hpp"
#include "model.hpp"
#include "package_record.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace packages {

namespace {

using namespace azoth;

PackageRecord record_of(const Package& package, std::optional<std::string> section,
                        const Ptr<const Maintainer>& maintainer) {
    return {.name = package.name,
            .version = package.version,
            .architecture = package.architecture,
            .section = std::move(section),
            .priority = package.priority,
            .installed_kib = package.installed_kib,
            .state = package.state,
            .installed_version = package.installed_version,
            .summary = package.summary,
            .maintainer = maintainer ? MaintainerRecord{maintainer->name, maintainer->email}
                                     : MaintainerRecord{},
            .homepage = package.homepage,
            .source_name = package.source_name,
            .source_version = package.source_version,
            .essential = package.essential,
            .multi_arch = package.multi_arch};
}

DependencyRecord record_of(const Dependency& dependency) {
    DependencyRecord record{
        .kind = dependency.kind, .group = dependency.group, .position = dependency.position};
    record.relation.name = dependency.target_name;
    record.relation.architecture_qualifier = dependency.architecture_qualifier.value_or("");
    record.relation.restrictions = dependency.restrictions.value_or("");
    if (dependency.comparison) {
        record.relation.constraint =
            VersionConstraint{*dependency.comparison, dependency.version.value_or("")};
    }
    return record;
}

// The order of the parser: rows have none, and databases sort enumerations and texts differently.
void put_in_order(PackageRecord& package) {
    std::sort(package.tags.begin(), package.tags.end());
    std::sort(package.dependencies.begin(), package.dependencies.end(),
              [](const DependencyRecord& a, const DependencyRecord& b) {
                  return std::tie(a.kind, a.group, a.position) <
                         std::tie(b.kind, b.group, b.position);
              });
}

// Reads the packages in windows of a transaction each, after which their objects are let go.
class Verifier {
  public:
    explicit Verifier(Session& session) : session_(session) {}

    Verification run() {
        while (read_packages()) {
            read_tags();
            read_dependencies();
            compare_window();
            session_.commit();
        }
        std::sort(result_.differing.begin(), result_.differing.end());
        return std::move(result_);
    }

  private:
    struct Read {
        PackageRecord record;
        std::int64_t hash;
    };
    static constexpr std::int64_t window = 1000;

    bool read_packages() {
        window_.clear();
        const auto query =
            select(entity<const Package>, nullable(col<&Section::name>), entity<const Maintainer>)
                .outer_join<&Package::section>()
                .outer_join<&Package::maintainer>()
                .where(col<&Package::id> > last_)
                .order_by(col<&Package::id>)
                .limit(window);
        first_ = last_ + 1;
        for (auto& [package, section, maintainer] : session_.execute(query)) {
            last_ = package->id;
            window_.emplace(last_, Read{record_of(*package, std::move(section), maintainer),
                                        package->content_hash});
        }
        return !window_.empty();
    }

    void read_tags() {
        const auto query = select(col<&Package::id>, col<&Tag::name>)
                               .join<&Package::tags>()
                               .where(col<&Package::id>.between(first_, last_));
        for (auto& [id, tag] : session_.execute(query)) {
            window_.at(id).record.tags.push_back(std::move(tag));
            ++result_.tags;
        }
    }

    void read_dependencies() {
        const auto query =
            select<const Dependency>().where(col<&Dependency::package_id>.between(first_, last_));
        for (const auto& dependency : session_.scalars(query)) {
            window_.at(dependency->package_id)
                .record.dependencies.push_back(record_of(*dependency));
            ++result_.dependencies;
        }
    }

    void compare_window() {
        for (auto& [id, read] : window_) {
            put_in_order(read.record);
            if (content_hash(read.record) == read.hash) continue;
            result_.differing.push_back(read.record.name + ':' + read.record.architecture);
        }
        result_.packages += window_.size();
    }

    Session& session_;
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
    std::unordered_map<std::int64_t, Read> window_;
    Verification result_;
};

std::uint64_t count(Session& session, const Select<std::int64_t>& query) {
    return static_cast<std::uint64_t>(session.scalars(query).one());
}

std::uint64_t wrong_targets(Session& session) {
    const auto named = aliased<Package>("named");
    const auto there_is_one =
        exists(select(named.col<&Package::id>())
                   .where(named.col<&Package::name>() == col<&Dependency::target_name>));
    return count(session, select(func::count())
                              .select_from(entity<Dependency>)
                              .outer_join<&Dependency::target>()
                              .where((col<&Package::id>.is_null() && there_is_one) ||
                                     col<&Package::name> != col<&Dependency::target_name>));
}

std::uint64_t unfinished_loads(Session& session) {
    const auto finished = aliased<Load>("finished");
    const auto last_finished = select(func::max(finished.col<&Load::id>()))
                                   .where(finished.col<&Load::finished_at>().is_not_null())
                                   .scalar_subquery();
    return count(session, select(func::count(col<&Load::id>))
                              .where(col<&Load::finished_at>.is_null(),
                                     col<&Load::id> > func::coalesce(last_finished, 0)));
}

bool same(const Answer& a, const Answer& b) {
    return a.name == b.name && a.rows == b.rows && a.total == b.total;
}

}  // namespace

Verification verify(Session& session) {
    Verification result = Verifier(session).run();
    result.wrong_targets = wrong_targets(session);
    result.unfinished_loads = unfinished_loads(session);
    return result;
}

void compare(Verification& verification, const std::vector<Answer>& answers,
             const std::vector<Answer>& of_core) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
        ++verification.answers;
        if (i >= of_core.size() || !same(answers[i], of_core[i]))
            verification.differing_answers.push_back(answers[i].name);
    }
}

}  // namespace packages
