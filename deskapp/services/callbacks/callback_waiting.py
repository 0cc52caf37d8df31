"""Callbacks on the first screen: what is left to ring today."""

from __future__ import annotations

from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.i18n import _, when
from deskapp.roles import Act, may
from deskapp.services import desk, kinds
from deskapp.services.waiting import LINES, Asker, Group, Line, Lines


def lines(connection: Connection, asker: Asker) -> Lines:
    """What is left to ring up to the end of the day, the first to ring first."""
    end = stamp(asker.tomorrow)
    some = "SELECT 1 FROM callback WHERE live = 1 AND starts_at < ? LIMIT 1"
    if not may(asker.user, Act.READ_CONTACTS) or not connection.execute(some, (end,)).fetchone():
        return Lines([])
    # read only on a day with somebody to ring back
    from deskapp.services.callbacks import callback_lines, callback_words, diaries

    diary, now = diaries.of_nation(desk.nation(asker.user.site)), asker.now
    found = callback_lines.left_until(connection, asker.tomorrow, user=asker.user, limit_rows=LINES)
    return Lines(
        [
            Line(
                kinds.CALLBACK,
                line.id,
                callback_words.state(line, diary=diary, now=now),
                _("Callback {slot}").format(slot=when(line.slot, asker.today)),
                f"{line.ref} {line.person_name}",
                (Group.BY_TIME, at, 0),
                urgent=callback_words.is_urgent(line, diary=diary, now=now),
            )
            for at, line in enumerate(found)
        ]
    )
