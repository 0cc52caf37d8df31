"""What a desk needs, looked at without changing anything, for ``deskapp doctor``.

Nothing here repairs; each finding says what to do. No case data is in any of them.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path

from deskapp import i18n, paths, settings
from deskapp.clock import Clock, instant
from deskapp.data import capture, schema, vault
from deskapp.data.change_state import RECEIVED_UPTO
from deskapp.data.connection import Author, Connection, connect
from deskapp.errors import DeskError, Exit
from deskapp.i18n import N_, _, ngettext, number
from deskapp.paths import STORE_NAME
from deskapp.services import bank_holidays, desk, offline
from deskapp.services.complaints import projection
from deskapp.services.interpreters import check
from deskapp.services.interpreters import settings as booking_settings

OLDEST_PYTHON = (3, 11)
LOW_DISK_BYTES = 500 * 2**20
CALENDAR_WARNING = dt.timedelta(days=120)
"""How long before the end of the known bank holidays a new list should be asked for."""
CLOCK_SLACK = dt.timedelta(minutes=2)


class State(StrEnum):
    """How a finding is to be taken."""

    OK = "ok"
    LOOK = "look"
    WRONG = "wrong"


STATE_LABELS = {State.OK: N_("ok"), State.LOOK: N_("look"), State.WRONG: N_("wrong")}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    """A word for programs, never translated."""
    state: State
    text: str
    """What was found and what to do, translated."""
    exit_code: IntEnum = Exit.OK
    """What the command ends with when it is wrong."""


def look(clock: Clock, key: bytes | None) -> Iterator[Finding]:
    """Everything but the terminal, in a useful order.

    Args:
        clock: Where the time comes from.
        key: The key of the store, when it could be unlocked; else its inside is not looked at.
    """
    yield _python()
    yield _settings()
    yield from _folders()
    yield _disk()
    yield from _calendar(clock)
    yield from _store(clock, key)


def wrong(name: str, error: DeskError) -> Finding:
    """The finding that ``error`` happened."""
    return Finding(name, State.WRONG, str(error), error.exit_code)


def _python() -> Finding:
    text = _("Python {version}").format(version=sys.version.split()[0])
    if sys.version_info >= OLDEST_PYTHON:
        return Finding("python", State.OK, text)
    needed = _("deskapp needs Python 3.11 or newer.")
    return Finding("python", State.WRONG, f"{text}. {needed}", Exit.SOFTWARE)


def _settings() -> Finding:
    file = paths.settings_file()
    try:
        settings.load()
    except DeskError as error:
        return wrong("settings", error)
    if file.exists():
        return Finding("settings", State.OK, str(file))
    return Finding("settings", State.OK, _("No settings file: {file}").format(file=file))


def _folders() -> Iterator[Finding]:
    for name, folder in (
        ("store_folder", paths.store_folder()),
        ("settings_folder", paths.settings_folder()),
        ("log_folder", paths.log_file().parent),
    ):
        yield _folder(name, folder)


def _folder(name: str, folder: Path) -> Finding:
    text = str(folder)
    if not folder.exists():
        return Finding(name, State.OK, _("{folder} is made when needed.").format(folder=folder))
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        text = _("{folder} cannot be read and written. Check its rights.").format(folder=folder)
        return Finding(name, State.WRONG, text, Exit.CANNOT_WRITE)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        text = _("{folder} is open to others on this computer. Run chmod 700 on it.")
        return Finding(name, State.LOOK, text.format(folder=folder))
    return Finding(name, State.OK, text)


def _disk() -> Finding:
    folder = paths.store_folder()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    text = _("{count} MiB free").format(count=number(free // 2**20))
    if free >= LOW_DISK_BYTES:
        return Finding("disk", State.OK, text)
    advice = _("Make room before the disk is full.")
    return Finding("disk", State.LOOK, f"{text}. {advice}")


def _calendar(clock: Clock) -> Iterator[Finding]:
    try:
        calendars = bank_holidays.in_force(paths.settings_folder())
    except DeskError as error:
        yield wrong("calendar", error)
        return
    known_to = min(calendar.known_to for calendar in calendars.values())
    version = next(iter(calendars.values())).version
    text = _("Bank holidays {version}, known to {day}").format(
        version=version, day=i18n.day(known_to)
    )
    near = known_to - clock.today() < CALENDAR_WARNING
    advice = _("Ask for a newer list: later due dates are provisional.")
    state = State.LOOK if near else State.OK
    yield Finding("calendar", state, f"{text}. {advice}" if near else text)


def _store(clock: Clock, key: bytes | None) -> Iterator[Finding]:
    folder = paths.store_folder()
    path = folder / STORE_NAME
    if not path.exists():
        text = _("There is no record store yet. Start deskapp, or run deskapp setup.")
        yield Finding("store", State.LOOK, text)
        return
    size = _("{file}, {count} MiB").format(file=path, count=number(path.stat().st_size // 2**20))
    yield Finding("store", State.OK, size)
    yield _slots(folder)
    if key is None:
        text = _("Not unlocked, so the inside of the store was not checked.")
        yield Finding("unlock", State.LOOK, text)
        return
    try:
        connection = connect(path, key, Author(clock), read_only=True)
    except DeskError as error:
        yield wrong("unlock", error)
        return
    try:
        yield Finding("unlock", State.OK, _("The store opens."))
        yield from _inside(connection, clock)
    except DeskError as error:
        yield wrong("store", error)
    finally:
        connection.close()


def _slots(folder: Path) -> Finding:
    try:
        kept = vault.slots(folder)
    except DeskError as error:
        return wrong("slots", error)
    text = _("Unlocked by: {slots}").format(slots=", ".join(kept))
    if vault.PLAIN not in kept:
        return Finding("slots", State.OK, text)
    advice = _("The key lies in the clear beside the store: for tests and demonstrations only.")
    return Finding("slots", State.LOOK, f"{text}. {advice}")


def _inside(connection: Connection, clock: Clock) -> Iterator[Finding]:
    behind = schema.behind(connection)
    text = _("Revision {revision}").format(revision=schema.revision(connection))
    if behind:
        text = _("{text}. The next start brings it up to date.").format(text=text)
    yield Finding("schema", State.LOOK if behind else State.OK, text)
    yield _integrity(connection)
    if not behind:
        yield _triggers(connection)
        yield _complaints(connection)
        yield _bookings(connection, clock)
        yield from _jury(connection)
    yield _pending(connection)
    if not behind:
        yield _exchange(connection, clock)
    yield _clock(connection, clock)


def _integrity(connection: Connection) -> Finding:
    found = schema.problems(connection)
    if not found:
        return Finding("integrity", State.OK, _("Every page and row is whole."))
    text = _(
        "The record store is damaged: {problem}. Do not delete it: copy the folder to a safe place"
        " and tell the service desk."
    )
    return Finding("integrity", State.WRONG, text.format(problem=found[0]), Exit.STORE)


def _triggers(connection: Connection) -> Finding:
    """Whether every write is captured as the registry says."""
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view') AND name LIKE 'capture%'"
    ).fetchall()
    if {row[0] for row in rows} == {*capture.statements(connection)}:
        return Finding("capture", State.OK, _("Every change is captured for the exchange."))
    text = _(
        "The store does not capture every change. Stop work on this desk and tell the service desk."
    )
    return Finding("capture", State.WRONG, text, Exit.STORE)


def _complaints(connection: Connection) -> Finding:
    """Whether the newest complaints stand in the lists as their events say."""
    count = projection.differing(connection)
    if not count:
        text = _("The lists of complaints say what their events say.")
        return Finding("complaints", State.OK, text)
    text = _("Complaints that stand otherwise in the lists: {count}. Run deskapp doctor --rebuild.")
    return Finding("complaints", State.LOOK, text.format(count=number(count)))


def _bookings(connection: Connection, clock: Clock) -> Finding:
    """Whether the bookings go together, and what they are measured by can be read."""
    try:
        booking_settings.settings(paths.settings_folder())
    except DeskError as error:
        return wrong("bookings", error)
    found = check.faults(connection, clock.now())
    if not any(found):
        text = _("No interpreter is booked twice, and nobody is missing where somebody came.")
        return Finding("bookings", State.OK, text)
    text = _(
        "Interpreters booked twice: {twice}; bookings without the interpreter who comes: {without}."
        " Look at the bookings of the day; ring the courts."
    )
    told = text.format(twice=number(found.twice), without=number(found.without))
    return Finding("bookings", State.LOOK, told)


def _jury(connection: Connection) -> Iterator[Finding]:
    """Whether the newest draws of jurors come out again from their seeds, where any were made."""
    if not connection.execute("SELECT 1 FROM jury_draw LIMIT 1").fetchone():
        return
    from deskapp.services.jury import trial_lines

    count = trial_lines.unfair_draws(connection)
    if not count:
        text = _("Every draw of jurors comes out again from its seed and candidates.")
        yield Finding("jury", State.OK, text)
        return
    text = _("Draws of jurors that do not come out again: {count}. Tell the service desk.")
    yield Finding("jury", State.WRONG, text.format(count=number(count)), Exit.STORE)


def _pending(connection: Connection) -> Finding:
    row = connection.execute(
        f"SELECT count(*) FROM change_log WHERE seq > {RECEIVED_UPTO}"
    ).fetchone()
    count = int(row[0]) if row else 0
    text = ngettext(
        "{count} change waits for the exchange", "{count} changes wait for the exchange", count
    ).format(count=number(count))
    return Finding("pending", State.OK, text)


def _exchange(connection: Connection, clock: Clock) -> Finding:
    """Whether the desk may go on without central, and until when."""
    now = clock.now()
    found = offline.standing(connection, now)
    text = " ".join(offline.words(desk.exchange(connection), found, now))
    if found.over:
        return Finding("exchange", State.WRONG, text, Exit.NOT_ALLOWED)
    return Finding("exchange", State.LOOK if found.near else State.OK, text)


def _clock(connection: Connection, clock: Clock) -> Finding:
    row = connection.execute("SELECT max(started_at) FROM contact").fetchone()
    newest = row[0] if row else None
    if newest is None or instant(newest) <= clock.now() + CLOCK_SLACK:
        return Finding("clock", State.OK, _("The clock is not behind the newest contact."))
    text = _("The clock of this computer is behind the newest contact. Check its date and time.")
    return Finding("clock", State.LOOK, text)
