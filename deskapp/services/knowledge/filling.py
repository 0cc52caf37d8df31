"""What a script puts into the contact form, and takes out again; the officer's words stay.

A form is a mapping of names to texts. What a script put there is remembered with what stood there
before, so that going back gives it back. What the officer typed afterwards is no longer the
script's. Source: knowledge sheet, section 4; enquiries sheet, section 1 (extras).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container, Mapping
from contextlib import suppress
from typing import NamedTuple

from deskapp.services import lists, needs, typed
from deskapp.services.enquiries.contact_drafts import COLLECTED
from deskapp.services.knowledge import answers, fields, values
from deskapp.services.knowledge.declared import Fields
from deskapp.services.knowledge.nodes import NodeKind
from deskapp.services.knowledge.walk import Walk

ANSWER, TOPIC = "answer", "topic"
WORDS = frozenset({"question", ANSWER})
"""Fields of free words: a script adds a line, it never replaces what stands there."""
_DEFAULTS = {
    "user_type": {lists.DEFAULT_USER_TYPE.value},
    "channel": {each.value for each in lists.Channel},
    "language": {lists.ServiceLanguage.UNKNOWN.value},
    "dissatisfied": {lists.Dissatisfied.NONE.value},
}
"""What stands in a new form before anybody chose it; a channel is the desk's usual one."""


class Put(NamedTuple):
    """What a script put into one field."""

    before: str
    text: str
    said: str
    """The value as the script had it; ``text`` may hold the officer's words as well."""


class Filling(NamedTuple):
    """What becomes of the form."""

    changes: Mapping[str, str]
    """Name in the form -> its new text; fields that stay as they are left out."""
    puts: Mapping[str, Put]
    kept: Mapping[str, str]
    """Name in the form -> what the script says, where the officer's own words stay instead."""


def target(known: Fields, name: str) -> str:
    """The name in the form of a field of ``fields.toml``."""
    return known.form.get(name, COLLECTED + name)


def named(known: Fields, in_form: str) -> str:
    """The name in ``fields.toml`` of a value of the form."""
    names = (name for name, value in known.form.items() if value == in_form)
    return next(names, in_form.removeprefix(COLLECTED))


def of_form(known: Fields, form: Mapping[str, str]) -> dict[str, str]:
    """What a form holds, by the names that scripts use; empty ones left out."""
    names = (*known.form, *known.extras)
    return {
        name: values.code(known, name, text)
        for name in names
        if (text := form.get(target(known, name), "").strip())
    }


def fill(
    walk: Walk, form: Mapping[str, str], puts: Mapping[str, Put], *, recorded: Container[str] = ()
) -> Filling:
    """What a walk makes of a form.

    Args:
        walk: Where the script stands now.
        form: Everything in the form.
        puts: What was put into it before, as the last filling had it.
        recorded: Outcomes that have a record of their own: their summary says how to make it, and
            is no answer.
    """
    known = walk.library.fields
    wanted = {
        target(known, name): _worded(walk, name, value) for name, value in walk.filled.items()
    }
    ending = walk.ending
    if ending and ending.summary and ending.outcome not in recorded:
        wanted[ANSWER] = "\n".join(filter(None, (wanted.get(ANSWER), ending.summary)))
    if topic := _topic(walk, form, puts):
        wanted.setdefault(TOPIC, topic)
    asked = {target(known, name) for name in _collected(walk)}
    now_put: dict[str, Put] = {}
    changes: dict[str, str] = {}
    kept: dict[str, str] = {}
    for name, put in puts.items():
        if name not in wanted and form.get(name, "") == put.text:
            changes[name] = put.before
    for name, said in wanted.items():
        current, last = form.get(name, ""), puts.get(name)
        if last and current != last.text and last.said == said:
            now_put[name] = last  # changed by the officer since: it stays so
            continue
        own = last.before if last and current == last.text else current
        text = _merged(name, own, said, asked=name in asked)
        if text is None:
            kept[name] = said
            continue
        now_put[name] = Put(own, text, said)
        if text != current:
            changes[name] = text
    return Filling(changes, now_put, kept)


def understood(known: Fields, name: str, value: str, *, today: dt.date) -> str:
    """A value as the form keeps it: ``today`` becomes the day it is."""
    with suppress(typed.NotUnderstoodError):
        return answers.understood(known, name, value, today=today)
    return value


def _worded(walk: Walk, name: str, value: str) -> str:
    """What the form shows of a value that the walk filled, in the language that is spoken."""
    known = walk.library.fields
    kept = understood(known, name, value, today=walk.today)
    return values.in_words(known, name, kept, walk.language)


def dumps(puts: Mapping[str, Put]) -> str:
    """What was put, for the draft."""
    return json.dumps(puts, ensure_ascii=False)


def loads(text: str) -> dict[str, Put]:
    """What ``dumps`` made a text of; nothing of an empty one."""
    return {name: Put(*put) for name, put in json.loads(text or "{}").items()}


def _topic(walk: Walk, form: Mapping[str, str], puts: Mapping[str, Put]) -> str:
    """The topic of a script that was begun, where nobody chose another."""
    put, chosen = puts.get(TOPIC), form.get(TOPIC, "")
    if not walk.trail or (chosen and (put is None or chosen != put.text)):
        return ""
    return put.said if put else next(iter(walk.script.topics), "")


def _collected(walk: Walk) -> set[str]:
    """The fields whose values the officer gave the script."""
    nodes = (walk.library.scripts[step.script].nodes[step.node] for step in walk.trail)
    return {node.collect.removeprefix(fields.PREFIX) for node in nodes if node.kind is NodeKind.ASK}


def _merged(name: str, own: str, said: str, *, asked: bool) -> str | None:
    """The text of a field with what the script says; None where the officer's own stands."""
    own = own.rstrip()
    if not own or own.casefold() == said.casefold() or own in _DEFAULTS.get(name, ()):
        return said
    if name in WORDS:
        return own if said in own else f"{own}\n{said}"
    if name == "needs":
        codes = dict.fromkeys([*own.split(), *said.split()])
        return " ".join(code for code in codes if code != needs.NONE_STATED)
    return said if asked else None
