"""``deskapp enquiry add``: take a contact in line mode, or log one from a script."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from deskapp.cli.options import CardNumber
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

HELP = N_(
    "Take a contact, and show its reference.\n\n"
    "On a terminal it asks for what is missing, one question a line: ? lists the choices, an empty"
    " line skips. What is typed is kept as a parked contact until it is saved. Elsewhere, and with"
    " --no-questions, everything that must be put right is told at once, and the exit code is 65."
)


def add(
    ctx: typer.Context,
    topic: Annotated[
        str, typer.Option(metavar="TOPIC", help=N_("What it is about: a code or words."))
    ] = "",
    person_name: Annotated[
        str, typer.Option("--person", metavar="NAME", help=N_("Full name, when it was given."))
    ] = "",
    person_id: Annotated[
        str,
        typer.Option(
            metavar="ID", help=N_("Link this known person; enquiry show --json has the id.")
        ),
    ] = "",
    phone: Annotated[str, typer.Option(metavar="NUMBER", help=N_("Phone number."))] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help=N_("Email address."))] = "",
    postcode: Annotated[str, typer.Option(metavar="POSTCODE", help=N_("Postcode."))] = "",
    case_ref: Annotated[
        str, typer.Option("--case", metavar="REFERENCE", help=N_("Case reference, as it was said."))
    ] = "",
    question: Annotated[
        str, typer.Option("--asked", metavar="TEXT", help=N_("What was asked."))
    ] = "",
    answer: Annotated[str, typer.Option("--said", metavar="TEXT", help=N_("What was said."))] = "",
    user_type: Annotated[
        str,
        typer.Option("--who", metavar="WHO", help=N_("Who they are to the case: a code or words.")),
    ] = "",
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help=N_("How they reached the desk: a code or words."))
    ] = "",
    checked: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            help=N_("Kind of detail that matched, never the answer; repeatable."),
        ),
    ] = None,
    not_matched: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help=N_("Kind of detail that did not match; repeatable.")),
    ] = None,
    need: Annotated[
        list[str] | None,
        typer.Option(metavar="NEED", help=N_("What the person needs, or none_stated; repeatable.")),
    ] = None,
    need_language: Annotated[
        str, typer.Option(metavar="LANGUAGE", help=N_("Language of the interpreter needed."))
    ] = "",
    acting_for: Annotated[
        str, typer.Option("--for", metavar="NAME", help=N_("Who a third party speaks for."))
    ] = "",
    authority: Annotated[
        str, typer.Option(metavar="AUTHORITY", help=N_("By what authority: a code or words."))
    ] = "",
    language: Annotated[
        str,
        typer.Option(
            "--service-language",
            metavar="LANGUAGE",
            help=N_("Language of this service: en, cy or both."),
        ),
    ] = "",
    dissatisfied: Annotated[
        str, typer.Option(metavar="HOW", help=N_("How unhappy: none, minor or major."))
    ] = "",
    dissatisfied_about: Annotated[
        str,
        typer.Option("--about", metavar="CATEGORY", help=N_("What the person was unhappy about.")),
    ] = "",
    jurisdiction: Annotated[
        str, typer.Option(metavar="JURISDICTION", help=N_("Jurisdiction: a code or words."))
    ] = "",
    subtopic: Annotated[
        str, typer.Option(metavar="SUBTOPIC", help=N_("Finer topic: its code."))
    ] = "",
    repeat_ref: Annotated[
        str | None,
        typer.Option(
            "--repeat-of",
            metavar="REF",
            help=N_("Contact that this repeats; found by itself, empty for none."),
        ),
    ] = None,
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
    questions: Annotated[
        bool, typer.Option("--questions/--no-questions", help=N_("Ask for what is missing."))
    ] = True,
    as_json: Annotated[
        bool, typer.Option("--json", help=N_("For programs: one JSON document."))
    ] = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Take a contact."""
    from deskapp.cli.call import GIVEN
    from deskapp.cli.call_taking import TakenCall
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act

    # The parameters are named as the fields of the form, so that they stand here once.
    given = {name: text for name, text in ctx.params.items() if name in GIVEN and text is not None}
    with open_desk(Act.TAKE_CONTACT, passphrase_stdin=passphrase_stdin) as desk:
        call = TakenCall(desk, card_number)
        call.give(given, added or [])
        call.give_ticks(checked or [], not_matched or [], need or [])
        line = call.taken() if questions and sys.stdin.isatty() else call.logged()
    if as_json:
        show_json({"ref": line.ref, "id": line.id})
    else:
        show(line.ref)
    tell(_("Saved."))
