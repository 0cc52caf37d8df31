"""What jurors are paid: rate sets with the day from which they count.

The set in force on the day of attendance counts. Source: jury sheet, section 6.1; the figures are
data, in ``data/reference/jury_rates.toml``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from deskapp.errors import DeskError
from deskapp.i18n import _, day
from deskapp.services import local_files
from deskapp.services.jury import money
from deskapp.services.jury.pay import Band, PayType

RATES_FILE = "jury_rates.toml"


class NoRatesError(DeskError):
    """No rate set was in force on a day."""


@dataclass(frozen=True)
class Rates:
    """One set of rates, in pounds; miles have three decimals."""

    full_standard: Decimal
    half_standard: Decimal
    full_long: Decimal
    half_long: Decimal
    full_extra_long: Decimal
    half_extra_long: Decimal
    food_up_to_10h: Decimal
    food_over_10h: Decimal
    car_per_mile: Decimal
    car_first_passenger: Decimal
    car_each_further_passenger: Decimal
    motorcycle_per_mile: Decimal
    motorcycle_passenger: Decimal
    bicycle_per_mile: Decimal

    def limit(self, pay: PayType, band: Band) -> Decimal:
        """The most that is paid for financial loss on one day."""
        length = "full" if pay is PayType.FULL_DAY else "half"
        limit: Decimal = getattr(self, f"{length}_{band}")
        return limit

    def changed(self, changes: Mapping[str, object]) -> Rates:
        """The same with other values for some of the rates.

        Raises:
            ValueError: If there is no such rate, or a value is no amount from 0 to ``money.MOST``.
        """
        return replace(self, **_amounts(changes))


@dataclass(frozen=True)
class RateRow:
    """A rate set and from when it counts."""

    effective_from: dt.date
    rates: Rates
    source: str


class RateTable:
    """Every rate set, in the order of their first days."""

    def __init__(self, rows: Iterable[RateRow]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: row.effective_from))

    def on(self, date: dt.date) -> RateRow:
        """The rate set in force on a day of attendance.

        Raises:
            NoRatesError: If the day lies before the first of them.
        """
        for row in reversed(self.rows):
            if row.effective_from <= date:
                return row
        message = _("No rates are known for {date}. Ask a manager to enter them.")
        raise NoRatesError(message.format(date=day(date)))


@cache
def in_force(settings_folder: Path) -> RateTable:
    """The rate sets of the settings folder, or those that ship.

    Raises:
        SettingsError: If they cannot be used; the text names the file and the entry.
    """
    file = local_files.read(RATES_FILE, settings_folder)
    listed = file.entries.get("rates")
    if not isinstance(listed, list) or not listed:
        raise file.wrong("rates")
    rows = []
    for number, entries in enumerate(listed, start=1):
        try:
            rows.append(_row(dict(entries)))
        except (KeyError, TypeError, ValueError) as error:
            raise file.wrong(f"rates {number}: {error.args[0]}") from error
    if len({row.effective_from for row in rows}) < len(rows):
        raise file.wrong("effective_from")
    return RateTable(rows)


@cache
def shipped() -> RateTable:
    """The rate sets that ship."""
    return in_force(local_files.SHIPPED)


def _row(entries: dict[str, object]) -> RateRow:
    effective_from, source = entries.pop("effective_from"), entries.pop("source")
    if type(effective_from) is not dt.date:
        raise ValueError("effective_from")
    if not isinstance(source, str) or not source:
        raise ValueError("source")
    amounts = _amounts(entries)
    for field in fields(Rates):
        amounts[field.name]  # each must be given
    return RateRow(effective_from, Rates(**amounts), source)


def _amounts(entries: Mapping[str, object]) -> dict[str, Decimal]:
    known = {field.name for field in fields(Rates)}
    amounts = {}
    for name, raw in entries.items():
        try:
            amounts[name] = money.read(raw)
        except ValueError:
            raise ValueError(name) from None
        if name not in known or not 0 <= amounts[name] <= money.MOST:
            raise ValueError(name)
    return amounts
