"""``deskapp scheme``: the schemes of casework, for those who write and install them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.casework.book import Rulebook
    from deskapp.services.casework.scheme import Scheme

Name = Annotated[str, typer.Argument(metavar="SCHEME", help=N_("Id of a scheme, or its file."))]

app = typer.Typer(
    cls=Group,
    help=N_("Casework schemes: check a file, list, show and draw them, try one, install one."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Check scheme files: every finding with its line.\n\n"
        "Exit 1 when there is a finding, 66 when a file cannot be read."
    ),
)
def lint(files: Annotated[list[Path], typer.Argument(help=N_("Scheme files, TOML."))]) -> int:
    """Check scheme files."""
    from deskapp.cli.out import show, tell
    from deskapp.errors import Exit, NotFoundError
    from deskapp.services.casework import letter_files, loader

    code = Exit.OK
    for file in files:
        if not file.is_file():
            raise NotFoundError(_("There is no file {file}.").format(file=file))
        for found in loader.lint(file, letter_files.near(file)):
            code = Exit.DIFFERENT
            text = _("{file}, line {line}, {place}: {message}")
            show(text.format(file=file, line=found.line, place=found.place, message=found.message))
    if code is Exit.OK:
        tell(_("Nothing is wrong."))
    return code


@app.command("list", cls=Command, help=N_("List the schemes of this computer, every version."))
def show_list(as_json: AsJson = False) -> None:
    """List the schemes."""
    from deskapp.cli.out import show, show_json
    from deskapp.i18n import day
    from deskapp.services.casework.words import shown

    for scheme in _book().schemes.values():
        if as_json:
            show_json(
                {
                    "id": scheme.id,
                    "version": scheme.version,
                    "prefix": scheme.prefix,
                    "label": scheme.label._asdict(),
                    "effective_from": scheme.effective_from.isoformat(),
                    "visibility": scheme.visibility,
                    "roles": sorted(scheme.roles),
                }
            )
        else:
            since = _("version {version} from {day}").format(
                version=scheme.version, day=day(scheme.effective_from)
            )
            show(f"{scheme.id:<20}  {scheme.prefix:<5} {shown(scheme.label)}, {since}")


@app.command(cls=Command, help=N_("Show the fields, items and actions of a scheme."))
def show(name: Name) -> None:
    """Show one scheme."""
    from deskapp.cli import out
    from deskapp.services.casework.words import shown

    scheme = _scheme(name)
    out.show(shown(scheme.label))
    for title, parts in (
        (_("Stages:"), scheme.stages),
        (_("Fields:"), scheme.fields),
        (_("Items:"), scheme.templates),
        (_("Actions:"), scheme.actions),
    ):
        out.show(title)
        for part in parts:
            out.show(f"    {part.id:<22} {shown(part.label)}")
            for choice in getattr(part, "options", ()) or getattr(part, "outcomes", ()):
                out.show(f"        {choice.id:<22} {shown(choice.label)}")


@app.command(
    cls=Command,
    help=N_(
        "Draw the stages of a scheme and the actions between them.\n\n"
        "The output is in the DOT language of Graphviz, one action a line."
    ),
)
def graph(name: Name) -> None:
    """Draw one scheme."""
    from deskapp.cli.out import show
    from deskapp.services.casework.drawing import dot

    for line in dot(_scheme(name)):
        show(line)


@app.command(
    "try",
    cls=Command,
    help=N_(
        "Run a script of cases and show the state that results, as JSON.\n\n"
        "A script is one of deskapp rules, or a file of them. Steps that are refused are in the"
        " output. Exit 2 when a script cannot be run."
    ),
)
def try_out(
    file: Annotated[Path, typer.Argument(help=N_("A script, JSON."))],
    schemes: Annotated[
        list[Path] | None,
        typer.Option(
            "--scheme", metavar="FILE", help=N_("A scheme that is not installed; repeatable.")
        ),
    ] = None,
) -> int:
    """Run a script."""
    from deskapp.cli.out import show
    from deskapp.errors import Exit
    from deskapp.services import rules
    from deskapp.services.rules import casework_trial

    code = Exit.OK
    for outcome in casework_trial.run(file, _book(schemes)):
        show(outcome.line())
        if isinstance(outcome, rules.Malformed):
            code = Exit.PROBLEM
    return code


def _scheme(name: str) -> Scheme:
    """The newest version of an installed scheme, or the scheme of a file.

    Raises:
        NotFoundError: If there is neither.
        SchemeError: If the file cannot be used.
    """
    from deskapp.errors import NotFoundError
    from deskapp.services.casework import loader, shelf

    found = {scheme.id: scheme for scheme in shelf.newest(_book())}
    if name in found:
        return found[name]
    if not name.endswith(".toml"):
        message = _("There is no scheme {name}. Use one of: {names}.")
        raise NotFoundError(message.format(name=name, names=", ".join(found)))
    return loader.load(Path(name))


def _book(more: list[Path] | None = None) -> Rulebook:
    """The schemes of this computer, with those of more files."""
    from deskapp import paths
    from deskapp.services.casework import loader, shelf
    from deskapp.services.casework.book import Rulebook
    from deskapp.services.dates import Nation

    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    if not more:
        return book
    added = Rulebook.of((loader.load(file) for file in more), book.calendar)
    return Rulebook({**book.schemes, **added.schemes}, book.calendar)
