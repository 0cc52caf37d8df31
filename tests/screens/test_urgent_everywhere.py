"""F4 (urgent) and F10 (cover the screen) wherever somebody stands, in a field or on a card."""

from __future__ import annotations

from collections.abc import Callable

from deskapp.app import DeskApp
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.lock import LockScreen
from deskapp.screens.menu import Menu
from deskapp.services import kinds
from deskapp.services.enquiries import contact_lines
from tests.builders import SetClock, save
from tests.pilots import press, settle, shown, small


async def test_both_keys_work_everywhere(
    desk: Callable[..., DeskApp], store: Store, user: User, clock: SetClock
) -> None:
    """They come back to where they were pressed."""
    promised = {"slot": "11:00", "kind": "window"}
    line = save(store, user, clock, person_name="Ann Jones", outcome="CBK", extras=promised)
    person = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    app = desk()
    missed: list[str] = []
    async with small(app) as pilot:

        async def tried(place: str) -> None:
            here = app.screen
            await press(pilot, "f4")
            urgent = isinstance(app.screen, Menu) and "call 999 first" in shown(app)
            await press(pilot, "escape", "f10")
            covered = isinstance(app.screen, LockScreen) and "Ann" not in shown(app)
            await press(pilot, "escape")
            if not (urgent and covered and app.screen is here):
                missed.append(place)

        for letter in "hebcmrtydlkpxs":
            await press(pilot, "ctrl+g", letter)
            await tried(letter)
        await press(pilot, "escape", "ctrl+g", "b", "enter")  # "s" asks which report
        assert "Ann Jones" in shown(app)
        await tried("card")
        for kind, record in ((kinds.CONTACT, line.id), (kinds.PERSON, person)):
            app.open(kind, record)
            await settle(pilot)
            await tried(kind)
        await press(pilot, "f2")
        await tried("contact form")
        for keys in (("f8",), ("escape", "f9"), ("escape", "ctrl+r"), ("i",)):
            await press(pilot, *keys)
            await tried(f"question behind {keys[-1]}")
        await press(pilot, "escape", "escape", "f3")
        await tried("search")
    assert missed == []
