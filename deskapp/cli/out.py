"""What the commands write: data to stdout, words to stderr, nothing a terminal could obey."""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from typing import TextIO

from deskapp.errors import DeskError, Exit
from deskapp.i18n import _
from deskapp.terminal.profiles import as_started, charset
from deskapp.text import clean

LIKENESS = "deskapp-likeness"
"""Name of the error handler that writes what a stream cannot hold as what looks like it."""


NARROWEST = 80
"""Columns of a terminal that does not say how wide it is."""


class OutputError(DeskError):
    """The output cannot be written, for example because a disk is full."""

    exit_code = Exit.CANNOT_WRITE


def fit_streams() -> None:
    """Write in the character set of the locale, whatever the text holds (thin terminals, R4)."""
    codecs.register_error(LIKENESS, _likeness)
    encoding = None if charset(as_started(os.environ)) == "utf-8" else "ascii"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors=LIKENESS)


def _likeness(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    from deskapp.terminal.seven_bit import translate

    return translate(error.object[error.start : error.end]), error.end


def show(text: str) -> None:
    """Write a line of data to stdout."""
    _write(text + "\n", sys.stdout)


def show_json(value: Mapping[str, object]) -> None:
    """Write one JSON object as a line of ASCII to stdout."""
    show(json.dumps(value))


def tell(text: str, *, end: str = "\n") -> None:
    """Write words for a person to stderr, at once; on a terminal no word is cut at its edge."""
    _write("\n".join(_fitting(text)) + end, sys.stderr)
    flush(sys.stderr)


def _fitting(text: str) -> Iterator[str]:
    """The lines of ``text``, broken between words where they are wider than the terminal."""
    width = _columns(sys.stderr) if sys.stderr.isatty() else len(text)
    for line in text.split("\n"):
        if len(line) <= width:
            yield line
            continue
        from textwrap import wrap

        indent = line[: len(line) - len(line.lstrip())]
        yield from wrap(
            line,
            width,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or NARROWEST
    except OSError:
        return NARROWEST


def _write(text: str, stream: TextIO) -> None:
    try:
        stream.write(clean(text))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(error) from error


def flush(stream: TextIO) -> None:
    """Make sure that everything is written.

    Raises:
        OutputError: If it cannot be.
    """
    try:
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write(error) from error


def _cannot_write(error: OSError) -> OutputError:
    return OutputError(_("The output cannot be written: {reason}.").format(reason=error.strerror))


def drop(stream: TextIO) -> None:
    """Forget what ``stream`` still holds; nobody reads it any more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a stream without a file, or one that is closed
        return
