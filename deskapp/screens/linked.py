"""Going from a record to what belongs together with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskapp.i18n import _
from deskapp.screens.pick import Line, Pick
from deskapp.services.link_lines import LinkLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp


def words(line: LinkLine) -> str:
    """What belongs together with a record, as its page shows it."""
    return "  ".join(filter(None, (line.ref, line.title)))


async def pick(desk: DeskApp, links: Sequence[LinkLine]) -> None:
    """Go to what is picked of these; a single one needs no question."""
    lines = [
        Line(f"{each.link.table}:{each.link.id}", words(each)) for each in links if each.link.id
    ]

    def picked(what: str | None) -> None:
        table, _colon, record_id = (what or "").partition(":")
        if record_id:
            desk.open(table, record_id)

    if len(lines) == 1:
        picked(lines[0].value)
    elif lines:
        await desk.push_screen(Pick(_("Which one?"), lines), picked)
