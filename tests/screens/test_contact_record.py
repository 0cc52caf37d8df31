"""A saved contact is read in one look: every value at its label, promises with their days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.data.tables import FollowUp
from deskapp.roles import User
from deskapp.screens.contact_record import ContactRecordScreen
from deskapp.screens.menu import Menu
from deskapp.services import follow_ups, kinds
from tests.builders import SetClock, save
from tests.pilots import press, settle, shown, small, told

Desk = Callable[..., DeskApp]
ENDED = {"warned": "y", "harm": "n", "leader_told": "y"}


async def page(app: DeskApp, contact_id: str) -> list[str]:
    """The lines of a record on the smallest screen."""
    async with small(app) as pilot:
        await app.push_screen(ContactRecordScreen(contact_id))
        await settle(pilot)
        return [line.strip() for line in shown(app).splitlines()]


async def test_record_shows_contact_details_and_who_kept_the_promise(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """What to ring today is on the contact; both days of a promise stay to be seen."""
    line = save(
        store,
        user,
        clock,
        phone="07700 900982",
        email="ann@example.com",
        postcode="sy23 1as",
        outcome="EML",
        extras={"within_days": "2"},
    )
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    store.call_write(follow_ups.set_done, promise.id, True, now=clock.moment, user=user)
    lines = await page(desk(), line.id)
    assert f"{'Phone':<17}07700 900982" in lines
    assert f"{'Email':<17}ann@example.com" in lines
    assert f"{'Postcode':<17}sy23 1as" in lines
    assert f"{'Working days':<17}2" in lines
    words = " ".join(lines)
    assert "by 20 Nov 2026, done 18 Nov 2026 10:05 by Siân O'Brien" in words


@pytest.mark.parametrize("language", i18n.LANGUAGES)
async def test_values_stand_below_each_other_whatever_the_labels(
    language: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The eye goes down one column, also where a label is long."""
    line = save(store, user, clock, outcome="END", answer="Warned twice, then ended.", extras=ENDED)
    i18n.use(language)
    lines = await page(desk(), line.id)
    assert i18n.language() == language
    values = (line.ref, user.name, i18n._("Yes"), i18n._("No"))
    starts = {
        text.removesuffix(value): len(text) - len(value)
        for text in lines
        for value in values
        if text.endswith(f" {value}")
    }
    assert len(starts) == 5
    assert len(set(starts.values())) == 1


async def test_of_several_promises_the_one_that_is_picked_is_done(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The other one is still owed to the person."""
    line = save(store, user, clock, outcome="EML", extras={"within_days": "2"})
    more = FollowUp(
        id=new_id(),
        home_site=user.site,
        record_table=kinds.CONTACT,
        record_id=line.id,
        kind="task",
        what="Ring the usher",
        due_on="2026-12-01",
    )
    store.call_write(lambda session: session.add(more))
    app = desk()
    async with small(app) as pilot:
        await app.push_screen(ContactRecordScreen(line.id))
        await settle(pilot)
        await press(pilot, "f9")
        assert isinstance(app.screen, Menu)
        await press(pilot, "escape", "f9", "b")
        assert told(app) == ["Marked as done. The same key takes it back."]
    promised = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert [(each.kind, each.done_at is None) for each in promised] == [
        ("email", True),
        ("task", False),
    ]
