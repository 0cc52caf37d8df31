"""What lists of contacts share: their columns, their rows, answering for pages."""

from __future__ import annotations

import datetime as dt

from deskapp.clock import local
from deskapp.i18n import N_, _, language, when
from deskapp.services import outcomes, topics
from deskapp.services.contact_lines import ContactLine
from deskapp.services.paging import Page, Want
from deskapp.widgets.record_list import Column, Edge, RecordList, Row

COLUMNS = (
    Column(N_("When"), 13),
    Column(N_("Reference"), 13),
    Column(N_("Person")),
    Column(N_("Topic")),
    Column(N_("Outcome")),
)


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


def want(event: RecordList.PageWanted) -> Want:
    """The page that the list asks for."""
    return Want(event.place, backwards=event.edge in ("end", "before"))


def answer(
    records: RecordList,
    edge: Edge,
    page: Page[ContactLine],
    *,
    about: int,
    today: dt.date,
    own: str = "",
) -> None:
    """Give the page to the list."""
    rows = [row(line, today, own) for line in page.lines]
    if edge in ("start", "end"):
        records.show(rows, more=page.more, about=about, at_end=edge == "end")
    else:
        records.extend(edge, rows, more=page.more)
