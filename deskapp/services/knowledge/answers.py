"""What an answer to a step of a script means: the way on, and what it fills.

Source: knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from deskapp.clock import local
from deskapp.errors import DeskError
from deskapp.i18n import _
from deskapp.services import typed
from deskapp.services.dates import Calendar
from deskapp.services.enquiries import outcome_adds
from deskapp.services.knowledge import fields
from deskapp.services.knowledge.content import Library
from deskapp.services.knowledge.declared import Fields
from deskapp.services.knowledge.nodes import Node, NodeKind, Option
from deskapp.text import one_line

_TODAY = frozenset({"now", "today"})
"""Urgencies that say by which day something must be done."""


class AnswerError(DeskError):
    """The answer cannot be used; the sentence says what to enter."""


class Taken(NamedTuple):
    """An answer that was accepted."""

    answer: str
    filled: Mapping[str, str]
    """``enquiry.<name>`` or name -> value."""
    next: str
    goto_script: str


def taken(library: Library, node: Node, answer: str, language: str, *, now: dt.datetime) -> Taken:
    """What follows from an answer.

    Args:
        library: For the fields, roles and titles.
        node: The step; neither a check nor an end.
        answer: As typed.
        language: In which values are worded.
        now: The instant, in UTC.

    Raises:
        AnswerError: If it cannot be used.
    """
    answer = one_line(answer)
    if node.kind is NodeKind.CHOICE:
        option = _option(node, answer)
        return Taken(option.key, {**node.set, **option.set}, option.next, option.goto_script)
    filled = dict(node.set)
    if node.kind is NodeKind.ASK:
        answer = _collected(library, node, answer, today=local(now).date())
        if answer:
            filled[node.collect] = answer
    elif node.kind is NodeKind.SIGNPOST:
        filled["signpost"] = _signpost(library, node, language)
    elif node.kind is NodeKind.ESCALATE:
        filled |= _told(library, node, answer, language, local(now))
    return Taken(answer, filled, node.next, node.goto_script)


def short_names(filled: Mapping[str, str]) -> dict[str, str]:
    """The same values by names of ``fields.toml``."""
    return {name.removeprefix(fields.PREFIX): value for name, value in filled.items()}


def of_end(node: Node, today: dt.date, calendar: Calendar) -> dict[str, str]:
    """What an end fills: its own values, and when something must be done."""
    filled = short_names(node.set)
    if node.follow_up_days:
        by = calendar.add_working_days(today, node.follow_up_days)
        filled |= {"by_when": by.isoformat(), "within_days": str(node.follow_up_days)}
    return filled


def _option(node: Node, key: str) -> Option:
    for option in node.options:
        if option.key.casefold() == key.casefold():
            return option
    keys = ", ".join(option.key for option in node.options)
    raise AnswerError(_("Choose one of: {keys}").format(keys=keys))


def _collected(library: Library, node: Node, answer: str, *, today: dt.date) -> str:
    """What was asked for, in the form it is kept.

    Raises:
        AnswerError: If it is missing, of another shape, or none of what is offered.
    """
    if not answer:
        if node.required:
            raise AnswerError(_("Enter an answer, or go back"))
        return ""
    offered = [value for value, _label in node.choices]
    if offered and answer not in offered:
        raise AnswerError(_("Choose one of: {keys}").format(keys=", ".join(offered)))
    if node.pattern and not re.fullmatch(node.pattern, answer, re.IGNORECASE):
        raise AnswerError(_("That does not have the right shape. Ask for it again."))
    name = node.collect.removeprefix(fields.PREFIX)
    try:
        kept = understood(library.fields, name, answer, today=today)
    except typed.NotUnderstoodError as error:
        raise AnswerError(str(error)) from error
    allowed = fields.allowed(library.fields, name)
    if allowed is not None and not allowed.issuperset(fields.parts(name, kept)):
        raise AnswerError(_("Choose one of: {keys}").format(keys=", ".join(sorted(allowed))))
    return kept


def understood(known: Fields, name: str, answer: str, *, today: dt.date) -> str:
    """The value of a field as it is kept, out of what was typed.

    Raises:
        NotUnderstoodError: If it cannot be read as that field wants it.
    """
    if need := fields.need(known, name):
        return outcome_adds.understood(need, answer, today=today)
    kind = known.extras[name].kind if name in known.extras else "text"
    if kind == "day":
        return typed.day(answer, today=today).isoformat()
    if kind == "time":
        return f"{typed.clock_time(answer):%H:%M}"
    if kind == "yes_no":
        return "yes" if typed.yes_no(answer) else "no"
    return answer


def _signpost(library: Library, node: Node, language: str) -> str:
    article = library.articles.get(node.article)
    return article.title(language) if article else node.contact.get(language, "")


def _told(
    library: Library, node: Node, answer: str, language: str, here: dt.datetime
) -> dict[str, str]:
    """Who was told, when, which team that is and by when it must act."""
    role = library.fields.roles.get(node.to, {})
    filled = {"team": role.get(language, node.to), "told_at": f"{here:%H:%M}"}
    if answer:
        filled["told_name"] = answer
    if node.urgency in _TODAY:
        filled["by_when"] = here.date().isoformat()
    return filled
