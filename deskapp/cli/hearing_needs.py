"""``deskapp hearing need`` and ``room``: what people need, and what rooms have."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.hearing_lines import Day, Hearing
from deskapp.cli.options import AsJson
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Need = Annotated[str, typer.Argument(metavar="NEED", help=N_("Id of the need, as show has it."))]

app = typer.Typer(
    cls=Group,
    help=N_("Support needs: find a flag, enter a need, decide, say what is ready, book."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
room_app = typer.Typer(
    cls=Group,
    help=N_("Hearing rooms: what is in them."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("flags", cls=Command, help=N_("Find the code of a need by words in either language."))
def flags(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help=N_("Such as screen."))],
    as_json: AsJson = False,
) -> int:
    """Find flags."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.errors import Exit
    from deskapp.services.hearings import flags as listed

    found = listed.find(" ".join(words))
    for flag in found:
        if as_json:
            show_json({"code": flag.code, "label": flag.label, "action": flag.action})
        else:
            show(f"{flag.code}  {flag.label}")
    if not found:
        tell(_("Nothing found."))
    return Exit.OK if found else Exit.DIFFERENT


@app.command("add", cls=Command, help=N_("Enter what somebody needs; its id is shown."))
def add(
    hearing: Hearing,
    flag: Annotated[str, typer.Option("--flag", metavar="CODE", help=N_("As flags finds it."))],
    who: Annotated[
        str, typer.Option("--who", metavar="PARTY", help=N_("Name as listed; the case without."))
    ] = "",
    comment: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help=N_("What is needed."))
    ] = "",
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help=N_("Of an interpreter."))
    ] = "",
    other_language: Annotated[
        str, typer.Option("--other-language", metavar="TEXT", help=N_("If no list has it."))
    ] = "",
    value: Annotated[
        str, typer.Option("--value", metavar="TEXT", help=N_("Size, colour, or what else."))
    ] = "",
    named: Annotated[
        str, typer.Option("--screened-from", metavar="NAMES", help=N_("Between commas."))
    ] = "",
    person: Annotated[
        str, typer.Option("--person", metavar="ID", help=N_("Id of the person's record."))
    ] = "",
    requested_by: Annotated[
        str, typer.Option("--asked-by", metavar="TEXT", help=N_("Who asked for it."))
    ] = "",
    date: Day = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Enter a need."""
    from deskapp.cli.hearing_lines import hearing_id, hearings_desk
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import needing, parties, stored
    from deskapp.services.hearings.need_drafts import NeedDraft

    with hearings_desk(Act.WORK_NEEDS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = hearing_id(desk, acting, hearing, date)
        known = desk.store.call_read(stored.read, found, user=desk.user)
        key = parties.key_of(who)
        party = next((each for each in known.parties if each.key == key), None)
        if who and party is None:
            listed = ", ".join(each.name for each in known.parties)
            message = _("No such party takes part in this hearing. These do: {names}.")
            raise CommandLineError(message.format(names=listed))
        given = {
            "flag": flag, "comment": comment, "language_code": language,
            "other_language": other_language, "value": value, "named": named,
            "person_id": person, "requested_by": requested_by, "party_key": key,
            "party_name": party.name if party else "", "party_role": party.role if party else "",
        }  # fmt: skip
        draft, need_id = NeedDraft.of_values(given), new_id()
        desk.store.call_write(needing.add, acting, found, draft, need_id=need_id)
    show(need_id)


@app.command(
    "decide",
    cls=Command,
    help=N_(
        "Write down what was decided on a need.\n\n"
        "STATUS is one of: Active, Not approved, Inactive. What the judge decides, you only write"
        " down: say who decided."
    ),
)
def decide(
    hearing: Hearing,
    need: Need,
    status: Annotated[str, typer.Argument(metavar="STATUS", help=N_("The new status."))],
    by: Annotated[str, typer.Option("--by", metavar="TEXT", help=N_("Who decided, or why."))],
    date: Day = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Decide on a need."""
    from deskapp.cli.hearing_lines import hearing_id, hearings_desk, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import needing
    from deskapp.services.hearings.needs import STATUS_LABELS, Status

    if status not in list(Status):
        raise CommandLineError(_("Use one of: {names}.").format(names=", ".join(Status)))
    with hearings_desk(Act.WORK_NEEDS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = hearing_id(desk, acting, hearing, date)
        given = (found, need, Status(status), by)
        desk.store.call_write(needing.decide, acting, *given, event_id=new_id())
    say_done(_(STATUS_LABELS[Status(status)]))


@app.command(
    "tick",
    cls=Command,
    help=N_(
        "Say what was done about a need for this hearing.\n\n"
        "STATE is one of: todo, arranged, ready, provided, not_provided (with --reason)."
    ),
)
def tick(
    hearing: Hearing,
    need: Need,
    state: Annotated[str, typer.Argument(metavar="STATE", help=N_("What was done."))],
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help=N_("Why it was not provided."))
    ] = "",
    date: Day = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Tick a need."""
    from deskapp.cli.hearing_lines import hearing_id, hearings_desk, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import needing
    from deskapp.services.hearings.day import READY_LABELS, Ready

    if state not in list(Ready):
        raise CommandLineError(_("Use one of: {names}.").format(names=", ".join(Ready)))
    with hearings_desk(Act.RUN_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = hearing_id(desk, acting, hearing, date)
        given = (found, need, Ready(state), reason)
        desk.store.call_write(needing.tick, acting, *given, event_id=new_id())
    say_done(_(READY_LABELS[Ready(state)]))


@app.command("book", cls=Command, help=N_("Make the draft of the booking that a need asks for."))
def book(
    hearing: Hearing, need: Need, date: Day = "", passphrase_stdin: PassphraseStdin = False
) -> None:
    """Make the draft of a booking; its id is shown."""
    from deskapp.cli.hearing_lines import hearing_id, hearings_desk
    from deskapp.cli.out import show
    from deskapp.roles import Act
    from deskapp.services.hearings import carrying, needs, stored
    from deskapp.services.hearings.flags import Does

    with hearings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        read = desk.store.call_read
        found = hearing_id(desk, acting, hearing, date)
        known = read(stored.read, found, user=desk.user)
        line = read(needs.get, need, user=desk.user)
        if line.does is not Does.BOOK:
            raise CommandLineError(_("This need asks for no booking."))
        show(desk.store.call_write(carrying.ask_for, acting, known, line))


@room_app.command("list", cls=Command, help=N_("List the rooms of your court around a day."))
def list_rooms(
    date: Day = "", as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List rooms."""
    import datetime as dt

    from deskapp.cli.hearing_lines import day_of, hearings_desk
    from deskapp.cli.out import show, show_json
    from deskapp.roles import Act
    from deskapp.services.hearings import rooms

    with hearings_desk(Act.READ_HEARINGS, passphrase_stdin=passphrase_stdin) as (desk, _acting):
        on, near = day_of(desk, date), dt.timedelta(days=14)
        days = (on - near).isoformat(), (on + near).isoformat()
        found = desk.store.call_read(rooms.listed, desk.user.site, *days, user=desk.user)
    for room in found:
        if as_json:
            known = None if room.facilities is None else sorted(room.facilities)
            show_json({"name": room.name, "facilities": known})
        else:
            show(f"{room.name}: {room.words}")


@room_app.command("set", cls=Command, help=N_("Say what is in a room; it replaces what was said."))
def set_room(
    name: Annotated[str, typer.Argument(metavar="ROOM", help=N_("As lists name it."))],
    codes: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE]...", help=N_("Such as AF-WS step_free."))
    ] = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Say what is in a room."""
    from deskapp.cli.hearing_lines import hearings_desk, say_done
    from deskapp.roles import Act
    from deskapp.services.hearings import rooms
    from deskapp.text import one_line

    with hearings_desk(Act.WORK_NEEDS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        desk.store.call_write(rooms.equip, acting, desk.user.site, name, codes or [])
    say_done(one_line(name))
