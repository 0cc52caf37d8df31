"""``deskapp complaint``: complaints without a screen: log, list, show, make a move."""

from __future__ import annotations

from typing import Annotated

import typer

from deskapp.cli.commands import Command, CommandLineError, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

Ref = Annotated[str, typer.Argument(help=N_("Reference of the complaint, like C-7KM-4X9-3CK."))]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help=N_("What to fill in; repeatable.")),
]

app = typer.Typer(
    cls=Group,
    help=N_("Complaints: log one, list what is due, show one, make a move."),
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command(
    "list",
    cls=Command,
    help=N_(
        "List complaints, the most urgent first.\n\n"
        "WORKLIST is one of: mine, team, unassigned, overdue, due, alerts, conflicts, stage1,"
        " stage2, stage3, unacknowledged, answered, awaiting_optic, closed, redirected, withdrawn,"
        " duplicate, void. With --find, every complaint that holds the words."
    ),
)
def show_list(
    worklist: Annotated[
        str, typer.Argument(help=N_("Which complaints; team when left out."))
    ] = "team",
    words: Annotated[
        str,
        typer.Option("--find", metavar="WORDS", help=N_("Only complaints that hold these words.")),
    ] = "",
    category: Annotated[
        str, typer.Option(metavar="CATEGORY", help=N_("Only this category: its code."))
    ] = "",
    severity: Annotated[
        str, typer.Option(metavar="minor|major", help=N_("Only of this severity."))
    ] = "",
    limit: Limit = 20,
    after: Annotated[
        str, typer.Option(metavar="REF", help=N_("Go on behind this complaint."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List complaints."""
    from deskapp.cli.complaint_lines import complaints_desk, show_line
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.complaints import finding, stored, worklists
    from deskapp.services.complaints.worklists import Narrow, Which
    from deskapp.services.paging import Want

    if worklist not in list(Which):
        message = _("There is no worklist {name}. Use one of: {names}.")
        raise CommandLineError(message.format(name=worklist, names=", ".join(Which)))
    which = Which(worklist)
    with complaints_desk(Act.READ_COMPLAINTS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        place: tuple[str | int, ...] = ()
        if after:
            complaint_id = desk.store.call_read(stored.id_of_ref, after)
            place = desk.store.call_read(worklists.place_in, complaint_id, which)
        want = Want(place, limit_rows=limit)
        if words:
            page = desk.store.call_read(finding.find, want, acting, words)
        else:
            narrowed = Narrow(category=category.upper(), severity=severity)
            page = desk.store.call_read(worklists.page, want, acting, which, narrowed=narrowed)
    goes_on = page.lines[-1].ref if page.more and not words else ""
    show_page(
        page,
        lambda line: show_line(line, acting, as_json=as_json),
        empty=_("There are no such complaints."),
        after=goes_on,
    )


@app.command(
    cls=Command,
    help=N_("List what is overdue or due within days, the most urgent first."),
)
def due(
    limit: Limit = 50, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False
) -> None:
    """List what is due."""
    from deskapp.cli.complaint_lines import complaints_desk, show_line
    from deskapp.cli.listing import show_page
    from deskapp.roles import Act
    from deskapp.services.complaints import worklists
    from deskapp.services.complaints.worklists import Which
    from deskapp.services.paging import Page, Want

    with complaints_desk(Act.READ_COMPLAINTS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        page = desk.store.call_read(worklists.page, Want(limit_rows=limit), acting, Which.OVERDUE)
        left = limit - len(page.lines)
        if left > 0 and not page.more:
            near = desk.store.call_read(worklists.page, Want(limit_rows=left), acting, Which.DUE)
            page = Page([*page.lines, *near.lines], near.more)
    show_page(
        page,
        lambda line: show_line(line, acting, as_json=as_json),
        empty=_("No complaint is overdue or due within days."),
    )


@app.command(
    cls=Command,
    help=N_("Show one complaint: its stages, what may be done now and why not, its history."),
)
def show(ref: Ref, as_json: AsJson = False, passphrase_stdin: PassphraseStdin = False) -> None:
    """Show one complaint."""
    from deskapp.cli.complaint_lines import complaints_desk
    from deskapp.cli.complaint_record import show_record
    from deskapp.roles import Act
    from deskapp.services.complaints import record, stored

    with complaints_desk(Act.READ_COMPLAINTS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        found = desk.store.call_write(record.look, acting, complaint_id)
    show_record(found, acting, as_json=as_json)


@app.command(
    cls=Command,
    help=N_("Explain a due date day by day: what was counted, what was skipped and why."),
)
def explain(
    ref: Ref,
    stage: Annotated[
        int, typer.Option(min=0, metavar="NUMBER", help=N_("Stage 1, 2 or 3; the last one else."))
    ] = 0,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Explain a due date."""
    from deskapp.cli.complaint_lines import complaints_desk
    from deskapp.cli.complaint_record import show_explanation
    from deskapp.errors import NotFoundError
    from deskapp.roles import Act
    from deskapp.services.complaints import record, stored

    with complaints_desk(Act.READ_COMPLAINTS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        found = desk.store.call_write(record.look, acting, complaint_id)
    if stage > len(found.stages):
        raise NotFoundError(_("The complaint has no stage {number}.").format(number=stage))
    show_explanation(record.explain(found, acting, stage), as_json=as_json)


@app.command(
    cls=Command,
    help=N_(
        "Make a move, such as assign, acknowledge, holding_reply, respond, ask_review, close or"
        " optic.\n\n"
        "What stands against it is told, and nothing is changed. Exit 77 when it is for somebody"
        " else. deskapp complaint show tells which moves there are; what a move asks is told when"
        " it is missing."
    ),
)
def do(
    ref: Ref,
    move: Annotated[str, typer.Argument(help=N_("The move: its name."))],
    given: Set = None,
    note: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("The long text: a reason, what was said."))
    ] = "",
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Make a move."""
    from deskapp.cli.complaint_lines import complaints_desk, show_line
    from deskapp.cli.complaint_values import move_of, move_values
    from deskapp.cli.out import tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.complaints import act, answers, stored
    from deskapp.services.complaints.events import Code

    code = move_of(move)
    with complaints_desk(Act.WORK_COMPLAINTS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        complaint_id = desk.store.call_read(stored.id_of_ref, ref)
        values = desk.store.call_read(move_values, code, given or (), note)
        line = desk.store.call_write(
            act.take, acting, complaint_id, code, values, event_id=new_id()
        )
    show_line(line, acting, as_json=False)
    if code is Code.OPTIC and (warning := answers.optic_warning(line.optic_ref, acting)):
        tell(warning)
