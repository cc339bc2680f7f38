// SPDX-License-Identifier: MIT
#pragma once

struct sqlite3;

namespace azoth::inline v0::sqlite {

struct Place;

/// Notes that a connection of this process has a database file open, for its child processes. One
/// thread at a time.
///
/// SQLite keeps in memory which locks this process has on which file, since the operating system
/// counts them by process, and a child inherits the notes but not the locks. A connection that it
/// opens to the same file would take its parent's locks for its own: it would stay unprotected, and
/// find locked for ever what its parent had locked at the fork.
class OpenFile {
  public:
    explicit OpenFile(sqlite3* db) noexcept;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    /// To be called before the file is closed.
    void forget() noexcept;

  private:
    Place* place_ = nullptr;  // null where there is no file, or no memory to note it
};

/// In a child process: closes the files that its ancestors had open at their forks, so that SQLite
/// forgets them, without a byte written and without a lock of the parent's touched. To be called
/// before a file is opened. Safe from any thread.
void close_inherited_files() noexcept;

}  // namespace azoth::inline v0::sqlite
