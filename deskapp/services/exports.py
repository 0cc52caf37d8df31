"""Files that an officer asks for: only they may read them, and none is overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _


class FileThereError(DeskError):
    """There is a file of that name already."""


class FileNotWrittenError(DeskError):
    """The file cannot be written."""

    exit_code = Exit.CANNOT_WRITE


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
    try:
        if overwrite:
            path.unlink(missing_ok=True)  # the new one gets its own rights, and no link is followed
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        message = _("There is a file {file} already. Choose another name, or replace it.")
        raise FileThereError(message.format(file=path)) from error
    except OSError as error:
        message = _("The file {file} cannot be written: {reason}.")
        raise FileNotWrittenError(message.format(file=path, reason=error.strerror)) from error
