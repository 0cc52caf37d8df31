"""``deskapp calendar``: the bank holidays that due dates are counted with, and a newer list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _, ngettext, number

if TYPE_CHECKING:
    from deskapp.services.calendar_file import Offered

app = typer.Typer(
    cls=Group,
    help=N_("The bank holidays that due dates are counted with."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Show the list in force: its version, to which day it is known, and the days ahead.\n\n"
        "A due date beyond that day is provisional."
    ),
)
def show(as_json: AsJson = False) -> None:
    """Show the list in force."""
    from deskapp import paths
    from deskapp.cli.out import show, show_json, tell
    from deskapp.clock import Clock
    from deskapp.i18n import weekday
    from deskapp.services import bank_holidays
    from deskapp.services.dates import NATION_LABELS

    today = Clock().today()
    for nation, calendar in bank_holidays.in_force(paths.settings_folder()).items():
        ahead = sorted(day for day in calendar.bank_holidays if day >= today)
        if as_json:
            show_json(
                {
                    "nation": nation.value,
                    "version": calendar.version,
                    "known_from": calendar.known_from.isoformat(),
                    "known_to": calendar.known_to.isoformat(),
                    "bank_holidays": [day.isoformat() for day in ahead],
                }
            )
            continue
        told = _("{nation}: version {version}, known to {day}")
        name, known_to = _(NATION_LABELS[nation]), weekday(calendar.known_to)
        tell(told.format(nation=name, version=calendar.version, day=known_to))
        for day in ahead:
            show(f"{day}  {weekday(day)}  {name}")


@app.command(
    cls=Command,
    help=N_(
        "Put a newer list in force, and count the due dates of open complaints again.\n\n"
        "FILE has the form of the shipped list and a later version; nothing is fetched from"
        " anywhere. What it changes is told. A list that knows less, or that contradicts days that"
        " are past, is taken with --anyway alone. Without FILE open complaints are counted again"
        " with the list in force, as after an update of deskapp. For an administrator."
    ),
)
def update(
    file: Annotated[Path | None, typer.Argument(help=N_("A list of bank holidays, TOML."))] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help=N_("It is meant so: it knows less, or corrects."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Put a newer list in force."""
    from deskapp import paths
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import calendar_file
    from deskapp.services.complaints import acting, recount

    with open_desk(Act.SET_COMPLAINT_RULES, passphrase_stdin=passphrase_stdin) as desk:
        folder = paths.settings_folder()
        if file:
            offered = calendar_file.look(file, folder, today=desk.clock.today())
            _tell(offered)
            calendar_file.put(offered, folder, user=desk.user, despite_objections=anyway)
        who = acting.acting_on(desk.user, desk.clock.now(), folder)
        counted = moved = 0
        while found := desk.store.call_write(recount.some, who):
            counted += len(found)
            for line in found:
                if line.moved:
                    moved += 1
                    tell(recount.words(line))
        for ref, due_on in desk.store.call_read(recount.provisional, user=desk.user):
            tell(recount.provisional_words(ref, due_on))
    told = ngettext(
        "{count} open complaint was counted again, {moved} of them with another date.",
        "{count} open complaints were counted again, {moved} of them with another date.",
        counted,
    )
    tell(told.format(count=number(counted), moved=number(moved)))


@app.command(
    cls=Command,
    help=N_(
        "List the open complaints whose due date is provisional, the first one first.\n\n"
        "Their dates lie beyond the day to which bank holidays are known. Exit 1 when there are"
        " none."
    ),
)
def provisional(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List provisional dates."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.complaints import recount

    with open_desk(Act.EXPORT_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        found = desk.store.call_read(recount.provisional, user=desk.user)
    for ref, due_on in found:
        if as_json:
            show_json({"ref": ref, "due_on": due_on.isoformat()})
        else:
            show(recount.provisional_words(ref, due_on))
    if not found:
        tell(_("Every due date is firm."))
        raise typer.Exit(Exit.DIFFERENT)


def _tell(offered: Offered) -> None:
    from deskapp.cli.out import tell
    from deskapp.services import calendar_file

    if not offered.is_new:
        tell(_("This list is in force already."))
    for change in offered.changes:
        tell(calendar_file.words(change))
