"""Who works on jury service in the line mode, at which court, on which day in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import CommandLineError
from deskapp.i18n import N_, _
from deskapp.text import one_line

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.roles import Act
    from deskapp.services.jury.acting import Acting
    from deskapp.services.jury.day_lists import Which

On = Annotated[
    str, typer.Option("--on", metavar="DAY", help=N_("Another day than today, like 16 11 2026."))
]

Pool = Annotated[
    str, typer.Option("--pool", metavar="NUMBER", help=N_("Only jurors of this pool."))
]


@contextmanager
def jury_desk(
    act: Act, *, on: str = "", any_court: bool = False, passphrase_stdin: bool = False
) -> Iterator[tuple[Desk, Acting]]:
    """The desk, and who acts there at its court on the day in force.

    Args:
        act: What is done; the role must permit it.
        on: The day in force as it was typed; today when empty.
        any_court: Whether no court need be known yet: the first file of the Bureau brings it.
        passphrase_stdin: Whether the passphrase comes from stdin.

    Raises:
        NoCourtError: If nothing says which court this is.
        NotUnderstoodError: If ``on`` is no day.
    """
    from deskapp import paths
    from deskapp.cli.unlock import open_desk
    from deskapp.services import typed
    from deskapp.services.jury import courts
    from deskapp.services.jury.acting import acting_on

    folder = paths.settings_folder()
    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        date = typed.day(on, today=desk.clock.today()) if on else None
        find = courts.court_if_known if any_court else courts.court_of
        court = desk.store.call_read(find, desk.user.site, folder)
        yield desk, acting_on(desk.user, desk.clock.now(), folder, court=court, date=date)


def day_list(name: str) -> Which:
    """The list of a day with this name.

    Raises:
        CommandLineError: If there is none.
    """
    from deskapp.services.jury.day_lists import Which

    if name not in list(Which):
        message = _("There is no list {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=one_line(name), names=", ".join(Which)))
    return Which(name)
