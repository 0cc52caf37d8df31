"""``deskapp person list``: everybody by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.persons.person_pages import PersonPlace

HELP = N_(
    "List persons by name, sorted by the last word of it; with --from those from a surname on."
)


def list_persons(
    begin: Annotated[
        str,
        typer.Option("--from", metavar="SURNAME", help=N_("A surname or how it begins.")),
    ] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List persons."""

    from deskapp.cli.listing import show_page
    from deskapp.cli.out import show, show_json
    from deskapp.cli.person_lines import line_json
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.persons import person_card, person_pages

    want = person_pages.starting(begin)._replace(limit_rows=limit)
    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        found = desk.store.call_read(person_pages.page, want, user=desk.user)

    def show_line(each: PersonPlace) -> None:
        if as_json:
            show_json(line_json(each.line))
        else:
            show(f"{each.line.id}  {person_card.name_and_hint(each.line)}")

    show_page(found, show_line, empty=_("Nobody is listed there."))
