// SPDX-License-Identifier: MIT
#include "store.hpp"

#include "byte_source.hpp"
#include "changes.hpp"
#include "interrupt.hpp"
#include "lookup.hpp"
#include "package_writer.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <string_view>
#include <utility>

namespace packages {

namespace {

using namespace azoth;

UtcDateTime now() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

class Loader {
  public:
    Loader(const Engine& engine, const Model& model, std::size_t batch, Progress& progress)
        : session_(engine, model), batch_(batch), progress_(progress) {}

    LoadCounts load(const std::vector<PackageRecord>& packages, std::uint64_t problems) {
        const Ptr<Load> run =
            session_.add(Load{.started_at = now(),
                              .packages = static_cast<std::int64_t>(packages.size()),
                              .problems = static_cast<std::int64_t>(problems)});
        session_.commit();
        changes_ = find_changes(session_, packages);
        counts_.unchanged = changes_.unchanged;
        delete_vanished();
        lookups_ = store_lookups(session_, packages);
        session_.commit();
        store_changes();
        finish(run);
        return counts_;
    }

  private:
    // In steps of a transaction each; a signal is heeded between two.
    template <class T, class Step>
    void in_batches(std::string title, const std::vector<T>& all, const Step& step) {
        progress_.start(std::move(title), all.size(), "packages");
        const std::span<const T> rest(all);
        for (std::size_t begin = 0; begin < all.size(); begin += batch_) {
            throw_if_interrupted();
            step(rest.subspan(begin, std::min(batch_, all.size() - begin)));
            session_.commit();
            progress_.advance_to(std::min(begin + batch_, all.size()));
        }
        progress_.finish();
    }

    void delete_vanished() {
        if (changes_.vanished.empty()) return;
        PackageWriter writer(session_, lookups_, changes_.targets);
        in_batches("delete", changes_.vanished, [&](std::span<const std::int64_t> ids) {
            std::vector<std::string> names;
            for (const auto& package :
                 session_.scalars(select<Package>().where(col<&Package::id>.in(ids)))) {
                // Another architecture's package of that name takes its place as a target.
                const std::string& name = package.read().name;
                if (changes_.targets.contains(name)) names.push_back(name);
                session_.delete_(package);  // by cascade with its dependencies
            }
            session_.flush();
            writer.find_targets_of(names);
        });
        counts_.deleted = changes_.vanished.size();
    }

    void store_changes() {
        PackageWriter writer(session_, lookups_, changes_.targets);
        in_batches("store", changes_.changed, [&](std::span<const Change> batch) {
            writer.write(batch);
            for (const Change& change : batch) {
                ++(change.stored_id ? counts_.updated : counts_.inserted);
            }
        });
        counts_.dependencies = writer.written().dependencies;
        counts_.tags = writer.written().tags;
    }

    void finish(const Ptr<Load>& run) {
        delete_unused_lookups(session_);
        run->finished_at = now();
        session_.flush();
        if (counts_.inserted + counts_.updated + counts_.deleted > 0) refresh_statistics();
        session_.commit();
    }

    // The questions follow at once, and the database's planner should know what it deals with. On
    // MariaDB this commits by itself.
    void refresh_statistics() {
        const bool is_mariadb = session_.engine().dialect().name() == "mariadb";
        const std::string analyze = is_mariadb ? "ANALYZE TABLE " : "ANALYZE ";
        for (const std::string_view table :
             {"package", "dependency", "package_tag", "tag", "maintainer", "section"}) {
            session_.execute(text(analyze + std::string(table)));
        }
    }

    Session session_;
    std::size_t batch_;
    Progress& progress_;
    Lookups lookups_;
    Changes changes_;
    LoadCounts counts_;
};

// Tables of the same names that are not these: nothing was migrated, and nothing is dropped.
void require_tables_of(const Engine& engine, const Model& model) {
    Session session(engine, model);
    try {
        (void)session.scalars(select<const Dependency>().limit(1));
    } catch (const ProgrammingError&) {
        throw InputError(
            "the database holds tables of another version of this program: name another with --db");
    }
}

}  // namespace

LoadCounts store(const Engine& engine, const Model& model,
                 const std::vector<PackageRecord>& packages, std::uint64_t problems,
                 std::size_t batch, Progress& progress) {
    model.create_all(engine);
    require_tables_of(engine, model);
    return Loader(engine, model, batch, progress).load(packages, problems);
}

}  // namespace packages
