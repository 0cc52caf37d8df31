"""Card details never stay by accident: every form and every asked line asks about them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp import screens
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.ask_line import AskLine
from deskapp.screens.contact_fields import FIELDS
from deskapp.screens.contact_more import ACTING_FOR
from deskapp.screens.hard import HardScreen
from deskapp.screens.menu import Menu
from deskapp.services import cards
from deskapp.services.hard import spos
from deskapp.widgets.form_field import FormField
from tests import trees
from tests.pilots import choose, fill, press, settle, shown, small

Desk = Callable[..., DeskApp]
CARD = "4111 1111 1111 1111"
ASKED = "looks like a payment card number"


async def test_a_form_of_hard_minutes_asks_about_a_card_number(
    desk: Desk, store: Store, user: User
) -> None:
    """In words of any name; blanked it is saved without the number."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f4", "s")
        await choose(pilot, "hazard", "fire alarm")
        await fill(pilot, what=f"Dropped card {CARD}")
        await press(pilot, "f8")
        assert ASKED in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HardScreen), "nothing is saved without an answer"
        await press(pilot, "f8", "b", "l")
    assert len(store.call_read(spos.untold, user=user)) == 1
    kept = store.call_read(
        lambda connection: [
            text for (text,) in connection.execute("SELECT answers FROM case_event").fetchall()
        ]
    )
    assert any(cards.BLANK in text for text in kept)
    assert not any("1111" in text for text in kept)


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        (("b",), [f"Read {cards.BLANK} out"]),
        (("k",), [f"Read {CARD} out"]),
        (("escape", "escape"), [None]),
    ],
)
async def test_a_reason_asks_about_a_card_number(
    keys: tuple[str, ...], given: list[str | None], desk: Desk
) -> None:
    """Why somebody is rung, linked or marked is kept for years as well."""
    answers: list[str | None] = []
    app = desk()
    async with small(app) as pilot:
        await app.push_screen(AskLine("Why?", ""), answers.append)
        await fill(pilot, line=f"Read {CARD} out")
        await press(pilot, "enter")
        assert isinstance(app.screen, Menu)
        await press(pilot, *keys)
        await settle(pilot)
    assert answers == given


def test_only_phone_and_email_are_not_asked_about() -> None:
    """Who adds a field gets the question without thinking of it."""
    left_out = {
        ast.literal_eval(call.args[0])
        for folder in screens.__path__
        for file in Path(folder).glob("*.py")
        for call in trees.calls_of(file)
        if any(keyword.arg == "card_check" for keyword in call.keywords)
    }
    assert left_out == {"phone", "email"}


def test_the_free_texts_of_a_contact() -> None:
    """A choice counts where its words may stand for themselves; a passphrase never does."""
    names = [spec.free_text for spec in (*FIELDS, ACTING_FOR) if spec.free_text]
    assert names == ["person_name", "question", "answer", "case_ref", "postcode", "acting_for"]
    assert not FormField("passphrase", "Passphrase", "secret").free_text
