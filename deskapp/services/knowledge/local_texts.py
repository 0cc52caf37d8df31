"""The files of a local item: its text as the knowledge format has it, with a header that is kept
in step.

What a person writes is kept letter by letter; only id, language, status, version and dates of the
header are the store's. Source: knowledge sheet, sections 2 and 4.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from deskapp.errors import DeskError, Exit, FormProblemsError, Problem
from deskapp.i18n import _, number
from deskapp.services.knowledge import articles, scripts
from deskapp.services.knowledge.content import LIVE, Article, Script
from deskapp.services.knowledge.findings import Finding
from deskapp.text import clean, fold

ARTICLE, SCRIPT = "article", "script"
LONGEST = 60_000
"""Characters of one file; the longest shipped one has a sixth of it."""
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_ID_PARTS = re.compile(r"[a-z0-9]+")


class TooLongError(DeskError):
    """A text is longer than anybody can read out."""

    exit_code = Exit.DATA


class Texts(NamedTuple):
    """The files of one item."""

    text: str
    """The English file of an article, or the whole file of a script."""
    welsh: str = ""
    """The Welsh file of an article; empty while there is none."""


class Made(NamedTuple):
    """An item read from its texts."""

    item: Article | Script | None
    """None where its header cannot be read."""
    findings: tuple[Finding, ...]


def files(kind: str, item_id: str, texts: Texts) -> dict[str, str]:
    """Path below a content folder -> text."""
    if kind == SCRIPT:
        return {f"scripts/{item_id}.toml": texts.text}
    found = {f"articles/{item_id}.en.md": texts.text}
    return found | ({f"articles/{item_id}.cy.md": texts.welsh} if texts.welsh else {})


def id_of(title: str) -> str:
    """An id for an article of this title; empty where it has no letter from a to z."""
    return "-".join(_ID_PARTS.findall(fold(title)))[:60].strip("-")


def read(kind: str, item_id: str, texts: Texts) -> Made:
    """The item that the texts make; what cannot be read is a finding."""
    if kind == SCRIPT:
        ((file, text),) = files(kind, item_id, texts).items()
        script, found = scripts.script(file, text)
        return Made(script, tuple(found))
    findings: list[Finding] = []
    sources = {}
    for file, text in files(kind, item_id, texts).items():
        source, found = articles.source(file, text)
        findings += found
        if source:
            sources[source.language] = source
    if "en" not in sources:
        return Made(None, tuple(findings))
    article, found = articles.article(item_id, sources)
    return Made(article, (*findings, *found))


def tidy(texts: Texts) -> Texts:
    """The texts as they may be kept: nothing that a terminal could obey, no tabs.

    Raises:
        FormProblemsError: If there is no text at all.
        TooLongError: If one of them is too long.
    """
    if not texts.text.strip():
        raise FormProblemsError([Problem("text", _("Enter the text"))])
    for text in texts:
        if len(text) > LONGEST:
            message = _("A text has {count} characters; the most is {most}. Make it shorter.")
            raise TooLongError(message.format(count=number(len(text)), most=number(LONGEST)))
    return Texts(*(clean(text).replace("\t", "    ") for text in texts))


def stamped(
    kind: str,
    item_id: str,
    texts: Texts,
    *,
    status: str,
    version: int,
    translates: int,
    reviewed_on: dt.date | None = None,
) -> Texts:
    """The texts with what the store knows set in their headers."""
    shared: dict[str, object] = {"id": item_id, "status": status, "version": version}
    if reviewed_on:
        shared["reviewed_on"] = reviewed_on
    if kind == SCRIPT:
        return Texts(_with_top(texts.text, shared | {"translates": translates}))
    english = _with_header(texts.text, shared | {"lang": "en"})
    own = {name: value for name, value in shared.items() if _given(texts.welsh, name)}
    welsh = {**own, "id": item_id, "version": version, "lang": "cy", "translates": translates}
    return Texts(english, _with_header(texts.welsh, welsh) if texts.welsh.strip() else "")


def live(item: Article | Script, item_id: str) -> Article | Script:
    """The item under another id, offered to officers."""
    return replace(item, id=item_id, status=LIVE)


def differs(old: Article | Script, new: Article | Script, language: str) -> bool:
    """Whether what is read out or shown in a language differs."""
    return (old.title(language), old.body(language)) != (new.title(language), new.body(language))


def headed(text: str) -> tuple[list[str], str, int]:
    """The lines of the header of an article, its body, and the line where that begins."""
    header, body, line = articles.split(text)
    return (header or "").split("\n"), body, line


def _given(text: str, name: str) -> bool:
    return any(_names(line, name) for line in headed(text)[0])


def _names(line: str, name: str) -> bool:
    return re.match(rf"\s*{name}\s*=", line) is not None


def _with_header(text: str, values: Mapping[str, object]) -> str:
    """An article with these fields in its header, in their place where they stand there."""
    lines, body, line = headed(text)
    if line == 1:
        return text  # there is no header to set anything in: the check says so
    return "\n".join((articles.FENCE, *_set(lines, values), articles.FENCE, body))


def _with_top(text: str, values: Mapping[str, object]) -> str:
    """A script with these fields above its first table."""
    lines = text.split("\n")
    first = (at for at, line in enumerate(lines) if line.lstrip().startswith("["))
    end = next(first, len(lines))
    return "\n".join((*_set(lines[:end], values), *lines[end:]))


def _set(lines: list[str], values: Mapping[str, object]) -> Iterator[str]:
    left = dict(values)
    for line in lines:
        name = next((name for name in left if _names(line, name)), "")
        yield f"{name} = {toml(left.pop(name))}" if name else line
    for name, value in left.items():
        yield f"{name} = {toml(value)}"


def toml(value: object) -> str:
    """A value as TOML writes it: text, whole number, date, or list of texts."""
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value)
