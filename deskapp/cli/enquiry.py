"""``deskapp enquiry``: contacts without a screen: list, find, show, add a note."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, CardNumber, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk
    from deskapp.services.enquiries.contact_line import ContactLine
    from deskapp.services.paging import Page

PAGE_ROWS = 200

Ref = Annotated[str, typer.Argument(help=N_("Reference of the contact, like E-7KM-4X9-3CK."))]

app = typer.Typer(
    cls=Group,
    help=N_("Contacts: take one, list, find and show them, add a note."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", cls=Command, help=N_("List contacts, the newest first."))
def show_list(
    limit: Limit = 20,
    after: Annotated[
        str | None, typer.Option(metavar="REF", help=N_("Go on behind this contact."))
    ] = None,
    person: Annotated[
        str, typer.Option(metavar="PERSON", help=N_("Only those of this person, by their id."))
    ] = "",
    case: Annotated[
        str, typer.Option(metavar="REFERENCE", help=N_("Only those about this case."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List contacts."""
    from deskapp.cli.enquiry_lines import show_lines
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services.enquiries import contact_lines

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        place: tuple[str | int, ...] = ()
        if after:
            contact_id = desk.store.call_read(contact_lines.id_of_ref, after)
            line = desk.store.call_read(contact_lines.line, contact_id, user=desk.user)
            place = line.place
        read: Callable[..., Page[ContactLine]] = contact_lines.page
        if person:
            read = partial(contact_lines.of_person, person_id=person)
        elif case:
            read = partial(contact_lines.of_case, case_ref=case)
        last = show_lines(_lines(desk, read, limit + 1, place), limit, as_json=as_json)
        if last is None:
            tell(_("There are no contacts."))
        elif last:
            tell(_("There are more. Go on with --after {ref}.").format(ref=last))


@app.command(
    cls=Command,
    help=N_(
        "Find contacts that hold every word, the newest first.\n\n"
        "Words may be cut short. Names, case references, questions, answers and references are"
        " searched. Exit 1 when nothing is found."
    ),
)
def find(
    words: Annotated[list[str], typer.Argument(help=N_("Words, a reference or a case number."))],
    limit: Limit = 20,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> int:
    """Find contacts."""
    from deskapp.cli.enquiry_lines import show_lines
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.errors import Exit
    from deskapp.roles import Act
    from deskapp.services.enquiries import contact_lines

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        read = partial(contact_lines.page, words=" ".join(words))
        last = show_lines(_lines(desk, read, limit + 1), limit, as_json=as_json)
    if last is None:
        tell(_("No contact was found."))
        return Exit.DIFFERENT
    if last:
        tell(_("There are more. Use more words or a larger --limit."))
    return Exit.OK


@app.command(cls=Command, help=N_("Show one contact with its history."))
def show(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show one contact."""
    from deskapp.cli import out
    from deskapp.cli.enquiry_lines import card, promise_json, record_json, show_history
    from deskapp.cli.unlock import open_desk
    from deskapp.roles import Act
    from deskapp.services import follow_ups, kinds
    from deskapp.services.enquiries import contact_lines

    with open_desk(Act.READ_CONTACTS, passphrase_stdin=passphrase_stdin) as desk:
        contact_id = desk.store.call_read(contact_lines.id_of_ref, ref)
        record = desk.store.call_read(contact_lines.record, contact_id, user=desk.user)
        promised = desk.store.call_read(
            follow_ups.of_record, kinds.CONTACT, contact_id, user=desk.user
        )
    if as_json:
        listed = [promise_json(line) for line in promised]
        out.show_json({**record_json(record), "follow_ups": listed})
        return
    for label, value in card(record):
        if value:
            out.show(f"{label}: {value}")
    show_history(record, promised)


@app.command(
    cls=Command,
    help=N_(
        "Add a note to a saved contact; what was saved first stays.\n\n"
        "Without TEXT it is asked for on a terminal, or read from stdin."
    ),
)
def note(
    ref: Ref,
    text: Annotated[str | None, typer.Argument(help=N_("The note."))] = None,
    card_number: CardNumber = None,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Add a note."""
    from deskapp.cli import addresses
    from deskapp.cli.ask import ask
    from deskapp.cli.card_numbers import settled
    from deskapp.cli.out import tell
    from deskapp.cli.unlock import open_desk
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.enquiries import contact_lines, contacts
    from deskapp.services.persons import withheld

    with open_desk(Act.ADD_NOTE, passphrase_stdin=passphrase_stdin) as desk:
        contact_id = desk.store.call_read(contact_lines.id_of_ref, ref)
        if text is None:
            text = ask(_("Note")) if sys.stdin.isatty() else sys.stdin.read()
        values = settled({"note": text}, ["note"], card_number)
        desk.store.call_write(
            contacts.add_note,
            new_id(),
            contact_id,
            values["note"],
            now=desk.clock.now(),
            user=desk.user,
        )
        found = desk.store.call_read(contact_lines.record, contact_id, user=desk.user)
        cover = desk.store.call_read(withheld.cover_about, found.about)
    tell(_("The note is saved."))
    addresses.warn(cover, values.values())


def _lines(
    desk: Desk,
    read: Callable[..., Page[ContactLine]],
    limit: int,
    place: tuple[str | int, ...] = (),
) -> Iterator[ContactLine]:
    """At most ``limit`` contacts, read page by page."""
    from deskapp.services.paging import Want

    while limit > 0:
        want = Want(place, limit_rows=min(limit, PAGE_ROWS))
        page = desk.store.call_read(read, want, user=desk.user)
        yield from page.lines
        limit -= len(page.lines)
        if not page.more:
            return
        place = page.lines[-1].place
