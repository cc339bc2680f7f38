// SPDX-License-Identifier: MIT
#pragma once

#include "flush_support.hpp"
#include <azoth/orm/loader_options.hpp>

// The classes of the tests of loading: artists have albums, these tracks and labels; genres have
// genres below them.

namespace music {

using namespace flush_test;

struct Album;
struct Track;
struct Shelf;

struct Artist {
    std::int64_t id{};
    std::string name{};
    Deferred<std::string> biography{};
    Many<Album> albums{};
    static void map(Mapping<Artist>& m);
};

struct Album {
    std::int64_t id{};
    std::string title{};
    std::int64_t year{};
    std::optional<std::int64_t> artist_id{};
    One<Artist> artist{};
    Many<Track> tracks{};
    Many<Shelf> shelves{};
    static void map(Mapping<Album>& m);
};

struct Track {
    std::int64_t id{};
    std::string title{};
    std::int64_t album_id{};
    One<Album> album{};
    static void map(Mapping<Track>& m);
};

/// Holds albums and may hold any.
struct Shelf {
    std::string room{};
    std::int64_t number{};
    Many<Album> albums{};
    static void map(Mapping<Shelf>& m);
};

struct Genre {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    One<Genre> parent{};
    Many<Genre> children{};
    static void map(Mapping<Genre>& m);
};

inline void Artist::map(Mapping<Artist>& m) {
    m.table("music_artist");
    m.column<&Artist::id>(primary_key);
    m.column<&Artist::name>();
    m.column<&Artist::biography>();
    m.relationship<&Artist::albums>(back_populates<&Album::artist>, order_by<&Album::id>());
}
inline void Album::map(Mapping<Album>& m) {
    m.table("music_album");
    m.column<&Album::id>(primary_key);
    m.column<&Album::title>();
    m.column<&Album::year>(always_sent);
    m.column<&Album::artist_id>(foreign_key<&Artist::id>);
    m.relationship<&Album::artist>(back_populates<&Artist::albums>);
    m.relationship<&Album::tracks>(back_populates<&Track::album>, order_by<&Track::id>());
    m.relationship<&Album::shelves>(secondary("music_album_shelf"),
                                    order_by<&Shelf::room, &Shelf::number>());
}
inline void Track::map(Mapping<Track>& m) {
    m.table("music_track");
    m.column<&Track::id>(primary_key);
    m.column<&Track::title>();
    m.column<&Track::album_id>(foreign_key<&Album::id>);
    m.relationship<&Track::album>(back_populates<&Album::tracks>);
}
inline void Shelf::map(Mapping<Shelf>& m) {
    m.table("music_shelf");
    m.column<&Shelf::room>(String{20}, primary_key);
    m.column<&Shelf::number>(primary_key);
    m.relationship<&Shelf::albums>(secondary("music_album_shelf"), back_populates<&Album::shelves>,
                                   order_by(col<&Album::id>.desc()));
}
inline void Genre::map(Mapping<Genre>& m) {
    m.table("music_genre");
    m.column<&Genre::id>(primary_key);
    m.column<&Genre::name>();
    m.column<&Genre::parent_id>(foreign_key<&Genre::id>);
    m.relationship<&Genre::parent>(back_populates<&Genre::children>);
    m.relationship<&Genre::children>(order_by<&Genre::id>());
}

/// A database with `artists` artists, of which the nth has n albums of two tracks each, numbered
/// from 1 on; the album a1.2 is the second one of artist a1. Every second album stands on a shelf.
class MusicTest : public FlushTest {
  protected:
    void fill(int artists);
    /// "a0: ; a1: a1.1(t1 t2)" — what the artists lead to, without a statement where all is loaded.
    [[nodiscard]] static std::string shown(const std::vector<Ptr<Artist>>& artists);
    [[nodiscard]] static std::vector<std::string> titles(const Ptr<Artist>& artist);
};

}  // namespace music
