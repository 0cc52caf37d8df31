"""S6: a desk knows whom it reaches, and nobody on the way can read or speak for central."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deskapp.data.central.connect import connect
from deskapp.errors import CentralPasswordError, CentralRefusedError
from tests.central import server

PASSWORD = "only in this test"
NAME = "localhost"


def authority(name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Who signs certificates."""
    key = ec.generate_private_key(ec.SECP256R1())
    return certificate(name, key, name, key, authority=True), key


def certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    authority: bool = False,
) -> x509.Certificate:
    """A certificate of ``name``, signed by ``issuer``."""
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .sign(issuer_key, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _pem(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def tls() -> Iterator[dict[str, str]]:
    """A server with TLS and a login with a password; what a good connection string says."""
    programs = server.of_the_system()
    if programs is None:
        pytest.skip("no PostgreSQL of the system here, and the one of the wheel has no TLS")
    folder = Path(tempfile.mkdtemp(prefix="deskapp-tls-", dir="/tmp"))
    signer, signer_key = authority("Test authority")
    key = ec.generate_private_key(ec.SECP256R1())
    files = {
        "ca.pem": _pem(signer),
        "other.pem": _pem(authority("Another authority")[0]),
        "server.pem": _pem(certificate(NAME, key, "Test authority", signer_key)),
        "server.key": key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o600)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = (
        f"port={port}", "listen_addresses=127.0.0.1", "ssl=on",
        f"ssl_cert_file={folder}/server.pem", f"ssl_key_file={folder}/server.key",
    )  # fmt: skip
    access = ("hostssl all desk 127.0.0.1/32 scram-sha-256", "host all all all reject")
    try:
        with server.started(folder, programs, options, access) as root:
            with psycopg.connect(root, port=port, autocommit=True) as opened:
                opened.execute(f"CREATE ROLE desk LOGIN PASSWORD '{PASSWORD}'")
            for name in ("ca.pem", "other.pem"):
                (folder / name).chmod(0o644)
            yield {
                "host": NAME, "hostaddr": "127.0.0.1", "port": f"{port}", "user": "desk",
                "dbname": "postgres", "sslmode": "verify-full", "channel_binding": "require",
                "sslrootcert": f"{folder}/ca.pem",
            }  # fmt: skip
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
