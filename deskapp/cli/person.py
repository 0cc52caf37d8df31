"""``deskapp person``: who was in contact, how to reach them, which records are the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk

app = typer.Typer(
    cls=Group,
    help=N_("Persons: find and show them, link records of one person, how to reach them."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

PersonId = Annotated[
    str, typer.Argument(metavar="PERSON", help=N_("Id of the person, as person find lists it."))
]
OtherId = Annotated[
    str, typer.Argument(metavar="OTHER", help=N_("Id of the other record of the same person."))
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=N_("Why; kept with your name."))
]
Answer = Annotated[
    str | None, typer.Option(metavar="yes|no|not-asked", help=N_("What the person said."))
]
NOT_ASKED = "not-asked"


@app.command(
    cls=Command,
    help=N_(
        "Find persons by name, phone number, email or postcode: three letters or more.\n\n"
        "Exit 1 when nobody is found."
    ),
)
def find(
    words: Annotated[list[str], typer.Argument(help=N_("What is known of the person."))],
    limit: Limit = 20,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Find persons."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.person_lines import line_json
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.persons import person_card, persons

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        found = desk.store.call_read(
            persons.find, " ".join(words), user=desk.user, limit_rows=limit
        )
    for line in found:
        if as_json:
            show_json(line_json(line))
        else:
            show(f"{line.id}  {person_card.name_and_hint(line)}")
    if not found:
        tell(_("Nobody was found. Give three letters or more."))
        return Exit.DIFFERENT
    return Exit.OK


@app.command(
    cls=Command,
    help=N_(
        "Show a person: markers, how to reach them, linked records, who may be the same.\n\n"
        "Where the person must not be rung the number is hidden; --reason-to-call shows it and is"
        " kept. A confidential address is never shown."
    ),
)
def show(
    person_id: PersonId,
    reason_to_call: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=N_("Why the hidden number must be seen.")),
    ] = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show a person."""
    from deskapp.cli import out
    from deskapp.cli.person_lines import card_json, card_text
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.persons import person_card, person_details

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        _known(desk, person_id)
        number = ""
        if reason_to_call is not None:
            number = desk.store.call_write(
                person_details.number_to_call,
                person_id,
                reason_to_call,
                now=desk.clock.now(),
                user=desk.user,
            )
        today = desk.clock.today()
        card = desk.store.call_read(person_card.of, person_id, today=today, user=desk.user)
    if as_json:
        out.show_json({**card_json(card, today), **({"phone": number} if number else {})})
        return
    for text in card_text(card):
        out.show(text)
    if number:
        out.show(_("Phone: {number}").format(number=number))


@app.command(cls=Command, help=N_("Say that two records are the same person; nothing is merged."))
def link(
    person_id: PersonId,
    other_id: OtherId,
    reason: Reason,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Link two persons."""
    _link(person_id, other_id, reason, undo=False, passphrase_stdin=passphrase_stdin)


@app.command(cls=Command, help=N_("Take a link back: it is another person after all."))
def unlink(
    person_id: PersonId,
    other_id: OtherId,
    reason: Reason,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Unlink two persons."""
    _link(person_id, other_id, reason, undo=True, passphrase_stdin=passphrase_stdin)


def _link(
    person_id: str, other_id: str, reason: str, *, undo: bool, passphrase_stdin: bool
) -> None:
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.persons import person_links

    verb = person_links.unlink if undo else person_links.link
    with open_desk(Act.WORK_PERSONS, passphrase_stdin=passphrase_stdin) as desk:
        for each in (person_id, other_id):
            _known(desk, each)
        now = desk.clock.now()
        desk.store.call_write(verb, person_id, other_id, reason, now=now, user=desk.user)
    tell(_("Unlinked") if undo else _("Linked"))


@app.command(
    "safe-contact",
    cls=Command,
    help=N_(
        "Show how a person may be reached, or keep what they said.\n\n"
        "Without an option nothing is changed. The code word is never shown here."
    ),
)
def safe(
    person_id: PersonId,
    call: Answer = None,
    message: Answer = None,
    say_hmcts: Answer = None,
    email: Answer = None,
    post: Answer = None,
    times: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("When it is safe, in their words."))
    ] = None,
    code_word: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("A word that says who it is."))
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help=N_("A note."))] = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Show or keep how a person may be reached."""

    from deskapp.cli import out
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import FormProblemsError
    from deskapp.roles import Act
    from deskapp.services.persons import safe_contact

    said = {
        "ok_to_call": call,
        "ok_to_leave_message": message,
        "ok_to_say_hmcts": say_hmcts,
        "ok_to_email": email,
        "ok_to_post": post,
        "times": times,
        "code_word": code_word,
        "note": note,
    }
    given = {name: _answer(name, text) for name, text in said.items() if text}
    act = Act.WORK_PERSONS if given else Act.READ_CONTACTS
    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        _known(desk, person_id)
        before = desk.store.call_read(safe_contact.answers, person_id, user=desk.user)
        if given:
            answers = before._replace(**given)
            if found := safe_contact.problems(answers):
                at_options = [each._replace(field=_option(each.field)) for each in found]
                raise FormProblemsError(at_options)
            desk.store.call_write(safe_contact.save, person_id, answers, user=desk.user)
        line = desk.store.call_read(safe_contact.line_for, person_id, user=desk.user)
    out.show_json(line._asdict()) if as_json else out.show(line.words)


def _known(desk: Desk, person_id: str) -> None:
    """Make sure that there is a person with this id.

    Raises:
        NotFoundError: If not; it may be a name, and says how to find the id.
    """
    from deskapp.errors import NotFoundError
    from deskapp.services.persons import persons

    try:
        desk.store.call_read(persons.get, person_id, user=desk.user)
    except NotFoundError as error:
        find = _("A person is named by their id: deskapp person find NAME lists it.")
        raise NotFoundError(f"{error} {find}") from error


def _answer(name: str, text: str) -> str:
    """An answer as it is kept; yes and no in either language, the texts as they are."""
    from deskapp.services import typed
    from deskapp.services.persons import safe_contact

    if name not in safe_contact.ANSWERS:
        return text
    if text in (NOT_ASKED, _(safe_contact.ANSWER_LABELS[safe_contact.NOT_ASKED])):
        return safe_contact.NOT_ASKED
    try:
        return safe_contact.YES if typed.yes_no(text) else safe_contact.NO
    except typed.NotUnderstoodError:
        return text  # told with the other problems, at its option


def _option(field: str) -> str:
    """The option that a field of the form is given with."""
    name = field.removeprefix("ok_to_").removeprefix("leave_")
    return f"--{name.replace('_', '-')}"
