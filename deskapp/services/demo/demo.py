"""A throw-away store full of invented people and their cases, the same for the same seed and time.

Rows go in by plain SQL, in bulk, so that the capture triggers and the search index are real. Every
desk adds its own kind of rows here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from deskapp import paths
from deskapp.clock import Clock
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services import bank_holidays, desk, drafts, first_start
from deskapp.services.casework import projection, shelf
from deskapp.services.complaints import projection as complaints
from deskapp.services.dates import Calendar
from deskapp.services.demo import (
    demo_bookings,
    demo_cases,
    demo_complaints,
    demo_hearings,
    demo_jury,
    demo_known,
)
from deskapp.services.demo.demo_office import Office, Row, Rows
from deskapp.services.interpreters import settings as booking_settings

SITE = "fact:cardiff-civil-and-family-justice-centre"
USER = "Morgan Lockwood-Bebb"
CHUNK_ROWS = 2000
"""Contacts of one transaction."""


def prepare(
    folder: Path,
    *,
    contacts: int,
    seed: int,
    clock: Clock,
    told: Callable[[int], None] = lambda rows: None,
) -> None:
    """Make a demonstration store in ``folder`` with so many contacts; hold ``lock_screen``.

    Its key lies in the clear beside it: there is nothing to protect.

    Args:
        folder: Folder of the store; made when it is not there.
        contacts: How many contacts.
        seed: The same seed at the same time gives the same rows.
        clock: Where the time comes from; the newest contact is a little older.
        told: Called with the number of contacts that were added since the last call.

    Raises:
        StoreError: If there is a store already, or the folder cannot be written.
    """
    store, user = first_start.prepare(
        folder,
        site_key=SITE,
        name=USER,
        role=Role.TEAM_LEADER,
        insecure=True,
        clock=clock,
        demonstration=True,
    )
    try:
        _fill(store, user, contacts=contacts, random=Random(seed), now=clock.now(), told=told)
    finally:
        store.close()


def _fill(
    store: Store,
    user: User,
    *,
    contacts: int,
    random: Random,
    now: dt.datetime,
    told: Callable[[int], None],
) -> None:
    office = Office(user, random, now, _calendar(store.site))
    store.call_jot(_insert, {"officer": office.colleague_rows})
    made = office.contacts(contacts)
    while chunk := list(islice(made, CHUNK_ROWS)):
        store.call_jot(_insert, _joined(chunk))
        told(len(chunk))
    known = store.call_read(demo_known.rows, user, random, now)
    store.call_jot(_insert, known)
    for draft in office.parked():
        store.call_jot(drafts.keep, draft)
    book = shelf.rulebook(paths.settings_folder(), desk.nation(store.site))
    store.call_jot(_insert, demo_cases.rows(office, book))
    store.call_jot(projection.rebuild, book, now)
    number = demo_complaints.how_many(contacts)
    grown_from = store.call_read(demo_complaints.sources, number)
    store.call_jot(_insert, demo_complaints.rows(office, grown_from, number))
    numbers = booking_settings.settings(paths.settings_folder())
    booked = demo_bookings.rows(office, numbers)
    store.call_jot(_insert, booked)
    store.call_jot(_insert, demo_hearings.rows(office, booked["hearing"]))
    last: str | None = ""
    while last is not None:
        last = store.call_jot(complaints.rebuild, last).last or None
    store.call_write(demo_jury.fill, user, random, now)


def _calendar(site: str) -> Calendar:
    return bank_holidays.in_force(paths.settings_folder())[desk.nation(site)]


def _joined(chunk: Sequence[Rows]) -> Rows:
    """The rows of many contacts by table; those that others name come first, the rest after."""
    order = ("person", "contact", "contact_event", "follow_up", "callback", "callback_attempt")
    joined: dict[str, list[Row]] = {table: [] for table in order}
    for rows in chunk:
        for table, listed in rows.items():
            joined.setdefault(table, []).extend(listed)
    return joined


def _insert(connection: Connection, rows: Rows) -> None:
    for table, listed in rows.items():
        if listed:
            columns = list(listed[0])
            places = ", ".join("?" for _column in columns)
            connection.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})",
                ([*row.values()] for row in listed),
            )
