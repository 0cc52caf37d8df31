"""How many keys calls of different kinds take: what an officer does forty times a day.

The goals are what they take today; a rule that needs one more must be worth it.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.home import HomeScreen
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from tests.builders import SetClock, save
from tests.effort.conftest import Officer

TEXT, LETTER = "text:", "letter:"


class Kind(NamedTuple):
    """One kind of call: how many keys it may take, what is done, and what is saved."""

    goal: int
    steps: tuple[str, ...]
    saved: tuple[str, str, str]
    """Topic, outcome and channel."""


CALLS = {
    "nobody named, answered": Kind(
        2, ("f2", "text:fine", "f8", "letter:r"), ("FIN", "RES", "phone_in")
    ),
    "known person": Kind(
        5,
        ("f2", "text:hearing", "tab", "text:Ann Jo", "down", "enter", "f8", "letter:r"),
        ("HRG", "RES", "phone_in"),
    ),
    "webchat, answered with a short text": Kind(
        7,
        ("f2", "shift+tab", "text:web", "tab", "text:hwf", "ctrl+n", "letter:a", "f8", "letter:r"),
        ("HWF", "RES", "webchat"),
    ),
    "third party without authority": Kind(
        5,
        (
            *("f2", "text:probate", "tab", "text:Rhys Dafydd", "ctrl+r", "letter:t", "letter:n"),
            *("text:Mair Dafydd", "f8", "letter:p"),
        ),
        ("PRO", "NAUT", "phone_in"),
    ),
    "message for a team": Kind(
        7,
        (
            *("f2", "text:copies", "tab", "tab", "tab", "text:Wants the order of May"),
            *("f8", "letter:m", "text:Family team", "tab", "text:tomorrow", "f8"),
        ),
        ("DOC", "MSG", "phone_in"),
    ),
    "form given at the counter": Kind(
        6,
        (
            *("f2", "shift+tab", "text:counter", "tab", "text:forms", "f8", "letter:f"),
            *("text:EX160", "f8"),
        ),
        ("FRM", "FRM", "counter"),
    ),
    "legal advice not given": Kind(
        3,
        ("f2", "text:legal advice", "f8", "letter:l", "text:Citizens Advice", "f8"),
        ("LEG", "LADV", "phone_in"),
    ),
    "identity not confirmed": Kind(
        6,
        (
            *("f2", "text:where is", "ctrl+r", "letter:i", "letter:a", "letter:a", "letter:a"),
            *("enter", "f8", "letter:i", "f8"),
        ),
        ("STA", "NOID", "phone_in"),
    ),
    "written answer in ten days": Kind(
        3, ("f2", "text:divorce", "f8", "letter:w", "text:10", "f8"), ("DIV", "EML", "phone_in")
    ),
    "silent line": Kind(2, ("f2", "f8", "letter:g"), ("OTH", "ABN", "phone_in")),
    "wrong number": Kind(
        3, ("f2", "f8", "letter:n", "text:nowhere", "f8"), ("OTH", "WRG", "phone_in")
    ),
}


@pytest.mark.parametrize("name", CALLS)
async def test_a_call_takes_few_keys(
    name: str, officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """Counted besides the words; letters that pick count nothing."""
    save(store, user, clock, person_name="Ann Jones")
    clock.passes(minutes=30)
    goal, steps, saved = CALLS[name]
    async with officer(name, goal) as keys:
        for step in steps:
            if step.startswith(TEXT):
                await keys.type(step.removeprefix(TEXT))
            elif step.startswith(LETTER):
                await keys.pick(step.removeprefix(LETTER))
            else:
                await keys.press(step)
        assert isinstance(keys.app.screen, HomeScreen)
    line = store.call_read(contact_lines.page, Want(), user=user).lines[0]
    assert (line.topic, line.outcome, line.channel) == saved
