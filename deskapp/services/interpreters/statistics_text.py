"""The published figures of interpreter bookings as text, with bars, and as a table for programs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from deskapp.i18n import _, number
from deskapp.services import exports, spoken
from deskapp.services.courts import sites
from deskapp.services.enquiries import report_lines
from deskapp.services.enquiries.report_lines import Row, bar, days_words
from deskapp.services.interpreters.bookings import (
    KIND_LABELS,
    ROUTE_LABELS,
    STATUS_LABELS,
    Kind,
    Status,
)
from deskapp.services.interpreters.statistics import Statistics
from deskapp.services.interpreters.statistics_asked import BY_LABELS, By
from deskapp.services.interpreters.statistics_report import Report, in_order

OUTCOMES = (
    Status.FULFILLED,
    Status.CUSTOMER_DID_NOT_ATTEND,
    Status.SUPPLIER_DID_NOT_ATTEND,
    Status.UNFILLED,
    Status.CANCELLED_BY_COURT,
)
"""How a request ends, in the order it is told."""
MOST_LANGUAGES = 10
COLUMNS = (
    *("from", "to", "section", "code", "name", "completed"),
    *(status.value for status in OUTCOMES),
    *("off_contract", "proven_complaints"),
    *("success_rate", "complaint_rate", "off_contract_share"),
)
"""Rates are per cent with one decimal; empty where there is nothing to count them of."""


def lines(report: Report, target: int) -> Iterator[str]:
    """The figures, line by line.

    Args:
        report: What was counted.
        target: The success rate that is aimed at, in per cent.
    """
    where = sites.name(report.site) if report.site else _("Every site")
    yield f"{where}, {days_words(report.asked.days)}"
    yield ""
    yield from report_lines.pairs(_summary(report, target))
    yield ""
    yield from report_lines.table(_outcomes(report.whole))
    if report.whole.languages.total():
        yield ""
        yield from report_lines.table(_top(report.whole))
    yield ""
    yield from report_lines.table(_groups(report))


def _summary(report: Report, target: int) -> list[tuple[str, str]]:
    whole = report.whole
    others = ", ".join(
        f"{_(ROUTE_LABELS[route])} {number(count)}" for route, count in report.other_routes.items()
    )
    told = [
        (_("Completed requests"), number(whole.completed)),
        (
            _("Success rate"),
            _("{rate}, target {target}%").format(rate=rate(whole.success_rate), target=target),
        ),
        (
            _("Complaint rate"),
            _("{rate}, proven complaints: {count}").format(
                rate=rate(whole.complaint_rate), count=number(whole.complaints)
            ),
        ),
        (
            _("Off contract"),
            _("{rate}, bookings: {count}").format(
                rate=rate(whole.off_contract_share), count=number(whole.off_contract)
            ),
        ),
    ]
    return [*told, (_("Other routes"), others)] if others else told


def rate(share: Decimal | None) -> str:
    """A rate as it is published; n/a where there is nothing to count it of."""
    return _("n/a") if share is None else f"{share}%"


def _outcomes(whole: Statistics) -> list[Row]:
    largest = max(whole.outcomes.values(), default=0)
    rows = [Row(_("Outcome"), [_("Requests")])]
    for status in OUTCOMES:
        count = whole.outcomes[status]
        rows.append(Row(_(STATUS_LABELS[status]), [number(count)], bar(count, largest)))
    return rows


def _top(whole: Statistics) -> list[Row]:
    top = whole.top(MOST_LANGUAGES)
    largest = max((count for _code, count in top), default=0)
    rows = [Row(_("Languages asked for most"), [_("Requests")])]
    rows += [
        Row(spoken.languages().label(code), [number(count)], bar(count, largest))
        for code, count in top
    ]
    return rows


def _groups(report: Report) -> list[Row]:
    headings = [_("Requests"), _("Success"), _("No-show"), _("Unfilled"), _("Cancelled")]
    largest = max((each.completed for each in report.groups.values()), default=0)
    rows = [Row(_(BY_LABELS[report.asked.by]), headings)]
    for code in in_order(report):
        group = report.groups[code]
        chart = bar(group.completed, largest)
        rows.append(Row(name(report.asked.by, code), _cells(group), chart))
    return [*rows, Row(_("Total"), _cells(report.whole))]


def _cells(figures: Statistics) -> list[str]:
    return [
        number(figures.completed),
        rate(figures.success_rate),
        number(figures.outcomes[Status.SUPPLIER_DID_NOT_ATTEND]),
        number(figures.outcomes[Status.UNFILLED]),
        number(figures.outcomes[Status.CANCELLED_BY_COURT]),
    ]


def name(by: By, code: str) -> str:
    """What a group is called."""
    if by is By.LANGUAGE:
        return spoken.languages().label(code) if code else _("Not in the list, or none")
    if by is By.KIND:
        return _(KIND_LABELS[Kind(code)])
    if by is By.SITE:
        return sites.name(code)
    return code


def as_csv(report: Report) -> str:
    """The groups and their total."""
    return exports.as_csv(COLUMNS, ([*row.values()] for row in as_data(report)))


def as_data(report: Report) -> Iterator[dict[str, str]]:
    """The same, one object for each row."""
    by = report.asked.by
    for code in in_order(report):
        yield _data(report, by, code, name(by, code), report.groups[code])
    yield _data(report, "total", "total", "", report.whole)


def _data(
    report: Report, section: str, code: str, called: str, figures: Statistics
) -> dict[str, str]:
    def share(found: Decimal | None) -> str:
        return "" if found is None else str(found)

    values = (
        *(report.asked.days.first.isoformat(), report.asked.days.last.isoformat()),
        *(section, code, called, str(figures.completed)),
        *(str(figures.outcomes[status]) for status in OUTCOMES),
        *(str(figures.off_contract), str(figures.complaints)),
        *(share(figures.success_rate), share(figures.complaint_rate)),
        share(figures.off_contract_share),
    )
    return dict(zip(COLUMNS, values, strict=True))
