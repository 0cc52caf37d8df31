"""Finding cases by their reference, or by words of them."""

from __future__ import annotations

import json
from dataclasses import replace

from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.services.casework import own_reports, withheld_texts
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import COLUMNS, TABLES, CaseLine, covered, from_row
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import OPEN


def find(connection: Connection, want: Want, acting: Acting, words: str) -> Page[CaseLine]:
    """A page of the cases that hold every word in reference, title or other systems' names.

    A spoken reference finds its case whatever its spelling, and one that had it before. A case that
    matches only by what is withheld of a person is left out; a page of nothing else is skipped.
    """
    hidden, names = own_reports.seen(acting.book, acting.person)
    ref = refs.parse(words)
    if ref is not None:
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM {TABLES} WHERE {hidden}"
            " AND s.id IN (SELECT value FROM json_each(?))",
            (*names, json.dumps(refs.ids_of(connection, "case_record", ref))),
        ).fetchall()
        return Page(covered(connection, [from_row(row) for row in rows]))
    narrowed = narrow(connection, "case_state_words", words, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {COLUMNS}, w.rowid FROM case_state_words AS w JOIN case_state AS s ON s.id = w.id"
        " LEFT JOIN officer AS o ON o.id = s.owner_id"
        f" WHERE case_state_words MATCH ? AND {hidden} AND {place} AND ({narrowed.check})"
        f" ORDER BY {order} LIMIT ?",
        (narrowed.query, *names, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    page = want.page([from_row(row[:-1], place=(row[-1],)) for row in rows])
    covers = withheld_texts.covers(connection, [each.id for each in page.lines])
    if not covers:
        return page
    found = [
        replace(each, title=cover.text(each.title))
        for each in page.lines
        if not (cover := covers.get(each.id, OPEN)).hides_matches
        or withheld.found_by(words, *map(cover.text, _searched(connection, each.id)))
    ]
    if page.lines and not found and page.more:
        last = page.lines[0 if want.backwards else -1]
        return find(connection, want._replace(place=last.place), acting, words)
    return Page(found, page.more)


def _searched(connection: Connection, case_id: str) -> tuple[str, ...]:
    """What a case is found by."""
    [row] = connection.execute(
        "SELECT ref, ref_key, title, external_refs FROM case_state WHERE id = ?", (case_id,)
    ).fetchall()
    return row
