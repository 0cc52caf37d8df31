"""Carrying an import out, and taking it back.

Nothing is ever deleted: what an import made and is taken back is no longer listed. Source:
hearings sheet, section 6.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.clock import instant, local, stamp
from deskapp.data.sessions import plain
from deskapp.errors import DeskError, NotFoundError
from deskapp.i18n import _, weekday, when
from deskapp.roles import Act, User
from deskapp.services.hearings.planning import REMOVED, Effect, Plan, Step, plan

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.hearings.reading import File

REPORT_EVERY = 500
"""Hearings between two words about the progress."""


class ChangedSinceError(DeskError):
    """Something happened to the hearings after the import that is to be taken back."""


def take(
    session: Session,
    file: File,
    *,
    site: str,
    day: dt.date | None,
    now: dt.datetime,
    user: User,
    progress: Callable[[int, int], None],
    undo_days: int,
) -> tuple[Plan, str]:
    """Import the good items of a list; what was done, and the id of the import.

    What imports of more than ``undo_days`` ago could be taken back with is thrown away.

    Raises:
        DeskError: As ``planning.plan`` and ``carry_out``.
    """
    made = plan(plain(session), file.listed, file.digest, site=site, day=day, user=user)
    forget(plain(session), now - dt.timedelta(days=undo_days))
    return made, carry_out(session, made, now=now, user=user, progress=progress)


def carry_out(
    session: Session,
    made: Plan,
    *,
    now: dt.datetime,
    user: User,
    progress: Callable[[int, int], None],
) -> str:
    """Do what the plan says, in the caller's transaction; nothing for the same file again.

    Args:
        session: An open write transaction in which the plan was made.
        made: What to do.
        now: The present instant.
        user: Who imports.
        progress: Told every now and then how many hearings of how many are done.

    Returns:
        The id of the import; empty when nothing was to do.

    Raises:
        NotAllowedError: If the role may not import lists.
    """
    from deskapp.data.hearing_tables import HearingList
    from deskapp.data.ids import new_id

    roles.require(user, Act.IMPORT_LISTS)
    quiet = made.again and made.count(Effect.UNCHANGED) == len(made.steps)
    if quiet or not made.steps:
        return ""
    listed = HearingList(
        id=new_id(),
        home_site=user.site,
        site=made.site,
        kind=made.listed.kind,
        first_on=made.days[0],
        last_on=made.days[-1],
        version=made.listed.version,
        published_at=made.listed.published_at,
        imported_at=stamp(now),
        imported_by=user.id,
        digest=made.digest,
        counts=json.dumps(made.counts),
    )
    session.add(listed)
    for done, step in enumerate(made.steps, start=1):
        _do(session, step, listed.id, made.site, user)
        if done % REPORT_EVERY == 0:
            progress(done, len(made.steps))
    return listed.id


def forget(connection: Connection, before: dt.datetime) -> None:
    """Throw away what imports before a moment could be taken back with; the hearings stay."""
    connection.execute(
        "DELETE FROM hearing_before WHERE list_id IN"
        " (SELECT id FROM hearing_list WHERE imported_at < ?)",
        (stamp(before),),
    )


def _do(session: Session, step: Step, list_id: str, site: str, user: User) -> None:
    from deskapp.data.hearing_tables import Hearing, HearingBefore

    if step.effect is Effect.NEW:
        fields = {**step.after, "list_id": list_id}
        session.add(Hearing(id=step.id, home_site=user.site, site=site, **fields))
        session.add(HearingBefore(list_id=list_id, hearing_id=step.id, after=_json(fields)))
        return
    after = dict(step.after)
    if step.effect is not Effect.REMOVED:
        after["list_id"] = list_id
    changed = [name for name in after if step.before[name] != after[name]]
    hearing = session.get_one(Hearing, step.id)
    for name in changed:
        setattr(hearing, name, after[name])
    session.add(
        HearingBefore(
            list_id=list_id,
            hearing_id=step.id,
            fields=_json({name: step.before[name] for name in changed}),
            after=_json({name: after[name] for name in changed}),
        )
    )


def undo(session: Session, list_id: str, *, now: dt.datetime, user: User) -> int:
    """Take an import back; how many hearings are as they were before.

    Raises:
        NotFoundError: If this desk made no such import, or it was taken back.
        ChangedSinceError: If a hearing was changed since; nothing is changed then.
        NotAllowedError: If the role may not import lists.
    """
    from sqlmodel import select

    from deskapp.data.hearing_tables import Hearing, HearingBefore, HearingList

    roles.require(user, Act.IMPORT_LISTS)
    listed = session.get(HearingList, list_id)
    rows = session.exec(select(HearingBefore).where(HearingBefore.list_id == list_id)).all()
    if listed is None or listed.undone_at or not rows:
        raise NotFoundError(_("There is no such import on this desk that could be taken back."))
    for row in rows:
        hearing = session.get_one(Hearing, row.hearing_id)
        if any(getattr(hearing, name) != value for name, value in json.loads(row.after).items()):
            message = _(
                "A hearing of this list was changed after the import. Take the later change back"
                " first."
            )
            raise ChangedSinceError(message)
        before = json.loads(row.fields) if row.fields else {"list_state": REMOVED, "list_id": ""}
        for name, value in before.items():
            setattr(hearing, name, value)
        session.delete(row)
    listed.undone_at, listed.undone_by = stamp(now), user.id
    return len(rows)


def last_standing(connection: Connection, *, user: User) -> str:
    """The id of the newest import of this desk that was not taken back.

    Raises:
        NotFoundError: If there is none.
        NotAllowedError: If the role may not import lists.
    """
    roles.require(user, Act.IMPORT_LISTS)
    row = connection.execute(
        "SELECT l.id FROM hearing_list AS l WHERE l.undone_at = ''"
        " AND EXISTS (SELECT 1 FROM hearing_before AS b WHERE b.list_id = l.id)"
        " ORDER BY l.id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        raise NotFoundError(_("No list of hearings was imported that could be taken back."))
    return str(row[0])


def listed_words(connection: Connection, list_id: str, today: dt.date) -> str:
    """Which list an import was: its first day, and when it was imported."""
    [(first_on, imported_at)] = connection.execute(
        "SELECT first_on, imported_at FROM hearing_list WHERE id = ?", (list_id,)
    ).fetchall()
    first, at = dt.date.fromisoformat(first_on), local(instant(imported_at))
    imported = _("list imported {when}").format(when=when(at, today))
    return f"{weekday(first)}, {imported}"


def report(made: Plan) -> dict[str, Any]:
    """What was imported, for programs."""
    return {"days": made.days, "version": made.listed.version, **made.counts}


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)
