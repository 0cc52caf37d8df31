"""Lists of contacts: every line once, in order, by pages that cost the same at any depth."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import NotFoundError
from deskapp.roles import User
from deskapp.services.enquiries import contact_lines
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.paging import Page, Want
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import About
from tests.builders import SetClock, a_span, officer_of, save
from tests.withheld import plant

Bound = str | int


def found(store: Store, words: str = "", want: Want = Want()) -> list[ContactLine]:  # noqa: B008
    """The lines of one page."""
    return store.call_read(contact_lines.page, want, words, user=officer_of(store)).lines


def walk(store: Store, words: str, limit_rows: int, *, backwards: bool) -> list[str]:
    """Every id of a list, read page by page from one end, in the order of the list."""
    want = Want(backwards=backwards, limit_rows=limit_rows)
    ids: list[str] = []
    for _page in range(100):
        page: Page[ContactLine] = store.call_read(
            contact_lines.page, want, words, user=officer_of(store)
        )
        read = [line.id for line in page.lines]
        ids = read + ids if backwards else ids + read
        if not page.more:
            return ids
        assert len(read) == limit_rows
        want = want._replace(place=page.lines[0 if backwards else -1].place)
    raise AssertionError("the list does not end")


# -- paging -------------------------------------------------------------------------------


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    minutes=st.lists(st.integers(0, 5), max_size=14),
    limit_rows=st.integers(1, 6),
    backwards=st.booleans(),
)
def test_pages_in_either_direction_are_the_sorted_list(
    store: Store,
    user: User,
    clock: SetClock,
    minutes: list[int],
    limit_rows: int,
    backwards: bool,
) -> None:
    """Newest first, each line once, also where many contacts began at the same moment."""
    for minute in minutes:
        save(store, user, clock, question="Fine", span=a_span(clock, minutes=minute))
    every = store.call_read(
        lambda connection: connection.execute(
            "SELECT started_at, id, rowid FROM contact"
        ).fetchall()
    )
    by_time = [row[1] for row in sorted(every, reverse=True)]
    by_writing = [row[1] for row in sorted(every, key=lambda row: -row[2])]
    assert walk(store, "", limit_rows, backwards=backwards) == by_time
    assert walk(store, "fine", limit_rows, backwards=backwards) == by_writing


def test_contact_saved_while_paging_shifts_nothing(
    store: Store, user: User, clock: SetClock
) -> None:
    """Pages counted by number would show a line twice."""
    for minute in range(6):
        save(store, user, clock, span=a_span(clock, minutes=10 - minute))
    want = Want(limit_rows=3)
    first = store.call_read(contact_lines.page, want, user=user)
    clock.passes(minutes=1)
    newest = save(store, user, clock)
    second = store.call_read(
        contact_lines.page, want._replace(place=first.lines[-1].place), user=user
    )
    ids = [line.id for line in (*first.lines, *second.lines)]
    assert len(set(ids)) == 6
    assert newest.id not in ids


def test_contacts_of_one_person_are_paged_alone(store: Store, user: User, clock: SetClock) -> None:
    """Somebody else's contact never stands in a person's history."""
    first = save(store, user, clock, person_name="Ann Jones")
    person_id = store.call_read(contact_lines.record, first.id, user=user).person_id
    assert person_id is not None
    save(store, user, clock, person_name="Bob Lee")
    clock.passes(minutes=1)
    second = save(store, user, clock, person_name="Ann Jones", person_id=person_id)
    page = store.call_read(contact_lines.of_person, Want(limit_rows=1), person_id, user=user)
    rest = store.call_read(
        contact_lines.of_person, Want(page.lines[-1].place, limit_rows=1), person_id, user=user
    )
    assert [line.id for line in (*page.lines, *rest.lines)] == [second.id, first.id]
    assert (page.more, rest.more) == (True, False)


def test_about_is_near_the_number_of_contacts(store: Store, user: User, clock: SetClock) -> None:
    """It stands at the foot of the list and may not count a million rows."""
    assert store.call_read(contact_lines.about) == 0
    for _contact in range(3):
        save(store, user, clock)
    assert store.call_read(contact_lines.about) == 3


# -- searching ----------------------------------------------------------------------------


@pytest.fixture
def wanted(store: Store, user: User, clock: SetClock) -> ContactLine:
    """The contact that every search is for, among others."""
    for name in ("Ann Jones", "Bob Lee"):
        save(store, user, clock, person_name=name, question="Parking near the court")
    return save(
        store,
        user,
        clock,
        person_name="Siân O'Brien",
        phone="07700 900982",
        postcode="sy23 1as",
        case_ref="AB 12-C345",
        topic="OTH",
        question="Lost her summons, ring 01632 960 001",
        answer="Sent the Welsh form",
        outcome="FRM",
        extras={"form": "EX160"},
    )


@pytest.mark.parametrize(
    "words",
    [
        "sian",
        "SIÂN",
        "o'brien",
        "obrien",
        "brien",
        "lost summons",
        "summons los",
        "01632 960001",
        "01632960001",
        "960001",
        "ab12c345",
        "AB 12 C345",
        "ab12-c",
        "ex160",
        "welsh form sian",
    ],
)
def test_contact_is_found_by_whatever_is_known_of_it(
    words: str, store: Store, wanted: ContactLine
) -> None:
    """Name, case, number or words; begun words are enough and every word must be there."""
    assert [line.id for line in found(store, words)] == [wanted.id]


@pytest.mark.parametrize(
    "spell",
    [
        str,
        str.lower,
        lambda ref: ref.replace("-", ""),
        lambda ref: ref.replace("-", " ").lower(),
        lambda ref: f"  {ref[0]}{ref[1:]} ",
        lambda ref: " ".join(ref.replace("-", "")),
    ],
    ids=["as it is", "lower", "bare", "spaces", "around", "spelt"],
)
def test_reference_is_found_in_any_spelling(spell: Any, store: Store, wanted: ContactLine) -> None:
    """It was read out letter by letter over a bad line."""
    assert [line.id for line in found(store, spell(wanted.ref))] == [wanted.id]
    assert store.call_read(contact_lines.id_of_ref, spell(wanted.ref)) == wanted.id


@pytest.mark.parametrize(
    "words", ["sian parking", "nobody", "%", "_", '"', "'", "🙂", "-", "[/zq]"]
)
def test_what_matches_nothing_finds_nothing(words: str, store: Store, wanted: ContactLine) -> None:
    """A sign is no pattern for everything."""
    assert found(store, words) == []


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(words=st.text(max_size=40))
def test_no_search_is_an_error(store: Store, words: str) -> None:
    """The officer types anything, with any sign at the end of it."""
    found(store, words)


@pytest.mark.parametrize(
    ("ref", "message"),
    [("E-7KM", "Enter the whole reference"), ("E-AAA-AAA-AAA", "No contact on this desk")],
)
def test_reference_that_leads_nowhere_says_what_to_do(ref: str, message: str, store: Store) -> None:
    """Misread, or from another desk: two different next steps."""
    with pytest.raises(NotFoundError, match=message):
        store.call_read(contact_lines.id_of_ref, ref)


# -- the cost of a page -------------------------------------------------------------------


def plan_of(connection: Connection, source: str, *values: Bound) -> list[str]:
    """The steps of every query that ``source`` sends."""
    return [str(step[3]) for step in connection.execute(f"EXPLAIN QUERY PLAN {source}", values)]


class Recorder:
    """A connection that keeps the plan of everything it is asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.steps: list[str] = []

    def execute(self, sql: str, values: tuple[Bound, ...] = ()) -> Any:
        """Ask, and keep how it is answered."""
        self.steps += plan_of(self._connection, sql, *values)
        return self._connection.execute(sql, values)


PLACE = ("2026-11-18T10:05:00.000Z", "0")
SAMPLED = "SCAN w"
"""The newest rows of the index that a search looks at first: never more than a thousand."""


@pytest.mark.parametrize(
    ("read", "arguments"),
    [
        (contact_lines.page, (Want(),)),
        (contact_lines.page, (Want(PLACE),)),
        (contact_lines.page, (Want(PLACE, backwards=True),)),
        (contact_lines.page, (Want(backwards=True),)),
        (contact_lines.page, (Want(), "jones")),
        (contact_lines.page, (Want((5,)), "jones")),
        (contact_lines.page, (Want((5,), backwards=True), "jones")),
        (contact_lines.page, (Want(), "E-AAA-AAA-AAA")),
        (contact_lines.of_person, (Want(), "person-1")),
        (contact_lines.of_person, (Want(PLACE, backwards=True), "person-1")),
        (contact_lines.about, ()),
        (contact_lines.found_until, (dt.date(2026, 11, 18),)),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)[:40]),
)
def test_pages_use_an_index_and_sort_nothing(
    read: Any, arguments: tuple[Any, ...], store: Store, user: User, clock: SetClock
) -> None:
    """A page of a million contacts costs what a page of ten costs."""
    for _contact in range(3):
        save(store, user, clock, person_name="Ann Jones")

    def recorded(connection: Connection) -> list[str]:
        recorder = Recorder(connection)
        of_nobody = read in (contact_lines.about, contact_lines.found_until)
        known = {} if of_nobody else {"user": user}
        read(recorder, *arguments, **known)
        return recorder.steps

    steps = store.call_read(recorded)
    assert steps
    assert not [step for step in steps if "TEMP B-TREE" in step]
    by_index = ("INDEX", "VIRTUAL TABLE")
    assert not [
        step
        for step in steps
        if step.startswith("SCAN") and step not in ("SCAN CONSTANT ROW", SAMPLED)
        and not any(word in step for word in by_index)
    ]  # fmt: skip


def test_what_is_withheld_is_looked_up_by_index(store: Store, user: User, clock: SetClock) -> None:
    """Each page of a search asks who is in its cases, and what is covered of them."""
    ids = plant(store, user, clock, case_ref="ZZ26P0404")
    asked = [About(ids["person"], "ZZ26P0404"), About("", "ZZ26P0404")]

    def recorded(connection: Connection) -> list[str]:
        recorder = Recorder(connection)
        covers = withheld.covers_about(recorder, asked)  # type: ignore[arg-type]  # it passes on what it is asked
        assert [covers[each].address for each in asked] == [True, False]
        return recorder.steps

    steps = store.call_read(recorded)
    assert len(steps) > 12
    scans = [step for step in steps if step.startswith("SCAN")]
    assert {scan.split()[1] for scan in scans} <= {"json_each", "CONSTANT", "asked"}


def test_a_scan_would_be_noticed(store: Store) -> None:
    """The test above can fail."""
    steps = store.call_read(plan_of, "SELECT id FROM contact ORDER BY question")
    assert any(step.startswith("SCAN contact") for step in steps)
    assert any("TEMP B-TREE" in step for step in steps)


def test_lines_say_who_took_the_contact_and_when(
    store: Store, user: User, clock: SetClock, folder: Path
) -> None:
    """The instant is aware, so that it can be shown in local time."""
    line = save(store, user, clock)
    assert line.officer_name == user.name
    assert line.started_at == clock.moment - dt.timedelta(minutes=4)
    assert line.started_at.tzinfo is not None
