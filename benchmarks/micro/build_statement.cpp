// SPDX-License-Identifier: MIT

// What a statement costs before it meets the database: building SELECT … WHERE … ORDER BY … LIMIT
// from its parts, and finding its compiled form in the engine's cache. The raw API has no
// counterpart.

#include "../common/micro.hpp"
#include <azoth/core.hpp>
#include <azoth/engine/compiled_cache.hpp>
#include <azoth/sqlite.hpp>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>

namespace {

std::atomic<std::size_t> allocations{0};

void* count_allocation(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}

}  // namespace

void* operator new(std::size_t size) {
    return count_allocation(size);
}
void* operator new[](std::size_t size) {
    return count_allocation(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

struct Persons : azoth::Table {
    using Table::Table;
    azoth::Column<std::int64_t> id{*this, "id", azoth::primary_key};
    azoth::Column<std::string> name{*this, "name"};
    azoth::Column<std::string> email{*this, "email"};
};

/// The model's number in the keys of statements that name no classes.
constexpr std::uint64_t core_model = 0;

class Bench {
  public:
    /// Builds the statement for this key and finds it. \returns whether it was there.
    bool build_and_find(std::int64_t key) {
        const auto statement = select(person_.id, person_.name, person_.email)
                                   .where(person_.id > key)
                                   .order_by(person_.name)
                                   .limit(10);
        constexpr auto mode = azoth::sql::CompileMode::single;
        if (cache_.find(statement.node(), mode, core_model)) return true;
        (void)cache_.put(statement.node_ref(), mode, core_model,
                         engine_.dialect().make_compiler()->compile(statement.node(), mode));
        return false;
    }

  private:
    azoth::MetaData metadata_;
    Persons person_{"person", metadata_};
    azoth::Engine engine_ = azoth::create_engine("sqlite://");
    azoth::engine::CompiledCache cache_{500};
};

void measure(std::size_t operations) {
    Bench bench;
    if (bench.build_and_find(0)) throw std::logic_error{"found what was never compiled"};
    std::size_t hits = 0;
    const std::size_t allocations_before = allocations.load();
    const bench::Stopwatch stopwatch;
    for (std::size_t i = 1; i <= operations; ++i)
        hits += bench.build_and_find(static_cast<std::int64_t>(i)) ? 1 : 0;
    const std::size_t allocated = allocations.load() - allocations_before;
    const double per_operation = static_cast<double>(allocated) / static_cast<double>(operations);
    bench::print_result("build_statement", "core", operations, stopwatch,
                        R"(, "target": 1.5, "most_allocations": 12, "allocations": )" +
                            std::to_string(per_operation));
    if (hits != operations) throw std::runtime_error{"not every statement was found in the cache"};
}

}  // namespace

int main(int argc, char** argv) {
    try {
        measure(bench::is_quick(argc, argv) ? 100'000 : 1'000'000);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
        return 1;
    }
}
