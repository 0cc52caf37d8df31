"""``deskapp followup``: what was promised and is still to do."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.follow_ups import FollowUpLine

app = typer.Typer(
    cls=Group,
    help=N_("What was promised to people and is still to do."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=N_("List what is still to do, the most urgent first."))
def show_list(
    limit: Limit = 50, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List what is still to do."""
    from deskapp.cli.listing import show_page
    from deskapp.cli.out import show, show_json
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import follow_ups
    from deskapp.services.nearness import due_words
    from deskapp.services.paging import Want

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        page = desk.store.call_read(follow_ups.page, Want(limit_rows=limit), user=desk.user)
        today = desk.clock.today()

    def show_line(line: FollowUpLine) -> None:
        if as_json:
            show_json(_line_json(line, today))
            return
        label = follow_ups.label(line.kind)
        parts = (line.ref, due_words(line.due_on, today), label, line.what, line.title)
        show("  ".join(filter(None, parts)))

    show_page(page, show_line, empty=_("Nothing is to do."))


def _line_json(line: FollowUpLine, today: dt.date) -> dict[str, object]:
    return {
        "ref": line.ref,
        "kind": line.kind,
        "what": line.what,
        "due_on": line.due_on.isoformat(),
        "days_left": (line.due_on - today).days,
        "person_name": line.title,
    }


@app.command(cls=Command, help=N_("Mark what a contact promised as done."))
def done(
    ref: Annotated[str, typer.Argument(help=N_("Reference of the contact, like E-7KM-4X9-3CK."))],
    undo: Annotated[bool, typer.Option("--undo", help=N_("It is still to do after all."))] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Mark follow-ups as done."""
    from deskapp.cli.out import show
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import NotFoundError
    from deskapp.roles import Act
    from deskapp.services import follow_ups, kinds
    from deskapp.services.enquiries import contact_lines

    with open_desk(Act.FINISH_FOLLOW_UP, passphrase_stdin=passphrase_stdin) as desk:
        contact_id = desk.store.call_read(contact_lines.id_of_ref, ref)
        promised = desk.store.call_read(
            follow_ups.of_record, kinds.CONTACT, contact_id, user=desk.user
        )
        lines = [line for line in promised if (line.done_at is not None) == undo]
        if not lines:
            message = _("Nothing of {ref} is done.") if undo else _("Nothing of {ref} is to do.")
            raise NotFoundError(message.format(ref=ref))
        for line in lines:
            desk.store.call_write(
                follow_ups.set_done, line.id, not undo, now=desk.clock.now(), user=desk.user
            )
            state = _("to do") if undo else _("done")
            show(f"{line.ref}  {follow_ups.label(line.kind)}  {state}")
