"""``deskapp interpreter``: bookings without a screen: book, list, show."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Ref = Annotated[str, typer.Argument(help=N_("Reference of the booking, ours or the supplier's."))]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=N_("What to fill in; repeatable.")),
]

app = typer.Typer(
    cls=Group,
    help=N_("Interpreters: book one, see who is coming, record the day."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    cls=Command,
    help=N_(
        "Book an interpreter for a hearing, or without one.\n\n"
        "With --hearing the day, the times, the room and the party come from the list; --set"
        " changes any of them, such as --set end=13:00 --set mode=video --set gender=female."
        " With --draft it is kept and not sent."
    ),
)
def book(
    language: Annotated[
        str, typer.Argument(help=N_("Language of the list, by name or code; - for none."))
    ],
    hearing: Annotated[
        str, typer.Option(metavar="CASE", help=N_("Case number of the hearing, or its id."))
    ] = "",
    day: Annotated[str, typer.Option(metavar="DAY", help=N_("Day of the hearing."))] = "",
    given: Set = None,
    every: Annotated[
        str, typer.Option(metavar="weekly|weekdays", help=N_("Book a series, with --count."))
    ] = "",
    count: Annotated[int, typer.Option(metavar="NUMBER", help=N_("How many of a series."))] = 1,
    draft: Annotated[bool, typer.Option("--draft", help=N_("Keep it and do not send it."))] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Make a booking or a series."""
    from deskapp.cli import interpreter_book
    from deskapp.cli.interpreter_lines import bookings_desk, show_line
    from deskapp.roles import Act
    from deskapp.services.interpreters.repeats import Every

    if every and every not in list(Every):
        message = _("Use weekly or weekdays, not {text}.")
        raise CommandLineError(message.format(text=every))
    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        wanted = interpreter_book.draft(desk, acting, language, hearing, day, given)
        series = (Every(every), count) if every else None
        for line in interpreter_book.book(desk, acting, wanted, series=series, keep=draft):
            show_line(line, acting, as_json=as_json)


@app.command(
    "list",
    cls=Command,
    help=N_(
        "List bookings of this court, the earliest first.\n\n"
        "WORKLIST is one of: today, tomorrow, to_send, asked, unconfirmed, unfilled, conflicts,"
        " unsigned, removed, coming, past. With --find, those with a reference or case number."
    ),
)
def show_list(
    worklist: Annotated[
        str, typer.Argument(help=N_("Which bookings; today when left out."))
    ] = "today",
    day: Annotated[str, typer.Option(metavar="DAY", help=N_("That day instead."))] = "",
    words: Annotated[
        str, typer.Option("--find", metavar="WORDS", help=N_("A reference or a case number."))
    ] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List bookings."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_line
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services import typed
    from deskapp.services.interpreters import finding, worklists
    from deskapp.services.interpreters.worklists import Which
    from deskapp.services.paging import Page, Want

    if worklist not in list(Which):
        message = _("There is no worklist {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=worklist, names=", ".join(Which)))
    with bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        on = typed.day(day, today=acting.today) if day else None
        if words:
            found = desk.store.call_read(finding.find, words, user=desk.user, limit_rows=limit)
            page = Page(found)
        else:
            want = Want(limit_rows=limit)
            page = desk.store.call_read(worklists.page, want, acting, Which(worklist), day=on)
    show_page(
        page,
        lambda line: show_line(line, acting, as_json=as_json),
        empty=_("There are no such bookings."),
    )


@app.command(cls=Command, help=N_("Show one booking with its timesheets and its history."))
def show(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show one booking."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_record
    from deskapp.roles import Act
    from deskapp.services.interpreters import finding, record

    with bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        booking_id = desk.store.call_read(finding.id_of_ref, ref)
        found = desk.store.call_read(record.record, booking_id, acting)
    show_record(found, acting=acting, as_json=as_json)


@app.command(cls=Command, help=N_("Who could take a booking and is free then."))
def free(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List who is free for a booking."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_interpreter
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.interpreters import finding
    from deskapp.services.interpreters import free as free_people
    from deskapp.services.paging import Page

    with bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        booking_id = desk.store.call_read(finding.id_of_ref, ref)
        found = desk.store.call_read(free_people.offers_for, booking_id, acting)
    show_page(
        Page(found),
        lambda each: show_interpreter(each, acting, as_json=as_json),
        empty=_("Nobody of the register is free then."),
    )


@app.command(cls=Command, help=N_("Who is here today, those who are free now first."))
def here(as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """List who is in the building."""
    from deskapp.cli.interpreter_book import show_here
    from deskapp.cli.interpreter_lines import bookings_desk
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.interpreters import free as free_people
    from deskapp.services.paging import Page

    with bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(free_people.here, acting)
    show_page(
        Page(found),
        lambda each: show_here(each, acting, as_json=as_json),
        empty=_("No interpreter has arrived today."),
    )
