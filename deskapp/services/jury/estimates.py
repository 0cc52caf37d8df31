"""What a juror who rings may expect for a day. Source: jury sheet, section 6.7."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from deskapp.services.jury import money
from deskapp.services.jury.rates import Rates


class Estimate(NamedTuple):
    """What a caller may expect for a day."""

    loss: Decimal
    ways: dict[str, Decimal]
    """By car, motorcycle and bicycle."""
    travel: Decimal
    food: Decimal
    total: Decimal


def estimate(
    rates: Rates,
    *,
    daily_earnings: Decimal,
    extra_costs: Decimal,
    public_transport: Decimal,
    miles: Mapping[str, Decimal],
) -> Estimate:
    """What somebody who rings may expect for an ordinary full day.

    ``miles`` by car, motorcycle and bicycle may have decimals.
    """
    loss = min(daily_earnings + extra_costs, rates.full_standard)
    ways = {
        way: money.pounds(miles.get(way, money.ZERO) * rate)
        for way, rate in (
            ("car", rates.car_per_mile),
            ("motorcycle", rates.motorcycle_per_mile),
            ("bicycle", rates.bicycle_per_mile),
        )
    }
    travel = money.total(ways.values()) + public_transport
    return Estimate(loss, ways, travel, rates.food_up_to_10h, loss + travel + rates.food_up_to_10h)
