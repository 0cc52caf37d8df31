"""``deskapp interpreter send`` to ``correct``: one command for every step of a booking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.interpreter import Ref
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=N_("Why, in words."))]
TheirRef = Annotated[
    str, typer.Option("--supplier-ref", metavar="REF", help=N_("The supplier's reference."))
]
At = Annotated[str, typer.Option("--at", metavar="TIME", help=N_("Local time; now when left out."))]
Verb = Callable[..., Any]

app = typer.Typer(cls=Group, rich_markup_mode=None)


def take(
    verb: Verb, ref: str, *given: object, as_json: bool, passphrase_stdin: bool, **named: object
) -> None:
    """Make one step of the booking ``ref`` and show how it stands."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_line
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.interpreters import finding

    with bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        booking_id = desk.store.call_read(finding.id_of_ref, ref)
        line = desk.store.call_write(verb, acting, booking_id, *given, event_id=new_id(), **named)
        show_line(line, acting, as_json=as_json)


@app.command(cls=Command, help=N_("Send a draft to the supplier: from now on it is asked for."))
def send(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Send a draft."""
    from deskapp.services.interpreters import act

    take(act.send, ref, as_json=as_json, passphrase_stdin=passphrase_stdin)


@app.command(
    cls=Command,
    help=N_(
        "Enter who comes, as the supplier says.\n\n"
        "INTERPRETER is a name or a registration of the register. Somebody who is booked or away"
        " then is refused, with other times and people."
    ),
)
def assign(
    ref: Ref,
    interpreter: Annotated[str, typer.Argument(help=N_("Name or registration."))],
    supplier_ref: TheirRef = "",
    travel_reason: Annotated[
        str,
        typer.Option(
            "--travel-reason",
            metavar="TEXT",
            help=N_("Why it is entered though there is too little time to get there."),
        ),
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Enter the interpreter."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_line
    from deskapp.cli.options import at_options
    from deskapp.cli.out import tell
    from deskapp.data.ids import new_id
    from deskapp.errors import FormProblemsError
    from deskapp.roles import Act
    from deskapp.services.interpreters import assigning, finding, record, register

    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        booking_id = desk.store.call_read(finding.id_of_ref, ref)
        named = desk.store.call_read(register.named, interpreter, user=desk.user)
        try:
            line = desk.store.call_write(
                assigning.assign,
                acting,
                booking_id,
                named.id,
                event_id=new_id(),
                supplier_ref=supplier_ref,
                travel_reason=travel_reason,
            )
        except FormProblemsError as error:
            raise at_options(error, {"travel_reason": "--travel-reason"}) from error
        for caution in desk.store.call_read(record.record, booking_id, acting).cautions:
            tell(_(assigning.CAUTION_WORDS[caution]))
        show_line(line, acting, as_json=as_json)


@app.command(cls=Command, help=N_("The interpreter is confirmed."))
def confirm(
    ref: Ref,
    supplier_ref: TheirRef = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Confirm."""
    from deskapp.services.interpreters import act

    take(
        act.confirm,
        ref,
        supplier_ref=supplier_ref,
        as_json=as_json,
        passphrase_stdin=passphrase_stdin,
    )


@app.command(
    cls=Command,
    help=N_(
        "Cancel a booking.\n\n"
        "CAUSE is one of: settled, adjourned, vacated, listed_in_error, not_needed,"
        " wrong_language, remote, duplicate, other; other needs --reason. How late it is is kept,"
        " never an amount."
    ),
)
def cancel(
    ref: Ref,
    cause: Annotated[str, typer.Argument(help=N_("Why it is cancelled."))],
    reason: Reason = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Cancel."""
    from deskapp.services.interpreters import act

    take(act.cancel, ref, cause, reason, as_json=as_json, passphrase_stdin=passphrase_stdin)


def _reasoned(name: str, text: str, module: str, verb: str) -> None:
    """Add a command that takes a reference and a reason."""

    @app.command(name, cls=Command, help=text)
    def command(
        ref: Ref,
        reason: Reason = "",
        as_json: AsJson = False,
        passphrase_stdin: PassphraseStdin = False,
    ) -> None:
        from importlib import import_module

        found = getattr(import_module(f"deskapp.services.interpreters.{module}"), verb)
        take(found, ref, reason, as_json=as_json, passphrase_stdin=passphrase_stdin)


_reasoned("cannot-fill", N_("The supplier has nobody."), "act", "cannot_fill")
_reasoned("withdraw", N_("The supplier takes the interpreter back."), "act", "withdraw")
_reasoned("reopen", N_("Ask again for what could not be filled."), "act", "reopen")
_reasoned("no-show", N_("Nobody came."), "act", "no_show")
_reasoned(
    "decide",
    N_("A team leader has looked at a double booking: say what was agreed."),
    "act",
    "decide_conflict",
)
_reasoned(
    "correct",
    N_("Open a signed timesheet again; a team leader says why, the old one is kept."),
    "signing",
    "correct",
)
