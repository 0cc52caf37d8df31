"""What the import of the screens leaves out, and what it leaves as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def said(program: str) -> str:
    """What a Python of its own prints that runs ``program``."""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


LEAN = """
import gc, sys
from deskapp.terminal.lean import UNUSED, lean_imports
try:
    with lean_imports():
        import asyncio, shutil
        print(*filter(sys.modules.get, UNUSED), sep=",", end="|")
        print("", gc.isenabled(), "|", end="")
        raise ValueError
except ValueError:
    pass
import bz2, lzma, ssl
print(gc.isenabled(), gc.get_freeze_count() > 0, bool(ssl.OPENSSL_VERSION))
"""


def test_what_the_screens_never_use_is_kept_out_only_while_they_are_imported() -> None:
    """Who imports it afterwards finds it, and garbage is collected again, even after a fault."""
    assert said(LEAN).split("|") == ["", " False ", "True True True\n"]


def test_what_was_imported_before_stays() -> None:
    """A module in use is not taken away."""
    code = (
        "import ssl, sys\nfrom deskapp.terminal.lean import lean_imports\n"
        "with lean_imports():\n    import ssl as seen\nprint(seen is ssl is sys.modules['ssl'])"
    )
    assert said(code) == "True\n"


ZONES = """
import os, sys
from deskapp.terminal.lean import lean_imports
with lean_imports():
    from zoneinfo import TZPATH, ZoneInfo
print(ZoneInfo("Europe/London"), bool(TZPATH), "PYTHONTZPATH" in os.environ)
"""


def test_time_zones_are_found_and_nobody_after_it_is_told_where() -> None:
    """Programs that are started later look for them as they always do."""
    assert said(ZONES) == "Europe/London True False\n"


START = """
import gc
from deskapp.terminal.lean import collect_again, lean_start
with lean_start():
    print(gc.isenabled(), end=" ")
    collect_again()
    print(gc.isenabled(), gc.get_freeze_count() > 0, end=" ")
    gc.unfreeze()
    collect_again()
    print(gc.get_freeze_count(), end=" ")
try:
    with lean_start():
        raise ValueError
except ValueError:
    print(gc.isenabled())
"""


def test_garbage_is_looked_for_again_from_the_first_page_and_after_a_fault() -> None:
    """What a page leaves behind later must not stay: only what is there first is left alone."""
    assert said(START) == "False True True 0 True\n"
