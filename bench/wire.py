"""What goes over the wire, and how soon: bytes, writes, slow lines, lost lines.

Targets: T4 to T6, T8 and T10 to T12 of the design sheet of thin terminals, section 5.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from bench import homes, ttyprobe
from bench.report import Line
from bench.screens import READY, desk, target
from deskapp.terminal.profiles import THIN, Profile

RATE_BYTES_PER_SECOND = 1920
REPEATS_PER_SECOND = 30
HELD_SECONDS = (1.3, 6.0)
PAINT_SECONDS = 0.25
"""Without output for so long, a key has done its work."""
LETTER_BYTES, TAB_BYTES, KEY_BYTES = 60, 200, 2880
TO_LIST = "ctrl+g e down"
TO_CASE_FIELD = "f2 sleep:2 tab tab tab tab"

WALK = (
    ("home", "down down up end home"),
    ("menu", "ctrl+g down up esc"),
    ("commands", "ctrl+p down r e d esc"),
    ("help", "f1 down pagedown end esc"),
    ("enquiries", "ctrl+g e down down down pagedown pagedown up pageup end home"),
    ("enquiries, search", "f3 j o n e s down down backspace"),
    ("record", "ctrl+g e wait:Enquiries down enter pagedown esc"),
    ("person", "down enter ctrl+o down esc esc"),
    ("find", "ctrl+g h f3 j o n e s down down esc"),
    ("contact", "f2 f i n e tab A n n tab W h y enter n o w tab S e n t tab 7 tab tab tab tab"),
    ("contact, problems", "f8 r down esc"),
    ("persons", "esc ctrl+g p wait:Persons j down pagedown end up"),
    ("callbacks", "ctrl+g b wait:Callbacks down down end home"),
    ("callback", "enter wait:Esc pagedown esc"),
    ("casework", "ctrl+g c wait:Casework down down right right left left end home"),
    ("casework, search", "f3 a n n down"),
    ("case", "ctrl+g c wait:Casework down enter wait:Esc pagedown pageup"),
    ("form of a case", "9 wait:F8 a b tab tab esc esc"),
    ("diary", "ctrl+g d wait:Diary right right left"),
    ("daily list", "ctrl+g y wait:Daily down pagedown"),
    ("reports of cases", "ctrl+g r c wait:Esc down enter pagedown esc"),
    ("samples", "ctrl+g r s wait:Samples left left right"),
    ("leaving the building", "ctrl+g l wait:Esc down"),
    ("turnaround", "ctrl+g t wait:Turnaround down pagedown c i v"),
    ("reports", "ctrl+g r e wait:Esc down enter pagedown esc esc"),
    ("complaints", "ctrl+g u wait:Complaints down down right left end home"),
    ("complaint", "enter wait:Esc pagedown f9 esc ctrl+r esc"),
    ("form of a complaint", "esc ctrl+n wait:F8 tab tab a b esc esc"),
    ("jury", "ctrl+g j wait:Jury down down up up"),
    ("scans", "enter wait:Scan 7 7 7 enter f5 f5 esc"),
    ("check-in by list", "down enter wait:Esc down down esc"),
    ("jurors", "down down down enter wait:Esc down down pagedown right left"),
    ("juror", "enter wait:Esc pagedown enter esc esc esc"),
    ("hearings", "ctrl+g g wait:Hearings down down right left end home"),
    ("bookings", "ctrl+g i wait:Interpreters right right left end home"),
    ("booking", "enter wait:Esc pagedown pageup esc"),
    ("form of a booking", "ctrl+n wait:F8 tab tab a b esc esc"),
    ("hard minutes", "f4 down enter wait:Esc down esc esc"),
    ("covered screen", "ctrl+g h f10 f10"),
)
"""Every main screen, and keys that are pressed on it; the first ones may open it."""
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzANSW7")


class Hit(NamedTuple):
    """What one key caused on a screen."""

    screen: str
    key: str
    bytes: int
    writes: int
    cpu_ms: float


def against_curses(small: Path, made: Path) -> Iterator[Line]:
    """T4 and T5: the list as deskapp sends it, and the same page by curses."""
    page = made / "page.txt"
    with target("desk", desk(small)).session() as session:
        session.wait_for(READY)
        session.settle(PAINT_SECONDS)
        started = session.total
        session.play(TO_LIST)
        session.settle(PAINT_SECONDS)
        page.write_text(_page(session.text()), encoding="utf-8")
        scrolled = _scrolling(session)
    with target("table", _table(page), ready="to|F1").session() as session:
        session.wait_for("F1")
        session.settle(PAINT_SECONDS)
        table_started = session.total
        table_scrolled = _scrolling(session)
    detail = f"{started} B / {table_started} B"
    yield Line("T4", "start, thin / curses table: bytes", started / table_started, 1.5, detail)
    detail = f"{scrolled:.0f} B / {table_scrolled:.0f} B"
    what = "Down in a list that scrolls, thin / curses table: bytes"
    yield Line("T5", what, scrolled / table_scrolled, 1.5, detail)


def _page(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())


def _table(page: Path) -> list[str]:
    return [sys.executable, str(homes.ROOT / "bench" / "curses_table.py"), str(page)]


def _scrolling(session: ttyprobe.Session) -> float:
    """Bytes of a Down at the end of the rows that are shown, the usual one of several."""
    for _row in range(30):
        session.press("down")
    return statistics.median(session.press("down").bytes for _row in range(12))


def screens(small: Path, made: Path) -> Iterator[Line]:
    """T6 and T12: every key on every main screen; the slowest and the longest are seen."""
    hits = list(_walk(shutil.copytree(small, made / "walk"), THIN))
    for screen, _keys in WALK:
        here = [hit for hit in hits if hit.screen == screen]
        most = max(here, key=lambda hit: hit.bytes)
        cpu = statistics.mean(hit.cpu_ms for hit in here)
        yield Line(
            "T6",
            f"{screen}: most bytes of a key ({most.key})",
            most.bytes,
            KEY_BYTES,
            f"usual {statistics.median(hit.bytes for hit in here):.0f} B, {cpu:.0f} ms"
            f" processor time, {max(hit.writes for hit in here)} writes at most",
            "B",
        )
    in_form = [hit for hit in hits if hit.screen == "contact"]
    plain = [hit.bytes for hit in in_form if hit.key in LETTERS][4:]
    what = "letter in a field: usual bytes"
    yield Line("T6", what, statistics.median(plain), LETTER_BYTES, f"at most {max(plain)} B", "B")
    tabs = [hit.bytes for hit in in_form if hit.key == "tab"]
    yield Line("T6", "Tab to the next field: most bytes", max(tabs), TAB_BYTES, "", "B")
    painted = [hit for hit in hits if hit.writes]
    one = sum(hit.writes == 1 for hit in painted) / len(painted)
    detail = ", ".join(f"{hit.screen} {hit.key}" for hit in painted if hit.writes > 1)
    yield Line("T12", "keys that take more than one write", 100 * (1 - one), 5, detail, "%")


def walks(small: Path, made: Path) -> Iterator[Line]:
    """What every key on every screen takes, with differences and with the switch off."""
    by_way = []
    for way in ("changes", "everything"):
        home = shutil.copytree(small, made / way)
        by_way.append(list(_walk(home, THIN, {"DESKAPP_SEND": way})))
    for screen, _keys in WALK:
        less, whole = ([hit for hit in hits if hit.screen == screen] for hits in by_way)
        (sent, most), (plain, most_plain) = (
            (sum(hit.bytes for hit in hits), max(hit.bytes for hit in hits))
            for hits in (less, whole)
        )
        detail = f"{sent:,} B / {plain:,} B; most {most:,} B / {most_plain:,} B"
        what = f"{screen}: {len(less)} keys, differences / everything"
        yield Line("", what, sent / plain, None, detail)


def _walk(home: Path, profile: Profile, env: Mapping[str, str] | None = None) -> Iterator[Hit]:
    command, quiet = desk(home, profile), PAINT_SECONDS * 1000
    with target("walk", command, quiet=quiet, env=dict(env or {})).session() as session:
        session.wait_for(READY)
        session.settle(PAINT_SECONDS)
        for screen, keys in WALK:
            for key in keys.split():
                if key.startswith("wait:"):
                    session.wait_for(key[5:])
                    continue
                before, mark = session.cpu(), len(session.chunks)
                hit = session.press(key)
                writes = _writes(session.chunks[mark:])
                yield Hit(screen, key, hit.bytes, writes, (session.cpu() - before) * 1000)


def _writes(chunks: list[ttyprobe.Chunk]) -> int:
    """Writes of the program; the kernel may hand on one in several pieces, without a pause."""
    times = [chunk.at for chunk in chunks]
    pauses = sum(late - soon > 0.003 for soon, late in pairwise(times))
    return len(times[:1]) + pauses


def slow_line(small: Path) -> Iterator[Line]:
    """T8: how late the screen is when a key is let go that was held on a slow line."""
    for what, before, key, seconds in (
        *(("Down in a list", TO_LIST, "down", seconds) for seconds in HELD_SECONDS),
        ("Page Down in a list", TO_LIST, "pagedown", 3.0),
    ):
        command = desk(small)
        with target("slow", command, rate=RATE_BYTES_PER_SECOND).session() as session:
            session.wait_for(READY)
            session.settle(1.0)
            session.play(before)
            session.settle(2.5, 30)
            late, sent = _held(session, key, seconds)
        what = f"{what} held {seconds:g} s at {RATE_BYTES_PER_SECOND:,} B/s: late"
        yield Line("T8", what, late, 2.0, f"{sent:,} B sent", "s")


def _held(session: ttyprobe.Session, key: str, seconds: float) -> tuple[float, int]:
    """Seconds from the last repeat of a key to the last byte, and all bytes."""
    session._tokens = 0.0  # no burst that a real line would not take
    begun, before, count = time.perf_counter(), session.total, 0
    while time.perf_counter() < begun + seconds:
        session.send(session.encode(key))
        count += 1
        while (left := begun + count / REPEATS_PER_SECOND - time.perf_counter()) > 0:
            session._read(left)
    let_go = time.perf_counter()
    session.settle(1.5, 120)
    return max(0.0, session.chunks[-1].at - let_go), session.total - before


_IMPORT = """
import sys
from pathlib import Path
from bench import store as bare
from deskapp.data import vault
from deskapp.data.store import Store
folder = Path(sys.argv[1])
store = Store.open(folder, vault.unlock(folder))
while True:
    bare.save_many(store, 200)
"""


_SYNC = "from bench import applied; applied.main()"
"""Applies pages as an exchange does, without a pause between them."""


def busy(small: Path, made: Path) -> Iterator[Line]:
    """T10: keys while another process writes, and while searches run, against keys at rest."""
    home = shutil.copytree(small, made / "busy")
    with target("busy", desk(home)).session() as session:
        session.wait_for(READY)
        session.play(TO_CASE_FIELD)
        at_rest = _letters(session)
        found = {
            "a sync (rows of another process)": _beside(_SYNC, home, session),
            "an import": _beside(_IMPORT, home, session),
        }
        session.play("f3 wait:Find")
        found["searches"] = _p99(session, "jonesfine" * 12)
    for what, p99 in found.items():
        detail = f"{p99:.0f} ms / {at_rest:.0f} ms"
        yield Line("T10", f"key p99 during {what} / at rest", p99 / at_rest, 3.0, detail)


def _beside(program: str, home: Path, session: ttyprobe.Session) -> float:
    """The p99 of letters while a program works on the same store."""
    worker = subprocess.Popen(
        [sys.executable, "-c", program, str(home / "data")],
        cwd=homes.ROOT,
        env={**os.environ, "PYTHONPATH": str(homes.ROOT)},
    )
    try:
        session.settle(1.5)
        found = _letters(session)
        if worker.poll() is not None:
            raise ttyprobe.ProbeError("what should have written beside the desk has ended")
        return found
    finally:
        worker.kill()
        worker.wait()


def _letters(session: ttyprobe.Session) -> float:
    return _p99(session, "abcdefghij" * 11)


def _p99(session: ttyprobe.Session, letters: str) -> float:
    """Milliseconds from a key to the first of its paint."""
    times = [session.press(letter).first_ms for letter in letters]
    return float(ttyprobe.percentile([each for each in times if each is not None], 99))


def lost_line(small: Path) -> Iterator[Line]:
    """T11: how long a session lives on when its line is gone."""
    from tests.terminal.pty_session import PtySession

    took = []
    for _round in range(3):
        with PtySession(desk(small), cwd=str(homes.ROOT), env={}) as session:
            session.wait_for(READY)
            session.settle()
            session.hang_up()
            begun = time.perf_counter()
            session.wait_exit()
            took.append(time.perf_counter() - begun)
    yield Line("T11", "gone after the line is lost", max(took), 2.0, "the longest of three", "s")


PARTS: tuple[Callable[[Path, Path], Iterator[Line]], ...] = (
    against_curses,
    screens,
    lambda small, _made: slow_line(small),
    busy,
    lambda small, _made: lost_line(small),
)
"""In the order of the table."""
