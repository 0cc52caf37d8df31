"""What the commands of hearings share: who acts, which hearing is meant, how one is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

import typer

from deskapp.i18n import N_, _

if TYPE_CHECKING:
    import datetime as dt

    from deskapp.cli.unlock import Desk
    from deskapp.roles import Act
    from deskapp.services.hearings.acting import Acting
    from deskapp.services.hearings.board import BoardLine

R = TypeVar("R")
Hearing = Annotated[
    str,
    typer.Argument(
        metavar="HEARING", help=N_("Its id, or a case reference with one hearing that day.")
    ),
]
Site = Annotated[
    str,
    typer.Option(
        "--site", metavar="CODE", help=N_("A court as court find finds it; yours without.")
    ),
]
Day = Annotated[
    str, typer.Option("--date", metavar="DAY", help=N_("Like today, Tue or 2026-11-30."))
]


@contextmanager
def hearings_desk(act: Act, *, passphrase_stdin: bool) -> Iterator[tuple[Desk, Acting]]:
    """The desk and who acts on hearings.

    Raises:
        DeskError: If the store cannot be opened, or the role may not do that.
    """
    from deskapp import paths
    from deskapp.cli.unlock import open_desk
    from deskapp.services.hearings.acting import acting_on

    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        yield desk, acting_on(desk.user, desk.clock.now(), paths.settings_folder())


class AtHearing(NamedTuple):
    """A desk, who acts there, and the hearing that was named."""

    desk: Desk
    acting: Acting
    hearing_id: str

    def read(self, verb: Callable[..., R], *given: object, **named: object) -> R:
        """Read something of the hearing."""
        return self.desk.store.call_read(verb, self.acting, self.hearing_id, *given, **named)

    def write(self, verb: Callable[..., R], *given: object, **named: object) -> R:
        """Do something at the hearing."""
        return self.desk.store.call_write(verb, self.acting, self.hearing_id, *given, **named)


@contextmanager
def at_hearing(
    act: Act, text: str, date: str = "", *, passphrase_stdin: bool
) -> Iterator[AtHearing]:
    """The desk at the hearing that is meant: an id, or the case on a day, today without one.

    Raises:
        NotFoundError: If there is none, or more than one.
        DeskError: If the store cannot be opened, or the role may not do that.
    """
    from deskapp.services.hearings import finding

    with hearings_desk(act, passphrase_stdin=passphrase_stdin) as (desk, acting):
        on = day_of(desk, date)
        found = desk.store.call_read(finding.one, acting, desk.user.site, on, text)
        yield AtHearing(desk, acting, found)


def day_of(desk: Desk, text: str) -> dt.date:
    """The day that was typed; today when nothing was."""
    from deskapp.services import typed

    today = desk.clock.today()
    return typed.day(text, today=today) if text else today


def site_key(desk: Desk, name: str) -> str:
    """Key of the court that was named; of the desk's own when none was.

    Raises:
        NotFoundError: If no court or several are found.
    """
    from deskapp.cli.court import by_key_or_code
    from deskapp.errors import NotFoundError
    from deskapp.services.courts import courts

    if not name:
        return desk.user.site
    try:
        return by_key_or_code(name).key
    except NotFoundError:
        found = courts.find(name, limit=2, open_only=True)
        if len(found) != 1:
            raise
        return found[0].court.key


def as_object(line: BoardLine) -> dict[str, object]:
    """A line of the board for programs; like every export without names of people."""
    hearing = line.bearing.hearing
    return {
        "id": line.id,
        "day": hearing.day.isoformat(),
        "start": hearing.start,
        "room": hearing.room,
        "case_ref": hearing.case_ref,
        "hearing_type": hearing.hearing_type,
        "list_state": hearing.list_state,
        "day_state": line.bearing.day.state.value,
        "ready": {part.kind.value: [part.ready, part.needed] for part in line.parts},
        "red": line.red,
        "see": line.marks,
    }


def say_done(what: str) -> None:
    """Say what was recorded."""
    from deskapp.cli.out import tell

    tell(_("Saved: {what}.").format(what=what))
