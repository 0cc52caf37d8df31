"""What a nested list holds, by the counting rules of the sample lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from deskapp.services.hearings.items import shared_keys
from deskapp.services.hearings.nested import Nested, channels
from deskapp.services.hearings.shapes import text


def expected(walked: Nested) -> dict[str, object]:
    """The counts of the list; times are wall clock in London, to the minute."""
    items = walked.items
    cases = sum(1 for item in items if _kind(item.where) == "case")
    filled = {item.where.rpartition(".")[0] for item in items}
    keys, sharing = shared_keys(items)
    return {
        "court_houses": sorted({name for name in walked.houses if name}),
        "rooms": [list(room) for room in sorted(set(walked.rooms))],
        "sessions": len(walked.sessions),
        "sittings": len(walked.sittings),
        "hearing_elements": len(walked.elements),
        "cases": cases,
        "applications": len(items) - cases,
        "items": len(items),
        "hearing_elements_without_item": sum(
            path not in filled for _sitting, path, _hearing in walked.elements
        ),
        "distinct_import_keys": keys,
        "items_sharing_a_key": sharing,
        **_times(walked),
        **_people(walked),
        "items_with_restriction": sum(item.restricted for item in items),
        "empty_sessions_or_sittings": walked.empty,
        "judiciary_names": sorted(walked.judiciary()),
        "hearing_types": _counted(
            text(hearing, "hearingType") for _sitting, _path, hearing in walked.elements
        ),
    }


def _times(walked: Nested) -> dict[str, object]:
    starts = [each.start.replace(tzinfo=None) for each in walked.sittings if each.start]
    ends = [each.end.replace(tzinfo=None) for each in walked.sittings if each.end]
    return {
        "dates_local": sorted({start.date().isoformat() for start in starts}),
        "first_start_local": min(starts).isoformat(timespec="minutes") if starts else None,
        "last_start_local": max(starts).isoformat(timespec="minutes") if starts else None,
        "last_end_local": max(ends).isoformat(timespec="minutes") if ends else None,
        "sittings_ending_on_another_day": sum(
            each.start.date() != each.end.date()
            for each in walked.sittings
            if each.start and each.end
        ),
    }


def _people(walked: Nested) -> dict[str, object]:
    roles = Counter(party.role for party in walked.all_parties())
    held = [
        channel
        for sitting, _path, hearing in walked.elements
        for channel in channels(sitting, hearing)
    ]
    panels = (text(hearing, "panel") for _sitting, _path, hearing in walked.elements)
    return {
        "roles": dict(sorted(roles.items())),
        "parties": roles.total(),
        "channels": _counted(held),
        "panels": _counted(panels),
    }


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(name for name in names if name).items()))


def _kind(where: str) -> str:
    return where.rpartition(".")[2].partition("[")[0]
