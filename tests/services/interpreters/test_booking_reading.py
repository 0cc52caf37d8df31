"""Who may not read bookings reads none, whichever way they ask; the store is looked at whole."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import pytest

from deskapp import paths
from deskapp.data.connection import Connection
from deskapp.data.vault import unlock
from deskapp.errors import NotAllowedError
from deskapp.roles import Role
from deskapp.services import doctor
from deskapp.services.interpreters import (
    absences,
    assigning,
    attendance,
    book,
    check,
    filling,
    finding,
    free,
    lines,
    record,
    register,
    sheet_drafts,
    signed,
    worklists,
)
from deskapp.services.interpreters.drafts import BookingDraft
from deskapp.services.paging import Want
from tests.services.interpreters.booking_desk import BookingDesk

READERS: dict[Any, tuple[Any, ...]] = {
    assigning.against: ("{acting}", "{booking}", "{interpreter}"),
    sheet_drafts.as_draft: ("{booking}", "{acting}"),
    filling.again: ("{booking}", "{acting}"),
    filling.as_draft: ("{booking}", "{acting}"),
    filling.for_hearing: ("{hearing}", "{acting}"),
    filling.hearing_draft: ("{hearing}", "{acting}"),
    filling.kept_draft: ("{booking}", "{acting}"),
    filling.unless_changed: ("{booking}", BookingDraft(), "{acting}"),
    filling.hearing_named: ("{hearing}", "{acting}"),
    free.here: ("{acting}",),
    free.offers_for: ("{booking}", "{acting}"),
    worklists.counts: ("{acting}",),
    finding.find: ("ZZ26P0001",),
    lines.line: ("{booking}",),
    lines.lines: (["{booking}"],),
    lines.of_hearings: (["{hearing}"],),
    lines.of_interpreter: ("{interpreter}",),
    lines.of_person: ("person",),
    worklists.page: (Want(), "{acting}", worklists.Which.COMING),
    record.record: ("{booking}", "{acting}"),
    signed.sheets: ("{booking}", "{acting}"),
    register.able: ("{line}",),
    absences.away: ("{interpreter}", "{acting}"),
    register.line: ("{interpreter}",),
    register.lines: (["{interpreter}"], "{acting}"),
    register.named: ("{interpreter}",),
    register.page: (Want(), "{acting}"),
}
"""With what each is asked; who reads is told by ``acting``, or by name."""
OF_RULES = {
    assigning.must_be_free,
    free.findings,
    free.offers,
    finding.id_of_ref,
    worklists.query,
}
"""They give ids and times to the rules, nothing about anybody."""


@pytest.mark.parametrize(
    ("read", "given"), READERS.items(), ids=lambda value: getattr(value, "__qualname__", "")
)
def test_only_who_may_read_bookings_reads(
    bench: BookingDesk, read: Any, given: tuple[Any, ...]
) -> None:
    """An administrator keeps the computer and reads no booking."""
    hearing = bench.hearing()
    interpreter = bench.interpreter()
    bench.away(interpreter, first_on="2026-12-24")
    line = bench.confirmed(interpreter, hearings=hearing)
    written = {"booking": line.id, "hearing": hearing, "interpreter": interpreter}
    for who in (bench, bench.as_role(Role.ADMINISTRATOR)):
        asked = [_filled(value, {**written, "acting": who.acting, "line": line}) for value in given]
        named: dict[str, Any] = {} if "{acting}" in given else {"user": who.user}
        named |= {"limit_rows": 5} if read is finding.find else {}
        if who is bench:
            bench.read(read, *asked, **named)
        else:
            with pytest.raises(NotAllowedError):
                bench.read(read, *asked, **named)


def _filled(value: Any, written: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_filled(each, written) for each in value]
    if isinstance(value, str) and value.startswith("{"):
        return written[value.strip("{}")]
    return value


def test_every_reader_asks_who_reads() -> None:
    """One that is added must be put on one side or the other."""
    readers = {
        function
        for module in (attendance, book, *(sys.modules[read.__module__] for read in READERS))
        for function in vars(module).values()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and "connection" in inspect.signature(function).parameters
    }
    assert readers - OF_RULES == set(READERS)


def test_the_doctor_finds_what_does_not_go_together(bench: BookingDesk, folder: Path) -> None:
    """Two plans of one interpreter, and a plan without anybody."""
    ann = bench.interpreter()
    one = bench.confirmed(ann)
    two = bench.booked(start="11:00", end="13:00")
    assert bench.read(check.faults, bench.clock.moment) == (0, 0)
    bench.store.call_jot(
        Connection.execute,
        "UPDATE booking SET status = 'confirmed', interpreter_key = ? WHERE id = ?",
        (one.interpreter_key, two.id),
    )
    assert bench.read(check.faults, bench.clock.moment) == (1, 0)
    bench.store.call_jot(
        Connection.execute, "UPDATE booking SET interpreter_key = '' WHERE id = ?", (two.id,)
    )
    assert bench.read(check.faults, bench.clock.moment) == (0, 1)
    told = {each.name: each for each in doctor.look(bench.clock.clock, unlock(folder))}
    assert told["bookings"].state is doctor.State.LOOK


def test_settings_that_cannot_be_used_are_told_of(bench: BookingDesk, folder: Path) -> None:
    """The entry is named."""
    file = paths.settings_folder() / "interpreters.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    shipped = Path(doctor.__file__).parents[1] / "data" / "reference" / "interpreters.toml"
    text = shipped.read_text(encoding="utf-8")
    file.write_text(text.replace('route = "contract"', 'route = "magic"', 1), encoding="utf-8")
    told = {each.name: each for each in doctor.look(bench.clock.clock, unlock(folder))}
    assert told["bookings"].state is doctor.State.WRONG
    assert "suppliers" in told["bookings"].text
