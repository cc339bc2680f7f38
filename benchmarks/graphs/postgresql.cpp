// SPDX-License-Identifier: MIT

// The yardstick on PostgreSQL, frozen: as ../driver/postgresql.cpp, for objects that lead to each
// other. Authors and their books are read by a statement each, over the whole tables, and put
// together by a hash table.

#include "../driver/libpq_connection.hpp"
#include "contestant.hpp"

#include <unordered_map>

namespace {

using bench::Author, bench::Place;

class Postgresql final : public bench::GraphContestant, driver::Connection {
  public:
    explicit Postgresql(const std::string& url) : Connection{url} {
        prepare("BEGIN", "begin"), prepare("COMMIT", "commit");
    }
    std::string version() const override { return "libpq " + std::to_string(PQlibVersion()); }

    bench::Library load_library() override {
        bench::Library library;
        each_row("SELECT id, name FROM author",
                 [&](const Result& row) { library.push_back({id(row, 0), text(row, 1)}); });
        std::unordered_map<std::int64_t, Author*> by_id;
        by_id.reserve(library.size());
        for (Author& author : library) by_id.emplace(author.id, &author);
        each_row("SELECT id, author_id, title FROM book", [&](const Result& row) {
            by_id.at(id(row, 0, 1))->books.push_back({id(row, 0), text(row, 2)});
        });
        return library;
    }

    /// Level by level, as the ids of one are what the next one refers to.
    void insert_graph(bench::Places& places) override {
        execute("begin");
        Level level;
        for (Place& place : places) level.push_back({0, &place});
        insert(level,
               "INSERT INTO continent (name) SELECT b FROM unnest($1::bigint[], $2::text[]) "
               "WITH ORDINALITY AS page (a, b, n) ORDER BY n RETURNING id");
        for (const std::string table : {"country", "region", "city", "street"}) {
            level = inside(level);
            insert(level,
                   "INSERT INTO " + table +
                       " (within_id, name) SELECT a, b FROM unnest($1::bigint[], $2::text[]) "
                       "WITH ORDINALITY AS page (a, b, n) ORDER BY n RETURNING id");
        }
        execute("commit");
    }

  private:
    struct Inner {
        std::int64_t within_id;
        Place* place;
    };
    using Level = std::vector<Inner>;

    template <class Use>
    void each_row(const char* sql, const Use& use) {
        prepare(sql);
        send(""), expect(PQsetSingleRowMode(connection_) == 1);
        while (const Result row = next())
            if (PQntuples(row.get()) == 1) use(row);
    }

    static Level inside(const Level& level) {
        Level inner;
        for (const Inner& outer : level)
            for (Place& place : outer.place->places) inner.push_back({outer.place->id, &place});
        return inner;
    }

    void insert(const Level& level, const std::string& sql) {
        prepare(sql.c_str());
        for (std::size_t first = 0; first < level.size(); first += driver::page_rows) {
            const auto rows = page(level, first);
            const auto name = [](const Inner& row) -> const std::string& {
                return row.place->name;
            };
            const Result ids = execute("", {array(rows, &Inner::within_id), array(rows, name)});
            for (int row = 0; row < PQntuples(ids.get()); ++row)
                rows[static_cast<std::size_t>(row)].place->id = id(ids, row);
        }
    }
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Postgresql>(argc, argv, "driver");
}
