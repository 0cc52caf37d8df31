"""Who changed what on a complaint, entry by entry; what two desks did that clashes stands first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.text import Text

from deskapp.i18n import N_, _
from deskapp.screens import complaint_desk
from deskapp.screens.complaint_history import entry_words, view_words
from deskapp.screens.page_screen import PageScreen
from deskapp.services.complaints import record
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.complaints.shown import Entry
from deskapp.widgets.record_page import headed

SAME = (
    frozenset({Code.RESPOND, Code.RESOLVE_ON_CONTACT}),
    frozenset({Code.ASSIGN, Code.REASSIGN}),
)
"""Events that do the same: of two that clash one may be of either code."""


class ComplaintChangesScreen(PageScreen):
    """The whole history of one complaint."""

    HEADING: ClassVar[str] = N_("Changes of a complaint")
    HELP: ClassVar[str] = N_(
        "Every entry with who made it and when, the newest first. An entry of a duplicate stands"
        " here too, with its reference. Where two desks did the same thing without knowing of each"
        " other both entries are kept: the first answer, the first close and the last owner count."
        " A team leader settles it on the complaint with J."
    )

    def __init__(self, complaint_id: str) -> None:
        super().__init__()
        self._complaint_id = complaint_id

    async def parts(self) -> Iterable[Text]:
        acting = complaint_desk.acting(self.desk)
        shown = await self.desk.store.read(record.record, acting, self._complaint_id)
        return _parts(shown, acting)


def _parts(shown: ComplaintRecord, acting: Acting) -> Iterator[Text]:
    newest = reversed(shown.history)
    yield Text(f"{shown.line.ref}  {shown.line.summary}\n", style="bold")
    yield headed(_("What clashes"), _clashes(shown, acting))
    yield headed(
        _("Every change, the newest first"), (entry_words(each, shown, acting) for each in newest)
    )
    yield headed(_("Who looked"), map(view_words, reversed(shown.views)))


def _clashes(shown: ComplaintRecord, acting: Acting) -> Iterator[str]:
    settled = {each.event.id for each in shown.complaint.conflicts if each.seen}
    for entry in shown.history:
        if entry.clash is None:
            continue
        yield entry_words(entry, shown, acting)
        for other in _others(shown, entry):
            beside = _("beside: {entry}").format(entry=entry_words(other, shown, acting))
            yield f"    {beside}"
        if entry.event.id in settled:
            yield "    " + _("settled")


def _others(shown: ComplaintRecord, clashing: Entry) -> list[Entry]:
    """What an entry clashes with: the last before it that does the same for the same stage."""
    code, stage = clashing.event.code, clashing.event.stage
    same = next((each for each in SAME if code in each), frozenset({code}))
    found = [
        each
        for each in shown.history
        if each.event.code in same
        and each.event.stage == stage
        and each.event.order < clashing.event.order
    ]
    return found[-1:]
