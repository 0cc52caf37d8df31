"""Half hours that two desks filled without knowing of each other: who came too late.

Both callbacks stand; a person books one of them again. Source: enquiries sheet, section 9; design
sheet of sync, sections 3 (claim) and 10 (I10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deskapp.data.claims import Holder
from deskapp.data.shapes import Value
from deskapp.services.callbacks.callback_lines import State


def resource(fields: Mapping[str, Value]) -> str:
    """The half hour of a site that a callback takes a place of; empty once it is called off."""
    if "slot" not in fields or fields.get("state") == State.CANCELLED.value:
        return ""
    return f"{fields.get('site')} {fields['slot']}"


def excess(holders: Sequence[Holder], capacity: int) -> list[str]:
    """Ids of the callbacks beyond what a half hour holds.

    What central accepted stays, then who booked first. Where a team leader went beyond the
    capacity with a reason, nobody has to decide again.
    """
    ordered = sorted(
        holders, key=lambda each: (not each.accepted, f"{each.fields.get('booked_at')}", each.id)
    )
    return [each.id for each in ordered[capacity:] if not each.fields.get("over_reason")]
