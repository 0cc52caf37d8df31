"""A page of each list of each desk among very many rows, against the same page among a thousand.

The start, the end and the jump by typing; each pair is read in turn, and what counts is the least
processor time of each side, so the ratio holds on a busy machine: nothing of a page that is read
again waits for the disk. Everything is invented and filled in by SQL, with triggers and words off.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import NamedTuple

from bench import store as bare
from bench.casework import NOW, acting
from bench.report import Line
from deskapp.data import words
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services import follow_ups, local_files
from deskapp.services.callbacks import callback_lines
from deskapp.services.casework import case_lists, diary, due_lists
from deskapp.services.casework.case_lists import Which
from deskapp.services.complaints import worklists as complaint_worklists
from deskapp.services.complaints.acting import Acting, acting_on
from deskapp.services.enquiries import contact_lines
from deskapp.services.hearings import acting as hearing_acting
from deskapp.services.hearings import board
from deskapp.services.hearings.acting import Acting as HearingActing
from deskapp.services.interpreters import acting as booking_acting
from deskapp.services.interpreters import register, worklists
from deskapp.services.jury import pools, reading
from deskapp.services.jury.acting import Acting as JuryActing
from deskapp.services.jury.acting import acting_on as jury_acting_on
from deskapp.services.jury.day_lists import Which as JuryList
from deskapp.services.paging import Want
from deskapp.services.persons import markers, person_pages

FEW, MANY = 1000, 1_000_000
ROUNDS = 15
GOAL = 2.0
"""A tree of a million rows is two levels deeper than one of a thousand, and less of it is kept."""
A_DAY = 200
"""Rows a day, so that a day fills a page; more of them where the days would be too many."""
LEADER = User("officer", "Ann Fictional", Role.TEAM_LEADER, "bench", frozenset({"coordinator"}))
TODAY = NOW.date()

Read = Callable[[Connection], object]


class Asked(NamedTuple):
    """One page of a list."""

    what: str
    read: Read


def lines(many: int = MANY) -> Iterator[Line]:
    """What each page costs."""
    with ExitStack() as opened:
        small, large = (filled(opened, count) for count in (FEW, many))
        for page in asked():
            yield _line(page, small, large, many)


def asked() -> Iterator[Asked]:
    """Every list, every way to a page of it."""
    jump = contact_lines.until(TODAY)
    yield from _pages("enquiries", partial(contact_lines.page, user=LEADER), day=jump)
    person = partial(contact_lines.of_person, person_id="often1", user=LEADER)
    yield from _pages("contacts of a person", person, day=jump)
    people = partial(person_pages.page, user=LEADER)
    yield from _pages("persons", people, letter=person_pages.starting("m"))
    yield from _pages("callbacks", partial(callback_lines.page, user=LEADER))
    of_day = partial(callback_lines.page, day=TODAY, user=LEADER)
    yield Asked("callbacks of a day", partial(of_day, want=Want()))
    yield from _pages("markers", partial(markers.due, today=TODAY, user=LEADER))
    yield from _pages("promises", partial(follow_ups.page, user=LEADER))
    yield from _casework()
    yield from _complaints()
    yield from _jury()
    yield from _bookings()
    yield from _hearings()


def _hearings() -> Iterator[Asked]:
    who = hearings_acting()
    of_today = partial(board.page, acting=who, site="bench", on=TODAY)
    yield from _pages("hearings of a day", of_today)
    to_result = partial(of_today, which=board.Which.TO_RESULT)
    yield Asked("hearings of a day without a result: start", partial(to_result, want=Want()))


def _jury() -> Iterator[Asked]:
    who = jury_acting()
    for which in (JuryList.NOT_IN, JuryList.IN, JuryList.CONFIRMED, JuryList.EXPECTED,
                  JuryList.ON_CALL, JuryList.NEXT, JuryList.NO_DATE, JuryList.ALL):  # fmt: skip
        yield from _pages(f"jurors, {which}", partial(reading.page, acting=who, which=which))
    yield Asked("jurors, figures of a day", lambda read: reading.day(read, who))
    yield from _pages("pools", partial(pools.page, acting=who))
    of_pool = partial(pools.members, acting=who, number="411261101")
    yield from _pages("jurors of a pool", of_pool)


def _bookings() -> Iterator[Asked]:
    who = booking_acting.acting_on(LEADER, NOW, local_files.SHIPPED)
    # Whether a hearing is gone is asked of every booking that still waits for its day.
    for which in [each for each in worklists.Which if each is not worklists.Which.REMOVED]:
        page = partial(worklists.page, acting=who, which=which)
        yield from _pages(f"bookings, {which}", page)
    for listed in register.Which:
        known = partial(register.page, acting=who, which=listed)
        yield from _pages(f"interpreters, {listed}", known)


def _complaints() -> Iterator[Asked]:
    who = complaints_acting()
    day = complaint_worklists.from_day(TODAY)
    for which in complaint_worklists.Which:
        page = partial(complaint_worklists.page, acting=who, which=which)
        sorted_by_due = which in _BY_DUE
        yield from _pages(f"complaints, {which}", page, **({"day": day} if sorted_by_due else {}))


def _casework() -> Iterator[Asked]:
    who = acting()
    day = case_lists.from_day(TODAY)
    for which in Which:
        of_all = partial(case_lists.page, acting=who, which=which)
        yield from _pages(f"cases, {which}", of_all, day=day)
    for which in (Which.OPEN, Which.TODO, Which.DONE):
        of_one = partial(case_lists.page, acting=who, which=which, scheme="isc")
        yield Asked(f"cases, {which}, of one scheme: start", partial(of_one, want=Want()))
    due = partial(due_lists.page, acting=who, until=TODAY + dt.timedelta(days=14))
    yield from _pages("items due", due, day=due_lists.from_day(TODAY))
    yield Asked("diary of a week", lambda read: diary.slots(read, who, TODAY, TODAY))


def _pages(name: str, page: Callable[..., object], **jumps: Want) -> Iterator[Asked]:
    wants = {"start": Want(), "end": Want(backwards=True)}
    for to, want in jumps.items():
        wants |= {f"to a {to}": want, f"up from a {to}": want._replace(backwards=True)}
    for what, want in wants.items():
        yield Asked(f"{name}: {what}", partial(page, want=want))


def _line(asked: Asked, small: Store, large: Store, many: int) -> Line:
    pairs = [(_seconds(large, asked.read), _seconds(small, asked.read)) for _ in range(ROUNDS)]
    one, other = (min(side) * 1000 for side in zip(*pairs[1:], strict=True))
    what = f"{asked.what}: {many:,} rows / {FEW:,}"
    return Line("", what, one / other, GOAL, f"{one:.2f} ms / {other:.2f} ms")


def _seconds(store: Store, read: Read) -> float:
    begun = time.thread_time()  # whoever else works takes ten times what a page takes
    store.call_read(read)
    return time.thread_time() - begun


_BY_DUE = (complaint_worklists.Which.TEAM, complaint_worklists.Which.MINE)


def complaints_acting() -> Acting:
    """A leader at the complaints desk, by what ships."""
    return acting_on(LEADER, NOW, local_files.SHIPPED)


def jury_acting() -> JuryActing:
    """A leader at the jury desk, by what ships."""
    leader = LEADER._replace(site="fact:cardiff-crown-court")
    return jury_acting_on(leader, NOW, local_files.SHIPPED, court="411")


def hearings_acting() -> HearingActing:
    """A leader at the hearing board, by what ships."""
    return hearing_acting.acting_on(LEADER, NOW, local_files.SHIPPED)


# -- so many rows of everything ---------------------------------------------------------------

_AFTER = f"'{TODAY}', ((n - :many / 2) * :days * 24.0 / :many) || ' hours'"
_AT = f"strftime('%Y-%m-%dT%H:%M:%S.000Z', {_AFTER})"
_DAY = f"date({_AFTER})"
_SLOT = f"strftime('%Y-%m-%dT%H:%M', {_AFTER})"
_PAST = f"iif({_DAY} < '{TODAY}', {_AT}, '')"
_ENDED = " ".join(
    f"WHEN {place} THEN '{status}'"
    for place, status in enumerate(("closed", "redirected", "withdrawn", "duplicate", "void"))
)
_JURY_DAY = f"date('{TODAY}', ((n - :many / 2) / {A_DAY}) || ' days')"
"""A court has as many jurors a day, and on call, whatever else its store holds."""
_SERVES_NOW = f"{_JURY_DAY} > '{TODAY - dt.timedelta(days=14)}' AND {_JURY_DAY} <= '{TODAY}'"
_LETTER = "char(97 + n * 7 % 26)"
ROWS: dict[str, dict[str, str]] = {
    "person": {
        "id": "'p' || n", "home_site": "'bench'", "created_at": _AT,
        "full_name": f"'Ann ' || {_LETTER} || {_LETTER} || n",
    },
    "contact": {
        "id": "'k' || n", "home_site": "'bench'", "at": _AT, "officer_id": "'officer'",
        "ref": "'E' || n", "ref_key": "'E' || n", "site": "'bench'", "channel": "'phone_in'",
        "started_at": _AT, "ended_at": _AT, "wrapped_at": _AT, "handling_seconds": "240",
        "user_type": "'public'", "person_id": "'often' || (n % 4)", "person_name": "'Ann'",
        "topic": "'FIN'", "disclosure": "'none'", "outcome": "'ADV'", "suspect_time": "0",
        "hold_seconds": "0", "wrap_seconds": "0",
    },
    "callback": {
        "id": "'b' || n", "home_site": "'bench'", "site": "'bench'", "contact_id": "'k' || n",
        "slot": _SLOT, "zone": "'Europe/London'", "starts_at": _AT, "kind": "'window'",
        "state": "'booked'", "live": "1", "priority": "0", "booked_by": "'officer'",
        "booked_at": _AT,
    },
    "marker": {
        "id": "'m' || n", "home_site": "'bench'", "person_id": "'p' || n", "code": "'PF0002'",
        "set_by": "'officer'", "set_on": _DAY, "approved_on": _DAY, "review_on": _DAY,
    },
    "follow_up": {
        "id": "'f' || n", "home_site": "'bench'", "record_table": "'contact'",
        "record_id": "'k' || n", "kind": "'task'", "due_on": _DAY,
    },
    "case_state": {
        "id": "'c' || n", "family_id": "'c' || n", "ref": "'C' || n", "ref_key": "'C' || n",
        "scheme": "CASE WHEN n % 1000 < 900 THEN 'cond_caution' ELSE 'isc' END", "version": "1",
        "stage": "'in_force'", "list": "CASE n % 3 WHEN 0 THEN 'todo' WHEN 1 THEN 'waiting'"
        " ELSE 'done' END", "live": "n % 3 < 2", "title": "'Ann Fictional'",
        "owner_id": "CASE WHEN n % 5 THEN 'other' ELSE 'officer' END", "priority": "''",
        "external_refs": "''", "due": _DAY, "due_key": _AT, "soon_key": "''",
        "conflicts": "n % 8 = 6",
        "opened_at": _AT, "closed_at": "''",
    },
    "complaint_state": {
        "id": "'q' || n", "ref": "'C' || n", "ref_key": "'C' || n", "site": "'bench'",
        "nation": "'england-and-wales'",
        "status": f"CASE n % 8 {_ENDED} ELSE 'open' END", "live": "n % 8 > 4",
        "stage": "1 + n / 8 % 3", "stage_status": "'in_progress'",
        "owner_id": "CASE n / 8 % 3 WHEN 0 THEN 'officer' WHEN 1 THEN 'other' ELSE '' END",
        "severity": "'minor'", "category": "'COR'", "categories": "' COR '", "flags": "'  '",
        "received_at": _AT, "received_on": _DAY, "due_on": _DAY,
        "due_key": f"CASE n / 8 % 2 WHEN 0 THEN {_DAY} ELSE '9999-12-31' END",
        "optic_todo": "n % 8 > 4", "unacknowledged": "n % 8 > 5", "alert": "n % 8 = 7",
        "in_conflict": "n % 8 = 6",
        "closed_at": _AT, "last_at": _AT, "destroy_key": "'9999-12-31'", "summary": "'Waited'",
    },
    "booking": {
        "id": "'g' || n", "home_site": "'bench'", "ref": "'B' || n", "ref_key": "'B' || n",
        "site": "'bench'", "kind": "'spoken'", "route": "'contract'", "mode": "'f2f'",
        "language_code": "'pol'", "day": _DAY, "local_start": _SLOT, "local_end": _SLOT,
        "starts_at": _AT, "ends_at": _AT, "until": _AT,
        "status": "CASE n % 6 WHEN 0 THEN 'draft' WHEN 1 THEN 'requested' WHEN 2 THEN 'assigned'"
        f" WHEN 3 THEN 'unfilled' WHEN 4 THEN iif({_DAY} < '{TODAY}', 'in_attendance',"
        " 'confirmed') ELSE 'fulfilled' END",  # nobody is there before the day
        "conflict": "CASE n % 5 WHEN 0 THEN 'DOUBLE_BOOKED' ELSE '' END",
    },
    "hearing": {
        "id": "'h' || n", "home_site": "'bench'", "site": "'bench'", "day": _DAY,
        "start": "'10:00'", "starts_at": _AT, "room": "'Court ' || (n % 12)",
        "case_ref": "'K' || n", "case_key": "'K' || n", "list_state": "'listed'",
        "list_id": "'l'", "judiciary": "'[]'", "parties": "'[]'",
    },
    "hearing_event": {
        "id": "'e' || n", "home_site": "'bench'", "hlc": "n", "at": _AT, "hearing_id": "'h' || n",
        "officer_id": "'officer'", "code": "'note'", "data": "'{}'",
    },
    "support_need": {
        "id": "'n' || n", "home_site": "'bench'", "case_key": "'K' || n", "flag": "'RA0043'",
        "status": "'Active'", "named": "'[]'", "made_at": _AT,
    },
    "booking_hearing": {
        "id": "'x' || n", "home_site": "'bench'", "booking_id": "'g' || n",
        "hearing_id": "'h' || n",
    },
    "interpreter": {
        "id": "'r' || n", "home_site": "'bench'", "key": "'K' || n", "name": "'Ann ' || n",
        "name_key": f"{_LETTER} || {_LETTER} || n", "expires_on": _DAY, "active": "n % 2",
    },
    "case_item": {
        "id": "'i' || n", "family_id": "'c' || n", "case_id": "'c' || n", "name": "'n' || n",
        "template": "'check'", "status": "'open'", "open": "1", "about": "''", "outcome": "''",
        "due": _DAY, "due_key": _AT, "starts_key": _PAST, "ends_key": _PAST,
    },
    "jury_pool": {
        "id": "'l' || n", "home_site": "'bench'", "number": "'411' || (261101 + n)",
        "court": "'411'", "owner": "'411'", "start_on": _DAY,
    },
    "juror": {
        "id": "'j' || n", "home_site": "'bench'", "number": "printf('%09d', n)",
        "first_name": "'Ann'", "last_name": f"{_LETTER} || {_LETTER} || n",
        "name_key": f"{_LETTER} || {_LETTER} || n",
    },
    "juror_in_pool": {
        "id": "'y' || n", "home_site": "'bench'", "juror": "printf('%09d', n)",
        "pool": f"'411' || (261101 + max(0, n - {A_DAY}) / 20)", "court": "'411'", "active": "1",
        "name_key": f"{_LETTER} || {_LETTER} || n", "status": "2",
        "on_call": f"n % 4 = 2 AND {_SERVES_NOW}",
        "next_on": f"iif(n % 4 < 2, {_JURY_DAY}, '')", "service_start": _JURY_DAY,
        "original_start": _JURY_DAY,
    },
    "attendance": {
        "id": "'a' || n", "home_site": "'bench'", "juror": "printf('%09d', (n * 4 + 3) % :many)",
        "day": _JURY_DAY, "court": "'411'", "pool": "'411261101'", "kind": "'attendance'",
        "stage": "iif(n % 2, 'CHECKED_IN', 'EXPENSE_ENTERED')", "time_in": "'09:05'",
        "time_out": "iif(n % 2, '', '16:00')", "recorded_at": _AT,
    },
}  # fmt: skip
"""What a column of row number ``n`` of ``:many`` holds; the rest is as an empty form leaves it."""


def filled(opened: ExitStack, count: int) -> Store:
    """A store with so many rows in every table that a list reads."""
    store = opened.enter_context(bare.a_store(captured=False))
    store.call_jot(words.drop)
    for table, columns in ROWS.items():
        store.call_jot(fill, table, columns, count)
    store.call_jot(words.rebuild)
    return store


def fill(connection: Connection, table: str, columns: dict[str, str], count: int) -> None:
    empty = connection.execute(
        'SELECT name, type FROM pragma_table_info(?) WHERE "notnull" AND dflt_value IS NULL',
        (table,),
    ).fetchall()
    given = {name: "''" if kind.startswith(("VARCHAR", "TEXT")) else "0" for name, kind in empty}
    given |= columns
    connection.execute(
        f"INSERT INTO {table} ({', '.join(given)})"
        " WITH RECURSIVE numbers (n) AS"
        " (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :many)"
        f" SELECT {', '.join(given.values())} FROM numbers",
        {"many": count, "days": min(count // A_DAY, 1000)},
    )
