"""Letters: what a template may say, which language they go out in, and what stands in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from deskapp import i18n
from deskapp.data.ids import new_id
from deskapp.data.tables import Contact
from deskapp.errors import NotFoundError
from deskapp.services import links
from deskapp.services.casework import (
    cases,
    letter_files,
    letter_language,
    letter_text,
    letters,
    loader,
)
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.letter_text import LetterError
from deskapp.services.complaints.letter_kinds import LETTERS
from deskapp.services.letters.language import RULE, Language, languages
from tests.builders import SITE, save
from tests.services.casework.desk import STAGES, scheme, toml
from tests.services.casework.hand import Hand

WALES, ENGLAND = SITE, "fact:nottingham-crown-court"
TODAY = dt.date(2026, 11, 18)


@pytest.fixture
def caution(hand: Hand) -> str:
    """A conditional caution with one condition."""
    shipped = {each.id: each for each in loader.shipped()}
    hand.book = hand.book.of(shipped.values(), hand.book.calendar)
    case_id = hand.open("cond_caution", offender="Ann [/b] Jones", offence="Damage")
    hand.call(cases.add_item, case_id, "condition", {"text": "Say sorry"}, item_id="c1")
    return case_id


def look(hand: Hand, case_id: str) -> CaseRecord:
    record = hand.call(cases.look, case_id)
    assert isinstance(record, CaseRecord)
    return record


def written(hand: Hand, case_id: str, letter: str, **given: Any) -> str:
    usual = {"site": ENGLAND, "today": TODAY}
    return letters.write(look(hand, case_id), letter, **{**usual, **given})


@pytest.mark.parametrize("file", sorted(loader.SHIPPED_FOLDER.glob("*.toml")), ids=lambda f: f.stem)
def test_every_letter_of_a_shipped_scheme_has_its_templates(file: Path) -> None:
    """In both languages, and none names what a case does not have."""
    assert loader.lint(file, letter_files.near(file)) == ()


def test_every_shipped_template_is_used() -> None:
    """One that no scheme names, and no letter of a complaint has, is dead."""
    named = {name for each in loader.shipped() for of in each.letters for name in (of.en, of.cy)}
    named |= {f"{letter.template}.{language}" for letter in LETTERS for language in i18n.LANGUAGES}
    files = letter_files.SHIPPED_FOLDER.glob("*.txt")
    assert {file.name.removesuffix(".txt") for file in files} == named


@pytest.mark.parametrize(
    "name", sorted(file.name[:-7] for file in letter_files.SHIPPED_FOLDER.glob("*.en.txt"))
)
def test_both_languages_of_a_letter_say_the_same(name: str) -> None:
    """As far as a machine can see: they name the same, and lines fit a printed page."""
    texts = []
    for language in ("en", "cy"):
        template = letter_files.shipped(f"{name}.{language}") or ""
        found = letter_text.named(template)
        texts.append((found.fields, found.items))
        items = {item: [dict.fromkeys(names, "x")] for item, names in found.items.items()}
        text = letter_text.written(template, {**dict.fromkeys(found.fields, "x"), "items": items})
        assert max(map(len, text.splitlines())) <= 80
        assert "{" not in text
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "template",
    [
        "{{ f.__class__ }}",
        "{{ f|upper }}",
        "{{ range(9) }}",
        "{{ 'x' * 1000000000 }}",
        "{{ f ~ f }}",
        "{% set f = 1 %}",
        "{% include 'x' %}",
        "{% for a in items.i %}{% for b in items.i %}{% endfor %}{% endfor %}",
        "{% for a in f %}{% endfor %}",
        "{% for a in items.i %}{{ loop.index }}{% endfor %}",
        "{% for a in items.i %}{{ a }}{% endfor %}",
        "{{ items.i }}",
        "{{ self }}",
        "{{ items }}",
        "{{ f[0] }}",
        "{% if f is defined %}{% endif %}",
        "{% if",
    ],
)
def test_a_template_knows_fields_if_and_for_and_nothing_else(template: str) -> None:
    """It can neither reach into deskapp nor keep the machine busy."""
    of = scheme('[[field]]\nid = "f"\ntype = "text"\n[[item]]\nid = "i"\nmany = true\n')
    assert list(letter_text.faults(template, of, ""))


def test_a_letter_has_an_end() -> None:
    """However much stands in its fields."""
    values = {"items": {"i": [{"f": "x" * 1000}] * 100}}
    with pytest.raises(LetterError, match="too long"):
        letter_text.written("{% for a in items.i %}{{ a.f }}{% endfor %}", values)


def test_a_sensitive_field_stands_in_no_letter_but_to_that_person() -> None:
    """A victim gets letters; nobody else reads a victim's name in theirs."""
    of = scheme('[[field]]\nid = "v"\ntype = "party"\nsensitive = true\n')
    assert list(letter_text.faults("Dear {{ v }}", of, "v")) == []
    (fault,) = letter_text.faults("Dear {{ v }}", of, "")
    assert fault == "The template names v, which is sensitive."


@pytest.mark.parametrize(
    ("wanted", "wales", "expected"),
    [
        ("cy", False, ("cy",)),
        ("cy", True, ("cy",)),
        ("both", True, ("cy", "en")),
        ("unknown", True, ("cy", "en")),
        ("unknown", False, ("en",)),
        ("both", False, ("en",)),
        ("en", True, ("en",)),
    ],
)
def test_the_language_of_a_letter(wanted: str, wales: bool, expected: tuple[str, ...]) -> None:
    """Casework sheet, section 1.7."""
    assert languages(Language(wanted), wales=wales) == expected


def test_a_letter_in_wales_goes_out_in_both_languages(hand: Hand, caution: str) -> None:
    """The screens meanwhile stay in theirs."""
    hand.call(cases.fill_in, caution, {"given_on": "2026-11-18"})
    text = written(hand, caution, "confirmation", site=WALES)
    welsh, english = text.split(RULE)
    assert "Annwyl Ann [/b] Jones" in welsh
    assert "18 Tach 2026" in welsh
    assert "Dear Ann [/b] Jones" in english
    assert "- Say sorry" in english
    assert "Our reference: CC-" in english
    assert i18n.language() == "en"


def test_the_language_is_that_of_the_last_contact_of_the_person(hand: Hand, caution: str) -> None:
    """Of the person who is linked with the case and has the name that the letter goes to."""

    def wanted(letter: str = "confirmation") -> Language:
        record = look(hand, caution)
        return hand.store.call_read(letter_language.wanted, record, letter, user=hand.user)

    assert wanted() is Language.UNKNOWN
    save(hand.store, hand.user, hand.clock, person_name="Ann [/b] Jones")
    hand.store.call_write(_in_welsh)
    [(person,)] = hand.rows("SELECT id FROM person")
    ends = ("case_record", caution, "person", person)
    hand.store.call_write(links.link, *ends, user=hand.user, now=hand.clock.moment)
    assert wanted() is Language.CY
    assert wanted("victim") is Language.UNKNOWN
    assert wanted("nothing") is Language.UNKNOWN


def _in_welsh(session: Session) -> None:
    """The same person rings once more, in Welsh."""
    first = session.exec(select(Contact)).one()
    again = {"id": new_id(), "ref": "E-2", "ref_key": "E2", "hlc": 0, "language": "cy"}
    session.add(Contact(**{**first.model_dump(), **again}))


def test_what_is_missing_is_named(hand: Hand, caution: str) -> None:
    """As the screen calls it; a letter with a hole would go out otherwise."""
    with pytest.raises(LetterError, match=r"^Fill in first: Given on$"):
        written(hand, caution, "confirmation", site=WALES)
    with pytest.raises(LetterError, match="Provider"):
        written(hand, caution, "joining")


def test_letters_are_offered_where_they_fit(hand: Hand, caution: str) -> None:
    """By stage and by item; the others can be asked for by name."""
    assert {(each.letter.id, each.item) for each in letters.offered(look(hand, caution))} == {
        ("joining", "c1"), ("reminder", "c1"), ("missed", "c1"), ("referral", "c1"),
        ("officer_note", ""),
    }  # fmt: skip
    with pytest.raises(NotFoundError):
        written(hand, caution, "nothing")
    with pytest.raises(NotFoundError):
        written(hand, caution, "joining", item="c9")
    with pytest.raises(LetterError, match="nothing on this case yet"):
        written(hand, caution, "victim")


def test_a_template_of_ones_own_lies_beside_the_schemes(tmp_path: Path) -> None:
    """In the folder letters of the settings; lint finds it from the scheme file."""
    (tmp_path / "schemes").mkdir()
    (tmp_path / "letters").mkdir()
    file = tmp_path / "schemes" / "own.toml"
    letter = '[[letter]]\nid = "l"\nen = "mine.en"\ncy = "mine.cy"\nto = "nobody"\n'
    file.write_text(toml(STAGES + letter), encoding="utf-8")
    messages = [found.message for found in loader.lint(file, letter_files.near(file))]
    assert messages == [
        "There is no such template.",
        "There is no such template.",
        "The scheme has nothing called nobody.",
    ]
    for language in ("en", "cy"):
        (tmp_path / "letters" / f"mine.{language}.txt").write_text("{{ ref }}", encoding="utf-8")
    assert len(loader.lint(file, letter_files.near(file))) == 1
    assert letter_files.own(tmp_path) == {"mine.en": "{{ ref }}", "mine.cy": "{{ ref }}"}
    assert letter_files.near(file)("../letters/mine.en") is None
