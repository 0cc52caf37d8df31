"""A walk through the screens in a language without Latin letters: what stays Latin is hard-coded.

Every letter of a translated text becomes a Greek one of the same width, and what officers typed is
Greek too. Left are the names of keys, days, references, courts and topics, which are data.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from deskapp import i18n, keys
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.courts import courts
from deskapp.services.enquiries import topics
from deskapp.services.knowledge import library
from tests.builders import SITE, SetClock, save
from tests.pilots import settle

LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
GREEK = "αβψδεφγηιξκλμνοπρσστυωχχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΡΣΣΤΥΩΧΧΥΖ"
TO_GREEK = str.maketrans(LATIN, GREEK)
PLACE = re.compile(r"(\{[^}]*\})")
WORD = re.compile(r"[A-Za-z]{2,}")
REFERENCE = re.compile(r"\b[A-Z](?:-[A-Z0-9]{3}){3}\b")
DAYS = ["Wednesday", "November", "Nov", "Dec"]


def greek(text: str) -> str:
    """The text with Greek letters; the names of its places stay."""
    return "".join(
        part if part.startswith("{") else part.translate(TO_GREEK) for part in PLACE.split(text)
    )


class Pseudo(gettext.NullTranslations):
    """A catalogue that has every text."""

    def gettext(self, message: str) -> str:
        return greek(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return greek(msgid1 if n == 1 else msgid2)


@pytest.fixture
def _pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_translations", Pseudo())


def data_words() -> set[str]:
    """Latin words that no catalogue holds."""
    court = courts.by_key(SITE)
    said = [repr(court), *DAYS, "deskapp", "Siân O'Brien", "Tab Shift PgUp PgDn Home End"]
    said += [keys.shown(name) for name in keys.KEYS]
    said += [f"{topic.code} {topic.label('en')}" for topic in topics.all_topics()]
    said += [value for _label, value in courts.card(court, "en")]
    said += [item.title("en") for item in library.shipped().items()]
    return set(WORD.findall(" ".join(said)))


def shown(app: DeskApp) -> str:
    """What the screen shows now."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def untranslated(text: str) -> set[str]:
    """Latin words on the screen that are no data; words cut at the edge of a column count whole."""
    allowed = data_words()
    return {
        word
        for word in WORD.findall(REFERENCE.sub("", text))
        if not any(known.startswith(word) for known in allowed)
    }


async def look(pilot: Pilot[int], app: DeskApp, *pressed: str) -> None:
    """Press keys and find no word that is not translated."""
    for key in pressed:
        await pilot.press(key)
    await settle(pilot)
    text = shown(app)
    assert re.search("[α-ω]{3,}", text), text
    assert untranslated(text) == set(), text


WALKS: dict[str, list[tuple[str, ...]]] = {
    "home, help and where to go": [(), ("f1",), ("escape", "ctrl+g"), ("escape", "ctrl+q")],
    "every command": [("ctrl+p",)],
    "a contact with its outcomes": [("f2",), ("f9",), ("m",), ("f1",), ("escape", "f8")],
    "a contact that is discarded": [("f2", "a"), ("ctrl+t",)],
    "the list, a record and a note": [
        ("ctrl+g", "e"),
        ("down", "enter"),
        ("f5",),
        ("f1",),
        ("escape", "escape", "f9"),
        ("f1",),
    ],
    "finding": [("f3",), ("ω", "λ")],
    "a court": [("f3",), (*"aberystwyth",), ("enter",), ("f1",)],
}


@pytest.mark.usefixtures("_pseudo")
@pytest.mark.parametrize("name", WALKS)
async def test_nothing_shown_is_hard_coded(
    name: str, desk: Callable[..., DeskApp], store: Store, user: User, clock: SetClock
) -> None:
    """Screens, dialogs, keys, lists and notices."""
    save(
        store,
        user,
        clock,
        person_name="Ωλγα Παππα",
        question="τι;",
        answer="αυτο ακριβως ειναι",
        outcome="MSG",
        extras={"team": "Ωλγα", "by_when": "2026-11-20"},
    )
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for pressed in WALKS[name]:
            await look(pilot, app, *pressed)


def test_a_word_in_the_code_is_found() -> None:
    """The check can fail, and a Greek screen passes it."""
    assert untranslated("Ετσι  F8 Save  21 Nov") == {"Save"}
    assert untranslated("Ετσι  F8 Σαωε  21 Nov E-7KM-4X9-3CK") == set()
