"""Files that leave deskapp: private, never replaced unasked, and harmless in a spreadsheet.

Source: design sheet of sync, section 13 (S3).
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from deskapp import security_log
from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.text import clean, one_line

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


class FileNotWrittenError(DeskError):
    """The file cannot be written."""

    exit_code = Exit.CANNOT_WRITE


class FileThereError(FileNotWrittenError):
    """There is a file of that name already."""


def path_of(name: str) -> Path:
    """The whole path of a file as it was named; ``~`` is the home folder.

    Raises:
        FileNotWrittenError: If nothing was named.
    """
    if not name.strip():
        raise FileNotWrittenError(_("Enter a name for the file"))
    return Path(name.strip()).expanduser().absolute()


def write(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a file that only its owner may read (0600).

    Raises:
        FileThereError: If there is one already and ``overwrite`` is not set.
        FileNotWrittenError: If it cannot be written.
    """
    shown = one_line(str(path))
    try:
        if overwrite:
            path.unlink(missing_ok=True)  # the new one gets its own rights, and no link is followed
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", newline="") as file:
            file.write(text)
        security_log.note(security_log.Event.EXPORTED, letters=len(text))
    except FileExistsError as error:
        message = _("There is a file {file} already. Choose another name, or replace it.")
        raise FileThereError(message.format(file=shown)) from error
    except OSError as error:
        message = _("The file {file} cannot be written: {reason}.")
        raise FileNotWrittenError(message.format(file=shown, reason=error.strerror)) from error
    except ValueError as error:  # a name that no file can have
        message = _("The file {file} cannot be written. Choose another place.")
        raise FileNotWrittenError(message.format(file=shown)) from error


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
