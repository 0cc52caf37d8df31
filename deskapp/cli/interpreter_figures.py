"""``deskapp interpreter figures`` and ``calendar``: what leaves the desk about its bookings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _
from deskapp.services.interpreters.statistics_asked import By

FIGURES = N_(
    "Show the published figures of bookings, this month's unless days are given.\n\n"
    "Success, complaints, off contract, outcomes and languages; n/a where there is nothing to count"
    " a rate of. --csv and --json are for team leaders."
)
CALENDAR = N_(
    "Write the bookings of your court to a calendar file (iCalendar), without names.\n\n"
    "From a week ago on, unless days are given. A program that reads the file again replaces what"
    " it read before; what was cancelled stays in it and says so."
)
First = Annotated[
    str, typer.Option("--from", metavar="DAY", help=N_("The first day, like 1 11 2026."))
]
Last = Annotated[
    str, typer.Option("--to", metavar="DAY", help=N_("The last day; today when left out."))
]
Replace = Annotated[bool, typer.Option("--replace", help=N_("Replace the file if it is there."))]


app = typer.Typer(cls=Group, rich_markup_mode=None)


@app.command("figures", cls=Command, help=FIGURES)
def figures(
    first: First = "",
    last: Last = "",
    by: Annotated[
        By, typer.Option("--by", metavar="|".join(By), help=N_("What they are broken down by."))
    ] = By.LANGUAGE,
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=N_("Write it as CSV, 0600."))
    ] = None,
    replace: Replace = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the published figures."""
    from deskapp import paths
    from deskapp.cli import out
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import exports, periods, typed
    from deskapp.services.days import Days
    from deskapp.services.interpreters import statistics_report, statistics_text
    from deskapp.services.interpreters.settings import settings
    from deskapp.services.interpreters.statistics_asked import Asked

    act = Act.MANAGE_BOOKINGS if file or as_json else Act.READ_REPORTS
    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        today = desk.clock.today()
        until = typed.day(last, today=today) if last else today
        since = typed.day(first, today=today) if first else periods.month(until).first
        asked = Asked(Days(since, until), by)
        found = desk.store.call_read(statistics_report.read, asked, user=desk.user)
    if file:
        exports.write(file, statistics_text.as_csv(found), overwrite=replace)
        out.tell(_("Written to {file}. Only you can read it.").format(file=file))
    elif as_json:
        for row in statistics_text.as_data(found):
            out.show_json(row)
    else:
        target = settings(paths.settings_folder()).success_target_percent
        for line in statistics_text.lines(found, target):
            out.show(line)


@app.command("calendar", cls=Command, help=CALENDAR)
def calendar(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Where it is written, 0600."))],
    first: First = "",
    last: Annotated[
        str,
        typer.Option("--to", metavar="DAY", help=N_("The last day; twelve weeks on without.")),
    ] = "",
    replace: Replace = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write the bookings as a calendar file."""
    from deskapp.cli import out
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import exports, typed
    from deskapp.services.days import Days
    from deskapp.services.interpreters import calendar_export

    with open_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as desk:
        today = desk.clock.today()
        since = typed.day(first, today=today) if first else today - calendar_export.BEHIND
        until = typed.day(last, today=today) if last else today + calendar_export.AHEAD
        days = Days(since, until)
        text = desk.store.call_read(calendar_export.as_ical, days, user=desk.user)
    exports.write(file, text, overwrite=replace)
    out.tell(_("Written to {file}. Only you can read it.").format(file=file))
