// SPDX-License-Identifier: MIT
#include <azoth/base/utf8.hpp>
#include <azoth/dialects/sqlite/functions.hpp>

// Boost's matcher gives up where std::regex would run for ever or overflow the stack.
#include <boost/regex.hpp>
#include <sqlite3.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>

namespace azoth::inline v0::sqlite {
namespace {

using Regex = boost::wregex;

/// Wide characters, so that `.` and `[…]` match one letter and not one of its bytes.
std::wstring widen(std::string_view text) {
    static_assert(sizeof(wchar_t) == 4);
    if (!is_valid_utf8(text)) throw std::invalid_argument("text that is not UTF-8");
    std::wstring wide;
    wide.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::uint32_t lead = static_cast<unsigned char>(text[i++]);
        const unsigned more = lead < 0x80U ? 0U : lead < 0xE0U ? 1U : lead < 0xF0U ? 2U : 3U;
        std::uint32_t letter = more == 0 ? lead : lead & (0x3FU >> more);
        for (unsigned k = 0; k < more; ++k)
            letter = letter << 6U | (static_cast<unsigned char>(text[i++]) & 0x3FU);
        wide += static_cast<wchar_t>(letter);
    }
    return wide;
}

/// The pattern compiled last, for patterns that come from a column.
struct LastPattern {
    std::string pattern;
    std::shared_ptr<const Regex> regex;
};

std::string_view text_of(sqlite3_value* value) {
    const auto* const text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    if (text == nullptr) throw std::bad_alloc();
    return {text, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

std::shared_ptr<const Regex> compile(sqlite3_context* context, std::string_view pattern) {
    auto& last = *static_cast<LastPattern*>(sqlite3_user_data(context));
    if (!last.regex || last.pattern != pattern) {
        last.regex = nullptr;
        last.pattern = pattern;
        // as in Python, ^ and $ are the ends of the text and not of each line
        last.regex = std::make_shared<const Regex>(widen(pattern), Regex::perl | Regex::no_mod_m);
    }
    return last.regex;
}

/// SQLite keeps what belongs to a constant argument for as long as the statement runs.
std::shared_ptr<const Regex> regex_of(sqlite3_context* context, sqlite3_value* pattern) {
    using Kept = std::shared_ptr<const Regex>;
    if (const auto* const kept = static_cast<Kept*>(sqlite3_get_auxdata(context, 0))) return *kept;
    Kept regex = compile(context, text_of(pattern));
    sqlite3_set_auxdata(context, 0, new Kept(regex),
                        [](void* kept) { delete static_cast<Kept*>(kept); });
    return regex;
}

void fail(sqlite3_context* context, std::string_view problem) noexcept {
    try {
        const std::string message = "regular expression: " + std::string(problem);
        sqlite3_result_error(context, message.data(), static_cast<int>(message.size()));
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(context);
    }
}

void regexp(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL ||
        sqlite3_value_type(arguments[1]) == SQLITE_NULL) {
        return;  // NULL is the result that SQLite begins with
    }
    try {
        const auto regex = regex_of(context, arguments[0]);
        const bool found = boost::regex_search(widen(text_of(arguments[1])), *regex,
                                               boost::match_not_dot_newline | boost::match_any);
        sqlite3_result_int(context, found ? 1 : 0);
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(context);
    } catch (const std::exception& problem) {
        fail(context, problem.what());
    }
}

/// The opposite of widen().
std::string narrow(const std::wstring& wide) {
    std::string text;
    for (const wchar_t letter : wide) {
        const std::uint32_t code = static_cast<char32_t>(letter);
        const unsigned more = code < 0x80U ? 0U : code < 0x800U ? 1U : code < 0x10000U ? 2U : 3U;
        static constexpr std::uint32_t leads[] = {0, 0xC0U, 0xE0U, 0xF0U};
        text += static_cast<char>(leads[more] | code >> 6U * more);
        for (unsigned k = more; k-- > 0;)
            text += static_cast<char>(0x80U | (code >> 6U * k & 0x3FU));
    }
    return text;
}

/// What a match is replaced by: \1 to \9 are what parentheses found, any other letter behind a
/// backslash is itself.
void append_replacement(std::wstring& out, const std::wstring& replacement,
                        const boost::wsmatch& match) {
    for (std::size_t i = 0; i < replacement.size(); ++i) {
        if (replacement[i] != L'\\' || i + 1 == replacement.size()) {
            out += replacement[i];
            continue;
        }
        const wchar_t next = replacement[++i];
        if (next >= L'1' && next <= L'9')
            out += match[next - L'0'].str();
        else
            out += next;
    }
}

std::wstring replaced(const std::wstring& text, const Regex& regex,
                      const std::wstring& replacement) {
    std::wstring out;
    auto copied = text.begin();
    const boost::wsregex_iterator end;
    for (boost::wsregex_iterator found(text.begin(), text.end(), regex,
                                       boost::match_not_dot_newline);
         found != end; ++found) {
        out.append(copied, (*found)[0].first);
        append_replacement(out, replacement, *found);
        copied = (*found)[0].second;
    }
    out.append(copied, text.end());
    return out;
}

/// regexp_replace(text, pattern, replacement)
void regexp_replace(sqlite3_context* context, int, sqlite3_value** arguments) noexcept {
    for (int i = 0; i < 3; ++i)
        if (sqlite3_value_type(arguments[i]) == SQLITE_NULL) return;
    try {
        const auto regex = compile(context, text_of(arguments[1]));
        const std::string result =
            narrow(replaced(widen(text_of(arguments[0])), *regex, widen(text_of(arguments[2]))));
        sqlite3_result_text64(context, result.data(), result.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } catch (const std::bad_alloc&) {
        sqlite3_result_error_nomem(context);
    } catch (const std::exception& problem) {
        fail(context, problem.what());
    }
}

using SqlFunction = void (*)(sqlite3_context*, int, sqlite3_value**);

int add_function(sqlite3* db, const char* name, int arguments, SqlFunction function) noexcept {
    auto* const last = new (std::nothrow) LastPattern;
    if (last == nullptr) return SQLITE_NOMEM;
    // SQLite destroys `last` where it fails, too
    return sqlite3_create_function_v2(
        db, name, arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, last, function,
        nullptr, nullptr, [](void* state) { delete static_cast<LastPattern*>(state); });
}

}  // namespace

int add_regexp_functions(sqlite3* db) noexcept {
    const int result = add_function(db, "regexp", 2, &regexp);
    return result != SQLITE_OK ? result : add_function(db, "regexp_replace", 3, &regexp_replace);
}

}  // namespace azoth::inline v0::sqlite
