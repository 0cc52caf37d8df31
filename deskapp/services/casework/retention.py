"""How long a case is kept, and what still stands against its disposal.

Nothing is destroyed by itself. Source: casework sheet, section 1.7.
"""

from __future__ import annotations

from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.casework import due
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.values import When, overdue_from


class Keep(StrEnum):
    """Why a case may not be disposed of."""

    OPEN = "open"
    NO_DATE = "no_date"
    NOT_YET = "not_yet"
    HOLD = "hold"


KEEP_LABELS = {
    Keep.OPEN: N_("the case, or one that belongs to it, must be closed"),
    Keep.NO_DATE: N_("its scheme must say how long it is kept"),
    Keep.NOT_YET: N_("the period of keeping must be over, of every case that belongs to it"),
    Keep.HOLD: N_("the hold must end"),
}


def destroy_due(facts: CaseFacts) -> When | None:
    """From when a case may be disposed of; ``None`` while its period has not begun.

    A hold does not move the date.
    """
    rule = facts.scheme.retention
    try:
        found = due.reckon(rule, facts) if rule else None
    except OverflowError:
        return None
    return found.when if found else None


def reasons_to_keep(facts: CaseFacts) -> tuple[Keep, ...]:
    """Why a case may not be disposed of now; empty when two people may decide to."""
    when = destroy_due(facts)
    reasons = {
        Keep.OPEN: facts.case.closed_at is None,
        Keep.NO_DATE: when is None,
        Keep.NOT_YET: when is not None and facts.now < overdue_from(when),
        Keep.HOLD: bool(facts.case.holds),
    }
    return tuple(reason for reason, stands in reasons.items() if stands)


def family_reasons(facts: CaseFacts) -> tuple[Keep, ...]:
    """As ``reasons_to_keep``, of the case and of every one that was opened with it.

    Their events are folded together, so that none of them can be disposed of alone.
    """
    found: set[Keep] = set()
    for case in facts.family.cases.values():
        found.update(reasons_to_keep(CaseFacts(facts.book, facts.family, case, facts.now)))
    return tuple(reason for reason in Keep if reason in found)
