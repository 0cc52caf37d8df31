"""``deskapp case``: casework without a screen."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.acting import acting_desk, catch_up, field_values
from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Ref = Annotated[str, typer.Argument(help=N_("Reference of the case, like CC-7KM-4X9-3CK."))]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=N_("What to fill in; repeatable.")),
]
Note = Annotated[str, typer.Option(metavar="TEXT", help=N_("A note for the history."))]
InScheme = Annotated[str, typer.Option(metavar="SCHEME", help=N_("Only cases of this scheme."))]

app = typer.Typer(
    cls=Group,
    help=N_("Casework: open a case, list what is to do, show a case, take an action."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "open",
    cls=Command,
    help=N_(
        "Open a case and show its reference.\n\n"
        "deskapp scheme list shows the schemes, deskapp scheme show the fields of one."
    ),
)
def open_case(
    scheme: Annotated[str, typer.Argument(help=N_("Id of the scheme."))],
    given: Set = None,
    external: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("What other systems call the case."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Open a case."""
    from deskapp.cli.out import show
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.casework import cases

    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        fields = acting.book.in_force(scheme, desk.clock.today()).fields
        values = field_values(given, fields, acting)
        line = desk.store.call_write(
            cases.report, acting, new_id(), scheme, values, external_refs=external
        )
    show(line.ref)


@app.command(
    "list",
    cls=Command,
    help=N_(
        "List cases, the most urgent first.\n\n"
        "WORKLIST is one of: open, todo, waiting, overdue, today, soon, mine, done."
        " With --find, every case that holds the words."
    ),
)
def show_list(
    worklist: Annotated[str, typer.Argument(help=N_("Which cases; open when left out."))] = "open",
    words: Annotated[
        str, typer.Option("--find", metavar="WORDS", help=N_("Only cases that hold these words."))
    ] = "",
    scheme: InScheme = "",
    limit: Limit = 20,
    after: Annotated[str, typer.Option(metavar="REF", help=N_("Go on behind this case."))] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List cases."""
    from deskapp.cli import case_lines
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.casework import case_find, case_line, case_lists, stored
    from deskapp.services.casework.case_lists import Which
    from deskapp.services.paging import Want

    if worklist not in list(Which):
        message = _("There is no worklist {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=worklist, names=", ".join(Which)))
    with acting_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        catch_up(desk, acting)
        place: tuple[str | int, ...] = ()
        if after:
            case_id = desk.store.call_read(stored.id_of_ref, after)
            place = desk.store.call_read(case_line.of, case_id).place
        want = Want(place, limit_rows=limit)
        if words:
            page = desk.store.call_read(case_find.find, want, acting, words)
        else:
            page = desk.store.call_read(
                case_lists.page, want, acting, Which(worklist), scheme=scheme
            )
    show_page(
        page,
        lambda line: case_lines.show_case(line, acting, as_json=as_json),
        empty=_("There are no such cases."),
        after=page.lines[-1].ref if page.more else "",
    )


@app.command(
    cls=Command,
    help=N_("Show one case: its fields, its items, what may be done next, its history."),
)
def show(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show one case."""
    from deskapp.cli import case_lines
    from deskapp.roles import Act
    from deskapp.services.casework import cases, stored

    with acting_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        record = desk.store.call_write(cases.look, acting, case_id)
    case_lines.show_record(record, acting, as_json=as_json)


@app.command(
    cls=Command,
    help=N_(
        "Take an action of the scheme, and show where the case stands then.\n\n"
        "What stands against it is told, and nothing is changed. Besides the actions of the scheme"
        " there are: note, set, add ITEM, close ITEM OUTCOME, extend ITEM DAY, book ITEM DAY."
    ),
)
def do(
    ref: Ref,
    action: Annotated[list[str], typer.Argument(help=N_("The action, and what it is about."))],
    given: Set = None,
    note: Note = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Take an action."""
    from deskapp.cli import addresses, case_lines, case_verbs
    from deskapp.roles import Act
    from deskapp.services.casework import cases, stored, withheld_texts

    with acting_desk(Act.WORK_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        case_id = desk.store.call_read(stored.id_of_ref, ref)
        record = desk.store.call_write(cases.look, acting, case_id)
        step = case_verbs.step(record, action, desk.clock.today())
        if action == ["note"] and not note.strip() and not given:
            raise CommandLineError(_("Write the note with --note TEXT."))
        more: dict[str, object] = {"note": note}
        if given and not step.fields:
            raise CommandLineError(_("There is nothing to fill in with --set here."))
        if given:
            more["values"] = field_values(given, step.fields, acting)
        line = desk.store.call_write(step.verb, acting, case_id, **step.given, **more)
        cover = desk.store.call_read(withheld_texts.cover, case_id)
    case_lines.show_case(line, acting, as_json=False)
    addresses.warn(cover, (note, *(given or [])))


@app.command(cls=Command, help=N_("List what is due, item by item, the most urgent first."))
def due(
    days: Annotated[
        int, typer.Option("--days", min=0, metavar="NUMBER", help=N_("How many days ahead."))
    ] = 7,
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List what is due."""
    import datetime as dt

    from deskapp.cli import case_lines
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.casework import due_lists
    from deskapp.services.paging import Want

    with acting_desk(Act.READ_CASES, passphrase_stdin=passphrase_stdin) as (desk, acting):
        catch_up(desk, acting)
        until = desk.clock.today() + dt.timedelta(days=days)
        want = Want(limit_rows=limit)
        page = desk.store.call_read(due_lists.page, want, acting, until)
    show_page(
        page,
        lambda line: case_lines.show_due(line, acting, as_json=as_json),
        empty=_("Nothing is due."),
    )
