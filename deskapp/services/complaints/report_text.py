"""A report of the complaints desk as text: for the screen, a file and the line mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deskapp.i18n import _, day, language, number
from deskapp.services import spread
from deskapp.services.complaints import report_charts, report_names
from deskapp.services.complaints.figures import PARTS, Figures
from deskapp.services.complaints.report import Report
from deskapp.services.complaints.report_asked import BY_LABELS, By, Rules
from deskapp.services.complaints.told import moment
from deskapp.services.courts.sites import by_key
from deskapp.services.enquiries import report_lines
from deskapp.services.enquiries.report_lines import Row
from deskapp.services.small_numbers import HIDDEN, Mask


def lines(report: Report, mask: Mask, rules: Rules) -> Iterator[str]:
    """The report, line by line; ``mask`` says which counts are hidden."""
    yield _head(report)
    yield ""
    yield from report_lines.pairs(summary(report, mask))
    yield ""
    yield from report_lines.table(_rows(report, mask))
    for part in PARTS:
        yield from report_charts.part(part, report.counted, mask)
    yield from report_charts.aside(report.counted, mask)
    yield from _foot(report, mask, rules)


def lessons(report: Report, mask: Mask, rules: Rules) -> Iterator[str]:
    """What complaints teach: by category, cause and site, the most frequent first."""
    yield _head(report)
    counted = report.counted
    yield from report_charts.part("categories", counted, mask)
    yield ""
    yield from report_charts.causes(counted, mask)
    yield from report_charts.part("causes", counted, mask)
    received = Counter({code: figures.received for code, figures in counted.groups.items()})
    yield from report_charts.chart(_("Received at every stage, by site"), By.SITE, received, mask)
    yield from _foot(report, mask, rules)


def _head(report: Report) -> str:
    site = by_key(report.site).shown_name(language()) if report.site else _("Every site")
    return f"{site}, {report_lines.days_words(report.asked.days)}"


def summary(report: Report, mask: Mask) -> list[tuple[str, str]]:
    """Label and value of everything that is told once."""
    whole = report.counted.whole
    return [
        (_("Received"), _received_words(whole, mask)),
        (_("Answered"), mask.count(whole.answered)),
        (_("On time"), mask.share(whole.on_time, whole.answered)),
        (_("Working days"), _days_taken(whole, mask)),
        (_("Open at the end"), _open_words(whole, mask)),
        (_("Asked for a review"), mask.share(whole.reviews, whole.first_answers)),
        (_("Not in OPTIC yet"), _optic_words(report, mask)),
    ]


def _received_words(whole: Figures, mask: Mask) -> str:
    told = _("{count} at every stage, {reviews} of them requests for a review")
    return told.format(count=mask.count(whole.received), reviews=mask.count(whole.reviews))


def _days_taken(whole: Figures, mask: Mask) -> str:
    average, ninetieth = taken(whole, mask)
    return _("average {average}, 9 of 10 within {ninetieth}").format(
        average=average, ninetieth=ninetieth
    )


def taken(figures: Figures, mask: Mask) -> tuple[str, str]:
    """Average and ninetieth of the working days that answers took; hidden for very few."""
    average, ninetieth = spread.average(figures.taken), spread.ninetieth(figures.taken)
    if average is None or ninetieth is None:
        return "-", "-"
    if mask.small(figures.answered):
        return HIDDEN, HIDDEN
    return f"{average:.1f}", f"{ninetieth:.0f}"


def _open_words(whole: Figures, mask: Mask) -> str:
    told = _("{count}, {overdue} of them overdue")
    if whole.provisional:
        told = _("{count}, {overdue} of them overdue, {provisional} with a date that is not firm")
    return told.format(
        count=mask.count(whole.open),
        overdue=mask.count(whole.overdue),
        provisional=mask.count(whole.provisional),
    )


def _optic_words(report: Report, mask: Mask) -> str:
    optic = report.optic
    if optic.oldest is None or mask.small(optic.waiting):
        return mask.count(optic.waiting)
    return _("{count}, {answered} of them answered; the oldest was received on {day}").format(
        count=number(optic.waiting), answered=mask.count(optic.answered), day=day(optic.oldest)
    )


# -- the table ------------------------------------------------------------------------------


def headings() -> list[str]:
    """What the columns of the table are called."""
    return [
        _("Received"), _("Answered"), _("On time"), _("Open"), _("Overdue"), _("Average"),
        _("9 of 10"),
    ]  # fmt: skip


def cells(figures: Figures, mask: Mask) -> list[str]:
    """The figures of one row as they are shown, in the order of ``headings``."""
    return [
        mask.count(figures.received),
        mask.count(figures.answered),
        mask.percent(figures.on_time, figures.answered),
        mask.count(figures.open),
        mask.count(figures.overdue),
        *taken(figures, mask),
    ]


def hidden_cells(figures: Figures, mask: Mask) -> list[str]:
    """A row of which nothing may be told; whether so few were received, when that is why."""
    received = mask.count(figures.received) if mask.small(figures.received) else HIDDEN
    return [received, *[HIDDEN] * (len(headings()) - 1)]


def hidden_rows(report: Report, mask: Mask) -> frozenset[str]:
    """Codes of the rows of which nothing may be told."""
    groups = report.counted.groups
    small: set[str] = set()
    for name in ("received", "answered", "open", "overdue"):
        small |= mask.hidden_rows({code: getattr(each, name) for code, each in groups.items()})
    return frozenset(small)


def in_order(report: Report) -> list[str]:
    """The codes of the rows: stages and months in their order, else the most received first."""
    groups = report.counted.groups
    if report.asked.by in (By.STAGE, By.MONTH):
        return sorted(groups)
    return sorted(groups, key=lambda code: (-groups[code].received, code))


def _rows(report: Report, mask: Mask) -> list[Row]:
    hidden, groups = hidden_rows(report, mask), report.counted.groups
    rows = [Row(_(BY_LABELS[report.asked.by]), headings())]
    for code in in_order(report):
        name = report_names.name(report.asked.by, code)
        shown = hidden_cells(groups[code], mask) if code in hidden else cells(groups[code], mask)
        rows.append(Row(name, shown))
    return [*rows, Row(_("Total"), cells(report.counted.whole, mask))]


def _foot(report: Report, mask: Mask, rules: Rules) -> Iterator[str]:
    """By what it was counted, and what it can be compared with."""
    yield ""
    told = _("Counted with the bank holidays {version}, known to {day}.")
    yield told.format(version=report.calendar_version, day=day(report.known_to))
    if report.synced_at:
        yield _("Last sync: {when}.").format(when=moment(report.synced_at))
    else:
        yield _("Last sync: never. These are the complaints of this desk alone.")
    national = _(
        "In the whole country {year}: {first} first contacts, {reviews} reviews (published)."
    )
    yield national.format(
        year=rules.national_year,
        first=number(rules.first_contacts),
        reviews=number(rules.reviews),
    )
    if mask.hide_up_to:
        yield from report_lines.hidden_words(mask)
