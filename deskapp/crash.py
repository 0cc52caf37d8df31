"""Crash reports without case data: where it happened, never with what.

Only the kind of the error and the places in the code are kept; its text and the values of
variables may hold names and never reach the file or the terminal.
"""

from __future__ import annotations

import os
import sys
import traceback

from deskapp import __version__, paths
from deskapp.i18n import _

_CHAIN_LIMIT = 10


def report(error: BaseException) -> str:
    """Keep a report of ``error`` and return the sentence to show, with the report's number."""
    number = os.urandom(4).hex()
    sentence = _(
        "deskapp has stopped because of a fault. What you typed is kept and comes back at the next"
        " start. Tell your administrator this number: {number}."
    ).format(number=number)
    try:
        folder = paths.private_folder(paths.crash_folder())
        opened = os.open(folder / f"{number}.txt", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(text(error))
    except OSError:  # the fault may well be the disk; the officer still gets the sentence
        pass
    return sentence


def text(error: BaseException) -> str:
    """The report: versions, kinds of error from the first to the last, places in the code."""
    lines = [f"deskapp {__version__} python {sys.version.split()[0]} {sys.platform}"]
    found: BaseException | None = error
    for _level in range(_CHAIN_LIMIT):
        if found is None:
            break
        lines.append(f"{type(found).__module__}.{type(found).__qualname__}")
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(found.__traceback__)
        ]
        found = _behind(found)
    return "\n".join(lines) + "\n"


def _behind(error: BaseException) -> BaseException | None:
    """The error that caused this one; a failed worker keeps it under a name of its own."""
    inner = getattr(error, "error", None)
    if isinstance(inner, BaseException):
        return inner
    return error.__cause__ or error.__context__
