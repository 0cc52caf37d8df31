"""A juror's claim as text: each day with all that explains its amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deskapp.i18n import _, weekday
from deskapp.services.enquiries import report_lines
from deskapp.services.jury import claims, explained, money
from deskapp.services.jury.claim_state import STATE_LABELS, Claim, ClaimDay


def explained_days(claim: Claim, days: Iterable[ClaimDay]) -> Iterator[str]:
    """Each day under its date, line by line."""
    yield _("Juror {number}, pool {pool}").format(number=claim.juror, pool=claim.pool)
    for day in days:
        yield ""
        state = _(STATE_LABELS[day.state])
        yield _("{date}: {state}").format(date=weekday(day.date), state=state)
        yield from report_lines.pairs(_told(day))


def _told(day: ClaimDay) -> list[explained.Told]:
    problem = day.problem
    if problem:
        return [(_("Not counted"), str(problem))]
    told = explained.lines(day.day, day.figures, day.rules, day.row.effective_from)
    told += [(label, words) for label, words in _besides(day) if words]
    if day.paid is None:
        return told
    return [
        *told,
        (_("Paid so far"), money.shown(claims.day_total(day.paid))),
        (_("To pay now"), money.shown(day.to_pay)),
    ]


def _besides(day: ClaimDay) -> Iterator[tuple[str, str]]:
    """What was written beside the amounts."""
    if day.day.other_costs:
        yield _("Other costs for"), day.other_what
    yield _("Permitted by"), day.permitted_by
    yield _("Paid"), _("in cash") if day.in_cash else _("by bank")
    yield _("Audit number"), day.audit_number
