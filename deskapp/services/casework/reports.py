"""Reports of a scheme: what it counts, by group and period, as a table.

A report without a period is about now: cases that have not ended, items that are open. One with a
period has a line for each period of the days asked for.
Source: casework sheet, section 1.2 (report); enquiries sheet, section 14 (small numbers).
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from deskapp import roles
from deskapp.clock import stamp
from deskapp.data.connection import Connection
from deskapp.data.sessions import plain
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.roles import Act
from deskapp.services.casework import case_lists, cases, counted, fold, sampling, shelf, stored
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.counted import Subject
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.papers import Measure, Report
from deskapp.services.casework.report_names import NAMES, OF_PEOPLE
from deskapp.services.casework.scheme import Field, Scheme
from deskapp.services.casework.values import ONE_DAY, FieldType, When, day_of, start_of
from deskapp.services.casework.vocabulary import Visibility
from deskapp.services.casework.words import shown
from deskapp.services.small_numbers import HIDDEN, Mask
from deskapp.text import one_line

if TYPE_CHECKING:
    from sqlmodel import Session

ANCHOR_LABELS = {"opened_at": N_("Opened"), "closed_at": N_("Closed"), "entered_at": N_("Entered")}
_TELLING = (FieldType.PARTY, FieldType.TEXT, FieldType.NOTE, FieldType.CASE)
"""Types of fields whose values can tell who it is about."""


class Span(NamedTuple):
    """The days that a report is about, both included."""

    first: dt.date
    last: dt.date


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
    roles.require(acting.user, Act.READ_CASES)
    scheme, report = _found(acting, scheme_id, report_id)
    span = _span(report, day_of(acting.now), first, last)
    subjects = []
    for subject in _subjects(plain(session), acting, scheme.id, report, span):
        if report.where is None or subject.holds(report.where):
            subjects.append(subject)
    if scheme.visibility is Visibility.RESTRICTED:
        cases.keep_views(session, acting, dict.fromkeys(each.facts.case.id for each in subjects))
    groups = [name for name in report.group if outside is None or not _tells(scheme, name)]
    figures = [_measure_title(scheme, report, measure) for measure in report.measures]
    header = (*_titles(scheme, report, groups), *figures)
    rows = tuple(_rows(report, groups, subjects, outside))
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
    connection: Connection, acting: Acting, scheme: str, report: Report, span: Span | None
) -> Iterator[Subject]:
    """What the report may count, before ``where``; only the cases that can matter are folded."""
    names = dict(connection.execute("SELECT id, name FROM officer").fetchall())
    for family_id in _families(connection, scheme, report, span):
        events = stored.events(connection, family_id)
        family = fold.fold(acting.book, events, acting.at)
        refused = {conflict.event.id for conflict in family.conflicts}
        followed = [each for each in fold.in_order(events) if each.id not in refused]
        for case in family.cases.values():
            if case.scheme != scheme:
                continue
            facts = CaseFacts(acting.book, family, case, acting.at)
            line = case_lists.line(connection, case.id)
            if report.over == "items":
                found = counted.of_items(facts, line)
            elif report.over == "events":
                own = [event for event in followed if event.case == case.id]
                found = counted.of_events(facts, line, own, names)
            else:
                found = iter((counted.of_case(facts, line),))
            yield from (each for each in found if _belongs(each, report, span))


def _families(connection: Connection, scheme: str, report: Report, span: Span | None) -> list[str]:
    condition, values = "scheme = ?", [scheme]
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
    when = _moment(subject, report)
    return when is not None and span.first <= day_of(when) <= span.last


def _moment(subject: Subject, report: Report) -> When | None:
    """When something counts: a length of time, when it ends."""
    lengths = [measure.between for measure in report.measures if measure.between]
    return subject.anchor(lengths[0][1]) if lengths else subject.moment


def _rows(
    report: Report, groups: Sequence[str], subjects: Sequence[Subject], outside: Mask | None
) -> Iterator[tuple[str, ...]]:
    found: dict[tuple[object, ...], list[Subject]] = defaultdict(list)
    for subject in subjects:
        key = (*_period(report, subject), *(subject.value(name) for name in groups))
        found[key].append(subject)

    def place(of: Sequence[Subject]) -> tuple[str, ...]:
        return (*_period(report, of[0]), *(_sorted_by(of[0], name) for name in groups))

    for of in sorted(found.values(), key=place):
        small = outside is not None and outside.small(len(of))
        yield (
            *_period(report, of[0]),
            *(of[0].text(name) for name in groups),
            *(_figure(each, of, outside or Mask(), small=small) for each in report.measures),
        )


def _period(report: Report, subject: Subject) -> tuple[str, ...]:
    when = _moment(subject, report)
    if report.period is None or when is None:
        return ()
    return (sampling.period_of(report.period, when),)


def _sorted_by(subject: Subject, name: str) -> str:
    value = subject.value(name)
    if isinstance(value, dt.datetime):
        return stamp(value)
    if isinstance(value, int):
        return f"{value:020}"
    return value.isoformat() if isinstance(value, dt.date) else subject.text(name).casefold()


def _figure(measure: Measure, of: Sequence[Subject], mask: Mask, *, small: bool) -> str:
    if measure.kind == "count":
        return mask.count(len(of))
    if measure.kind == "overdue":
        return mask.count(sum(each.overdue for each in of))
    if small:
        return HIDDEN
    if measure.kind == "sum":
        return _sum([each.value(measure.of) for each in of])
    if measure.kind == "percent" and measure.where:
        return mask.percent(sum(each.holds(measure.where) for each in of), len(of))
    lengths = [days for each in of if (days := _length(measure, each)) is not None]
    return f"{statistics.median(lengths):g}" if lengths else "-"


def _sum(values: Sequence[object]) -> str:
    numbers = [each for each in values if isinstance(each, int | Decimal)]
    if any(isinstance(each, Decimal) for each in numbers):
        return f"£{sum(numbers):,.2f}"
    return f"{sum(numbers):,}"


def _length(measure: Measure, subject: Subject) -> int | None:
    if measure.between is None:
        return None
    since, until = (subject.anchor(name) for name in measure.between)
    if since is None or until is None:
        return None
    return subject.calendar.working_days_between(day_of(since), day_of(until))


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
    field = _field(scheme, name)
    label = {**ANCHOR_LABELS, **NAMES[report.over]}.get(name, "")
    return shown(field.label) if field else _(label) or name


def _measure_title(scheme: Scheme, report: Report, measure: Measure) -> str:
    if measure.kind == "sum":
        return _title(scheme, report, measure.of)
    if measure.kind == "percent":
        return _("Per cent")
    if measure.kind == "median":
        return _("Median working days")
    return _("Number") if measure.kind == "count" else _("Overdue")
