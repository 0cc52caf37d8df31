"""``deskapp report``: the figures of the desk as text, CSV or JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.reporting import First, Last
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_
from deskapp.services.enquiries.enquiry_asked import By

app = typer.Typer(
    cls=Group,
    help=N_("Figures of the desk."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Show the figures of contacts, today's unless days are given.\n\n"
        "On a terminal they are shown in full. In a file, in JSON and in what another program reads"
        " small counts are hidden, but not in those of your own contacts. The figures of each"
        " officer are for the team leader."
    ),
)
def enquiries(
    first: First = "",
    last: Last = "",
    by: Annotated[
        By, typer.Option("--by", metavar="|".join(By), help=N_("What they are broken down by."))
    ] = By.CHANNEL,
    own: Annotated[bool, typer.Option("--own", help=N_("Only your own contacts."))] = False,
    file: Annotated[
        str, typer.Option("--csv", metavar="FILE", help=N_("Write the table to a new CSV file."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the figures of contacts."""
    import sys

    from deskapp import paths
    from deskapp.cli.reporting import show_report
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import exports, typed
    from deskapp.services.days import Days
    from deskapp.services.enquiries import enquiry_reports, report_export, report_table, report_text
    from deskapp.services.enquiries.enquiry_asked import Asked
    from deskapp.services.small_numbers import Mask

    with open_desk(Act.READ_REPORTS, passphrase_stdin=passphrase_stdin) as desk:
        today = desk.clock.today()
        until = typed.day(last, today=today) if last else today
        days = Days(typed.day(first, today=today) if first else until, until)
        asked = Asked(days, by, own)
        found = desk.store.call_read(report_table.read, asked, user=desk.user, today=today)
    hidden = enquiry_reports.outside(asked, paths.settings_folder())
    mask = Mask() if sys.stdout.isatty() else hidden
    show_report(
        lambda: report_export.as_csv(found, hidden),
        lambda: report_export.as_data(found, hidden),
        lambda: report_text.lines(found, mask, desk.user.name if own else ""),
        file=exports.path_of(file) if file else None, as_json=as_json,
    )  # fmt: skip
