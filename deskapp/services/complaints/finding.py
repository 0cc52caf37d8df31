"""Complaints found by what is typed: words, a spoken reference, a reference of OPTIC.

Source: complaints sheet, sections 2.1 and 4.
"""

from __future__ import annotations

from deskapp import roles
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.data.words import Forms
from deskapp.errors import NotFoundError
from deskapp.roles import Act, User
from deskapp.services import mutations
from deskapp.services.complaints import covering, lines, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import Cover
from deskapp.text import compact


def find(connection: Connection, want: Want, acting: Acting, words: str) -> Page[ComplaintLine]:
    """A page of the complaints that hold every word, the newest first; void ones too.

    A spoken reference finds its complaint whatever its spelling, the one it had before too; so does
    the reference of OPTIC. What is said of staff is never searched, and who matches only by what is
    withheld is left out.

    Raises:
        NotAllowedError: If the role may not read complaints.
    """
    roles.require(acting.user, Act.READ_COMPLAINTS)
    if refs.parse(words):
        try:
            found = stored.id_of_ref(connection, words)
        except NotFoundError:
            return Page([])
        return Page(lines.lines(connection, [found], user=acting.user))
    by_optic = _by_optic(connection, words, acting.user)
    if by_optic:
        return Page(by_optic)
    page = _found(connection, want, words)
    return page if page.lines or page.more else _found(connection, want, words, mutations.searched)


def _by_optic(connection: Connection, words: str, user: User) -> list[ComplaintLine]:
    rows = connection.execute(
        "SELECT id FROM complaint_state WHERE optic_key = ? AND optic_key <> '' LIMIT 9",
        (compact(words),),
    ).fetchall()
    return lines.lines(connection, [row[0] for row in rows], user=user)


def _found(
    connection: Connection, want: Want, words: str, forms: Forms | None = None
) -> Page[ComplaintLine]:
    """Matches in the order they were logged, the newest first."""
    narrowed = narrow(connection, "complaint_words", words, forms, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {lines.COLUMNS}, w.rowid FROM complaint_words AS w"
        f" JOIN complaint_state AS s ON s.id = w.id LEFT JOIN officer AS o ON o.id = s.owner_id"
        f" WHERE complaint_words MATCH ? AND {place} AND ({narrowed.check})"
        f" ORDER BY {order} LIMIT ?",
        (narrowed.query, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    page = want.page([lines.of_row(row) for row in rows])
    covers = covering.covers(connection, [each.id for each in page.lines])
    if not covers:
        return page
    shown = [
        each
        for each in page.lines
        if not (cover := covers.get(each.id, withheld.OPEN)).hides_matches
        or withheld.found_by(words, *_searched(connection, each.id, cover))
    ]
    if page.lines and not shown and page.more:
        last = page.lines[0 if want.backwards else -1]
        return _found(connection, want._replace(place=last.place), words, forms)
    return Page(lines.covered(connection, shown), page.more)


def _searched(connection: Connection, complaint_id: str, cover: Cover) -> tuple[str, ...]:
    """What a complaint is found by, as far as it may be shown."""
    [(phone, email, postcode, *texts)] = connection.execute(
        "SELECT phone, email, postcode, ref, ref_key, person_name, acting_for, case_ref, case_key,"
        " summary, details FROM complaint WHERE id = ?",
        (complaint_id,),
    ).fetchall()
    reached = (cover.phone(phone), cover.email(email), cover.postcode(postcode))
    return (*reached, *map(compact, reached), *map(cover.text, texts))
