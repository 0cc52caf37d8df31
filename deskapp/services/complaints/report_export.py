"""A report of the complaints desk for other programs: CSV and JSON, one header, ISO dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deskapp.services import exports
from deskapp.services.complaints import report_names
from deskapp.services.complaints.figures import PARTS, Figures
from deskapp.services.complaints.report import Report
from deskapp.services.complaints.report_text import hidden_rows, in_order, taken
from deskapp.services.small_numbers import HIDDEN, Mask

TOTAL = "total"
FIGURES = (
    *("received", "answered", "on_time", "on_time_percent", "open", "overdue"),
    *("average_working_days", "ninetieth_working_days", "reviews", "first_answers"),
)
"""``on_time`` is the numerator and ``answered`` the denominator of the per cent; so are
``reviews`` and ``first_answers`` of the escalation rate."""
COLUMNS = (
    *("from", "to", "section", "code", "name"),
    *FIGURES,
    *("calendar_version", "known_to", "synced_at"),
)
_COUNTED_AS = {"categories": "received", "channels": "received", "aside": "received"}
"""Which figure a part counts; the others count answers."""


def as_csv(report: Report, mask: Mask) -> str:
    """Rows of the table, its total, and every list; cells that do not apply are empty."""
    return exports.as_csv(COLUMNS, ([*row.values()] for row in as_data(report, mask)))


def as_data(report: Report, mask: Mask) -> Iterator[dict[str, str]]:
    """The same, one object for each row."""
    counted, by = report.counted, report.asked.by
    hidden = hidden_rows(report, mask)
    for code in in_order(report):
        figures = _figures(counted.groups[code], mask)
        if code in hidden:
            received = figures["received"] if mask.small(counted.groups[code].received) else HIDDEN
            figures = dict.fromkeys(FIGURES, HIDDEN) | {"received": received}
        yield _row(report, by, code, report_names.name(by, code), figures)
    yield _row(report, TOTAL, TOTAL, "", _figures(counted.whole, mask))
    for part in PARTS:
        yield from _part(report, part, counted.parts[part], mask)
    yield from _part(report, "aside", counted.aside, mask)
    yield _optic(report, mask)


def _optic(report: Report, mask: Mask) -> dict[str, str]:
    """What is not in OPTIC yet; its code is the day on which the oldest was received."""
    optic = report.optic
    waiting = {"open": mask.plain(optic.waiting), "answered": mask.plain(optic.answered)}
    hidden = optic.oldest is None or mask.small(optic.waiting)
    return _row(report, "not_in_optic", "" if hidden else f"{optic.oldest}", "", waiting)


def _row(
    report: Report, section: str, code: str, name: str, figures: dict[str, str]
) -> dict[str, str]:
    days, synced_at = report.asked.days, report.synced_at
    return {
        "from": days.first.isoformat(),
        "to": days.last.isoformat(),
        "section": section,
        "code": code,
        "name": name,
        **{each: figures.get(each, "") for each in FIGURES},
        "calendar_version": report.calendar_version,
        "known_to": report.known_to.isoformat(),
        "synced_at": synced_at.isoformat(timespec="seconds") if synced_at else "",
    }


def _part(report: Report, part: str, counts: Counter[str], mask: Mask) -> Iterator[dict[str, str]]:
    hidden, counted_as = mask.hidden_rows(counts), _COUNTED_AS.get(part, "answered")
    for code, count in counts.most_common():
        shown = HIDDEN if code in hidden and not mask.small(count) else mask.plain(count)
        yield _row(report, part, code, report_names.name(part, code), {counted_as: shown})


def _figures(figures: Figures, mask: Mask) -> dict[str, str]:
    counts = ("received", "answered", "on_time", "open", "overdue", "reviews", "first_answers")
    found = {name: mask.plain(getattr(figures, name)) for name in counts}
    if mask.small(figures.answered - figures.on_time):
        found["on_time"] = HIDDEN
    percent = mask.percent(figures.on_time, figures.answered).strip("-%")
    average, ninetieth = (text.strip("-") for text in taken(figures, mask))
    return {
        **found,
        "on_time_percent": percent,
        "average_working_days": average,
        "ninetieth_working_days": ninetieth,
    }
