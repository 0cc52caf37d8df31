"""What somebody needs to use the court, in the words every HMCTS service uses.

That none were stated is an answer: it differs from not having asked. Source: enquiries sheet,
section 6; the list is data, in ``data/reference/needs.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from deskapp.errors import Problem
from deskapp.i18n import _
from deskapp.services import spoken, worded
from deskapp.services.worded import Items

NONE_STATED = "none_stated"
LANGUAGE = "language"
"""An interpreter is needed; which language is kept with it, as ``language:cym``."""


@cache
def offered() -> Items:
    """Every need, in the order they are shown."""
    return worded.items(worded.read("needs.toml"))


def alone(codes: Iterable[str], newest: str) -> list[str]:
    """The ticked codes after ``newest`` was ticked: none stated and a need exclude each other."""
    return [code for code in codes if (code == NONE_STATED) is (newest == NONE_STATED)]


def problems(text: str, language: str) -> list[Problem]:
    """What is wrong with the needs of a form: both a need and none, or a language not chosen."""
    codes = text.split()
    found = []
    if NONE_STATED in codes and len(codes) > 1:
        found.append(Problem("needs", _("Take away “none stated”, or the needs beside it")))
    if LANGUAGE in codes and not language:
        found.append(Problem("need_language", _("Select the language to interpret")))
    return found


def kept(text: str, language: str) -> list[str]:
    """The needs as they are stored: the codes that are in the list, in its order."""
    ticked = text.split()
    whole = {LANGUAGE: f"{LANGUAGE}:{language}"} if language else {}
    return [whole.get(item.code, item.code) for item in offered() if item.code in ticked]


def typed(codes: Iterable[str]) -> tuple[str, str]:
    """Stored needs as a form holds them: the codes parted by spaces, and the language."""
    parts = [code.partition(":") for code in codes]
    return " ".join(code for code, _colon, _language in parts), "".join(
        language for _code, _colon, language in parts
    )


def words(codes: Sequence[str]) -> str:
    """Stored needs as people read them; empty when nobody asked."""
    return ", ".join(_word(code) for code in codes)


def flag(code: str) -> str:
    """The HMCTS-wide code of a stored need; empty where that list has none."""
    code = code.partition(":")[0]
    return offered().by_code(code).flag if code in offered() else ""


def _word(code: str) -> str:
    code, _colon, language = code.partition(":")
    if not language:
        return offered().label(code)
    return f"{offered().label(code)}: {spoken.languages().label(language)}"
