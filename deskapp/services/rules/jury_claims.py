"""The kinds of jury cases that are about claims and payments. Source: jury sheet, section 7."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from deskapp.i18n import _
from deskapp.services.jury import claims, expenses
from deskapp.services.jury.claims import Approver, BelowPaidError, Claim
from deskapp.services.jury.refusals import RefusedError
from deskapp.services.jury.stages import Stage
from deskapp.services.rules import values
from deskapp.services.rules.cases import Fields, Json, MalformedCaseError


def smart_card_apportion(given: Fields) -> Json:
    """Smart card spend by day, in the order of dates."""
    dates = [values.date_of(value) for value in values.listed(given, "dates")]
    if not dates or len(set(dates)) < len(dates):
        raise MalformedCaseError(_("dates must be one or more different dates."))
    shared = claims.share_smart_card(values.amount(given, "amount"), dates)
    return {"per_day": [values.written(amount) for amount in shared.values()]}


def payment_split(given: Fields) -> Json:
    """Total and parts of a payment for several days."""
    names = (*claims.PAID_FROM, "smart_card")
    days = [
        {name: values.amount(row, name) for name in names} for row in values.rows(given, "days")
    ]
    paid = claims.payment(days)
    parts = {name: values.written(amount) for name, amount in (paid.parts or {}).items()}
    return {"total": values.written(paid.total), "payment": parts or None}


def due_vs_paid(given: Fields) -> Json:
    """Whether a claim may be changed so, and what is still to be paid."""
    stage = values.choice(given, "stage", Stage)
    paid, due = (_amounts(values.table(given, name)) for name in ("paid", "due"))
    try:
        edited = claims.edit(stage, paid, due)
    except BelowPaidError as refused:
        return {**_refused(refused, stage), "items": sorted(refused.items)}
    except RefusedError as refused:
        return _refused(refused, stage)
    return {"ok": True, "stage": edited.stage, "to_pay": values.written(edited.to_pay)}


def approval(given: Fields) -> Json:
    """Whether somebody may approve a claim."""
    who, what = values.table(given, "approver"), values.table(given, "claim")
    approver = Approver(
        values.text(who, "name"), values.flag(who, "manager"), values.amount(who, "limit")
    )
    claim = Claim(
        values.listed(what, "touched_by"),
        values.amount(what, "amount"),
        values.flag(what, "versions_match", default=True),
    )
    try:
        return {"ok": True, "stage": claims.approve(approver, claim)}
    except RefusedError as refused:
        return {"ok": False, "error": str(refused.code)}


def _amounts(table: Fields) -> Mapping[str, Decimal]:
    names = (*expenses.ITEMS, "smart_card")
    if unknown := sorted(set(table) - {*names}):
        raise MalformedCaseError(_("{name} is no item of a day.").format(name=unknown[0]))
    return {name: values.amount(table, name) for name in names}


def _refused(refused: RefusedError, stage: Stage) -> dict[str, Json]:
    return {"ok": False, "error": str(refused.code), "stage": stage}
