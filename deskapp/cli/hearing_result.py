"""``deskapp hearing result``, ``adjourn``, ``reasons``, ``close``, ``move``: how a day ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.hearing_lines import Day, Hearing
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

RESULT = N_(
    "Enter how a hearing ended: completed, adjourned or cancelled.\n\n"
    "--reason takes a code: hearing reasons lists them. A team leader corrects a result by"
    " entering it again with --why."
)
ADJOURN = N_(
    "Adjourn a hearing, to another day with --next.\n\n"
    "Needs follow by themselves, and the interpreter is asked for again unless --no-interpreter is"
    " given. The id of the next hearing is shown. For the reason no_interpreter say which booking"
    " failed: --booking ID --failed unfilled or supplier_did_not_attend, or --booking none."
)
REASONS = N_("List the codes of reasons: why a hearing is adjourned or cancelled.")
CLOSE = N_(
    "Close a day: every hearing has a result first.\n\n"
    "What was not reached is adjourned for want of time by that."
)
MOVE = N_("Carry a booking over from a hearing that is off or moved to another one of that day.")
Reason = Annotated[str, typer.Option("--reason", metavar="CODE", help=N_("Why."))]
Words = Annotated[str, typer.Option("--text", metavar="TEXT", help=N_("More about the reason."))]
Started = Annotated[str, typer.Option("--started", metavar="TIME", help=N_("Like 10:05."))]
Ended = Annotated[str, typer.Option("--ended", metavar="TIME", help=N_("Like 11:40."))]
Pauses = Annotated[
    str, typer.Option("--pauses", metavar="TIMES", help=N_("Like 11:00-11:15, 13:00-14:05."))
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help=N_("Why it is corrected."))]
_OPTIONS = {
    "reason": "--reason", "reason_text": "--text", "start": "--started",
    "end": "--ended", "pauses": "--pauses", "why": "--why", "next_on": "--next",
    "next_at": "--at", "next_room": "--room", "next_minutes": "--minutes",
    "booking": "--booking", "booking_outcome": "--failed",
}  # fmt: skip
"""Options that put the fields of a result right."""


def result(
    hearing: Hearing,
    outcome: Annotated[str, typer.Argument(metavar="RESULT", help=N_("How it ended."))],
    reason: Reason = "",
    words: Words = "",
    started: Started = "",
    ended: Ended = "",
    pauses: Pauses = "",
    why: Why = "",
    date: Day = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Enter a result."""
    values = {
        "result": outcome, "reason": reason, "reason_text": words, "start": started,
        "end": ended, "pauses": pauses, "why": why,
    }  # fmt: skip
    _give(hearing, date, values, passphrase_stdin=passphrase_stdin)


def adjourn(
    hearing: Hearing,
    reason: Reason,
    words: Words = "",
    started: Started = "",
    ended: Ended = "",
    pauses: Pauses = "",
    next_on: Annotated[
        str, typer.Option("--next", metavar="DAY", help=N_("The day on which it goes on."))
    ] = "",
    next_at: Annotated[str, typer.Option("--at", metavar="TIME", help=N_("When then."))] = "",
    room: Annotated[str, typer.Option("--room", metavar="ROOM", help=N_("Where then."))] = "",
    minutes: Annotated[
        str, typer.Option("--minutes", metavar="NUMBER", help=N_("How long; as here without."))
    ] = "",
    no_interpreter: Annotated[
        bool, typer.Option("--no-interpreter", help=N_("Ask for no interpreter then."))
    ] = False,
    booking: Annotated[
        str, typer.Option("--booking", metavar="ID", help=N_("Which booking failed, or none."))
    ] = "",
    failed: Annotated[
        str, typer.Option("--failed", metavar="OUTCOME", help=N_("What became of it."))
    ] = "",
    why: Why = "",
    date: Day = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Adjourn a hearing."""
    values = {
        "result": "adjourned", "reason": reason, "reason_text": words, "start": started,
        "end": ended, "pauses": pauses, "next_on": next_on, "next_at": next_at,
        "next_room": room, "next_minutes": minutes, "carry": "no" if no_interpreter else "yes",
        "booking": booking, "booking_outcome": failed, "why": why,
    }  # fmt: skip
    _give(hearing, date, values, passphrase_stdin=passphrase_stdin)


def _give(hearing: str, date: str, values: Mapping[str, str], *, passphrase_stdin: bool) -> None:
    """Enter a result; the times that the day recorded stand where none are given."""
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.cli.options import at_options
    from deskapp.cli.out import show, tell
    from deskapp.data.ids import new_id
    from deskapp.errors import FormProblemsError
    from deskapp.roles import Act
    from deskapp.services.hearings import resulting

    with at_hearing(Act.RUN_HEARINGS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        first = at.read(resulting.first_values)
        recorded = {name: first.get(name, "") for name in ("start", "end", "pauses", "next_room")}
        given = {**recorded, **{name: value for name, value in values.items() if value}}
        try:
            done = at.write(resulting.give, given, event_id=new_id())
        except FormProblemsError as error:
            raise at_options(error, _OPTIONS) from error
    for warning in done.warnings:
        tell(warning)
    if done.next_id:
        show(done.next_id)
    say_done(_("Hearing result"))


def reasons(as_json: AsJson = False) -> None:
    """List the reasons."""
    from deskapp.cli.out import show, show_json
    from deskapp.services.hearings.results import OUTCOME_LABELS, REASONS

    for outcome, known in REASONS.items():
        for code, label in known.items():
            if as_json:
                show_json({"result": outcome.value, "code": code, "label": _(label)})
            else:
                show(f"{_(OUTCOME_LABELS[outcome])}  {code}  {_(label)}")


def close(date: Day = "", passphrase_stdin: PassphraseStdin = False) -> None:
    """Close a day."""
    from deskapp.cli.hearing_lines import day_of, hearings_desk
    from deskapp.cli.out import tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import closing

    with hearings_desk(Act.MANAGE_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        given = (desk.user.site, day_of(desk, date))
        count = desk.store.call_write(closing.close, acting, *given, event_id=new_id())
    told = ngettext(
        "The day is closed; {count} hearing was adjourned by that.",
        "The day is closed; {count} hearings were adjourned by that.",
        count,
    )
    tell(told.format(count=count))


def move(
    booking: Annotated[str, typer.Argument(metavar="BOOKING", help=N_("Id of the booking."))],
    from_hearing: Annotated[
        str, typer.Argument(metavar="FROM", help=N_("Id of the hearing it hangs on."))
    ],
    to_hearing: Annotated[
        str, typer.Argument(metavar="TO", help=N_("Id of the hearing it is for from now on."))
    ],
    travel_reason: Annotated[
        str, typer.Option("--travel-reason", metavar="TEXT", help=N_("Why despite the way."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Carry a booking over."""
    from deskapp.cli.hearing_lines import hearings_desk, say_done
    from deskapp.errors import NotFoundError
    from deskapp.roles import Act
    from deskapp.services.hearings import carrying

    with hearings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        line = desk.store.call_read(
            carrying.loose_line, acting, desk.user.site, booking, from_hearing
        )
        if line is None:
            raise NotFoundError(_("This booking does not hang loose at that hearing."))
        desk.store.call_write(carrying.move, acting, line, to_hearing, travel_reason=travel_reason)
    say_done(_("carried over"))
