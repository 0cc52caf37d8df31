"""The shipped court directory: ``reference/courts.csv`` and the Welsh terms beside it.

Public reference data with dates, not a live directory; it needs no unlocked store. What the
columns mean, where they come from and under which licence: ``reference/SOURCES.md``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from deskapp import paths
from deskapp.text import clean

FOLDER = paths.REFERENCE
OPEN, CLOSED, UNKNOWN = "open", "closed", "unknown"
_BRACKET = re.compile(r" \(")


class Line(NamedTuple):
    """One phone, email or opening line of a court."""

    label: str
    """A published term such as ``Enquiries``, the key of its Welsh form."""
    detail: str
    """What the publisher adds to the term, such as ``Fine queries``; may be empty."""
    value: str
    """The number, address or hours as published."""


class Court(NamedTuple):
    """One row of the directory; the fields are the columns of the file, in its order.

    An empty field means that nothing was published. Everything is text, the lists are tuples.
    """

    key: str
    """Stable, ``source:id``."""
    name: str
    name_cy: str
    name_cy_source: str
    aliases: tuple[str, ...]
    """Old and other names in either language."""
    kind: str
    """court, service_centre, venue, juror_location or bureau."""
    types: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    areas_of_law: tuple[str, ...]
    status: str
    """open, closed or unknown."""
    nation: str
    """England, Wales, Scotland, Northern Ireland or empty."""
    welsh_area: str
    hmcts_region: str
    region: str
    visit_address: str
    postcode: str
    visit_address_cy: str
    write_address: str
    write_postcode: str
    phone: str
    phone_for: str
    other_phones: str
    welsh_phone: str
    """Phone line for Welsh speakers."""
    email: str
    email_for: str
    other_emails: str
    opening: str
    facilities: tuple[str, ...]
    dx: str
    crown_code: str
    county_code: str
    lja_code: str
    ou_code: str
    """One or two codes, ``|`` between them."""
    epimms_id: str
    """Code of the building: several rows may share one."""
    epimms_join: str
    juror_code: str
    juror_attend_time: str
    lat: str
    lon: str
    as_of: str
    """Day of the information, ``yyyy-mm-dd``, or empty."""
    source: tuple[str, ...]
    notes: str

    def shown_name(self, language: str) -> str:
        """The name in ``language`` (``en`` or ``cy``), in English where no Welsh one exists."""
        return (language == "cy" and self.name_cy) or self.name

    @property
    def in_wales(self) -> bool:
        """Whether the Welsh language scheme of the area applies."""
        return self.welsh_area == "Y"

    @property
    def name_expired(self) -> bool:
        """Whether a later list ended this name in 2023, often because it was renamed."""
        return "name expired" in self.notes

    @property
    def phones(self) -> list[Line]:
        """Every phone number with what it is for, the most general first."""
        return [*_first(self.phone_for, self.phone), *_labelled(self.other_phones)]

    @property
    def emails(self) -> list[Line]:
        """Every email address with what it is for, the most general first."""
        return [*_first(self.email_for, self.email), *_labelled(self.other_emails)]

    @property
    def opening_times(self) -> list[Line]:
        """The opening lines as published."""
        lines = (part.partition(": ") for part in self.opening.split(" ; ") if part)
        return [Line(label, "", value) for label, _colon, value in lines]


_LISTS = ("aliases", "types", "jurisdictions", "areas_of_law", "facilities", "source")
_LIST_PLACES = [Court._fields.index(name) for name in _LISTS]


def _first(label: str, value: str) -> Iterable[Line]:
    return [_line(label, value)] if value else []


def _labelled(cell: str) -> Iterable[Line]:
    # The explanation may hold a colon, a number or address never does.
    lines = (part.rpartition(": ") for part in cell.split(" ; ") if part)
    return [_line(label, value) for label, _colon, value in lines]


def _line(label: str, value: str) -> Line:
    # Both a term and what follows it may hold brackets: the longest published term counts.
    cuts = [label, *(label[: found.start()] for found in reversed([*_BRACKET.finditer(label)]))]
    name = next((cut for cut in cuts if cut.casefold() in _published()), cuts[-1])
    return Line(name, label[len(name) :].removeprefix(" (").removesuffix(")"), value)


@cache
def courts() -> tuple[Court, ...]:
    """Every row of the directory, in the order of the file; read at the first call."""
    _header, *rows = _rows("courts.csv")
    return tuple(map(_court, rows))


@cache
def by_key(key: str) -> Court | None:
    """The row with the stable ``key``, found without reading the others; None if there is none."""
    with (FOLDER / "courts.csv").open(encoding="utf-8") as file:
        next(file)
        lines = [clean(line.rstrip("\n")) for line in file if line.startswith(f"{key},")]
    return next((court for court in map(_court, csv.reader(lines)) if court.key == key), None)


def _court(row: list[str]) -> Court:
    cells: list[Any] = row
    for place in _LIST_PLACES:
        cells[place] = tuple(cells[place].split("|")) if cells[place] else ()
    return Court(*cells)


@cache
def _terms() -> dict[tuple[str, str], str]:
    _header, *rows = _rows("directory_terms.csv")
    terms: dict[tuple[str, str], str] = {}
    for group, english, welsh, _source in rows:
        if welsh:
            terms.setdefault((group, english.casefold()), welsh)
    return terms


@cache
def _published() -> frozenset[str]:
    return frozenset(english for _group, english in _terms())


def term(english: str, language: str, *groups: str) -> str:
    """A published term in ``language``, looked up in ``groups`` in turn.

    The English is given back where no Welsh was published.
    """
    if language == "cy":
        for group in groups:
            if welsh := _terms().get((group, english.casefold())):
                return welsh
    return english


def _rows(name: str) -> list[list[str]]:
    # Line by line: cleaning is free for the many lines of plain ASCII.
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.reader(clean(line.rstrip("\n")) for line in file))
