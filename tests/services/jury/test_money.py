"""Amounts are decimal from the key stroke to the payment, and every penny is accounted for."""

from __future__ import annotations

import ast
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deskapp.services.jury
from deskapp.services.jury import claims, estimates, estimating, money, rates
from deskapp.services.jury.claims import BelowPaidError
from deskapp.services.jury.estimating import LABELS
from deskapp.services.jury.expenses import ITEMS
from deskapp.services.jury.stages import Stage
from deskapp.services.typed import NotUnderstoodError

MODULES = sorted(Path(deskapp.services.jury.__file__).parent.glob("*.py"))
RATES = rates.shipped().rows[-1].rates
amounts = st.integers(0, 20_000).map(lambda pence: Decimal(pence) / 100)
days = st.fixed_dictionaries(dict.fromkeys((*ITEMS, "smart_card"), amounts))


def floats(tree: ast.AST) -> list[int]:
    """Lines on which a binary fraction is made."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
    ]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_amount_is_ever_a_binary_fraction(module: Path) -> None:
    """0.1 + 0.2 is not 0.3 in binary."""
    assert floats(ast.parse(module.read_text(encoding="utf-8"))) == []


def test_a_binary_fraction_would_be_noticed() -> None:
    """The rule above can fail."""
    assert floats(ast.parse("a = 0.5\nb = float('1')")) == [1, 2]


@settings(deadline=None)
@given(st.integers(0, 100_000_000))
def test_what_is_typed_kept_and_shown_is_the_same_amount(pence: int) -> None:
    """As text of files, as people read it, as whole pence."""
    amount = money.of_pence(pence)
    assert money.to_pence(amount) == pence
    assert money.typed(money.text(amount)) == amount
    assert money.typed(money.shown(amount)) == amount
    assert money.shown(-amount) == ("-" if pence else "") + money.shown(amount)


@pytest.mark.parametrize("text", ["1.5", "1.505", "-1", "1e3", "£", "1,00", "٣", "NaN", "1 2"])
def test_what_is_no_amount_is_not_read(text: str) -> None:
    """Half an amount must not become a payment."""
    with pytest.raises(NotUnderstoodError):
        money.typed(text)


@settings(deadline=None)
@given(days, days)
def test_an_edit_is_refused_or_pays_exactly_what_is_missing(
    paid: dict[str, Decimal], due: dict[str, Decimal]
) -> None:
    """Item by item, penny by penny, in whole numbers."""

    def total(day: dict[str, Decimal]) -> int:
        return sum(int(day[name] * 100) for name in ITEMS) - int(day["smart_card"] * 100)

    below = [name for name in ITEMS if due[name] < paid[name]]
    below += ["total"] * (total(due) < total(paid))
    below += ["smart_card"] * (due["smart_card"] > paid["smart_card"])
    if total(due) < 0:
        return
    if below:
        with pytest.raises(BelowPaidError) as refused:
            claims.edit(Stage.EXPENSE_AUTHORISED, paid, due)
        assert refused.value.items == below
    else:
        edited = claims.edit(Stage.EXPENSE_AUTHORISED, paid, due)
        assert int(edited.to_pay * 100) == total(due) - total(paid)


@settings(deadline=None)
@given(st.fixed_dictionaries({name: st.integers(0, 30_000) for name in LABELS}))
def test_an_estimate_is_that_of_the_slow_version(given_pence: dict[str, int]) -> None:
    """In tenths of pennies; miles have two decimals here."""
    given_amounts = {name: Decimal(pence) / 100 for name, pence in given_pence.items()}
    ways = ("car", "motorcycle", "bicycle")
    found = estimates.estimate(
        RATES,
        daily_earnings=given_amounts["daily_earnings"],
        extra_costs=given_amounts["extra_costs"],
        public_transport=given_amounts["public_transport"],
        miles={way: given_amounts[way] for way in ways},
    )
    mills = {"car": 314, "motorcycle": 314, "bicycle": 96}
    slow = {way: (given_pence[way] * mills[way] + 500) // 1000 for way in ways}
    loss = min(given_pence["daily_earnings"] + given_pence["extra_costs"], 6495)
    assert {way: int(amount * 100) for way, amount in found.ways.items()} == slow
    travel = sum(slow.values()) + given_pence["public_transport"]
    assert int(found.total * 100) == loss + travel + 571


def test_the_answer_to_a_caller_says_every_part_and_the_day_of_the_rates() -> None:
    """Old figures may have changed."""
    row = rates.shipped().rows[-1]
    asked = estimating.read({"daily_earnings": "40", "public_transport": "6.20"}, row)
    told = dict(estimating.lines(asked, dt.date(2026, 11, 18)))
    assert list(told.values()) == [
        "£40.00", "£6.20", "£5.71", "£51.91",
        "in force from 1 Jun 2010; looked up for 18 Nov 2026",
    ]  # fmt: skip
    assert "about £51.91" in estimating.sentence(asked)
