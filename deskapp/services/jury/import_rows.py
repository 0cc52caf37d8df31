"""Reading a file of pools and jurors from the Bureau: every row checked, nothing stored.

Cells that were written so that no spreadsheet takes them for a formula are read as they were
meant. What is not asked for, bank details above all, is never kept. Source: jury sheet, sections 2
and 9.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from deskapp.errors import DeskError
from deskapp.i18n import N_, _
from deskapp.services.jury import courts, numbers
from deskapp.services.jury.lists import ADJUSTMENT_LABELS, POLICE_LABELS, REACH_LABELS
from deskapp.services.jury.stages import Status
from deskapp.text import clean, name_key, one_line

LARGEST = 200 * 2**20
"""Bytes of a file."""
NEEDED = ("juror_number", "pool_number", "first_name", "last_name")
_FORMULA = "=+-@\t\r"
_YES = {"y": True, "yes": True, "1": True, "true": True,
        "n": False, "no": False, "0": False, "false": False, "": False}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Finding(NamedTuple):
    """Why a row cannot be used."""

    row: int
    """Line of the file, the header being 1."""
    column: str
    words: str


class Row(NamedTuple):
    """A juror in a pool, as the file has them; columns of the store by their names."""

    row: int
    juror: str
    pool: str
    of_pool: Mapping[str, object]
    of_juror: Mapping[str, object]
    of_member: Mapping[str, object]
    """Without what the file does not say."""


class File(NamedTuple):
    """A file as it was read."""

    rows: list[Row]
    findings: list[Finding]
    doubles: int
    """Rows that stood there before, word for word."""
    unused: list[str]
    """Columns that nothing is taken from."""
    digest: str
    """SHA-256 of the file."""


class FileRefusedError(DeskError):
    """The file as a whole cannot be used."""


def read_file(path: Path) -> File:
    """Read a file.

    Raises:
        FileRefusedError: If it cannot be read as a whole; the text says why.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FileRefusedError(_("This file is too large. Ask for it in parts."))
        return read(path.read_bytes())
    except OSError as error:
        message = _("The file {file} cannot be read: {reason}.")
        shown = one_line(str(path))
        raise FileRefusedError(message.format(file=shown, reason=error.strerror)) from error


def read(content: bytes) -> File:
    """Read what a file holds: CSV in UTF-8 with a header.

    Raises:
        FileRefusedError: If it is no such file, or a column is missing.
    """
    try:
        text = content.decode("utf-8-sig")
        table = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = [name.strip().lower() for name in next(table, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            message = _("These columns are missing: {names}. Ask the Bureau for the file again.")
            raise FileRefusedError(message.format(names=", ".join(missing)))
        found = _checked(header, enumerate(table, start=2))
    except (UnicodeDecodeError, csv.Error) as error:
        message = _("This is no CSV file in UTF-8. Ask the Bureau for the file again.")
        raise FileRefusedError(message) from error
    unused = [one_line(name) for name in header if name and name not in COLUMNS]
    return found._replace(unused=unused, digest=hashlib.sha256(content).hexdigest())


def _checked(header: list[str], table: Iterator[tuple[int, list[str]]]) -> File:
    file = File([], [], 0, [], "")
    first: dict[tuple[str, str], Row] = {}
    people: dict[str, Row] = {}
    doubles = 0
    for number, cells in table:
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(number, dict(zip(header, map(_cell, cells), strict=False)), file.findings)
        if row is None:
            continue
        before = first.setdefault((row.juror, row.pool), row)
        if before is row and people.setdefault(row.juror, row).of_juror == row.of_juror:
            file.rows.append(row)
        elif before._replace(row=row.row) == row:
            doubles += 1
        else:
            message = _("Row {row} says something else of this juror.")
            seen = (before if before is not row else people[row.juror]).row
            file.findings.append(Finding(number, "juror_number", message.format(row=seen)))
    return file._replace(doubles=doubles)


def _row(number: int, cells: Mapping[str, str], findings: list[Finding]) -> Row | None:
    """The row, or nothing and what was found."""
    values: dict[str, object] = {}
    before = len(findings)
    for name, column in COLUMNS.items():
        if name not in cells and name not in NEEDED:
            continue
        try:
            values[name] = column.read(cells.get(name, ""))
        except ValueError as error:
            findings.append(Finding(number, name, _(error.args[0])))
    if len(findings) > before:
        return None
    pool = str(values["pool_number"])
    values.setdefault("court", pool[:3])
    first, last = values["first_name"], values["last_name"]
    values["name_key"] = name_key(f"{last} {first}")
    parts: tuple[dict[str, object], ...] = ({}, {}, {})
    for name, value in values.items():
        for part, places in zip(parts, PLACES, strict=True):
            if name in places:
                part[places[name]] = value
    return Row(number, str(values["juror_number"]), pool, *parts)


def _cell(text: str) -> str:
    text = clean(text).strip()
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _FORMULA else text


# -- columns -------------------------------------------------------------------------------------


class Column(NamedTuple):
    """A column of the file; ``read`` raises ``ValueError`` with what is wrong, untranslated."""

    read: Callable[[str], object]


def _words(most: int, *, needed: bool = False) -> Column:
    def read(text: str) -> str:
        text = one_line(text)
        if needed and not text:
            raise ValueError(N_("This is missing."))
        if len(text) > most:
            raise ValueError(N_("This is too long."))
        return text

    return Column(read)


def _name(most: int, *, needed: bool = True) -> Column:
    words = _words(most, needed=needed)

    def read(text: str) -> object:
        if "|" in text:
            raise ValueError(N_("A name has no upright bar."))
        return words.read(text)

    return Column(read)


def _one_of(codes: Mapping[str, str], usual: str) -> Column:
    known = {code.casefold(): code for code in codes}

    def read(text: str) -> str:
        code = known.get(text.casefold() or usual.casefold())
        if code is None:
            raise ValueError(N_("There is no such code."))
        return code

    return Column(read)


def _juror(text: str) -> str:
    try:
        return numbers.juror_number(text)
    except DeskError:
        raise ValueError(N_("A juror number has nine digits.")) from None


def _pool(text: str) -> str:
    if not numbers.is_pool_number(text):
        raise ValueError(N_("A pool number is court, year, month and a number from 01 to 99."))
    return text


def _court(text: str) -> str:
    if not courts.is_code(text):
        raise ValueError(N_("The code of a court has three digits."))
    return text


def _optic(text: str) -> str:
    if text and not numbers.is_optic_reference(text):
        raise ValueError(N_("An OPTIC reference has eight digits."))
    return text


def _date(text: str) -> str:
    if not text:
        return ""
    try:
        if _DAY.fullmatch(text):
            return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise ValueError(N_("A date is written like 2026-11-30."))


def _yes(text: str) -> bool:
    if text.casefold() not in _YES:
        raise ValueError(N_("This is yes or no."))
    return _YES[text.casefold()]


def _count(text: str) -> int:
    if not (text or "0").isascii() or not (text or "0").isdigit() or len(text) > 9:
        raise ValueError(N_("This is a whole number."))
    return int(text or 0)


def _status(text: str) -> int:
    number = _count(text or f"{Status.RESPONDED.value}")
    if number not in set(Status):
        raise ValueError(N_("A status is a number from 1 to 13."))
    return number


COLUMNS: Mapping[str, Column] = {
    "juror_number": Column(_juror),
    "pool_number": Column(_pool),
    "court": Column(_court),
    "owner": Column(_court),
    "start_date": Column(_date),
    "jurors_asked": Column(_count),
    "title": _name(10, needed=False),
    "first_name": _name(20),
    "last_name": _name(25),
    "date_of_birth": Column(_date),
    "phone": _words(20),
    "phone_2": _words(20),
    "phone_3": _words(20),
    "email": _words(254),
    "preference": _one_of(REACH_LABELS, "none"),
    "postcode": _words(10),
    "welsh_speaker": Column(_yes),
    "adjustment": _one_of(ADJUSTMENT_LABELS, "N"),
    "adjustment_text": _words(2000),
    "police_check": _one_of(POLICE_LABELS, "not_checked"),
    "optic_reference": Column(_optic),
    "notes": _words(2000),
    "status": Column(_status),
    "next_date": Column(_date),
    "on_call": Column(_yes),
    "deferrals": Column(_count),
    "original_start": Column(_date),
    "version": Column(_count),
}
"""By the name in the header."""
PLACES: tuple[Mapping[str, str], ...] = (
    {"court": "court", "owner": "owner", "start_date": "start_on", "jurors_asked": "asked"},
    {
        "title": "title",
        "first_name": "first_name",
        "last_name": "last_name",
        "name_key": "name_key",
        "date_of_birth": "date_of_birth",
        "phone": "phone",
        "phone_2": "phone_2",
        "phone_3": "phone_3",
        "email": "email",
        "preference": "reach_by",
        "postcode": "postcode",
        "welsh_speaker": "welsh",
        "adjustment": "adjustment",
        "adjustment_text": "adjustment_text",
        "police_check": "police_check",
        "optic_reference": "optic_ref",
        "notes": "notes",
    },
    {
        "court": "court",
        "name_key": "name_key",
        "status": "status",
        "next_date": "next_on",
        "on_call": "on_call",
        "deferrals": "deferrals",
        "original_start": "original_start",
        "version": "version",
    },
)
"""Where each column goes: pool, juror, membership."""
