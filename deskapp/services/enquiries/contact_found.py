"""Contacts by the words in them, as far as what is withheld lets them be found.

A contact that matches only by what is withheld is left out; a page of nothing else is skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.data.words import Forms
from deskapp.services.enquiries import contact_line
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import About, Cover
from deskapp.text import compact


def page(
    connection: Connection, want: Want, words: str, forms: Forms | None = None
) -> Page[ContactLine]:
    """Matches in the order they were written, newest first: the index gives them without a sort.

    Args:
        connection: To read from.
        want: Which page.
        words: As typed; each may be only begun.
        forms: The words that a word may stand for, itself among them.
    """
    found = _matching(connection, want, words, forms)
    while found.lines:
        shown = _shown(connection, found, words)
        if shown or not found.more:
            return Page(shown, found.more)
        last = found.lines[0 if want.backwards else -1]
        want = want._replace(place=last.place)
        found = _matching(connection, want, words, forms)
    return found


def _matching(
    connection: Connection, want: Want, words: str, forms: Forms | None
) -> Page[ContactLine]:
    narrowed = narrow(connection, "contact_words", words, forms, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {contact_line.COLUMNS}, w.rowid"
        " FROM contact_words AS w JOIN contact AS c ON c.id = w.id"
        " LEFT JOIN officer AS o ON o.id = c.officer_id"
        f" WHERE contact_words MATCH ? AND {place} AND ({narrowed.check})"
        f" ORDER BY {order} LIMIT ?",
        (narrowed.query, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    return want.page([contact_line.of_row(row) for row in rows])


def _shown(connection: Connection, page: Page[ContactLine], words: str) -> list[ContactLine]:
    """The lines that are found by what may be shown of them too."""
    about = {line.id: About(line.person_id, key) for line, key in _with_cases(connection, page)}
    covers = withheld.covers_about(connection, about.values())
    return [
        line
        for line in page.lines
        if not (cover := covers.get(about[line.id], withheld.OPEN)).hides_matches
        or withheld.found_by(words, *_searched(connection, line.id, cover))
    ]


def _with_cases(
    connection: Connection, page: Page[ContactLine]
) -> Iterator[tuple[ContactLine, str]]:
    """The lines of a page with the keys of their cases."""
    rows = connection.execute(
        "SELECT id, case_key FROM contact WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([line.id for line in page.lines]),),
    ).fetchall()
    keys = dict(rows)
    return ((line, keys[line.id]) for line in page.lines)


def _searched(connection: Connection, contact_id: str, cover: Cover) -> tuple[str, ...]:
    """What a contact is found by, as far as it may be shown."""
    [(phone, email, postcode, *texts)] = connection.execute(
        "SELECT phone, email, postcode, ref, ref_key, person_name, case_ref, case_key, topic,"
        " question, answer, extras FROM contact WHERE id = ?",
        (contact_id,),
    ).fetchall()
    reached = (cover.phone(phone), cover.email(email), cover.postcode(postcode))
    return (*reached, *map(compact, reached), *map(cover.text, texts))
