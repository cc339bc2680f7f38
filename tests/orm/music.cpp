// SPDX-License-Identifier: MIT
#include "music.hpp"

namespace music {

void MusicTest::fill(int artists) {
    use<Artist, Album, Track, Shelf, Genre>();
    const auto shelf = session->add(Shelf{.room = "hall", .number = 1});
    for (int a = 0; a < artists; ++a) {
        const std::string name = "a" + std::to_string(a);
        const auto artist = session->add(Artist{.name = name, .biography = "born " + name});
        for (int n = 1; n <= a; ++n) {
            const auto album =
                artist->albums.add(Album{.title = name + "." + std::to_string(n),
                                         .year = 2000 + n,
                                         .tracks = {Track{.title = "t1"}, Track{.title = "t2"}}});
            if (n % 2 == 0) shelf->albums.add(album);
        }
    }
    session->commit();
    reopen();
}

std::vector<std::string> MusicTest::titles(const Ptr<Artist>& artist) {
    std::vector<std::string> all;
    for (const auto& album : artist->albums) all.push_back(album->title);
    return all;
}

std::string MusicTest::shown(const std::vector<Ptr<Artist>>& artists) {
    std::string text;
    for (const auto& artist : artists) {
        text += (text.empty() ? "" : "; ") + artist->name + ":";
        for (const auto& album : artist->albums) {
            text += " " + album->title + "(";
            bool first = true;
            for (const auto& track : album->tracks) {
                text += (first ? "" : " ") + track->title;
                first = false;
            }
            text += ")";
        }
    }
    return text;
}

}  // namespace music
