"""What lists of cases share: their columns and rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens.found import FOUND_ROWS, all_of_them, finds, rows
from deskapp.services import kinds
from deskapp.services.casework import case_find
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.due_lists import DueLine
from deskapp.services.casework.shown import due_text
from deskapp.services.casework.words import shown, turn_label
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

COLUMNS = (
    Column(N_("Due"), 19),
    Column(N_("Reference"), 17),
    Column(N_("What and who")),
    Column(N_("Stage or what is due")),
    Column(N_("Officer"), 8, wide=20, optional=True),
)


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Cases that the officer may know of, for Find."""
    if not may(desk.user, Act.READ_CASES):
        return []
    acting = await desk.up_to_date()
    page = await desk.store.read(case_find.find, Want(limit_rows=FOUND_ROWS), acting, words)
    lines = []
    for line in page.lines:
        due, ref, what, stage, _owner = row(line, acting).cells
        lines.append((line.id, f"{ref} {what}", f"{due} {stage}".strip()))
    more = [all_of_them("cases", _("Case"), words)] if page.more else []
    return rows(kinds.CASE, _("Case"), lines) + more


def row(line: CaseLine, acting: Acting) -> Row:
    """A case as a row of a list."""
    scheme = acting.book.scheme(line.scheme, line.version)
    stage = shown(scheme.stage_by_id[line.stage].label)
    due = due_text(line.due, line.overdue_at, acting.now) if line.due and line.overdue_at else ""
    cells = (
        due,
        line.ref,
        line.title or shown(scheme.label),
        _("CONFLICT: {stage}").format(stage=stage) if line.conflicts else stage,
        line.owner_name,
    )
    return Row(line.id, cells, place=line.place, mark=_mark(line.overdue_at, acting))


def due_row(line: DueLine, acting: Acting) -> Row:
    """Something to do as a row of the same list."""
    scheme = acting.book.scheme(line.scheme, line.version)
    template = scheme.template_by_id.get(line.template)
    what = shown(template.label) if template else line.name
    about = turn_label(scheme, line.about) if template and template.series else line.about
    cells = (
        due_text(line.due, line.overdue_at, acting.now),
        line.ref,
        line.title or shown(scheme.label),
        f"{what} ({about})" if about else what,
        "",
    )
    return Row(
        f"{line.case_id}:{line.id}", cells, place=line.place, mark=_mark(line.overdue_at, acting)
    )


def _mark(overdue_at: dt.datetime | None, acting: Acting) -> str:
    return "overdue" if overdue_at and acting.now >= overdue_at else ""
