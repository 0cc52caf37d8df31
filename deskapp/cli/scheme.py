"""``deskapp scheme``: the schemes of casework, for those who write and install them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
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
    from deskapp.cli import scheme_here
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
        for name in scheme_here.drafts(file):
            tell(_("For a translator: {name} is a draft.").format(name=name))
    if code is Exit.OK:
        tell(_("Nothing is wrong."))
    return code


@app.command(
    "list",
    cls=Command,
    help=N_(
        "List the schemes of this computer, every version.\n\n"
        "Those that were installed are in the record store: they are listed when it opens without a"
        " question, or with --passphrase-stdin."
    ),
)
def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List the schemes."""
    from deskapp.cli import scheme_here
    from deskapp.cli.out import show, show_json, tell
    from deskapp.i18n import day
    from deskapp.services.casework.words import shown

    installed = scheme_here.installed_here(passphrase_stdin=passphrase_stdin)
    if installed is None:
        tell(_("Schemes that were installed are not listed: the record store is locked."))
    schemes = {**_book().schemes, **(installed or {})}
    for key, scheme in sorted(schemes.items()):
        is_installed = key in (installed or {})
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
                    "installed": is_installed,
                }
            )
        else:
            since = _("version {version} from {day}").format(
                version=scheme.version, day=day(scheme.effective_from)
            )
            parts = [shown(scheme.label), since, *([_("installed")] if is_installed else [])]
            show(f"{scheme.id:<20}  {scheme.prefix:<5} {', '.join(parts)}")


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
