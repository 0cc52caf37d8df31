"""``deskapp person correct``: put the details of a person right."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.options import at_options
from deskapp.cli.person import PersonId
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

_OPTIONS = {"full_name": "--name", "phone": "--phone", "email": "--email", "postcode": "--postcode"}
HELP = N_(
    "Put the name, phone, email or postcode of a person right.\n\n"
    "Only what is given changes; an empty text takes a detail away. Contacts keep what was typed"
    " on them."
)


def correct(
    person_id: PersonId,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=N_("Full name."))] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help=N_("Phone number."))] = None,
    email: Annotated[str | None, typer.Option(metavar="ADDRESS", help=N_("Email address."))] = None,
    postcode: Annotated[str | None, typer.Option(metavar="POSTCODE", help=N_("Postcode."))] = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Put details right."""
    from deskapp.cli.commands import CommandLineError
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import FormProblemsError
    from deskapp.roles import Act
    from deskapp.services.persons import person_card, person_details

    given = {"full_name": name, "phone": phone, "email": email, "postcode": postcode}
    details = {field: text for field, text in given.items() if text is not None}
    if not details:
        raise CommandLineError(_("Give what changes: --name, --phone, --email or --postcode."))
    with open_desk(Act.WORK_PERSONS, passphrase_stdin=passphrase_stdin) as desk:
        try:
            line = desk.store.call_write(person_details.correct, person_id, details, user=desk.user)
        except FormProblemsError as error:
            raise at_options(error, _OPTIONS) from error
    show(f"{line.id}  {person_card.name_and_hint(line)}")
    tell(_("Saved."))
