"""``deskapp kb``: knowledge articles and scripts to read and to check; no store is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.knowledge.content import Article, Library, Script

Name = Annotated[str, typer.Argument(metavar="ID", help=N_("Id of an article or script."))]
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", metavar="FOLDER", help=N_("Another folder of content than the shipped one.")
    ),
]

app = typer.Typer(
    cls=Group,
    help=N_("Knowledge articles and service scripts: search, show, check and prepare them."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(cls=Command, help=N_("Show an article or script as text, with the figures of today."))
def show(
    name: Name,
    public: Annotated[
        bool, typer.Option("--public", help=N_("Only what may be handed to a user."))
    ] = False,
    folder: Folder = None,
) -> None:
    """Show one item."""
    from deskapp import settings
    from deskapp.cli import out
    from deskapp.clock import Clock
    from deskapp.i18n import language
    from deskapp.services.knowledge import shown
    from deskapp.services.knowledge.content import Article

    library, today = _library(folder), Clock().today()
    item = _item(library, name)
    fill = shown.filler(library, language(), on=settings.load().facts_on(today))
    if isinstance(item, Article):
        lines = shown.article(item, language(), fill, public=public)
    else:
        lines = shown.script(item, language(), fill)
    for line in lines:
        out.show(line)
    out.tell(shown.review(item, today))


@app.command(
    cls=Command,
    help=N_(
        "Check the content: every finding with its file, line or node, and rule.\n\n"
        "Rules that begin with W only warn. Exit 1 when a finding stops a release."
    ),
)
def check(
    folder: Folder = None,
    release: Annotated[
        bool, typer.Option("--release", help=N_("As strict as a release must be."))
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Check the content."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.clock import Clock
    from deskapp.errors import Exit
    from deskapp.services.knowledge import check

    report = check.check(_library(folder), today=Clock().today(), release=release)
    for finding in report.findings:
        if as_json:
            show_json(finding._asdict())
        else:
            show(finding.line())
    warnings = len(report.findings) - report.stops
    text = _("Findings that stop a release: {stops}. Warnings: {warnings}.")
    tell(text.format(stops=report.stops, warnings=warnings))
    return Exit.DIFFERENT if report.stops else Exit.OK


@app.command(cls=Command, help=N_("Draw the flow of a script as indented text."))
def graph(name: Name, folder: Folder = None) -> None:
    """Draw one script."""
    from deskapp.cli.out import show
    from deskapp.i18n import language
    from deskapp.services.knowledge import graph

    for line in graph.lines(script_of(_library(folder), name), language()):
        show(line)


@app.command(
    cls=Command,
    help=N_(
        "Make the first files of an article or script.\n\n"
        "They are drafts: nobody is shown them until status is live. The names of the files are"
        " shown."
    ),
)
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


@app.command(
    cls=Command,
    help=N_(
        "Compare the content with an older folder of it: what came, went and changed.\n\n"
        "Exit 1 when they differ."
    ),
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD-FOLDER", help=N_("The older content."))],
    folder: Folder = None,
) -> int:
    """Compare two folders."""
    from deskapp.cli.out import show, tell
    from deskapp.errors import Exit
    from deskapp.services.knowledge import changes

    lines = list(changes.lines(_library(old), _library(folder)))
    for line in lines:
        show(line)
    if not lines:
        tell(_("Nothing differs."))
    return Exit.DIFFERENT if lines else Exit.OK


@app.command(
    cls=Command,
    help=N_("List what must be reviewed in the next days, by owner. Exit 1 when something is due."),
)
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
    from deskapp.services.knowledge import due

    found = due.reviews(_library(folder), until=Clock().today() + dt.timedelta(days=days))
    for each in found:
        if as_json:
            show_json({**each._asdict(), "review_by": each.review_by.isoformat()})
        else:
            show(f"{each.owner:<18} {day(each.review_by):<12} {each.id}")
    if not found:
        tell(_("No review is due."))
    return Exit.DIFFERENT if found else Exit.OK


@app.command(cls=Command, help=N_("Count what there is: items by category, words, facts."))
def stats(folder: Folder = None, as_json: AsJson = False) -> None:
    """Count the content."""
    from deskapp.cli.out import show, show_json
    from deskapp.services.knowledge import due

    figures = dict(due.figures(_library(folder)))
    if as_json:
        show_json(figures)
        return
    for name, count in figures.items():
        show(f"{name:<24} {count:>6}")


def _library(folder: Path | None) -> Library:
    from deskapp.errors import NotFoundError
    from deskapp.services.knowledge import library

    if folder is None:
        return library.shipped()
    if not folder.is_dir():
        raise NotFoundError(_("There is no folder {folder}.").format(folder=folder))
    return library.load(folder)


def _item(library: Library, name: str) -> Article | Script:
    from deskapp.errors import NotFoundError
    from deskapp.text import one_line

    item = library.item(name)
    if item is None:
        message = _("There is no article or script called {name}.")
        raise NotFoundError(message.format(name=one_line(name)))
    return item


def script_of(library: Library, name: str) -> Script:
    """The script with this id.

    Raises:
        NotFoundError: If there is none.
    """
    from deskapp.errors import NotFoundError
    from deskapp.services.knowledge.content import Script
    from deskapp.text import one_line

    item = _item(library, name)
    if not isinstance(item, Script):
        raise NotFoundError(_("{name} is no script.").format(name=one_line(name)))
    return item
