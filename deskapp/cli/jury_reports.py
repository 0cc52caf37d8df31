"""``deskapp jury report``: the lists and figures of the jury desk, as text, CSV and JSON."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.jury_acting import On, jury_desk
from deskapp.cli.options import AsJson, Replace
from deskapp.cli.reporting import Csv, First, Last
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

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
    first: First = "",
    last: Last = "",
    trial: Annotated[
        str, typer.Option("--trial", metavar="NUMBER", help=N_("Of a trial: its number."))
    ] = "",
    file: Csv = None,
    replace: Replace = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show a report of the jury desk."""
    from deskapp.cli.complaint_values import choice
    from deskapp.cli.reporting import days_of, show_report
    from deskapp.roles import Act
    from deskapp.services import periods
    from deskapp.services.jury import numbers, report_paper, reports, row_ids
    from deskapp.services.jury.report_table import OF_A_DAY, OF_A_TRIAL, Asked, Kind

    asked_kind = Kind(choice(Kind, kind))
    with jury_desk(Act.READ_JURY, on=on, passphrase_stdin=passphrase_stdin) as (desk, acting):
        days = days_of(first, last, today=acting.today, until=acting.date)
        if asked_kind in OF_A_DAY | OF_A_TRIAL:
            days = periods.day(days.last)
        trial_id = row_ids.trial(acting.court, numbers.trial_number(trial)) if trial else ""
        found = desk.store.call_read(reports.read, acting, Asked(asked_kind, days, trial_id))
    show_report(
        lambda: report_paper.as_csv(found),
        lambda: report_paper.as_data(found),
        lambda: report_paper.lines(found),
        file=file, replace=replace, as_json=as_json,
    )  # fmt: skip
