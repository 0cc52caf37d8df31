"""A device that was lost or stolen: it gets nothing more, and destroys what it holds.

Source: design sheet of sync, sections 6 (HELLO) and 13 (S10).
"""

from __future__ import annotations

from psycopg import sql

from deskapp import security_log
from deskapp.data.central.connect import Central, central_errors
from deskapp.errors import CentralError
from deskapp.i18n import _
from deskapp.security_log import Event


def lose(central: Central, name: str, *, drop_login: bool) -> str:
    """Close everything to a desk; its id.

    The login can then only ask how it stands, for as long as a desk may work alone, and is told
    that it is lost: a device that asks destroys its records.

    Args:
        central: Speaks as the owner.
        name: Id of the desk, or its login.
        drop_login: Take the login away at once; the device is then never told.

    Raises:
        CentralError: If there is no such desk, or its login is used by others.
    """
    with central_errors(), central.transaction():
        found = central.execute(
            "SELECT desk_id, db_role FROM sync_desk WHERE desk_id = %s OR db_role = %s"
            " ORDER BY desk_id FOR UPDATE",
            (name, name),
        ).fetchall()
        if not found:
            raise CentralError(_("Central knows no desk and no login of this name."))
        if len(found) > 1:
            raise CentralError(
                _("Several desks use this login. Give the id of one: {desks}").format(
                    desks=", ".join(desk_id for desk_id, _login in found)
                )
            )
        [(desk_id, login)] = found
        central.execute("UPDATE sync_desk SET status = 'lost' WHERE desk_id = %s", (desk_id,))
        _close(central, desk_id, login, drop_login=drop_login)
    security_log.note(Event.LOST, desk=desk_id, login=login)
    return f"{desk_id}"


def _close(central: Central, desk_id: str, login: str, *, drop_login: bool) -> None:
    shared = central.execute(
        "SELECT 1 FROM sync_desk WHERE db_role = %s AND desk_id <> %s AND status = 'active'",
        (login, desk_id),
    ).fetchone()
    if shared:
        raise CentralError(
            _(
                "Other desks use the login of this desk, so the device could still read. Enrol them"
                " with logins of their own first."
            )
        )
    central.execute("DELETE FROM sync_member WHERE db_role = %s", (login,))
    name = sql.Identifier(login)
    if drop_login:
        central.execute(sql.SQL("DROP ROLE {}").format(name))
        return
    row = central.execute(
        "SELECT (now() + make_interval(days => offline_limit_days))::text FROM sync_central"
    ).fetchone()
    assert row is not None
    central.execute(sql.SQL("ALTER ROLE {} VALID UNTIL {}").format(name, sql.Literal(row[0])))
