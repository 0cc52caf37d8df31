"""Files that leave deskapp: private, never replaced unasked, and harmless in a spreadsheet.

Source: design sheet of sync, section 13 (S3).
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.text import clean, one_line

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


class KeepError(DeskError):
    """A file cannot be written."""

    exit_code = Exit.CANNOT_WRITE


def keep(text: str, file: Path, *, replace: bool = False) -> None:
    """Write ``text`` to a file that only this person can read.

    Raises:
        KeepError: If there is such a file and ``replace`` is not set, or it cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL)
    try:
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8", newline="") as opened:
            file.chmod(0o600)
            opened.write(text)
    except FileExistsError as error:
        message = _("There is a file {file} already. Choose another name, or replace it.")
        raise KeepError(message.format(file=one_line(str(file)))) from error
    except (OSError, ValueError) as error:
        message = _("The file {file} cannot be written. Choose another place.")
        raise KeepError(message.format(file=one_line(str(file)))) from error


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as RFC 4180 has it; no cell is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (header, *rows):
        writer.writerow([_cell(each) for each in row])
    return text.getvalue()


def _cell(text: str) -> str:
    cleaned = clean(text)
    return f"'{cleaned}" if cleaned.startswith(_FORMULA) else cleaned
