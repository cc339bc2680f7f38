// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/orm.hpp>

#include <cstdint>
#include <string>

/// The classes of the ORM's part in the cases of graphs.
namespace models {

struct Book;

struct Author {
    std::int64_t id{};
    std::string name{};
    azoth::Many<Book> books{};
};

struct Book {
    std::int64_t id{};
    std::int64_t author_id{};
    std::string title{};
    azoth::One<Author> author{};
};

struct Country;
struct Region;
struct City;
struct Street;

struct Continent {
    std::int64_t id{};
    std::string name{};
    azoth::Many<Country> places{};
};

struct Country {
    std::int64_t id{};
    std::int64_t within_id{};
    std::string name{};
    azoth::One<Continent> within{};
    azoth::Many<Region> places{};
};

struct Region {
    std::int64_t id{};
    std::int64_t within_id{};
    std::string name{};
    azoth::One<Country> within{};
    azoth::Many<City> places{};
};

struct City {
    std::int64_t id{};
    std::int64_t within_id{};
    std::string name{};
    azoth::One<Region> within{};
    azoth::Many<Street> places{};
};

struct Street {
    std::int64_t id{};
    std::int64_t within_id{};
    std::string name{};
    azoth::One<City> within{};
};

}  // namespace models

template <>
struct azoth::Mapped<models::Author> {
    static void map(azoth::Mapping<models::Author>& m) {
        m.table("author");
        m.column<&models::Author::id>(primary_key);
        m.column<&models::Author::name>();
        m.relationship<&models::Author::books>(back_populates<&models::Book::author>);
    }
};

template <>
struct azoth::Mapped<models::Book> {
    static void map(azoth::Mapping<models::Book>& m) {
        m.table("book");
        m.column<&models::Book::id>(primary_key);
        m.column<&models::Book::author_id>(foreign_key<&models::Author::id>);
        m.column<&models::Book::title>();
        m.relationship<&models::Book::author>();
    }
};

template <>
struct azoth::Mapped<models::Continent> {
    static void map(azoth::Mapping<models::Continent>& m) {
        m.table("continent");
        m.column<&models::Continent::id>(primary_key);
        m.column<&models::Continent::name>();
        m.relationship<&models::Continent::places>(back_populates<&models::Country::within>);
    }
};

template <>
struct azoth::Mapped<models::Country> {
    static void map(azoth::Mapping<models::Country>& m) {
        m.table("country");
        m.column<&models::Country::id>(primary_key);
        m.column<&models::Country::within_id>(foreign_key<&models::Continent::id>);
        m.column<&models::Country::name>();
        m.relationship<&models::Country::within>();
        m.relationship<&models::Country::places>(back_populates<&models::Region::within>);
    }
};

template <>
struct azoth::Mapped<models::Region> {
    static void map(azoth::Mapping<models::Region>& m) {
        m.table("region");
        m.column<&models::Region::id>(primary_key);
        m.column<&models::Region::within_id>(foreign_key<&models::Country::id>);
        m.column<&models::Region::name>();
        m.relationship<&models::Region::within>();
        m.relationship<&models::Region::places>(back_populates<&models::City::within>);
    }
};

template <>
struct azoth::Mapped<models::City> {
    static void map(azoth::Mapping<models::City>& m) {
        m.table("city");
        m.column<&models::City::id>(primary_key);
        m.column<&models::City::within_id>(foreign_key<&models::Region::id>);
        m.column<&models::City::name>();
        m.relationship<&models::City::within>();
        m.relationship<&models::City::places>(back_populates<&models::Street::within>);
    }
};

template <>
struct azoth::Mapped<models::Street> {
    static void map(azoth::Mapping<models::Street>& m) {
        m.table("street");
        m.column<&models::Street::id>(primary_key);
        m.column<&models::Street::within_id>(foreign_key<&models::City::id>);
        m.column<&models::Street::name>();
        m.relationship<&models::Street::within>();
    }
};
