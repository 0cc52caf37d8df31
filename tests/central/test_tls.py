"""S6: a desk knows whom it reaches, and nobody on the way can read or speak for central."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deskapp.data.central.connect import connect
from deskapp.errors import CentralPasswordError, CentralRefusedError
from tests.central import server
from tests.central.tls import prepare

PASSWORD = "only in this test"


@pytest.fixture(scope="module")
def tls() -> Iterator[dict[str, str]]:
    """A server with TLS and a login with a password; what a good connection string says."""
    programs = server.of_the_system()
    if programs is None:
        pytest.skip("no PostgreSQL of the system here, and the one of the wheel has no TLS")
    folder = Path(tempfile.mkdtemp(prefix="deskapp-tls-", dir="/tmp"))
    line = prepare(folder)
    access = ("hostssl all desk 127.0.0.1/32 scram-sha-256", "host all all all reject")
    try:
        with server.started(folder, programs, line.options, access) as root:
            with psycopg.connect(root, port=line.port, autocommit=True) as opened:
                opened.execute(f"CREATE ROLE desk LOGIN PASSWORD '{PASSWORD}'")
            yield {**line.reached, "user": "desk", "dbname": "postgres"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def reached(given: dict[str, str], password: str | None = PASSWORD) -> str | None:
    """Version of the encryption of a connection."""
    dsn = psycopg.conninfo.make_conninfo("", **given)
    with connect(dsn, password=password) as opened:
        row = opened.execute("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        found = row.fetchone()
        return found[0] if found else None


def test_a_central_that_proves_its_name_is_reached_over_tls(tls: dict[str, str]) -> None:
    """The whole demand: verify-full, its authority, channel binding."""
    assert reached(tls) in ("TLSv1.2", "TLSv1.3")


@pytest.mark.parametrize("wrong", ["name", "authority"])
def test_a_central_that_is_another_is_not_reached(tls: dict[str, str], wrong: str) -> None:
    """A name that its certificate does not say, or an authority that did not sign it."""
    other = {
        "name": {"host": "central.example.org"},
        "authority": {"sslrootcert": tls["sslrootcert"].replace("ca.pem", "other.pem")},
    }
    with pytest.raises(CentralRefusedError, match="did not prove"):
        reached(tls | other[wrong])


def test_a_wrong_password_is_asked_for_again(tls: dict[str, str]) -> None:
    """It is told from a central that is away."""
    for password in ("wrong", None):
        with pytest.raises(CentralPasswordError):
            reached(tls, password)
