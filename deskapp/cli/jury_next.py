"""``deskapp jury next-dates``: when many are due next, or all of them on call."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import CommandLineError
from deskapp.cli.jury_acting import On, Pool, day_list, jury_desk
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

NEXT_DATES = N_(
    "Set the next date of everybody in a list, or put them on call.\n\n"
    "LIST is as for due, such as out or confirmed; of everybody in a pool it is all --pool NUMBER."
    " It is one step, which deskapp jury undo takes back."
)


def next_dates(
    which: Annotated[str, typer.Argument(metavar="LIST", help=N_("Which list."))],
    due: Annotated[
        str, typer.Option("--due", metavar="DAY", help=N_("The next date, like 30 11 2026."))
    ] = "",
    on_call: Annotated[bool, typer.Option("--on-call", help=N_("On call instead."))] = False,
    pool: Pool = "",
    on: On = "",
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Set the next date of many."""
    from deskapp.cli.out import show, tell
    from deskapp.data.ids import new_id
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services import typed
    from deskapp.services.jury import next_dates, reading

    if bool(due) == on_call:
        raise CommandLineError(_("Give --due with a day, or --on-call."))
    listed = day_list(which)
    with jury_desk(Act.WORK_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        date = typed.day(due, today=acting.today) if due else None
        found = desk.store.call_read(reading.numbers, acting, listed, pool)
        jurors = desk.store.call_read(next_dates.who_may, acting, found)
        done = desk.store.call_write(next_dates.set_for, acting, jurors, date, step_id=new_id())
    for number in done.done:
        show(number)
    for number, error in done.refused:
        tell(f"{number}: {error} ({error.code})")
    return Exit.PROBLEM if done.refused else Exit.OK
