// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/export.hpp>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace azoth::inline v0 {

/// The query of a URL, keys and values in order; a key may come several times.
using URLQuery = std::vector<std::pair<std::string, std::string>>;

/// The query of a URL by key, each with all its values, in order of first appearance.
using URLQueryDict = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The parts of a URL, none of them escaped, for URL::create: a plain value.
struct URLParts {
    std::string drivername{};  ///< "postgresql" or "postgresql+libpq"
    std::optional<std::string> username{};
    std::optional<std::string> password{};
    std::optional<std::string> host{};      ///< IPv6 addresses without brackets
    std::optional<int> port{};              ///< 1 to 65535
    std::optional<std::string> database{};  ///< SQLite: the path, or ":memory:"
    URLQuery query{};
};

/// Changes for URL::set, a plain value: what is left out stays as it is.
struct URLChanges {
    std::optional<std::string> drivername{};
    std::optional<std::string> username{};
    std::optional<std::string> password{};
    std::optional<std::string> host{};
    std::optional<int> port{};
    std::optional<std::string> database{};
    std::optional<URLQuery> query{};
};

/// Which database to connect to, and how. Immutable, so safe from any thread; cheap to copy.
///
/// Written `dialect+driver://username:password@host:port/database?key=value`. User name, password
/// and database are percent-escaped in that text ('@' is %40, ':' %3A, '/' %2F, '%' %25), keys and
/// values of the query as in a web form. SQLite: `sqlite://` and `sqlite:///:memory:` are in
/// memory, `sqlite:///relative/path.db`, `sqlite:////absolute/path.db`.
///
/// The password is shown by nothing but `password()` and `render_as_string(false)` (R27): errors
/// about a malformed URL quote no part of it. SQLAlchemy: `URL`, `make_url`. What differs: an empty
/// user name or host is none; the host may be escaped too ("%2Frun%2Fpostgresql", a directory);
/// keys stay in their order, values may be empty; a stray '%', a '/', '?' or '@' in a password, and
/// a query part without '=' are errors rather than guessed at.
class AZOTH_EXPORT URL {
  public:
    /// Throws ArgumentError where a part can't be: a drivername of other characters than letters,
    /// digits, '_' and one '+', a host with the port in it, a port beyond 1 to 65535, an empty key,
    /// a zero byte anywhere.
    [[nodiscard]] static URL create(URLParts parts);

    [[nodiscard]] const std::string& drivername() const noexcept;
    [[nodiscard]] const std::optional<std::string>& username() const noexcept;
    /// The password itself; don't print it.
    [[nodiscard]] const std::optional<std::string>& password() const noexcept;
    [[nodiscard]] const std::optional<std::string>& host() const noexcept;
    [[nodiscard]] std::optional<int> port() const noexcept;
    [[nodiscard]] const std::optional<std::string>& database() const noexcept;
    [[nodiscard]] const URLQuery& query() const noexcept;

    /// The database's dialect, "postgresql" of "postgresql+libpq".
    [[nodiscard]] std::string_view get_backend_name() const noexcept;
    /// The driver, "libpq" of "postgresql+libpq"; empty where the URL leaves it to the dialect.
    [[nodiscard]] std::string_view get_driver_name() const noexcept;

    /// The query by key. SQLAlchemy: a property of this name.
    [[nodiscard]] URLQueryDict normalized_query() const;
    /// All values of one key, in order; empty where the query doesn't have it.
    [[nodiscard]] std::vector<std::string> query_values(std::string_view key) const;
    /// The value of a key that may come once, or nothing. Throws ArgumentError where it comes more
    /// often.
    [[nodiscard]] std::optional<std::string> query_value(std::string_view key) const;

    /// The same URL with some parts replaced. Throws as create.
    [[nodiscard]] URL set(URLChanges changes) const;
    /// One part replaced or, with nullopt, removed.
    [[nodiscard]] URL with_drivername(std::string drivername) const;
    [[nodiscard]] URL with_username(std::optional<std::string> username) const;
    [[nodiscard]] URL with_password(std::optional<std::string> password) const;
    [[nodiscard]] URL with_host(std::optional<std::string> host) const;
    [[nodiscard]] URL with_port(std::optional<int> port) const;
    [[nodiscard]] URL with_database(std::optional<std::string> database) const;
    [[nodiscard]] URL with_query(URLQuery query) const;

    /// Keys added or, where the query has them already, replaced with all their values; with
    /// `append` the values are added to those of the same key. A key without values is removed.
    [[nodiscard]] URL update_query_pairs(const URLQuery& pairs, bool append = false) const;
    [[nodiscard]] URL update_query_dict(const URLQueryDict& dict, bool append = false) const;
    /// The same from "key=value&key=value". Throws ArgumentError where that is malformed.
    [[nodiscard]] URL update_query_string(std::string_view query, bool append = false) const;
    /// The URL without some keys of its query; keys that it doesn't have are ignored.
    [[nodiscard]] URL difference_update_query(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] URL difference_update_query(const std::vector<std::string>& keys) const;

    /// The URL as text that make_url reads. With `hide_password` the password, and query values
    /// whose key speaks of a password, secret or token, are "***".
    [[nodiscard]] std::string render_as_string(bool hide_password = true) const;

    /// Equal parts; the order of different keys in the query doesn't matter, that of one key's
    /// values does.
    AZOTH_EXPORT friend bool operator==(const URL& a, const URL& b);

  private:
    friend struct std::hash<URL>;

    explicit URL(std::shared_ptr<const URLParts> parts) noexcept;
    [[nodiscard]] std::size_t hash() const;

    std::shared_ptr<const URLParts> parts_;  // never null: a URL is copied, not moved from

  public:
    URL(const URL&) noexcept;
    URL& operator=(const URL&) noexcept;
    ~URL();
};

/// Reads a URL (see URL). Throws ArgumentError that says what is wrong without quoting the text.
[[nodiscard]] AZOTH_EXPORT URL make_url(std::string_view text);
/// A URL as it is: for functions that take both.
[[nodiscard]] AZOTH_EXPORT URL make_url(const URL& url);

}  // namespace azoth::inline v0

template <>
struct std::hash<azoth::URL> {
    [[nodiscard]] std::size_t operator()(const azoth::URL& url) const { return url.hash(); }
};
