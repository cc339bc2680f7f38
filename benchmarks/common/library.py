# SPDX-License-Identifier: MIT
"""Authors with five books each, for the cases that read objects that lead to each other."""

from people import make_person

BOOKS_OF_EACH = 5


def make_authors(count):
    """The rows (id, name) of authors 1 to `count`."""
    return ((id, make_person(id)[1]) for id in range(1, count + 1))


def make_books(authors):
    """The rows (id, author_id, title) of the books of so many authors. An author's books lie apart, as they do
    where rows are stored as they come."""
    return (
        (id, (id - 1) % authors + 1, "The life of " + make_person(id)[1])
        for id in range(1, authors * BOOKS_OF_EACH + 1)
    )


def library_digest(authors):
    """What graphs/library.hpp's LibraryDigest gives for all of them."""
    books = {id: [] for id in range(1, authors + 1)}
    for id, author_id, title in make_books(authors):
        books[author_id].append((id, title))
    return digest_of((author, books[author[0]]) for author in make_authors(authors))


def digest_of(looked_at):
    """The digest of what a case looked at: pairs of an author's row and the rows of its books."""
    total = 0
    for (id, name), books in looked_at:
        name = name.encode()
        total += id * len(name) + name[0]
        for book_id, title in books:
            title = title.encode()
            total += id * book_id * len(title) + title[0]
    return f"{total & 0xFFFFFFFFFFFFFFFF:016x}"
