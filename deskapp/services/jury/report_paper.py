"""A report of the jury desk on paper: text that a printer takes, and CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from textwrap import wrap

from deskapp.i18n import _, clock_time, day, number
from deskapp.services import exports
from deskapp.services.days import Days
from deskapp.services.enquiries import report_lines
from deskapp.services.enquiries.report_lines import WIDTH
from deskapp.services.jury import money
from deskapp.services.jury.numbers import barcode
from deskapp.services.jury.report_table import OF_A_DAY, Kind, Report, Value
from deskapp.text import one_line

CHART = 30
"""Columns of the longest bar."""
_NARROWEST = 6
"""No column is cut to fewer letters than that; its words go onto lines of their own."""


def lines(report: Report) -> Iterator[str]:
    """The report, line by line."""
    yield from _head(report)
    if report.asked.kind is Kind.SLIPS:
        yield from _slips(report)
        return
    if report.sums:
        yield from report_lines.pairs(report.sums)
    if report.bars:
        yield ""
        yield from _chart(report)
    if not report.rows:
        yield ""
        yield _("Nothing to list.")
    elif report.asked.kind is not Kind.SUMMARY:
        yield ""
        yield from _table(report)


def as_csv(report: Report) -> str:
    """The table alone: one header, ISO dates, amounts with two decimals, nothing a formula."""
    rows = ([_plain(value) for value in row] for row in report.rows)
    return exports.as_csv([column.code for column in report.columns], rows)


def as_data(report: Report) -> Iterator[dict[str, str]]:
    """The same, one object for each row."""
    for row in report.rows:
        yield {
            column.code: _plain(value) for column, value in zip(report.columns, row, strict=True)
        }


def file_name(report: Report) -> str:
    """The name of its text file; nothing of a person is in it."""
    days = report.asked.days
    return f"jury-{report.asked.kind.replace('_', '-')}-{days.last:%Y%m%d}.txt"


def _head(report: Report) -> Iterator[str]:
    yield report.asked.kind.label
    days = report.asked.days
    if report.asked.kind in OF_A_DAY:
        days = Days(days.last, days.last)
    yield from wrap(" · ".join(filter(None, (report.court, _days(report, days)))), WIDTH)
    if report.about:
        yield from wrap(one_line(report.about), WIDTH)
    yield ""


def _days(report: Report, days: Days) -> str:
    return "" if report.asked.trial_id else report_lines.days_words(days)


# -- the table ------------------------------------------------------------------------------


def _table(report: Report) -> Iterator[str]:
    cells = [[_(column.label) for column in report.columns]]
    cells += [[_shown(value) for value in row] for row in report.rows]
    right = [_is_amount(value) for value in report.rows[0]]
    widths = _widths(cells)
    for row in cells:
        yield from _line(row, widths, right)


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    """As wide as the widest cell of each column; the widest ones make room where they must."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    while sum(widths) + len(widths) - 1 > WIDTH and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """A row; words too long for their column go on below."""
    parts = [wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    for at in range(max(map(len, parts))):
        shown = (part[at] if at < len(part) else "" for part in parts)
        yield " ".join(
            cell.rjust(width) if is_right else cell.ljust(width)
            for cell, width, is_right in zip(shown, widths, right, strict=True)
        ).rstrip()


def _chart(report: Report) -> Iterator[str]:
    if report.bars_of:
        yield report.bars_of
    room = max(len(bar.label) for bar in report.bars) + 1
    largest = max(bar.length for bar in report.bars)
    for each in report.bars:
        drawn = report_lines.bar(each.length, largest, CHART)
        yield f"{each.label.ljust(room)}{drawn.ljust(CHART)} {each.told.rjust(6)}"


def _slips(report: Report) -> Iterator[str]:
    """One slip below the other, with a line to cut along."""
    if not report.rows:
        yield _("Nothing to list.")
    for number_, name, *_rest in report.rows:
        yield "-" * WIDTH
        yield ""
        yield f"    {number_}    {one_line(str(name))}"
        yield ""
        yield f"    {barcode(str(number_))}"
        yield ""
    if report.rows:
        yield "-" * WIDTH


def _is_amount(value: Value) -> bool:
    return isinstance(value, int | Decimal)


def _shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return money.shown(value)
        case dt.time():
            return clock_time(value)
        case dt.date():
            return day(value)
        case int():
            return number(value)
    return one_line(value)


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return money.text(value)
        case dt.time():
            return f"{value:%H:%M}"
        case dt.date():
            return value.isoformat()
    return str(value)
