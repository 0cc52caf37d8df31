"""Reading contacts: pages of the list, search, one contact with its history.

Lists are read in keyset pages: a page begins after the last line of the one before, so the last
page of a million costs what the first costs. What shows words of a person asks who reads it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from deskapp import roles
from deskapp.clock import LONDON, instant, stamp
from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.narrowing import narrow
from deskapp.data.words import Forms
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services import mutations
from deskapp.services.enquiries import looked_up, third_party
from deskapp.services.enquiries.looked_up import LookedUp
from deskapp.services.paging import Page, Want
from deskapp.services.persons import person_links, withheld
from deskapp.services.persons.withheld import About, Cover
from deskapp.text import clean, compact

_LINE = (
    "c.id, c.ref, c.started_at, c.channel, c.person_name, c.topic, c.outcome, coalesce(o.name, ''),"
    " coalesce(c.person_id, '')"
)
_FROM = "contact AS c LEFT JOIN officer AS o ON o.id = c.officer_id"


@dataclass(frozen=True)
class ContactLine:
    """A contact as lists show it."""

    id: str
    ref: str
    started_at: dt.datetime
    channel: str
    person_name: str
    topic: str
    outcome: str
    officer_name: str
    person_id: str
    """Empty when nobody was named."""
    place: tuple[str | int, ...]
    """Where the line stands in its list; the next page begins after it."""


@dataclass(frozen=True)
class ContactRecord:
    """A saved contact with everything that was kept."""

    line: ContactLine
    ended_at: dt.datetime
    handling_seconds: int
    user_type: str
    person_id: str | None
    phone: str
    """As typed on this contact, as are email and postcode."""
    email: str
    postcode: str
    case_ref: str
    question: str
    answer: str
    extras: Mapping[str, str]
    more: Recorded
    notes: tuple[Note, ...]
    about: About


@dataclass(frozen=True)
class Recorded:
    """What most contacts do not need: identity, needs, third parties, how the time was spent."""

    subtopic: str
    jurisdiction: str
    language: str
    disclosure: str
    checked: tuple[str, ...]
    """Kinds of detail that matched; never an answer."""
    acting_for: str
    authority: str
    """Empty when the person spoke for themselves."""
    needs: tuple[str, ...]
    dissatisfied: str
    dissatisfied_about: str
    repeat_of: str
    """Reference of the contact that it repeats; empty for none."""
    markers_seen: tuple[str, ...]
    trail: tuple[Run, ...]
    articles: tuple[LookedUp, ...]
    hold_seconds: int
    wrap_seconds: int
    suspect_time: bool


class Run(NamedTuple):
    """A script that was walked during a contact."""

    script: str
    version: int
    ended: bool
    lines: tuple[str, ...]
    """What was said and answered, as it was worded then."""


class Note(NamedTuple):
    """What was added to a contact after it was saved."""

    at: dt.datetime
    officer_name: str
    text: str


def page(connection: Connection, want: Want, words: str = "", *, user: User) -> Page[ContactLine]:
    """A page of contacts, newest first; with ``words`` only those that hold them all.

    A spoken reference finds its contact whatever its spelling, and one that had it before.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    ref = refs.parse(words) if words else None
    if ref is not None:
        return _by_ref(connection, ref)
    if words:
        found = _found(connection, want, words)
        if not found.lines and not found.more:  # or in a mutated form, in Welsh
            return _found(connection, want, words, mutations.searched)
        return found
    return _newest(connection, want)


def until(day: dt.date) -> Want:
    """The page, of contacts newest first, that begins with the newest one of ``day`` or before."""
    return Want((stamp(dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), LONDON)), ""))


def found_until(connection: Connection, day: dt.date) -> Want:
    """As ``until`` for a page of matches, which stand in the order they were written."""
    before, _any_id = until(day).place
    row = connection.execute(
        "SELECT rowid FROM contact WHERE started_at < ? ORDER BY started_at DESC LIMIT 1",
        (before,),
    ).fetchone()
    return Want((row[0] + 1 if row else 0,))


def about(connection: Connection) -> int:
    """About how many contacts there are, without counting them."""
    [(newest,)] = connection.execute("SELECT coalesce(max(rowid), 0) FROM contact").fetchall()
    return int(newest)


def of_person(
    connection: Connection, want: Want, person_id: str, *, user: User
) -> Page[ContactLine]:
    """A page of the contacts of one person and of who is linked with them, newest first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    persons = person_links.group(connection, person_id)
    if len(persons) == 1:  # the index gives these in order; of several they are sorted
        return _newest(connection, want, "c.person_id = ? AND", persons)
    marks = ", ".join("?" for _each in persons)
    return _newest(connection, want, f"c.person_id IN ({marks}) AND", persons)


def of_case(connection: Connection, want: Want, case_ref: str, *, user: User) -> Page[ContactLine]:
    """A page of the contacts about a case, however its reference is spelt, newest first.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    return _newest(connection, want, "c.case_key = ? AND", (compact(case_ref),))


def line(connection: Connection, contact_id: str, *, user: User) -> ContactLine:
    """The line of one contact.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    roles.require(user, Act.READ_CONTACTS)
    return _one(connection, contact_id)


def record(connection: Connection, contact_id: str, *, user: User) -> ContactRecord:
    """One contact with its history.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    kept = line(connection, contact_id, user=user)
    [row] = connection.execute(
        "SELECT ended_at, handling_seconds, user_type, person_id, phone, email, postcode,"
        " case_ref, question, answer, extras, case_key FROM contact WHERE id = ?",
        (contact_id,),
    ).fetchall()
    notes = connection.execute(
        "SELECT e.at, coalesce(o.name, ''), e.note FROM contact_event AS e"
        " LEFT JOIN officer AS o ON o.id = e.officer_id"
        " WHERE e.contact_id = ? ORDER BY e.hlc, e.desk LIMIT 500",
        (contact_id,),
    ).fetchall()
    about = About(row[3] or "", row[11])
    cover = withheld.cover_about(connection, about)
    extras = {str(key): cover.text(clean(str(value))) for key, value in json.loads(row[10]).items()}
    return ContactRecord(
        line=kept,
        ended_at=instant(row[0]),
        handling_seconds=row[1],
        user_type=row[2],
        person_id=row[3],
        phone=cover.phone(row[4]),
        email=cover.email(row[5]),
        postcode=cover.postcode(row[6]),
        case_ref=cover.text(row[7]),
        question=cover.text(row[8]),
        answer=cover.text(row[9]),
        extras=extras,
        more=_recorded(connection, contact_id, cover),
        notes=tuple(Note(instant(at), name, cover.text(text)) for at, name, text in notes),
        about=about,
    )


def _recorded(connection: Connection, contact_id: str, cover: Cover) -> Recorded:
    [row] = connection.execute(
        "SELECT c.subtopic, c.jurisdiction, c.language, c.disclosure, c.checked, c.acting_for,"
        " c.needs, c.dissatisfied, c.dissatisfied_about, coalesce(r.ref, ''), c.markers_seen,"
        " c.hold_seconds, c.wrap_seconds, c.suspect_time, c.trail, c.articles"
        " FROM contact AS c LEFT JOIN contact AS r ON r.id = c.repeat_of WHERE c.id = ?",
        (contact_id,),
    ).fetchall()
    acting_for, authority = third_party.read(row[5])
    return Recorded(
        subtopic=row[0],
        jurisdiction=row[1],
        language=row[2],
        disclosure=row[3],
        checked=_codes(row[4]),
        acting_for=cover.text(acting_for),
        authority=authority,
        needs=_codes(row[6]),
        dissatisfied=row[7],
        dissatisfied_about=row[8],
        repeat_of=row[9],
        markers_seen=_codes(row[10]),
        hold_seconds=row[11],
        wrap_seconds=row[12],
        suspect_time=bool(row[13]),
        trail=tuple(_run(run, cover) for run in json.loads(row[14])),
        articles=looked_up.of_contact(row[15]),
    )


def _run(kept: Mapping[str, Any], cover: Cover) -> Run:
    lines = tuple(cover.text(clean(str(line))) for line in kept.get("lines", ()))
    script = clean(str(kept.get("script", "")))
    return Run(script, int(kept.get("version", 0)), bool(kept.get("ended")), lines)


def _codes(stored: str) -> tuple[str, ...]:
    """The codes of a stored JSON list."""
    return tuple(clean(str(code)) for code in json.loads(stored))


def id_of_ref(connection: Connection, text: str) -> str:
    """The id of the contact with this spoken reference.

    Raises:
        NotFoundError: If ``text`` is no reference, or no contact here has it.
    """
    ref = refs.parse(text)
    if ref is None:
        raise NotFoundError(_("Enter the whole reference, like E-7KM-4X9-3CK. Check each letter."))
    found = refs.id_of(connection, "contact", ref)
    if found is None:
        raise NotFoundError(_("No contact on this desk has the reference {ref}.").format(ref=ref))
    return found


def ref_taken(connection: Connection, ref_key: str) -> bool:
    """Whether a contact here already has this reference."""
    row = connection.execute("SELECT 1 FROM contact WHERE ref_key = ?", (ref_key,)).fetchone()
    return row is not None


def _one(connection: Connection, contact_id: str) -> ContactLine:
    row = connection.execute(
        f"SELECT {_LINE}, c.started_at, c.id FROM {_FROM} WHERE c.id = ?", (contact_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such contact."))
    return _line(row)


def _newest(
    connection: Connection, want: Want, condition: str = "", values: tuple[str, ...] = ()
) -> Page[ContactLine]:
    place, order = want.clause("c.started_at, c.id", newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, c.started_at, c.id FROM {_FROM} WHERE {condition} {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(row) for row in rows])


def _found(
    connection: Connection, want: Want, words: str, forms: Forms | None = None
) -> Page[ContactLine]:
    """Matches in the order they were written, newest first: the index gives them without a sort.

    A contact that matches only by what is withheld is left out; a page of nothing else is skipped.
    """
    narrowed = narrow(connection, "contact_words", words, forms, limit_rows=want.limit)
    if not narrowed.query:
        return Page([])
    place, order = want.clause("w.rowid", newest_first=True)
    rows = connection.execute(
        f"SELECT {_LINE}, w.rowid"
        " FROM contact_words AS w JOIN contact AS c ON c.id = w.id"
        " LEFT JOIN officer AS o ON o.id = c.officer_id"
        f" WHERE contact_words MATCH ? AND {place} AND ({narrowed.check})"
        f" ORDER BY {order} LIMIT ?",
        (narrowed.query, *want.place, *narrowed.values, want.limit),
    ).fetchall()
    page = want.page([_line(row) for row in rows])
    about = {line.id: About(line.person_id, key) for line, key in _with_cases(connection, page)}
    covers = withheld.covers_about(connection, about.values())
    if not covers:
        return page
    shown = [
        line
        for line in page.lines
        if not (cover := covers.get(about[line.id], withheld.OPEN)).hides_matches
        or withheld.found_by(words, *_searched(connection, line.id, cover))
    ]
    if page.lines and not shown and page.more:
        last = page.lines[0 if want.backwards else -1]
        return _found(connection, want._replace(place=last.place), words, forms)
    return Page(shown, page.more)


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


def _by_ref(connection: Connection, ref: str) -> Page[ContactLine]:
    return Page([_one(connection, each) for each in refs.ids_of(connection, "contact", ref)])


def _line(row: tuple[str, ...]) -> ContactLine:
    contact_id, ref, started_at, channel, person_name, topic, outcome, officer_name = row[:8]
    person_id, *place = row[8:]
    return ContactLine(
        id=contact_id,
        ref=ref,
        started_at=instant(started_at),
        channel=channel,
        person_name=person_name,
        topic=topic,
        outcome=outcome,
        officer_name=officer_name,
        person_id=person_id,
        place=tuple(place),
    )
