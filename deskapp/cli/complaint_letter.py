"""``deskapp complaint letter`` and ``pack``: what can be written about a complaint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import CommandLineError
from deskapp.cli.options import Replace
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.complaints.letters import Writing

LETTER = N_(
    "Write a letter or email of a complaint; without LETTER, list those that fit now.\n\n"
    "It goes to stdout or to a file, and is never sent. A withheld address is never printed. What"
    " it needs and is not there yet is told instead."
)
PACK = N_(
    "Write the hand-over pack for the investigations team (CIT).\n\n"
    "It goes to stdout or to a file; only then can the complaint be handed over."
)
LANGUAGES, WAYS = "en|cy|both|unknown", "post|email"

Ref = Annotated[str, typer.Argument(metavar="REF", help=N_("Reference of the complaint."))]
Output = Annotated[
    Path | None, typer.Option(metavar="FILE", help=N_("Write it to this file, 0600."))
]


def letter(
    ref: Ref,
    name: Annotated[str, typer.Argument(metavar="LETTER", help=N_("Id of the letter."))] = "",
    language: Annotated[
        str,
        typer.Option(
            metavar=LANGUAGES, help=N_("What the person wants; as the complaint says without.")
        ),
    ] = "",
    way: Annotated[
        str, typer.Option(metavar=WAYS, help=N_("How it goes; as the complaint came without."))
    ] = "",
    output: Output = None,
    replace: Replace = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write a letter."""
    from deskapp import paths
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.complaints import letters, stored
    from deskapp.services.complaints.acting import acting_on
    from deskapp.services.complaints.letter_kinds import Way
    from deskapp.services.letters.language import Language

    for given, known in ((language, LANGUAGES), (way, WAYS)):
        if given and given not in known.split("|"):
            message = _("There is no {name}. Use one of: {names}.")
            raise CommandLineError(message.format(name=given, names=known.replace("|", ", ")))
    folder = paths.settings_folder()
    with open_desk(Act.WORK_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        acting = acting_on(desk.user, desk.clock.now(), folder)
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        writing = desk.store.call_read(letters.look, acting, complaint_id)
        if not name:
            _list(writing)
            return
        chosen = Way(way) if way else writing.usual_way
        text = letters.write(
            writing,
            name,
            way=chosen,
            acting=acting,
            settings_folder=folder,
            language=Language(language) if language else None,
        )
        for warning in letters.warnings(writing, chosen):
            tell(warning)
        _out(text, output, replace=replace)
        desk.store.call_write(letters.keep, acting, complaint_id, name, chosen, new_id())


def _list(writing: Writing) -> None:
    from deskapp.cli.out import show, tell

    for each in writing.offers:
        show(f"{each.id:<12}  {_(each.label)}")
    if not writing.offers:
        tell(_("No letter fits where the complaint stands now."))


def pack(
    ref: Ref,
    output: Output = None,
    replace: Replace = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Write the hand-over pack."""
    from deskapp import paths
    from deskapp.cli.unlock import open_desk
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.complaints import pack, record, stored
    from deskapp.services.complaints.acting import acting_on

    with open_desk(Act.WORK_COMPLAINTS, passphrase_stdin=passphrase_stdin) as desk:
        acting = acting_on(desk.user, desk.clock.now(), paths.settings_folder())
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        found = pack.of(desk.store.call_write(record.look, acting, complaint_id))
        _out(pack.text(found, whole=True), output, replace=replace)
        desk.store.call_write(pack.keep, acting, complaint_id, pack.HAND_OVER, new_id())


def _out(text: str, output: Path | None, *, replace: bool) -> None:
    from deskapp.cli.out import show
    from deskapp.cli.reporting import write

    if output is None:
        show(text.rstrip("\n"))
    else:
        write(output, text, replace=replace)
