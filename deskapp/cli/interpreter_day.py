"""``deskapp interpreter arrive`` to ``sign-off``: the day of attendance without a screen."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.interpreter import Ref
from deskapp.cli.interpreter_moves import At, Verb, take
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

Identity = Annotated[
    str,
    typer.Option(
        metavar="card|register|photo|known|remote", help=N_("How the identity was checked.")
    ),
]
Fold = Annotated[
    str,
    typer.Option(metavar="first|second", help=N_("Which, where the clocks show a time twice.")),
]
Breaks = Annotated[str, typer.Option(metavar="TIMES", help=N_("Like 11:00-11:15, 13:00-14:00."))]
Agreed = Annotated[
    str,
    typer.Option("--agreed-by", metavar="NAME", help=N_("The interpreter who agrees to it.")),
]

app = typer.Typer(cls=Group, rich_markup_mode=None)


@app.command(cls=Command, help=N_("The interpreter is here, and who they are was checked."))
def arrive(
    ref: Ref,
    at: At = "",
    identity: Identity = "card",
    fold: Fold = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Record an arrival."""
    from deskapp.services.interpreters import attendance

    take(
        attendance.arrive,
        ref,
        at=at,
        identity=identity,
        fold=fold,
        as_json=as_json,
        passphrase_stdin=passphrase_stdin,
    )


@app.command("break", cls=Command, help=N_("A break begins, or the one that goes on ends."))
def take_break(
    ref: Ref, at: At = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Begin or end a break."""
    from deskapp.services.interpreters import attendance

    take(attendance.take_break, ref, at=at, as_json=as_json, passphrase_stdin=passphrase_stdin)


@app.command(cls=Command, help=N_("The interpreter may go, and is free from then on."))
def release(
    ref: Ref, at: At = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """Record a release."""
    from deskapp.services.interpreters import attendance

    take(attendance.release, ref, at=at, as_json=as_json, passphrase_stdin=passphrase_stdin)


def _signing(name: str, text: str, *, absent: bool) -> None:
    """Add a command that signs a timesheet."""

    @app.command(name, cls=Command, help=text)
    def command(
        ref: Ref,
        arrived: Annotated[str, typer.Option(metavar="TIME", help=N_("When they came."))] = "",
        released: Annotated[str, typer.Option(metavar="TIME", help=N_("When they could go."))] = "",
        breaks: Breaks = "",
        identity: Identity = "",
        fold: Fold = "",
        travel: Annotated[
            str, typer.Option(metavar="TEXT", help=N_("Travel as the interpreter claims it."))
        ] = "",
        comments: Annotated[str, typer.Option(metavar="TEXT", help=N_("Comments."))] = "",
        concern: Annotated[
            bool, typer.Option("--concern", help=N_("There is a concern about quality."))
        ] = False,
        agreed_by: Agreed = "",
        as_json: AsJson = False,
        passphrase_stdin: PassphraseStdin = False,
    ) -> None:
        from deskapp.services.interpreters import signing
        from deskapp.services.interpreters.sheet_drafts import SheetDraft

        draft = SheetDraft(
            arrived=arrived,
            released=released,
            fold=fold,
            breaks=breaks,
            identity=identity,
            travel_note=travel,
            comments=comments,
            concern="yes" if concern else "",
            acknowledged_by=agreed_by,
        )
        verb: Verb = signing.customer_absent if absent else signing.sign_off
        take(verb, ref, draft, as_json=as_json, passphrase_stdin=passphrase_stdin)


_signing(
    "sign-off",
    N_("Sign the timesheet; what is left out is taken from the booking, else now."),
    absent=False,
)
_signing(
    "customer-absent",
    N_("Who needed the interpreter did not come; they get a timesheet all the same."),
    absent=True,
)


@app.command(cls=Command, help=N_("The interpreter agrees to a timesheet that was signed before."))
def agree(
    ref: Ref,
    name: Annotated[str, typer.Argument(help=N_("Name of the interpreter."))],
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Record that the interpreter agrees."""
    from deskapp.services.interpreters import signing

    take(signing.acknowledge, ref, name, as_json=as_json, passphrase_stdin=passphrase_stdin)
