// SPDX-License-Identifier: MIT
#include <azoth/base/process.hpp>
#include <azoth/dialects/sqlite/open_file.hpp>

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <new>
#include <thread>
#include <utility>

namespace azoth::inline v0::sqlite {

/// A note on one file. Never freed, because a child may read it at any moment of its parent's.
struct Place {
    std::atomic<bool> taken{true};
    std::atomic<sqlite3_file*> file{nullptr};
    std::atomic<std::uint64_t> process{0};
    Place* next = nullptr;
};

namespace {

std::atomic<Place*> places{nullptr};
/// The process in which a thread closes inherited files; 0 for none. As a lock it can't be
/// inherited: what another process left here counts for nothing.
std::atomic<std::uint64_t> closing{0};

Place* take_place() noexcept {
    for (Place* place = places.load(std::memory_order_acquire); place != nullptr;
         place = place->next) {
        bool taken = false;
        if (place->taken.compare_exchange_strong(taken, true)) return place;
    }
    auto* place = new (std::nothrow) Place;
    if (place == nullptr) return nullptr;
    place->next = places.load();
    while (!places.compare_exchange_weak(place->next, place)) {
    }
    return place;
}

void free_place(Place& place) noexcept {
    place.file.store(nullptr);
    place.taken.store(false);
}

/// The file as SQLite's interface to the operating system knows it; null for databases in memory.
sqlite3_file* file_of(sqlite3* db) noexcept {
    // With a shared cache a connection of the child's would find the closed file in its memory.
    const char* name = sqlite3_db_filename(db, "main");
    if (name == nullptr || *name == '\0' || sqlite3_uri_parameter(name, "cache") != nullptr)
        return nullptr;
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
        return nullptr;
    const bool has_locks = file != nullptr && file->pMethods != nullptr &&
                           file->pMethods->iVersion >= 2 && file->pMethods->xShmUnmap != nullptr;
    return has_locks ? file : nullptr;
}

/// What SQLite's own connection does last when it closes: before that it would write.
void close(sqlite3_file& file) noexcept {
    constexpr int keep = 0;  // the file of shared memory, which the parent uses
    file.pMethods->xShmUnmap(&file, keep);
    file.pMethods->xClose(&file);
}

}  // namespace

OpenFile::OpenFile(sqlite3* db) noexcept {
    sqlite3_file* const file = file_of(db);
    if (file == nullptr) return;
    place_ = take_place();
    if (place_ == nullptr) return;
    place_->process.store(detail::packed_process());
    place_->file.store(file);
}

void OpenFile::forget() noexcept {
    if (place_ != nullptr) free_place(*std::exchange(place_, nullptr));
}

void close_inherited_files() noexcept {
    const std::uint64_t here = detail::packed_process();
    for (std::uint64_t before = closing.load();;) {
        if (before == here) {
            std::this_thread::yield();
            before = closing.load();
        } else if (closing.compare_exchange_weak(before, here)) {
            break;
        }
    }
    for (Place* place = places.load(std::memory_order_acquire); place != nullptr;
         place = place->next) {
        sqlite3_file* const file = place->file.load();
        if (file == nullptr || place->process.load() == here) continue;
        close(*file);
        free_place(*place);
    }
    closing.store(0);
}

}  // namespace azoth::inline v0::sqlite
