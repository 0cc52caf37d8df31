"""Setting, confirming, renewing and ending markers.

Who may do it and how many steps it takes is said by the kind. A potentially violent person is
proposed by anybody: that opens a restricted case, whose assessment by a team leader makes the
marker live. Source: enquiries sheet, section 6; site and safety sheet, section 7.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskapp import paths, roles
from deskapp.clock import local
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError, Problem
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.services import drafts, typed
from deskapp.services.persons import marker_kinds, markers
from deskapp.services.persons.marker_drafts import MarkerDraft, end_problems, problems
from deskapp.services.persons.marker_kinds import MarkerKind, Steps
from deskapp.services.persons.markers import MarkerLine
from deskapp.services.persons.person_links import checked_reason
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.enquiry_tables import Marker
    from deskapp.services.casework.acting import Acting


def set_marker(
    session: Session,
    marker_id: str,
    draft: MarkerDraft,
    *,
    now: dt.datetime,
    user: User,
) -> MarkerLine:
    """Set or propose a marker; saving the same id again returns the one that is there.

    Args:
        session: An open write transaction; the caller commits.
        marker_id: Id of the stored draft; it becomes the marker's and, where there is one, that
            of the restricted case.
        draft: What was typed.
        now: The moment.
        user: Who sets it.

    Raises:
        FormProblemsError: If something must be put right first, or the marker stands already.
        NotAllowedError: If somebody else must set it.
        NotFoundError: If there is no such kind or person.
    """
    from deskapp.data.enquiry_tables import Marker
    from deskapp.data.sessions import plain

    roles.require(user, Act.SET_MARKERS)
    today = local(now).date()
    if found := problems(draft, today=today):
        raise FormProblemsError(found)
    kind = marker_kinds.by_code(draft.code)
    if not kind.may_be_set_by(user):
        raise NotAllowedError(_("This marker is set by a team leader. Tell yours what happened."))
    if session.get(Marker, marker_id) is None:
        _check_new(session, draft, kind)
        if kind.steps is Steps.CASE:
            _propose(session, marker_id, draft, kind, _acting(session, user, now))
        session.add(_row(marker_id, draft, kind, today=today, user=user))
    drafts.drop(plain(session), marker_id)
    return markers.get(plain(session), marker_id)


def _check_new(session: Session, draft: MarkerDraft, kind: MarkerKind) -> None:
    """Stop unless the marker can be set on what it is about and does not stand there yet."""
    from deskapp.data.sessions import plain
    from deskapp.data.tables import Person

    about_case = kind.about == "case"
    if not about_case and session.get(Person, draft.person_id) is None:
        raise NotFoundError(_("There is no such person on this desk."))
    standing = markers.standing(
        plain(session),
        () if about_case else (draft.person_id,),
        compact(draft.case_ref) if about_case else "",
    )
    if any(line.code == kind.code for line in standing):
        message = _("This marker stands already. A team leader can renew or end it.")
        raise FormProblemsError([Problem("code", message)])


def _row(
    marker_id: str, draft: MarkerDraft, kind: MarkerKind, *, today: dt.date, user: User
) -> Marker:
    from deskapp.data.enquiry_tables import Marker

    about_case, by_case = kind.about == "case", kind.steps is Steps.CASE
    at_once = kind.steps is Steps.ONE
    source = one_line(draft.source)
    if kind.order:
        source = f"{typed.day(draft.order_on, today=today).isoformat()} {source}"
    return Marker(
        id=marker_id,
        home_site=user.site,
        person_id="" if about_case else draft.person_id,
        case_key=compact(draft.case_ref) if about_case else "",
        code=kind.code,
        words=kind.flag,
        list_version=kind.version,
        set_by=user.id,
        set_on=today.isoformat(),
        approved_by=user.id if at_once else "",
        approved_on=today.isoformat() if at_once else "",
        review_on=_review_on(kind, draft.order_ends_on, today),
        source="" if by_case else source,
        case_id=marker_id if by_case else "",
    )


def _review_on(kind: MarkerKind, ends_on: str, today: dt.date) -> str:
    """Local day, ISO, on which a marker set or renewed today is looked at again; empty for never.

    Source: enquiries sheet, section 6: the order's end, or so many months.
    """
    from deskapp.services.dates import add_months

    if kind.order:
        return typed.day(ends_on, today=today).isoformat()
    return add_months(today, kind.review_months).isoformat() if kind.review_months else ""


def _propose(
    session: Session, case_id: str, draft: MarkerDraft, kind: MarkerKind, acting: Acting
) -> None:
    from deskapp.data.tables import Person
    from deskapp.services.casework import cases

    name = session.get_one(Person, draft.person_id).full_name
    if not name:
        message = _("Add the person's name first: the team leader must know who it is about")
        raise FormProblemsError([Problem("code", message)])
    values = {
        "person": name,
        "case_ref": one_line(draft.case_ref),
        "source": one_line(draft.source),
        "what_happened": draft.what_happened,
        "hearing_on": draft.hearing_on
        and typed.day(draft.hearing_on, today=local(acting.now).date()).isoformat(),
    }
    given = {field: value for field, value in values.items() if value}
    cases.report(session, acting, case_id, kind.scheme, given)


def approve(
    session: Session,
    marker_id: str,
    *,
    now: dt.datetime,
    user: User,
    values: Mapping[str, object] | None = None,
) -> MarkerLine:
    """Confirm a two-step marker, or assess the case behind one: then it is live.

    ``values`` are what the assessment asks, such as ``{"risk": "low"}``.

    Raises:
        NotFoundError: If there is no such marker, or nothing is left to confirm.
        NotAllowedError: If a team leader must do it.
        RefusedError: If the case does not permit it.
    """
    from deskapp.data.sessions import plain
    from deskapp.services.casework import cases

    row, line = _standing(session, marker_id)
    roles.require(user, Act.DECIDE_MARKERS if line.case_id else Act.SET_MARKERS)
    if not line.waiting:
        raise NotFoundError(_("This marker waits for nobody."))
    if line.case_id:
        cases.do(session, _acting(session, user, now), line.case_id, "assess", values or {})
    row.approved_by, row.approved_on = user.id, local(now).date().isoformat()
    session.add(row)
    return markers.get(plain(session), marker_id)


def renew(
    session: Session,
    marker_id: str,
    note: str,
    *,
    now: dt.datetime,
    user: User,
    until: str = "",
) -> MarkerLine:
    """Let a marker stand on, until its next review.

    Args:
        session: An open write transaction.
        marker_id: Which.
        note: Why it stands on.
        now: The moment.
        user: A team leader or manager.
        until: The day an order ends now, as typed; left out for other kinds.

    Raises:
        FormProblemsError: If there is no note, or no new end of an order.
        NotFoundError: If there is no such marker.
        NotAllowedError: If the role may not.
        RefusedError: If the case behind it does not permit it.
    """
    from deskapp.data.sessions import plain
    from deskapp.services.casework import cases

    roles.require(user, Act.DECIDE_MARKERS)
    note = checked_reason(note)
    row, line = _standing(session, marker_id)
    today = local(now).date()
    kind = marker_kinds.by_code(line.code)
    if kind.order and (found := end_problems(until, today=today)):
        raise FormProblemsError(found)
    review_on = _review_on(kind, until, today)
    if line.case_id:
        given = {"valid_until": review_on}
        cases.do(session, _acting(session, user, now), line.case_id, "renew", given, note=note)
    row.review_on = review_on
    row.renew_reason = "" if line.case_id else note  # a restricted case keeps its own words
    session.add(row)
    return markers.get(plain(session), marker_id)


def end(
    session: Session,
    marker_id: str,
    reason: str,
    *,
    now: dt.datetime,
    user: User,
) -> None:
    """End a marker; the case behind one ends with it and keeps the reason.

    Raises:
        FormProblemsError: If there is no reason.
        NotFoundError: If there is no such marker.
        NotAllowedError: If the role may not.
    """
    from deskapp.services.casework import cases

    roles.require(user, Act.DECIDE_MARKERS)
    reason = checked_reason(reason)
    row, line = _standing(session, marker_id)
    if line.case_id:
        given = {"end_reason": reason}
        cases.do(session, _acting(session, user, now), line.case_id, "end", given)
    row.ended_by, row.ended_on = user.id, local(now).date().isoformat()
    row.end_reason = "" if line.case_id else reason
    session.add(row)


def _standing(session: Session, marker_id: str) -> tuple[Marker, MarkerLine]:
    from deskapp.data.enquiry_tables import Marker
    from deskapp.data.sessions import plain

    line = markers.get(plain(session), marker_id)
    if line.ended:
        raise NotFoundError(_("This marker was ended."))
    return session.get_one(Marker, marker_id), line


def _acting(session: Session, user: User, now: dt.datetime) -> Acting:
    from deskapp.data.sessions import plain
    from deskapp.services.casework import shelf

    return shelf.acting_on(plain(session), user, now, paths.settings_folder())
