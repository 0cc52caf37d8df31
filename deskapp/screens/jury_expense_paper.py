"""Why a juror is paid what they are paid: every day with its hours, band, rate, limit and cut."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.jury import claim_text
from deskapp.services.jury.claim_state import Claim, ClaimDay


class ExplainedScreen(PaperScreen):
    """The marked day first, then every other one."""

    HEADING: ClassVar[str] = N_("Explain this amount")
    HELP: ClassVar[str] = N_(
        "How the amount of each day was counted, line by line: the hours at court and on the way,"
        " full or half day, the day of service and its band, the rates that were in force that day,"
        " the limit and what was cut to keep it. The day that was marked stands first.\n\nF8 writes"
        " the page into a file, copies it or prints it, for the juror to take along."
    )

    def __init__(self, claim: Claim, day: ClaimDay) -> None:
        super().__init__()
        self._claim, self._day = claim, day

    async def paper(self) -> Paper:
        others = [each for each in self._claim.days if each.id != self._day.id]
        text = "\n".join(claim_text.explained_days(self._claim, [self._day, *others]))
        return Paper(f"{text}\n", f"juror-{self._claim.juror}-expenses.txt")
