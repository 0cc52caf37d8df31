"""In which language a letter goes out. Source: casework sheet, section 1.7 (language)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from deskapp import i18n

RULE = "\n\n" + 72 * "-" + "\n\n"
"""Between the two languages of one letter."""
WALES = "Wales"
"""As the directory names the nation of a court."""


class Language(StrEnum):
    """In which language somebody wants to be written to."""

    EN = "en"
    CY = "cy"
    BOTH = "both"
    UNKNOWN = "unknown"


def languages(wanted: Language, *, wales: bool) -> tuple[str, ...]:
    """The languages of a letter, in their order on the paper.

    Source: casework sheet, section 1.7: Welsh to whoever wants Welsh; both in Wales to whoever
    wants both or has not said; else English.
    """
    if wanted is Language.CY:
        return ("cy",)
    return ("cy", "en") if wales and wanted is not Language.EN else ("en",)


def in_each(wanted: Language, *, wales: bool, text: Callable[[], str]) -> str:
    """A letter in the language or languages it goes out in; ``text`` writes it in the present one.

    Each is written with the other names of days and words of its language.
    """
    texts = []
    for each in languages(wanted, wales=wales):
        with i18n.speaking(each):
            texts.append(text())
    return RULE.join(texts) + "\n"
