"""The text of a local item as a form asks for it, and back: the header of an article as fields.

Whoever writes an article needs to know no TOML; what the form has no field for stands in ``more``.
A script, and an article whose header cannot be read, are written as whole files.
Source: knowledge sheet, section 2.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from typing import Any

from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.services import typed
from deskapp.services.knowledge import scaffold
from deskapp.services.knowledge.articles import FENCE
from deskapp.services.knowledge.local_texts import ARTICLE, Texts, headed, toml
from deskapp.text import one_line

WHOLE = "whole"
"""Name of the value that says, with ``yes``, that whole files are written."""
LINES = ("title", "category", "audience", "owner")
DAYS = ("reviewed_on", "review_by")
LISTS = ("topics",)
_STORES = {"id", "lang", "status", "version", "translates"}
"""Fields of a header that the store sets."""
_CHANNELS = 'channels = ["phone", "counter", "webchat"]'
_CATEGORY = "core"


def first(kind: str, *, today: dt.date, title: str = "") -> dict[str, str]:
    """The values of an empty form."""
    if kind != ARTICLE:
        return {WHOLE: "yes", "text": scaffold.script_text("s-", _CATEGORY, today), "text_cy": ""}
    review_by = today + dt.timedelta(days=scaffold.REVIEW_DAYS)
    return {
        "title": title,
        "audience": "public",
        "reviewed_on": today.isoformat(),
        "review_by": review_by.isoformat(),
        "said": title,
        "text": scaffold.outline("en"),
        "text_cy": scaffold.outline("cy"),
        "more": _CHANNELS,
    }


def values(kind: str, texts: Texts) -> dict[str, str]:
    """What the form shows of a text."""
    whole = {WHOLE: "yes", "text": texts.text, "text_cy": texts.welsh}
    if kind != ARTICLE:
        return whole
    try:
        english, text = _parted(texts.text)
        welsh, text_cy = _parted(texts.welsh)
    except tomllib.TOMLDecodeError:
        return whole
    shown = {name: str(english.pop(name, "")) for name in (*LINES, *DAYS)}
    shown |= {name: " ".join(map(str, _list(english.pop(name, [])))) for name in LISTS}
    return {
        **shown,
        "said": _by_line(english.pop("users_words", [])),
        "text": text,
        "title_cy": str(welsh.get("title", "")),
        "said_cy": _by_line(welsh.get("users_words", [])),
        "text_cy": text_cy,
        "unsure": "yes" if welsh.get("translator_check") else "",
        "more": "\n".join(f"{name} = {toml(value)}" for name, value in english.items()),
    }


def texts(given: Mapping[str, str], *, today: dt.date) -> Texts:
    """The text that a form holds; the store adds id, language, status and version.

    Raises:
        FormProblemsError: If the day of the review cannot be read, or the title is missing.
    """
    if given.get(WHOLE):
        return Texts(given.get("text", ""), given.get("text_cy", ""))
    english = {name: one_line(given.get(name, "")) for name in LINES}
    if not english["title"]:
        raise FormProblemsError([Problem("title", _("Enter a title"))])
    english["owner"] = english["owner"] or f"{english['category']}-lead"
    try:
        review_by = typed.day(given.get("review_by", ""), today=today)
    except typed.NotUnderstoodError as error:
        raise FormProblemsError([Problem("review_by", str(error))]) from error
    head = {**english, "reviewed_on": dt.date.fromisoformat(given["reviewed_on"])}
    head |= {"review_by": review_by}
    head |= {name: given.get(name, "").upper().replace(",", " ").split() for name in LISTS}
    lines = [*_lines(head), *given.get("more", "").strip().splitlines()]
    welsh: dict[str, object] = {"title": one_line(given.get("title_cy", ""))}
    if given.get("unsure"):
        welsh["translator_check"] = True
    return Texts(
        _file([*lines, *_said(given.get("said", ""))], given.get("text", "")),
        _file([*_lines(welsh), *_said(given.get("said_cy", ""))], given.get("text_cy", ""))
        if welsh["title"]
        else "",
    )


def _parted(text: str) -> tuple[dict[str, Any], str]:
    """The header without what the store sets, and the body; both empty of an empty text.

    Raises:
        TOMLDecodeError: If the header cannot be read.
    """
    lines, body, line = headed(text)
    if text and line == 1:
        raise tomllib.TOMLDecodeError
    header = tomllib.loads("\n".join(lines))
    return {name: value for name, value in header.items() if name not in _STORES}, body


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _by_line(value: Any) -> str:
    return "\n".join(one_line(str(each)) for each in _list(value))


def _lines(header: Mapping[str, object]) -> list[str]:
    return [f"{name} = {toml(value)}" for name, value in header.items()]


def _said(text: str) -> list[str]:
    """Users' words, one on each line."""
    said = filter(None, map(one_line, text.splitlines()))
    return ["users_words = [", *(f"    {toml(each)}," for each in said), "]"]


def _file(header: list[str], body: str) -> str:
    return "\n".join((FENCE, *header, FENCE, body))
