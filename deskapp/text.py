"""Text from people: cleaned before it is kept or shown, folded for searching."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_REMOVED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 except tab and newline, DEL, C1
    "\u202a-\u202e\u2066-\u2069"  # bidi overrides and isolates
    "\ud800-\udfff]"  # lone surrogates
)
_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85]")
_APOSTROPHES = "'\u2018\u2019\u02bc`\u00b4"
_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_BETWEEN = re.compile(r"[^\w\s]")
_BETWEEN_ASCII = {code: " " for code in range(128) if _BETWEEN.match(chr(code))}
_NOT_COMPACT_ASCII = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())


def clean(text: str) -> str:
    """``text`` without anything a terminal could obey (design rule S1), in NFC.

    Removes C0 but tab and newline, DEL, C1, bidi controls and lone surrogates.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _NEWLINES.sub("\n", text)
    return unicodedata.normalize("NFC", _REMOVED.sub("", text))


def one_line(text: str) -> str:
    """``text`` cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def cleaned(value: Any) -> Any:
    """A value out of JSON with every text in it cleaned: escapes bring back what no gate saw."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(name): cleaned(each) for name, each in value.items()}
    return [cleaned(each) for each in value] if isinstance(value, list | tuple) else value


def clean_bytes(stored: bytes) -> str:
    """The read gate of the store: bytes of a text column to clean text.

    Every text that is read goes through here: most need no more than this look.
    """
    text = str(stored, "utf-8", "replace")
    return text if text.isascii() and text.isprintable() else clean(text)


def fold(text: str) -> str:
    """``text`` as it is searched: lower case, no accents, no apostrophes."""
    text = text.casefold()
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "")
    return text if text.isascii() else _BEYOND_ASCII.sub(_plain, text)


def _plain(run: re.Match[str]) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", run[0])
        if not unicodedata.combining(letter)
    )


def name_key(name: str) -> str:
    """What a list of names is sorted by: folded, its last word first, as a surname is looked up."""
    *given, last = fold(name).split() or [""]
    return " ".join((last, *given))


def words(text: str) -> list[str]:
    """The folded words of ``text``, in order."""
    return spaced(fold(text)).split()


def spaced(folded: str) -> str:
    """A folded text with a space for whatever is in no word; most are ASCII, and much quicker."""
    if folded.isascii():
        return folded.translate(_BETWEEN_ASCII)
    return _BETWEEN.sub(" ", folded)


def compact(text: str) -> str:
    """Only the letters and digits of ``text``, upper case: references, case numbers, postcodes."""
    if text.isascii():  # as every reference is
        return text.translate(_NOT_COMPACT_ASCII).upper()
    return "".join(letter for letter in fold(text) if letter.isalnum()).upper()


def digits(text: str) -> str:
    """Only the digits of ``text``: phone numbers."""
    return "".join(letter for letter in text if letter.isascii() and letter.isdigit())
