"""The end of the jury officer's day at a real terminal: a claim, and the person who approves it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from deskapp.clock import Clock
from deskapp.data import vault
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from tests.pty.desk_terminal import ENTER, F8
from tests.pty.jury_day import JuryDay

MANAGER = (
    "INSERT INTO officer (id, home_site, name, role, scheme_roles)"
    " SELECT 'another', home_site, 'Gwen Sample', 'manager', '' FROM officer LIMIT 1"
)
SITS_DOWN = "UPDATE local_state SET value = 'another' WHERE name = 'officer'"


def open_claim(day: JuryDay, juror: str) -> None:
    """Show the claim of a juror, found by their number."""
    day.go("e", "deskapp +Juror expenses[^\0]*To submit")
    day.send(juror)
    day.shows(f"{juror}[^\0]*1 to 1 of 1")
    day.send(ENTER)
    day.shows(f"deskapp +Claim of a juror[^\0]*{juror}")


def enter(day: JuryDay, juror: str, loss: str, total: str) -> None:
    """Enter the loss of the first day of a juror."""
    open_claim(day, juror)
    day.send(ENTER)
    day.shows("deskapp +Expenses of a day[^\0]*This day")
    day.send(loss)
    day.shows(f"This day: {total}")
    day.send(F8)
    day.shows(f"deskapp +Claim of a juror[^\0]*{total}")


def submit(day: JuryDay, juror: str) -> None:
    """Hand the claim in."""
    open_claim(day, juror)
    day.send("s")
    day.shows("Submit 1 day")
    day.send("y")
    day.shows("Submitted: ")


def approve(day: JuryDay, juror: str) -> None:
    """Approve it, and see what is paid."""
    open_claim(day, juror)
    day.send("a")
    day.shows("Approve 1 day and pay")
    day.send("y")
    day.shows(r"Approved\. By bank")


def manager_sits_down(home: Path) -> None:
    """Somebody else works at the desk from the next start on."""
    store = _store(home)
    for sql in (MANAGER, SITS_DOWN):
        store.call_jot(Connection.execute, sql)
    store.close()


def paid(home: Path) -> list[tuple[str, Decimal]]:
    """What was paid to whom."""
    store = _store(home)
    asked = "SELECT juror, data FROM juror_event WHERE code = 'approved' ORDER BY hlc"
    try:
        rows = store.call_read(lambda connection: connection.execute(asked).fetchall())
    finally:
        store.close()
    return [
        (juror, sum((Decimal(part) for part in each["parts"].values()), Decimal(0)))
        for juror, data in rows
        for each in json.loads(data)["payments"]
    ]


def _store(home: Path) -> Store:
    folder = home / "data"
    return Store.open(folder, vault.unlock(folder), clock=Clock())
