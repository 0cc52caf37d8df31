"""Reports of a scheme: what it counts, by group and period, as a table.

A report without a period is about now: cases that have not ended, items that are open. One with a
period has a line for each period of the days asked for.
Source: casework sheet, section 1.2 (report); enquiries sheet, section 14 (small numbers).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services.casework import (
    case_columns,
    case_line,
    cases,
    counted,
    fold,
    report_rows,
    sampling,
    shelf,
    stored,
    withheld_texts,
)
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.counted import Subject
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.papers import Measure, Report
from deskapp.services.casework.report_names import NAMES, OF_PEOPLE
from deskapp.services.casework.scheme import Field, Scheme
from deskapp.services.casework.values import ONE_DAY, FieldType, day_of, start_of
from deskapp.services.casework.vocabulary import Visibility
from deskapp.services.casework.words import shown
from deskapp.services.persons.withheld import OPEN
from deskapp.services.small_numbers import Mask
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

ANCHOR_LABELS = {"opened_at": N_("Opened"), "closed_at": N_("Closed"), "entered_at": N_("Entered")}
LENGTH_TITLES = {
    "median": N_("Median working days"),
    "median_hours": N_("Median hours"),
    "worst_hours": N_("Most hours"),
}
_TELLING = (FieldType.PARTY, FieldType.TEXT, FieldType.NOTE, FieldType.CASE)
"""Types of fields whose values can tell who it is about."""


class Span(NamedTuple):
    """The days that a report is about, both included."""

    first: dt.date
    last: dt.date


class Asked(NamedTuple):
    """A report of a scheme and its days; ``None`` for one that is about now."""

    scheme: Scheme
    report: Report
    span: Span | None


class Table(NamedTuple):
    """A report as it is shown and written to files."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span | None


def known(acting: Acting) -> list[tuple[Scheme, Report]]:
    """Every report of the schemes that a person may know of."""
    visible = shelf.visible(acting.book, acting.person)
    return [
        (scheme, report)
        for scheme in shelf.newest(acting.book)
        if scheme.id in visible
        for report in scheme.reports
    ]


def run(
    session: Session,
    acting: Acting,
    scheme_id: str,
    report_id: str,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    outside: Mask | None = None,
) -> Table:
    """Work out a report. On cases of a restricted scheme it counts as a view of each.

    Args:
        session: An open write transaction, for those views.
        acting: Who asks, and when.
        scheme_id: The scheme.
        report_id: One of its reports.
        first: First day of a report with a period; that of the present period when left out.
        last: Last day; today when left out.
        outside: What hides small numbers, when it leaves the site; it then has no names either.

    Raises:
        NotFoundError: If there is no such scheme or report for this person.
        NotAllowedError: If the role may not read cases.
    """
    asked = ask(acting, scheme_id, report_id, first=first, last=last)
    found = counted_in(plain(session), acting, asked, families(plain(session), asked))
    keep_views(session, acting, asked, found)
    return table(asked, found, outside)


def ask(
    acting: Acting,
    scheme_id: str,
    report_id: str,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Asked:
    """What is to be worked out, in steps: ``families``, ``counted_in``, ``keep_views``, ``table``.

    Raises:
        NotFoundError: If there is no such scheme or report for this person.
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    scheme, report = _found(acting, scheme_id, report_id)
    return Asked(scheme, report, _span(report, day_of(acting.now), first, last))


def counted_in(
    connection: Connection, acting: Acting, asked: Asked, among: Sequence[str]
) -> list[Subject]:
    """What a report counts among some families; many at once keep others waiting."""
    where = asked.report.where
    subjects = _subjects(connection, acting, asked, among)
    return [each for each in subjects if where is None or each.holds(where)]


def keep_views(session: Session, acting: Acting, asked: Asked, subjects: Sequence[Subject]) -> None:
    """Keep that somebody saw figures of these cases, where the scheme is restricted."""
    if asked.scheme.visibility is Visibility.RESTRICTED:
        cases.keep_views(session, acting, dict.fromkeys(each.facts.case.id for each in subjects))


def table(asked: Asked, subjects: Sequence[Subject], outside: Mask | None) -> Table:
    """The report of everything that was counted."""
    scheme, report, span = asked
    groups = [name for name in report.group if outside is None or not _tells(scheme, name)]
    figures = [_measure_title(scheme, report, measure) for measure in report.measures]
    header = (*_titles(scheme, report, groups), *figures)
    rows = tuple(report_rows.rows(report, groups, subjects, outside))
    return Table(shown(report.label), header, rows, span)


def _found(acting: Acting, scheme_id: str, report_id: str) -> tuple[Scheme, Report]:
    for scheme, report in known(acting):
        if (scheme.id, report.id) == (scheme_id, report_id):
            return scheme, report
    message = _("There is no report {report} of a scheme {scheme}.")
    raise NotFoundError(message.format(report=one_line(report_id), scheme=one_line(scheme_id)))


def _span(
    report: Report, today: dt.date, first: dt.date | None, last: dt.date | None
) -> Span | None:
    if report.period is None:
        return None
    present, _last = sampling.days_of(sampling.period_of(report.period, today))
    return Span(first or present, last or today)


def _subjects(
    connection: Connection, acting: Acting, asked: Asked, among: Sequence[str]
) -> Iterator[Subject]:
    """What the report may count, before ``where``."""
    _scheme, report, span = asked
    names = dict(connection.execute("SELECT id, name FROM officer").fetchall())
    covers = withheld_texts.covers(connection, among)
    for family_id in among:
        cover = covers.get(family_id, OPEN)
        events = withheld_texts.covered(stored.events(connection, family_id), cover)
        family = fold.fold(acting.book, events, acting.at)
        refused = {conflict.event.id for conflict in family.conflicts}
        followed = [each for each in fold.in_order(events) if each.id not in refused]
        for case in family.cases.values():
            if case.scheme != asked.scheme.id:
                continue
            facts = CaseFacts(acting.book, family, case, acting.at)
            line = case_line.of(connection, case.id)
            if report.over == "items":
                found = counted.of_items(facts, line)
            elif report.over == "events":
                own = [event for event in followed if event.case == case.id]
                found = counted.of_events(facts, line, own, names)
            else:
                found = iter((counted.of_case(facts, line),))
            yield from (each for each in found if _belongs(each, report, span))


def families(connection: Connection, asked: Asked) -> list[str]:
    """The families whose cases can matter to a report; the others are not folded."""
    _scheme, report, span = asked
    condition, values = "scheme = ?", [asked.scheme.id]
    if span is None:
        condition += " AND (closed_at = '' OR live = 1)"
    else:
        condition += " AND opened_at < ? AND (closed_at = '' OR live = 1 OR closed_at >= ?)"
        since = stamp(start_of(span.first))
        values += [stamp(start_of(span.last + ONE_DAY)), "" if report.over == "items" else since]
    rows = connection.execute(
        f"SELECT DISTINCT family_id FROM case_state WHERE {condition} ORDER BY family_id", values
    )
    return [str(family_id) for (family_id,) in rows.fetchall()]


def _belongs(subject: Subject, report: Report, span: Span | None) -> bool:
    if span is None:
        own = "status" if report.over == "items" else "ended"
        return report.over == "events" or subject.own[own] in ("open", "no")
    when = report_rows.moment(subject, report)
    return when is not None and span.first <= day_of(when) <= span.last


def _tells(scheme: Scheme, name: str) -> bool:
    """Whether a column would tell who a line is about."""
    field = _field(scheme, name)
    return name in OF_PEOPLE if field is None else field.sensitive or field.type in _TELLING


def _field(scheme: Scheme, name: str) -> Field | None:
    of_items = (template.field(name) for template in scheme.templates)
    return scheme.field_by_id.get(name) or next(filter(None, of_items), None)


def _titles(scheme: Scheme, report: Report, groups: Sequence[str]) -> list[str]:
    period = [_("Period")] if report.period else []
    return [*period, *(_title(scheme, report, name) for name in groups)]


def _title(scheme: Scheme, report: Report, name: str) -> str:
    if ":" in name:
        return case_columns.title(scheme, name)
    field = _field(scheme, name)
    label = {**ANCHOR_LABELS, **NAMES[report.over]}.get(name, "")
    return shown(field.label) if field else _(label) or name


def _measure_title(scheme: Scheme, report: Report, measure: Measure) -> str:
    if measure.kind == "sum":
        return _title(scheme, report, measure.of)
    if measure.kind == "percent":
        return _("Per cent")
    if measure.kind in LENGTH_TITLES:
        return _(LENGTH_TITLES[measure.kind])
    return _("Number") if measure.kind == "count" else _("Overdue")
