"""Every text is in both catalogues, complete and with the same places; what is shipped is compiled.

``make catalogues`` brings them up to date. Translations that no published source has are marked
``cyfieithydd: gwirio``, so that a translator finds them.
"""

from __future__ import annotations

import ast
import io
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from deskapp import i18n
from tests import trees

PACKAGE = Path(i18n.__file__).parent
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text, and how many of its arguments are texts."""

WELSH_PLURAL = "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5)"
WELSH_FORMS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 5: 5, 6: 4, 7: 5, 10: 5, 16: 5, 100: 5}
"""Number to form: zero, one, two, few, many, other. Source: Unicode CLDR, plural rules of Welsh."""

SAME_IN_WELSH = frozenset(
    [
        "Agenda",
        "Car",
        "Panel",
        "Help",
        "Help: {screen}",
        "Ex gratia",
        "OPTIC",
        "OPTIC: {status}",
        "Post",
        "Python {version}",
        "Radio",
        "{file}, {count} MiB",
    ]
)
"""Help (*Help i dalu ffioedd*), agenda, car, post and radio are Welsh words too; names stay."""


@cache
def texts(folder: Path = PACKAGE) -> frozenset[str | tuple[str, ...]]:
    """Every text in the code below ``folder``; singular and plural together where it counts."""
    marked = (call for file in folder.rglob("*.py") for call in trees.calls_of(file))
    return frozenset(filter(None, map(_text, marked)))


def _text(call: ast.Call) -> str | tuple[str, ...] | None:
    """What a call marks; None when it marks nothing, or a text that is kept elsewhere."""
    count = KEYWORDS.get(getattr(call.func, "id", getattr(call.func, "attr", "")), 0)
    values = [getattr(each, "value", None) for each in call.args[:count]]
    texts = tuple(value for value in values if isinstance(value, str))
    if not texts or len(texts) < count:
        return None
    return texts if count > 1 else texts[0]


def po_file(language: str) -> Path:
    """The catalogue of a language as translators edit it."""
    return i18n.LOCALE_FOLDER / language / "LC_MESSAGES" / f"{i18n.DOMAIN}.po"


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of a language."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> list[Message]:
    """Every text of a catalogue, without the header."""
    return [message for message in catalogue(language) if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The singular alone, or every plural form."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def places(text: str) -> set[str]:
    """Names of the places in a text; a positional one is named by its number or nothing."""
    return {
        name
        for _text, name, _spec, _conversion in string.Formatter().parse(text)
        if name is not None
    }


def faults(message: Message) -> Iterator[str]:
    """What is wrong with the translation of one text."""
    wanted = set().union(*(places(form) for form in forms(message.id)))
    for form in forms(message.string):
        if not form.strip():
            yield f"not translated: {message.id}"
        elif places(form) != wanted:
            yield f"other places than {sorted(wanted)}: {form}"
        elif len(form) - len(form.strip()) != 0:
            yield f"begins or ends with a space: {form}"
    if message.fuzzy:
        yield f"not confirmed: {message.id}"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_text_is_in_the_catalogue(language: str) -> None:
    """And nothing else is; ``make catalogues`` adds and removes."""
    kept = {
        forms(message.id) if message.pluralizable else message.id for message in entries(language)
    }
    assert {"missing": texts() - kept, "not in the code": kept - texts()} == {
        "missing": set(),
        "not in the code": set(),
    }


def test_a_text_outside_the_catalogue_is_found(tmp_path: Path) -> None:
    """In each of the three ways of marking it, and where ``make catalogues`` does not look."""
    source = '_("Not there")\nX = N_("Nor this")\nngettext("{n} that", "{n} those", 2)\n'
    source += """f"{_('inside')}"\n"""
    (tmp_path / "x.py").write_text(source, encoding="utf-8")
    assert texts(tmp_path) == {"Not there", "Nor this", ("{n} that", "{n} those"), "inside"}


def test_every_text_is_translated_into_welsh() -> None:
    """Complete, confirmed, with the same places, every plural form filled."""
    assert [fault for message in entries("cy") for fault in faults(message)] == []


@pytest.mark.parametrize(
    ("text", "translation", "flags"),
    [
        ("Saved {ref}", "", ()),
        ("Saved {ref}", "Cadwyd", ()),
        ("Saved {ref}", "Cadwyd {cyf}", ()),
        ("Saved {ref}", "Cadwyd {ref} ", ()),
        ("Saved {ref}", "Cadwyd {ref}", ("fuzzy",)),
        (
            ("{n} day", "{n} days"),
            ("{n} dydd", "{n} dydd", "{n} dydd", "{n} dydd", "", "{n} dydd"),
            (),
        ),
    ],
)
def test_an_incomplete_translation_is_found(
    text: str, translation: str, flags: tuple[str, ...]
) -> None:
    """The check can fail in each of its ways."""
    assert list(faults(Message(text, translation, flags=flags)))


def test_no_welsh_text_is_the_english_one() -> None:
    """A copied text passes for a translation and is none."""
    same = {
        message.id
        for message in entries("cy")
        if set(forms(message.id)) & set(forms(message.string))
        and any(len(word) > 2 and word.isalpha() for word in forms(message.id)[0].split())
    }
    assert same - SAME_IN_WELSH == set()


def test_english_says_what_the_code_says() -> None:
    """The code holds the English; its catalogue only repeats it, or leaves it to the code."""
    changed = [
        message.id
        for message in entries("en")
        if any(forms(message.string)) and forms(message.string) != forms(message.id)
    ]
    assert changed == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_shipped_is_the_catalogue_compiled(language: str) -> None:
    """A translation that is not compiled is never shown."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language))
    assert po_file(language).with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_welsh_has_its_six_plural_forms() -> None:
    """With the rule of the Unicode data, which Babel's own table does not have."""
    assert catalogue("cy").num_plurals == 6
    assert catalogue("cy").plural_expr.replace(" ", "") == WELSH_PLURAL.replace(" ", "")
    plural = [message for message in entries("cy") if message.pluralizable]
    assert plural
    assert {len(forms(message.string)) for message in plural} == {6}


@pytest.mark.parametrize(("number", "form"), WELSH_FORMS.items())
def test_a_welsh_number_gets_its_form(number: int, form: int) -> None:
    """Through gettext, as the screens ask for it."""
    message = next(message for message in entries("cy") if message.pluralizable)
    singular, plural = forms(message.id)
    before = i18n.language()
    i18n.use("cy")
    try:
        assert i18n.ngettext(singular, plural, number) == forms(message.string)[form]
    finally:
        i18n.use(before)


def test_drafts_of_a_translation_are_marked_for_the_translator() -> None:
    """The mark is kept by every update; without one no translator would find them."""
    marked = [
        message for message in entries("cy") if "cyfieithydd: gwirio" in message.user_comments
    ]
    assert marked
