"""``deskapp hearing board`` and what is recorded on the day: state, parties, jurors, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import CommandLineError
from deskapp.cli.hearing_lines import Day, Hearing, Site
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.services.hearings.board import BoardLine

BOARD = N_(
    "Show the board of a day: each hearing with what is ready of what it needs.\n\n"
    "LIST is one of: all, missing, risk (of the next working day), to_result, loose (bookings whose"
    " hearing is off or elsewhere)."
)
SHOW = N_("Show a hearing with everything that hangs on it.")
STATE = N_(
    "Change the state of a hearing on its day, or take the last step back.\n\n"
    "STATE is one of: parties_ready, called_on, in_progress, paused, finished, not_reached, back."
)
PARTY = N_(
    "Record whether a party is here.\n\n"
    "PRESENCE is one of: here, attended, did_not_attend, expected (taken back)."
)
JURORS = N_("Record how many jurors are here, and how many are needed.")
NOTE = N_("Add a note to the history of a hearing.")
LOOSE = "loose"


def board(
    which: Annotated[str, typer.Argument(metavar="[LIST]", help=N_("Which hearings."))] = "all",
    date: Annotated[
        str, typer.Option("--date", metavar="DAY", help=N_("Today, and of risk the next day."))
    ] = "",
    room: Annotated[str, typer.Option("--room", metavar="ROOM", help=N_("One room only."))] = "",
    need: Annotated[
        str,
        typer.Option("--need", metavar="CODE", help=N_("One need only: a flag, or interpreter.")),
    ] = "",
    site: Site = "",
    limit: Limit = 200,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show the board."""
    from deskapp.cli.hearing_lines import as_object, day_of, hearings_desk, site_key
    from deskapp.cli.listing import show_page
    from deskapp.cli.out import show, show_json
    from deskapp.roles import Act
    from deskapp.services.hearings import board as boards
    from deskapp.services.hearings import loose, rooms
    from deskapp.services.hearings.board import Narrow, Which
    from deskapp.services.paging import Want

    if which not in (*Which, LOOSE):
        message = _("There is no list {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=which, names=", ".join((*Which, LOOSE))))
    with hearings_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        where, read = site_key(desk, site), desk.store.call_read
        if which == LOOSE:
            for each in read(loose.page, acting, where):
                show_json(each._asdict()) if as_json else show(f"{each.booked}  {each.state}")
            return
        risk = acting.next_working_day(where)
        on = risk if which == Which.RISK and not date else day_of(desk, date)
        narrowed = Narrow(rooms.key_of(room), need)
        want = Want(limit_rows=limit)
        page = read(boards.page, want, acting, where, on, Which(which), narrowed=narrowed)

    def show_line(line: BoardLine) -> None:
        show_json(as_object(line)) if as_json else show(line.words)

    show_page(page, show_line, empty=_("No hearing is listed on this day."))


def show_one(
    hearing: Hearing,
    date: Day = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show a hearing."""
    from deskapp.cli.hearing_lines import as_object, at_hearing
    from deskapp.cli.out import show, show_json
    from deskapp.roles import Act
    from deskapp.services.hearings import record, text

    with at_hearing(Act.READ_HEARINGS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        found = at.read(record.read)
    if as_json:
        show_json({**as_object(found.line), **text.as_object(found)})
        return
    for line in text.lines(found):
        show(line)


def state(
    hearing: Hearing,
    to: Annotated[str, typer.Argument(metavar="STATE", help=N_("The next state, or back."))],
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Change the state."""
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import steps
    from deskapp.services.hearings.day import STATE_LABELS, State

    if to not in (*State, "back"):
        message = _("There is no state {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=to, names=", ".join((*State, "back"))))
    with at_hearing(Act.RUN_HEARINGS, hearing, passphrase_stdin=passphrase_stdin) as at:
        if to == "back":
            now = at.write(steps.back, event_id=new_id())
        else:
            now = at.write(steps.move, State(to), event_id=new_id())
    say_done(_(STATE_LABELS[now]))


def party(
    hearing: Hearing,
    name: Annotated[str, typer.Argument(metavar="PARTY", help=N_("Name as the list has it."))],
    presence: Annotated[str, typer.Argument(metavar="PRESENCE", help=N_("See above."))],
    channel: Annotated[
        str, typer.Option("--channel", metavar="CHANNEL", help=N_("Such as in_person or video."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Record whether a party is here."""
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import parties, steps
    from deskapp.services.hearings.day import PRESENCE_LABELS, Presence

    if presence not in list(Presence) or channel not in ("", *steps.CHANNELS):
        message = _("Use one of: {names}; with --channel one of: {channels}.")
        names, channels = ", ".join(Presence), ", ".join(steps.CHANNELS)
        raise CommandLineError(message.format(names=names, channels=channels))
    with at_hearing(Act.RUN_HEARINGS, hearing, passphrase_stdin=passphrase_stdin) as at:
        given = (parties.key_of(name), Presence(presence), channel)
        at.write(steps.attend, *given, event_id=new_id())
    say_done(_(PRESENCE_LABELS[Presence(presence)]))


def jurors(
    hearing: Hearing,
    numbers: Annotated[
        list[str], typer.Argument(metavar="HERE [NEEDED]", help=N_("Such as 11 12."))
    ],
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Record how many jurors are here."""
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import steps

    here, needed = steps.juror_numbers(" ".join(numbers))
    with at_hearing(Act.RUN_HEARINGS, hearing, passphrase_stdin=passphrase_stdin) as at:
        at.write(steps.jurors, here, needed, event_id=new_id())
    say_done(f"{here}/{needed}")


def note(
    hearing: Hearing,
    words: Annotated[str, typer.Option("--note", metavar="TEXT", help=N_("The note."))],
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Add a note."""
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import steps

    with at_hearing(Act.RUN_HEARINGS, hearing, passphrase_stdin=passphrase_stdin) as at:
        at.write(steps.note, words, event_id=new_id())
    say_done(_("Note"))
