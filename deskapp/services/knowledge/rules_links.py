"""Rules about what belongs together: ids, languages, links. Source: knowledge sheet, section 5."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from deskapp.i18n import LANGUAGES, _
from deskapp.services import typed
from deskapp.services.enquiries import topics
from deskapp.services.knowledge import answers, fields
from deskapp.services.knowledge.content import WITHDRAWN, Article, Library, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.nodes import Node
from deskapp.services.knowledge.parts import in_both

STEP_DAYS = 14
"""How long a Welsh text may be behind before it stops a release."""


def ids(library: Library) -> Iterator[Finding]:
    """E2: two items with one id; a withdrawn one that does not say what replaced it."""
    for item_id in library.articles.keys() & library.scripts.keys():
        message = _("An article and a script have the id {id}.").format(id=item_id)
        yield Finding("E2", library.scripts[item_id].file, "", message)
    for item in library.every():
        target = library.item(item.replaced_by)
        if item.status == WITHDRAWN and (target is None or not target.live):
            message = _("It is withdrawn: name the live item that took its place in replaced_by.")
            yield Finding("E2", item.file, "", message)


def languages(library: Library) -> Iterator[Finding]:
    """E3: a live item without one of the languages."""
    for item in library.items():
        if isinstance(item, Article):
            for language in LANGUAGES:
                if language not in item.editions:
                    message = _("The file of the other language is missing: {file}.")
                    name = f"articles/{item.id}.{language}.md"
                    yield Finding("E3", item.file, "", message.format(file=name))
            continue
        texts = [("", "title", item.titles)]
        texts += [(node.id, *text) for node in item.nodes.values() for text in node.texts()]
        for where, name, words in texts:
            if not in_both(words):
                message = _("{field} is not there in both languages.").format(field=name)
                yield Finding("E3", item.file, where, message)


def in_step(library: Library, today: dt.date) -> Iterator[Finding]:
    """E4: Welsh made from another version; behind is allowed for 14 days after the review."""
    for item in library.items():
        if isinstance(item, Article):
            edition = item.editions.get("cy")
            made_from, file = (edition.translates, edition.file) if edition else (None, "")
        else:
            made_from, file = item.translates, item.file
        if made_from is None or made_from == item.version:
            continue
        message = _("The Welsh was made from version {old}, the English is version {new}.")
        fresh = made_from < item.version and (today - item.reviewed_on).days <= STEP_DAYS
        text = message.format(old=made_from, new=item.version)
        yield Finding("E4", file, "", text, stops=not fresh)


def links(library: Library) -> Iterator[Finding]:
    """E7: an item, node or field that is named and does not exist, or is not live."""
    for article in library.articles.values():
        named = {"scripts": article.scripts, "related": article.related}
        for name, wanted in named.items():
            yield from _missing(library, article.file, "", name, wanted)
    for script in library.scripts.values():
        yield from _missing(library, script.file, "", "articles", script.articles)
        yield from _no_node(script, "", "start", [script.start])
        for node in script.nodes.values():
            yield from _of_node(library, script, node)
    for name, value in library.fields.form.items():
        if value not in fields.form_values():
            message = _("The contact form has no value {value}.").format(value=value)
            yield Finding("E7", fields.FILE, name, message)


def _of_node(library: Library, script: Script, node: Node) -> Iterator[Finding]:
    after = {"next": node.next, "then": node.then, "else": node.otherwise}
    for name, target in after.items():
        yield from _no_node(script, node.id, name, [target])
    yield from _no_node(script, node.id, "option", [option.next for option in node.options])
    yield from _missing(library, script.file, node.id, "goto_script", node.scripts(), Script)
    yield from _missing(library, script.file, node.id, "article", [node.article], Article)
    if node.to and node.to not in library.fields.roles:
        message = _("There is no role {name} in fields.toml.").format(name=node.to)
        yield Finding("E7", script.file, node.id, message)
    sets = [node.set, *(option.set for option in node.options)]
    for name, value in (pair for each in sets for pair in each.items()):
        yield from _no_field(library, script, node, name)
        yield from _no_value(library, script, node, name, value)
    for name in filter(None, (node.collect, node.test.field if node.test else "")):
        yield from _no_field(library, script, node, name)


def _missing(
    library: Library,
    file: str,
    where: str,
    name: str,
    wanted: Iterable[str],
    kind: type[Article] | type[Script] | None = None,
) -> Iterator[Finding]:
    for item_id in filter(None, wanted):
        item = library.item(item_id)
        if item is None or (kind and not isinstance(item, kind)):
            message = _("{field} names {id}, which does not exist.")
        elif item.status == WITHDRAWN:
            message = _("{field} names {id}, which is withdrawn.")
        else:
            continue
        yield Finding("E7", file, where, message.format(field=name, id=item_id))


def _no_node(script: Script, where: str, name: str, wanted: Iterable[str]) -> Iterator[Finding]:
    for target in filter(None, wanted):
        if target not in script.nodes:
            message = _("{field} names the node {id}, which does not exist.")
            yield Finding("E7", script.file, where, message.format(field=name, id=target))


def _no_field(library: Library, script: Script, node: Node, name: str) -> Iterator[Finding]:
    short = name.removeprefix(fields.PREFIX)
    if not name.startswith(fields.PREFIX) or short not in library.fields:
        message = _("{name} is no field. Declare it in fields.toml, or use one that is there.")
        yield Finding("E7", script.file, node.id, message.format(name=name))


def _no_value(
    library: Library, script: Script, node: Node, name: str, value: str
) -> Iterator[Finding]:
    short = name.removeprefix(fields.PREFIX)
    allowed = fields.allowed(library.fields, short)
    fits = allowed is None or allowed.issuperset(fields.parts(short, value))
    if not fits or not _understood(library, short, value):
        message = _("{name} cannot be {value}.").format(name=name, value=value)
        yield Finding("E7", script.file, node.id, message)
    topic = node.set.get(f"{fields.PREFIX}topic", "")
    if short == "subtopic" and topic and not topics.has_subtopic(topic, value):
        message = _("The topic {topic} has no subtopic {value}.").format(topic=topic, value=value)
        yield Finding("E7", script.file, node.id, message)


def _understood(library: Library, name: str, value: str) -> bool:
    try:
        answers.understood(library.fields, name, value, today=dt.date(2026, 1, 1))
    except typed.NotUnderstoodError:
        return False
    return True


def orphans(library: Library) -> Iterator[Finding]:
    """W4: a live item that no topic, article or script leads to."""
    linked = set()
    for article in library.articles.values():
        linked |= {*article.scripts, *article.related}
    for script in library.scripts.values():
        linked |= set(script.articles)
        for node in script.nodes.values():
            linked |= {node.article, *node.scripts()}
    for item in library.items():
        if not item.topics and item.id not in linked:
            message = _("No topic, article or script leads to it.")
            yield Finding("W4", item.file, "", message, stops=False)
