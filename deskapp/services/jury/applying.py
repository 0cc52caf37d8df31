"""One day's claim put onto all days. Source: jury sheet, section 6.5."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum

from deskapp.i18n import N_
from deskapp.services.jury.expenses import Day
from deskapp.services.jury.pay import DayKind


class Part(StrEnum):
    """What of a day can be put onto the others."""

    EARNINGS = "earnings"
    CARE = "care"
    OTHER = "other"
    TRAVEL = "travel"


PART_LABELS = {
    Part.EARNINGS: N_("Loss of earnings or benefits"),
    Part.CARE: N_("Extra care"),
    Part.OTHER: N_("Other costs"),
    Part.TRAVEL: N_("Travel"),
}


def applied(day: Day, source: Day, parts: Collection[Part]) -> Day:
    """``day`` with some parts of ``source``; it must be a confirmed day in draft.

    Travel goes onto days of attendance alone, nothing onto a day absent. The limits of each day
    are counted afterwards by ``expenses.figures``.
    """
    if day.kind is DayKind.ABSENT:
        return day
    if Part.EARNINGS in parts:
        day = replace(
            day, default_loss=source.default_loss, loss_of_earnings=source.loss_of_earnings
        )
    if Part.CARE in parts:
        day = replace(day, extra_care=source.extra_care)
    if Part.OTHER in parts:
        day = replace(day, other_costs=source.other_costs)
    if Part.TRAVEL in parts and day.kind is DayKind.ATTENDANCE:
        day = replace(day, journey=source.journey)
    return day
