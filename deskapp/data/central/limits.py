"""What central tells every desk that asks: how long it may work alone, when to come again.

Source: design sheet of sync, sections 5 (sync_central), 7 and 9.
"""

from __future__ import annotations

from typing import NamedTuple

from psycopg import sql

from deskapp.data.central.connect import Central, central_errors
from deskapp.errors import CentralError
from deskapp.i18n import N_, _, number


class Limit(NamedTuple):
    """A number that an administrator may set."""

    label: str
    """Untranslated."""
    least: int
    most: int


LIMITS = {
    "offline_limit_days": Limit(N_("Days a desk may work alone; 0 is without end"), 0, 366),
    "retry_after_s": Limit(N_("Seconds a desk must wait before it asks again"), 0, 3600),
    "paused": Limit(N_("Paused: 1 is yes"), 0, 1),
    "max_batch_rows": Limit(N_("Most changes that a desk sends at once"), 1, 100_000),
    "max_batch_bytes": Limit(N_("Most bytes that a desk sends at once"), 100_000, 100_000_000),
}
"""The columns of ``sync_central`` that may be set."""


def read(central: Central) -> dict[str, int]:
    """What is set, by name.

    Raises:
        CentralError: If the login may not look, or central cannot be reached.
    """
    names = sql.SQL(", ").join(sql.SQL("{}::int").format(sql.Identifier(name)) for name in LIMITS)
    with central_errors():
        row = central.execute(sql.SQL("SELECT {} FROM sync_central").format(names)).fetchone()
    assert row is not None
    return dict(zip(LIMITS, row, strict=True))


def put(central: Central, name: str, value: int) -> None:
    """Set one; each desk obeys it from its next exchange on.

    Raises:
        CentralError: If there is no such limit, it cannot be so, or the login may not set it.
    """
    limit = LIMITS.get(name)
    if limit is None:
        raise CentralError(
            _("There is no limit {name}. There are: {names}.").format(
                name=name, names=", ".join(LIMITS)
            )
        )
    if not limit.least <= value <= limit.most:
        raise CentralError(
            _("{name} must be a whole number from {least} to {most}.").format(
                name=name, least=number(limit.least), most=number(limit.most)
            )
        )
    kind = sql.SQL("boolean" if name == "paused" else "bigint")
    set_to = sql.SQL("UPDATE sync_central SET {} = %s::int::{}").format(sql.Identifier(name), kind)
    with central_errors():
        central.execute(set_to, (value,))
