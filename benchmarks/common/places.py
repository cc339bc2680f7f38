# SPDX-License-Identifier: MIT
"""Places within places, five levels of them; graphs/places.hpp makes the same."""

import zlib

from people import make_person

LEVELS = ("continent", "country", "region", "city", "street")


def level_sizes(count):
    """How many of `count` places are of each level: nine tenths of the innermost, nine tenths of the rest of the
    one around, and so on."""
    sizes = []
    for _ in LEVELS[1:]:
        sizes.append(count * 9 // 10)
        count -= sizes[-1]
    return [count, *reversed(sizes)]


def make_name(level, index):
    return f"{make_person(index + 1)[1]} {LEVELS[level]} {index + 1}"


def inner(level, index, sizes):
    """The indexes of those within a place, which are dealt in order and as evenly as can be."""
    return range(
        index * sizes[level + 1] // sizes[level], (index + 1) * sizes[level + 1] // sizes[level]
    )


def make_places(count):
    """The outermost as tuples (name, places within)."""
    sizes = level_sizes(count)

    def make(level, index):
        within = inner(level, index, sizes) if level + 1 < len(sizes) else ()
        return make_name(level, index), [make(level + 1, i) for i in within]

    return [make(0, index) for index in range(sizes[0])]


def paths(places, above=()):
    """The names from the continent to each street, or to a place that has nothing in it."""
    for name, within in places:
        if within:
            yield from paths(within, (*above, name))
        else:
            yield (*above, name)


def checksum(rows):
    """CRC-32 over rows of names in the order of the text, as 8 hexadecimal digits."""
    crc = 0
    for line in sorted("|".join(row).encode() + b"\n" for row in rows):
        crc = zlib.crc32(line, crc)
    return f"{crc:08x}"
