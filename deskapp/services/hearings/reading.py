"""Reading a file that may be a list of hearings, whatever its shape.

Source: hearings sheet, section 6.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any, NamedTuple

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.services.hearings import checks, crown, nested, table
from deskapp.services.hearings.flat import Flat, Row, field_of, is_list
from deskapp.services.hearings.items import Code, Finding, ReadList
from deskapp.services.hearings.shapes import Object, as_text, text
from deskapp.text import one_line

MOST_BYTES = 50_000_000
"""A larger file is no list; a Crown list of a busy week has about five million."""
NOT_HEARINGS = ("openJusticeStatementDetails",)
"""Arrays of published lists whose rows are no hearings."""
ROWS = "(rows)"
"""Name of the array in a list that is nothing but one."""
TABLE = "rows"
"""What a list of rows is; headings may come and go between its revisions."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class FileNotReadError(DeskError):
    """The file is not there, or cannot be opened."""

    exit_code = Exit.NO_INPUT


class File(NamedTuple):
    """A list and its digest."""

    listed: ReadList
    digest: str
    """SHA-256 of the file, hexadecimal."""


def read_file(path: Path) -> File:
    """The list in the file at ``path``; what cannot be used is among its findings.

    Raises:
        FileNotReadError: If there is no such file, or it may not be read.
    """
    shown = one_line(str(path))
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("no file can have this name")
        message = _("The file {file} cannot be read: {reason}.")
        raise FileNotReadError(message.format(file=shown, reason=reason)) from error
    return File(read(content), hashlib.sha256(content).hexdigest())


def read(content: bytes) -> ReadList:
    """The list in a file with this content."""
    if len(content) > MOST_BYTES:
        return _refused(_("The file is larger than a list of hearings can be."))
    if content.startswith(b"PK"):
        return _workbook(content)
    if content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0")) or not content.strip():
        return _refused(_unknown())
    written = _decoded(content)
    if written.lstrip()[:1] in ("{", "["):
        return _json(written)
    try:
        found = table.from_csv(written)
    except csv.Error:
        return _refused(_("The quotes of the file do not match. Ask for a new list."))
    return _table("csv", [found]) if found else _refused(_unknown())


def _unknown() -> str:
    return _(
        "The file is not a list that deskapp can read: a daily list in JSON, or rows with headings"
        " in JSON, CSV or xlsx that name the case and the time or date."
    )


def _refused(reason: str, where: str = "") -> ReadList:
    return ReadList("", "", findings=[Finding(Code.COLUMNS, where, reason)])


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # as Excel saves CSV on Windows


def _json(written: str) -> ReadList:
    try:
        document = json.loads(written)
    except (ValueError, RecursionError):
        return _refused(_("The file is not complete JSON. Ask for a new list."))
    if isinstance(document, list):
        return _flat({ROWS: document}, document)
    if "courtLists" in document:
        return _nested(document)
    if any(root in document for root in crown.ROOTS):
        return _crown(document)
    arrays = {
        name: rows
        for name, rows in document.items()
        if isinstance(rows, list) and name not in NOT_HEARINGS
    }
    return _flat(arrays, document)


def _nested(document: Object) -> ReadList:
    from deskapp.services.hearings import nested_counts

    walked = nested.Nested(document)
    about = document.get("document")
    about = about if isinstance(about, dict) else {}
    where = document.get("locationDetails")
    kind = text(about, "documentName") or (
        text(where, "jurisdiction") if isinstance(where, dict) else ""
    )
    read = ReadList(
        "nested",
        f"nested {kind}".strip(),
        walked.items,
        [*walked.findings, *checks.refused_texts(document)],
        expected=nested_counts.expected(walked),
        version=text(about, "version"),
        published_at=text(about, "publicationDate"),
    )
    return _sifted(read)


def _crown(document: Object) -> ReadList:
    from deskapp.services.hearings import crown_counts

    walked = crown.Crown(document)
    read = ReadList(
        "crown",
        f"crown {walked.root}",
        walked.items,
        [*walked.findings, *checks.refused_texts(document)],
        expected=crown_counts.expected(walked),
        version=text(walked.header, "Version"),
        published_at=text(walked.header, "PublishedTime"),
    )
    return _sifted(read)


def _flat(arrays: dict[str, list[Any]], document: Any) -> ReadList:
    named = ROWS not in arrays
    rows = []
    findings = []
    for name, members in arrays.items():
        columns = {key for row in members if isinstance(row, dict) for key in row}
        if members and not is_list(columns):
            return _refused(_unknown(), name if named else "")
        needed = {key for key in columns if field_of(key) in ("time", "day", "case_ref")}
        for number, member in enumerate(members, start=1):
            where = f"{name} row {number}" if named else f"row {number}"
            if not isinstance(member, dict) or not needed <= member.keys():
                reason = _("The row does not have the columns of the other rows.")
                findings.append(Finding(Code.COLUMNS, where, reason))
            own = member if isinstance(member, dict) else {}
            cells = {key: _cell(value) for key, value in own.items()}
            if cells or not isinstance(member, dict):
                rows.append(Row(where, cells, name if named else ""))
    if not rows:
        return _refused(_unknown())
    read = Flat(rows, (key for row in rows for key in row.cells))
    sections = {name: len(members) for name, members in arrays.items()}
    return _sifted(
        ReadList(
            "flat",
            TABLE,
            read.items,
            [*findings, *read.findings],
            expected=read.expected_json(sections),
            asks_date=read.asks_date,
        )
    )


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else as_text(value)


def _workbook(content: bytes) -> ReadList:
    from deskapp.services.hearings import workbook

    try:
        sheets = workbook.read(content)
    except workbook.WorkbookError as error:
        return _refused(str(error))
    found = list(table.sheets(sheets))
    return _table("xlsx", found) if found else _refused(_unknown())


def _table(shape: str, tables: list[table.Table]) -> ReadList:
    rows = [row for each in tables for row in each.rows]
    if not rows:
        return _refused(_("There are headings, but no row under them."))
    read = Flat(rows, (heading for each in tables for heading in each.headings))
    findings = [finding for each in tables for finding in each.findings]
    return _sifted(
        ReadList(
            shape,
            TABLE,
            read.items,
            [*findings, *read.findings],
            expected=read.expected(),
            asks_date=read.asks_date,
        )
    )


def _sifted(read: ReadList) -> ReadList:
    """The list with only the items that nothing speaks against."""
    wheres = [item.where for item in read.items]
    choose = checks.refused_rows if read.kind == TABLE else checks.touched
    bad = choose(read.findings, wheres)
    good = [item for item in read.items if item.where not in bad]
    return ReadList(
        read.shape,
        read.kind,
        good,
        sorted(read.findings, key=lambda finding: finding.where == ""),
        len(read.items) - len(good),
        read.expected,
        read.version,
        read.published_at,
        read.asks_date,
    )
