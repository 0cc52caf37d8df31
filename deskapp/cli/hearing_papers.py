"""``deskapp hearing sheet`` and ``figures``: what is printed and counted of hearing days."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.hearing_lines import Day, Site
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

SHEET = N_("Write the sheet of a day, for paper; of markers it has letters alone.")
FIGURES = N_("Show the figures of hearing days: what was listed, how it ended, what was provided.")


def sheet(
    date: Day = "",
    site: Site = "",
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help=N_("Write it there, 0600."))
    ] = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write the day sheet."""
    from deskapp import i18n
    from deskapp.cli.hearing_lines import day_of, hearings_desk, site_key
    from deskapp.cli.out import show
    from deskapp.roles import Act
    from deskapp.services import desk as desk_service
    from deskapp.services import exports
    from deskapp.services.hearings import sheet as sheets

    with hearings_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        where, on = site_key(desk, site), day_of(desk, date)
        name = desk_service.site_name(where, i18n.language())
        lines = desk.store.call_read(sheets.write, acting, where, on, name)
    if file is None:
        for line in lines:
            show(line)
        return
    path = exports.path_of(str(file))
    exports.write(path, "\n".join([*lines, ""]))
    show(str(path))


def figures(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help=N_("The first day."))] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help=N_("The last day."))] = "",
    site: Site = "",
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=N_("Write it as CSV, 0600."))
    ] = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the figures."""
    from deskapp import i18n
    from deskapp.cli.hearing_lines import day_of, hearings_desk, site_key
    from deskapp.cli.out import show, show_json
    from deskapp.roles import Act
    from deskapp.services import desk as desk_service
    from deskapp.services import exports
    from deskapp.services.days import Days
    from deskapp.services.hearings import figures as counted

    with hearings_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        where, begin = site_key(desk, site), day_of(desk, first)
        days = Days(begin, day_of(desk, last) if last else begin)
        found = desk.store.call_read(counted.count, acting, where, days)
    if as_json:
        show_json({each.value: count for each, count in found.counts.items()})
    elif file is not None:
        path = exports.path_of(str(file))
        rows = ((each.value, str(count)) for each, count in found.counts.items())
        exports.write(path, exports.as_csv(("figure", "count"), rows))
        show(str(path))
    else:
        for line in counted.lines(found, desk_service.site_name(where, i18n.language())):
            show(line)
