"""What lists of complaints share: their columns and rows, and what they give to Find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import complaint_desk
from deskapp.screens.found import FOUND_ROWS, all_of_them, finds, rows
from deskapp.services import kinds
from deskapp.services.complaints import categories, finding, lines, told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.lines import ComplaintLine
from deskapp.services.complaints.lists import StageStatus, Status
from deskapp.services.dates import Alarm
from deskapp.services.paging import Want
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

COLUMNS = (
    Column(N_("Due or state"), 18, wide=20),
    Column(N_("Reference"), 13),
    Column(N_("Summary and who")),
    Column(N_("About"), 14, wide=30),
    Column(N_("Officer"), 8, wide=20, optional=True),
)


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Complaints, for Find."""
    if not may(desk.user, Act.READ_COMPLAINTS):
        return []
    acting = await complaint_desk.acting_first(desk)
    want = Want(limit_rows=FOUND_ROWS)
    page = await desk.store.read(finding.find, want, acting, words)
    told_of = []
    for line in page.lines:
        state, ref, summary, about, _owner = row(line, acting).cells
        told_of.append((line.id, f"{ref} {summary}", f"{state}, {about}"))
    more = [all_of_them("complaints", _("Complaint"), words)] if page.more else []
    return rows(kinds.COMPLAINT, _("Complaint"), told_of) + more


def row(line: ComplaintLine, acting: Acting) -> Row:
    """A complaint as a row of a list."""
    cells = (
        state(line, acting),
        line.ref,
        ", ".join(filter(None, (line.summary, line.person_name))),
        about(line),
        told.owner(line.owner_id, {line.owner_id: line.owner_name}) if line.owner_id else "",
    )
    late = lines.alarm(line, acting) is Alarm.OVERDUE
    return Row(line.id, cells, place=line.place, mark="overdue" if late else "")


def state(line: ComplaintLine, acting: Acting) -> str:
    """How near or late the answer is; how it stands, where none is owed."""
    near = lines.near_words(line, acting)
    if near and line.provisional:
        return _("about {near}").format(near=near)
    if line.status is Status.OPEN and line.stage_status is StageStatus.RESPONDED:
        return _("answered, to close")
    return near or line.status.label


def about(line: ComplaintLine) -> str:
    """The main category behind what must not be overlooked, each in a word."""
    marks = (
        _("CONFLICT") if line.in_conflict else "",
        _("ALERT") if line.alert else "",
        _("stage {number}").format(number=line.stage) if line.stage > 1 else "",
        categories.labels().label(line.category),
    )
    return " ".join(filter(None, marks))
