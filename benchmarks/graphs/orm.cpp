// SPDX-License-Identifier: MIT

// Azoth's ORM with objects that lead to each other, as a program would use it.

#include "contestant.hpp"
#include "models.hpp"
#include <azoth/orm.hpp>
#include <azoth/postgresql.hpp>
#include <azoth/sqlite.hpp>

namespace {

using azoth::joinedload;
using azoth::select;
using azoth::selectinload;
using bench::LibraryDigest;
using bench::Place;
using namespace models;

template <class Outer>
using Inside = typename decltype(Outer::places)::value_type::element_type;

/// Adds to the outer one what lies inside it, to the last street.
template <class Outer>
void add_inside(Outer& outer, const Place& place) {
    for (const Place& inner : place.places) {
        const auto made = outer.places.add(Inside<Outer>{.name = inner.name});
        if constexpr (!std::is_same_v<Outer, City>) add_inside(*made, inner);
    }
}

template <class Objects>
void take_ids(bench::Places& places, const Objects& objects) {
    auto place = places.begin();
    for (const auto& object : objects) {
        place->id = object.read().id;
        if constexpr (requires { object.read().places; })
            take_ids(place->places, object.read().places);
        ++place;
    }
}

class Orm final : public bench::GraphContestant {
  public:
    explicit Orm(const std::string& url) : session_{azoth::create_engine(url), model_} {
        static_cast<void>(session_.engine().connect());
    }
    std::string version() const override { return "azoth " AZOTH_BENCH_VERSION; }

    LibraryDigest load_selectin() override {
        return look_at(select<Author>().options(selectinload<&Author::books>()));
    }
    LibraryDigest load_joined() override {
        return look_at(select<Author>().options(joinedload<&Author::books>()));
    }
    LibraryDigest load_lazy() override { return look_at(select<Author>()); }

    void insert_graph(bench::Places& places) override {
        std::vector<azoth::Ptr<Continent>> continents;
        for (const Place& place : places) {
            continents.push_back(session_.add(Continent{.name = place.name}));
            add_inside(*continents.back(), place);
        }
        session_.flush();
        take_ids(places, continents);
        session_.commit();
    }

  private:
    LibraryDigest look_at(const azoth::Select<azoth::Ptr<Author>>& statement) {
        LibraryDigest digest;
        for (const auto& author : session_.scalars(statement)) {
            digest.add_author(author->id, author->name);
            for (const auto& book : author->books)
                digest.add_book(author->id, book->id, book->title);
        }
        session_.close();
        return digest;
    }

    azoth::Model model_{
        azoth::model<Author, Book, Continent, Country, Region, City, Street>("bench")};
    azoth::Session session_;
};

}  // namespace

int main(int argc, char** argv) {
    return bench::run<Orm>(argc, argv, "orm");
}
