"""``deskapp turnaround``: how long papers take. Public figures, so no store is needed."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.i18n import N_, _

app = typer.Typer(
    cls=Group,
    help=N_("How long papers take, with the date of each figure."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "list",
    cls=Command,
    help=N_(
        "List the turnaround table, or the lines that hold every word.\n\n"
        "Working days are those of England and Wales. Exit 1 when nothing is found."
    ),
)
def show_list(
    words: Annotated[
        list[str] | None, typer.Argument(help=N_("Words of a process, or a form."))
    ] = None,
    as_json: AsJson = False,
) -> int:
    """List the turnaround table."""
    from deskapp import paths
    from deskapp.cli.out import show, show_json, tell
    from deskapp.clock import Clock
    from deskapp.errors import Exit
    from deskapp.i18n import language
    from deskapp.services import bank_holidays
    from deskapp.services.dates import Nation
    from deskapp.services.enquiries import turnaround

    today = Clock().today()
    folder = paths.settings_folder()
    table = turnaround.in_force(folder)
    calendar = bank_holidays.in_force(folder)[Nation.ENGLAND_AND_WALES]
    found = turnaround.find(table, " ".join(words or ()))
    for process in found:
        if as_json:
            show_json(
                {
                    "id": process.id,
                    "process": process.process[language()],
                    "office": process.office[language()],
                    "working_days": process.working_days,
                    "as_of": process.as_of.isoformat(),
                    "reached_on": process.reached_on(today, calendar).isoformat(),
                    "source": process.source,
                }
            )
        else:
            sentence = turnaround.told(process, table, today, calendar)
            show(f"{sentence}  {process.office[language()]}")
    if not found:
        tell(_("No process matches. Try fewer letters."))
    return Exit.OK if found else Exit.DIFFERENT
