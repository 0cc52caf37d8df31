"""``deskapp hearings``: what stands on the lists of a day, shown and exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.hearing_lines import Day, Site, day_of, site_key
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.hearings.lines import HearingLine

app = typer.Typer(
    cls=Group,
    help=N_("The day's hearings: lists, the board, needs, results, sheets and figures."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
EXPORT = N_("Write the hearings of a day to a new CSV file, without names of cases or people.")


@app.command("list", cls=Command, help=N_("List the hearings of a day by room and time."))
def show_list(
    site: Site = "",
    date: Day = "today",
    limit: Limit = 200,
    after: Annotated[
        str, typer.Option("--after", metavar="ID", help=N_("Go on after this hearing."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List hearings."""
    from deskapp.cli.listing import show_page
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.hearings import lines
    from deskapp.services.paging import Want

    with open_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as desk:
        where, day = site_key(desk, site), day_of(desk, date)
        read = desk.store.call_read
        place = read(lines.place_of, after, user=desk.user) if after else ()
        want = Want(place, limit_rows=limit)
        page = read(lines.of_day, where, day, want, user=desk.user)

    def show_line(line: HearingLine) -> None:
        if as_json:
            show_json({**line.exported, "case_name": line.case_name})
        else:
            show(line.words)

    if told := lines.taken(page.lines, desk.clock.today()):
        tell(told)
    last = page.lines[-1].id if page.lines else ""
    show_page(page, show_line, empty=_("No hearing is listed on this day."), after=last)


@app.command("export", cls=Command, help=EXPORT)
def export(
    file: Annotated[str, typer.Option("--csv", metavar="FILE", help=N_("The file to write."))],
    site: Site = "",
    date: Day = "today",
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Export hearings."""
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services import exports
    from deskapp.services.hearings import lines
    from deskapp.services.paging import Want

    with open_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as desk:
        where, day = site_key(desk, site), day_of(desk, date)
        want = Want(limit_rows=lines.MOST_EXPORTED)
        page = desk.store.call_read(lines.of_day, where, day, want, user=desk.user)
    if not page.lines:
        tell(_("No hearing is listed on this day."))
        return Exit.DIFFERENT
    rows = ([str(value) for value in line.exported.values()] for line in page.lines)
    path = exports.path_of(file)
    exports.write(path, exports.as_csv(lines.EXPORTED, rows))
    show(str(path))
    return Exit.OK
