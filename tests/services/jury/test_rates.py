"""Rate sets and rules as data: what ships, and what a site puts in their place."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.errors import SettingsError
from deskapp.services import local_files
from deskapp.services.jury import rates
from deskapp.services.jury import rules as jury_rules
from deskapp.services.jury.pay import Band, PayType
from deskapp.services.jury.rates import NoRatesError

SHIPPED = (local_files.SHIPPED / rates.RATES_FILE).read_text(encoding="utf-8")
RULES = (local_files.SHIPPED / jury_rules.RULES_FILE).read_text(encoding="utf-8")


def own(folder: Path, text: str, name: str = rates.RATES_FILE) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_rates_that_ship_are_those_of_the_sheet() -> None:
    """In force since 1 June 2010, and not before."""
    table = rates.shipped()
    found = table.on(dt.date(2010, 6, 1))
    assert found.rates.limit(PayType.HALF_DAY, Band.EXTRA_LONG) == Decimal("114.03")
    assert found.source
    with pytest.raises(NoRatesError):
        table.on(dt.date(2010, 5, 31))


def test_a_later_row_of_a_site_counts_from_its_day(tmp_path: Path) -> None:
    """Rows may stand in any order."""
    rows = SHIPPED[SHIPPED.index("[[rates]]") :]
    later = rows.replace("2010-06-01", "2027-04-01").replace('"64.95"', '"70.00"')
    table = rates.in_force(own(tmp_path, later + rows))
    assert table.on(dt.date(2027, 3, 31)).rates.full_standard == Decimal("64.95")
    assert table.on(dt.date(2027, 4, 1)).rates.full_standard == Decimal("70.00")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('bicycle_per_mile = "0.096"', ""), "bicycle_per_mile"),
        (('"0.096"', '"free"'), "bicycle_per_mile"),
        (('"0.096"', '"-1"'), "bicycle_per_mile"),
        (('"0.096"', '"1000000.01"'), "bicycle_per_mile"),
        (("bicycle_per_mile", "scooter_per_mile"), "scooter_per_mile"),
        (("2010-06-01", '"2010-06-01"'), "effective_from"),
        (("source =", "origin ="), "source"),
        (("[[rates]]", "[[fares]]"), "rates"),
        (("[[rates]]", "rates = 5\n[[fares]]"), "rates"),
    ],
)
def test_rates_that_cannot_be_used_are_named(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    """An administrator must find the line."""
    with pytest.raises(SettingsError, match=named):
        rates.in_force(own(tmp_path, SHIPPED.replace(*change)))


def test_two_rows_of_one_day_are_refused(tmp_path: Path) -> None:
    """Which of them counts would be chance."""
    rows = SHIPPED[SHIPPED.index("[[rates]]") :]
    with pytest.raises(SettingsError, match="effective_from"):
        rates.in_force(own(tmp_path, rows + rows))


def test_a_site_may_set_the_rules(tmp_path: Path) -> None:
    """Assumptions are settings."""
    text = RULES.replace("extra_long_from_day = 202", "extra_long_from_day = 201")
    assert jury_rules.rules(own(tmp_path, text, "jury.toml")).extra_long_from_day == 201


@pytest.mark.parametrize("wrong", ["locked_after_days = -1", 'locked_after_days = "7"', ""])
def test_rules_that_cannot_be_used_are_named(tmp_path: Path, wrong: str) -> None:
    """A missing one as well."""
    text = RULES.replace("locked_after_days = 7", wrong)
    with pytest.raises(SettingsError, match="locked_after_days"):
        jury_rules.rules(own(tmp_path, text, "jury.toml"))
