"""What a letter of a complaint may name, and how its text fills the lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from textwrap import wrap

from deskapp import i18n
from deskapp.clock import local
from deskapp.i18n import _, whole_day
from deskapp.services.complaints import lists, redirects
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.letter_kinds import Letter
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.complaints.state import Stage
from deskapp.services.letters.template import Empty, named
from deskapp.services.lists import worded
from deskapp.text import clean

WIDTH = 72
_LINE = "\ue000"
"""Stands for the end of a line that somebody typed; a character that nobody types."""
NAMES = frozenset(
    {
        *("name", "ref", "summary", "received", "due", "overdue", "target", "revised", "reason"),
        *("found", "outcome", "redress", "where", "what", "withdrawn", "acting_for"),
    }
)
"""What a template may name."""


def faults(template: str) -> Iterator[str]:
    """What is wrong with a template of a complaint."""
    found = named(template)
    yield from found.problems
    for name in sorted(found.fields - NAMES):
        yield _("The template names {name}, which is no field.").format(name=name)
    for name in sorted(found.items):
        yield _("The template names {name}, which is no item.").format(name=name)


def flowing(text: str) -> str:
    """A text whose paragraphs fill their lines, however long what was put in is."""
    paragraphs = (" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n"))
    lines = (line for paragraph in paragraphs for line in (*paragraph.split(_LINE), ""))
    return "\n".join("\n".join(wrap(line, WIDTH)) for line in lines).strip()


def of(found: ComplaintRecord, letter: Letter, today: dt.date) -> dict[str, object]:
    """What a template may name, in the language in use; what is empty can only be asked for."""
    complaint, given = found.complaint, found.given
    stage = complaint.stages[letter.stage - 1] if letter.stage else complaint.stage
    received_at = stage.received_at if letter.stage > 1 else complaint.received_at
    part = complaint.redirected or next(reversed(complaint.parts), None)
    shown = {
        "name": given.person_name,
        "ref": found.line.ref,
        "summary": given.summary if found.may_disclose else "",
        "received": whole_day(local(received_at).date()),
        "due": "" if stage.due.provisional else whole_day(stage.due.due_on),
        "overdue": "yes" if _is_overdue(stage, today) else "",
        "target": str(stage.due.target_days),
        "revised": whole_day(stage.revised_on) if stage.revised_on else "",
        "reason": _note(found, Code.HOLDING_REPLY),
        "where": _where(part.where, part.body) if part else "",
        "what": part.what if part and not complaint.redirected else "",
        "withdrawn": whole_day(local(complaint.ended_at).date()) if complaint.ended_at else "",
        "acting_for": given.acting_for,
        **_answer(stage),
    }
    # The lines of a paragraph flow together; those that somebody typed stay lines.
    kept = {name: clean(text).replace("\n", _LINE) for name, text in shown.items()}
    return {name: text or Empty(name) for name, text in kept.items()}


def _is_overdue(stage: Stage, today: dt.date) -> bool:
    """Whether every day that the person was told is past, and there is no answer."""
    last = max(filter(None, (stage.due.due_on, stage.revised_on)))
    return stage.answer is None and last < today


def _answer(stage: Stage) -> dict[str, str]:
    answer = stage.answer
    if answer is None:
        return dict.fromkeys(("found", "outcome", "redress"), "")
    done = [code for code in answer.redress if code != lists.Redress.NONE]
    return {
        "found": answer.note,
        "outcome": worded(lists.Outcome, answer.outcome),
        "redress": ", ".join(worded(lists.Redress, code) for code in done),
    }


def _where(code: str, body: str) -> str:
    known = redirects.subjects().get(code)
    told = known.where_in(i18n.language()) if known else code
    return f"{body} ({told})" if body else told


def _note(found: ComplaintRecord, code: Code) -> str:
    """What was written at the last event of a kind."""
    notes = (entry.event.note for entry in reversed(found.history) if entry.event.code == code)
    return next(notes, "")
