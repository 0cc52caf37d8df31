"""What a Crown list holds, by the counting rules of the sample lists.

The result names the masked persons twice, as the sample results do: it is printed when somebody
checks a file by hand, and never kept.
"""

from __future__ import annotations

from collections import Counter

from deskapp.services.hearings.crown import Crown
from deskapp.services.hearings.items import shared_keys
from deskapp.services.hearings.shapes import text

HEADER = ("StartDate", "EndDate", "Version", "PublishedTime")


def expected(walked: Crown) -> dict[str, object]:
    """The counts of the list; times are wall clock in London, to the minute."""
    everybody = [person for persons in walked.people for person in persons]
    starts = sorted(
        f"{each.day.isoformat()}T{each.start.isoformat('minutes')}"
        for each in walked.sittings
        if each.day and each.start
    )
    return {
        "list_root": walked.root,
        "list_header": {
            name: text(walked.header, name) for name in HEADER if name in walked.header
        },
        "court_houses": sorted({name for name in walked.houses if name}),
        "rooms": [list(room) for room in sorted({(s.house, s.room) for s in walked.sittings})],
        "sittings": len(walked.sittings),
        "items": len(walked.items),
        "distinct_import_keys": shared_keys(walked.items)[0],
        "dates_local": sorted({each.day.isoformat() for each in walked.sittings if each.day}),
        "first_start_local": starts[0] if starts else None,
        "last_start_local": starts[-1] if starts else None,
        "roles": dict(sorted(Counter(person.role for person in everybody).items())),
        "hearing_types": _types(walked),
        "list_notes": sum(
            bool(text(hearing, "ListNote")) for _sitting, _path, hearing in walked.hearings
        ),
        "masked": [
            {
                "role": person.role,
                "masked_name": person.masked_name,
                "real_name_must_not_be_stored": person.name,
            }
            for person in everybody
            if person.masked
        ],
        "not_masked": [
            {
                "role": person.role,
                "name": person.name,
                "masked_name_present_but_not_used": person.masked_name,
            }
            for person in everybody
            if not person.masked
        ],
        "reserve_list_entries": walked.reserves,
    }


def _types(walked: Crown) -> dict[str, int]:
    return dict(sorted(Counter(item.hearing_type for item in walked.items).items()))
