"""Disposal: cases whose period is over and that nothing holds, proposed by one, decided by another.

Nothing destroys itself. What is confirmed is erased with every copy on this desk; a line without
personal data stays. A case goes together with those that were opened with it.
Source: casework sheet, section 1.7; design sheet of sync, section 7.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import instant, stamp
from deskapp.data import purge
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import _, day
from deskapp.roles import Act
from deskapp.services import drafts, erasing
from deskapp.services.casework import case_line, fold, retention, shelf, stored
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.retention import KEEP_LABELS, Keep
from deskapp.services.casework.state import Family, Proposal
from deskapp.services.casework.values import day_of
from deskapp.services.erasing import Erased, NotErasedError

if TYPE_CHECKING:
    from sqlmodel import Session

_LEFT = (
    ("record_link", "from_table = 'case_record' AND from_id = ?1"),
    ("record_link", "to_table = 'case_record' AND to_id = ?1"),
    ("marker", "case_id = ?1"),
    ("draft", f"json_extract(body, '$.{drafts.RECORD}') = ?1"),
)
"""What is kept about a case beside its events."""


class Ripe(NamedTuple):
    """A case whose period is over."""

    line: CaseLine
    due_on: dt.date
    """From when it may be disposed of."""
    held: tuple[str, ...]
    """Why it may not be yet; empty when two people may decide."""
    proposal: Proposal | None
    proposed_by: str
    """The name of who proposed it; empty when nobody did."""


class Certificate(NamedTuple):
    """That a case was erased."""

    ref: str
    scheme: str
    closed_at: dt.datetime
    proposed_by: str
    confirmed_by: str
    erased_at: dt.datetime


def due(connection: Connection, acting: Acting, limit_rows: int = 200) -> list[Ripe]:
    """The cases whose period is over, with what holds them; the longest over first.

    Each stands for those that were opened with it.

    Raises:
        NotAllowedError: If the role may not hold cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    names = shelf.visible(acting.book, acting.person)
    rows = connection.execute(
        "SELECT id FROM case_state WHERE destroy_key <= ? AND live = 0 AND id = family_id"
        f" AND closed_at <> '' AND scheme IN ({', '.join('?' for _name in names)})"
        " ORDER BY destroy_key, ref_key LIMIT ?",
        (stamp(acting.now), *names, limit_rows),
    ).fetchall()
    found = (_ripe(connection, acting, case_id) for (case_id,) in rows)
    return [ripe for ripe in found if ripe]


def state_words(ripe: Ripe) -> str:
    """What stands between a case and its end, in the language in use."""
    if ripe.held:
        return _("Kept from disposal: {reason}").format(reason=", ".join(ripe.held))
    if ripe.proposal is None:
        return _("may be proposed")
    on = day(day_of(ripe.proposal.at))
    return _("proposed by {name} on {day}").format(name=ripe.proposed_by, day=on)


def certificate_words(each: Certificate) -> str:
    """The line that stays of a case, in the language in use."""
    words = _(
        "{ref} ({scheme}), closed on {closed}: erased on {day}, proposed by {name}, confirmed by"
        " {other}"
    )
    return words.format(
        ref=each.ref,
        scheme=each.scheme,
        closed=day(day_of(each.closed_at)),
        day=day(day_of(each.erased_at)),
        name=each.proposed_by,
        other=each.confirmed_by,
    )


def confirm(session: Session, acting: Acting, case_id: str) -> list[Certificate]:
    """Erase a case that somebody else proposed, with those that belong to it.

    Raises:
        NotErasedError: If nobody else proposed it, or something holds it by now.
        NotFoundError: If there is no such case, or it is not for this person.
        NotAllowedError: If the role may not dispose of cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    connection = plain(session)
    family_id = stored.case(connection, case_id).family_id
    events = stored.events(connection, family_id)
    family = fold.fold(acting.book, events, acting.at)
    seen = all(
        shelf.may_know(acting.book, case.scheme, acting.person) for case in family.cases.values()
    )
    if family_id not in family.cases or not seen:
        raise stored.no_such_case()
    proposal = family.cases[family_id].proposal
    _check(CaseFacts(acting.book, family, family.cases[family_id], acting.at), proposal, acting)
    assert proposal is not None
    refs = _keep(session, acting, family, proposal)
    rows = {
        "case_event": [event.id for event in events],
        "case_record": [kept.id for kept in stored.family(connection, family_id)],
        "case_item": _ids(connection, "case_item", "family_id = ?1", family_id),
        "case_state": _ids(connection, "case_state", "family_id = ?1", family_id),
    }
    for case in family.cases:
        for table, condition in _LEFT:
            rows[table] = [*rows.get(table, []), *_ids(connection, table, condition, case)]
    purge.erase(connection, rows)
    return [each for each in certificates(connection, acting) if each.ref in refs]


def certificates(
    connection: Connection, acting: Acting, limit_rows: int = 200
) -> list[Certificate]:
    """What was erased, the newest first.

    Raises:
        NotAllowedError: If the role may not dispose of cases.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    rows = connection.execute(
        "SELECT p.ref, p.scheme, p.closed_at, coalesce(a.name, p.proposed_by),"
        " coalesce(b.name, p.officer_id), p.at FROM purge_log AS p"
        " LEFT JOIN officer AS a ON a.id = p.proposed_by"
        " LEFT JOIN officer AS b ON b.id = p.officer_id ORDER BY p.hlc DESC LIMIT ?",
        (limit_rows,),
    ).fetchall()
    return [
        Certificate(ref, scheme, instant(closed_at), by, confirmed_by, instant(at))
        for ref, scheme, closed_at, by, confirmed_by, at in rows
    ]


def _check(facts: CaseFacts, proposal: Proposal | None, acting: Acting) -> None:
    if found := retention.family_reasons(facts):
        reasons = ", ".join(_(KEEP_LABELS[each]) for each in found)
        raise NotErasedError(_("Nothing was erased: {reasons}.").format(reasons=reasons))
    if proposal is None or proposal.by == acting.user.id:
        raise erasing.not_by_two(own=proposal is not None)


def _keep(session: Session, acting: Acting, family: Family, proposal: Proposal) -> set[str]:
    """Write down what is erased, and give the references."""
    gone, by, at = [], proposal.by, stamp(proposal.at)
    for case in family.cases.values():
        assert case.closed_at is not None
        ref = stored.case(plain(session), case.id).ref
        kept = ("case_record", case.id, ref, case.scheme, case.closed_at, by, at, case.version)
        gone.append(Erased(*kept))
    erasing.write_down(session, gone, user=acting.user, now=acting.at)
    return {each.ref for each in gone}


def _ids(connection: Connection, table: str, condition: str, value: str) -> list[str]:
    rows = connection.execute(f"SELECT id FROM {table} WHERE {condition}", (value,)).fetchall()
    return [str(row_id) for (row_id,) in rows]


def _ripe(connection: Connection, acting: Acting, case_id: str) -> Ripe | None:
    try:
        family = fold.fold(acting.book, stored.events(connection, case_id), acting.at)
    except NotFoundError:  # its scheme is not here, so nobody can say when its period is over
        return None
    facts = CaseFacts(acting.book, family, family.cases[case_id], acting.at)
    when = retention.destroy_due(facts)
    if when is None or not set(retention.family_reasons(facts)) <= {Keep.HOLD}:
        return None
    cases = family.cases.values()
    held = tuple(sorted({reason for case in cases for reason in case.holds}))
    proposal = facts.case.proposal
    name = _officer_name(connection, proposal.by) if proposal else ""
    return Ripe(case_line.of(connection, case_id), day_of(when), held, proposal, name)


def _officer_name(connection: Connection, officer_id: str) -> str:
    """What somebody is called; the id where this desk does not know them."""
    row = connection.execute("SELECT name FROM officer WHERE id = ?", (officer_id,)).fetchone()
    return str(row[0]) if row else officer_id
