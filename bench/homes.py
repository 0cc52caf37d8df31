"""The stores that the bench starts on, each made by a process of its own.

The bench itself must not load the encrypted store while it measures memory: pages that two
processes share count half.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PASSPHRASE = "nine lives of a cat"
_SCRIPT = Path(sys.executable).with_name("deskapp")
_AS_THE_SCRIPT = "import sys; from deskapp.__main__ import main; sys.exit(main())"
DESKAPP = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-c", _AS_THE_SCRIPT]
"""What officers start, or all that it does: ``python -m`` imports 5 ms of Python's own before."""
_PREPARE = """
import sys
from pathlib import Path
from deskapp.clock import Clock
from deskapp.roles import Role
from deskapp.services import first_start
from deskapp.services.demo.demo import SITE
how = {"passphrase": {"passphrase": sys.argv[2]}, "keyring": {"keyring": True}}[sys.argv[1]]
store, _user = first_start.prepare(Path(sys.argv[3]), site_key=SITE, name="Ann Fictional",
                                   role=Role.OFFICER, clock=Clock(), **how)
store.close()
"""


def keyring_environment(folder: Path) -> dict[str, str]:
    """What makes the library ``keyring`` use a file below ``folder`` for a keyring."""
    return {
        "PYTHON_KEYRING_BACKEND": "bench.file_keyring.FileKeyring",
        "BENCH_KEYRING": str(folder / "keyring"),
        "PYTHONPATH": str(ROOT),
    }


def demonstration(folder: Path, contacts: int) -> Path:
    """A store with so many invented contacts, its key in the clear."""
    options = ["--keep", str(folder), "--no-screen", "--contacts", str(contacts)]
    subprocess.run(
        [*DESKAPP, "demo", *options],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder


def locked(folder: Path, how: str) -> Path:
    """An empty store that a ``passphrase`` or the ``keyring`` opens."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-c", _PREPARE, how, PASSPHRASE, str(folder / "data")],
        cwd=ROOT,
        check=True,
        env={**os.environ, **keyring_environment(folder)},
    )
    return folder
