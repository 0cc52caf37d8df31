"""What happens to invented complaints: steps in working days after their receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from deskapp.services.complaints.events import Code


class Step(NamedTuple):
    """One move; ``owner``, ``leader`` and ``other`` in its data stand for people of the office."""

    code: Code
    after: int
    data: Mapping[str, object] = {}
    by: str = "owner"
    known: bool = True
    """Whether the desk had seen what went before; else it clashes."""


class Path(NamedTuple):
    """A complaint that was received ``age`` working days ago, and what was done since."""

    age: int
    steps: tuple[Step, ...] = ()
    severity: str = ""
    """Empty for the default of its category."""
    flags: tuple[str, ...] = ()

    @property
    def reviewed(self) -> bool:
        """Whether a leader answers its second stage, who must not have owned the first."""
        return any(step.code is Code.ASK_REVIEW for step in self.steps)


SUMMARIES = {
    "COR": "Letters of August were not answered",
    "TEL": "Waited on the phone for an hour, then cut off",
    "DEL": "Order not drawn up for nine weeks",
    "ERR": "Name spelt wrongly on the order",
    "LOST": "Bundle could not be found on the day",
    "INF": "Was told the wrong time to attend",
    "FEE": "Refund of the fee has not come",
    "LST": "Hearing moved the evening before",
    "SEC": "Search at the door took a tool away",
    "BLD": "Lift out of order, no chair on the stairs",
    "WEL": "Gofynnwyd am wasanaeth Cymraeg, ni chafwyd",
    "ADJ": "Hearing loop was not switched on",
    "SAF": "Felt unsafe in the waiting room",
    "ONL": "Online form lost what was typed",
    "POL": "Thinks the fee is too high",
}
"""Category -> one line."""

_TAKEN = Step(Code.ASSIGN, 1, {"owner": "owner"})
_TOLD = Step(Code.ACKNOWLEDGE, 1, {"channel": "email"})


def _answer(after: int, outcome: str = "upheld", cause: str = "process", **more: object) -> Step:
    data = {
        "outcome": outcome,
        "root_cause": cause,
        "redress": ["apology"],
        "channel": "letter",
        "next_step_told": "yes",
        "note": "Explained what went wrong and what was changed.",
        **more,
    }
    return Step(Code.RESPOND, after, data)


def _closed(after: int, ref: str = "40118826") -> tuple[Step, Step]:
    return Step(Code.CLOSE, after), Step(Code.OPTIC, after, {"status": "entered", "ref": ref})


_FIRST = (_TAKEN, _TOLD, _answer(6, "not_upheld", "user_misunderstanding"))
_REVIEW = (*_FIRST, Step(Code.ASK_REVIEW, 9, {"note": "Not content with the answer"}))
_REVIEWED = (
    *_REVIEW,
    Step(Code.ASSIGN, 10, {"owner": "leader"}, by="leader"),
    _answer(15, "partly_upheld", "workload")._replace(by="leader"),
)

PATHS = (
    Path(0),
    Path(5, (_TAKEN, _TOLD)),
    Path(9, (_TAKEN,)),
    Path(30, (_TAKEN, _TOLD, _answer(7), *_closed(8))),
    Path(12, (_TAKEN,)),
    Path(10, (_TAKEN, _TOLD)),
    Path(12, (_TAKEN, Step(Code.HOLDING_REPLY, 9, {"channel": "letter",
         "note": "The papers are with another office"}))),
    Path(9, (_TAKEN, _answer(7, "upheld", "staff_error"))),
    Path(20, (_TAKEN, _answer(6), Step(Code.CLOSE, 6))),
    Path(40, (_TAKEN, _answer(13, "upheld", "workload", lateness="staffing"), *_closed(14))),
    Path(14, _REVIEW),
    Path(2, (Step(Code.RESOLVE_ON_CONTACT, 0, {"outcome": "resolved", "channel": "phone",
         "redress": ["explanation"], "next_step_told": "yes", "agreed": "yes",
         "note": "Apologised and sent the form."}), Step(Code.CLOSE, 0)), "minor"),
    Path(25, _REVIEWED),
    Path(4, (Step(Code.REDIRECT, 0, {"where": "judge_decision", "note": "Told about appeals"}),)),
    Path(34, (*_REVIEWED, Step(Code.PACK, 17, {"name": "pack"}, by="leader"),
         Step(Code.ASK_CIT, 18, by="leader"))),
    Path(7, (_TAKEN, Step(Code.WITHDRAW, 3, {"how": "phone", "note": "It came after all"}))),
    Path(3, (_TAKEN, Step(Code.MARK_DUPLICATE, 2))),
    Path(6, (Step(Code.VOID, 0, {"note": "Typed twice"}, by="leader"),)),
    Path(18, (_TAKEN, _answer(5), *_closed(6),
         Step(Code.REOPEN, 12, {"note": "More papers came"}, by="leader"))),
    Path(3, (_TAKEN, Step(Code.ASSIGN, 1, {"owner": "other"}, by="leader", known=False))),
    Path(1, (_TAKEN,), "major", ("mp_involved",)),
    Path(8, (_TAKEN, Step(Code.OPTIC, 2, {"status": "entered", "ref": "40118827"}))),
    Path(60, (_TAKEN, _TOLD, _answer(9, "partly_upheld", "information_wrong"), *_closed(10))),
)  # fmt: skip
"""One after the other; every state of section 4 is among them."""
