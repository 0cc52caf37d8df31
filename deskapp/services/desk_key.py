"""As whom a desk speaks to central: its number, its key, what it signs; a copy gets new ones.

Source: design sheet of sync, sections 2 and 6 (FORK), 13 (S8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deskapp import __version__, security_log
from deskapp.data import outbox, schema
from deskapp.data.central.push import Batch
from deskapp.data.changes import signed_text
from deskapp.data.connection import Connection
from deskapp.security_log import Event

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KEY = "sync_key"
"""Where the desk keeps the key that signs for it."""


class Request(NamedTuple):
    """What an administrator needs to let this desk in."""

    desk_id: str
    site: str
    public_key: str


def request(connection: Connection) -> Request:
    """What an administrator needs to let this desk in; makes its key at the first time."""
    public = _private_key(connection).public_key().public_bytes_raw()
    return Request(*_who(connection), public.hex())


def fork(connection: Connection) -> Request:
    """Make this store a desk of its own, which sends everything that it keeps once more.

    For a restored backup or a copied disk, when a team leader has said so: central knows by their
    random ids which changes it has already.
    """
    was, _site = _who(connection)
    security_log.note(Event.FORKED, desk=was, now=outbox.fork(connection))
    connection.execute("DELETE FROM local_state WHERE name = ?", (_KEY,))
    return request(connection)


def signed(connection: Connection, desk_id: str, sealed: outbox.Sealed) -> Batch:
    """A batch that only this desk can have sent."""
    changes, chains = sealed
    text = signed_text(desk_id, changes[0].seq, changes[-1].seq, chains[-1])
    signature = _private_key(connection).sign(text)
    return Batch(desk_id, changes, chains, signature, __version__, schema.HEAD)


def _private_key(connection: Connection) -> Ed25519PrivateKey:
    """The key that signs for this desk; it never leaves the encrypted store."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (_KEY,)).fetchone()
    if row:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(row[0]))
    key = Ed25519PrivateKey.generate()
    connection.execute(
        "INSERT INTO local_state (name, value) VALUES (?, ?)", (_KEY, key.private_bytes_raw().hex())
    )
    return key


def _who(connection: Connection) -> tuple[str, str]:
    [(desk_id, site)] = connection.execute("SELECT desk_id, site FROM sync_state").fetchall()
    return desk_id, site
