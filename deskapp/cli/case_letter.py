"""``deskapp case letter``: the letters of a case, on the screen or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.acting import acting_desk
from deskapp.cli.case import Ref
from deskapp.cli.commands import CommandLineError
from deskapp.cli.options import Replace
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.casework.case_record import CaseRecord

HELP = N_(
    "Write a letter of a case, as the scheme has it; without LETTER, list those that fit now.\n\n"
    "It goes to stdout or to a file, and is never sent. What it needs and is not filled in yet is"
    " told instead."
)
LANGUAGES = "en|cy|both|unknown"


def letter(
    ref: Ref,
    name: Annotated[str, typer.Argument(metavar="LETTER", help=N_("Id of the letter."))] = "",
    item: Annotated[
        str, typer.Option(metavar="ITEM", help=N_("Which item it is about; the newest without."))
    ] = "",
    language: Annotated[
        str,
        typer.Option(
            metavar=LANGUAGES,
            help=N_("What the person wants; as in their last contact when left out."),
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help=N_("Write it to this file, 0600."))
    ] = None,
    replace: Replace = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write a letter."""
    from deskapp.cli import case_verbs
    from deskapp.cli.out import show, tell
    from deskapp.roles import Act
    from deskapp.services import exports
    from deskapp.services.casework import cases, letter_language, letters, stored
    from deskapp.services.letters.language import Language

    if language and language not in list(Language):
        message = _("There is no language {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=language, names=", ".join(Language)))
    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        record = desk.store.call_write(cases.look, acting, case_id)
        if not name:
            _list(record)
            return
        wanted = desk.store.call_read(letter_language.wanted, record, name, user=desk.user)
        text = letters.write(
            record,
            name,
            site=desk.user.site,
            today=desk.clock.today(),
            language=Language(language) if language else wanted,
            item=case_verbs.item_name(record, item) if item else "",
        )
    if output is None:
        show(text.rstrip("\n"))
    else:
        exports.write(output, text, overwrite=replace)
        tell(_("The letter is in {file}.").format(file=output))


def _list(record: CaseRecord) -> None:
    from deskapp.cli.out import show, tell
    from deskapp.services.casework import letters
    from deskapp.services.casework.words import item_title, shown

    items = record.facts.case.items
    offers = letters.offered(record)
    for letter, item in offers:
        about = f"--item {list(items).index(item) + 1} " if item else ""
        title = f" ({item_title(record.facts, items[item])})" if item else ""
        show(f"{letter.id:<20}  {about}{shown(letter.label)}{title}")
    if not offers:
        tell(_("No letter fits where the case stands now."))
