"""Jurors as rows of lists, and what the jury desk gives to Find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import jury_desk, jury_told
from deskapp.screens.found import FOUND_ROWS, all_of_them, finds, rows
from deskapp.services import kinds
from deskapp.services.jury import searching
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.courts import NoCourtError
from deskapp.services.jury.lines import JurorLine
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

COLUMNS = (
    Column(N_("State"), 24, wide=34),
    Column(N_("Juror"), 9),
    Column(N_("Name")),
    Column(N_("Pool"), 9),
    Column(N_("What to see"), 14, wide=34, optional=True),
)


def row(line: JurorLine, who: Acting) -> Row:
    """A juror as a row of a list."""
    seen = " · ".join(_seen(line))
    cells = (jury_told.status_or_day(line, who), line.number, line.name, line.pool, seen)
    return Row(line.number, cells, place=line.place)


def _seen(line: JurorLine) -> Iterator[str]:
    """What must be seen of a juror; of who came in, that they did not show yet who they are."""
    if line.identity_due and line.record:
        yield _("CHECK IDENTITY")
    yield from jury_told.marked(line)


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Jurors, for Find: those of whom the role may know."""
    if not may(desk.user, Act.READ_JURY):
        return []
    try:
        who = await jury_desk.acting_first(desk)
    except NoCourtError:
        return []  # a desk without jurors has none to find
    page = await desk.store.read(searching.find, Want(limit_rows=FOUND_ROWS), who, words)
    told_of = [
        (line.number, f"{line.number} {line.name}", jury_told.state(line)) for line in page.lines
    ]
    more = [all_of_them("jurors", _("Juror"), words)] if page.more else []
    return rows(kinds.JUROR, _("Juror"), told_of) + more
