"""The papers of a meeting: its agenda with what was carried over, and its minutes.

An action that is not done stays where it was agreed; the agenda of every later meeting of the
series shows it until it is closed there. The cases on the agenda come from the words that the
series keeps: a scheme, and a worklist if wanted, such as ``isc overdue``.
Source: casework sheet, section 1.7 (meetings).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from textwrap import fill

from deskapp import i18n, roles
from deskapp.data.connection import Connection
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import desk
from deskapp.services.casework import case_lists, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.casework.case_lists import Which
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.shown import STATUS_LABELS, due_text, value_text, when_text
from deskapp.services.casework.state import Case, Item
from deskapp.services.casework.values import When, day_of, overdue_from
from deskapp.services.casework.vocabulary import VARIANT_FIELD
from deskapp.services.casework.words import shown
from deskapp.services.paging import Want
from deskapp.text import fold, one_line

MEETING, LINE, ACTION = "meeting", "agenda_line", "action"
ON, TEXT, NOTES, OWNER = "meeting_on", "text", "notes", "owner"
NAME, QUERY = "name", "agenda_query"
"""Fields of the series."""
HEAD = ("place", "chair")
RECORDED = ("attendance", "decisions")
WIDTH = 78
MOST_CASES = 100


def is_meeting(record: CaseRecord) -> bool:
    """Whether a case has an agenda and minutes."""
    return record.scheme.id == MEETING


def agenda(connection: Connection, acting: Acting, record: CaseRecord) -> str:
    """The agenda of a meeting: what was carried over, its own lines, and cases to speak of.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    parts = [
        (_("Actions carried over"), list(_carried(record))),
        (_("On the agenda"), [_item_text(record.facts, each, TEXT) for each in _lines(record)]),
        (_("Cases"), list(_cases(connection, acting, record))),
    ]
    return _paper(_("Agenda"), acting, record, parts)


def minutes(acting: Acting, record: CaseRecord) -> str:
    """The minutes: who was there, what was said under each line, decisions and actions.

    Raises:
        NotAllowedError: If the role may not read cases.
    """
    roles.require(acting.user, Act.READ_CASES)
    fields, facts = record.scheme.field_by_id, record.facts
    recorded = [
        (shown(fields[name].label), list(filter(None, [_field(facts, name)])))
        for name in RECORDED
        if name in fields
    ]
    lines = [_with_notes(facts, item) for item in _lines(record)]
    actions = [_action(facts, item) for item in facts.case.of_template(ACTION)]
    notes = [each.event.note for each in record.history if each.event.note]
    parts = [
        *recorded[:1],
        (_("Actions carried over"), list(_carried(record))),
        (_("What was said"), lines),
        *recorded[1:],
        (_("New actions"), actions),
        (_("Notes"), notes),
    ]
    return _paper(_("Minutes"), acting, record, parts)


def carried_over(record: CaseRecord) -> Iterator[tuple[CaseFacts, Item]]:
    """The actions of earlier meetings of the series that are still open, the oldest first."""
    facts = record.facts
    family = facts.family
    if not facts.case.parent:
        return
    earlier = (
        case
        for case in family.children(facts.case.parent)
        if case.scheme == MEETING and _order(case) < _order(facts.case)
    )
    for case in sorted(earlier, key=_order):
        then = CaseFacts(facts.book, family, case, facts.now)
        for item in case.of_template(ACTION):
            if item.is_open:
                yield then, item


def _order(case: Case) -> tuple[dt.date, dt.datetime, str]:
    return _held_on(case), case.opened_at, case.id


def _held_on(case: Case) -> dt.date:
    on = case.fields.get(ON)
    return day_of(on if isinstance(on, dt.date) else case.opened_at)


def _carried(record: CaseRecord) -> Iterator[str]:
    for then, item in carried_over(record):
        since = _("from {day}").format(day=i18n.day(_held_on(then.case)))
        yield f"{_action(then, item)} ({since})"


def _lines(record: CaseRecord) -> list[Item]:
    return list(record.facts.case.of_template(LINE))


def _action(facts: CaseFacts, item: Item) -> str:
    """An action with who does it and how near or how it ended."""
    due = facts.due(item)
    near = due_text(due.when, overdue_from(due.when), facts.now) if due else ""
    state = near if item.is_open else _ended(facts, item)
    about = ", ".join(filter(None, (_item_text(facts, item, OWNER), state)))
    return ": ".join(filter(None, (about, _item_text(facts, item, TEXT))))


def _ended(facts: CaseFacts, item: Item) -> str:
    outcome = facts.scheme.template_by_id[item.template].outcome(item.outcome)
    return _(shown(outcome.label)) if outcome else _(STATUS_LABELS[item.status])


def _with_notes(facts: CaseFacts, item: Item) -> str:
    return "\n".join(filter(None, (_item_text(facts, item, TEXT), _item_text(facts, item, NOTES))))


def _item_text(facts: CaseFacts, item: Item, name: str) -> str:
    field = facts.scheme.template_by_id[item.template].field(name)
    return value_text(field, item.fields.get(name)) if field else ""


def _field(facts: CaseFacts, name: str) -> str:
    field = facts.scheme.field_by_id.get(name)
    return value_text(field, facts.value(name)) if field else ""


def _cases(connection: Connection, acting: Acting, record: CaseRecord) -> Iterator[str]:
    """The cases that the words of the series ask for, as lines; or that nothing is understood."""
    series = _series(record.facts)
    words = one_line(_field(series, QUERY)) if series else ""
    if not words:
        return
    found = query(acting, words)
    if found is None:
        message = _("The series asks for {words}. Write a scheme, such as isc overdue.")
        yield message.format(words=words)
        return
    scheme, which = found
    want = Want(limit_rows=MOST_CASES)
    page = case_lists.page(connection, want, acting, which, scheme=scheme)
    yield from (_case(line, acting) for line in page.lines)
    if page.more:
        yield _("and more: see Casework")


def _series(facts: CaseFacts) -> CaseFacts | None:
    """The series that a meeting was opened for."""
    case = facts.family.cases.get(facts.case.parent)
    return CaseFacts(facts.book, facts.family, case, facts.now) if case else None


def query(acting: Acting, words: str) -> tuple[str, Which] | None:
    """The scheme and the worklist that words name; ``None`` when they name no scheme."""
    text = fold(words)
    which = next((each for each in Which if text.endswith(f" {each.value}")), None)
    name = text.removesuffix(f" {which.value}").strip() if which else text.strip()
    visible = shelf.visible(acting.book, acting.person)
    for scheme in shelf.newest(acting.book):
        known = (scheme.id, *(fold(label) for label in scheme.label))
        if name in known and scheme.id in visible:
            return scheme.id, which or Which.OPEN
    return None


def _case(line: CaseLine, acting: Acting) -> str:
    scheme = acting.book.scheme(line.scheme, line.version)
    near = _near(line.due, line.overdue_at, acting)
    stage = shown(scheme.stage_by_id[line.stage].label)
    return ", ".join(filter(None, (line.ref, line.title, stage, near)))


def _near(due: When | None, overdue_at: dt.datetime | None, acting: Acting) -> str:
    return due_text(due, overdue_at, acting.now) if due and overdue_at else ""


def _paper(
    title: str, acting: Acting, record: CaseRecord, parts: Iterable[tuple[str, list[str]]]
) -> str:
    """Head and numbered parts of a paper; a part without lines says so."""
    facts = record.facts
    on = facts.value(ON)
    held = when_text(on) if isinstance(on, dt.date) else _("no day yet")
    series = _series(facts)
    name = (_field(series, NAME) or _field(series, VARIANT_FIELD)) if series else ""
    head = [
        desk.site_name(acting.user.site, i18n.language()),
        " ".join(filter(None, (f"{title}:", name))) if name else title,
        ", ".join(filter(None, (held, *(_field(facts, each) for each in HEAD)))),
        _("Our reference: {ref}").format(ref=record.line.ref),
    ]
    lines = [*head, ""]
    for number, (heading, texts) in enumerate(parts, start=1):
        lines += [f"{number}. {heading}", *(_bullet(text) for text in texts or [_("none")]), ""]
    return "\n".join(lines)


def _bullet(text: str) -> str:
    """A text of one or more lines below a heading."""
    first, *rest = text.splitlines() or [""]
    wrapped = [fill(first, WIDTH, initial_indent="   - ", subsequent_indent="     ")]
    wrapped += [
        fill(each, WIDTH, initial_indent="     ", subsequent_indent="     ") for each in rest
    ]
    return "\n".join(wrapped)
