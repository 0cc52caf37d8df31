"""What of a complaint may be shown to the person who reads: free words are covered where something
is withheld of whoever complains, and what is restricted is left out.

Source: complaints sheet, sections 2.1 and 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.services.complaints import stored
from deskapp.services.complaints.events import Event
from deskapp.services.complaints.money import Loss
from deskapp.services.complaints.state import Clash, Complaint, Part, Stage
from deskapp.services.persons.withheld import Cover


@dataclass(frozen=True)
class Given:
    """What was logged, as it may be shown to the person who reads."""

    logged_at: dt.datetime
    logged_by: str
    """Name of the officer."""
    channel: str
    case_ref: str
    from_table: str
    from_id: str
    anonymous: bool
    person_id: str
    person_name: str
    user_type: str
    address: str
    """``withheld``, in the language in use, where it may not be shown; as the next three."""
    postcode: str
    email: str
    phone: str
    acting_for: str
    needs: tuple[str, ...]
    language: str
    summary: str
    details: str
    also: Mapping[str, str]
    """Answers to what the categories ask besides, by ``Also.name``."""
    outcome_sought: tuple[str, ...]
    loss: Loss | None


class Entry(NamedTuple):
    """An event of the history, as it may be shown."""

    event: Event
    """Its note is covered, and what is restricted is left out unless the reader may see it."""
    officer_name: str
    clash: Clash | None
    """It clashed with what another desk did."""
    of_ref: str = ""
    """Reference of the duplicate that it was written on; empty for the complaint itself."""


def covered(complaint: Complaint, entries: list[Entry], cover: Cover, *, sees: bool) -> Complaint:
    """The fold as it may be shown: free words covered, what is said of staff left out."""
    shown = {entry.event.id: entry.event for entry in entries}
    said = tuple(map(cover.text, complaint.about_staff)) if sees else ()
    payment = complaint.ex_gratia
    return replace(
        complaint,
        logged=replace(complaint.logged, about_staff=next(iter(said), "")),
        about_staff=said,
        stages=tuple(_covered_stage(stage, cover) for stage in complaint.stages),
        parts=tuple(_covered_part(part, cover) for part in complaint.parts),
        redirected=complaint.redirected and _covered_part(complaint.redirected, cover),
        conflicts=tuple(each._replace(event=shown[each.event.id]) for each in complaint.conflicts),
        ex_gratia=payment and payment._replace(what_for=cover.text(payment.what_for)),
    )


def _covered_stage(stage: Stage, cover: Cover) -> Stage:
    if stage.answer is None:
        return stage
    return replace(stage, answer=stage.answer._replace(note=cover.text(stage.answer.note)))


def _covered_part(part: Part, cover: Cover) -> Part:
    return part._replace(body=cover.text(part.body), what=cover.text(part.what))


def given(connection: Connection, complaint_id: str, cover: Cover) -> Given:
    """What was logged, as it may be shown to somebody who may read complaints."""
    [row] = connection.execute(
        "SELECT c.at, coalesce(o.name, ''), c.channel, c.case_ref, c.from_table, c.from_id,"
        " c.anonymous, c.person_id, c.person_name, c.user_type, c.address, c.postcode, c.email,"
        " c.phone, c.acting_for, c.needs, c.language, c.summary, c.details, c.also,"
        " c.outcome_sought, c.loss"
        " FROM complaint AS c LEFT JOIN officer AS o ON o.id = c.officer_id WHERE c.id = ?",
        (complaint_id,),
    ).fetchall()
    also = {name: cover.text(str(value)) for name, value in stored.json_object(row[19]).items()}
    return Given(
        logged_at=instant(row[0]),
        logged_by=row[1],
        channel=row[2],
        case_ref=cover.text(row[3]),
        from_table=row[4],
        from_id=row[5],
        anonymous=bool(row[6]),
        person_id=row[7],
        person_name=row[8],
        user_type=row[9],
        address=cover.postcode(row[10]),
        postcode=cover.postcode(row[11]),
        email=cover.email(row[12]),
        phone=cover.phone(row[13]),
        acting_for=cover.text(row[14]),
        needs=stored.json_codes(row[15]),
        language=row[16],
        summary=cover.text(row[17]),
        details=cover.text(row[18]),
        also=also,
        outcome_sought=stored.json_codes(row[20]),
        loss=_loss(stored.json_object(row[21]), cover),
    )


def _loss(kept: Mapping[str, object], cover: Cover) -> Loss | None:
    if not kept:
        return None
    pence = kept.get("pence")
    return Loss(
        pence=pence if isinstance(pence, int) else 0,
        what_for=cover.text(str(kept.get("what_for", ""))),
        evidence=kept.get("evidence") is True,
        direct=kept.get("direct") is True,
    )


def of_events(
    events: list[Event],
    complaint: Complaint,
    names: Mapping[str, str],
    cover: Cover,
    *,
    sees: bool,
) -> list[Entry]:
    """The events of a complaint, in their order; ``sees`` is whether the reader may see what is
    said of staff."""
    clashes = {each.event.id: each.clash for each in complaint.conflicts}
    found = []
    for event in events:
        data = {name: _covered_value(value, cover) for name, value in event.data.items()}
        restricted = cover.text(event.restricted) if sees else ""
        shown = replace(event, note=cover.text(event.note), data=data, restricted=restricted)
        name = names.get(event.officer, "")
        found.append(Entry(shown, name, clashes.get(event.id)))
    return found


def _covered_value(value: object, cover: Cover) -> object:
    if isinstance(value, str):
        return cover.text(value)
    if isinstance(value, Mapping):
        return {name: _covered_value(each, cover) for name, each in value.items()}
    return value
