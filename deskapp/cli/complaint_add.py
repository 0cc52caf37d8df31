"""``deskapp complaint add``: log a complaint without a screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.cli.complaint import Set
from deskapp.cli.options import AsJson, CardNumber
from deskapp.cli.unlock import PassphraseStdin
from deskapp.i18n import N_, _

if TYPE_CHECKING:
    from deskapp.cli.unlock import Desk

HELP = N_(
    "Log a complaint and show its reference.\n\n"
    "Without --details it is read from stdin. With --from a contact, its words, person, case and"
    " category are carried over and both are linked. --set fills in any other field, such as"
    " acting_for, authority, address, needs, outcome_sought, loss, about_staff, part or"
    " also_LOST.data_breach; a wrong name shows them all."
)


def add(
    summary: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("One line, without details of the case."))
    ] = "",
    details: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("What the person told you."))
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help=N_("What it is about, the main one first; repeatable.")),
    ] = None,
    person: Annotated[
        str, typer.Option(metavar="NAME", help=N_("Who complains; --set anonymous=yes for nobody."))
    ] = "",
    phone: Annotated[str, typer.Option(metavar="NUMBER", help=N_("Phone number."))] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help=N_("Email address."))] = "",
    postcode: Annotated[str, typer.Option(metavar="POSTCODE", help=N_("Postcode."))] = "",
    case: Annotated[str, typer.Option(metavar="REF", help=N_("Case reference."))] = "",
    received: Annotated[
        str, typer.Option(metavar="DAY", help=N_("When it reached us; today when left out."))
    ] = "",
    channel: Annotated[
        str, typer.Option(metavar="CHANNEL", help=N_("How it reached us: a code or words."))
    ] = "",
    jurisdiction: Annotated[
        str, typer.Option(metavar="JURISDICTION", help=N_("Jurisdiction: a code or words."))
    ] = "",
    severity: Annotated[
        str, typer.Option(metavar="minor|major", help=N_("Else that of the categories."))
    ] = "",
    flag: Annotated[
        list[str] | None, typer.Option(metavar="FLAG", help=N_("A flag; repeatable."))
    ] = None,
    owner: Annotated[
        str, typer.Option(metavar="NAME", help=N_("Who looks after it; me for yourself."))
    ] = "",
    redirect: Annotated[
        str, typer.Option(metavar="CODE", help=N_("All of it is not ours: where it goes."))
    ] = "",
    grown_from: Annotated[
        str, typer.Option("--from", metavar="REF", help=N_("The contact that it grew from."))
    ] = "",
    given: Set = None,
    card_number: CardNumber = None,
    as_json: AsJson = False,
    passphrase_stdin: PassphraseStdin = False,
) -> None:
    """Log a complaint."""
    from deskapp.cli.card_numbers import settled
    from deskapp.cli.complaint_lines import complaints_desk
    from deskapp.cli.out import show, show_json, tell
    from deskapp.data.ids import new_id
    from deskapp.roles import Act
    from deskapp.services.complaints import device_clock, drafts, duplicates, log
    from deskapp.services.complaints.drafts import ComplaintDraft

    typed = {
        "summary": summary,
        "categories": " ".join(category or ()).upper(),
        "person_name": person,
        "phone": phone,
        "email": email,
        "postcode": postcode,
        "case_ref": case,
        "received_on": received,
        "channel": channel,
        "jurisdiction": jurisdiction,
        "severity": severity,
        "flags": " ".join(flag or ()),
        "redirect": redirect,
    }
    with complaints_desk(Act.WORK_COMPLAINTS, passphrase_stdin=passphrase_stdin) as (desk, acting):
        values = _carried(desk, grown_from)
        if details is None and "details" not in values and not sys.stdin.isatty():
            details = sys.stdin.read()
        typed |= {"details": details or "", "owner": _owner(desk, owner)}
        values |= {name: text for name, text in typed.items() if text}
        values = _understood({"received_on": "today", **values, **_set(given)})
        values = settled(values, list(drafts.LIMITS), card_number)
        draft = ComplaintDraft.from_values(values)
        similar = desk.store.call_read(duplicates.possible, draft, acting)
        line = desk.store.call_write(log.log, acting, new_id(), draft)
        clock = desk.store.call_read(device_clock.warning, acting)
        warnings = [*drafts.warnings(draft, acting), clock]
    if as_json:
        show_json({"ref": line.ref, "id": line.id, "due_on": line.due_on.isoformat()})
    else:
        show(line.ref)
    for each in similar:
        told = _("May be the same as {ref}: {status}, {summary}")
        status = each.line.status.label
        tell(told.format(ref=each.line.ref, status=status, summary=each.line.summary))
    for warning in filter(None, warnings):
        tell(warning)
    tell(_("Logged. Enter it in OPTIC too."))


def _set(given: list[str] | None) -> dict[str, str]:
    from dataclasses import fields

    from deskapp.cli.complaint_values import known_only, pairs
    from deskapp.services.complaints.drafts import ComplaintDraft

    values = pairs(given or ())
    known_only(values, (each.name for each in fields(ComplaintDraft) if each.name != "also"))
    return values


def _carried(desk: Desk, ref: str) -> dict[str, str]:
    """What a contact gives to the complaint that grows from it."""
    from deskapp.services.complaints import handover
    from deskapp.services.enquiries import contact_lines

    if not ref:
        return {}
    contact_id = desk.store.call_read(contact_lines.id_of_ref, ref)
    return desk.store.call_read(handover.from_contact, contact_id, user=desk.user)


def _owner(desk: Desk, name: str) -> str:
    from deskapp.cli.complaint_values import officer

    if name in ("", "me"):
        return desk.user.id if name else ""
    return desk.store.call_read(officer, name)


def _understood(values: dict[str, str]) -> dict[str, str]:
    """The values with the codes of what was given in words.

    Raises:
        FormProblemsError: If words mean no item of their list, or several.
    """
    from deskapp.cli.complaint_values import choice
    from deskapp.errors import DeskError, FormProblemsError, Problem
    from deskapp.services import lists as contact_lists
    from deskapp.services.complaints import lists

    wrong = []
    for name, kind in (
        ("channel", lists.Channel),
        ("jurisdiction", contact_lists.Jurisdiction),
        ("severity", lists.Severity),
        ("authority", lists.Authority),
    ):
        if text := values.get(name, ""):
            try:
                values[name] = choice(kind, text)
            except DeskError as error:
                wrong.append(Problem(name, str(error)))
    if wrong:
        raise FormProblemsError(wrong)
    return values
