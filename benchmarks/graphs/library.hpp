// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Authors with five books each, as a program without a mapper keeps them. common/library.py makes
/// the same.
namespace bench {

struct Book {
    std::int64_t id{};
    std::string title{};
};

struct Author {
    std::int64_t id{};
    std::string name{};
    std::vector<Book> books{};
};

using Library = std::vector<Author>;

/// A sum over authors and their books in any order that looks at every column and at who wrote
/// what. `library.py` knows what it is to be.
class LibraryDigest {
  public:
    void add_author(std::int64_t id, std::string_view name) noexcept {
        sum_ += static_cast<std::uint64_t>(id) * name.size() + first(name);
        ++authors_;
    }
    void add_book(std::int64_t author_id, std::int64_t id, std::string_view title) noexcept {
        sum_ +=
            static_cast<std::uint64_t>(author_id) * static_cast<std::uint64_t>(id) * title.size() +
            first(title);
    }
    std::size_t authors() const noexcept { return authors_; }
    std::uint64_t sum() const noexcept { return sum_; }

  private:
    static unsigned char first(std::string_view text) noexcept {
        return static_cast<unsigned char>(text.front());
    }

    std::uint64_t sum_ = 0;
    std::size_t authors_ = 0;
};

/// The digest of all of them.
LibraryDigest digest(const Library& library);

}  // namespace bench
