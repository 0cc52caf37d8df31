"""Reading a file of pools and jurors from the Bureau: every row checked, nothing stored.

Cells that were written so that no spreadsheet takes them for a formula are read as they were
meant. What is not asked for, bank details above all, is never kept. Source: jury sheet, sections 2
and 9.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.services.jury.import_columns import COLUMNS, PLACES
from deskapp.text import clean, name_key, one_line

LARGEST = 200 * 2**20
"""Bytes of a file."""
NEEDED = ("juror_number", "pool_number", "first_name", "last_name")
_FORMULA = "=+-@\t\r"


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
