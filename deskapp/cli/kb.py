"""``deskapp kb``: knowledge articles and scripts to read and to check; no store is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
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


SHOW = N_(
    "Show an article or script as text, with the figures of today.\n\n"
    "local:ID is one that this site wrote; it needs the store. So does --here, which fills the"
    " reply in with officer, court and date, and --parked, which takes what a parked contact knows"
    " as well."
)


@app.command(cls=Command, help=SHOW)
def show(
    name: Name,
    public: Annotated[
        bool, typer.Option("--public", help=N_("Only what may be handed to a user."))
    ] = False,
    reply: Annotated[
        bool, typer.Option("--reply", help=N_("Only the reply to send, to be piped on."))
    ] = False,
    here: Annotated[
        bool, typer.Option("--here", help=N_("Fill the reply in for this desk."))
    ] = False,
    parked: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help=N_("Its number in deskapp enquiry parked."))
    ] = 0,
    folder: Folder = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show one item."""
    from deskapp import settings
    from deskapp.cli import kb_reply, out
    from deskapp.cli.unlock import open_desk
    from deskapp.clock import Clock
    from deskapp.i18n import language
    from deskapp.roles import Act
    from deskapp.services.knowledge import naming, shown
    from deskapp.services.knowledge.content import LOCAL, Article

    library, today = library_of(folder), Clock().today()
    if name.startswith(LOCAL):
        library = _with_local(name, passphrase_stdin=passphrase_stdin)
    item, on = _item(library, name), settings.load().facts_on(today)
    fill = shown.filler(library, language(), on=on)
    if isinstance(item, Article) and (here or parked):
        with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
            lines = iter(kb_reply.of_desk(item, library, on, desk, parked).text.splitlines())
    elif isinstance(item, Article) and reply:
        lines = iter(kb_reply.of_content(item, library, on).text.splitlines())
    elif isinstance(item, Article):
        lines = shown.article(item, language(), fill, public=public)
    else:
        lines = shown.script(item, language(), fill, public=public or reply or here or bool(parked))
    for line in lines:
        out.show(line)
    if item.local and not item.live:
        out.tell(_("Not approved: officers are not shown this text."))
    out.tell(f"{naming.category(item.category)}. {naming.owner(item.owner)}.")
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

    report = check.check(library_of(folder), today=Clock().today(), release=release)
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

    for line in graph.lines(script_of(library_of(folder), name), language()):
        show(line)


def library_of(folder: Path | None) -> Library:
    """The content of a folder, the shipped one where none is given.

    Raises:
        NotFoundError: If there is no such folder.
    """
    from deskapp.errors import NotFoundError
    from deskapp.services.knowledge import library

    if folder is None:
        return library.shipped()
    if not folder.is_dir():
        raise NotFoundError(_("There is no folder {folder}.").format(folder=folder))
    return library.load(folder)


def _with_local(name: str, *, passphrase_stdin: bool) -> Library:
    """The content with what this site wrote: the version that officers are shown, else the newest.

    Raises:
        NotAllowedError: If the role may not read local items.
    """
    from dataclasses import replace

    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.knowledge import local_items, local_texts, shelf
    from deskapp.services.knowledge.content import LOCAL, Article

    with open_desk(Act.READ_KNOWLEDGE, passphrase_stdin=passphrase_stdin) as desk:
        library = desk.store.call_read(shelf.read).library
        row_id = desk.store.call_read(local_items.row_of, name)
        if library.item(name) or not row_id:
            return library
        kept = desk.store.call_read(local_items.item, row_id, user=desk.user)
    made = local_texts.read(kept.line.kind, kept.line.item, kept.texts).item
    if made is None:
        return library
    newest = replace(made, id=LOCAL + kept.line.item)
    if isinstance(newest, Article):
        return replace(library, articles={**library.articles, newest.id: newest})
    return replace(library, scripts={**library.scripts, newest.id: newest})


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
