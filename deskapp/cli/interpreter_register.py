"""``deskapp interpreter register`` and ``away``: whom this court knows, and when they are away."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.interpreter import Set
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Name = Annotated[str, typer.Argument(help=N_("Name or registration."))]

register_app = typer.Typer(
    cls=Group,
    help=N_("The register: whom this court knows, what they speak, when registrations end."),
    no_args_is_help=True,
    rich_markup_mode=None,
)
app = typer.Typer(cls=Group, rich_markup_mode=None)
app.add_typer(register_app, name="register")


@register_app.command(
    "list", cls=Command, help=N_("List the register: active, expiring or inactive.")
)
def show_list(
    worklist: Annotated[str, typer.Argument(help=N_("active, expiring or inactive."))] = "active",
    language: Annotated[str, typer.Option(metavar="LANGUAGE", help=N_("Only who speaks it."))] = "",
    words: Annotated[str, typer.Option("--find", metavar="NAME", help=N_("Part of a name."))] = "",
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List interpreters."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_interpreter
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.interpreters import languages, register
    from deskapp.services.interpreters.register import Which
    from deskapp.services.paging import Want

    if worklist not in list(Which):
        message = _("There is no worklist {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=worklist, names=", ".join(Which)))
    code = languages.named(language) if language else ""
    if language and not code:
        message = _("The list has no language {name}. Choose it from the list.")
        raise CommandLineError(message.format(name=language))
    with bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        want = Want(limit_rows=limit)
        page = desk.store.call_read(
            register.page, want, acting, Which(worklist), language=code, text=words
        )
    show_page(
        page,
        lambda each: show_interpreter(each, acting, as_json=as_json),
        empty=_("There is no such interpreter on this desk."),
    )


@register_app.command(
    cls=Command,
    help=N_(
        "Add somebody: --set languages=Polish,French --set registration='NRPSI 12345'"
        " --set expires_on=2027-03-31 --set supplier=... --set phone=... . No home address."
    ),
)
def add(
    name: Annotated[str, typer.Argument(help=N_("Name."))],
    given: Set = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Add an interpreter."""
    from deskapp.cli.interpreter_book import pairs
    from deskapp.cli.interpreter_lines import bookings_desk, show_interpreter
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.interpreters import registering
    from deskapp.services.interpreters.registering import InterpreterDraft

    draft = InterpreterDraft(**{"name": name, **pairs(given, _FIELDS - {"name"})})
    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        line = desk.store.call_write(registering.add, acting, draft, interpreter_id=new_id())
    show_interpreter(line, acting, as_json=as_json)


@register_app.command(
    cls=Command, help=N_("Correct an entry; --set active=no for somebody who has left.")
)
def change(
    name: Name,
    given: Set = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Correct an interpreter."""
    import dataclasses

    from deskapp.cli.interpreter_book import pairs
    from deskapp.cli.interpreter_lines import bookings_desk, show_interpreter
    from deskapp.roles import Act
    from deskapp.services.interpreters import register, registering

    values = pairs(given, _FIELDS)
    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(register.named, name, user=desk.user)
        draft = dataclasses.replace(registering.as_draft(found), **values)
        line = desk.store.call_write(registering.change, acting, found.id, draft)
    show_interpreter(line, acting, as_json=as_json)


_FIELDS = {
    "name", "supplier", "languages", "kinds", "registration", "expires_on", "gender", "phone",
    "email", "note", "active",
}  # fmt: skip


@register_app.command(cls=Command, help=N_("Show one entry with days away and bookings."))
def show(name: Name, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show an interpreter."""
    from deskapp.cli import interpreter_lines
    from deskapp.roles import Act
    from deskapp.services.interpreters import absences, lines, register

    with interpreter_lines.bookings_desk(Act.READ_BOOKINGS, passphrase_stdin=passphrase_stdin) as (
        desk,
        acting,
    ):
        found = desk.store.call_read(register.named, name, user=desk.user)
        away = desk.store.call_read(absences.away, found.id, acting)
        booked = desk.store.call_read(lines.of_interpreter, found.id, user=desk.user)
    interpreter_lines.show_interpreter(found, acting, as_json=as_json)
    for each in away:
        interpreter_lines.show_away(each, as_json=as_json)
    for line in booked:
        interpreter_lines.show_line(line, acting, as_json=as_json)


@app.command(
    cls=Command, help=N_("Somebody is not available on days, both included; or is after all.")
)
def away(
    name: Name,
    first: Annotated[str, typer.Argument(help=N_("First day."))],
    last: Annotated[str, typer.Argument(help=N_("Last day; the same when left out."))] = "",
    part: Annotated[
        str, typer.Option(metavar="AM|PM|ALL_DAY", help=N_("Which part of the days."))
    ] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("A note."))] = "",
    back: Annotated[
        bool, typer.Option("--back", help=N_("Take back what begins on that day."))
    ] = False,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Enter or take back days away."""
    from deskapp.cli.interpreter_lines import bookings_desk, show_away
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services import typed
    from deskapp.services.interpreters import absences, register
    from deskapp.services.interpreters.absences import AwayDraft

    with bookings_desk(Act.WORK_BOOKINGS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        found = desk.store.call_read(register.named, name, user=desk.user)
        if back:
            on = typed.day(first, today=acting.today)
            for each in desk.store.call_read(absences.away, found.id, acting):
                if each.first == on:
                    desk.store.call_write(absences.take_back_away, acting, each.id)
        else:
            draft = AwayDraft(first, last, part.upper() or AwayDraft.part, note)
            desk.store.call_write(absences.add_away, acting, found.id, draft, away_id=new_id())
        left = desk.store.call_read(absences.away, found.id, acting)
    for each in left:
        show_away(each, as_json=as_json)
