"""A jury officer at a real terminal: the day from the file of the Bureau to its end, by keys."""

from __future__ import annotations

import csv
import re
import signal
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from deskapp.clock import Clock
from deskapp.data import vault
from deskapp.data.store import Store
from tests.pty.desk_terminal import CTRL_G, CTRL_N, ENTER, F8, THIN, warm_terminal
from tests.terminal.pty_session import PtySession

POOL = "411261101"
ROWS = "SELECT juror, stage, kind, on_trial, time_in, time_out FROM attendance ORDER BY juror"
CLEAR = "\x7f" * 5
"""Empties a field that holds a time."""


class JuryDay:
    """The officer of a desk; ``kill`` ends the program as a power cut does, and begins anew."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.terminal: PtySession = warm_terminal(home, *THIN)

    def __enter__(self) -> JuryDay:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.terminal.close()

    def kill(self) -> None:
        """SIGKILL, and the next start."""
        self.terminal.signal(signal.SIGKILL)
        self.terminal.wait_exit()
        self.terminal.close()
        self.terminal = warm_terminal(self.home, *THIN)

    def shows(self, pattern: str) -> re.Match[str]:
        """Wait until the screen matches."""
        return self.terminal.wait_for(pattern, timeout=30)

    def send(self, keys: str) -> None:
        """Type."""
        self.terminal.send(keys)

    def go(self, letter: str, heading: str) -> None:
        """From anywhere to a screen of the jury desk."""
        self.shows("deskapp +[A-Z]")
        self.send(CTRL_G)
        self.shows("Go to")
        self.send("j")
        self.shows("deskapp +Jury ")
        self.send(letter)
        self.shows(heading)
        self.terminal.settle(0.15)

    def ask(self, keys: str, question: str, answer: str) -> None:
        """Press keys that lead to a question with a line, and answer it."""
        self.send(keys)
        self.shows(question)
        self.send(answer + ENTER)

    # -- the day --------------------------------------------------------------------------

    def take_in(self, file: Path, jurors: int) -> None:
        """Import a file of the Bureau."""
        self.go("i", "Which file of the Bureau")
        self.send(str(file) + ENTER)
        self.shows(f"New +{jurors} ")
        self.send(F8)
        self.shows("Taken in")

    def scan(self, jurors: Iterable[str], time: str) -> None:
        """Scan jurors in at a time of the day."""
        self.go("s", "deskapp +Scan jurors[^\0]*Expected")
        self.send("".join(f"{line}{ENTER}" for line in (time, *jurors)))

    def open_trial(self, trial: str, panel: int) -> None:
        """Open a trial and draw its panel."""
        self.go("t", "deskapp +Trials with a jury")
        self.send(CTRL_N)
        self.shows("deskapp +New trial with a jury")
        self.send(trial + F8)
        self.shows(f"deskapp +Trial [^\0]*{trial}")
        self.ask("d", "How many jurors", str(panel))
        self.shows(f"Panel {panel}, sworn 0")

    def at_trial(self, trial: str) -> None:
        """Show a trial that was opened before."""
        self.go("t", f"deskapp +Trials with a jury[^\0]*{trial}")
        self.send(ENTER)
        self.shows(f"deskapp +Trial [^\0]*{trial}[^\0]*Panel")

    def swear_in(self) -> None:
        """Swear in everybody of the panel on the screen."""
        self.send("ae")
        self.shows("Swear in ")
        self.send("y")

    def confirm_jury(self, times: str, jurors: int) -> None:
        """Confirm the day of the jury on the screen."""
        self.ask("f", "Time in and out", times)
        self._is_confirmed(jurors)

    def confirm(self, time_out: str, jurors: int) -> None:
        """Everybody out at a time, and the day confirmed."""
        self.go("c", f"deskapp +Confirm the day[^\0]*confirms {jurors} and")
        self.send(CLEAR + time_out + F8)
        self._is_confirmed(jurors)

    def _is_confirmed(self, jurors: int) -> None:
        """So it is told; before that hour a yes is asked for."""
        told = f"{jurors} jurors confirmed"
        if self.shows(f"{told}|STILL TO COME")[0] != told:
            self.send("y")
            self.shows(told)


def bureau_file(path: Path, jurors: Iterable[str], on_call: str) -> Path:
    """A file of the Bureau: jurors who are due today, one who is on call."""
    today = Clock().today().isoformat()
    header = ("juror_number", "pool_number", "court", "owner", "start_date", "first_name",
              "last_name", "date_of_birth", "on_call")  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for juror in jurors:
            row = (juror, POOL, "411", "411", today, "Kim", f"Ash{juror[-2:]}", "1980-03-01")
            writer.writerow((*row, "y" if juror == on_call else ""))
    return path


def recorded(home: Path) -> list[tuple[object, ...]]:
    """What is recorded of the day, juror by juror."""
    folder = home / "data"
    store = Store.open(folder, vault.unlock(folder), clock=Clock())
    try:
        return store.call_read(lambda connection: connection.execute(ROWS).fetchall())
    finally:
        store.close()
