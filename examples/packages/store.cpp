// SPDX-License-Identifier: MIT
#include "store.hpp"

#include "content_hash.hpp"
#include "interrupt.hpp"
#include "lookup.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

namespace packages {

namespace {

using namespace azoth;

UtcDateTime now() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// A blank stands in no name.
std::string key_of(std::string_view name, std::string_view architecture) {
    return std::string(name).append(1, ' ').append(architecture);
}

template <class Key>
std::optional<std::int64_t> find(const Ids& ids, const std::optional<Key>& key) {
    return key ? std::optional(ids.at(*key)) : std::nullopt;
}

std::optional<std::string_view> if_any(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

class Loader {
  public:
    Loader(const Engine& engine, const Schema& schema, Progress& progress)
        : schema_(schema), connection_(engine.connect()), progress_(progress) {}

    LoadCounts load(const std::vector<Package>& packages, std::uint64_t problems,
                    std::size_t batch) {
        const std::int64_t run = begin_load(packages.size(), problems);
        find_changes(packages);
        lookups_ = store_lookups(connection_, schema_, packages);
        connection_.commit();
        store_changes(batch);
        finish_load(run);
        return counts_;
    }

  private:
    // What is stored of a package, until it is seen in the input.
    struct Stored {
        std::int64_t id;
        std::int64_t hash;
        bool seen;
    };
    struct Change {
        const Package* package;
        std::int64_t hash;
        std::optional<std::int64_t> stored_id;
    };

    std::int64_t begin_load(std::size_t packages, std::uint64_t problems) {
        const LoadTable& loads = schema_.loads;
        const auto result = connection_.execute(insert(loads).values(
            loads.started_at = now(), loads.packages = static_cast<std::int64_t>(packages),
            loads.problems = static_cast<std::int64_t>(problems)));
        const std::int64_t id = result.inserted_primary_key();
        connection_.commit();
        return id;
    }

    void find_changes(const std::vector<Package>& packages) {
        const PackageTable& p = schema_.packages;
        for (const auto& [id, name, architecture, hash] :
             connection_.execute(select(p.id, p.name, p.architecture, p.content_hash))) {
            stored_.emplace(key_of(name, architecture), Stored{id, hash, false});
        }
        for (const Package& package : packages) {
            const std::int64_t hash = content_hash(package);
            const auto stored = stored_.find(key_of(package.name, package.architecture));
            if (stored == stored_.end()) {
                changes_.push_back({&package, hash, std::nullopt});
                continue;
            }
            stored->second.seen = true;
            if (stored->second.hash == hash)
                ++counts_.unchanged;
            else
                changes_.push_back({&package, hash, stored->second.id});
        }
    }

    void store_changes(std::size_t batch) {
        progress_.start("store", changes_.size(), "packages");
        const std::span<const Change> all(changes_);
        for (std::size_t begin = 0; begin < all.size(); begin += batch) {
            throw_if_interrupted();
            store_batch(all.subspan(begin, std::min(batch, all.size() - begin)));
            progress_.advance_to(std::min(begin + batch, all.size()));
        }
        progress_.finish();
    }

    void store_batch(std::span<const Change> batch) {
        Transaction transaction = connection_.begin();
        const Ids ids = upsert_packages(batch);
        remove_details(batch);
        std::vector<std::pair<std::int64_t, const Package*>> numbered;
        for (const Change& change : batch) {
            const Package& package = *change.package;
            numbered.emplace_back(ids.at(key_of(package.name, package.architecture)), &package);
        }
        insert_dependencies(numbered);
        insert_tags(numbered);
        transaction.commit();
        for (const Change& change : batch) {
            ++(change.stored_id ? counts_.updated : counts_.inserted);
        }
    }

    [[nodiscard]] auto row_of(const Package& package, std::int64_t hash) const {
        const std::optional<std::string> maintainer =
            package.maintainer.empty() ? std::nullopt
                                       : std::optional(package.maintainer.identity());
        return std::tuple(
            std::string_view(package.name), std::string_view(package.architecture),
            std::string_view(package.version), find(lookups_.sections, package.section),
            find(lookups_.maintainers, maintainer), package.priority, package.installed_kib,
            package.state, package.installed_version, std::string_view(package.summary),
            package.homepage, std::string_view(package.source_name),
            std::string_view(package.source_version), package.essential, package.multi_arch, hash);
    }

    Ids upsert_packages(std::span<const Change> batch) {
        const PackageTable& p = schema_.packages;
        const auto upsert =
            insert(p)
                .columns(p.name, p.architecture, p.version, p.section_id, p.maintainer_id,
                         p.priority, p.installed_kib, p.state, p.installed_version, p.summary,
                         p.homepage, p.source_name, p.source_version, p.essential, p.multi_arch,
                         p.content_hash)
                .on_conflict_do_update(
                    index_elements(p.name, p.architecture), p.version = excluded(p.version),
                    p.section_id = excluded(p.section_id),
                    p.maintainer_id = excluded(p.maintainer_id), p.priority = excluded(p.priority),
                    p.installed_kib = excluded(p.installed_kib), p.state = excluded(p.state),
                    p.installed_version = excluded(p.installed_version),
                    p.summary = excluded(p.summary), p.homepage = excluded(p.homepage),
                    p.source_name = excluded(p.source_name),
                    p.source_version = excluded(p.source_version),
                    p.essential = excluded(p.essential), p.multi_arch = excluded(p.multi_arch),
                    p.content_hash = excluded(p.content_hash))
                .returning(p.id, p.name, p.architecture);
        const auto rows = batch | std::views::transform([this](const Change& change) {
                              return row_of(*change.package, change.hash);
                          });
        Ids ids;
        for (const auto& [id, name, architecture] : connection_.execute(upsert, rows)) {
            ids.emplace(key_of(name, architecture), id);
        }
        return ids;
    }

    // A changed package gets all its dependencies and tags anew.
    void remove_details(std::span<const Change> batch) {
        std::vector<std::int64_t> ids;
        for (const Change& change : batch) {
            if (change.stored_id) ids.push_back(*change.stored_id);
        }
        if (ids.empty()) return;
        connection_.execute(
            delete_(schema_.dependencies).where(schema_.dependencies.package_id.in(ids)));
        connection_.execute(
            delete_(schema_.package_tags).where(schema_.package_tags.package_id.in(ids)));
    }

    using Numbered = std::vector<std::pair<std::int64_t, const Package*>>;

    void insert_dependencies(const Numbered& packages) {
        using Row =
            std::tuple<std::int64_t, RelationKind, std::int32_t, std::int32_t, std::string_view,
                       std::optional<std::string_view>, std::optional<VersionOperator>,
                       std::optional<std::string_view>, std::optional<std::string_view>>;
        std::vector<Row> rows;
        for (const auto& [id, package] : packages) {
            for (const Dependency& dependency : package->dependencies) {
                const Relation& relation = dependency.relation;
                Row& row =
                    rows.emplace_back(id, dependency.kind, dependency.group, dependency.position,
                                      relation.name, if_any(relation.architecture_qualifier),
                                      std::nullopt, std::nullopt, if_any(relation.restrictions));
                if (!relation.constraint) continue;
                std::get<6>(row) = relation.constraint->op;
                std::get<7>(row) = relation.constraint->version;
            }
        }
        const DependencyTable& d = schema_.dependencies;
        connection_.execute(
            insert(d).columns(d.package_id, d.kind, d.group, d.position, d.target,
                              d.architecture_qualifier, d.comparison, d.version, d.restrictions),
            rows);
        counts_.dependencies += rows.size();
    }

    void insert_tags(const Numbered& packages) {
        std::vector<std::pair<std::int64_t, std::int64_t>> rows;
        for (const auto& [id, package] : packages) {
            for (const std::string& tag : package->tags) {
                rows.emplace_back(id, lookups_.tags.at(tag));
            }
        }
        const PackageTagTable& tagged = schema_.package_tags;
        connection_.execute(insert(tagged).columns(tagged.package_id, tagged.tag_id), rows);
        counts_.tags += rows.size();
    }

    void finish_load(std::int64_t run) {
        Transaction transaction = connection_.begin();
        remove_vanished();
        remove_unused_lookups(connection_, schema_);
        connection_.execute(update(schema_.loads)
                                .values(schema_.loads.finished_at = now())
                                .where(schema_.loads.id == run));
        if (counts_.inserted + counts_.updated + counts_.deleted > 0) refresh_statistics();
        transaction.commit();
    }

    // The questions follow at once, and the database's planner should know what it deals with.
    void refresh_statistics() {
        for (const std::string_view table :
             {"package", "dependency", "package_tag", "tag", "maintainer", "section"}) {
            connection_.exec_driver_sql("ANALYZE " + std::string(table));
        }
    }

    void remove_vanished() {
        std::vector<std::int64_t> gone;
        for (const auto& [key, stored] : stored_) {
            if (!stored.seen) gone.push_back(stored.id);
        }
        std::sort(gone.begin(), gone.end());
        constexpr std::size_t at_once = 500;
        for (std::size_t begin = 0; begin < gone.size(); begin += at_once) {
            const std::size_t count = std::min(at_once, gone.size() - begin);
            connection_.execute(
                delete_(schema_.packages)
                    .where(schema_.packages.id.in(std::span(gone).subspan(begin, count))));
        }
        counts_.deleted = gone.size();
    }

    const Schema& schema_;
    Connection connection_;
    Progress& progress_;
    Lookups lookups_;
    std::unordered_map<std::string, Stored> stored_;
    std::vector<Change> changes_;
    LoadCounts counts_;
};

}  // namespace

LoadCounts store(const Engine& engine, const Schema& schema, const std::vector<Package>& packages,
                 std::uint64_t problems, std::size_t batch, Progress& progress) {
    schema.metadata.create_all(engine);
    return Loader(engine, schema, progress).load(packages, problems, batch);
}

}  // namespace packages
