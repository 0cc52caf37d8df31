"""``deskapp enquiry disposal``: enquiries whose period is over, erased by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deskapp.cli.case import Note
from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk

Secrets = Annotated[
    bool,
    typer.Option(
        "--secrets",
        help=N_("Code words and kinds of check instead, which go long before their enquiries."),
    ),
]

app = typer.Typer(
    cls=Group,
    help=N_(
        "Disposal: which enquiries need no longer be kept, in steps, the oldest first. One person"
        " proposes, another confirms. Nothing destroys itself."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _step(desk: Desk) -> dict[str, Any]:
    """What the enquiries of this step are asked with."""
    from deskapp import paths
    from deskapp.services.enquiries import enquiry_retention

    rules = enquiry_retention.rules(paths.settings_folder())
    return {"kept": rules, "user": desk.user, "now": desk.clock.now()}


@app.command(
    "list", cls=Command, help=N_("List the enquiries whose years are over and nothing holds.")
)
def show_list(
    secrets: Secrets = False, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List what is due for disposal."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.clock import local, stamp
    from deskapp.i18n import day
    from deskapp.roles import Act
    from deskapp.services.enquiries import enquiry_retention, enquiry_secrets

    due = enquiry_secrets.due if secrets else enquiry_retention.due
    with open_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as desk:
        found = desk.store.call_read(due, **_step(desk))
    for each in found:
        if as_json:
            ended_at = stamp(each.ended_at)
            show_json({"ref": each.ref, "ended_at": ended_at, "proposed_by": each.proposer})
        else:
            on = day(local(each.ended_at).date())
            show("  ".join((each.ref, on, enquiry_retention.state_words([each]))))
    if not found:
        tell(_("No enquiry is due for disposal."))


@app.command(cls=Command, help=N_("Propose that they be disposed of; --note says why."))
def propose(
    note: Note = "", secrets: Secrets = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Propose the disposal of enquiries."""
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.enquiries import enquiry_disposal, enquiry_secrets

    verb = enquiry_secrets.propose if secrets else enquiry_disposal.propose
    with open_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as desk:
        count = desk.store.call_write(verb, reason=note, **_step(desk))
    tell(_("Enquiries proposed: {count}. Somebody else must confirm it.").format(count=count))


@app.command(
    cls=Command,
    help=N_("Erase the enquiries that somebody else proposed; they cannot be brought back."),
)
def confirm(secrets: Secrets = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Erase enquiries."""
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.enquiries import enquiry_disposal, enquiry_secrets

    verb = enquiry_secrets.confirm if secrets else enquiry_disposal.confirm
    with open_desk(Act.MANAGE_CASES, passphrase_stdin=passphrase_stdin) as desk:
        count = desk.store.call_write(verb, **_step(desk))
        desk.store.empty_log()
    tell(_("Enquiries erased: {count}").format(count=count))
