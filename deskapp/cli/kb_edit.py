"""``deskapp kb``: for those who write articles and scripts: new files, reviews, changes, counts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deskapp.cli.kb import Folder, Name, library_of
from deskapp.cli.options import AsJson
from deskapp.i18n import N_, _

NEW = N_(
    "Make the first files of an article or script.\n\n"
    "They are drafts: nobody is shown them until status is live. The names of the files are"
    " shown."
)
DIFF = N_(
    "Compare the content with an older folder of it: what came, went and changed.\n\n"
    "Exit 1 when they differ."
)
DUE = N_("List what must be reviewed in the next days, by owner. Exit 1 when something is due.")
STATS = N_("Count what there is: items by category, words, facts.")


def new(
    kind: Annotated[str, typer.Argument(help=N_("article or script."))],
    name: Name,
    category: Annotated[
        str, typer.Option(metavar="CATEGORY", help=N_("Such as jury, fines or staff."))
    ],
    folder: Folder = None,
) -> None:
    """Make new files."""
    from deskapp.cli.commands import CommandLineError
    from deskapp.cli.out import show
    from deskapp.clock import Clock
    from deskapp.services.knowledge import library, scaffold
    from deskapp.services.knowledge.articles import CATEGORIES

    for given, allowed in ((kind, ("article", "script")), (category, CATEGORIES)):
        if given not in allowed:
            message = _("There is no {name}. Use one of: {names}.")
            raise CommandLineError(message.format(name=given, names=", ".join(allowed)))
    make = scaffold.article if kind == "article" else scaffold.script
    for file in make(folder or library.FOLDER, name, category, today=Clock().today()):
        show(str(file))


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD-FOLDER", help=N_("The older content."))],
    folder: Folder = None,
) -> int:
    """Compare two folders."""
    from deskapp.cli.out import show, tell
    from deskapp.errors import Exit
    from deskapp.services.knowledge import changes

    lines = list(changes.lines(library_of(old), library_of(folder)))
    for line in lines:
        show(line)
    if not lines:
        tell(_("Nothing differs."))
    return Exit.DIFFERENT if lines else Exit.OK


def due(
    days: Annotated[
        int, typer.Option("--days", min=0, metavar="NUMBER", help=N_("How many days ahead."))
    ] = 30,
    folder: Folder = None,
    as_json: AsJson = False,
) -> int:
    """List reviews."""
    import datetime as dt

    from deskapp.cli.out import show, show_json, tell
    from deskapp.clock import Clock
    from deskapp.errors import Exit
    from deskapp.i18n import day
    from deskapp.services.knowledge import due, naming

    found = due.reviews(library_of(folder), until=Clock().today() + dt.timedelta(days=days))
    for each in found:
        if as_json:
            show_json({**each._asdict(), "review_by": each.review_by.isoformat()})
        else:
            show(f"{day(each.review_by):<12} {each.id:<26} {naming.owner(each.owner)}")
    if not found:
        tell(_("No review is due."))
    return Exit.DIFFERENT if found else Exit.OK


def stats(folder: Folder = None, as_json: AsJson = False) -> None:
    """Count the content."""
    from deskapp.cli.out import show, show_json
    from deskapp.services.knowledge import due, naming

    figures = dict(due.figures(library_of(folder)))
    if as_json:
        show_json(figures)
        return
    for name, count in figures.items():
        show(f"{count:>6}  {naming.figure(name)}")
