"""How a juror's claim is shown: who it is, its sums, a line for each day."""

from __future__ import annotations

from collections.abc import Sequence

from deskapp.i18n import N_, _, day, ngettext, number
from deskapp.services.jury import claim_state, claims, explained, money
from deskapp.services.jury.claim_state import STATE_LABELS, Claim, ClaimDay
from deskapp.services.jury.claim_writes import Written
from deskapp.services.jury.pay import DayKind, PayType
from deskapp.widgets.record_list import Column, Row

EMPTY = N_("No day of this juror is confirmed yet: nothing can be claimed.")
COLUMNS = (
    Column(N_("Date"), 12),
    Column(N_("Hours"), 13),
    Column(N_("Day"), 7),
    Column(N_("Total"), 11),
    Column(N_("To pay"), 11),
    Column(N_("State")),
)
SHORT_PAY = {PayType.FULL_DAY: N_("full"), PayType.HALF_DAY: N_("half")}


def who(claim: Claim) -> str:
    """Whose claim it is."""
    parts = [f"{claim.juror} {claim.name}".strip(), _("pool {number}").format(number=claim.pool)]
    if claim.service_start:
        parts.append(_("service from {date}").format(date=day(claim.service_start)))
    return " · ".join(parts)


def sums(claim: Claim) -> str:
    """What is to be submitted, to be approved and was paid."""
    told = _("To submit {draft} · to approve {waiting} · paid so far {paid}")
    paid = money.total(claims.day_total(each.paid or {}) for each in claim.days)
    told = told.format(
        draft=money.shown(claim_state.amount(claim.to_submit)),
        waiting=money.shown(claim_state.amount(claim.to_approve)),
        paid=money.shown(paid),
    )
    if claim.smart_card:
        return f"{told} · " + _("smart card {number}").format(number=claim.smart_card)
    return told


def rows(claim: Claim) -> list[Row]:
    """A line for each day."""
    return [_row(each) for each in claim.days]


def paid_words(payments: Sequence[Written]) -> str:
    """What is paid now, by bank and in cash apart."""
    told = [
        (_("In cash {amount}") if each.in_cash else _("By bank {amount}")).format(
            amount=money.shown(each.payment.total)
        )
        for each in payments
    ]
    return ", ".join(told) or _("Nothing is left to be paid.")


def changed_words(count: int) -> str:
    """How many days were changed."""
    return ngettext("{count} day was changed.", "{count} days were changed.", count).format(
        count=number(count)
    )


def _row(each: ClaimDay) -> Row:
    problem = each.problem
    if problem:
        cells = (_length(each, ""), "", "?", "?", _("Correct it: {why}").format(why=problem))
        return Row(each.id, (day(each.date), *cells), mark="overdue")
    found = each.figures
    total, to_pay = money.shown(found.total), money.shown(each.to_pay)
    return Row(
        each.id,
        (
            day(each.date),
            _length(each, explained.hours(found.minutes)),
            _(SHORT_PAY[found.pay]) if found.pay else "",
            _("{amount} CUT").format(amount=total) if found.capped else total,
            _("{amount} cash").format(amount=to_pay) if each.in_cash else to_pay,
            _(STATE_LABELS[each.state]),
        ),
    )


def _length(each: ClaimDay, hours: str) -> str:
    """Hours and minutes at court and on the way; that there were none where nobody was there."""
    return hours if each.day.kind is DayKind.ATTENDANCE else _("not at court")
