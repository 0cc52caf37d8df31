"""``deskapp jury disposal``: pools whose months are over, erased by two people."""

from __future__ import annotations

import typer

from deskapp.cli.case import Note
from deskapp.cli.commands import Command, Group
from deskapp.cli.jury_acting import jury_desk
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

app = typer.Typer(
    cls=Group,
    help=N_(
        "Disposal: which pools need no longer be kept, in steps, the oldest first. One person"
        " proposes, another confirms. Nothing destroys itself."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "list", cls=Command, help=N_("List the pools whose months are over and nothing holds.")
)
def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List what is due for disposal."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.i18n import day
    from deskapp.roles import Act
    from deskapp.services.jury import disposal

    with jury_desk(Act.MANAGE_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(disposal.due, acting)
    for each in found:
        if as_json:
            shown = {"pool_number": each.number, "last_on": each.last_on.isoformat()}
            show_json({**shown, "jurors": each.jurors, "proposed_by": each.proposer})
        else:
            show("  ".join((each.number, day(each.last_on), f"{each.jurors}", each.state)))
    if not found:
        tell(_("No pool is due for disposal."))


@app.command(cls=Command, help=N_("Propose that they be disposed of; --note says why."))
def propose(note: Note = "", passphrase_stdin: PassphraseStdin = False) -> None:
    """Propose the disposal of pools."""
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services.jury import disposal

    with jury_desk(Act.MANAGE_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        count = desk.store.call_write(disposal.propose, acting, note)
    message = _("Proposed: pools {count}. Somebody else must confirm it.")
    tell(message.format(count=count))


@app.command(cls=Command, help=N_("Erase what somebody else proposed; it cannot be brought back."))
def confirm(passphrase_stdin: PassphraseStdin = False) -> None:
    """Erase pools."""
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services.jury import disposal

    with jury_desk(Act.MANAGE_JURY, passphrase_stdin=passphrase_stdin) as (desk, acting):
        count = desk.store.call_write(disposal.confirm, acting)
        desk.store.empty_log()
    tell(_("Erased: pools {count}").format(count=count))
