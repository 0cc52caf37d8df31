"""A report of the enquiry desk as text: for the screen, a file and the line mode."""

from __future__ import annotations

from collections.abc import Iterator

from deskapp.i18n import _, language, number
from deskapp.services.courts.sites import by_key
from deskapp.services.enquiries import report_lines
from deskapp.services.enquiries.enquiry_asked import BY_LABELS, By
from deskapp.services.enquiries.enquiry_figures import Figures, Times
from deskapp.services.enquiries.enquiry_others import Callbacks
from deskapp.services.enquiries.report_lines import Row, bar, days_words
from deskapp.services.enquiries.report_table import Report
from deskapp.services.small_numbers import HIDDEN, Mask
from deskapp.text import one_line


def lines(report: Report, mask: Mask, own_name: str = "") -> Iterator[str]:
    """The report, line by line.

    Args:
        report: What was counted.
        mask: Which counts are hidden.
        own_name: Whose contacts they are, when they are those of one officer.
    """
    yield f"{by_key(report.site).shown_name(language())}, {days_words(report.asked.days)}"
    if own_name:
        yield _("Only the contacts of {name}").format(name=one_line(own_name))
    yield ""
    yield from report_lines.pairs(summary(report, mask))
    yield ""
    yield from report_lines.table(_rows(report, mask))
    if mask.hide_up_to:
        yield ""
        yield from report_lines.hidden_words(mask)


def summary(report: Report, mask: Mask) -> list[tuple[str, str]]:
    """Label and value of everything that is told once."""
    whole, others = report.total, report.others
    callbacks = _(
        "{booked} promised on these days; {due} fell due: {kept} kept on time, {failed} failed"
    ).format(
        booked=mask.count(others.callbacks.booked),
        due=mask.count(others.callbacks.due),
        **{
            name: HIDDEN if hidden else mask.count(count)
            for name, (count, hidden) in of_those_due(others.callbacks, mask).items()
        },
    )
    return [
        (_("Contacts"), mask.count(whole.contacts)),
        (_("Handling time, live"), _live_words(whole, mask)),
        (_("Letters and emails"), _written_words(whole, mask)),
        (_("Times set aside"), mask.count(whole.suspect)),
        (_("Answered at first contact"), mask.share(whole.answered_first, whole.answerable)),
        (_("Dissatisfied"), mask.share(whole.dissatisfied, whole.contacts)),
        (_("Of these, complaints"), mask.share(whole.complained, whole.dissatisfied)),
        (_("Identity not confirmed"), _of_outcome("NOID", whole.not_identified, report, mask)),
        (_("Third party, no authority"), _of_outcome("NAUT", whole.no_authority, report, mask)),
        (_("Callbacks"), callbacks),
        (_("Markers past review"), mask.count(others.markers_overdue)),
        (_("Building risks"), _risk_words(report, mask)),
        (_("Articles used"), _article_words(report, mask)),
        (_("Articles flagged"), mask.count(others.flagged)),
        (_("Searches in vain"), mask.count(others.empty_searches)),
    ]


def _of_outcome(code: str, count: int, report: Report, mask: Mask) -> str:
    """A count that stands in the table by outcome as well; hidden here where it is hidden there."""
    hidden = hides_outcome(code, report, mask) and not mask.small(count)
    return HIDDEN if hidden else mask.count(count)


def of_those_due(callbacks: Callbacks, mask: Mask) -> dict[str, tuple[int, bool]]:
    """How many were kept and failed, and whether that would tell the other, small one."""
    parts = {"kept": callbacks.kept, "failed": callbacks.failed}
    rest = callbacks.due - callbacks.kept - callbacks.failed
    hidden = mask.hidden_rows({**parts, "rest": rest})
    return {
        name: (count, name in hidden and not mask.small(count)) for name, count in parts.items()
    }


def hides_outcome(code: str, report: Report, mask: Mask) -> bool:
    """Whether the table has a row of this outcome, of which nothing may be told."""
    return report.asked.by is By.OUTCOME and code in hidden_rows(report, mask)


def hidden_rows(report: Report, mask: Mask) -> frozenset[str]:
    """Codes of the rows of which nothing may be told."""
    return mask.hidden_rows({row.code: row.figures.contacts for row in report.rows})


def _live_words(figures: Figures, mask: Mask) -> str:
    live = figures.live
    return _(
        "average {average}, median {median}, 9 of 10 within {ninetieth}, wrap-up {wrap}"
    ).format(
        average=mask.time(live.average, live.contacts),
        median=mask.time(live.median, live.contacts),
        ninetieth=mask.time(live.ninetieth, live.contacts),
        wrap=_wrap_up(live, mask),
    )


def _wrap_up(times: Times, mask: Mask) -> str:
    """The share of the handling time that was wrap-up; hidden when so few contacts were timed."""
    if mask.small(times.contacts):
        return HIDDEN
    return Mask().percent(times.wrap_seconds, times.seconds)


def _written_words(figures: Figures, mask: Mask) -> str:
    written = figures.written
    return _("{count}, average {average}").format(
        count=mask.count(written.contacts), average=mask.time(written.average, written.contacts)
    )


def _risk_words(report: Report, mask: Mask) -> str:
    risks = report.others.risks
    if not risks.opened or mask.small(risks.opened):
        return mask.count(risks.opened)
    if risks.median is None:
        return _("{count}, Senior Person on Site told of none").format(count=number(risks.opened))
    return _(
        "{count}, Senior Person on Site told after {median} minutes (median), at most {longest};"
        " not told: {not_told}"
    ).format(
        count=number(risks.opened),
        median=f"{risks.median:g}",
        longest=number(risks.minutes[-1]),
        not_told=mask.count(risks.not_told),
    )


def _article_words(report: Report, mask: Mask) -> str:
    used = report.others.articles
    told = [f"{one_line(name)} {mask.count(times)}" for name, times in used]
    return ", ".join(told) or _("none")


# -- the table ------------------------------------------------------------------------------


def cells(figures: Figures, mask: Mask) -> list[str]:
    """The figures of one row as they are shown, in the order of ``headings``."""
    # Live contacts and letters are never averaged together; a row of letters alone has its own.
    times = figures.live if figures.live.contacts else figures.written
    return [
        mask.count(figures.contacts),
        mask.time(times.average, times.contacts),
        mask.time(times.median, times.contacts),
        mask.time(times.ninetieth, times.contacts),
        _wrap_up(times, mask),
        mask.percent(figures.answered_first, figures.answerable),
    ]


def hidden_cells(figures: Figures, mask: Mask) -> list[str]:
    """A row of which nothing may be told; whether its count is small, when that is why."""
    small = mask.small(figures.contacts)
    others = [HIDDEN] * (len(headings()) - 1)
    return [mask.count(figures.contacts) if small else HIDDEN, *others]


def headings() -> list[str]:
    """What the columns of the table are called."""
    return [_("Contacts"), _("Average"), _("Median"), _("9 of 10"), _("Wrap-up"), _("First")]


def _rows(report: Report, mask: Mask) -> list[Row]:
    hidden = hidden_rows(report, mask)
    largest = max((row.figures.contacts for row in report.rows), default=0)
    rows = [Row(_(BY_LABELS[report.asked.by]), headings())]
    for row in report.rows:
        if row.code in hidden:
            rows.append(Row(row.name, hidden_cells(row.figures, mask)))
        else:
            chart = bar(row.figures.contacts, largest)
            rows.append(Row(row.name, cells(row.figures, mask), chart))
    return [*rows, Row(_("Total"), cells(report.total, mask))]
