"""A report of the enquiry desk for other programs: CSV and JSON, small counts always hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from deskapp.services import exports
from deskapp.services.enquiries.enquiry_figures import Figures
from deskapp.services.enquiries.report_table import Report
from deskapp.services.enquiries.report_text import (
    cells,
    hidden_cells,
    hidden_rows,
    hides_outcome,
    of_those_due,
)
from deskapp.services.small_numbers import HIDDEN, Mask
from deskapp.text import one_line

TOTAL = "total"
COLUMNS = (
    *("contacts", "average", "median", "ninetieth", "wrap_up", "first_contact"),
    *("not_identified", "no_authority", "dissatisfied", "complaints"),
)
_COUNTED = {
    "not_identified": "NOID",
    "no_authority": "NAUT",
    "dissatisfied": "",
    "complained": "",
}
"""The last figures of a row, and the outcome that each is the count of."""


def as_csv(report: Report, mask: Mask) -> str:
    """The table with its total; times are minutes and seconds, shares per cent."""
    rows = ((code, name, *values) for code, name, values in _rows(report, mask))
    return exports.as_csv((report.asked.by, "name", *COLUMNS), rows)


def as_data(report: Report, mask: Mask) -> Iterator[dict[str, object]]:
    """The report for a program: first its range and what is told once, then a line for each row."""
    others = report.others
    yield {
        "report": "enquiries",
        "from": report.asked.days.first.isoformat(),
        "to": report.asked.days.last.isoformat(),
        "by": report.asked.by.value,
        "own": report.asked.own,
        "site": report.site,
        "callbacks_booked": mask.plain(others.callbacks.booked),
        "callbacks_due": mask.plain(others.callbacks.due),
        **{
            f"callbacks_{name}": HIDDEN if hidden else mask.plain(count)
            for name, (count, hidden) in of_those_due(others.callbacks, mask).items()
        },
        "markers_past_review": mask.plain(others.markers_overdue),
        "building_risks": mask.plain(others.risks.opened),
        "articles": {name: mask.plain(times) for name, times in others.articles},
        "articles_flagged": mask.plain(others.flagged),
        "searches_in_vain": mask.plain(others.empty_searches),
    }
    for code, name, values in _rows(report, mask):
        yield {"code": code, "name": name, **dict(zip(COLUMNS, values, strict=True))}


def _rows(report: Report, mask: Mask) -> Iterator[tuple[str, str, list[str]]]:
    hidden = hidden_rows(report, mask)
    columns = {
        name: mask.hidden_rows(
            {row.code: getattr(row.figures, name) for row in report.rows}, hidden
        )
        for name in _COUNTED
    }
    for row in report.rows:
        if row.code in hidden:
            shown = hidden_cells(row.figures, mask)
            values = [*shown, *[HIDDEN] * (len(COLUMNS) - len(shown))]
        else:
            values = _values(
                row.figures, mask, {name for name in columns if row.code in columns[name]}
            )
        yield row.code, one_line(row.name), values
    beside = {name for name, code in _COUNTED.items() if hides_outcome(code, report, mask)}
    yield TOTAL, "", _values(report.total, mask, beside)


def _values(figures: Figures, mask: Mask, hidden: Collection[str]) -> list[str]:
    """The cells of a line; of the figures named only whether they are small is told."""
    counts = {name: getattr(figures, name) for name in _COUNTED}
    return [
        mask.plain(figures.contacts),
        *cells(figures, mask)[1:],
        *(
            HIDDEN if name in hidden and not mask.small(count) else mask.plain(count)
            for name, count in counts.items()
        ),
    ]
