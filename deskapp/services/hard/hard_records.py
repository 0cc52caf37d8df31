"""What a hard minute leaves behind: its case, linked to the contact, and who was told when.

Source: enquiries sheet, sections 8 and 11; site and safety sheet, sections 1 and 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from deskapp.clock import local
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _, language
from deskapp.roles import User
from deskapp.services import desk, drafts, links, typed
from deskapp.services.casework import cases
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.values import day_of
from deskapp.services.hard import hard, spos
from deskapp.services.hard.hard import Form
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

CONTACT_TABLE, CASE_TABLE = "contact", "case_record"
CONTACT_ID = "contact_id"
"""Name of the value that says during which contact a form was begun, or from which record."""
FROM_TABLE = "from_table"
"""Name of the value that says which table that record is of, where it is no contact."""
HOW = (
    ("in_person", N_("In person")),
    ("phone", N_("Phone")),
    ("radio", N_("Radio")),
    ("message", N_("Message")),
)
"""How somebody is told; the codes are those of the schemes."""
OUTCOMES = {"SAF": ("safeguarding",), "INC": ("incident", "building_issue", "building_risk")}
"""How a contact ends whose record is a case of these schemes."""


class Made(NamedTuple):
    """A case that a form became."""

    case_id: str
    ref: str
    tell_spos: bool
    """The senior person on site must still be told."""


def save(
    session: Session, acting: Acting, draft_id: str, chosen: Form, values: Mapping[str, str]
) -> Made:
    """Open the case of a form, link it to the contact it was begun in, and drop its draft.

    Saving the same draft again gives the case that is there.

    Raises:
        FormProblemsError: If something must be put right first.
        RefusedError: If the scheme refuses it.
        NotAllowedError: If the role may not work on cases.
    """
    from deskapp.data.case_tables import CaseRecord

    fields = hard.asked(acting.book, chosen, day_of(acting.at))
    found = hard.problems(fields, chosen, values, now=acting.at)
    if found:
        raise FormProblemsError(found)
    scheme, given = hard.case_values(fields, chosen, values, now=acting.at)
    is_new = session.get(CaseRecord, draft_id) is None
    given = {**_known(plain(session), acting, scheme), **given}
    line = cases.report(session, acting, draft_id, scheme, given)
    contact_id = values.get(CONTACT_ID, "")
    if contact_id and is_new:
        links.link(
            session, values.get(FROM_TABLE) or CONTACT_TABLE, contact_id, CASE_TABLE, line.id,
            user=acting.user, now=acting.at,
        )  # fmt: skip
    drafts.drop(plain(session), draft_id)
    return Made(line.id, line.ref, is_untold(plain(session), line.id))


def tell(
    session: Session, acting: Acting, draft_id: str, case_id: str, values: Mapping[str, str]
) -> None:
    """Keep that the senior person on site was told: ``told_at``, ``name``, ``how`` and ``reply``.

    Raises:
        FormProblemsError: If something must be put right first.
        RefusedError: If the scheme refuses it.
    """
    told_at = values.get("told_at", "").strip()
    name = one_line(values.get("name", ""))
    found = []
    if not told_at:
        message = _("Enter when you told the Senior Person on Site")
        found.append(Problem("told_at", message))
    if not name:
        found.append(Problem("name", _("Enter whom you told")))
    moment = acting.at
    try:
        moment = hard.past_time(told_at, acting.at) if told_at else moment
    except typed.NotUnderstoodError as error:
        found.append(Problem("told_at", str(error)))
    if found:
        raise FormProblemsError(found)
    given = {
        "spos_name": name,
        "spos_informed_at": local(moment).isoformat(timespec="minutes"),
        "spos_how": values.get("how", ""),
        "spos_reply": values.get("reply", "").strip(),
    }
    drafts.drop(plain(session), draft_id)
    if is_untold(plain(session), case_id):
        filled = {key: value for key, value in given.items() if value}
        cases.do(session, acting, case_id, spos.TELL, filled)


def made_in(connection: Connection, contact_id: str, outcome: str, *, user: User) -> str:
    """Reference of the newest record for ``outcome`` that was begun in a contact; else empty.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    refs = [
        ref
        for other in links.of(connection, CONTACT_TABLE, contact_id, user=user)
        if other.table == CASE_TABLE
        for (ref, scheme) in connection.execute(
            "SELECT ref, scheme FROM case_record WHERE id = ?", (other.id,)
        ).fetchall()
        if scheme in OUTCOMES.get(outcome, ())
    ]
    return refs[-1] if refs else ""


def _known(connection: Connection, acting: Acting, scheme: str) -> dict[str, object]:
    """What the desk knows without asking: where, when and who is senior person."""
    fields = acting.book.in_force(scheme, day_of(acting.at)).field_by_id
    duty = spos.on_duty(connection, acting.now, user=acting.user)
    now = local(acting.at).isoformat(timespec="minutes")
    known = {
        "site": desk.site_name(acting.user.site, language()),
        "seen_at": now,
        "happened_at": now,
        "known_at": now,
        "spos_name": duty.name if duty else "",
    }
    return {name: value for name, value in known.items() if name in fields and value}


def is_untold(connection: Connection, case_id: str) -> bool:
    """Whether the senior person on site must still be told of a case."""
    row = connection.execute(
        "SELECT 1 FROM case_item WHERE family_id = ? AND template = ? AND open",
        (case_id, spos.TELL),
    ).fetchone()
    return row is not None
