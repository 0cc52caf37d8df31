"""Sheets of an xlsx workbook as rows of cells; a file that would fill the memory is refused.

The reader is imported here and nowhere else: a desk that never meets a workbook never loads it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence

from deskapp.i18n import _
from deskapp.services.hearings.table import Cell

MOST_UNPACKED = 100_000_000
"""Bytes of the unpacked file; a list of 2,000 hearings has about two million."""
MOST_CELLS = 2_000_000
"""Cells of the rectangle that a sheet spans; the reader keeps the empty ones too."""
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, EOFError, ValueError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What unpacking a damaged or locked file ends with."""
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{0,3})(\d{1,7})[\"']")


class WorkbookError(Exception):
    """The workbook cannot be read; the text says why, already translated."""


def read(content: bytes) -> dict[str, Sequence[Sequence[Cell]]]:
    """The cells of every visible sheet, by its name; merged cells all hold the value.

    Raises:
        WorkbookError: If it is damaged, locked, or larger than a list can be.
    """
    _check_size(content)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    found: dict[str, Sequence[Sequence[Cell]]] = {}
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.visible is SheetVisibleEnum.Visible:
                    opened = book.get_sheet_by_name(sheet.name)
                    rows: list[list[Cell]] = [
                        [*row] for row in opened.to_python(skip_empty_area=False)
                    ]
                    _spread(rows, opened.merged_cell_ranges or [])
                    found[sheet.name] = rows
    except PasswordError as error:
        raise WorkbookError(
            _("The workbook is locked with a password. Save it without.")
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise WorkbookError(_damaged()) from error
    return found


def _damaged() -> str:
    return _("The workbook cannot be read. Save it anew as xlsx, or ask for a new list.")


def _check_size(content: bytes) -> None:
    too_large = _("The workbook is larger than a list of hearings can be.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise WorkbookError(too_large)
            for part in packed.infolist():
                is_sheet = part.filename.startswith("xl/worksheets/") and not part.is_dir()
                if is_sheet and _span(packed.read(part)) > MOST_CELLS:
                    raise WorkbookError(too_large)
    except _BROKEN as error:
        raise WorkbookError(_damaged()) from error


def _span(sheet: bytes) -> int:
    """Cells of the rectangle from A1 to the last cell that the sheet names."""
    last_row, last_column = 0, 0
    for column, row in _PLACE.findall(sheet):
        last_row = max(last_row, int(row))
        number = 0
        for letter in column:
            number = number * 26 + letter - ord("A") + 1
        last_column = max(last_column, number)
    return last_row * max(last_column, 1)


def _spread(rows: list[list[Cell]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Put the value of merged cells into each of them, down one column at a time."""
    for (top, left), (bottom, right) in merged:
        if left == right and top < len(rows):
            for row in rows[top + 1 : bottom + 1]:
                if left < len(row) and left < len(rows[top]):
                    row[left] = rows[top][left]
