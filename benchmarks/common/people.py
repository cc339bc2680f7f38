# SPDX-License-Identifier: MIT
"""The rows that every contestant writes and reads; common/people.hpp makes the same, byte for byte."""

import math
import zlib

GIVEN_NAMES = (
    ("Ada", "ada"), ("Bjarne", "bjarne"), ("Chloë", "chloe"), ("Dennis", "dennis"),
    ("Edsger", "edsger"), ("Frances", "frances"), ("Grace", "grace"), ("Hedy", "hedy"),
    ("Ivan", "ivan"), ("Jürgen", "juergen"), ("Katherine", "katherine"), ("Linus", "linus"),
    ("Margaret", "margaret"), ("Niklaus", "niklaus"), ("Ole", "ole"), ("Radia", "radia"),
)
FAMILY_NAMES = (
    ("Allen", "allen"), ("Borg", "borg"), ("Codd", "codd"), ("Dijk", "dijk"),
    ("Easley", "easley"), ("Floyd", "floyd"), ("Gray", "gray"), ("Hopper", "hopper"),
    ("Iverson", "iverson"), ("Jones", "jones"), ("Knuth", "knuth"), ("Lamarr", "lamarr"),
    ("Møller", "moeller"), ("Naur", "naur"), ("Perlis", "perlis"), ("Wirth", "wirth"),
)


def make_person(id):
    """The row (id, name, email) of person `id`."""
    mixed = id * 2654435761 & 0xFFFFFFFF
    given = GIVEN_NAMES[mixed >> 28]
    family = FAMILY_NAMES[mixed >> 24 & 15]
    return id, f"{given[0]} {family[0]}", f"{given[1]}.{family[1]}.{id}@example.org"


def make_people(count):
    """The rows 1 to `count`, in order."""
    return map(make_person, range(1, count + 1))


def make_old_people(count):
    """The same as they are before the case `update`: with an `x` before the e-mail address."""
    return ((id, name, "x" + email) for id, name, email in make_people(count))


def make_keys(count):
    """Each of the keys 1 to `count` once, in an order that jumps about."""
    stride = 7919
    while math.gcd(stride, count) > 1:
        stride += 1
    return [i * stride % count + 1 for i in range(count)]


def digest(rows):
    """The same of rows in any order, by a sum that a program can take while it reads them."""
    total = 0
    for id, name, email in rows:
        name, email = name.encode(), email.encode()
        total += id * (len(name) * 256 + len(email)) + name[0] + email[0]
    return f"{total & 0xFFFFFFFFFFFFFFFF:016x}"


def checksum(rows):
    """CRC-32 over the lines `id|name|email` in the order of the ids, as 8 hexadecimal digits."""
    crc = 0
    for row in sorted(rows, key=lambda row: row[0]):
        crc = zlib.crc32(f"{row[0]}|{row[1]}|{row[2]}\n".encode(), crc)
    return f"{crc:08x}"
