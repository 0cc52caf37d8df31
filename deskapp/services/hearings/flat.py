"""Flat lists: rows under headings, from JSON, CSV or a workbook.

Source: hearings sheet, section 6, flat JSON or CSV; README of the sample lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from deskapp.i18n import _
from deskapp.services.hearings import checks
from deskapp.services.hearings.items import Code, Finding, Item, Party
from deskapp.text import clean, fold

HEADINGS = {
    "time": ("hearingtime", "time", "starttime"),
    "day": ("date", "hearingdate"),
    "house": ("venue", "venueplatform"),
    "room": ("courtroom", "location"),
    "case_ref": (
        "casenumber", "appealreferencenumber", "casereferencenumber", "appealreference",
        "casereference", "appealnumber",
    ),
    "case_name": ("casename", "casedetails", "casetitle", "appellant"),
    "respondent": ("respondent", "ftarespondent"),
    "representative": ("representative",),
    "type": ("hearingtype", "type"),
    "channel": ("modeofhearing", "hearingmethod"),
    "judges": ("judge", "judges", "tribunal", "panel", "members"),
    "note": ("timeestimate", "hearinglength", "casetype", "additionalinformation"),
}  # fmt: skip
"""For every field the headings that mean it, folded; the first that is filled wins."""
_FIELDS = {heading: field for field, headings in HEADINGS.items() for heading in headings}


class Row(NamedTuple):
    """A row of a list: its place and what stands under each heading."""

    where: str
    cells: Mapping[str, str]
    """Text as written, by heading as written."""
    section: str = ""
    time: dt.time | None = None
    """A time the file holds as a time, not as words."""
    day: dt.date | None = None
    """A day the file holds as a day, not as words."""


@lru_cache(maxsize=512)
def heading_key(heading: str) -> str:
    """A heading without case, spaces and signs: ``FTA/Respondent`` is ``ftarespondent``."""
    return "".join(letter for letter in fold(heading) if letter.isalnum())


def field_of(heading: str) -> str:
    """Which field a heading means; empty for one that is not known."""
    return _FIELDS.get(heading_key(heading), "")


def is_list(headings: Iterable[str]) -> bool:
    """Whether a table with these headings can be a list: it names cases, and says when."""
    fields = {field_of(heading) for heading in headings}
    return bool(fields & {"case_ref", "case_name"}) and bool(fields & {"time", "day"})


class Flat:
    """The rows of one list, each read or refused.

    Args:
        rows: Every row that is not empty.
        headings: All headings of the list, as written.
    """

    def __init__(self, rows: Iterable[Row], headings: Iterable[str]) -> None:
        self.headings = sorted(set(headings))
        self._fields = {field_of(heading) for heading in self.headings}
        self.rows = list(rows)
        self.findings: list[Finding] = []
        self.items = [self._item(row) for row in self.rows]

    @property
    def asks_date(self) -> bool:
        """Whether no row says its day."""
        return "day" not in self._fields

    def _item(self, row: Row) -> Item:
        self._check_texts(row)
        case_ref, case_name = _first(row, "case_ref"), _first(row, "case_name")
        if not case_ref.strip() and not case_name.strip():
            self._refuse(Code.COLUMNS, row, _("The row has no case number and no case name."))
        return Item(
            where=row.where,
            house=_first(row, "house"),
            room=_first(row, "room"),
            day=self._day(row),
            start=self._time(row),
            case_ref=case_ref,
            case_name=case_name,
            hearing_type=_first(row, "type"),
            channel=_first(row, "channel"),
            judiciary=tuple(judges(row)),
            note="\n".join(each for each in _all(row, "note") if each.strip()),
            parties=_parties(row),
            section=row.section,
        )

    def _check_texts(self, row: Row) -> None:
        for heading, cell in row.cells.items():
            problem = checks.text_problem(cell)
            if problem:
                self._refuse(Code.TAG, row, problem.format(field=checks.shown(heading)))

    def _time(self, row: Row) -> dt.time | None:
        if row.time or "time" not in self._fields:
            return row.time
        try:
            return checks.clock_time(_first(row, "time"))
        except ValueError:
            reason = _("The time is not like 10.30am, 10:30am or 9am.")
            self._refuse(Code.TIME, row, reason)
            return None

    def _day(self, row: Row) -> dt.date | None:
        if row.day or self.asks_date:
            return row.day
        written = _first(row, "day")
        if not written.strip():
            self._refuse(Code.DATE_REQUIRED, row, _("The row does not say its date."))
            return None
        try:
            return checks.day(written)
        except ValueError:
            self._refuse(Code.TIME, row, _("The date is not a day like 16/12/2024."))
            return None

    def _refuse(self, code: Code, row: Row, reason: str) -> None:
        self.findings.append(Finding(code, row.where, reason))

    def expected(self) -> dict[str, object]:
        """The counts of the rows that every flat list has, as a table too."""
        times = [item.start.isoformat("minutes") for item in self.items if item.start]
        return {
            "items": len(self.items),
            "times_local": times,
            "date_must_be_asked": self.asks_date,
            "venues": sorted({item.house for item in self.items if item.house}),
            "courtrooms": sorted({item.room for item in self.items if item.room}),
            "case_refs": [item.case_ref for item in self.items if item.case_ref],
            "judicial_names": [list(item.judiciary) for item in self.items],
        }

    def expected_json(self, sections: Mapping[str, int]) -> dict[str, object]:
        """The counts of a flat list in JSON, with those of its arrays."""
        times = [item.start.isoformat("minutes") for item in self.items if item.start]
        return {
            **self.expected(),
            "sections": dict(sections),
            "columns": self.headings,
            "raw_times": [raw for row in self.rows if (raw := _first(row, "time"))],
            "first_start_local": min(times, default=None),
            "last_start_local": max(times, default=None),
            "dates_in_rows": sorted({item.day.isoformat() for item in self.items if item.day}),
        }


def judges(row: Row) -> list[str]:
    """Who sits: the names under every heading for them, one a line."""
    lines = (line.strip() for cell in _all(row, "judges") for line in cell.splitlines())
    return [line for line in lines if line]


def _parties(row: Row) -> tuple[Party, ...]:
    by_key = {heading_key(heading): clean(cell) for heading, cell in row.cells.items()}
    found = (
        ("appellant", by_key.get("appellant", "")),
        ("respondent", _first(row, "respondent")),
        ("representative", _first(row, "representative")),
    )
    return tuple(Party(role, name.strip()) for role, name in found if name.strip())


def _first(row: Row, field: str) -> str:
    return next((cell for cell in _all(row, field) if cell.strip()), "")


def _all(row: Row, field: str) -> list[str]:
    by_key = {heading_key(heading): clean(cell) for heading, cell in row.cells.items()}
    return [by_key[heading] for heading in HEADINGS[field] if heading in by_key]
