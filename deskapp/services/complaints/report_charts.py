"""Lists of bars in a report of complaints, and what complaints of each category teach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap

from deskapp.i18n import _, number
from deskapp.services.complaints import report_names
from deskapp.services.complaints.figures import Counted
from deskapp.services.enquiries.report_lines import WIDTH, bar
from deskapp.services.small_numbers import HIDDEN, Mask

CHART = 30
"""Columns of the longest bar."""


def chart(title: str, kind: str, counts: Mapping[str, int], mask: Mask) -> Iterator[str]:
    """A list of bars, the longest first; nothing when there is nothing to count."""
    shown = {code: count for code, count in counts.items() if count}
    if not shown:
        return
    yield ""
    yield title
    hidden, largest = mask.hidden_rows(shown), max(shown.values())
    width = max(len(number(count)) for count in shown.values()) + 1
    for code in sorted(shown, key=lambda code: (-shown[code], code)):
        count = shown[code]
        room = WIDTH - width - CHART - 2
        name = report_names.name(kind, code)
        if len(name) > room:
            name = name[: room - 1] + "…"
        figure, drawn = number(count), bar(count, largest, CHART)
        if code in hidden:
            figure, drawn = mask.count(count) if mask.small(count) else HIDDEN, ""
        yield f"{name.ljust(room)}{figure.rjust(width)}  {drawn}".rstrip()


def part(name: str, counted: Counted, mask: Mask) -> Iterator[str]:
    """One of the lists ``PARTS`` of a report."""
    yield from chart(_(report_names.PARTS[name]), name, counted.parts[name], mask)


def causes(counted: Counted, mask: Mask) -> Iterator[str]:
    """What the answers of each category came to, one line each."""
    answered = {code: each for code, each in counted.lessons.items() if each.answered}
    for code in sorted(answered, key=lambda code: (-answered[code].answered, code)):
        lesson = answered[code]
        if mask.small(lesson.answered):
            continue
        causes = {cause: count for cause, count in lesson.causes.items() if cause}
        told = _("{category}: {upheld} upheld")
        if causes:
            told = _("{category}: {upheld} upheld; mostly {cause}, {count}")
        cause = min(causes, key=lambda each: (-causes[each], each), default="")
        words = told.format(
            category=report_names.name("categories", code),
            upheld=mask.share(lesson.upheld, lesson.answered),
            cause=report_names.name("causes", cause),
            count=mask.count(causes.get(cause, 0)),
        )
        yield from wrap(words, WIDTH, subsequent_indent="  ")


def aside(counted: Counted, mask: Mask) -> Iterator[str]:
    """What was received and is in no figure: redirected, withdrawn, duplicate, void."""
    if counted.aside:
        title = _("Received, and in no figure above")
        yield from chart(title, "aside", counted.aside, mask)
