"""Reading an article: its header and its text, one file for each language.

Source: knowledge sheet, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from deskapp.i18n import LANGUAGES, _
from deskapp.services.enquiries import topics
from deskapp.services.knowledge import blocks
from deskapp.services.knowledge.content import Article
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.parts import Edition
from deskapp.services.knowledge.reading import Reader, parsed

CATEGORIES = (
    "core", "jury", "fines", "crime", "fees", "hearings", "adjustments", "witnesses", "complaints",
    "appeals", "tribunals", "civil", "family", "probate", "documents", "staff",
)  # fmt: skip
STATUSES = ("draft", "live", "withdrawn")
CHANNELS = ("phone", "counter", "webchat", "email", "letter", "hearing_room")
AUDIENCES = ("public", "staff")
OWNERS = tuple(f"{category}-lead" for category in CATEGORIES)
FENCE = "+++"
NAME = re.compile(r"(?P<id>[a-z0-9][a-z0-9-]*)\.(?P<language>[a-z]{2})\.md")
_OF_THE_EDITION = {"id", "lang", "title", "version", "translates", "translator_check"}
_OF_THE_EDITION |= {"users_words"}


class Source(NamedTuple):
    """One file of an article, split into what it holds."""

    file: str
    language: str
    header: Mapping[str, Any]
    edition: Edition


def source(file: str, text: str) -> tuple[Source | None, list[Finding]]:
    """One file of an article; None where its header cannot be read.

    Args:
        file: Path below the content folder, as ``articles/<id>.<language>.md``.
        text: What it holds.
    """
    name = NAME.fullmatch(file.rpartition("/")[2])
    if name is None or name["language"] not in LANGUAGES:
        message = _("Name the file <id>.en.md or <id>.cy.md, with small letters and hyphens.")
        return None, [Finding("E2", file, "", message)]
    header, body, body_line = split(text)
    if header is None:
        message = _("The file must begin with a header between two lines of +++.")
        return None, [Finding("E1", file, "1", message)]
    table, findings = parsed(header, file, first_line=2)
    if findings:
        return None, findings
    reader = Reader(table, file)
    edition = _edition(reader, file, name["language"], blocks.sections(
        body, name["language"], first_line=body_line
    ))  # fmt: skip
    _check_names(reader, name["id"], name["language"])
    return Source(file, name["language"], table, edition), reader.findings


def article(article_id: str, sources: Mapping[str, Source]) -> tuple[Article, list[Finding]]:
    """An article out of its files by language, English among them: its header holds."""
    main = sources["en"]
    reader = Reader(main.header, main.file)
    for name in _OF_THE_EDITION - {"version"}:
        reader.anything(name)
    found = Article(
        id=article_id,
        category=reader.text("category", of=CATEGORIES),
        status=reader.text("status", of=STATUSES) or "draft",
        version=reader.number("version"),
        owner=reader.text("owner", of=OWNERS),
        reviewed_on=reader.day("reviewed_on"),
        review_by=reader.day("review_by"),
        audience=reader.text("audience", of=AUDIENCES) or "staff",
        channels=reader.texts("channels", None, of=CHANNELS),
        tags=reader.texts("tags"),
        forms=reader.texts("forms"),
        topics=reader.texts("topics", None, of={each.code for each in topics.all_topics()}),
        scripts=reader.texts("scripts"),
        related=reader.texts("related"),
        facts=reader.texts("facts"),
        sources=reader.texts("sources"),
        replaced_by=reader.text("replaced_by", ""),
        shares_words=reader.texts("shares_words"),
        editions={language: each.edition for language, each in sources.items()},
    )
    findings = reader.close()
    for each in sources.values():
        if each is not main:
            findings += _differing(main, each)
    return found, findings


def split(text: str) -> tuple[str | None, str, int]:
    """Header, text below it and the line where that begins; None without a header."""
    lines = text.split("\n")
    if lines[0].strip() != FENCE:
        return None, text, 1
    for number, line in enumerate(lines[1:], 1):
        if line.strip() == FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None, text, 1


def _edition(reader: Reader, file: str, language: str, found: tuple[Any, ...]) -> Edition:
    welsh = language != "en"
    return Edition(
        language=language,
        title=reader.text("title"),
        users_words=reader.texts("users_words", None),
        sections=found,
        file=file,
        translates=reader.number("translates") if welsh else None,
        unsure=reader.flag("translator_check"),
    )


def _check_names(reader: Reader, article_id: str, language: str) -> None:
    if (given := reader.text("id")) != article_id:
        message = _("The id {id} is not the name of the file.").format(id=given)
        reader.wrong("E2", message)
    if reader.text("lang", of=LANGUAGES) != language:
        reader.wrong("E2", _("lang is not the language in the name of the file."))


def _differing(main: Source, other: Source) -> list[Finding]:
    """What the header of a translation says otherwise; it may leave out what both share."""
    reader = Reader(other.header, other.file)
    for name in other.header:
        if name not in _OF_THE_EDITION and other.header[name] != main.header.get(name):
            message = _("{field} differs from the English file. Make both the same.")
            reader.wrong("E1", message.format(field=name))
    return reader.findings
