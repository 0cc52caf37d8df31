"""What the commands of reports share: the days, and where the report goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deskapp.i18n import N_, _

if TYPE_CHECKING:
    import datetime as dt

    from deskapp.services.days import Days

First = Annotated[
    str, typer.Option("--from", metavar="DAY", help=N_("The first day, like 1 11 2026."))
]
Last = Annotated[
    str, typer.Option("--to", metavar="DAY", help=N_("The last day; today when left out."))
]
Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FILE", help=N_("Write it as CSV, 0600."))
]


def days_of(first: str, last: str, *, today: dt.date, until: dt.date | None = None) -> Days:
    """The days that were typed; without a first one from the first of the month on.

    Args:
        first: What was typed, or nothing.
        last: The same; nothing is ``until``.
        today: The local day.
        until: The last day unless one was typed; ``today`` when left out.

    Raises:
        NotUnderstoodError: If one is no day.
    """
    from deskapp.services import periods, typed
    from deskapp.services.days import Days

    end = typed.day(last, today=today) if last else until or today
    return Days(typed.day(first, today=today) if first else periods.month(end).first, end)


def write(file: Path, text: str, *, replace: bool = False) -> None:
    """Write a private file, and say so.

    Raises:
        FileNotWrittenError: If it cannot be written, or is there and not to be replaced.
    """
    from deskapp.cli.out import tell
    from deskapp.services import exports

    exports.write(file, text, overwrite=replace)
    tell(_("Written to {file}. Only you can read it.").format(file=file))


def show_report(
    csv: Callable[[], str],
    data: Callable[[], Iterable[Mapping[str, object]]],
    lines: Callable[[], Iterable[str]],
    *,
    file: Path | None,
    replace: bool = False,
    as_json: bool,
) -> None:
    """Write a report into ``file``, or show it for programs or for people.

    Args:
        csv: Makes the text of the file.
        data: Makes an object for each line.
        lines: Makes the lines that people read.
        file: Where it goes; None for the terminal.
        replace: Whether a file that is there goes.
        as_json: Whether a program reads it.
    """
    from deskapp.cli.out import show, show_json

    if file:
        write(file, csv(), replace=replace)
    elif as_json:
        for row in data():
            show_json(row)
    else:
        for line in lines():
            show(line)
