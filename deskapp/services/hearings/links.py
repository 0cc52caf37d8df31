"""Video links of hearings, and whether they were tested.

Source: hearings sheet, sections 1 and 2.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, NotFoundError, Problem
from deskapp.i18n import N_, _, clock_time
from deskapp.roles import Act, User
from deskapp.services import drafts as form_drafts
from deskapp.services.hearings import codes, events, stored
from deskapp.text import clean, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.data.day_tables import VideoLink
    from deskapp.services.hearings.acting import Acting

MOST_TEXT = 200
"""Words of a channel that say that somebody takes part by a link."""


class LinkState(StrEnum):
    """What the test of a link gave."""

    OK = "ok"
    FAULT = "fault"
    NOT_TESTED = "not_tested"


LINK_LABELS = {
    LinkState.OK: N_("tested, it works"),
    LinkState.FAULT: N_("FAULT"),
    LinkState.NOT_TESTED: N_("not tested"),
}


class LinkLine(NamedTuple):
    """One link."""

    id: str
    hearing_id: str
    kind: str
    address: str
    outcome: LinkState
    tested_at: str
    """Instant; empty while it was not tested."""
    tested_by: str
    note: str

    @property
    def words(self) -> str:
        """The link as it is read out."""
        at = clock_time(local(instant(self.tested_at))) if self.tested_at else ""
        told = (self.kind, self.address, _(LINK_LABELS[self.outcome]), at, self.note)
        return "  ".join(part for each in told if (part := one_line(each)))


def of_hearings(
    connection: Connection, hearing_ids: Iterable[str], *, user: User
) -> dict[str, list[LinkLine]]:
    """The links of hearings, by hearing.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(user, Act.READ_HEARINGS)
    rows = connection.execute(
        "SELECT id, hearing_id, kind, address, outcome, tested_at, tested_by, note FROM video_link"
        " WHERE NOT removed AND hearing_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(hearing_ids)),),
    ).fetchall()
    found: dict[str, list[LinkLine]] = defaultdict(list)
    for row in rows:
        line = LinkLine._make(row)
        outcome = LinkState(row[4]) if row[4] in list(LinkState) else LinkState.NOT_TESTED
        found[line.hearing_id].append(line._replace(outcome=outcome))
    return found


def keep(
    session: Session,
    acting: Acting,
    hearing_id: str,
    kind: str,
    address: str,
    *,
    link_id: str,
) -> str:
    """Enter a link of a hearing, or put right what was entered under this id.

    Returns:
        Its id.

    Raises:
        FormProblemsError: With what must be put right.
        NotFoundError: If there is no such hearing.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    from deskapp.data.day_tables import VideoLink

    roles.require(acting.user, Act.RUN_HEARINGS)
    connection = plain(session)
    stored.get(connection, hearing_id)
    texts = {"kind": one_line(clean(kind)), "address": one_line(clean(address))}
    problems = [
        codes.problem(name, codes.Code.COMMENT_TOO_LONG)
        for name, value in texts.items()
        if len(value) > MOST_TEXT
    ]
    if not texts["kind"]:
        problems.append(Problem("kind", _("Enter what kind of link it is, such as CVP.")))
    if problems:
        raise FormProblemsError(problems)
    link = session.get(VideoLink, link_id)
    if link is None:
        link = VideoLink(
            id=link_id, home_site=acting.user.site, hearing_id=hearing_id, kind=texts["kind"]
        )
        session.add(link)
        told = {"link": link_id, "outcome": LinkState.NOT_TESTED.value}
        events.add(session, acting, hearing_id, events.Code.LINK, told)
    link.kind, link.address = texts["kind"], texts["address"]
    form_drafts.drop(connection, link_id)
    return link_id


def take_off(session: Session, acting: Acting, link_id: str) -> None:
    """The hearing has no such link after all; its history says that there was one.

    Raises:
        NotFoundError: If there is no such link.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    roles.require(acting.user, Act.RUN_HEARINGS)
    link = _standing(session, link_id)
    link.removed = True
    told = {"link": link_id, "outcome": ""}
    events.add(session, acting, link.hearing_id, events.Code.LINK, told, note=link.kind)


def record_test(
    session: Session, acting: Acting, link_id: str, outcome: LinkState, note: str = ""
) -> None:
    """Say what the test of a link gave, with the time and who tested it.

    Raises:
        NotFoundError: If there is no such link.
        NotAllowedError: If the role may not record in hearing rooms.
    """
    roles.require(acting.user, Act.RUN_HEARINGS)
    link = _standing(session, link_id)
    link.outcome, link.note = outcome.value, one_line(clean(note))[:MOST_TEXT]
    link.tested_at, link.tested_by = stamp(acting.now), acting.user.id
    told = {"link": link_id, "outcome": outcome.value}
    events.add(session, acting, link.hearing_id, events.Code.LINK, told, note=link.note)


def _standing(session: Session, link_id: str) -> VideoLink:
    from deskapp.data.day_tables import VideoLink

    link = session.get(VideoLink, link_id)
    if link is None or link.removed:
        raise NotFoundError(_("There is no such link on this desk."))
    return link
