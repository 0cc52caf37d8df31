"""The real launcher in front of the small application of the tests.

Usage: launch_stub.py FOLDER MANNER [options of deskapp]. MANNER ``fail`` fails and ``stuck``
waits for ever before Textual is imported; the others are those of tiny_app.py.
"""

from __future__ import annotations

import sys
import time
import types
from pathlib import Path

folder, manner = Path(sys.argv[1]), sys.argv[2]


def start(*, profile: object, settings: object, language: str) -> int:
    """Stands in for ``deskapp.app.start``."""
    heavy = [name for name in ("textual", "typer", "sqlmodel") if name in sys.modules]
    (folder / "heavy").write_text(" ".join(heavy), encoding="utf-8")
    (folder / "language").write_text(language, encoding="utf-8")
    if manner == "fail":
        raise RuntimeError("on purpose")
    if manner == "stuck":
        time.sleep(60)
    if manner == "slow":
        until = time.monotonic() + 10
        while not (folder / "go").exists() and time.monotonic() < until:
            time.sleep(0.01)
    from deskapp.terminal.profiles import Profile
    from tests.terminal import tiny_app

    assert isinstance(profile, Profile)
    return tiny_app.start(profile, folder, manner)


stand_in = types.ModuleType("deskapp.app")
stand_in.__dict__["start"] = start
sys.modules["deskapp.app"] = stand_in

from deskapp.__main__ import main  # noqa: E402 - after its stand-in

sys.exit(main(sys.argv[3:]))
