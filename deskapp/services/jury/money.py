"""Amounts of money: decimal pounds, rounded half-up to the penny. Source: jury sheet, section 2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

from deskapp.i18n import _
from deskapp.services.typed import NotUnderstoodError

PENNY = Decimal("0.01")
ZERO = Decimal("0.00")
MOST = Decimal(1_000_000)
"""No amount or rate is larger. Source: jury sheet, section 6.5."""
_POUNDS = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d\d))?", re.ASCII)


def pounds(amount: Decimal) -> Decimal:
    """``amount`` to the penny, half a penny up."""
    return amount.quantize(PENNY, ROUND_HALF_UP)


def half_up(amount: Decimal) -> Decimal:
    """Half of an amount, an odd penny up."""
    return (amount / 2).quantize(PENNY, ROUND_CEILING)


def parts(amount: Decimal, count: int) -> list[Decimal]:
    """``amount`` in ``count`` equal parts, half-up; the last one takes the rest.

    Where rounding up would leave less than nothing for the last one, the parts are rounded down.

    Source: jury sheet, section 6.5.
    """
    for rounding in (ROUND_HALF_UP, ROUND_DOWN):
        each = (amount / count).quantize(PENNY, rounding)
        rest = amount - each * (count - 1)
        if rest >= 0:
            break
    return [each] * (count - 1) + [rest]


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts; of none it is 0.00."""
    return sum(amounts, ZERO)


def read(raw: object) -> Decimal:
    """The number that text or a whole number stands for.

    Raises:
        ValueError: If it is none.
    """
    try:
        if isinstance(raw, str | int | float | Decimal) and not isinstance(raw, bool):
            number = Decimal(str(raw))
            if number.is_finite():
                return number
    except InvalidOperation:
        pass
    raise ValueError("an amount is wanted")


def text(amount: Decimal) -> str:
    """An amount as it is written to files: ``1234.50``."""
    return f"{pounds(amount):.2f}"


def shown(amount: Decimal) -> str:
    """An amount as people read it: ``£1,234.50``; below nothing with a minus in front."""
    rounded = pounds(amount)
    return f"{'-' if rounded < 0 else ''}£{abs(rounded):,.2f}"


def typed(text: str) -> Decimal:
    """An amount as officers type it, such as ``85``, ``£85.50`` or ``1,200``; nothing is 0.00.

    Raises:
        NotUnderstoodError: If it is none.
    """
    if not text.strip():
        return ZERO
    match = _POUNDS.fullmatch(text.strip())
    if match is None:
        raise NotUnderstoodError(_("Enter an amount in pounds, like 85 or 85.50"))
    return Decimal(f"{match[1].replace(',', '')}.{match[2] or '00'}")


def to_pence(amount: Decimal) -> int:
    """Whole pence, as amounts are kept."""
    return int(pounds(amount) * 100)


def of_pence(pence: int) -> Decimal:
    """The amount that is kept as whole pence."""
    return (Decimal(pence) / 100).quantize(PENNY)
