"""How the screens begin: without what no screen uses, and without looking for garbage."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNUSED = ("ssl", "bz2", "lzma")
"""What asyncio and shutil take along when it is there: TLS alone is 4 MiB of a session."""
ZONES, ZONES_VARIABLE = "/usr/share/zoneinfo", "PYTHONTZPATH"
"""Where time zones usually lie, and how ``zoneinfo`` is told when it is imported. Not told, it
reads how Python was built: 0.3 MiB of a session."""


@contextmanager
def lean_imports() -> Iterator[None]:
    """Import what the block imports as cheaply as Python can.

    What is not used seems not to be installed, and is found as usual afterwards. What was imported
    stays until the end, so no collection looks through it, then or later: a tenth of a start.
    """
    kept_out = [name for name in UNUSED if name not in sys.modules]
    for name in kept_out:
        sys.modules[name] = None  # type: ignore[assignment]  # so Python marks what is not there
    tells_zones = ZONES_VARIABLE not in os.environ and Path(ZONES, "Europe", "London").exists()
    if tells_zones:
        os.environ[ZONES_VARIABLE] = ZONES
    gc.disable()
    try:
        yield
    finally:
        collect_again()
        if tells_zones:
            del os.environ[ZONES_VARIABLE]
        for name in kept_out:
            del sys.modules[name]


@contextmanager
def lean_start() -> Iterator[None]:
    """Run the block without looking for garbage until ``collect_again``: the first page makes
    little, and what it makes stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect_again() -> None:
    """Look for garbage as usual, but never in what is there now; once is enough."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
