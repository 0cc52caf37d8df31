"""``deskapp marker``: set, approve, renew and end markers, and list what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from deskapp.cli.commands import Command, Group
from deskapp.cli.options import AsJson, Limit
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _
from deskapp.roles import Act

app = typer.Typer(
    cls=Group,
    help=N_("Markers: what must be known before one meets a person or speaks about a case."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

MarkerId = Annotated[
    str, typer.Argument(metavar="MARKER", help=N_("Id of the marker, as marker list shows it."))
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help=N_("Why; kept with your name."))
]


@app.command(
    "list",
    cls=Command,
    help=N_(
        "List the markers of a person, or what waits for the team leader.\n\n"
        "With --person every marker of that person. Without it proposals, and reviews that are"
        " past or near."
    ),
)
def show_list(
    person: Annotated[
        str | None, typer.Option(metavar="PERSON", help=N_("Id of the person."))
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """List markers."""
    from deskapp.cli.out import show, show_json, tell
    from deskapp.cli.person_lines import marker_json, marker_text
    from deskapp.cli.unlock import open_desk
    from deskapp.services.paging import Want
    from deskapp.services.persons import markers

    act = Act.READ_CONTACTS if person else Act.DECIDE_MARKERS
    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        today, more = desk.clock.today(), False
        if person:
            lines = desk.store.call_read(markers.of_person, person, user=desk.user)
            found = [(line, "") for line in lines]
        else:
            want = Want(limit_rows=limit)
            page = desk.store.call_read(markers.due, want, today=today, user=desk.user)
            found, more = [(each.line, each.name) for each in page.lines], page.more
    for line, name in found:
        if as_json:
            show_json({**marker_json(line, today), "name": name})
        else:
            show("  ".join(filter(None, (marker_text(line, today), name))))
    if not found:
        tell(_("There is no marker."))
    if more:
        tell(_("There are more. Use a larger --limit to see them."))


@app.command(
    "set",
    cls=Command,
    help=N_(
        "Set or propose a marker of a person, or of a case.\n\n"
        "CODE is that of the HMCTS list, such as PF0002. A confidential address (PF0004) is"
        " confirmed with marker approve. A potentially violent person (PF0021) is proposed; the"
        " team leader approves."
    ),
)
def set_marker(
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("Code of the marker."))],
    person: Annotated[str, typer.Option(metavar="PERSON", help=N_("Id of the person."))] = "",
    case_ref: Annotated[
        str, typer.Option("--case", metavar="REF", help=N_("Reference of the case."))
    ] = "",
    source: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Who said so, or which order."))
    ] = "",
    order_on: Annotated[str, typer.Option(metavar="DAY", help=N_("Day of the order."))] = "",
    order_ends_on: Annotated[
        str, typer.Option(metavar="DAY", help=N_("Day on which the order ends."))
    ] = "",
    what_happened: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("What was seen or heard: facts only."))
    ] = "",
    hearing_on: Annotated[
        str, typer.Option(metavar="DAY", help=N_("Day of the next hearing."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Set a marker."""
    from deskapp.data.ids import new_id
    from deskapp.services.persons import marker_work
    from deskapp.services.persons.marker_drafts import MarkerDraft

    draft = MarkerDraft.from_values(
        {
            "code": code,
            "person_id": person,
            "case_ref": case_ref,
            "source": source,
            "order_on": order_on,
            "order_ends_on": order_ends_on,
            "what_happened": what_happened,
            "hearing_on": hearing_on,
        }
    )
    _do(
        Act.SET_MARKERS, marker_work.set_marker, new_id(), draft,
        as_json=as_json, passphrase_stdin=passphrase_stdin,
    )  # fmt: skip


@app.command(
    cls=Command,
    help=N_("Confirm a confidential address, or approve that somebody may be violent."),
)
def approve(
    marker: MarkerId,
    risk: Annotated[
        str, typer.Option(metavar="low|medium|high", help=N_("What the assessment found."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Approve a marker."""
    from deskapp.services.persons import marker_work

    _do(
        Act.SET_MARKERS, marker_work.approve, marker, values={"risk": risk} if risk else {},
        as_json=as_json, passphrase_stdin=passphrase_stdin,
    )  # fmt: skip


@app.command(cls=Command, help=N_("Let a marker stand on until its next review."))
def renew(
    marker: MarkerId,
    reason: Reason,
    until: Annotated[
        str, typer.Option(metavar="DAY", help=N_("Day on which the order ends now."))
    ] = "",
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Renew a marker."""
    from deskapp.services.persons import marker_work

    _do(
        Act.DECIDE_MARKERS, marker_work.renew, marker, reason, until=until,
        as_json=as_json, passphrase_stdin=passphrase_stdin,
    )  # fmt: skip


@app.command(cls=Command, help=N_("End a marker; the reason is kept."))
def end(marker: MarkerId, reason: Reason, passphrase_stdin: PassphraseStdin = False) -> None:
    """End a marker."""
    from deskapp.cli.out import tell
    from deskapp.services.persons import marker_work

    _do(Act.DECIDE_MARKERS, marker_work.end, marker, reason, passphrase_stdin=passphrase_stdin)
    tell(_("The marker was ended."))


def _do(
    act: Act,
    verb: Callable[..., Any],
    *given: object,
    as_json: bool = False,
    passphrase_stdin: bool,
    **more: object,
) -> None:
    """Do it in the user's name and show the marker as it stands then."""
    from deskapp.cli.out import show, show_json
    from deskapp.cli.person_lines import marker_json, marker_text
    from deskapp.cli.unlock import open_desk

    with open_desk(act, passphrase_stdin=passphrase_stdin) as desk:
        now, user = desk.clock.now(), desk.user
        line = desk.store.call_write(verb, *given, now=now, user=user, **more)
        today = desk.clock.today()
    if line is not None and as_json:
        show_json(marker_json(line, today))
    elif line is not None:
        show(marker_text(line, today))
