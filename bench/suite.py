"""How long ``make test`` takes, told by what the same processor needs for an import.

Seconds say more of the computer than of the tests: one shared machine has been seen to be twice as
quick in one hour as in another, and Python as some build it is a fifth slower than as Debian does.
The design sheet of the terminals says that SQLModel adds 0.37 s of processor time to Textual, so
five minutes where that was measured are 811 such imports.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

from bench import homes
from bench.report import Line

SHEET_IMPORT_SECONDS = 0.37
"""Section 4 of the design sheet of the terminals."""
MOST_SECONDS = 300
ROUNDS = 9
"""Imports before the tests, and as many after them."""


def whole() -> Line:
    """All tests beside the import, which is measured before and after them.

    Raises:
        subprocess.CalledProcessError: If a test fails.
    """
    imports = [_added() for _round in range(ROUNDS)]
    began = time.perf_counter()
    subprocess.run(["make", "test"], cwd=homes.ROOT, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - began
    imports += [_added() for _round in range(ROUNDS)]
    one = statistics.median(imports)
    goal = round(MOST_SECONDS / SHEET_IMPORT_SECONDS)
    detail = f"{took:.0f} s; SQLModel adds {one * 1000:.0f} ms to Textual"
    return Line("", "make test / import of SQLModel", took / one, goal, detail)


def _added() -> float:
    """Processor seconds that importing SQLModel adds to Textual."""
    return _seconds("import textual.app, sqlmodel") - _seconds("import textual.app")


def _seconds(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
