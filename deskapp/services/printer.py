"""The printer of this computer, by way of ``lp``, the command that every Unix prints with."""

from __future__ import annotations

import shutil
import subprocess

from deskapp.errors import DeskError
from deskapp.i18n import _

LONGEST_SECONDS = 20
"""``lp`` only puts a text into a queue; when that takes longer, nothing takes it any more."""


class NotPrintedError(DeskError):
    """The text is not on its way to a printer."""


def send(text: str, name: str) -> None:
    """Give a text to the usual printer; this can wait some seconds.

    Args:
        text: What is printed.
        name: What the queue shows to everybody; nothing about a person.

    Raises:
        NotPrintedError: If there is no ``lp``, or it does not take the text.
    """
    command = shutil.which("lp")
    if command is None:
        message = _("Nothing on this computer prints. Write the text to a file and print that.")
        raise NotPrintedError(message)
    try:
        subprocess.run(
            [command, "-t", name],
            input=text.encode(),
            capture_output=True,
            check=True,
            timeout=LONGEST_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = _("The printer did not take it. Write the text to a file and print that.")
        raise NotPrintedError(message) from error
