"""``deskapp interpreter figures`` and ``calendar``: what leaves the desk about its bookings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Replace
from deskapp.cli.reporting import Csv, First, Last
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_
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
app = typer.Typer(cls=Group, rich_markup_mode=None)


@app.command("figures", cls=Command, help=FIGURES)
def figures(
    first: First = "",
    last: Last = "",
    by: Annotated[
        By, typer.Option("--by", metavar="|".join(By), help=N_("What they are broken down by."))
    ] = By.LANGUAGE,
    file: Csv = None,
    replace: Replace = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the published figures."""
    from deskapp import paths
    from deskapp.cli.reporting import days_of, show_report
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.interpreters import statistics_report, statistics_text
    from deskapp.services.interpreters.settings import settings
    from deskapp.services.interpreters.statistics_asked import Asked

    act = Act.MANAGE_BOOKINGS if file or as_json else Act.READ_REPORTS
    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        asked = Asked(days_of(first, last, today=desk.clock.today()), by)
        found = desk.store.call_read(statistics_report.read, asked, user=desk.user)
    target = settings(paths.settings_folder()).success_target_percent
    show_report(
        lambda: statistics_text.as_csv(found),
        lambda: statistics_text.as_data(found),
        lambda: statistics_text.lines(found, target),
        file=file, replace=replace, as_json=as_json,
    )  # fmt: skip


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
    from deskapp.cli.reporting import write
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import typed
    from deskapp.services.days import Days
    from deskapp.services.interpreters import calendar_export

    with open_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as desk:
        today = desk.clock.today()
        since = typed.day(first, today=today) if first else today - calendar_export.BEHIND
        until = typed.day(last, today=today) if last else today + calendar_export.AHEAD
        days = Days(since, until)
        text = desk.store.call_read(calendar_export.as_ical, days, user=desk.user)
    write(file, text, replace=replace)
