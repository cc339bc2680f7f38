// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/engine/url.hpp>

#include <algorithm>
#include <charconv>
#include <system_error>

namespace azoth::inline v0 {
namespace {

constexpr char hex_digits[] = "0123456789ABCDEF";

// What may stand unescaped in each part, besides letters, digits and "_.-~". The blank and '+' are
// SQLAlchemy's; ':' in the database keeps sqlite:///:memory: readable.
constexpr std::string_view plain_in_userinfo = " +";
constexpr std::string_view plain_in_database = " +/:";
constexpr std::string_view plain_in_host = ",";
constexpr std::string_view plain_in_ipv6 = ":";

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

int hex_value(char c) noexcept {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// --- checking parts

/// Letters, digits and '_', with at most one '+' between two of them.
bool is_drivername(std::string_view name) noexcept {
    if (name.empty() || !is_letter(name.front()) || name.back() == '+') return false;
    if (std::count(name.begin(), name.end(), '+') > 1) return false;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '+'; });
}

void check_no_zero_byte(std::string_view text, const char* part) {
    if (text.find('\0') == std::string_view::npos) return;
    throw ArgumentError(std::string("the ") + part +
                        " of a database URL has a zero byte, where the client library would cut "
                        "it off");
}

void check_host(std::string_view host) {
    if (std::count(host.begin(), host.end(), ':') != 1) return;
    throw ArgumentError(
        "the host of a database URL has a ':' and is no IPv6 address: the port is a part of its "
        "own");
}

/// Checks what holds for any URL and drops what means nothing; no message quotes a part.
void check(URLParts& parts) {
    if (!is_drivername(parts.drivername)) {
        throw ArgumentError(
            "the drivername of a database URL is a dialect's name or dialect+driver, such as "
            "postgresql or postgresql+libpq: letters, digits and '_'");
    }
    if (parts.username && parts.username->empty()) parts.username.reset();
    if (parts.host && parts.host->empty()) parts.host.reset();
    check_no_zero_byte(parts.username.value_or(""), "user name");
    check_no_zero_byte(parts.password.value_or(""), "password");
    check_no_zero_byte(parts.host.value_or(""), "host");
    check_no_zero_byte(parts.database.value_or(""), "database");
    check_host(parts.host.value_or(""));
    if (parts.port && (*parts.port < 1 || *parts.port > 65535)) {
        throw ArgumentError("the port of a database URL lies from 1 to 65535; it can't be " +
                            std::to_string(*parts.port));
    }
    for (const auto& [key, value] : parts.query) {
        if (key.empty()) throw ArgumentError("the query of a database URL has an empty key");
        check_no_zero_byte(key, "query");
        check_no_zero_byte(value, "query");
    }
}

// --- reading

/// Reads a URL. Its text may hold a password in any place, so that errors quote none of it but the
/// drivername (R27).
class Parser {
  public:
    explicit Parser(std::string_view text) : rest_(text) {}

    URLParts parse() {
        if (std::any_of(rest_.begin(), rest_.end(), is_control))
            fail("it has a line break or another control character");
        const std::size_t colon = rest_.find("://");
        if (colon == std::string_view::npos || !is_drivername(rest_.substr(0, colon)))
            fail("it doesn't begin with a dialect's name and \"://\"");
        parts_.drivername = rest_.substr(0, colon);
        rest_.remove_prefix(colon + 3);

        const std::string_view authority = take_until("/?");
        const std::string_view path = take_until("?");
        check_at_signs(authority, path);
        parse_authority(authority);
        if (!path.empty()) parts_.database = unescape(path.substr(1), "database");
        if (!rest_.empty()) parts_.query = parse_query(rest_.substr(1));
        return std::move(parts_);
    }

    URLQuery parse_query(std::string_view text) {
        URLQuery query;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('&'), text.size());
            const std::string_view item = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            if (item.empty()) continue;
            const std::size_t equals = item.find('=');
            if (equals == std::string_view::npos) fail("a part of its query has no '='");
            query.emplace_back(unescape_form(item.substr(0, equals)),
                               unescape_form(item.substr(equals + 1)));
        }
        return query;
    }

  private:
    [[noreturn]] void fail(const std::string& reason) const {
        const std::string name =
            parts_.drivername.empty() ? "database URL" : parts_.drivername + " URL";
        throw ArgumentError("malformed " + name + ": " + reason +
                            ". Its form is dialect+driver://user:password@host:port/database"
                            "?key=value, with special characters escaped as %XX");
    }

    /// The text up to the first of `stops`, or all of it.
    std::string_view take_until(std::string_view stops) {
        const std::string_view taken = rest_.substr(0, rest_.find_first_of(stops));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    /// A '/', '?' or '@' that was left unescaped in a password would end it early, and the rest of
    /// the password would be taken, and later shown, as host and database.
    void check_at_signs(std::string_view authority, std::string_view path) const {
        const bool in_path = !authority.empty() && path.find('@') != std::string_view::npos;
        if (in_path || std::count(authority.begin(), authority.end(), '@') > 1) {
            fail(
                "it has an '@' too many: in user name, password and database, '@' is written %40, "
                "and '/' and '?' in a password %2F and %3F");
        }
    }

    void parse_authority(std::string_view authority) {
        const std::size_t at = authority.find('@');
        if (at == std::string_view::npos) {
            parse_host_and_port(authority);
            return;
        }
        const std::string_view userinfo = authority.substr(0, at);
        const std::size_t colon = userinfo.find(':');
        parts_.username = unescape(userinfo.substr(0, colon), "user name");
        if (colon != std::string_view::npos)
            parts_.password = unescape(userinfo.substr(colon + 1), "password");
        parse_host_and_port(authority.substr(at + 1));
    }

    void parse_host_and_port(std::string_view text) {
        if (text.starts_with('[')) {
            const std::size_t close = text.find(']');
            if (close == std::string_view::npos) fail("the bracket before its host isn't closed");
            parts_.host = unescape(text.substr(1, close - 1), "host");
            text.remove_prefix(close + 1);
            if (!text.empty() && text.front() != ':') fail("its host goes on after the bracket");
        } else {
            const std::size_t colon = std::min(text.find(':'), text.size());
            parts_.host = unescape(text.substr(0, colon), "host");
            text.remove_prefix(colon);
        }
        if (text.size() > 1) parts_.port = parse_port(text.substr(1));
    }

    int parse_port(std::string_view text) const {
        int port = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
        if (error != std::errc{} || end != text.data() + text.size() || port < 1 || port > 65535) {
            fail(
                "its port is no number from 1 to 65535 (an IPv6 address needs brackets, several "
                "hosts are given by host= in the query, and '/' and '?' in a password are written "
                "%2F and %3F)");
        }
        return port;
    }

    std::string unescape(std::string_view text, const char* part) const {
        std::string plain;
        plain.reserve(text.size());
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '%') {
                plain += text[i];
                continue;
            }
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                fail(std::string("in its ") + part + " a '%' stands alone; '%' is written %25");
            plain += static_cast<char>(high << 4 | low);
            i += 2;
        }
        return plain;
    }

    /// As unescape, and '+' is a blank.
    std::string unescape_form(std::string_view text) const {
        std::string spaced(text);
        std::replace(spaced.begin(), spaced.end(), '+', ' ');
        return unescape(spaced, "query");
    }

    std::string_view rest_;
    URLParts parts_;
};

// --- writing

void append_escaped(std::string& out, std::string_view text, std::string_view plain) {
    for (const char c : text) {
        if (is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-' || c == '~' ||
            plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += hex_digits[byte >> 4];
            out += hex_digits[byte & 15];
        }
    }
}

/// As append_escaped, and a blank is '+'.
void append_escaped_form(std::string& out, std::string_view text) {
    const std::size_t begin = out.size();
    append_escaped(out, text, " ");
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), ' ', '+');
}

/// True for query keys whose value is as secret as the password: libpq's "password" and
/// "sslpassword", and ODBC's connection string, which holds a PWD.
bool is_secret(std::string_view key) {
    std::string lower(key);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    for (const std::string_view word :
         {"password", "passwd", "passphrase", "pwd", "secret", "token", "odbc_connect"}) {
        if (lower.find(word) != std::string::npos) return true;
    }
    return false;
}

void append_userinfo(std::string& out, const URLParts& parts, bool hide_password) {
    if (!parts.username && !parts.password) return;
    append_escaped(out, parts.username.value_or(""), plain_in_userinfo);
    if (parts.password) {
        out += ':';
        if (hide_password) {
            out += "***";
        } else {
            append_escaped(out, *parts.password, plain_in_userinfo);
        }
    }
    out += '@';
}

void append_host(std::string& out, const std::string& host) {
    if (host.find(':') == std::string::npos) {
        append_escaped(out, host, plain_in_host);
        return;
    }
    out += '[';
    append_escaped(out, host, plain_in_ipv6);
    out += ']';
}

void append_query(std::string& out, const URLQuery& query, bool hide_password) {
    char separator = '?';
    for (const auto& [key, value] : query) {
        out += separator;
        separator = '&';
        append_escaped_form(out, key);
        out += '=';
        if (hide_password && is_secret(key)) {
            out += "***";
        } else {
            append_escaped_form(out, value);
        }
    }
}

// --- the query by key

std::vector<std::string>* find_key(URLQueryDict& dict, std::string_view key) {
    for (auto& [name, values] : dict)
        if (name == key) return &values;
    return nullptr;
}

URLQueryDict group(const URLQuery& query) {
    URLQueryDict dict;
    for (const auto& [key, value] : query) {
        if (auto* values = find_key(dict, key)) {
            values->push_back(value);
        } else {
            dict.push_back({key, {value}});
        }
    }
    return dict;
}

URLQuery flatten(const URLQueryDict& dict) {
    URLQuery query;
    for (const auto& [key, values] : dict)
        for (const auto& value : values) query.emplace_back(key, value);
    return query;
}

/// One form for all queries that are equal: keys in alphabetical order, values in their own.
URLQueryDict canonical(const URLQuery& query) {
    URLQueryDict dict = group(query);
    std::sort(dict.begin(), dict.end());
    return dict;
}

template <typename Keys>
URLQuery without(const URLQuery& query, const Keys& keys) {
    URLQuery kept;
    for (const auto& item : query)
        if (std::find(keys.begin(), keys.end(), item.first) == keys.end()) kept.push_back(item);
    return kept;
}

template <typename T>
std::size_t mix(std::size_t seed, const T& value) {
    return seed ^ (std::hash<T>{}(value) + 0x9e3779b97f4a7c15U + (seed << 6) + (seed >> 2));
}

}  // namespace

URL::URL(std::shared_ptr<const URLParts> parts) noexcept : parts_(std::move(parts)) {}
URL::URL(const URL&) noexcept = default;
URL& URL::operator=(const URL&) noexcept = default;
URL::~URL() = default;

const std::string& URL::drivername() const noexcept {
    return parts_->drivername;
}
const std::optional<std::string>& URL::username() const noexcept {
    return parts_->username;
}
const std::optional<std::string>& URL::password() const noexcept {
    return parts_->password;
}
const std::optional<std::string>& URL::host() const noexcept {
    return parts_->host;
}
std::optional<int> URL::port() const noexcept {
    return parts_->port;
}
const std::optional<std::string>& URL::database() const noexcept {
    return parts_->database;
}
const URLQuery& URL::query() const noexcept {
    return parts_->query;
}

URL make_url(const URL& url) {
    return url;
}

URL URL::create(URLParts parts) {
    check(parts);
    return URL{std::make_shared<const URLParts>(std::move(parts))};
}

URL make_url(std::string_view text) {
    return URL::create(Parser{text}.parse());
}

std::string_view URL::get_backend_name() const noexcept {
    const std::string_view name = drivername();
    return name.substr(0, name.find('+'));
}

std::string_view URL::get_driver_name() const noexcept {
    const std::string_view name = drivername();
    const std::size_t plus = name.find('+');
    return plus == std::string_view::npos ? std::string_view{} : name.substr(plus + 1);
}

URLQueryDict URL::normalized_query() const {
    return group(query());
}

std::vector<std::string> URL::query_values(std::string_view key) const {
    std::vector<std::string> values;
    for (const auto& [name, value] : query())
        if (name == key) values.push_back(value);
    return values;
}

std::optional<std::string> URL::query_value(std::string_view key) const {
    auto values = query_values(key);
    if (values.empty()) return std::nullopt;
    if (values.size() > 1) {
        throw ArgumentError("the query of the database URL gives " + std::string(key) +
                            " more than once");
    }
    return std::move(values.front());
}

URL URL::set(URLChanges changes) const {
    URLParts parts = *parts_;
    if (changes.drivername) parts.drivername = std::move(*changes.drivername);
    if (changes.username) parts.username = std::move(changes.username);
    if (changes.password) parts.password = std::move(changes.password);
    if (changes.host) parts.host = std::move(changes.host);
    if (changes.port) parts.port = changes.port;
    if (changes.database) parts.database = std::move(changes.database);
    if (changes.query) parts.query = std::move(*changes.query);
    return create(std::move(parts));
}

URL URL::with_drivername(std::string drivername) const {
    URLParts parts = *parts_;
    parts.drivername = std::move(drivername);
    return create(std::move(parts));
}

URL URL::with_username(std::optional<std::string> username) const {
    URLParts parts = *parts_;
    parts.username = std::move(username);
    return create(std::move(parts));
}

URL URL::with_password(std::optional<std::string> password) const {
    URLParts parts = *parts_;
    parts.password = std::move(password);
    return create(std::move(parts));
}

URL URL::with_host(std::optional<std::string> host) const {
    URLParts parts = *parts_;
    parts.host = std::move(host);
    return create(std::move(parts));
}

URL URL::with_port(std::optional<int> port) const {
    URLParts parts = *parts_;
    parts.port = port;
    return create(std::move(parts));
}

URL URL::with_database(std::optional<std::string> database) const {
    URLParts parts = *parts_;
    parts.database = std::move(database);
    return create(std::move(parts));
}

URL URL::with_query(URLQuery query) const {
    URLParts parts = *parts_;
    parts.query = std::move(query);
    return create(std::move(parts));
}

URL URL::update_query_pairs(const URLQuery& pairs, bool append) const {
    return update_query_dict(group(pairs), append);
}

URL URL::update_query_dict(const URLQueryDict& dict, bool append) const {
    URLQueryDict updated = normalized_query();
    for (const auto& [key, values] : dict) {
        auto* const present = find_key(updated, key);
        if (present == nullptr) {
            updated.emplace_back(key, values);
        } else if (append) {
            present->insert(present->end(), values.begin(), values.end());
        } else {
            *present = values;
        }
    }
    return with_query(flatten(updated));
}

URL URL::update_query_string(std::string_view query, bool append) const {
    return update_query_pairs(Parser{{}}.parse_query(query), append);
}

URL URL::difference_update_query(std::initializer_list<std::string_view> keys) const {
    return with_query(without(query(), keys));
}

URL URL::difference_update_query(const std::vector<std::string>& keys) const {
    return with_query(without(query(), keys));
}

std::string URL::render_as_string(bool hide_password) const {
    std::string out = drivername() + "://";
    append_userinfo(out, *parts_, hide_password);
    if (host()) append_host(out, *host());
    if (port()) out += ':' + std::to_string(*port());
    if (database()) {
        out += '/';
        append_escaped(out, *database(), plain_in_database);
    }
    append_query(out, query(), hide_password);
    return out;
}

bool operator==(const URL& a, const URL& b) {
    return a.drivername() == b.drivername() && a.username() == b.username() &&
           a.password() == b.password() && a.host() == b.host() && a.port() == b.port() &&
           a.database() == b.database() && canonical(a.query()) == canonical(b.query());
}

std::size_t URL::hash() const {
    std::size_t seed = 0;
    seed = mix(seed, drivername());
    seed = mix(seed, username());
    seed = mix(seed, password());
    seed = mix(seed, host());
    seed = mix(seed, port());
    seed = mix(seed, database());
    for (const auto& [key, value] : flatten(canonical(query()))) seed = mix(mix(seed, key), value);
    return seed;
}

}  // namespace azoth::inline v0
