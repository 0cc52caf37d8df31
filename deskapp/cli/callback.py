"""``deskapp callback``: who is rung back, without a screen."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Ref = Annotated[
    str, typer.Argument(help=N_("Reference of the contact that promised it, like E-7KM-4X9-3CK."))
]
Wished = Annotated[
    str, typer.Option("--at", metavar="WHEN", help=N_("Day and time, like tomorrow 10 or 7 4 10."))
]
RingKind = Annotated[
    str,
    typer.Option("--kind", metavar="KIND", help=N_("within the half hour, or about this time.")),
]
CallReason = Annotated[
    str,
    typer.Option(
        "--reason", metavar="TEXT", help=N_("Why somebody is rung back who said not to be rung.")
    ),
]
OverReason = Annotated[
    str,
    typer.Option(
        "--over-reason",
        metavar="TEXT",
        help=N_("Why a team leader books a full half hour or a fourth try."),
    ),
]

app = typer.Typer(
    cls=Group,
    help=N_("Callbacks: who is rung back, when, and what became of it."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Book a callback for a saved contact, or book it again.\n\n"
        "Without --at it is the next free half hour."
    ),
)
def add(
    ref: Ref,
    at: Wished = "",
    kind: RingKind = "within",
    reason: CallReason = "",
    over_reason: OverReason = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Book a callback, or move the one there is."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        callbacks.show(callbacks.book(ref, at, kind, over_reason, reason), as_json=as_json)


@app.command("list", cls=Command, help=N_("List who is still to be rung back, or one day."))
def show_list(
    day: Annotated[
        str, typer.Option(metavar="DAY", help=N_("That day, with what became of each."))
    ] = "",
    crowded: Annotated[
        bool,
        typer.Option("--crowded", help=N_("Half hours that hold more than they may, instead.")),
    ] = False,
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List callbacks."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.listing import show_page
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import typed
    from deskapp.services.callbacks import callback_lines
    from deskapp.services.paging import Want

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        if crowded:
            callbacks.show_crowded(as_json=as_json)
            return
        wanted = typed.day(day, today=desk.clock.today()) if day else None
        want = Want(limit_rows=limit)
        page = desk.store.call_read(callback_lines.page, want, wanted, user=desk.user)
        show_page(
            page,
            lambda line: callbacks.show(line, as_json=as_json),
            empty=_("Nobody is to be rung back."),
        )


@app.command(cls=Command, help=N_("Show one callback with its tries."))
def show(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show one callback."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        callbacks.show_card(callbacks.found(ref).id, as_json=as_json)


@app.command(cls=Command, help=N_("Call a callback off; its half hour is free again."))
def cancel(
    ref: Ref,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why it is cancelled."))] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Cancel a callback."""
    from deskapp.cli.callback_desk import CallbackDesk
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.callbacks.callbacks import cancel as cancel_callback

    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        callbacks = CallbackDesk(desk)
        line = callbacks.found(ref)
        line = desk.store.call_write(cancel_callback, line.id, reason, user=desk.user)
        callbacks.show(line, as_json=as_json)
