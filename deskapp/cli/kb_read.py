"""``deskapp kb read``: notices to staff that are not read yet, and that one was."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

HELP = N_(
    "List the notices to staff that you have not read, or say of one that you have.\n\n"
    "With --who: who has read it and who has not, for whoever approves local articles."
)


def read(
    item_id: Annotated[
        str, typer.Argument(metavar="[ID]", help=N_("Id of a notice: you have read it."))
    ] = "",
    who: Annotated[bool, typer.Option("--who", help=N_("Show who has read it."))] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Read notices."""
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.knowledge import local_items, notices

    with open_desk(Act.READ_KNOWLEDGE, passphrase_stdin=passphrase_stdin) as desk:
        store, user = desk.store, desk.user
        if who:
            row_id = store.call_read(local_items.row_of, item_id)
            readers = store.call_read(notices.readers, row_id, user=user)
            for reader in readers:
                show(f"{reader.told():<28} {reader.name}")
            if not readers:
                tell(_("Give the id of a notice to staff that is live."))
        elif item_id:
            notice = store.call_write(notices.have_read, item_id, now=desk.clock.now(), user=user)
            tell(_("Kept: you have read {title}.").format(title=notice.called()))
        else:
            found = store.call_read(notices.unread, user=user)
            for notice in found:
                show(f"{notice.shown_id:<28} {notice.called()}")
            if not found:
                tell(_("You have read every notice."))
