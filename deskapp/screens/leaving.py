"""Who in the building needs help to leave today: one key away, and on paper for the alarm."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.casework import leaving


class LeavingScreen(PaperScreen):
    """The list for the assembly point."""

    HEADING: ClassVar[str] = N_("Help to leave")
    HELP: ClassVar[str] = N_(
        "Everybody with an evacuation plan who may be in the building today, with their rooms, what"
        " they need and who helps them: plans in force, and visits of today. F8 prints the list or"
        " writes it to a file. It needs no network. Each time it is shown is kept in the history of"
        " the plans."
    )

    async def paper(self) -> Paper:
        acting = await self.desk.acting()
        found = await self.desk.store.write(leaving.today, acting)
        return Paper(leaving.as_text(found, acting), f"help-to-leave-{acting.now:%Y%m%d}.txt")
