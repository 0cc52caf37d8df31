"""A connection to the central database: encrypted and certain whom it reaches, or refused.

Source: design sheet of sync, sections 6 (time-outs) and 13 (S6, S9).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
from psycopg import conninfo

from deskapp.errors import (
    CentralBusyError,
    CentralError,
    CentralPasswordError,
    CentralRefusedError,
    CentralUnreachableError,
)
from deskapp.i18n import _

Central: TypeAlias = psycopg.Connection[Any]

DESK, APPLIER, REPORT = "deskapp_desk", "deskapp_applier", "deskapp_report"
SCHEMA = "deskapp"
_TIMES = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
_STATEMENT_MS, _LOCK_MS = 60_000, 5_000
PATIENCE_SECONDS = 75.0
"""How long an answer is waited for. Central itself ends a statement earlier: behind a line that
takes everything and gives nothing back only the desk can tell."""
_BUSY = ("too many clients", "connection slots", "too many connections", "starting up",
         "shutting down", "recovery mode")  # fmt: skip
"""What a server says of itself that is to be tried again soon."""
_OCCUPIED = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.QueryCanceled,
)
"""What it says when others hold what was asked for, or it took too long."""


def connect(dsn: str, *, role: str = "", password: str | None = None) -> Central:
    """Open a connection that commits each statement unless a transaction is begun.

    Args:
        dsn: Connection string of PostgreSQL, without a password.
        role: What the login speaks as; itself when left out.
        password: Only when the server has asked for one.

    Raises:
        CentralError: A subclass that says what to do.
    """
    options = f"-c search_path={SCHEMA} -c statement_timeout={_STATEMENT_MS}"
    options += f" -c lock_timeout={_LOCK_MS}" + (f" -c role={role}" if role else "")
    with central_errors():
        given = conninfo.conninfo_to_dict(dsn)
        check_secure(given)
        usual = conninfo.make_conninfo(dsn, **{**_TIMES, **conninfo.conninfo_to_dict(dsn)})
        if password is not None:
            usual = conninfo.make_conninfo(usual, password=password)
        return _Patient.connect(usual, options=options, autocommit=True, application_name="deskapp")


class _Patient(psycopg.Connection[Any]):
    """A connection that waits for an answer, but not for ever."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """As any connection; one that gave no answer is closed."""
        patience = PATIENCE_SECONDS if timeout is None else timeout
        began = time.monotonic()
        try:
            return super().wait(gen, interval, patience)
        except psycopg.OperationalError:
            if time.monotonic() - began >= patience:
                self.pgconn.finish()
            raise


def check_secure(given: dict[str, Any]) -> None:
    """Refuse a connection that could be read on the way or reach somebody else.

    Raises:
        CentralRefusedError: With what the connection string must say.
    """
    if given.get("password"):
        raise CentralRefusedError(
            _("A password must not stand in a connection string. Take it out; it is asked for.")
        )
    wanted = {"sslmode": "verify-full", "channel_binding": "require"}
    if all(given.get(name) == value for name, value in wanted.items()) and given.get("sslrootcert"):
        return
    if os.environ.get("DESKAPP_DEV") == "1" and _is_here(given):
        return
    raise CentralRefusedError(
        _(
            "The connection string of the central database must say sslmode=verify-full,"
            " sslrootcert=FILE and channel_binding=require. Nothing was sent."
        )
    )


def _is_here(given: dict[str, Any]) -> bool:
    """Whether nothing leaves this computer."""
    hosts = {f"{given.get(name) or ''}" for name in ("host", "hostaddr")} - {""}
    return all(host.startswith("/") or host in ("localhost", "127.0.0.1", "::1") for host in hosts)


@contextmanager
def central_errors() -> Iterator[None]:
    """Raise what the network or the server did as a sentence, without any value of a row.

    Raises:
        CentralUnreachableError: If it does not answer, or no longer.
        CentralRefusedError: If the login may not do this.
        CentralError: If it failed in another way.
    """
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise CentralRefusedError(
            _("The central database does not permit this login to do that. Ask an administrator.")
        ) from error
    except psycopg.errors.ConnectionTimeout as error:
        raise _unreachable() from error
    except psycopg.OperationalError as error:
        # While a connection is made the server's refusals have no code of their own.
        told = str(error)
        if isinstance(error, psycopg.errors.DiskFull):
            raise CentralUnreachableError(
                _(
                    "The central database has no room left. Your changes are kept here; tell an"
                    " administrator."
                )
            ) from error
        if isinstance(error, _OCCUPIED) or any(words in told for words in _BUSY):
            raise CentralBusyError(
                _(
                    "The central database is busy or just starting. Nothing is lost; it is tried"
                    " again."
                )
            ) from error
        if "password" in told:
            raise CentralPasswordError(
                _("The central database does not accept the password of this login.")
            ) from error
        if "certificate" in told:
            raise CentralRefusedError(
                _(
                    "The central database did not prove that it is the right one. Nothing was sent;"
                    " tell an administrator."
                )
            ) from error
        if "pg_hba.conf" in told or "role" in told:
            raise CentralRefusedError(
                _("The central database does not accept this login. Ask an administrator.")
            ) from error
        raise _unreachable() from error
    except psycopg.InterfaceError as error:
        raise _unreachable() from error
    except psycopg.ProgrammingError as error:
        raise CentralError(
            _("The central database is not set up for this deskapp. Ask an administrator.")
        ) from error


def _unreachable() -> CentralUnreachableError:
    return CentralUnreachableError(
        _("The central database cannot be reached. Nothing is lost; it is tried again.")
    )
