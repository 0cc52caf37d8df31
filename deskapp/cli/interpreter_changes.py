"""``deskapp interpreter change``, ``replace``, ``second``, ``hearing``: what is asked for."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.interpreter import Ref, Set
from deskapp.cli.interpreter_moves import take
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_

app = typer.Typer(cls=Group, rich_markup_mode=None)


@app.command(
    cls=Command,
    help=N_("Change a booking before anybody has come; the interpreter must still be free."),
)
def change(
    ref: Ref,
    given: Set = None,
    travel_reason: Annotated[
        str, typer.Option("--travel-reason", metavar="TEXT", help=N_("Why it goes all the same."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Change a booking."""
    _rewritten(ref, given, travel_reason, as_json, passphrase_stdin, new=False)


@app.command(
    cls=Command,
    help=N_("Book again in place of one that came to nothing; --set changes what is different."),
)
def replace(
    ref: Ref,
    given: Set = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Replace a booking."""
    _rewritten(ref, given, "", as_json, passphrase_stdin, new=True)


def _rewritten(
    ref: str,
    given: list[str] | None,
    travel_reason: str,
    as_json: bool,
    passphrase_stdin: bool,
    *,
    new: bool,
) -> None:
    import dataclasses

    from deskapp.cli.interpreter_book import pairs
    from deskapp.cli.interpreter_lines import bookings_desk, show_line
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.interpreters import book, changing, filling, finding
    from deskapp.services.interpreters.draft_reading import LABELS

    values = pairs(given, LABELS.keys() - {"avoid", "hearings"})
    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        booking_id = desk.store.call_read(finding.id_of_ref, ref)
        read = filling.again if new else filling.as_draft
        draft = dataclasses.replace(desk.store.call_read(read, booking_id, acting), **values)
        if new:
            line = desk.store.call_write(book.book, acting, draft, booking_id=new_id())
        else:
            line = desk.store.call_write(
                changing.change,
                acting,
                booking_id,
                draft,
                event_id=new_id(),
                travel_reason=travel_reason,
            )
        show_line(line, acting, as_json=as_json)


@app.command(cls=Command, help=N_("Ask for one more person of a team, like this booking."))
def second(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Ask for a second person."""
    from deskapp.services.interpreters import book

    take(book.second, ref, as_json=as_json, passphrase_stdin=passphrase_stdin)


@app.command(cls=Command, help=N_("Add a hearing of that day to a booking, or take one off."))
def hearing(
    ref: Ref,
    case: Annotated[str, typer.Argument(help=N_("Case number of the hearing, or its id."))],
    off: Annotated[bool, typer.Option("--off", help=N_("Take it off."))] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Add or take off a hearing."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_line
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.interpreters import changing, filling, finding, lines

    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        booking_id = desk.store.call_read(finding.id_of_ref, ref)
        found = desk.store.call_read(lines.line, booking_id, user=desk.user)
        hearing_id = desk.store.call_read(
            filling.hearing_named, case, acting, day=found.day.isoformat()
        )
        verb = changing.take_off_hearing if off else changing.add_hearing
        line = desk.store.call_write(verb, acting, booking_id, hearing_id, event_id=new_id())
        show_line(line, acting, as_json=as_json)
