"""Everything that hangs on hearings, read for many of them at once.

Source: hearings sheet, sections 1 to 5.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from deskapp.services.hearings import (
    booked,
    covering,
    day,
    events,
    jurors,
    links,
    needs,
    rooms,
    stored,
)
from deskapp.services.hearings.acting import Acting
from deskapp.services.hearings.flags import Group
from deskapp.services.hearings.readiness import Bearing
from deskapp.services.persons import markers
from deskapp.services.persons.markers import Banner
from deskapp.services.persons.withheld import OPEN

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

FIRST, AT_ONCE = 60, 500
"""Hearings whose readiness is worked out at a time when a list must look at all: at first about a
page, which most often is enough, then twice as many each time."""
PVP = "PF0021"
EVACUATION_FLAGS = frozenset({"RA0019", "RA0020", "RA0023", "RA0025"})
"""Needs of somebody who may need help to leave the building."""
EVACUATION, VIOLENT = "peep", "pvp"
"""The schemes of evacuation plans, and of the assessments of potentially violent persons."""
_LINKED = f"""
WITH ends AS (
    SELECT from_id AS hearing, to_id AS other, undone, hlc FROM record_link
    WHERE from_table = 'hearing' AND from_id IN (SELECT value FROM json_each(:ids))
    UNION ALL SELECT to_id, from_id, undone, hlc FROM record_link
    WHERE to_table = 'hearing' AND to_id IN (SELECT value FROM json_each(:ids))
)
SELECT hearing, s.scheme, undone, max(hlc) FROM ends JOIN case_state AS s ON s.id = other
WHERE s.closed_at = '' AND (s.scheme = '{EVACUATION}'
    OR s.scheme = '{VIOLENT}' AND s.stage <> '{markers.PROPOSED_STAGE}')
GROUP BY hearing, other HAVING NOT undone
"""


def read(connection: Connection, acting: Acting, hearing_ids: Sequence[str]) -> list[Bearing]:
    """Everything that hangs on hearings, in the order given, in a few reads for all of them."""
    hearings = stored.several(connection, hearing_ids)
    ids = [each.id for each in hearings]
    happened = events.of(connection, ids)
    subjects = [(each.id, each.subject_key) for each in hearings]
    needed = needs.of_hearings(connection, subjects, user=acting.user)
    bookings = booked.of_hearings(connection, ids, user=acting.user)
    linked = links.of_hearings(connection, ids, user=acting.user)
    on_trial = jurors.of_hearings(connection, hearings)
    known = {site: rooms.known(connection, site) for site in {each.site for each in hearings}}
    covers = covering.covers(connection, hearings)
    found = []
    for each in hearings:
        cover = covers.get(each.id, OPEN)
        found.append(
            Bearing(
                covering.hearing(each, cover),
                day.fold(covering.events(happened.get(each.id, ()), cover)),
                needs.shown_at_hearing(covering.needs(needed[each.id], cover)),
                bookings.get(each.id, ()),
                covering.links(linked.get(each.id, ()), cover),
                known[each.site].get(rooms.key_of(each.room)),
                on_trial.get(each.id, (0, 0)),
            )
        )
    return found


def each(connection: Connection, acting: Acting, hearing_ids: Sequence[str]) -> Iterator[Bearing]:
    """The same for any number of hearings, some at a time: who has enough need not take all."""
    begin, many = 0, FIRST
    while begin < len(hearing_ids):
        yield from read(connection, acting, hearing_ids[begin : begin + many])
        begin, many = begin + many, min(2 * many, AT_ONCE)


def banners(connection: Connection, acting: Acting, bearing: Bearing) -> list[Banner]:
    """The markers of the case of a hearing and of those whose needs are known, each once.

    The potentially violent person comes first, in the words of the marker alone: the facts stay in
    the restricted case.
    """
    hearing = bearing.hearing
    persons = dict.fromkeys(each.person_id for each in bearing.needs if each.person_id)
    found: dict[str, Banner] = {}
    for person_id in persons or ("",):
        standing = markers.banners(
            connection, person_id, hearing.case_key, today=acting.today, user=acting.user
        )
        found.update({banner.code: banner for banner in standing})
    return sorted(found.values(), key=lambda banner: banner.code != PVP)


def linked_schemes(
    connection: Connection, hearing_ids: Sequence[str]
) -> Mapping[str, frozenset[str]]:
    """The schemes of the plans and assessments in force that hearings are linked with.

    They may be restricted: nothing but a letter is ever said of them (``marks``).
    """
    rows = connection.execute(_LINKED, {"ids": json.dumps(hearing_ids)}).fetchall()
    found: dict[str, set[str]] = defaultdict(set)
    for hearing_id, scheme, _undone, _newest in rows:
        found[hearing_id].add(scheme)
    return {hearing_id: frozenset(schemes) for hearing_id, schemes in found.items()}


def marks(
    bearing: Bearing, standing: Sequence[Banner], linked: frozenset[str] = frozenset()
) -> str:
    """What lists and paper say of markers, needs and linked cases: letters, no words.

    Source: site and safety sheet, section 9.
    """
    needed = bearing.standing
    leaves_with_help = EVACUATION_FLAGS & {each.flag for each in needed}
    measures = any(each.kind and each.kind.group is Group.MEASURE for each in needed)
    return "".join(
        (
            "E" if leaves_with_help or EVACUATION in linked else "",
            "M" if measures else "",
            "S" if VIOLENT in linked or any(banner.code == PVP for banner in standing) else "",
        )
    )
