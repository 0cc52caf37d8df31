"""What lists of contacts share: their columns, their rows, going to a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.clock import local
from deskapp.i18n import N_, _, language, when
from deskapp.screens.found import FOUND_ROWS, all_of_them, finds, rows
from deskapp.services import kinds, typed
from deskapp.services.enquiries import contact_lines, outcomes, topics
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.paging import Want
from deskapp.services.typed import NotUnderstoodError
from deskapp.widgets.record_list import Column, Row

if TYPE_CHECKING:
    from deskapp.app import DeskApp

COLUMNS = (
    Column(N_("When"), 13),
    Column(N_("Reference"), 13),
    Column(N_("Person")),
    Column(N_("Topic")),
    Column(N_("Outcome")),
)


@finds
async def found(desk: DeskApp, words: str) -> list[Row]:
    """Contacts, for Find."""
    if not desk.reads_contacts:
        return []
    want = Want(limit_rows=FOUND_ROWS)
    page = await desk.store.read(contact_lines.page, want, words, user=desk.user)
    lines = []
    for line in page.lines:
        at, ref, person, topic, outcome = row(line, desk.clock.today()).cells
        lines.append((line.id, f"{ref} {person}", f"{at} {topic}, {outcome}"))
    more = [all_of_them("contacts", _("Contact"), words)] if page.more else []
    return rows(kinds.CONTACT, _("Contact"), lines) + more


def row(line: ContactLine, today: dt.date, own: str = "") -> Row:
    """A contact as a row of a list; with ``own``, those of another person's record are marked."""
    name = line.person_name or _("not given")
    if own and line.person_id != own:
        name = _("{name} (linked)").format(name=name)
    started = local(line.started_at)
    return Row(
        line.id,
        (
            when(started, today),
            line.ref,
            name,
            topics.by_code(line.topic).label(language()),
            _(outcomes.by_code(line.outcome).label).partition(":")[0],
        ),
        place=line.place,
    )


def day_of(text: str, today: dt.date) -> dt.date | None:
    """The day that was typed so far, or none; contacts lie behind us, so no year means the last."""
    try:
        found = typed.day(text, today=today)
        return typed.day(text, today=found.replace(year=found.year - 1)) if found > today else found
    except (NotUnderstoodError, ValueError):
        return None
