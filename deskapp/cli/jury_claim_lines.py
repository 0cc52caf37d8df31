"""Claims of jurors as the commands write them."""

from __future__ import annotations

from deskapp.cli.out import show, show_json
from deskapp.i18n import _, day
from deskapp.services.jury import money
from deskapp.services.jury.claim_lists import ClaimLine, Which
from deskapp.services.jury.claim_state import STATE_LABELS, Claim, ClaimDay
from deskapp.text import one_line


def show_line(line: ClaimLine, which: Which, *, as_json: bool) -> None:
    """Write one juror of a list."""
    if as_json:
        show_json(
            {
                "juror": line.juror,
                "name": line.name,
                "pool": line.pool,
                "list": which.value,
                "days": line.count,
                "oldest": line.oldest.isoformat(),
                "to_pay": money.text(line.amount),
            }
        )
        return
    amount = money.shown(line.amount)
    show(f"{line.juror}  {day(line.oldest):<11}  {line.count:>3}  {amount:>11}  {line.name}")


def show_days(claim: Claim, *, as_json: bool) -> None:
    """Write every day of a claim."""
    for each in claim.days:
        if as_json:
            show_json(_day_json(each))
            continue
        problem = each.problem
        total = "?" if problem else money.shown(each.figures.total)
        state = str(problem) if problem else _(STATE_LABELS[each.state])
        show(
            f"{day(each.date):<11}  {total:>10}  {money.shown(each.to_pay):>10}  {one_line(state)}"
        )


def _day_json(each: ClaimDay) -> dict[str, object]:
    kept = {"date": each.date.isoformat(), "state": each.state.value, "in_cash": each.in_cash}
    problem = each.problem
    if problem:
        return {**kept, "problem": str(problem)}
    found = each.figures
    return {
        **kept,
        "kind": found.kind.value,
        "minutes": found.minutes,
        "pay": found.pay,
        "band": found.band.value,
        "limit": money.text(found.limit) if found.limit is not None else None,
        "items": {name: money.text(amount) for name, amount in found.items.items()},
        "cuts": {name: money.text(amount) for name, amount in found.cuts.items()},
        "smart_card": money.text(found.smart_card),
        "total": money.text(found.total),
        "to_pay": money.text(each.to_pay),
        "rates_from": each.row.effective_from.isoformat(),
    }
