// SPDX-License-Identifier: MIT
#pragma once

#include <mysql.h>

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace driver {

/// A number to be sent or filled in, or the first of a page of them.
inline MYSQL_BIND bound(const std::int64_t& number) {
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_LONGLONG;
    bind.buffer = const_cast<std::int64_t*>(&number);
    return bind;
}

/// A text to be sent.
inline MYSQL_BIND bound(const std::string& text) {
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = const_cast<char*>(text.data());
    bind.buffer_length = text.size();
    return bind;
}

/// Room for a text of a column that holds at most 255 characters.
struct TextCell {
    char text[255 * 4];
    unsigned long size;

    std::string_view view() const { return {text, size}; }
};

inline MYSQL_BIND bound(TextCell& cell) {
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = cell.text;
    bind.buffer_length = sizeof cell.text;
    bind.length = &cell.size;
    return bind;
}

/// A column of a page of texts to be sent, which are not copied.
struct TextColumn {
    std::vector<const char*> texts;
    std::vector<unsigned long> sizes;

    void clear() { texts.clear(), sizes.clear(); }
    void add(const std::string& text) {
        texts.push_back(text.data());
        sizes.push_back(text.size());
    }
};

inline MYSQL_BIND bound(TextColumn& column) {
    MYSQL_BIND bind{};
    bind.buffer_type = MYSQL_TYPE_STRING;
    bind.buffer = column.texts.data();
    bind.length = column.sizes.data();
    return bind;
}

/// A prepared statement, frozen with the programs that use it: no more between the loop and the C
/// API than a check of each return code.
class Statement {
  public:
    Statement(MYSQL* connection, std::string_view sql) : statement_{mysql_stmt_init(connection)} {
        expect(mysql_stmt_prepare(statement_, sql.data(), sql.size()) == 0);
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { mysql_stmt_close(statement_); }

    /// What is bound stays where it is while the statement uses it.
    void bind(std::initializer_list<MYSQL_BIND> parameters) {
        expect(mysql_stmt_bind_param(statement_, array(parameters)) == 0);
    }
    /// The same of columns of a page.
    void bind_page(std::size_t rows, std::initializer_list<MYSQL_BIND> columns) {
        const auto size = static_cast<unsigned>(rows);
        expect(mysql_stmt_attr_set(statement_, STMT_ATTR_ARRAY_SIZE, &size) == 0);
        bind(columns);
    }
    void execute() { expect(mysql_stmt_execute(statement_) == 0); }
    /// Where fetch() puts a row. What INSERT ... RETURNING has for columns is known when it has
    /// run.
    void bind_result(std::initializer_list<MYSQL_BIND> cells) {
        expect(mysql_stmt_bind_result(statement_, array(cells)) == 0);
    }
    /// True if there is a row; rows come as the server sends them, and must be fetched to the end.
    bool fetch() {
        const int code = mysql_stmt_fetch(statement_);
        expect(code == 0 || code == MYSQL_NO_DATA);
        return code == 0;
    }
    std::int64_t insert_id() const {
        return static_cast<std::int64_t>(mysql_stmt_insert_id(statement_));
    }

  private:
    // libmariadb copies the binds, and does not change those it is given.
    static MYSQL_BIND* array(std::initializer_list<MYSQL_BIND> binds) {
        return const_cast<MYSQL_BIND*>(binds.begin());
    }
    void expect(bool condition) const {
        if (!condition) throw std::runtime_error{mysql_stmt_error(statement_)};
    }

    MYSQL_STMT* statement_;
};

}  // namespace driver
