"""From a draft to a payment: submitted, approved by another person, edited, paid.

Source: jury sheet, sections 6.5 and 6.6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from deskapp.i18n import _
from deskapp.services.jury import money
from deskapp.services.jury.dates import months_after
from deskapp.services.jury.expenses import ITEM_LABELS, ITEMS
from deskapp.services.jury.refusals import REFUSAL_WORDS, Refusal, RefusedError
from deskapp.services.jury.rules import Rules
from deskapp.services.jury.stages import APPROVED, CLAIMED, Stage

Amounts = Mapping[str, Decimal]
"""By item, ``smart_card`` among them; what is not named is nothing."""
PAID_FROM = ("food_and_drink", "travel", "financial_loss")
"""What a payment is made of, in the order in which the smart card is taken off."""


class ClaimedDay(NamedTuple):
    """A day that is about to be submitted."""

    stage: Stage | None
    draft: bool


class Approver(NamedTuple):
    """Who is about to approve."""

    name: str
    manager: bool
    limit: Decimal


class Claim(NamedTuple):
    """What is about to be approved."""

    touched_by: Collection[str]
    """Everybody who submitted or edited any of it."""
    amount: Decimal
    versions_match: bool
    """Whether every day is still as it was shown."""


class Payment(NamedTuple):
    """What is paid."""

    total: Decimal
    parts: dict[str, Decimal] | None
    """By ``PAID_FROM``; ``None`` when there is nothing to pay."""


class Edited(NamedTuple):
    """A claim after an edit."""

    stage: Stage
    to_pay: Decimal
    """The difference from what was paid."""


def submit(days: Iterable[ClaimedDay]) -> None:
    """Refuse to submit days unless all are confirmed and in draft.

    Raises:
        RefusedError: ``WRONG_STAGE``.
    """
    if not all(day.draft and day.stage is Stage.EXPENSE_ENTERED for day in days):
        raise RefusedError(Refusal.WRONG_STAGE)


def check_time(service_start: dt.date, today: dt.date, rules: Rules) -> None:
    """Refuse a claim that comes too late.

    Raises:
        RefusedError: ``CLAIM_TOO_LATE``.
    """
    last = months_after(service_start, rules.claim_months)
    if today > last:
        raise RefusedError(Refusal.CLAIM_TOO_LATE, date=last)


def approve(approver: Approver, claim: Claim) -> Stage:
    """The stage of every day after approval, which needs another person with a limit.

    Raises:
        RefusedError: ``NOT_ALLOWED``, ``STALE_VERSION``, ``OWN_SUBMISSION`` or
            ``OVER_APPROVAL_LIMIT``, the first of them that holds.

    Source: jury sheet, section 6.6.
    """
    if not approver.manager:
        raise RefusedError(Refusal.NOT_ALLOWED)
    if not claim.versions_match:
        raise RefusedError(Refusal.STALE_VERSION)
    if approver.name in claim.touched_by:
        raise RefusedError(Refusal.OWN_SUBMISSION)
    if claim.amount > approver.limit:
        raise RefusedError(
            Refusal.OVER_APPROVAL_LIMIT,
            amount=money.text(claim.amount),
            limit=money.text(approver.limit),
        )
    return Stage.EXPENSE_AUTHORISED


def edit(stage: Stage | None, paid: Amounts, due: Amounts) -> Edited:
    """A day after its items were edited, and what remains to be paid for it.

    Raises:
        RefusedError: ``WRONG_STAGE`` before the day is confirmed; ``EXPENSE_BELOW_ZERO``;
            ``EXPENSE_BELOW_PAID`` with the ``items`` that would be less than was paid, and
            ``smart_card`` when more would be taken off than was.

    Source: jury sheet, section 6.6.
    """
    if stage not in CLAIMED:
        raise RefusedError(Refusal.WRONG_STAGE)
    if day_total(due) < 0:
        raise RefusedError(Refusal.EXPENSE_BELOW_ZERO)
    below = [name for name in ITEMS if _of(due, name) < _of(paid, name)]
    if day_total(due) < day_total(paid):
        below.append("total")
    if stage in APPROVED and _of(due, "smart_card") > _of(paid, "smart_card"):
        below.append("smart_card")
    if below:
        raise BelowPaidError(below)
    after = Stage.EXPENSE_EDITED if stage is Stage.EXPENSE_AUTHORISED else stage
    return Edited(after, day_total(due) - day_total(paid))


class BelowPaidError(RefusedError):
    """An edit would leave less than was paid."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(Refusal.EXPENSE_BELOW_PAID)
        self.items = items
        """Names of items, ``total`` and ``smart_card`` among them."""

    def __str__(self) -> str:
        labels = ", ".join(_(ITEM_LABELS[name]) for name in self.items)
        return _(REFUSAL_WORDS[self.code]).format(items=labels)


def day_total(amounts: Amounts) -> Decimal:
    """All items of a day less its smart card."""
    return money.total(_of(amounts, name) for name in ITEMS) - _of(amounts, "smart_card")


def payment(days: Iterable[Amounts]) -> Payment:
    """What is paid for days whose amounts are given by ``PAID_FROM`` and ``smart_card``.

    The smart card comes off food and drink, then travel, then loss. A smart card below nothing,
    which an edit can leave, is added to food and drink.

    Source: jury sheet, section 6.6.
    """
    days = list(days)
    parts = {name: money.total(_of(day, name) for day in days) for name in PAID_FROM}
    rest = money.total(_of(day, "smart_card") for day in days)
    for name in PAID_FROM:
        last = name == PAID_FROM[-1]
        taken = rest if last else min(rest, max(parts[name], money.ZERO))
        parts[name] -= taken
        rest -= taken
    total = money.total(parts.values())
    return Payment(total, parts if total > 0 else None)


def share_smart_card(amount: Decimal, dates: Iterable[dt.date]) -> dict[dt.date, Decimal]:
    """Smart card spend shared over days in draft, in the order of their dates.

    Source: jury sheet, section 6.5.
    """
    ordered = sorted(set(dates))
    return dict(zip(ordered, money.parts(amount, len(ordered)), strict=True))


def _of(amounts: Amounts, name: str) -> Decimal:
    return amounts.get(name, money.ZERO)
