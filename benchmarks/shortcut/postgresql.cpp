// SPDX-License-Identifier: MIT

// Beside the yardstick, for orientation: rows with given keys by COPY in its binary form, which is
// no INSERT (no RETURNING, no ON CONFLICT, no rules), and single inserts that commit by themselves,
// which nothing can be added to before the commit.

#include "../common/contestant.hpp"

#include <endian.h>
#include <libpq-fe.h>

#include <cstring>
#include <stdexcept>

namespace {

constexpr std::size_t buffer_bytes = 65536;

template <class Number>
void append(std::string& bytes, Number number) {
    const auto big = htobe64(static_cast<std::uint64_t>(number) << (64 - 8 * sizeof number));
    bytes.append(reinterpret_cast<const char*>(&big), sizeof number);
}

void append(std::string& bytes, const std::string& text) {
    append(bytes, static_cast<std::uint32_t>(text.size()));
    bytes.append(text);
}

class Postgresql final : public bench::Contestant {
  public:
    explicit Postgresql(const std::string& url) : connection_{PQconnectdb(url.c_str())} {
        expect(PQstatus(connection_) == CONNECTION_OK);
    }
    ~Postgresql() override { PQfinish(connection_); }

    std::string version() const override { return "libpq " + std::to_string(PQlibVersion()); }

    void insert_given(const bench::People& people) override {
        finish(PQexec(connection_, "COPY person FROM STDIN (FORMAT binary)"), PGRES_COPY_IN);
        std::string bytes{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
        for (const auto& person : people) {
            append(bytes, std::uint16_t{3});
            append(bytes, std::uint32_t{8});
            append(bytes, person.id);
            append(bytes, person.name);
            append(bytes, person.email);
            if (bytes.size() > buffer_bytes) send(bytes);
        }
        append(bytes, std::uint16_t{0xFFFF});
        send(bytes);
        expect(PQputCopyEnd(connection_, nullptr) == 1);
        finish(PQgetResult(connection_), PGRES_COMMAND_OK);
    }

    void insert_commit(bench::People& people) override {
        const char* const sql =
            "INSERT INTO person (name, email) VALUES ($1::varchar, $2::varchar) RETURNING id";
        finish(PQprepare(connection_, "", sql, 0, nullptr), PGRES_COMMAND_OK);
        constexpr int binary[] = {1, 1};
        for (auto& person : people) {
            const char* const values[] = {person.name.data(), person.email.data()};
            const int sizes[] = {static_cast<int>(person.name.size()),
                                 static_cast<int>(person.email.size())};
            PGresult* result = PQexecPrepared(connection_, "", 2, values, sizes, binary, 1);
            std::uint64_t id = 0;
            if (PQntuples(result) == 1) std::memcpy(&id, PQgetvalue(result, 0, 0), sizeof id);
            person.id = static_cast<std::int64_t>(be64toh(id));
            finish(result, PGRES_TUPLES_OK);
        }
    }

  private:
    void expect(bool condition) const {
        if (!condition) throw std::runtime_error{PQerrorMessage(connection_)};
    }
    void finish(PGresult* result, ExecStatusType wanted) const {
        const bool as_wanted = PQresultStatus(result) == wanted;
        PQclear(result);
        expect(as_wanted);
    }
    void send(std::string& bytes) {
        expect(PQputCopyData(connection_, bytes.data(), static_cast<int>(bytes.size())) == 1);
        bytes.clear();
    }

    PGconn* connection_;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Postgresql>(argc, argv, "shortcut");
}
