"""Measure deskapp against limits measured in the same run: ``python -m bench`` or ``make bench``.

It takes about ten minutes, with --quick one. Everything is invented and lies in a temporary
folder. Times on a busy machine are worth little alone, so each figure is a ratio of two things that
took turns. The exit code is 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import homes, screens, wire
from bench.report import Line, as_data, as_text


def lines(made: Path, *, quick: bool) -> Iterator[Line]:
    """Every figure, as soon as it is known."""
    rounds = screens.QUICK if quick else screens.ALL
    small = homes.demonstration(made / "small", 1000)
    yield screens.first_text(small, rounds)
    yield from screens.starts(small, made, rounds)
    yield from screens.at_rest(small, made, rounds)
    yield from screens.keys(small, made, rounds)
    for part in wire.PARTS:
        yield from part(small, made)
    large = homes.demonstration(made / "large", 10_000 if quick else 100_000)
    yield from screens.sizes(small, large, rounds)
    # Only now: what the bench has loaded would count half in the memory of the screens.
    from bench import bookings, casework, complaints, jury, knowledge, lists, million, work

    yield work.saves()
    yield from work.encryption()
    yield from work.searches(large)
    yield work.key_strokes(large)
    yield casework.folding()
    yield complaints.folding()
    yield from complaints.worklists()
    yield from jury.lines()
    yield from bookings.figures()
    yield from casework.worklists(casework.OPEN_CASES // 10 if quick else casework.OPEN_CASES)
    yield from knowledge.lines(made)
    if not quick:
        yield work.bulk()
    yield from million.frames(50_000 if quick else 1_000_000)
    yield from lists.lines(50_000 if quick else lists.MANY)


def _part(made: Path, part: str, *, quick: bool) -> Iterator[Line]:
    """The figures of one part alone."""
    if part == "kb":
        from bench import knowledge

        yield from knowledge.lines(made)
    elif part == "complaints":
        from bench import complaints

        yield complaints.folding()
        yield from complaints.worklists()
    elif part == "jury":
        from bench import jury

        yield from jury.lines()
    elif part == "bookings":
        from bench import bookings

        yield from bookings.figures()
    elif part == "tests":
        from bench import suite

        yield suite.whole()
    elif part == "lists":
        from bench import lists as many_rows

        yield from many_rows.lines(50_000 if quick else many_rows.MANY)
    else:
        small = homes.demonstration(made / "small", 1000)
        yield from (wire.walks if part == "screens" else wire.busy)(small, made)


PARTS = {
    "bookings": "the search for double bookings among 100,000, pages of them",
    "busy": "keys while others write",
    "complaints": "pages of 50,000 complaints, the fold of 500 events",
    "jury": "a day with 3,000 jurors due among 100,000",
    "kb": "the search of the content",
    "lists": "a page of every list among a million rows",
    "screens": "bytes of every key on every screen, with differences and without",
    "tests": "how long `make test` takes, beside an import",
}


def main() -> int:
    """Print the figures as they come; the exit code says whether every goal was met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    told = "; ".join(f"{name}, {what}" for name, what in PARTS.items())
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows, fewer rounds")
    parser.add_argument("part", nargs="?", choices=PARTS, help=f"only one of: {told}")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    for folder in ("deskapp", "bench"):  # an import without compiled files is 2.8 times slower
        compileall.compile_dir(homes.ROOT / folder, quiet=1)
    found = []
    with tempfile.TemporaryDirectory(prefix="deskapp-bench-") as made:
        into, part, quick = Path(made), asked.part, asked.quick
        for line in _part(into, part, quick=quick) if part else lines(into, quick=quick):
            found.append(line)
            if not asked.json:
                print(as_text(line), flush=True)
    load = os.getloadavg()
    if asked.json:
        print(json.dumps({"lines": as_data(found), "load": load, "quick": asked.quick}, indent=1))
    else:
        print(f"load {load[0]:.1f} {load[1]:.1f}; ratios are of rounds in turn")
    return int(any(line.missed for line in found))


if __name__ == "__main__":
    sys.exit(main())
