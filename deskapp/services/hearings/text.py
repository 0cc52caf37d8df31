"""One hearing as lines of text, and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.i18n import _, day, weekday
from deskapp.services import kinds
from deskapp.services.hearings import record, sheet
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.needs import STATUS_LABELS, NeedLine
from deskapp.services.hearings.record import HearingRecord
from deskapp.text import one_line

MOST_HISTORY = 100


def lines(found: HearingRecord) -> Iterator[str]:
    """Everything of a hearing, the most needed first."""
    bearing = found.line.bearing
    yield from found.line.warnings
    yield f"{weekday(bearing.hearing.day)}  {bearing.hearing.words}"
    yield "  ".join(filter(None, (found.line.state, found.line.readiness)))
    if bearing.day.result is not None:
        yield record.result_words(bearing.day.result)
    for party in bearing.hearing.parties:
        yield f"{party.words}: {record.presence_words(bearing.day, party.key)}"
    for need in bearing.needs:
        yield f"{need.id}  {need_words(found, need)}"
    for booking in bearing.bookings:
        yield f"{booking.id}  {booking.told_at(bearing.hearing.begins)}"
    for link in bearing.links:
        yield f"{link.id}  {link.words}"
    yield from ground_rules_words(found)
    for each in found.related:
        yield f"{kinds.label(each.kind)}  {each.words}"
    for event in found.history[:MOST_HISTORY]:
        yield record.history_words(found, event)


def ground_rules_words(found: HearingRecord) -> Iterator[str]:
    """What was agreed at ground rules hearings of the case, or that one is needed."""
    if found.needs_ground_rules:
        yield _("NOT RECORDED: an intermediary helps, so a ground rules hearing is needed")
    for each in found.ground_rules:
        yield _("Ground rules {words}").format(words=each.words)


def need_words(found: HearingRecord, need: NeedLine) -> str:
    """A need with how it stands, whether it is met here and what the room lacks, in one line."""
    bearing = found.line.bearing
    told = [f"{need.whose}: {need.words}"]
    if need.screened_from:
        told.append(_("screened from {names}").format(names=", ".join(need.screened_from)))
    told.append(_(STATUS_LABELS[need.status]))
    if need.decided_on:
        told.append(f"{one_line(need.decided_by)}, {day(need.decided_on)}")
    if need.stands and need.does in (Does.ROOM, Does.TEST, Does.TICK):
        told.append(sheet.ready(bearing, need))
        told.append(one_line(bearing.day.ticks.get(need.id, ("", ""))[1]))
    if need in bearing.unbooked():
        told.append(_("NOT BOOKED YET"))
    told.append(found.lacking.get(need.id, ""))
    return "; ".join(filter(None, told))


def as_object(found: HearingRecord) -> dict[str, object]:
    """What a program gets of a hearing besides its line: no names, no words of people."""
    bearing = found.line.bearing
    result = dict(bearing.day.result.data) if bearing.day.result else None
    if result:
        result.pop("reason_text", None)
    return {
        "needs": [
            {"id": need.id, "flag": need.flag, "status": need.status.value}
            for need in bearing.needs
        ],
        "bookings": [
            {"id": booking.id, "status": booking.status.value, "kind": booking.kind.value}
            for booking in bearing.bookings
        ],
        "links": [{"id": link.id, "outcome": link.outcome.value} for link in bearing.links],
        "ground_rules": [each.held_on.isoformat() for each in found.ground_rules],
        "result": result,
    }
