"""``deskapp callback attempt|reached|missed|undo|priority``: tries to ring somebody back."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.callback import Ref
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

ATTEMPT = N_(
    "Begin to ring: shows the number and keeps the contact of this try as a parked form.\n\n"
    "Where the person said not to ring, give --reason; it is kept. End the try with reached or"
    " missed."
)
REACHED = N_("The person was reached: save the contact, the callback is done.")
MISSED = N_("Nobody was reached: save the contact of the try.")
UNDO = N_("Take the last step back: a result, a try in which nobody rang, or a cancellation.")
PRIORITY = N_("Let a callback be rung before the others, also before its day.")


def attempt(
    ref: Ref,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why you ring somebody who said not to."))
    ] = "",
    early: Annotated[
        bool,
        typer.Option("--early", help=N_("Give it priority, to ring before the day promised.")),
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Begin a try."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        line = callbacks.start(callbacks.found(ref).id, reason, early=early)
        callbacks.show_card(line.id, as_json=as_json)


def reached(
    ref: Ref,
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
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """End the try that is under way."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.choices import LISTS
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.callbacks.callback_contacts import ANSWERED_IN_FULL
    from deskapp.services.enquiries.outcomes import ADDED

    given = {**ANSWERED_IN_FULL, "answer": said}
    if outcome:
        given["outcome"] = LISTS["outcome"].code(outcome)
    for pair in added or []:
        name, _equals, text = pair.partition("=")
        given[ADDED + name.strip()] = text
    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        callbacks.show(callbacks.finish(ref, given), as_json=as_json)


def missed(
    ref: Ref,
    again: Annotated[
        str, typer.Option(metavar="WHEN", help=N_("Book it again for this day and time."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """End the try that is under way, and book again."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.callbacks.callback_contacts import NOBODY_REACHED

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        line = callbacks.finish(ref, NOBODY_REACHED)
        if again:
            line = callbacks.book(ref, again, line.kind)
        callbacks.show(line, as_json=as_json)


def undo(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Take the last step back."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.callbacks import callback_tries

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks, now = CallbackDesk(desk), desk.clock.now()
        line = callbacks.found(ref)
        line = desk.store.call_write(callback_tries.undo, line.id, now=now, user=desk.user)
        callbacks.show(line, as_json=as_json)


def priority(
    ref: Ref,
    off: Annotated[bool, typer.Option("--off", help=N_("No longer before the others."))] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Set or take away priority."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.callbacks.callbacks import set_priority

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        line = callbacks.found(ref)
        line = desk.store.call_write(set_priority, line.id, not off, user=desk.user)
        callbacks.show(line, as_json=as_json)
