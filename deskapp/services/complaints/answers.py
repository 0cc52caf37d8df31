"""What was answered to what a move asks: read, checked, and as it is written into the event.

Source: complaints sheet, sections 4 and 12.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp.clock import local, stamp
from deskapp.data import directory
from deskapp.data.connection import Connection
from deskapp.errors import DeskError, FormProblemsError, Problem
from deskapp.i18n import _, number
from deskapp.roles import Act, Role, User, may
from deskapp.services import typed
from deskapp.services.complaints import categories, deadlines, lists, money, moves, stored
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
    found += _besides(connection, complaint, code, data, also, acting)
    if found:
        raise FormProblemsError(found)
    if code is Code.CATEGORIES:
        data |= _categorised(data, also, acting)
    note = str(data.pop(NOTE, ""))
    restricted = str(data.pop("about_staff", ""))
    on = data.get("on")
    return Given(data, note, restricted, _instant(on) if isinstance(on, str) else None)


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
        Kind.WHERE: lambda: text in categories.redirects(),
    }
    if not known[ask.kind]():
        raise NotUnderstoodError(_(ask.message or "That is not in the list."))
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


def _instant(kept: str) -> dt.datetime:
    return dt.datetime.fromisoformat(kept)


def _officer(connection: Connection, officer_id: str) -> str:
    row = connection.execute("SELECT 1 FROM officer WHERE id = ?", (officer_id,)).fetchone()
    if row is None:
        raise NotUnderstoodError(_("Choose somebody of this desk"))
    return officer_id


# -- what is checked beyond a single answer ------------------------------------------------------


def _besides(
    connection: Connection,
    complaint: Complaint,
    code: Code,
    data: Mapping[str, object],
    also: Mapping[str, str],
    acting: Acting,
) -> list[Problem]:
    match code:
        case Code.ASSIGN | Code.REASSIGN:
            return _owner_problems(connection, complaint, data, acting.user)
        case Code.HOLDING_REPLY:
            return _revision_problems(complaint, data, acting)
        case Code.RESPOND | Code.RESOLVE_ON_CONTACT | Code.ASK_REVIEW | Code.ASK_CIT:
            return _answer_problems(complaint, code, data)
        case Code.ACKNOWLEDGE:
            return _not_before(complaint.stage.received_at, data)
        case Code.OPTIC:
            if "ref" in data or NOTE in data:
                return []
            message = _("Enter the OPTIC reference, or why it is not needed")
            return [Problem("ref", message)]
        case Code.SEVERITY:
            return _severity_problems(complaint, data, acting.user)
        case Code.CATEGORIES:
            return categories.problems(_codes(data), also, today=acting.today)
        case Code.FLAGS:
            return _flag_problems(complaint, data, acting.user)
        case Code.MARK_DUPLICATE:
            return _survivor_problems(connection, complaint, data)
        case Code.CORRECTED | Code.CONFLICT_SEEN:
            return _entry_problems(connection, complaint, data)
        case Code.EX_GRATIA_DECIDED:
            if data.get("granted") == "yes" and "pence" not in data:
                return [Problem("pence", _("Enter the amount that was granted"))]
    return []


def _also(values: Mapping[str, str]) -> dict[str, str]:
    """What was answered to what categories ask besides."""
    return {
        name.removeprefix(categories.ALSO): one_line(text)
        for name, text in values.items()
        if name.startswith(categories.ALSO)
    }


def _codes(data: Mapping[str, object]) -> list[str]:
    codes = data.get("categories")
    return codes if isinstance(codes, list) else []


def _categorised(
    data: Mapping[str, object], also: Mapping[str, str], acting: Acting
) -> dict[str, object]:
    """What new categories ask besides, and the flags that they set by themselves."""
    codes = _codes(data)
    kept = {
        ask.name: categories.kept(ask, also.get(ask.name, ""), today=acting.today)
        for ask in categories.asked_besides(codes)
    }
    return {"also": kept, "add": sorted(categories.flags_of(codes, kept))}


def _owner_problems(
    connection: Connection, complaint: Complaint, data: Mapping[str, object], user: User
) -> list[Problem]:
    owner = data.get("owner")
    row = connection.execute(
        "SELECT name, role FROM officer WHERE id = ?", (str(owner),)
    ).fetchone()
    if row is None:
        return []
    name, role = row
    if owner != user.id and not may(user, Act.MANAGE_COMPLAINTS):
        message = _("A team leader gives it to somebody else; you can take it yourself")
        return [Problem("owner", message)]
    if complaint.owner == owner:
        return [Problem("owner", _("{name} looks after it already").format(name=name))]
    reviews = complaint.stage.number == 2
    act = Act.REVIEW_COMPLAINTS if reviews else Act.WORK_COMPLAINTS
    if role not in list(Role) or not may(User("", "", Role(role), ""), act):
        message = _("{name} cannot answer this stage: choose somebody else")
        return [Problem("owner", message.format(name=name))]
    refused = moves.can_own(complaint, str(owner), name)
    return [Problem("owner", refused)] if refused else []


def _revision_problems(
    complaint: Complaint, data: Mapping[str, object], acting: Acting
) -> list[Problem]:
    found = _not_before(complaint.stage.received_at, data)
    if "revised_on" in data:
        day = dt.date.fromisoformat(str(data["revised_on"]))
        calendar = acting.calendar(complaint.nation)
        if words := deadlines.revision_problem(calendar, day, acting.today):
            found.append(Problem("revised_on", words))
    return found


def _answer_problems(complaint: Complaint, code: Code, data: Mapping[str, object]) -> list[Problem]:
    """An answer is not given before the stage began, nor asked about before it was given."""
    stage = complaint.stage
    if code in (Code.ASK_REVIEW, Code.ASK_CIT):
        return _not_before(stage.answer.at if stage.answer else stage.received_at, data)
    found = _not_before(stage.received_at, data)
    on = data.get("on")
    is_late = isinstance(on, str) and not deadlines.is_met(stage.due.due_on, _instant(on))
    if is_late and "lateness" not in data:
        found.append(Problem("lateness", _("Select why the response is late")))
    redress = data.get("redress")
    if isinstance(redress, list) and lists.Redress.NONE in redress and len(redress) > 1:
        found.append(Problem("redress", _("Take away “none”, or what stands beside it")))
    return found


def _not_before(moment: dt.datetime, data: Mapping[str, object]) -> list[Problem]:
    on = data.get("on")
    if isinstance(on, str) and local(_instant(on)).date() < local(moment).date():
        return [Problem("on", _("Date must not be before the one it follows"))]
    return []


def _severity_problems(
    complaint: Complaint, data: Mapping[str, object], user: User
) -> list[Problem]:
    if data.get("severity") == complaint.severity:
        return [Problem("severity", _("It is {severity} already").format(
            severity=lists.Severity(complaint.severity).label.lower()))]  # fmt: skip
    if data.get("severity") != Severity.MINOR:
        return []
    if not may(user, Act.MANAGE_COMPLAINTS):
        return [Problem("severity", _("A team leader can lower it; you can only raise it"))]
    return [] if NOTE in data else [Problem(NOTE, _("Enter why it is lowered"))]


def _flag_problems(complaint: Complaint, data: Mapping[str, object], user: User) -> list[Problem]:
    if not data.get("add") and not data.get("remove"):
        return [Problem("add", _("Select a flag to set or to take away"))]
    if data.get("remove") and not may(user, Act.MANAGE_COMPLAINTS):
        return [Problem("remove", _("A team leader can take a flag away"))]
    if data.get("remove") and NOTE not in data:
        return [Problem(NOTE, _("Enter why a flag is taken away"))]
    return []


def _survivor_problems(
    connection: Connection, complaint: Complaint, data: Mapping[str, object]
) -> list[Problem]:
    survivor = data.get("survivor")
    if not isinstance(survivor, str):
        return []
    if survivor == complaint.id:
        return [Problem("survivor", _("Choose another complaint than this one"))]
    if stored.complaint(connection, survivor).status in (
        lists.Status.DUPLICATE,
        lists.Status.VOID,
    ):
        return [
            Problem("survivor", _("That one is a duplicate or void: choose the one that stays"))
        ]
    return []


def _entry_problems(
    connection: Connection, complaint: Complaint, data: Mapping[str, object]
) -> list[Problem]:
    """The entry that is meant is one of this complaint, and of an answer when that is corrected."""
    if "event" not in data:
        return []
    if data["event"] not in {each.id for each in stored.events(connection, complaint.id)}:
        return [Problem("event", _("Choose an entry of this complaint"))]
    answers = {stage.answer.event_id for stage in complaint.stages if stage.answer}
    if ("outcome" in data or "root_cause" in data) and data["event"] not in answers:
        return [Problem("event", _("Choose the entry of the answer that is corrected"))]
    return []


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
