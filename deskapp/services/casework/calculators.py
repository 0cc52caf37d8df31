"""Calculators: the named sums of schemes, and the only place for arithmetic with money.

Each is a pure function of JSON values. ``derive`` of a field calls one by its name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation

from deskapp.services.casework.values import FieldType, Value, read

Given = Mapping[str, object]
Results = dict[str, object]

PENNY = Decimal("0.01")
WEEKLY_SHARE = {
    "weekly": (1, 1),
    "fortnightly": (1, 2),
    "monthly": (12, 52),
}

FULL_UP_TO = Decimal(1420)
"""Monthly income up to which help is full. Source: casework sheet, source y, as all below."""
MOST_OVER = Decimal(3000)
PREMIUMS = {"couple": 710, "children_under_14": 425, "children_14_up": 710}
SAVINGS_OVER_66 = Decimal(16000)
BANDS = (
    (Decimal(1000), Decimal(0), Decimal(0), Decimal("0.5")),
    (Decimal(2000), Decimal(1000), Decimal(500), Decimal("0.7")),
    (Decimal(3000), Decimal(2000), Decimal(1200), Decimal("0.9")),
)
"""Up to, beyond, fixed part, share of the rest."""


def fines_weekly(given: Given) -> Results:
    """Income, outgoings and what is left of them, a week.

    Takes ``income`` and ``outgoings``, lists of ``amount`` and ``period`` (weekly, fortnightly or
    monthly), of which outgoings may be left out; gives ``income``, ``outgoings`` and
    ``disposable`` as text with two decimals.
    """
    income, outgoings = _weekly(given.get("income")), _weekly(given.get("outgoings") or ())
    return {
        "income": f"{income:.2f}",
        "outgoings": f"{outgoings:.2f}",
        "disposable": f"{income - outgoings:.2f}",
    }


def _weekly(lines: object) -> Decimal:
    if not isinstance(lines, list | tuple):
        raise ValueError("lists of amounts are wanted")
    total = Decimal()
    for line in lines:
        if not isinstance(line, Mapping) or line.get("period") not in WEEKLY_SHARE:
            raise ValueError("an amount and its period are wanted")
        times, parts = WEEKLY_SHARE[line["period"]]
        total += (money(line.get("amount")) * times / parts).quantize(PENNY, ROUND_HALF_UP)
    return total


def hwf_remission(given: Given) -> Results:
    """How much of a court fee has to be paid: ``outcome`` (full, part or none) and ``pays``.

    Takes ``fee``, ``savings``, ``income`` (a month), ``couple``, ``children_under_14``,
    ``children_14_up`` and ``over_66``. ``pays`` is text with two decimals if ``fee`` is text, else
    a number.
    """
    fee = money(given.get("fee"))
    pays = fee if _savings_fail(fee, given) else _contribution(given)
    if pays is None or pays >= fee:
        outcome, pays = "none", fee
    else:
        outcome = "part" if pays else "full"
    if isinstance(given.get("fee"), str | Decimal):
        return {"outcome": outcome, "pays": f"{pays:.2f}"}
    return {"outcome": outcome, "pays": int(pays) if pays == int(pays) else float(pays)}


def _savings_fail(fee: Decimal, given: Given) -> bool:
    savings = money(given.get("savings"))
    if yes(given.get("over_66")):
        return savings > SAVINGS_OVER_66
    if fee <= FULL_UP_TO:
        return savings > 4250
    return savings >= 3 * fee if fee <= 5000 else savings > 15999


def _contribution(given: Given) -> Decimal | None:
    """What has to be paid by income alone; ``None`` when there is no help."""
    income = money(given.get("income"))
    premiums = PREMIUMS["couple"] * yes(given.get("couple")) + sum(
        PREMIUMS[name] * whole(given.get(name)) for name in ("children_under_14", "children_14_up")
    )
    if income <= FULL_UP_TO:
        return Decimal()
    over = income - FULL_UP_TO - premiums
    if over < 0:
        return Decimal()
    if over > MOST_OVER:
        return None
    over = (over / 10).to_integral_value(ROUND_FLOOR) * 10
    for up_to, beyond, fixed, share in BANDS:
        if over <= up_to:
            return fixed + (over - beyond) * share
    return None


def plan_instalments(given: Given) -> Results:
    """How many instalments pay a balance off (``times``), and the ``last`` of them.

    Takes ``balance``, ``instalment_amount`` and, when something is paid at once, ``lump_sum``.
    """
    rest = money(given.get("balance")) - money(given.get("lump_sum") or 0)
    each = money(given.get("instalment_amount"))
    if each <= 0:
        raise ValueError("an instalment above nothing is wanted")
    times = max(0, int((rest / each).to_integral_value(ROUND_CEILING)))
    last = rest - each * (times - 1) if times else Decimal()
    return {"times": times, "last": f"{last:.2f}"}


def custody_half(given: Given) -> Results:
    """Half the days ``from`` one day ``to`` another, less half of ``remand_days``: ``days``.

    Half a day counts as a whole one. Source: casework sheet, section 2.4 (``rotl``).
    """
    first, last = given.get("from"), given.get("to")
    if not isinstance(first, dt.date) or not isinstance(last, dt.date) or last < first:
        raise ValueError("two days are wanted")
    left = max(0, (last - first).days - whole(given.get("remand_days")))
    return {"days": -(-left // 2)}


CALCULATORS: Mapping[str, Callable[[Given], Results]] = {
    "fines.weekly": fines_weekly,
    "hwf.remission": hwf_remission,
    "plan.instalments": plan_instalments,
    "custody.half": custody_half,
}
OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "fines.weekly": ("income", "outgoings", "disposable"),
    "hwf.remission": ("outcome", "pays"),
    "plan.instalments": ("times", "last"),
    "custody.half": ("days",),
}


def result(calculator: str, given: Given, output: str, kind: FieldType) -> Value:
    """One result of a calculator as the value of a field; ``None`` while something is missing."""
    try:
        return read(kind, CALCULATORS[calculator](given)[output])
    except ValueError:
        return None


def money(raw: object) -> Decimal:
    """An amount.

    Raises:
        ValueError: If it is none.
    """
    try:
        if isinstance(raw, str | int | float | Decimal) and not isinstance(raw, bool):
            amount = Decimal(str(raw))
            if amount.is_finite():
                return amount
    except InvalidOperation:
        pass
    raise ValueError("an amount is wanted")


def whole(raw: object) -> int:
    """A number of people; nothing is none.

    Raises:
        ValueError: If it is no such number.
    """
    if raw is None:
        return 0
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise ValueError("a number of people is wanted")
    return raw


def yes(raw: object) -> bool:
    """Whether an answer is yes."""
    return raw is True or raw == "yes"
