"""What a report may ask of whatever it counts, beside the fields of the scheme."""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.i18n import N_

OF_CASES = {
    "ref": N_("Reference"),
    "stage": N_("Stage"),
    "looked_after_by": N_("Looked after by"),
    "due": N_("Due"),
    "due_week": N_("Due in week"),
    "ended": N_("Ended"),
    "open_children": N_("Open cases of it"),
}
OF_ITEMS = {
    **OF_CASES,
    "item": N_("Item"),
    "title": N_("Item"),
    "status": N_("Status"),
    "outcome": N_("Outcome"),
    "late": N_("Late"),
    "ended_on": N_("Ended on"),
    "ended_at": N_("Ended at"),
}
OF_EVENTS = {**OF_CASES, "action": N_("Action"), "taken_by": N_("Taken by")}
NAMES: Mapping[str, Mapping[str, str]] = {
    "cases": OF_CASES,
    "items": OF_ITEMS,
    "events": OF_EVENTS,
}
"""What may be asked of each beside fields, with what it is called."""
OF_PEOPLE = frozenset({"ref", "title", "looked_after_by", "taken_by"})
"""Names that tell whose case it is, or who worked on it."""
