"""Loading the knowledge content of one folder; a broken file is a finding, the rest works.

Source: knowledge sheet, section 1.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from deskapp import paths
from deskapp.i18n import LANGUAGES, _
from deskapp.services.enquiries import snippets, topics
from deskapp.services.enquiries.snippets import Snippet
from deskapp.services.knowledge import articles, facts, fields, scripts
from deskapp.services.knowledge.articles import Source
from deskapp.services.knowledge.content import Article, Library, Script
from deskapp.services.knowledge.declared import Fields
from deskapp.services.knowledge.findings import Finding
from deskapp.services.knowledge.parts import in_both
from deskapp.services.knowledge.reading import Reader, parsed
from deskapp.text import clean

FOLDER = paths.SCRIPTS_KB
"""The content that is shipped."""
SOURCES = "SOURCES.md"
_SOURCE = re.compile(r"^\| (\w+) \|", re.MULTILINE)


@cache
def shipped() -> Library:
    """The content of this version of deskapp, read once."""
    return load(FOLDER)


@cache
def shipped_fields() -> Fields:
    """What the shipped scripts may collect, read without the rest of the content."""
    found, _findings = fields.read((FOLDER / fields.FILE).read_text(encoding="utf-8"))
    return found


def load(folder: Path) -> Library:
    """Everything in a folder of content.

    Args:
        folder: It has ``articles``, ``scripts``, ``facts.toml``, ``fields.toml`` and
            ``snippets.toml`` and ``SOURCES.md``; what is missing is empty.
    """
    findings: list[Finding] = []
    texts = _texts(folder, findings)
    found_facts, more = facts.read(texts.get(facts.FILE, ""))
    findings += more
    found_fields, more = fields.read(texts.get(fields.FILE, ""))
    findings += more
    return Library(
        articles=_articles(texts, findings),
        scripts=_scripts(texts, findings),
        snippets=_snippets(texts, findings),
        facts=found_facts,
        fields=found_fields,
        sources=frozenset(_SOURCE.findall(texts.get(SOURCES, ""))),
        findings=tuple(findings),
        digest=_digest(texts),
    )


def texts_of(item: Article | Script) -> tuple[str, ...]:
    """The files of a shipped item as they stand: both of an article, English first."""
    files = [item.file]
    if isinstance(item, Article):
        files = [
            item.editions[language].file for language in LANGUAGES if language in item.editions
        ]
    return tuple((FOLDER / file).read_text("utf-8") for file in files)


def digest(folder: Path) -> str:
    """What ``Library.digest`` would be, without reading what the files mean."""
    return _digest(_texts(folder, []))


def _texts(folder: Path, findings: list[Finding]) -> dict[str, str]:
    """Path below the folder -> text, in the order of names; what is no UTF-8 is a finding."""
    texts = {}
    files = [folder / SOURCES] if (folder / SOURCES).exists() else []
    files += [*folder.glob("*.toml"), *folder.glob("scripts/*.toml"), *folder.glob("articles/*")]
    for path in sorted(files):
        name = path.relative_to(folder).as_posix()
        try:
            texts[name] = path.read_bytes().decode("utf-8")
        except (UnicodeDecodeError, IsADirectoryError):
            message = _("The file is not text in UTF-8. Save it again as UTF-8.")
            findings.append(Finding("E17", name, "", message))
        else:
            findings += _strange(name, texts[name])
    return texts


def _strange(name: str, text: str) -> Iterator[Finding]:
    """E17: characters that a terminal could obey, tabs, or letters in another form."""
    for number, line in enumerate(text.split("\n"), 1):
        if clean(line) != line or "\t" in line:
            message = _("The line has a tab, a control character or letters that are not in NFC.")
            yield Finding("E17", name, str(number), message)


def _digest(texts: dict[str, str]) -> str:
    made = hashlib.sha256()
    for name, text in texts.items():
        made.update(f"{name}\0{text}\0".encode())
    return made.hexdigest()


def _articles(texts: dict[str, str], findings: list[Finding]) -> dict[str, Article]:
    by_id: dict[str, dict[str, Source]] = defaultdict(dict)
    for name, text in texts.items():
        if name.startswith("articles/"):
            source, found = articles.source(name, text)
            findings += found
            if source:
                article_id = name.removeprefix("articles/").partition(".")[0]
                by_id[article_id][source.language] = source
    made = {}
    for article_id, sources in by_id.items():
        if "en" in sources:
            made[article_id], found = articles.article(article_id, sources)
            findings += found
        elif (name := f"articles/{article_id}.en.md") not in {each.file for each in findings}:
            message = _("The file of the other language is missing: {file}.").format(file=name)
            findings += [Finding("E3", each.file, "", message) for each in sources.values()]
    return made


def _snippets(texts: dict[str, str], findings: list[Finding]) -> dict[str, Snippet]:
    """The short replies that are whole."""
    name = snippets.FILE.name
    table, found = parsed(texts.get(name, ""), name)
    whole = []
    for entry in Reader(table, name).tables("snippet"):
        reader = Reader(entry, name, str(entry.get("id", "")))
        reader.text("id")
        reader.texts("topics", None, of={topic.code for topic in topics.all_topics()})
        words = [reader.words("title", required=True), reader.words("text", required=True)]
        if not all(in_both(each) for each in words):
            reader.wrong("E3", _("title and text are wanted in both languages."))
        if not reader.close():
            whole.append(entry)
        found += reader.findings
    findings += found
    return {each.id: each for each in snippets.read({"snippet": whole})}


def _scripts(texts: dict[str, str], findings: list[Finding]) -> dict[str, Script]:
    made = {}
    for name, text in texts.items():
        if name.startswith("scripts/"):
            script, found = scripts.script(name, text)
            findings += found
            if script:
                made[script.id] = script
    return made
