"""What is checked of the answers to a move beyond each alone: dates, owners, lists, roles.

Source: complaints sheet, sections 4, 6 and 12.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp.clock import instant, local
from deskapp.data.connection import Connection
from deskapp.errors import Problem
from deskapp.i18n import _
from deskapp.roles import Act, Role, User, may
from deskapp.services.complaints import categories, deadlines, lists, permits, stored
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.asks import NOTE
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.lists import Severity
from deskapp.services.complaints.state import Complaint


def problems(
    connection: Connection,
    complaint: Complaint,
    code: Code,
    data: Mapping[str, object],
    also: Mapping[str, str],
    acting: Acting,
) -> list[Problem]:
    """What must be put right in answers that each can be read, in the order of the form.

    Args:
        connection: Where officers, complaints and entries are looked up.
        complaint: As it stands.
        code: The move.
        data: The answers that could be read, as the event would carry them.
        also: What categories ask besides, as typed.
        acting: Who answers.
    """
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
            return categories.problems(codes(data), also, today=acting.today)
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
    refused = permits.can_own(complaint, str(owner), name)
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
    is_late = isinstance(on, str) and not deadlines.is_met(stage.due.due_on, instant(on))
    if is_late and "lateness" not in data:
        found.append(Problem("lateness", _("Select why the response is late")))
    redress = data.get("redress")
    if isinstance(redress, list) and lists.Redress.NONE in redress and len(redress) > 1:
        found.append(Problem("redress", _("Take away “none”, or what stands beside it")))
    return found


def _not_before(moment: dt.datetime, data: Mapping[str, object]) -> list[Problem]:
    on = data.get("on")
    if isinstance(on, str) and local(instant(on)).date() < local(moment).date():
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


def codes(data: Mapping[str, object]) -> list[str]:
    """The categories among the answers."""
    codes = data.get("categories")
    return codes if isinstance(codes, list) else []
