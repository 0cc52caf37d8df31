"""Values that scripts set are read in both languages and understood again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deskapp import i18n
from deskapp.services.enquiries import collected
from deskapp.services.enquiries.outcomes import Kind
from deskapp.services.knowledge import fields, library, values

KNOWN = library.shipped().fields
CODES = {"subtopic"}
"""Fields whose codes have words of their own in the form."""


def set_texts() -> Iterator[tuple[str, str]]:
    """Every text that a shipped script sets, with its field."""
    for script in library.shipped().scripts.values():
        for node in script.nodes.values():
            for given in (node.set, *(option.set for option in node.options)):
                for name, value in given.items():
                    short = name.removeprefix(fields.PREFIX)
                    need = fields.need(KNOWN, short)
                    kind = KNOWN.extras[short].kind if short in KNOWN.extras else "text"
                    closed = fields.allowed(KNOWN, short) is not None or kind != "text"
                    if not closed and short not in CODES and (not need or need.kind is Kind.TEXT):
                        yield short, value


@pytest.mark.parametrize(("name", "value"), sorted(set(set_texts())))
def test_what_a_script_sets_has_words_in_both_languages(name: str, value: str) -> None:
    """Nobody reads English on a Welsh screen; either wording means the same value."""
    words = KNOWN.words[name][value]
    for language in i18n.LANGUAGES:
        assert values.in_words(KNOWN, name, value, language) == words[language]
        assert values.code(KNOWN, name, words[language]) == value


def test_yes_and_no_are_words_too() -> None:
    """Of extras and of what an outcome asks."""
    for name in ("id_checked", "harm"):
        assert values.in_words(KNOWN, name, "yes", "cy") == "Ie"
        assert values.code(KNOWN, name, "Ie") == "yes"
    assert values.in_words(KNOWN, "reason", "yes", "cy") == "yes"


def test_what_the_officer_typed_stays_as_it_is() -> None:
    """Only what a script says has other words."""
    assert values.code(KNOWN, "risk", "Low, but drunk") == "Low, but drunk"
    assert values.read(KNOWN, "juror_no", "123456789") == "123456789"


def test_a_contact_keeps_the_value_and_is_read_in_any_language() -> None:
    """A record of a Welsh call is read by an English colleague, and the other way round."""
    kept = collected.kept({"risk": "Isel", "reason": "On holiday"})
    assert kept == {"risk": "low", "reason": "On holiday"}
    extras = {"risk": "low", "team": "Swyddfa restru", "hearing_date": "2026-12-04"}
    assert collected.told("MSG", extras) == [
        ("For", "List office"),
        ("Risk, in their words", "Low"),
        ("Hearing date", "4 Dec 2026"),
    ]
    i18n.use("cy")
    told = [text for _label, text in collected.told("MSG", extras)]
    assert told[:2] == ["Swyddfa restru", "Isel"]
