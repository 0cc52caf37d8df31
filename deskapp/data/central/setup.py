"""Setting up the central database, and letting desks in and out. For administrators.

Source: design sheet of sync, sections 5 and 13 (S7, S9, S10).
"""

from __future__ import annotations

import json
import uuid
from importlib import resources
from typing import NamedTuple

from psycopg import errors, sql

from deskapp import security_log
from deskapp.data import schema
from deskapp.data.central import upgrade
from deskapp.data.central.connect import APPLIER, DESK, REPORT, SCHEMA, Central, central_errors
from deskapp.data.central.hello import PROTOCOL
from deskapp.data.streams import stream_of
from deskapp.errors import CentralError
from deskapp.i18n import _
from deskapp.security_log import Event

_ROLES = (DESK, APPLIER, REPORT)


class Request(NamedTuple):
    """What a desk hands to an administrator to be let in."""

    desk_id: str
    site: str
    public_key: str
    """32 bytes, as hexadecimal digits."""

    def text(self) -> str:
        """As it is handed over, one line."""
        return json.dumps(self._asdict())

    @classmethod
    def read(cls, text: str) -> Request:
        """The request in a line.

        Raises:
            CentralError: If it is none.
        """
        try:
            values = json.loads(text)
            request = cls(**{name: f"{values[name]}" for name in cls._fields})
            uuid.UUID(request.desk_id)
            whole = len(bytes.fromhex(request.public_key)) == 32 and bool(request.site)
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            raise CentralError(
                _("This is not the request of a desk. Run deskapp sync --request there.")
            )
        return request


def init(central: Central) -> str:
    """Make the schema, its roles and tables in an empty database; the new central id.

    Raises:
        CentralError: If the schema is there already, or the login may not make it.
    """
    central_id = str(uuid.uuid4())
    with central_errors(), central.transaction():
        _make_roles(central)
        try:
            central.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
        except errors.DuplicateSchema:
            raise CentralError(
                _("This database is set up already. deskapp central status shows it.")
            ) from None
        _run_file(central, "schema.sql")
        _run_file(central, "access.sql")
        central.execute(
            "INSERT INTO sync_central (central_id, protocol_min, protocol_max, schema_ver,"
            " min_desk_schema) VALUES (%s, %s, %s, %s, %s)",
            (central_id, PROTOCOL, PROTOCOL, schema.HEAD, schema.HEAD),
        )
    return central_id


def _make_roles(central: Central) -> None:
    names = central.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(_ROLES),))
    known = {row[0] for row in names}
    for role in _ROLES:
        if role not in known:
            central.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    [(merges,)] = central.execute("SELECT pg_has_role(%s, 'usage')", (APPLIER,)).fetchall()
    if not merges:  # whoever sets central up may; a superuser is a member of every role
        central.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(APPLIER)))


def _run_file(central: Central, name: str) -> None:
    central.execute(resources.files(__package__).joinpath(name).read_bytes())


def migrate(central: Central) -> str:
    """Bring what central holds up to this version of deskapp; the version it had.

    Raises:
        CentralError: If central belongs to a newer deskapp.
    """
    with central_errors(), central.transaction():
        row = central.execute("SELECT schema_ver FROM sync_central FOR UPDATE").fetchone()
        before = row[0] if row else ""
        if before > schema.HEAD:
            raise CentralError(
                _("The central database belongs to a newer deskapp. Upgrade this one first.")
            )
        _make_roles(central)
        with central.cursor() as cursor:
            upgrade.tables(cursor)
            _run_file(central, "access.sql")
            upgrade.rows(cursor, before)
        central.execute("UPDATE sync_central SET schema_ver = %s", (schema.HEAD,))
    return f"{before}"


def enrol(
    central: Central,
    request: Request,
    *,
    login: str,
    password: str | None,
    restricted: bool = False,
) -> bool:
    """Let a desk in, with a database login of its own that can do nothing else.

    With ``restricted`` it also gets the rows that few may read.

    A login that is there already gets one more desk, and its password is left as it is.

    Returns:
        Whether the login was made now.

    Raises:
        CentralError: If the desk is enrolled already.
    """
    with central_errors(), central.transaction():
        known = central.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (login,)).fetchone()
        name = sql.Identifier(login)
        if known is None:
            central.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {}").format(
                    name, sql.Literal(password)
                )
            )
        central.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(DESK), name))
        added = central.execute(
            "INSERT INTO sync_desk (desk_id, site, db_role, public_key) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING 1",
            (request.desk_id, request.site, login, bytes.fromhex(request.public_key)),
        ).fetchone()
        if added is None:
            raise CentralError(_("This desk is enrolled already."))
        for few in (False, True) if restricted else (False,):
            stream = stream_of(request.site, restricted=few)
            central.execute(
                "INSERT INTO sync_stream (stream) VALUES (%s) ON CONFLICT DO NOTHING", (stream,)
            )
            central.execute(
                "INSERT INTO sync_member (db_role, stream) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (login, stream),
            )
    security_log.note(Event.ENROLLED, desk=request.desk_id, login=login)
    return known is None


def let_apply(central: Central, login: str) -> None:
    """Let a login merge what desks sent: for a service, or a team leader of a small site."""
    with central_errors():
        central.execute(
            sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLIER), sql.Identifier(login))
        )
