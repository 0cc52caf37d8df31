"""``deskapp complaint report``: the figures of complaints as text, CSV or JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.options import AsJson, Replace
from deskapp.cli.reporting import Csv, First, Last
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_
from deskapp.services.complaints.report_asked import By

REPORT = N_(
    "Show the figures of complaints, this month's unless days are given.\n\n"
    "On a terminal they are shown in full. In a file, in JSON and in what another program reads"
    " small counts are hidden. --lessons shows what went wrong by category, cause and site."
)


def report(
    first: First = "",
    last: Last = "",
    by: Annotated[
        By, typer.Option("--by", metavar="|".join(By), help=N_("What they are broken down by."))
    ] = By.STAGE,
    lessons: Annotated[
        bool, typer.Option("--lessons", help=N_("What went wrong, of every site."))
    ] = False,
    file: Csv = None,
    replace: Replace = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the figures of complaints."""
    import sys

    from deskapp import paths
    from deskapp.cli.reporting import days_of, show_report
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import bank_holidays
    from deskapp.services.complaints import report, report_asked, report_export, report_text
    from deskapp.services.complaints.report_asked import Asked
    from deskapp.services.small_numbers import Mask

    folder = paths.settings_folder()
    with open_desk(Act.READ_REPORTS, passphrase_stdin=passphrase_stdin) as desk:
        days = days_of(first, last, today=desk.clock.today())
        asked = Asked(days, By.SITE if lessons else by)
        calendars = bank_holidays.in_force(folder)
        found = desk.store.call_read(report.read, asked, calendars=calendars, user=desk.user)
    rules = report_asked.rules(folder)
    mask = Mask() if sys.stdout.isatty() else rules.outside
    lines = report_text.lessons if lessons else report_text.lines
    show_report(
        lambda: report_export.as_csv(found, rules.outside),
        lambda: report_export.as_data(found, rules.outside),
        lambda: lines(found, mask, rules),
        file=file, replace=replace, as_json=as_json,
    )  # fmt: skip
