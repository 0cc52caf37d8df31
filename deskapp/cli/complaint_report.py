"""``deskapp complaint report``: the figures of complaints as text, CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _
from deskapp.services.complaints.report_asked import By

REPORT = N_(
    "Show the figures of complaints, this month's unless days are given.\n\n"
    "On a terminal they are shown in full. In a file, in JSON and in what another program reads"
    " small counts are hidden. --lessons shows what went wrong by category, cause and site."
)


def report(
    first: Annotated[
        str, typer.Option("--from", metavar="DAY", help=N_("The first day, like 1 11 2026."))
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DAY", help=N_("The last day; today when left out."))
    ] = "",
    by: Annotated[
        By, typer.Option("--by", metavar="|".join(By), help=N_("What they are broken down by."))
    ] = By.STAGE,
    lessons: Annotated[
        bool, typer.Option("--lessons", help=N_("What went wrong, of every site."))
    ] = False,
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=N_("Write it as CSV, 0600."))
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Replace the file if it is there."))
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the figures of complaints."""
    import sys

    from deskapp import paths
    from deskapp.cli import out
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import bank_holidays, exports, periods, typed
    from deskapp.services.complaints import report, report_asked, report_export, report_text
    from deskapp.services.complaints.report_asked import Asked
    from deskapp.services.days import Days
    from deskapp.services.small_numbers import Mask

    folder = paths.settings_folder()
    with open_desk(Act.READ_REPORTS, passphrase_stdin=passphrase_stdin) as desk:
        today = desk.clock.today()
        until = typed.day(last, today=today) if last else today
        since = typed.day(first, today=today) if first else periods.month(until).first
        asked = Asked(Days(since, until), By.SITE if lessons else by)
        calendars = bank_holidays.in_force(folder)
        found = desk.store.call_read(report.read, asked, calendars=calendars, user=desk.user)
    rules = report_asked.rules(folder)
    if file:
        text = report_export.as_csv(found, rules.outside)
        exports.write(file, text, overwrite=replace)
        out.tell(_("Written to {file}. Only you can read it.").format(file=file))
    elif as_json:
        for row in report_export.as_data(found, rules.outside):
            out.show_json(row)
    else:
        mask = Mask() if sys.stdout.isatty() else rules.outside
        lines = report_text.lessons if lessons else report_text.lines
        for line in lines(found, mask, rules):
            out.show(line)
