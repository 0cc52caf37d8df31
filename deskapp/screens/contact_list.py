"""What lists of contacts share: their columns, their rows, answering for pages."""

from __future__ import annotations

import datetime as dt

from deskapp.clock import local
from deskapp.i18n import N_, _, language, when
from deskapp.services import outcomes, topics, typed
from deskapp.services.contact_lines import ContactLine
from deskapp.services.paging import Page, Want
from deskapp.services.typed import NotUnderstoodError
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


def day_of(text: str, today: dt.date) -> dt.date | None:
    """The day that was typed so far, or none; contacts lie behind us, so no year means the last."""
    try:
        found = typed.day(text, today=today)
        return typed.day(text, today=found.replace(year=found.year - 1)) if found > today else found
    except (NotUnderstoodError, ValueError):
        return None


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
    if edge == "sought" and not rows:  # nothing is so old
        records.action_edge("end")
    elif edge in ("after", "before"):
        records.extend(edge, rows, more=page.more)
    else:
        records.show(rows, more=page.more, about=about, edge=edge)
