"""``deskapp case report``: what schemes count, as a table, CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.commands import CommandLineError
from deskapp.cli.options import AsJson, Replace
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    import datetime as dt

    from deskapp.services.casework.acting import Acting
    from deskapp.services.casework.reports import Table

HELP = N_(
    "Show a report of a scheme; without SCHEME, list every report.\n\n"
    "A report without a period is about now. With one, each period between --from and --to has"
    " lines of its own; --outside leaves out names and hides small numbers."
)


def report(
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help=N_("Id of the scheme."))] = "",
    name: Annotated[str, typer.Argument(metavar="REPORT", help=N_("Id of the report."))] = "",
    first: Annotated[
        str,
        typer.Option(
            "--from", metavar="DAY", help=N_("First day; that of the present period when left out.")
        ),
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DAY", help=N_("Last day; today when left out."))
    ] = "",
    outside: Annotated[
        bool, typer.Option("--outside", help=N_("For readers outside the site."))
    ] = False,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help=N_("Write it to this file as CSV, 0600."))
    ] = None,
    replace: Replace = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show a report."""
    from deskapp import paths
    from deskapp.roles import Act
    from deskapp.services.casework import report_rules, reports

    if bool(scheme) != bool(name):
        raise CommandLineError(_("Give a scheme and a report, or neither."))
    with acting_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        if not name:
            _list(acting, as_json=as_json)
            return
        today = desk.clock.today()
        table = desk.store.call_write(
            reports.run, acting, scheme, name,
            first=_day(first, today), last=_day(last, today),
            outside=report_rules.outside(paths.settings_folder()) if outside else None,
        )  # fmt: skip
    _show(table, csv, replace=replace, as_json=as_json)


def _list(acting: Acting, *, as_json: bool) -> None:
    from deskapp.cli.out import show, show_json
    from deskapp.services.casework import reports
    from deskapp.services.casework.words import shown

    for scheme, each in reports.known(acting):
        if as_json:
            show_json({"scheme": scheme.id, "report": each.id, "label": each.label._asdict()})
        else:
            show(f"{scheme.id:<18} {each.id:<20} {shown(each.label)}")


def _show(table: Table, csv: Path | None, *, replace: bool, as_json: bool) -> None:
    from deskapp.cli.out import show, show_json, tell
    from deskapp.i18n import day
    from deskapp.services import exports
    from deskapp.services import table_lines as lines

    if csv:
        exports.write(csv, exports.as_csv(table.header, table.rows), overwrite=replace)
        tell(_("The report is in {file}.").format(file=csv))
        return
    if as_json:
        for row in table.rows:
            show_json(dict(zip(table.header, row, strict=True)))
        return
    tell(table.title)
    if table.span:
        first, last = map(day, table.span)
        tell(_("{first} to {last}").format(first=first, last=last))
    for line in lines.lines(table.header, table.rows) if table.rows else ():
        show(line)
    if not table.rows:
        tell(_("There is nothing to count."))


def _day(text: str, today: dt.date) -> dt.date | None:
    from deskapp.services import typed

    return typed.day(text, today=today) if text else None
