"""How long a desk may work without the central database, and how it stands with that.

Source: design sheet of sync, section 7. The number of days is central's (``offline_limit_days``);
a desk that never exchanged has no limit.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import NamedTuple

from deskapp.clock import instant, local, stamp
from deskapp.data.connection import Connection
from deskapp.errors import OfflineTooLongError
from deskapp.i18n import _, day, ngettext, number
from deskapp.services.desk import Exchange
from deskapp.services.drafts import Draft

USUAL_DAYS = 30
"""The limit until central has told its own."""
OPEN_THEN = dt.timedelta(days=1)
"""How long before the limit somebody must have typed in a form, for it to count as open then."""
_KEPT = "offline_limit"


class Standing(NamedTuple):
    """How a desk stands with its limit."""

    limit_days: int = 0
    """0 is no limit."""
    alone: dt.timedelta = dt.timedelta()
    """Since the last exchange."""
    ends_at: dt.datetime = dt.datetime.max.replace(tzinfo=dt.UTC)
    """When the limit is reached, by the clock of this computer."""

    @property
    def near(self) -> bool:
        """Whether half of the limit has passed."""
        return bool(self.limit_days) and self.alone * 2 >= dt.timedelta(days=self.limit_days)

    @property
    def over(self) -> bool:
        """Whether the limit has: the desk then opens to exchange or to export, for nothing else."""
        return bool(self.limit_days) and self.alone >= dt.timedelta(days=self.limit_days)


def standing(connection: Connection, now: dt.datetime) -> Standing:
    """How the desk stands at ``now``, by the clock of this computer.

    That clock may have been wrong when the desk exchanged last, and been put right since, or the
    other way round: the time is taken from that moment as this computer knew it and as central
    did, and the shorter counts. A clock that went back counts nothing.
    """
    [(last_ok_at, kept)] = connection.execute(
        "SELECT s.last_ok_at, l.value FROM sync_state AS s LEFT JOIN local_state AS l"
        " ON l.name = ? WHERE s.central_id IS NOT NULL UNION ALL SELECT NULL, NULL LIMIT 1",
        (_KEPT,),
    ).fetchall()
    if not last_ok_at:
        return Standing()
    told = json.loads(kept) if kept else {"days": USUAL_DAYS, "central_at": last_ok_at}
    since = [now - instant(at) for at in (last_ok_at, told["central_at"])]
    alone = min((each for each in since if each >= dt.timedelta()), default=dt.timedelta())
    return Standing(told["days"], alone, now - alone + dt.timedelta(days=told["days"]))


def keep(connection: Connection, limit_days: int, central_at: dt.datetime) -> None:
    """Note an exchange: the limit that central told, and when it was by central's clock."""
    connection.execute(
        "INSERT OR REPLACE INTO local_state (name, value) VALUES (?, ?)",
        (_KEPT, json.dumps({"days": limit_days, "central_at": stamp(central_at)})),
    )


def require(connection: Connection, now: dt.datetime) -> None:
    """Stop here where the desk has worked alone for too long.

    Raises:
        OfflineTooLongError: With what to do.
    """
    found = standing(connection, now)
    if found.over:
        raise OfflineTooLongError(over_words(found, now))


def may_finish(draft: Draft, found: Standing) -> bool:
    """Whether a form was open when the limit was reached; such a one is finished and saved."""
    return not found.over or draft.updated_at >= found.ends_at - OPEN_THEN


def words(exchange: Exchange, found: Standing, now: dt.datetime) -> Iterator[str]:
    """How the desk stands with central, in sentences: the last exchange, then what to do."""
    pending = ngettext(
        "{count} change kept here", "{count} changes kept here", exchange.pending
    ).format(count=number(exchange.pending))
    if exchange.joined:
        last = day(exchange.last_ok_on) if exchange.last_ok_on else _("no day yet")
        yield _("Last exchange on {day}; {pending}.").format(day=last, pending=pending)
    else:
        yield _("Not joined to a central database; {pending}.").format(pending=pending)
    if found.over:
        yield over_words(found, now)
    elif found.near:
        text = _(
            "Without another, nothing else works from {day} on: connect this computer, or tell an"
            " administrator."
        )
        yield text.format(day=day(local(found.ends_at).date()))


def over_words(found: Standing, now: dt.datetime) -> str:
    """Why the desk opens for nothing but an exchange, and what to do."""
    text = ngettext(
        "This desk has not exchanged for {count} day, {limit} at most are allowed: only deskapp"
        " sync and the export of changes work until it has. Nothing is lost. Connect this computer,"
        " or tell an administrator. Its clock says {day}: if that is wrong, put it right.",
        "This desk has not exchanged for {count} days, {limit} at most are allowed: only deskapp"
        " sync and the export of changes work until it has. Nothing is lost. Connect this computer,"
        " or tell an administrator. Its clock says {day}: if that is wrong, put it right.",
        found.alone.days,
    )
    return text.format(
        count=number(found.alone.days), limit=number(found.limit_days), day=day(local(now).date())
    )
