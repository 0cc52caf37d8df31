"""``deskapp hearing need``: what people need, what was decided, what is ready."""

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
    from deskapp.cli.hearing_lines import at_hearing
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import needing, parties, stored
    from deskapp.services.hearings.need_drafts import NeedDraft

    with at_hearing(Act.WORK_NEEDS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        known = at.desk.store.call_read(stored.read, at.hearing_id, user=at.desk.user)
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
        at.write(needing.add, draft, need_id=need_id)
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
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import needing
    from deskapp.services.hearings.needs import STATUS_LABELS, Status

    if status not in list(Status):
        raise CommandLineError(_("Use one of: {names}.").format(names=", ".join(Status)))
    with at_hearing(Act.WORK_NEEDS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        at.write(needing.decide, need, Status(status), by, event_id=new_id())
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
    from deskapp.cli.hearing_lines import at_hearing, say_done
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.hearings import needing
    from deskapp.services.hearings.day import READY_LABELS, Ready

    if state not in list(Ready):
        raise CommandLineError(_("Use one of: {names}.").format(names=", ".join(Ready)))
    with at_hearing(Act.RUN_HEARINGS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        at.write(needing.tick, need, Ready(state), reason, event_id=new_id())
    say_done(_(READY_LABELS[Ready(state)]))


@app.command("book", cls=Command, help=N_("Make the draft of the booking that a need asks for."))
def book(
    hearing: Hearing, need: Need, date: Day = "", passphrase_stdin: PassphraseStdin = False
) -> None:
    """Make the draft of a booking; its id is shown."""
    from deskapp.cli.hearing_lines import at_hearing
    from deskapp.cli.out import show
    from deskapp.roles import Act
    from deskapp.services.hearings import carrying, needs, stored
    from deskapp.services.hearings.flags import Does

    with at_hearing(Act.WORK_BOOKINGS, hearing, date, passphrase_stdin=passphrase_stdin) as at:
        read, user = at.desk.store.call_read, at.desk.user
        known = read(stored.read, at.hearing_id, user=user)
        line = read(needs.get, need, user=user)
        if line.does is not Does.BOOK:
            raise CommandLineError(_("This need asks for no booking."))
        show(at.desk.store.call_write(carrying.ask_for, at.acting, known, line))
