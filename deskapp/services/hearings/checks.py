"""What a list may hold: its times, days and texts.

Source: hearings sheet, section 6; README of the sample lists, what the published schemas say.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from deskapp.clock import local
from deskapp.i18n import _
from deskapp.services.hearings.items import Code, Finding
from deskapp.text import one_line

_TAG = re.compile(r"<[^>]+>")
_CLOSING_TAG = re.compile(r"<\s*/[^>]*>|<[^>]*/>|&lt;\s*/[^&]*&gt;|&lt;[^&]*/&gt;")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:]([0-5]\d))?([ap])m", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([.]\d{1,9})?Z", re.ASCII)
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)
_LOOSE_FIELDS = ("offenceWording", "organisationName", "applicationParticulars")
"""Fields of magistrates' lists that may hold ``<text>``, but no closing or self-closing tag."""
_LONGEST_HEADING = 60
_SIBLINGS = ("case", "application")
_END = ("", "")
"""Where the path of a finding ends."""
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def clock_time(text: str) -> dt.time:
    """The wall-clock time of ``10.30am``, ``10:30am`` or ``9am``, with spaces around it or none.

    Raises:
        ValueError: If it is not such a time; the hour is 1 to 12.
    """
    found = _CLOCK.fullmatch(text.strip())
    if not found or not 1 <= int(found[1]) <= 12:
        raise ValueError("no time")
    afternoon = 12 if found[3] == "p" else 0
    return dt.time(int(found[1]) % 12 + afternoon, int(found[2] or 0))


def local_instant(text: str) -> dt.datetime:
    """The instant of ``2026-11-21T10:30:00Z`` in London's wall clock, to the minute.

    Raises:
        ValueError: If it is not such an instant.
    """
    if not _INSTANT.fullmatch(text):
        raise ValueError("no instant")
    return local(dt.datetime.fromisoformat(text)).replace(second=0, microsecond=0)


def day(text: str) -> dt.date:
    """The day of ``16/12/2024``.

    Raises:
        ValueError: If there is no such day.
    """
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise ValueError("no day")
    return dt.date(int(found[3]), int(found[2]), int(found[1]))


def text_problem(text: str, *, loose: bool = False) -> str:
    """Why ``text`` is refused, already translated; empty when it is not.

    Args:
        text: As it stands in the list.
        loose: Whether ``<text>`` is allowed here, as in three fields of magistrates' lists.
    """
    if _CONTROL.search(text):
        return _("There is a control character in {field}. Take it out, or ask for a new list.")
    if (_CLOSING_TAG if loose else _TAG).search(text):
        return _("There is a tag between < and > in {field}. Take it out, or ask for a new list.")
    return ""


def shown(heading: str) -> str:
    """A heading as a finding names it: one short line."""
    return one_line(heading)[:_LONGEST_HEADING]


def refused_texts(document: Any) -> Iterator[Finding]:
    """Every text of a JSON document that a list may not hold, with its path."""
    waiting: list[tuple[str, str, Any, bool]] = [("", "", document, False)]
    while waiting:
        path, name, value, magistrates = waiting.pop()
        if isinstance(value, str):
            problem = text_problem(value, loose=magistrates and name in _LOOSE_FIELDS)
            if problem:
                yield Finding(Code.TAG, path, problem.format(field=shown(name)))
        elif isinstance(value, dict):
            inside = magistrates or "caseUrn" in value or "applicationReference" in value
            for key, each in reversed(value.items()):
                waiting.append((f"{path}.{key}" if path else key, key, each, inside))
        elif isinstance(value, list):
            for index in reversed(range(len(value))):
                waiting.append((f"{path}[{index}]", name, value[index], magistrates))


def touched(findings: Iterable[Finding], wheres: Iterable[str]) -> set[str]:
    """Which of the items at ``wheres`` the findings belong to: what stands inside an item, or
    beside what leads to it; not what stands inside a neighbour."""
    tree: dict[Any, Any] = {}
    for finding in findings:
        node = tree
        for step in _STEP.findall(finding.where):
            node = node.setdefault(step, {})
        node[_END] = {}
    return {where for where in wheres if _meets(tree, _STEP.findall(where))}


def _meets(tree: dict[Any, Any], item: list[tuple[str, str]]) -> bool:
    node = tree
    for name, index in item:
        if _END in node:
            return True
        if name and any(
            other != name and not (name in _SIBLINGS and other in _SIBLINGS) for other, _at in node
        ):
            return True
        if (name, index) not in node:
            return False
        node = node[name, index]
    return bool(node)


def refused_rows(findings: Collection[Finding], wheres: Collection[str]) -> set[str]:
    """Which of the rows at ``wheres`` the findings are of; all, where one is of no row."""
    named = {each.where for each in findings}
    return named if named <= set(wheres) else set(wheres)
