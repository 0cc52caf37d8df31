"""What is done with cases: every verb is one event, kept with what it changes.

Each verb is a function of an open write transaction; ``taking`` is what they have in common.
Source: casework sheet, sections 1.1 and 1.6.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.data.ids import new_id
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.casework import (
    case_line,
    case_record,
    projection,
    shelf,
    stored,
    taking,
    withheld_texts,
)
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.events import Kind
from deskapp.services.casework.state import Family
from deskapp.services.casework.taking import NO_ANSWERS, Answers, take
from deskapp.services.casework.values import day_of
from deskapp.services.casework.vocabulary import Visibility
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session


def open_case(
    session: Session,
    acting: Acting,
    case_id: str,
    scheme: str,
    values: Answers = NO_ANSWERS,
    *,
    external_refs: str = "",
) -> CaseLine:
    """Open a case of the version of ``scheme`` in force today; opening it twice opens it once.

    Args:
        session: An open write transaction; the caller commits.
        acting: Who opens it; they look after it from now on.
        case_id: A new id (``new_id``), such as that of its draft.
        scheme: Id of the scheme.
        values: Fields to what they are set to, as JSON knows it.
        external_refs: What other systems call it.

    Raises:
        RefusedError: If a field that is needed is empty, or outside its limits.
        NotFoundError: If there is no such scheme here, or it is not for this person.
        NotAllowedError: If the role may not work on cases.
    """
    if not shelf.may_know(acting.book, scheme, acting.person):
        raise NotFoundError(_("There is no scheme called {scheme}.").format(scheme=scheme))
    return report(session, acting, case_id, scheme, values, external_refs=external_refs)


def report(
    session: Session,
    acting: Acting,
    case_id: str,
    scheme: str,
    values: Answers = NO_ANSWERS,
    *,
    external_refs: str = "",
) -> CaseLine:
    """As ``open_case``, also of a restricted scheme that the person may not read afterwards.

    Anybody who notices something reports it; source: site and safety sheet, sections 7, 8 and 11.

    Raises:
        RefusedError: If a field that is needed is empty, or outside its limits.
        NotFoundError: If there is no such scheme here.
        NotAllowedError: If the role may not work on cases.
    """
    roles.require(acting.user, Act.WORK_CASES)
    chosen = acting.book.in_force(scheme, day_of(acting.at))
    from deskapp.data.case_tables import CaseRecord

    if session.get(CaseRecord, case_id) is None:
        event = taking.event_of(
            acting, case_id, Kind.OPEN, what=chosen.id, version=chosen.version, values=values
        )
        family = taking.followed(acting, Family(), event)
        stored.open_record(
            session,
            case_id,
            chosen,
            family_id=case_id,
            user=acting.user,
            now=acting.at,
            external_refs=external_refs,
        )
        stored.add(session, event, family_id=case_id, site=acting.user.site)
        projection.write(plain(session), acting.book, case_id, family, acting.at)
    return case_line.of(plain(session), case_id)


def do(
    session: Session,
    acting: Acting,
    case_id: str,
    action: str,
    values: Answers = NO_ANSWERS,
    *,
    note: str = "",
    child_id: str = "",
) -> CaseLine:
    """Take an action of the scheme; an action that opens a case fills that with ``values``.

    ``child_id`` is the id of the case that it opens; a new one when left out.

    Raises:
        RefusedError: With every reason why it may not be taken, in the order of the sheet.
        NotFoundError: If there is no such case or action.
        NotAllowedError: If the role may not work on cases.
    """
    kept = taking.known(plain(session), acting, case_id)
    if not any(action in each.action_by_id for each in shelf.versions(acting.book, kept.scheme)):
        raise NotFoundError(_("The scheme has no action {action}.").format(action=one_line(action)))
    return take(
        session, acting, case_id, Kind.DO,
        what=action, values=values, note=note, child=child_id or new_id(),
    )  # fmt: skip


def fill_in(
    session: Session, acting: Acting, case_id: str, values: Answers = NO_ANSWERS, *, note: str = ""
) -> CaseLine:
    """Fill in fields of the case, or of an item of it (``name.field``).

    Raises:
        RefusedError: If the case is closed, or a value is outside the limits.
    """
    return take(session, acting, case_id, Kind.SET, values=values, note=note)


def add_note(session: Session, acting: Acting, case_id: str, note: str) -> CaseLine:
    """Add a note to the history of the case; a closed one takes notes too.

    Raises:
        RefusedError: Never for a case that is there; others as ``do``.
    """
    return take(session, acting, case_id, Kind.SET, note=note)


def add_item(
    session: Session,
    acting: Acting,
    case_id: str,
    template: str,
    values: Answers = NO_ANSWERS,
    *,
    note: str = "",
    due: str = "",
    item_id: str = "",
) -> CaseLine:
    """Add an item by hand, such as a condition.

    Args:
        session: An open write transaction.
        acting: Who adds it.
        case_id: The case.
        template: Which item of the scheme; one that may be there many times.
        values: Fields of the item.
        due: A local day or an instant in ISO form, in place of the rule.
        item_id: What it is called in the case; a new id when left out.

    Raises:
        RefusedError: If it cannot be added, with the reasons.
    """
    return take(
        session, acting, case_id, Kind.ADD,
        what=template, values=values, note=note, due=due, name=item_id or new_id(),
    )  # fmt: skip


def close_item(
    session: Session,
    acting: Acting,
    case_id: str,
    item: str,
    outcome: str,
    values: Answers = NO_ANSWERS,
    *,
    note: str = "",
) -> CaseLine:
    """End an item with an outcome, or correct the outcome it ended with.

    Raises:
        RefusedError: If it cannot be closed so, with the reasons.
    """
    return take(
        session, acting, case_id, Kind.CLOSE,
        what=item, outcome=outcome, values=values, note=note,
    )  # fmt: skip


def book_item(
    session: Session, acting: Acting, case_id: str, item: str, due: str, *, note: str = ""
) -> CaseLine:
    """List an item for a day, or a day and time, in ISO form.

    Raises:
        RefusedError: If it is not open, or the day is later than the scheme permits.
    """
    return take(session, acting, case_id, Kind.BOOK, what=item, due=due, note=note)


def extend_item(
    session: Session, acting: Acting, case_id: str, item: str, due: str, *, note: str = ""
) -> CaseLine:
    """Put an item off to a day in ISO form; the note says why.

    Raises:
        RefusedError: If it is not open, there is no note, or the scheme does not permit that day.
    """
    return take(session, acting, case_id, Kind.EXTEND, what=item, due=due, note=note)


def look(session: Session, acting: Acting, case_id: str) -> CaseRecord:
    """Everything about one case, as it stands now.

    A view of a restricted case is kept as an event, which is why this writes. A withheld address
    stands in no text of it, so neither on a screen nor in a letter.

    Raises:
        NotFoundError: If there is no such case, or it is not for this person.
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    kept = taking.known(plain(session), acting, case_id, reads=True)
    schemes = shelf.versions(acting.book, kept.scheme)
    if any(each.visibility is Visibility.RESTRICTED for each in schemes):
        keep_views(session, acting, [case_id])
    connection = plain(session)
    cover = withheld_texts.cover(connection, case_id)
    events = withheld_texts.covered(stored.events(connection, kept.family_id), cover)
    return case_record.record(connection, acting.book, kept, events, acting.person, acting.at)


def keep_views(session: Session, acting: Acting, case_ids: Iterable[str]) -> None:
    """Keep that somebody looked at cases of a restricted scheme, which the caller permitted."""
    connection = plain(session)
    for case_id in case_ids:
        kept = stored.case(connection, case_id)
        view = taking.event_of(acting, case_id, Kind.VIEW)
        stored.add(session, view, family_id=kept.family_id, site=acting.user.site)
        taking.write_anew(connection, acting, kept.family_id)
