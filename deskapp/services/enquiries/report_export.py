"""A report of the enquiry desk for other programs: CSV and JSON, small counts always hidden."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from deskapp.services.enquiries.enquiry_figures import Figures
from deskapp.services.enquiries.report_table import Report
from deskapp.services.enquiries.report_text import cells, hidden_cells, hidden_rows
from deskapp.services.small_numbers import Mask
from deskapp.text import one_line

TOTAL = "total"
COLUMNS = (
    *("contacts", "average", "median", "ninetieth", "wrap_up", "first_contact"),
    *("not_identified", "no_authority", "dissatisfied", "complaints"),
)
_FORMULA = ("=", "+", "-", "@")


def as_csv(report: Report, mask: Mask) -> str:
    """The table with its total; times are minutes and seconds, shares per cent."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow((report.asked.by, "name", *COLUMNS))
    for code, name, values in _rows(report, mask):
        writer.writerow((code, _plain(name), *values))
    return file.getvalue()


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
        "callbacks_booked": mask.count(others.callbacks.booked),
        "callbacks_due": mask.count(others.callbacks.due),
        "callbacks_kept": mask.count(others.callbacks.kept),
        "callbacks_failed": mask.count(others.callbacks.failed),
        "markers_past_review": mask.count(others.markers_overdue),
        "building_risks": mask.count(others.risks.opened),
        "articles": {name: mask.count(times) for name, times in others.articles},
        "articles_flagged": mask.count(others.flagged),
        "searches_in_vain": mask.count(others.empty_searches),
    }
    for code, name, values in _rows(report, mask):
        yield {"code": code, "name": name, **dict(zip(COLUMNS, values, strict=True))}


def _rows(report: Report, mask: Mask) -> Iterator[tuple[str, str, list[str]]]:
    hidden = hidden_rows(report, mask)
    for row in report.rows:
        values = _values(row.figures, mask, hidden=row.code in hidden)
        yield row.code, one_line(row.name), values
    yield TOTAL, "", _values(report.total, mask, hidden=False)


def _values(figures: Figures, mask: Mask, *, hidden: bool) -> list[str]:
    if hidden:
        shown = hidden_cells(figures, mask)
        return [*shown, *shown[1:2] * (len(COLUMNS) - len(shown))]
    return [
        *cells(figures, mask),
        mask.count(figures.not_identified),
        mask.count(figures.no_authority),
        mask.count(figures.dissatisfied),
        mask.count(figures.complained),
    ]


def _plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(_FORMULA) else name
