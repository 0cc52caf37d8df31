"""A scanner at a real terminal: quicker than ten scans a second, in order, and none is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from deskapp.clock import Clock
from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.roles import User
from tests.builders import SetClock
from tests.jury_desk import JuryDesk, number
from tests.pty.desk_terminal import CTRL_G, ENTER, F9, THIN, warm_terminal
from tests.terminal.pty_session import PtySession

SCANS = 90
QUICK = 60
"""A minute's scans, all at once."""
AS_SCANNED = """
SELECT juror FROM juror_event WHERE code = 'checked_in' ORDER BY hlc
"""


@pytest.fixture
def home(store: Store, clock: SetClock, user: User, folder: Path) -> Path:
    """A desk with jurors who are due today, by the clock of this computer."""
    court = JuryDesk(store, clock, user)
    court.date = Clock().today()
    court.jurors(SCANS)
    store.close()
    return folder.parent


def scanned(home: Path) -> list[str]:
    """The numbers of those who were checked in, in the order in which that was stored."""
    folder = home / "data"
    store = Store.open(folder, vault.unlock(folder), clock=Clock())
    try:
        rows = store.call_read(lambda connection: connection.execute(AS_SCANNED).fetchall())
    finally:
        store.close()
    return [row[0] for row in rows]


def at_the_door(terminal: PtySession) -> None:
    """Go to the scan screen."""
    terminal.wait_for("deskapp +Home")
    terminal.send(CTRL_G)
    terminal.wait_for("Go to")
    terminal.send("j")
    terminal.wait_for("deskapp +Jury")
    terminal.send("s")
    terminal.wait_for("deskapp +Scan jurors")
    terminal.wait_for(f"Not checked in +{SCANS}")


def test_scans_as_quick_as_the_line_are_kept_in_order(home: Path) -> None:
    """All at once is quicker than any scanner; a wrong one in between stops nothing.

    What stands on the screen as checked in outlives a kill; the rest is a part of the scans.
    """
    wanted = [number(of * 37 % QUICK) for of in range(QUICK)]
    rest = [number(of) for of in range(QUICK, SCANS)]
    with warm_terminal(home, *THIN) as terminal:
        at_the_door(terminal)
        lines = [*wanted[:30], "12345", *wanted[30:]]
        terminal.send("".join(f"*{line}*{ENTER}" for line in lines))
        terminal.wait_for(f"Checked in +{QUICK} ", timeout=60)
        terminal.wait_for(wanted[-1])
        terminal.send(F9)
        terminal.wait_for(f"Taken back: Checked in +{wanted[-1]}")
        terminal.wait_for(f"Not checked in +{SCANS - QUICK + 1} ")
        terminal.send("".join(f"{line}{ENTER}" for line in rest))
        terminal.wait_for(rf"Checked in +(?!{QUICK - 1} )\d\d ")
        seen = terminal.screen()
        terminal.signal(signal.SIGKILL)
        terminal.wait_exit()
    kept = scanned(home)
    assert kept == [*wanted, *rest][: len(kept)]
    assert len(kept) > QUICK
    assert all(each in kept for each in rest if f"Checked in  {each}" in seen)


def test_a_dropped_line_stores_every_scan_before_it_ends(home: Path) -> None:
    """The queue is emptied before the process goes."""
    wanted = [number(of) for of in range(20)]
    with warm_terminal(home, *THIN) as terminal:
        at_the_door(terminal)
        terminal.send("".join(f"{line}{ENTER}" for line in wanted))
        terminal.wait_for(r"Checked in +\d*[4-9]|Checked in +\d\d")
        terminal.hang_up()
        terminal.wait_exit()
    kept = scanned(home)
    assert kept == wanted[: len(kept)]
    assert len(kept) >= 4
