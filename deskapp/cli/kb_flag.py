"""``deskapp kb flag``: tell those who write an article that something in it is wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _
from deskapp.services.knowledge.flags import FlagKind

HELP = N_(
    "Flag an article or script: wrong, out of date, unclear. Those who write it see it.\n\n"
    "Write no names and no numbers of anybody into the note."
)


def flag(
    item_id: Annotated[str, typer.Argument(metavar="ID", help=N_("Id of an article or script."))],
    kind: Annotated[
        FlagKind,
        typer.Argument(
            metavar="WHAT",
            help=N_("One of: wrong, out_of_date, unclear, missing, welsh, other."),
        ),
    ] = FlagKind.WRONG,
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("What exactly is wrong."))] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Flag an item."""
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.data.ids import new_id
    from deskapp.errors import NotFoundError
    from deskapp.i18n import language
    from deskapp.roles import Act
    from deskapp.services.knowledge import flags, shelf
    from deskapp.services.knowledge.flags import Flagged
    from deskapp.text import one_line

    with open_desk(Act.READ_KNOWLEDGE, passphrase_stdin=passphrase_stdin) as desk:
        item = desk.store.call_read(shelf.read).library.item(item_id)
        if item is None:
            message = _("There is no article or script called {name}.")
            raise NotFoundError(message.format(name=one_line(item_id)))
        about = Flagged(item.id, item.version, kind, language())
        now = desk.clock.now()
        desk.store.call_write(flags.flag, new_id(), about, note, now=now, user=desk.user)
    tell(_("Kept for those who write the article."))
