"""``deskapp enquiry parked|resume|discard``: contacts put aside before they were saved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.options import AsJson, CardNumber
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.drafts import Draft

PARKED = N_("List your parked contacts, the oldest first, each with its number.")
RESUME = N_(
    "Go on with a parked contact, and show its reference.\n\n"
    "On a terminal every question comes again: Enter keeps what stands in brackets. Elsewhere it"
    " is saved with what the options add; what must be put right is told, and the exit code is 65."
)
DISCARD = N_(
    "Close a parked contact that should not have been opened.\n\n"
    "It stays in the list of the day, with the reason: mistake, nobody, another, test, or your own"
    " words."
)
Number = Annotated[
    int, typer.Argument(metavar="NUMBER", help=N_("Its number in deskapp enquiry parked."))
]


def show_list(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List parked contacts."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.clock import local
    from deskapp.i18n import when
    from deskapp.roles import Act
    from deskapp.services.enquiries import parked

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        waiting = desk.store.call_read(parked.contacts, desk.user.id)
        today = desk.clock.today()
    for number, draft in enumerate(waiting, 1):
        if as_json:
            show_json(_as_data(number, draft))
        else:
            show(f"{number}  {when(local(draft.started_at), today)}  {parked.who(draft)}")
    if not waiting:
        tell(_("No contact is parked."))


def _as_data(number: int, draft: Draft) -> dict[str, object]:
    from deskapp.clock import stamp

    names = ("channel", "person_name", "topic")
    told = {name: draft.values.get(name, "") for name in names}
    return {"number": number, "started_at": stamp(draft.started_at), **told}


def resume(
    number: Number,
    said: Annotated[str, typer.Option(metavar="TEXT", help=N_("What was said."))] = "",
    outcome: Annotated[
        str, typer.Option(metavar="OUTCOME", help=N_("How it ended: a code, its letter or words."))
    ] = "",
    added: Annotated[
        list[str] | None,
        typer.Option(
            "--add", metavar="NAME=VALUE", help=N_("What the outcome must add; repeatable.")
        ),
    ] = None,
    card_number: CardNumber = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Go on with a parked contact."""
    from deskapp.cli.call_taking import TakenCall
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.enquiries import parked

    given = {"answer": said, "outcome": outcome}
    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        draft = desk.store.call_read(parked.by_number, desk.user.id, number)
        call = TakenCall(desk, card_number, draft)
        call.give({name: text for name, text in given.items() if text}, added or [])
        line = call.taken() if sys.stdin.isatty() else call.logged()
    show(line.ref)
    tell(_("Saved."))


def discard(
    number: Number,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why it is discarded."))] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Discard a parked contact."""
    from deskapp.cli.out import show, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.enquiries import contacts, parked
    from deskapp.services.enquiries.call_clock import CallClock
    from deskapp.services.enquiries.contact_drafts import ContactDraft

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        draft = desk.store.call_read(parked.by_number, desk.user.id, number)
        clock, now = CallClock.of(draft.values), desk.clock.now()
        line = desk.store.call_write(
            contacts.discard,
            draft.id,
            ContactDraft.from_values(draft.values),
            reason,
            span=clock.span(draft.started_at, draft.spent_seconds, now),
            user=desk.user,
        )
    show(line.ref)
    tell(_("Discarded. It stays in the list of the day."))
