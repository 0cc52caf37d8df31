"""Putting words among those that stand in a field."""

from __future__ import annotations

from textual.widgets import TextArea


def put_in(area: TextArea, before: str, after: str = "") -> None:
    """Put words where the cursor is, in place of what is marked, apart from what stands there.

    The cursor ends between ``before`` and ``after``, and the field has it.
    """
    start, end = sorted(area.selection)
    ahead = area.get_text_range((0, 0), start)[-1:]
    behind = area.get_text_range(end, area.document.end)[:1]
    lead, trail = (" " if beside and not beside.isspace() else "" for beside in (ahead, behind))
    area.focus()
    area.replace(lead + before, start, end, maintain_selection_offset=False)
    place = area.cursor_location
    area.insert(after + trail, maintain_selection_offset=False)
    area.move_cursor(place)
