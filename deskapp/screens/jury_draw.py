"""How a panel was drawn: seed, candidates and result, so that anybody can draw again."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_
from deskapp.screens import jury_desk
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.jury import draw_text, trial_lines


class DrawScreen(PaperScreen):
    """Every draw of a trial as a text."""

    HEADING: ClassVar[str] = N_("Draws of a trial")
    HELP: ClassVar[str] = N_(
        "Each draw with the time, who made it, from which jurors and with which seed. Each juror"
        " number gets a place by the SHA-256 of seed, colon and number; the first places are the"
        " panel. The last line says whether the draw comes out again. F8 writes or prints it."
    )

    def __init__(self, trial_id: str) -> None:
        super().__init__()
        self._trial_id = trial_id

    async def paper(self) -> Paper:
        who = await jury_desk.acting_first(self.desk)
        record = await self.desk.store.read(trial_lines.record, who, self._trial_id)
        return Paper(draw_text.text(record), "draws.txt")
