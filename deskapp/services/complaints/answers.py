"""What was answered to what a move asks: read, checked, and as it is written into the event.

Source: complaints sheet, sections 4 and 12.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp.clock import instant, stamp
from deskapp.data import directory
from deskapp.data.connection import Connection
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _, number
from deskapp.services import typed
from deskapp.services.complaints import (
    answer_checks,
    categories,
    deadlines,
    money,
    redirects,
    stored,
)
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.asks import ASKS, NOTE, Ask, Given, Kind
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import OpticStatus, Severity
from deskapp.services.complaints.state import Complaint
from deskapp.services.dates import Nation
from deskapp.services.typed import NotUnderstoodError
from deskapp.text import clean, one_line


def read(
    connection: Connection,
    complaint: Complaint,
    code: Code,
    values: Mapping[str, str],
    acting: Acting,
) -> Given:
    """The answers to a move, as its event carries them.

    Raises:
        FormProblemsError: With everything to put right, in the order of the form.
    """
    found: list[Problem] = []
    data: dict[str, object] = {}
    for ask in ASKS[code]:
        try:
            value = _value(connection, ask, clean(values.get(ask.name, "")).strip(), acting)
        except DeskError as error:
            found.append(Problem(ask.name, str(error)))
        else:
            if value not in ("", []):
                data[ask.name] = value
    also = _also(values)
    found += answer_checks.problems(connection, complaint, code, data, also, acting)
    if found:
        raise FormProblemsError(found)
    if code is Code.CATEGORIES:
        data |= _categorised(complaint, data, also, acting)
    note = str(data.pop(NOTE, ""))
    restricted = str(data.pop("about_staff", ""))
    on = data.get("on")
    return Given(data, note, restricted, instant(on) if isinstance(on, str) else None)


def problems(
    connection: Connection,
    complaint: Complaint,
    code: Code,
    values: Mapping[str, str],
    acting: Acting,
) -> list[Problem]:
    """What must be put right in the answers to a move, in the order of the form."""
    try:
        read(connection, complaint, code, values, acting)
    except FormProblemsError as error:
        return error.problems
    return []


def responded_at(values: Mapping[str, str], acting: Acting) -> dt.datetime:
    """When an answer was given, as far as it can be read: now for an empty or unreadable one."""
    try:
        return _moment(values.get("on", ""), acting)
    except NotUnderstoodError:
        return acting.at


def is_late(complaint: Complaint, values: Mapping[str, str], acting: Acting) -> bool:
    """Whether an answer as it is being typed would be late, so that the reason is asked."""
    return not deadlines.is_met(complaint.stage.due.due_on, responded_at(values, acting))


def _value(connection: Connection, ask: Ask, text: str, acting: Acting) -> object:
    """One answer as it is kept; empty where nothing was answered and nothing need be."""
    if not text and ask.message and ask.kind is not Kind.MOMENT:
        raise NotUnderstoodError(_(ask.message))
    if len(text) > ask.limit:
        message = _("{field} must be {limit} characters or less")
        raise NotUnderstoodError(message.format(field=_(ask.label), limit=number(ask.limit)))
    match ask.kind:
        case Kind.MOMENT:
            if not text and ask.message:
                raise NotUnderstoodError(_(ask.message))
            return stamp(_moment(text, acting))
        case Kind.OFFICER:
            return _officer(connection, text or acting.user.id)
    if not text:
        return [] if ask.kind is Kind.SEVERAL else ""
    match ask.kind:
        case Kind.ONE | Kind.SEVERAL:
            return _listed(ask, text)
        case Kind.YES:
            if not typed.yes_no(text):
                raise NotUnderstoodError(_(ask.message))
            return "yes"
        case Kind.YES_NO:
            return "yes" if typed.yes_no(text) else "no"
        case Kind.DAY:
            return typed.day(text, today=acting.today).isoformat()
        case Kind.PENCE:
            return money.pence(text)
        case Kind.REF:
            return stored.id_of_ref(connection, text)
        case Kind.SITE | Kind.NATION | Kind.WHERE:
            return _known(ask, text)
        case Kind.CATEGORIES:
            return list(dict.fromkeys(text.split()))
        case Kind.LONG:
            return text
        case _:
            return one_line(text)


def _listed(ask: Ask, text: str) -> object:
    assert ask.choices is not None
    codes = list(dict.fromkeys(text.split())) if ask.kind is Kind.SEVERAL else [text]
    if set(codes) - set(ask.choices):
        offered = ", ".join(ask.choices)
        message = _("That is not in the list. Choose one of: {offered}.")
        raise NotUnderstoodError(message.format(offered=offered))
    return codes if ask.kind is Kind.SEVERAL else text


def _known(ask: Ask, text: str) -> str:
    known = {
        Kind.SITE: lambda: directory.by_key(text) is not None,
        Kind.NATION: lambda: text in list(Nation),
        Kind.WHERE: lambda: text in redirects.subjects(),
    }
    if not known[ask.kind]():
        raise NotUnderstoodError(_(ask.message) if ask.message else _("That is not in the list."))
    return text


def _moment(text: str, acting: Acting) -> dt.datetime:
    """A moment that is not in the future; a day alone is its noon, or now when it is today."""
    if not text:
        return acting.at
    grace = dt.timedelta(minutes=acting.rules.logging.grace_minutes)
    try:
        moment = typed.moment(text, now=acting.now)
    except NotUnderstoodError:
        day = typed.day(text, today=acting.today)
        moment = acting.at if day == acting.today else deadlines.noon(day)
    if moment > acting.now + grace:
        raise NotUnderstoodError(_("Date and time must be now or in the past"))
    return moment.astimezone(dt.UTC)


def _officer(connection: Connection, officer_id: str) -> str:
    row = connection.execute("SELECT 1 FROM officer WHERE id = ?", (officer_id,)).fetchone()
    if row is None:
        raise NotUnderstoodError(_("Choose somebody of this desk"))
    return officer_id


def _also(values: Mapping[str, str]) -> dict[str, str]:
    """What was answered to what categories ask besides."""
    return {
        name.removeprefix(categories.ALSO): one_line(text)
        for name, text in values.items()
        if name.startswith(categories.ALSO)
    }


def _categorised(
    complaint: Complaint, data: Mapping[str, object], also: Mapping[str, str], acting: Acting
) -> dict[str, object]:
    """What new categories ask besides, and the flags and severity that they set by themselves."""
    chosen = answer_checks.codes(data)
    added = [code for code in chosen if code not in complaint.categories]
    kept = {
        ask.name: categories.kept(ask, also.get(ask.name, ""), today=acting.today)
        for ask in categories.asked_besides(chosen)
    }
    raised = categories.default_severity(added) is Severity.MAJOR
    return {
        "also": kept,
        "add": sorted(categories.flags_of(chosen, kept)),
        **({"severity": Severity.MAJOR.value} if raised else {}),
    }


def optic_warning(ref: str, acting: Acting) -> str:
    """What is told of a reference of OPTIC that has another shape; it is kept all the same."""
    digits = acting.rules.logging.optic_ref_digits
    if not ref or (ref.isascii() and ref.isdigit() and len(ref) == digits):
        return ""
    message = _("OPTIC references usually have {count} digits: check it. It is kept as typed.")
    return message.format(count=digits)


def optic_status(data: Mapping[str, object]) -> str:
    """Entered when there is a reference, else not needed."""
    return (OpticStatus.ENTERED if "ref" in data else OpticStatus.NOT_NEEDED).value
