"""``deskapp complaint disposal``: complaints whose years are over, erased by two people."""

from __future__ import annotations

import typer

from deskapp.cli.case import Note
from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

app = typer.Typer(
    cls=Group,
    help=N_(
        "Disposal: which complaints need no longer be kept, in steps, the oldest first, and forms"
        " that were left. One person proposes, another confirms. Nothing destroys itself."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "list", cls=Command, help=N_("List the complaints whose years are over and nothing holds.")
)
def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List what is due for disposal."""
    from deskapp.cli.complaint_lines import complaints_desk
    from deskapp.cli.out import show, show_json, tell
    from deskapp.i18n import day
    from deskapp.roles import Act
    from deskapp.services.complaints import retention

    act = Act.MANAGE_COMPLAINTS
    with complaints_desk(act, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(retention.due, acting)
        forms = desk.store.call_read(retention.forms, acting)
    for each in found:
        if as_json:
            last_on = each.last_on.isoformat()
            show_json({"ref": each.ref, "last_on": last_on, "proposed_by": each.proposer})
        else:
            show("  ".join((each.ref, day(each.last_on), retention.state_words(each))))
    if forms:
        tell(_("Forms that were left or thrown away: {count}").format(count=len(forms)))
    if not found:
        tell(_("No complaint is due for disposal."))


@app.command(cls=Command, help=N_("Propose that they be disposed of; --note says why."))
def propose(note: Note = "", passphrase_stdin: PassphraseStdin = False) -> None:
    """Propose the disposal of complaints."""
    from deskapp.cli.complaint_lines import complaints_desk
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services.complaints import disposal

    act = Act.MANAGE_COMPLAINTS
    with complaints_desk(act, passphrase_stdin=passphrase_stdin) as (desk, acting):
        count = desk.store.call_write(disposal.propose, acting, note)
    message = _("Proposed: complaints {complaints}, forms {forms}. Somebody else must confirm it.")
    tell(message.format(complaints=count.complaints, forms=count.forms))


@app.command(cls=Command, help=N_("Erase what somebody else proposed; it cannot be brought back."))
def confirm(passphrase_stdin: PassphraseStdin = False) -> None:
    """Erase complaints."""
    from deskapp.cli.complaint_lines import complaints_desk
    from deskapp.cli.out import tell
    from deskapp.roles import Act
    from deskapp.services.complaints import disposal

    act = Act.MANAGE_COMPLAINTS
    with complaints_desk(act, passphrase_stdin=passphrase_stdin) as (desk, acting):
        count = desk.store.call_write(disposal.confirm, acting)
        desk.store.empty_log()
    message = _("Erased: complaints {complaints}, forms {forms}")
    tell(message.format(complaints=count.complaints, forms=count.forms))
