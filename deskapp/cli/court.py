"""``deskapp court``: the shipped court directory. Public data, so no store is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.data.directory import Court
    from deskapp.services.courts.court_search import Found

app = typer.Typer(
    cls=Group,
    help=N_("Find a court or office and read out what is known about it."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Find courts by name, old name, Welsh name, code, town or postcode.\n\n"
        "The likeliest comes first. Open courts only, unless --all is given. Exit 1 when nothing is"
        " found."
    ),
)
def find(
    words: Annotated[list[str], typer.Argument(help=N_("Any words, a code or a postcode."))],
    every: Annotated[bool, typer.Option("--all", help=N_("Closed courts too."))] = False,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> int:
    """Find courts."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.errors import Exit
    from deskapp.services.courts import courts

    found = courts.find(" ".join(words), limit=limit, open_only=not every)
    for hit in found:
        if as_json:
            show_json({**_as_json(hit.court), "why": hit.reason(), "close_spelling": hit.close})
        else:
            show(line(hit))
    if remark := courts.remark(found):
        tell(remark)
    if not found:
        tell(_("No court was found. Try fewer words, or --all for closed courts too."))
    return Exit.OK if found else Exit.DIFFERENT


@app.command(
    cls=Command,
    help=N_("Show everything known about one court, closed ones too."),
)
def show(
    name: Annotated[
        str, typer.Argument(metavar="KEY-OR-CODE", help=N_("Its key or one of its codes."))
    ],
    as_json: AsJson = False,
) -> None:
    """Show one court."""
    from deskapp.cli import out
    from deskapp.i18n import language
    from deskapp.services.courts import courts

    court = by_key_or_code(name)
    if as_json:
        out.show_json(_as_json(court))
        return
    for label, value in courts.card(court, language()):
        out.show(f"{label}: {value}")
    out.show(_("Key: {key}").format(key=court.key))


def line(hit: Found) -> str:
    """A court as one line: what it is, where, its key and why it was found."""
    from deskapp.data.directory import CLOSED
    from deskapp.i18n import language

    court = hit.court
    parts = [court.shown_name(language()), court.postcode, court.key, hit.reason()]
    if court.status == CLOSED:
        parts.insert(0, _("CLOSED"))
    return "  ".join(filter(None, parts))


def by_key_or_code(name: str) -> Court:
    """The one court with this key or code.

    Raises:
        NotFoundError: If there is none, or several share the code.
    """
    from deskapp.errors import NotFoundError
    from deskapp.services.courts import courts
    from deskapp.services.courts.court_index import CODE_LABELS
    from deskapp.text import one_line

    try:
        return courts.by_key(name)
    except NotFoundError:
        asked = name.strip().casefold()
        having = [court for court in courts.every() if asked in _codes(court, CODE_LABELS)]
    if len(having) == 1:
        return having[0]
    if having:
        message = _("Several courts have the code {code}. Use one of the keys: {keys}.")
        keys = ", ".join(court.key for court in having)
        raise NotFoundError(message.format(code=one_line(name), keys=keys))
    message = _("No court has the key or code {code}. Use deskapp court find.")
    raise NotFoundError(message.format(code=one_line(name)))


def _codes(court: Court, columns: dict[str, str]) -> list[str]:
    return [
        code.casefold() for column in columns for code in getattr(court, column).split("|") if code
    ]


def _as_json(court: Court) -> dict[str, object]:
    return court._asdict()
