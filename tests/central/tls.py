"""A PostgreSQL of the system that speaks TLS, with a certificate of its own authority."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAME = "localhost"


class Line(NamedTuple):
    """How a server is started and reached over TLS."""

    options: tuple[str, ...]
    """Settings of the server."""
    port: int
    reached: dict[str, str]
    """What a good connection string says besides login and database."""


def prepare(folder: Path) -> Line:
    """Put certificates into ``folder``, on a port that is free now."""
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
        (folder / name).chmod(0o600 if name == "server.key" else 0o644)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = (
        f"port={port}", "listen_addresses=127.0.0.1", "ssl=on",
        f"ssl_cert_file={folder}/server.pem", f"ssl_key_file={folder}/server.key",
    )  # fmt: skip
    reached = {
        "host": NAME, "hostaddr": "127.0.0.1", "port": f"{port}", "sslmode": "verify-full",
        "channel_binding": "require", "sslrootcert": f"{folder}/ca.pem",
    }  # fmt: skip
    return Line(options, port, reached)


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
