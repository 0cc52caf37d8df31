"""The plain connection beneath a SQLModel session, for reading in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection


def plain(session: Session) -> Connection:
    """The connection of ``session``, after what it holds was written to it."""
    session.flush()
    return cast("Connection", session.connection().connection.dbapi_connection)
