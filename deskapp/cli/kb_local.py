"""``deskapp kb import``, ``export`` and ``report``: what this site writes, and how it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.knowledge.local_files import FileItem

IMPORT = N_(
    "Take articles and scripts from files as local drafts; nobody is shown them until somebody else"
    " approved them.\n\n"
    "Give ID.en.md (its ID.cy.md is taken from beside it), s-ID.toml, or a folder of them. An item"
    " that is there already gets a new version. Exit 2 when some of the files could not be used."
)
EXPORT = N_(
    "Write local articles and scripts into a folder, as files of the knowledge format.\n\n"
    "Without an ID every one that is not withdrawn. With --whole the shipped content is written"
    " beside them, so that kb check --folder knows what they name."
)
REPORT = N_(
    "Show how the knowledge is used: searches that found nothing, what is opened, what is flagged,"
    " where scripts are left, reviews, Welsh that is behind. Counts of 90 days.\n\n"
    "On a terminal counts are shown in full. In a file, in JSON and in what another program reads"
    " small counts are hidden."
)


def take(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help=N_("What to take."))],
    based_on: Annotated[
        int,
        typer.Option(
            "--based-on",
            min=0,
            metavar="VERSION",
            help=N_("Version of the shipped item of the same id that it was made from."),
        ),
    ] = 0,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Take files."""
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import DeskError, Exit
    from deskapp.roles import Act
    from deskapp.services.knowledge import local_files

    found = local_files.read(path)
    problems = list(found.problems)
    with open_desk(Act.WRITE_KNOWLEDGE, passphrase_stdin=passphrase_stdin) as desk:
        for each in found.items:
            try:
                show(f"{each.item}: {_taken(desk, each, based_on)}")
            except DeskError as error:
                problems.append(f"{each.item}: {error}")
    for problem in problems:
        tell(problem)
    if not found.items and not problems:
        tell(_("There is no article and no script: name them ID.en.md or s-ID.toml."))
    return Exit.PROBLEM if problems else Exit.OK if found.items else Exit.DIFFERENT


def _taken(desk: Desk, found: FileItem, based_version: int) -> str:
    """What was done with one item, and what the rules say of it."""
    from deskapp.i18n import ngettext
    from deskapp.services.knowledge import local_check, local_files, local_items, shelf

    store, user, now = desk.store, desk.user, desk.clock.now()
    done = _(
        store.call_write(local_files.take, found, based_version=based_version, now=now, user=user)
    )
    row_id = store.call_read(local_items.row_of, found.item)
    kept = store.call_read(local_items.item, row_id, user=user)
    known, line = store.call_read(shelf.read), kept.line
    checked = local_check.run(
        line.kind, line.item, kept.texts, line.version, known, today=desk.clock.today()
    )
    if not checked.stops:
        return done
    stops = ngettext("{count} thing to put right", "{count} things to put right", checked.stops)
    return f"{done}, {stops.format(count=checked.stops)}"


def export(
    folder: Annotated[Path, typer.Option("--to", metavar="FOLDER", help=N_("Where to write."))],
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help=N_("Ids of local items."))
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help=N_("With the shipped content beside them."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Write files."""
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit, NotFoundError
    from deskapp.roles import Act
    from deskapp.services.knowledge import local_files, local_items

    with open_desk(Act.WRITE_KNOWLEDGE, passphrase_stdin=passphrase_stdin) as desk:
        store, user = desk.store, desk.user
        lines = store.call_read(local_items.lines, user=user)
        rows = [each.id for each in lines if each.status is not local_items.Status.WITHDRAWN]
        if names:
            rows = [store.call_read(local_items.row_of, name) for name in names]
            for name, row_id in zip(names, rows, strict=True):
                if not row_id:
                    message = _("There is no local article or script called {name}.")
                    raise NotFoundError(message.format(name=name))
        found = [store.call_read(local_items.item, row_id, user=user) for row_id in rows]
    for path in local_files.write(found, folder, whole=whole):
        show(str(path))
    if not found:
        tell(_("There is nothing local to write."))
    return Exit.OK if found else Exit.DIFFERENT


def report(
    file: Annotated[
        str, typer.Option("--csv", metavar="FILE", help=N_("Write the table to a new CSV file."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show how the knowledge is used."""
    import sys

    from deskapp import paths
    from deskapp.cli.reporting import show_report
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import exports
    from deskapp.services.enquiries import enquiry_reports
    from deskapp.services.knowledge import report
    from deskapp.services.small_numbers import Mask

    with open_desk(Act.READ_REPORTS, passphrase_stdin=passphrase_stdin) as desk:
        parts = desk.store.call_read(report.read, user=desk.user, today=desk.clock.today())
    hidden = Mask(enquiry_reports.rules(paths.settings_folder()).hide_up_to)
    mask = Mask() if sys.stdout.isatty() else hidden
    show_report(
        lambda: report.as_csv(parts, hidden),
        lambda: report.as_data(parts, hidden),
        lambda: report.texts(parts, mask),
        file=exports.path_of(file) if file else None, as_json=as_json,
    )  # fmt: skip
