"""What may be typed for a day, before it is counted. Source: jury sheet, section 6.5."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from deskapp.services.jury import money
from deskapp.services.jury.expenses import LOSS, RECEIPTS, Day, Journey
from deskapp.services.jury.pay import DayKind, Food
from deskapp.services.jury.refusals import Refusal, RefusedError


def over_soft_limits(day: Day, limits: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Receipts above what a court finds usual for a day, with its limit; they are only told of.

    Args:
        day: What is claimed.
        limits: By item, such as ``public_transport`` and ``taxi``.
    """
    return {name: limit for name, limit in limits.items() if getattr(day.journey, name) > limit}


def check_entry(day: Day, permitted: Collection[str] = RECEIPTS) -> None:
    """Refuse what may not be typed for a day.

    Args:
        day: What was typed.
        permitted: Which of taxi and parking were permitted beforehand.

    Raises:
        RefusedError: ``AMOUNT_OUT_OF_LIMITS``, ``NOT_FOR_NON_ATTENDANCE`` or ``PERMISSION_NEEDED``.
    """
    journey = day.journey
    amounts = [day.default_loss or money.ZERO, *(getattr(day, name) for name in LOSS)]
    amounts += [*(getattr(journey, name) for name in RECEIPTS), day.smart_card]
    if not all(0 <= amount <= money.MOST for amount in amounts):
        raise RefusedError(Refusal.AMOUNT_OUT_OF_LIMITS, most=money.text(money.MOST))
    claimed = journey != Journey() or day.food is not Food.NONE or day.smart_card or day.times
    if day.kind is not DayKind.ATTENDANCE and claimed:
        raise RefusedError(Refusal.NOT_FOR_NON_ATTENDANCE)
    if any(getattr(journey, name) and name not in permitted for name in ("taxi", "parking")):
        raise RefusedError(Refusal.PERMISSION_NEEDED)
