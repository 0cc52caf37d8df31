"""The first files of a new article or script, which the check then says what to do with."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from deskapp.errors import DeskError, Exit
from deskapp.i18n import LANGUAGES, _
from deskapp.services.knowledge.blocks import HEADINGS
from deskapp.services.knowledge.parts import Part

REVIEW_DAYS = 365
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_STEPS = {Part.SAY: "1. \n", Part.DO: "1. \n"}


class NotNewError(DeskError):
    """The files cannot be made: the id is wrong or taken."""

    exit_code = Exit.DATA


def article(folder: Path, item_id: str, category: str, *, today: dt.date) -> list[Path]:
    """Make both files of an article, as drafts with every heading.

    Raises:
        NotNewError: If the id is not small letters, digits and hyphens, or is taken.
    """
    files = {
        folder / "articles" / f"{item_id}.{language}.md": _article(
            item_id, category, language, today
        )
        for language in LANGUAGES
    }
    return _written(item_id, files)


def script(folder: Path, item_id: str, category: str, *, today: dt.date) -> list[Path]:
    """Make the file of a script, as a draft with one line to say and an end.

    Raises:
        NotNewError: As for ``article``, or if the id does not begin with ``s-``.
    """
    if not item_id.startswith("s-"):
        raise NotNewError(_("The id of a script begins with s-."))
    file = folder / "scripts" / f"{item_id}.toml"
    return _written(item_id, {file: script_text(item_id, category, today)})


def _written(item_id: str, files: dict[Path, str]) -> list[Path]:
    if not _ID.fullmatch(item_id):
        raise NotNewError(_("An id is small letters, digits and hyphens."))
    for file in files:
        if file.exists():
            raise NotNewError(_("{file} is already there.").format(file=file))
    for file, text in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def _head(item_id: str, category: str, today: dt.date) -> str:
    return f'''category = "{category}"
status = "draft"
version = 1
owner = "{category}-lead"
reviewed_on = {today}
review_by = {today + dt.timedelta(days=REVIEW_DAYS)}
channels = ["phone", "counter", "webchat"]
topics = []
'''


def _article(item_id: str, category: str, language: str, today: dt.date) -> str:
    shared = _head(item_id, category, today) + (
        'audience = "public"\ntags = []\nforms = []\nscripts = []\nrelated = []\nfacts = []\n'
        "sources = []\n"
    )
    own = shared if language == "en" else "translates = 1\ntranslator_check = true\n"
    title = f'id = "{item_id}"\nlang = "{language}"\ntitle = ""\n'
    return f"+++\n{title}{own}users_words = [\n]\n+++\n\n{outline(language)}"


def outline(language: str) -> str:
    """The headings of an article, with nothing below them."""
    return "\n".join(
        f"## {name}{' …' if part is Part.IF else ''}\n\n{_STEPS.get(part, '')}"
        for part, name in HEADINGS[language].items()
    )


def script_text(item_id: str, category: str, today: dt.date) -> str:
    """The file of a script with one line to say and an end."""
    return f'''id = "{item_id}"
kind = "script"
translates = 1
{_head(item_id, category, today)}articles = []
start = "first"
title = {{ en = "", cy = "" }}

[users_words]
en = []
cy = []

[[node]]
id = "first"
kind = "say"
say = {{ en = "", cy = "" }}
next = "done"

[[node]]
id = "done"
kind = "end"
outcome = "RES"
'''
