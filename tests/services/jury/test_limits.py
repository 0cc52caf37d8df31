"""How much a manager may approve, and what is told of: what a site may set."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from deskapp.errors import SettingsError
from deskapp.services import local_files
from deskapp.services.jury import limits

AT_COURT = '# 411 = { public_transport = "25.00", taxi = "30.00" }'
SHIPPED = (local_files.SHIPPED / "jury.toml").read_text(encoding="utf-8")


def test_a_manager_has_a_limit_of_their_own_or_that_of_the_site(tmp_path: Path) -> None:
    """However the name is written."""
    own = SHIPPED.replace('# "Gwen Example"', '"Gwen Example"')
    (tmp_path / "jury.toml").write_text(own, encoding="utf-8")
    found = limits.limits(tmp_path)
    assert found.of("GWEN EXAMPLE") == Decimal("2500.00")
    assert found.of("Ann Sample") == Decimal("1000.00")
    assert found.usual == {"public_transport": Decimal("40.00"), "taxi": Decimal("40.00")}


def test_a_court_may_have_what_is_usual_there(tmp_path: Path) -> None:
    """What it does not name is as everywhere."""
    own = SHIPPED.replace(AT_COURT, '411 = { taxi = "12.50" }')
    (tmp_path / "jury.toml").write_text(own, encoding="utf-8")
    found = limits.limits(tmp_path)
    assert found.told_of("411") == {"public_transport": Decimal("40.00"), "taxi": Decimal("12.50")}
    assert found.told_of("412") == found.usual


@pytest.mark.parametrize(
    ("good", "bad", "entry"),
    [
        ('limit = "1000.00"', "limit = 1000.5", "approval.limit"),
        ('limit = "1000.00"', 'limit = "much"', "approval.limit"),
        ('limit = "1000.00"', 'limit = "-1"', "approval.limit"),
        ('# "Gwen Example" = "2500.00"', '"Gwen Example" = "none"', "Gwen Example"),
        ("[approval.managers]", "managers = 3", "approval.managers"),
        ('taxi = "40.00"', "", "usual.taxi"),
        (AT_COURT, '411 = { bus = "25.00" }', "usual.courts.411"),
        (AT_COURT, '41 = { taxi = "25.00" }', "usual.courts.41"),
        (AT_COURT, '411 = { taxi = "dear" }', "usual.courts.411.taxi"),
        (AT_COURT, '411 = "25.00"', "usual.courts.411"),
    ],
)
def test_a_limit_that_cannot_be_used_is_named(
    tmp_path: Path, good: str, bad: str, entry: str
) -> None:
    """A binary fraction is no amount of money."""
    assert good in SHIPPED
    (tmp_path / "jury.toml").write_text(SHIPPED.replace(good, bad), encoding="utf-8")
    with pytest.raises(SettingsError, match=entry):
        limits.limits(tmp_path)
