"""What lists of cases share: their columns and rows."""

from __future__ import annotations

import datetime as dt

from deskapp.i18n import N_, _
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_lists import CaseLine, DueLine
from deskapp.services.casework.shown import due_text
from deskapp.services.casework.words import shown
from deskapp.widgets.record_list import Column, Row

COLUMNS = (
    Column(N_("Due"), 19),
    Column(N_("Reference"), 16),
    Column(N_("What and who")),
    Column(N_("Stage or what is due")),
    Column(N_("Officer"), 8, wide=20, optional=True),
)


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
    cells = (
        due_text(line.due, line.overdue_at, acting.now),
        line.ref,
        line.title or shown(scheme.label),
        f"{what} ({line.about})" if line.about else what,
        "",
    )
    return Row(
        f"{line.case_id}:{line.id}", cells, place=line.place, mark=_mark(line.overdue_at, acting)
    )


def _mark(overdue_at: dt.datetime | None, acting: Acting) -> str:
    return "overdue" if overdue_at and acting.now >= overdue_at else ""
