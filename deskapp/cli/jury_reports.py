"""``deskapp jury report``: the lists and figures of the jury desk, as text, CSV and JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.jury_acting import On, jury_desk
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

REPORT = N_(
    "Show a list or figures of the jury desk.\n\n"
    "Reports: summary, due, attending, not_in, not_out, unconfirmed, absences, on_call, next,"
    " trial, slips, audit, unpaid, bank, cash, figures. Absences, audit numbers, payments and"
    " figures are about this month unless days are given, those of a trial need its number, all"
    " others are about one day. They name jurors: a file is yours alone, 0600."
)


def report(
    kind: Annotated[str, typer.Argument(metavar="REPORT", help=N_("Which one; see above."))],
    on: On = "",
    first: Annotated[
        str, typer.Option("--from", metavar="DAY", help=N_("The first day, like 1 11 2026."))
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DAY", help=N_("The last day; today when left out."))
    ] = "",
    trial: Annotated[
        str, typer.Option("--trial", metavar="NUMBER", help=N_("Of a trial: its number."))
    ] = "",
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=N_("Write it as CSV, 0600."))
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Replace the file if it is there."))
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show a report of the jury desk."""
    from deskapp.cli import out
    from deskapp.cli.complaint_values import choice
    from deskapp.roles import Act
    from deskapp.services import exports, periods, typed
    from deskapp.services.days import Days
    from deskapp.services.jury import numbers, report_paper, reports, row_ids
    from deskapp.services.jury.report_table import OF_A_DAY, OF_A_TRIAL, Asked, Kind

    asked_kind = Kind(choice(Kind, kind))
    with jury_desk(Act.READ_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        until = typed.day(last, today=acting.today) if last else acting.date
        since = typed.day(first, today=acting.today) if first else periods.month(until).first
        days = Days(until, until) if asked_kind in OF_A_DAY | OF_A_TRIAL else Days(since, until)
        trial_id = row_ids.trial(acting.court, numbers.trial_number(trial)) if trial else ""
        found = desk.store.call_read(reports.read, acting, Asked(asked_kind, days, trial_id))
    if file:
        exports.write(file, report_paper.as_csv(found), overwrite=replace)
        out.tell(_("Written to {file}. Only you can read it.").format(file=file))
    elif as_json:
        for row in report_paper.as_data(found):
            out.show_json(row)
    else:
        for line in report_paper.lines(found):
            out.show(line)
