"""Which letters and emails of a complaint there are, and which of them fit now.

None is ever sent by deskapp. Source: complaints sheet, sections 2.1 (authority) and 4.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from deskapp.i18n import N_, _
from deskapp.services.complaints.lists import Authority, StageStatus, Status
from deskapp.services.complaints.state import Complaint


class Way(StrEnum):
    """How a text reaches the person."""

    POST = "post"
    EMAIL = "email"


WAY_LABELS = {Way.POST: N_("Letter"), Way.EMAIL: N_("Email")}


class Letter(NamedTuple):
    """One letter; its templates are ``complaint_ID`` in each language."""

    id: str
    label: str
    """Untranslated."""
    fits: Callable[[Complaint], bool]
    stage: int = 0
    """Whose dates and answer it tells; 0 for the last stage."""
    tells: bool = True
    """It tells what was found or complained about: not to somebody without authority."""

    @property
    def template(self) -> str:
        """Name of its templates without the language."""
        return f"complaint_{self.id}"


def _answered(number: int) -> Callable[[Complaint], bool]:
    def fits(complaint: Complaint) -> bool:
        stages = complaint.stages
        return len(stages) >= number and stages[number - 1].answer is not None

    return fits


LETTERS = (
    Letter("acknowledge", N_("Acknowledgement"), lambda complaint: complaint.owed, tells=False),
    Letter(
        "holding",
        N_("Holding reply"),
        lambda complaint: complaint.owed and complaint.stage.status is StageStatus.HOLDING,
        tells=False,
    ),
    Letter("answer", N_("First answer"), _answered(1), 1),
    Letter("review", N_("Answer to the review"), _answered(2), 2),
    Letter(
        "cit",
        N_("Handed over to the investigations team (CIT)"),
        lambda complaint: len(complaint.stages) >= 3,
        3,
    ),
    Letter(
        "redirect",
        N_("Not ours: where to turn"),
        lambda complaint: bool(complaint.redirected or complaint.parts),
        tells=False,
    ),
    Letter(
        "withdrawn",
        N_("Withdrawal confirmed"),
        lambda complaint: complaint.status is Status.WITHDRAWN,
        tells=False,
    ),
    Letter(
        "authority",
        N_("Request for authority"),
        lambda complaint: complaint.authority == Authority.REQUESTED,
        tells=False,
    ),
)


def fitting(complaint: Complaint, *, may_disclose: bool) -> tuple[Letter, ...]:
    """The letters that fit where a complaint stands.

    Args:
        complaint: The complaint.
        may_disclose: Whether the person who complains may be told what was found.
    """
    return tuple(
        letter
        for letter in LETTERS
        if letter.fits(complaint) and (may_disclose or not letter.tells)
    )


def words(letter_id: str, way: str) -> str:
    """What was written and how it went, as the record tells it."""
    label = next((_(letter.label) for letter in LETTERS if letter.id == letter_id), letter_id)
    return f"{label} ({_(WAY_LABELS[Way(way)])})" if way in list(Way) else label
