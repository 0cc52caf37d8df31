"""Reading a service script: one file with its steps in both languages.

Source: knowledge sheet, section 4.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from deskapp.i18n import LANGUAGES, _
from deskapp.services.enquiries import topics
from deskapp.services.knowledge.articles import CATEGORIES, CHANNELS, OWNERS, STATUSES
from deskapp.services.knowledge.content import SAFETY, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.nodes import Node, NodeKind, Option, Test
from deskapp.services.knowledge.reading import Reader, parsed
from deskapp.text import one_line

URGENCIES = ("now", "today", "soon")
_OF_ALL = {"id", "kind", "say", "reply", "set"}
_ON = {"next", "goto_script"}
_OF_KIND = {
    NodeKind.SAY: {*_ON, "must_say"},
    NodeKind.ASK: {*_ON, "collect", "pattern", "options", "required"},
    NodeKind.CHOICE: {"option"},
    NodeKind.CHECK: {"if", "then", "else"},
    NodeKind.SIGNPOST: {*_ON, "must_say", "article", "contact"},
    NodeKind.ESCALATE: {*_ON, "to", "urgency"},
    NodeKind.END: {"outcome", "result", "follow_up_days", "summary"},
}
"""What a node of each kind may have beside the fields of all."""


def script(file: str, text: str) -> tuple[Script | None, list[Finding]]:
    """A script; None where the file cannot be read.

    Args:
        file: Path below the content folder, as ``scripts/<id>.toml``.
        text: What it holds.
    """
    table, findings = parsed(text, file)
    if findings:
        return None, findings
    reader = Reader(table, file)
    script_id = file.rpartition("/")[2].removesuffix(".toml")
    if (given := reader.text("id")) != script_id:
        reader.wrong("E2", _("The id {id} is not the name of the file.").format(id=given))
    if not script_id.startswith("s-"):
        reader.wrong("E2", _("The id of a script begins with s-."))
    reader.text("kind", of=("script",))
    nodes: dict[str, Node] = {}
    for number, each in enumerate(reader.tables("node"), 1):
        node, found = _node(each, file, number)
        findings += found
        if node.id in nodes:
            message = _("Two nodes have the id {id}.").format(id=node.id)
            findings.append(Finding("E2", file, node.id, message))
        nodes.setdefault(node.id, node)
    made = _script(reader, script_id, file, nodes)
    return made, reader.close() + findings


def _script(reader: Reader, script_id: str, file: str, nodes: Mapping[str, Node]) -> Script:
    words = Reader(reader.table("users_words"), file)
    found = Script(
        id=script_id,
        file=file,
        category=reader.text("category", of=CATEGORIES),
        status=reader.text("status", of=STATUSES) or "draft",
        version=reader.number("version"),
        translates=reader.number("translates"),
        owner=reader.text("owner", of=OWNERS),
        reviewed_on=reader.day("reviewed_on"),
        review_by=reader.day("review_by"),
        channels=reader.texts("channels", None, of=CHANNELS),
        tags=reader.texts("tags"),
        forms=reader.texts("forms"),
        topics=reader.texts("topics", None, of={each.code for each in topics.all_topics()}),
        facts=reader.texts("facts"),
        sources=reader.texts("sources"),
        replaced_by=reader.text("replaced_by", ""),
        shares_words=reader.texts("shares_words"),
        titles=reader.words("title", required=True),
        words={name: words.texts(name) for name in LANGUAGES},
        articles=reader.texts("articles"),
        start=reader.text("start"),
        priority=reader.text("priority", "", of=(SAFETY,)),
        nodes=nodes,
    )
    reader.findings += words.close()
    return found


def _node(table: Mapping[str, Any], file: str, number: int) -> tuple[Node, list[Finding]]:
    where = str(table.get("id", number))
    reader = Reader(table, file, where)
    kind = reader.text("kind", of=tuple(NodeKind)) or NodeKind.SAY.value
    options = [_option(each, file, where) for each in reader.tables("option")]
    choices = [_choice(each, file, where) for each in reader.tables("options")]
    test = reader.table("if")
    node = Node(
        id=reader.text("id") or str(number),
        kind=NodeKind(kind),
        say=reader.words("say", required=kind not in (NodeKind.CHECK, NodeKind.END)),
        reply=reader.words("reply"),
        must_say=reader.flag("must_say"),
        next=reader.text("next", ""),
        goto_script=reader.text("goto_script", ""),
        collect=reader.text("collect", None if kind == NodeKind.ASK else ""),
        pattern=reader.text("pattern", ""),
        choices=tuple(choice for choice, _found in choices),
        required=reader.flag("required", default=True),
        options=tuple(option for option, _found in options),
        set=_values(reader),
        test=_test(reader, test) if test else None,
        then=reader.text("then", None if kind == NodeKind.CHECK else ""),
        otherwise=reader.text("else", None if kind == NodeKind.CHECK else ""),
        article=reader.text("article", ""),
        contact=reader.words("contact"),
        to=reader.text("to", None if kind == NodeKind.ESCALATE else ""),
        urgency=reader.text("urgency", None if kind == NodeKind.ESCALATE else "", of=URGENCIES),
        outcome=reader.text("outcome", None if kind == NodeKind.END else ""),
        result=reader.text("result", ""),
        follow_up_days=reader.number("follow_up_days", 0),
        summary=reader.words("summary"),
    )
    for name in table.keys() - _OF_ALL - _OF_KIND[node.kind]:
        message = _("A node of kind {kind} has no {field}.")
        reader.wrong("E1", message.format(kind=kind, field=one_line(name)))
    if node.kind is NodeKind.SIGNPOST and bool(node.article) is bool(node.contact):
        reader.wrong("E1", _("Give a signpost either article or contact."))
    findings = reader.findings
    for _made, found in (*options, *choices):
        findings += found
    return node, findings


def _option(table: Mapping[str, Any], file: str, node: str) -> tuple[Option, list[Finding]]:
    reader = Reader(table, file, node)
    option = Option(
        key=reader.text("key"),
        label=reader.words("label", required=True),
        next=reader.text("next", ""),
        goto_script=reader.text("goto_script", ""),
        set=_values(reader),
    )
    if bool(option.next) is bool(option.goto_script):
        reader.wrong("E1", _("Give each option either next or goto_script."))
    return option, reader.close()


def _choice(
    table: Mapping[str, Any], file: str, node: str
) -> tuple[tuple[str, Mapping[str, str]], list[Finding]]:
    reader = Reader(table, file, node)
    return (reader.text("value"), reader.words("label", required=True)), reader.close()


def _values(reader: Reader) -> dict[str, str]:
    """What a step sets: fields and their values."""
    given = reader.table("set")
    for name, value in given.items():
        if not isinstance(value, str):
            message = _("The value of {field} must be a text in quotes.")
            reader.wrong("E1", message.format(field=name))
    return {name: value for name, value in given.items() if isinstance(value, str)}


def _test(reader: Reader, table: Mapping[str, Any]) -> Test | None:
    """The test of a check, None with a finding where it has not exactly one."""
    names = [name for name in table if name in _TESTS]
    strange = table.keys() - {"field", *names}
    if strange or len(names) != 1 or not isinstance(table.get("field"), str):
        message = _("Give if a field and one of: {names}.").format(names=", ".join(_TESTS))
        reader.wrong("E1", message)
        return None
    name = names[0]
    if not _TESTS[name](table[name]):
        reader.wrong("E1", _("{field} has a value that cannot be used.").format(field=f"if.{name}"))
        return None
    return Test(table["field"], name, table[name])


def _is_day(value: object) -> bool:
    return type(value) is int or type(value) is dt.date


_TESTS: dict[str, Callable[[object], bool]] = {
    "eq": lambda value: isinstance(value, str),
    "in": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "missing": lambda value: isinstance(value, bool),
    "before": _is_day,
    "after": _is_day,
    "age_days_over": lambda value: type(value) is int,
}
"""Each test and whether a value fits it."""
