"""Disposal of complaints: one leader proposes, another confirms, and they are erased for good.

A line without personal data stays of each. A person goes with the last thing that is kept of them.
Forms that were left or thrown away go the same way. Source: complaints sheet, section 11; design
sheet of sync, section 7.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data import purge
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services import erasing
from deskapp.services.complaints import act, retention
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.retention import Form, Ripe
from deskapp.services.enquiries import enquiry_disposal
from deskapp.services.erasing import Erased
from deskapp.text import one_line

if TYPE_CHECKING:
    import datetime as dt

    from sqlmodel import Session

KIND = "complaint"
"""What stands in the log of what was erased in place of a scheme."""
_FORMS = "complaint_forms_disposal"
"""Name of the local note that says who proposed to erase forms, and when."""


class Count(NamedTuple):
    """How many of each were proposed, or erased."""

    complaints: int
    forms: int


def propose(session: Session, acting: Acting, reason: str) -> Count:
    """Propose what is due and was not proposed yet.

    Raises:
        FormProblemsError: If there is no reason.
        NotAllowedError: If the role may not dispose of complaints.
    """
    roles.require(acting.user, Act.MANAGE_COMPLAINTS)
    if not one_line(reason):
        raise FormProblemsError([Problem("note", _("Enter why they need no longer be kept"))])
    connection = plain(session)
    waiting = [each for each in retention.due(connection, acting) if not each.proposed_by]
    for each in waiting:
        act.write_event(
            session, acting, each.id, Code.DISPOSAL, {}, event_id=new_id(), note=one_line(reason)
        )
    forms = retention.forms(connection, acting)
    if forms and proposed_forms(connection) is None:
        kept = json.dumps({"by": acting.user.id, "at": stamp(acting.now)})
        _note(session, kept)
        return Count(len(waiting), len(forms))
    return Count(len(waiting), 0)


def confirm(session: Session, acting: Acting) -> Count:
    """Erase what is due and what somebody else proposed.

    Raises:
        NotErasedError: If nobody else proposed any.
        NotAllowedError: If the role may not dispose of complaints.
    """
    roles.require(acting.user, Act.MANAGE_COMPLAINTS)
    connection = plain(session)
    found = retention.due(connection, acting)
    going = erasing.proposed_by_others(found, acting.user)
    proposal = proposed_forms(connection)
    forms = _forms_going(connection, acting, proposal)
    if not going and not forms:
        own = proposal is not None or any(each.proposed_by for each in found)
        raise erasing.not_by_two(own=own)
    _keep(session, acting, going, forms, proposal)
    erased = enquiry_disposal.rows_of(connection, _OF_COMPLAINTS, [each.id for each in going])
    purge.erase(connection, erased)
    enquiry_disposal.erase_persons(connection, {each.person_id for each in going})
    purge.erase(
        connection,
        {
            table: [each.id for each in forms if each.table == table]
            for table in ("draft", "complaint_discard")
        },
    )
    if forms:
        _note(session, "")
    return Count(len(going), len(forms))


class Proposal(NamedTuple):
    """Who proposed to erase forms."""

    by: str
    at: dt.datetime


def proposed_forms(connection: Connection) -> Proposal | None:
    """The proposal to erase forms that stands, if one does."""
    row = connection.execute("SELECT value FROM local_state WHERE name = ?", (_FORMS,)).fetchone()
    if row is None or not row[0]:
        return None
    kept = json.loads(row[0])
    return Proposal(str(kept["by"]), instant(str(kept["at"])))


def _forms_going(connection: Connection, acting: Acting, proposal: Proposal | None) -> list[Form]:
    """The forms that were due when somebody else proposed them, and were not touched since."""
    if proposal is None or proposal.by == acting.user.id:
        return []
    return [form for form in retention.forms(connection, acting) if form.since < proposal.at]


def _note(session: Session, value: str) -> None:
    from deskapp.data.tables import LocalState

    session.merge(LocalState(name=_FORMS, value=value))
    session.flush()


def _keep(
    session: Session,
    acting: Acting,
    going: list[Ripe],
    forms: list[Form],
    proposal: Proposal | None,
) -> None:
    """Write down what is erased, by whom and by whom it was proposed."""
    gone = [
        ("complaint", each.id, each.ref, each.ended_at, each.proposed_by, each.proposed_at)
        for each in going
    ]
    if proposal is not None:
        gone += [(each.table, each.id, "", each.since, *proposal) for each in forms]
    erased = []
    for table, row_id, ref, closed_at, by, at in gone:
        assert at is not None  # nothing else goes
        erased.append(Erased(table, row_id, ref, KIND, closed_at, by, stamp(at)))
    erasing.write_down(session, erased, user=acting.user, now=acting.at)


_ASKED = "IN (SELECT value FROM json_each(?1))"
_OF_COMPLAINTS = (
    ("complaint_event", f"complaint_id {_ASKED}"),
    ("complaint_stage", f"complaint_id {_ASKED}"),
    ("complaint_state", f"id {_ASKED}"),
    ("follow_up", f"record_table = 'complaint' AND record_id {_ASKED}"),
    ("record_link", f"from_table = 'complaint' AND from_id {_ASKED}"),
    ("record_link", f"to_table = 'complaint' AND to_id {_ASKED}"),
    ("draft", f"json_extract(body, '$.{form_drafts.RECORD}') {_ASKED}"),
    ("complaint", f"id {_ASKED}"),
)
"""Everything that is kept of complaints, they themselves last."""
