"""What leaders do with cases: who looks after one, what keeps it, and which rules it follows.

Each verb is one event as in ``cases``, but for who looks after a case, which no event says.
Source: casework sheet, sections 1.2 and 1.7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.casework import case_line, taking
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.events import Kind
from deskapp.services.casework.taking import take
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session


def hold(session: Session, acting: Acting, case_id: str, reason: str, *, note: str) -> CaseLine:
    """Stop the disposal of a case for ``reason``, such as ``complaint``; the note says why.

    Raises:
        RefusedError: If it is held for that already, or there is no note.
        NotAllowedError: If the role may not hold cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    return take(session, acting, case_id, Kind.HOLD, what=one_line(reason), note=note)


def release(
    session: Session, acting: Acting, case_id: str, reason: str, *, note: str = ""
) -> CaseLine:
    """End a hold.

    Raises:
        RefusedError: If the case is not held for that.
        NotAllowedError: If the role may not hold cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    return take(session, acting, case_id, Kind.RELEASE, what=one_line(reason), note=note)


def propose_disposal(session: Session, acting: Acting, case_id: str, *, note: str) -> CaseLine:
    """Propose that a case go, with those opened with it; another person confirms (``disposal``).

    Raises:
        RefusedError: If its period is not over, something holds it, or there is no note.
        NotAllowedError: If the role may not dispose of cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    family_id = taking.known(plain(session), acting, case_id).family_id
    return take(session, acting, family_id, Kind.PROPOSE, note=note)


def migrate(
    session: Session, acting: Acting, case_id: str, version: int, *, note: str = ""
) -> CaseLine:
    """Let a running case go on under a later version of its scheme.

    Raises:
        RefusedError: If that version is not here, not later, or lacks a stage the case was in.
        NotAllowedError: If the role may not.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    return take(session, acting, case_id, Kind.MIGRATE, version=version, note=note)


def assign(session: Session, acting: Acting, case_id: str, officer_id: str) -> CaseLine:
    """Let another officer look after a case.

    Raises:
        NotFoundError: If there is no such case or officer.
        NotAllowedError: If the role may not work on cases.
    """
    from deskapp.data.case_tables import CaseRecord
    from deskapp.data.tables import Officer

    roles.require(acting.user, Act.WORK_CASES)
    kept = taking.known(plain(session), acting, case_id)
    if session.get(Officer, officer_id) is None:
        raise NotFoundError(_("There is no such officer on this desk."))
    session.get_one(CaseRecord, case_id).owner_id = officer_id
    connection = plain(session)
    taking.write_anew(connection, acting, kept.family_id)
    return case_line.of(connection, case_id)
