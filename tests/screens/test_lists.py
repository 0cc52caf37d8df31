"""Long lists: every row once, few rows held, and nothing shown to those who may not see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.clock import local
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens.contact_record import ContactRecordScreen
from deskapp.screens.court import CourtScreen
from deskapp.screens.enquiries import EnquiriesScreen
from deskapp.screens.find import FindScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.person import PersonScreen
from deskapp.services import drafts, kinds
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines, contacts
from deskapp.services.enquiries.call_clock import Span
from deskapp.widgets.record_list import ROWS_HELD, RecordList
from tests.builders import SetClock, a_contact_draft, a_draft, save
from tests.pilots import fill, press, rows, settle, shown, small, told

Desk = Callable[..., DeskApp]
CONTACTS = 450


@pytest.fixture
def every(store: Store, user: User, clock: SetClock) -> list[str]:
    """Ids of a long list of contacts, newest first."""
    return many(store, user, clock, CONTACTS, dt.timedelta(minutes=1))


def many(
    store: Store, user: User, clock: SetClock, count: int, apart: dt.timedelta, **values: str
) -> list[str]:
    """Save so many contacts, each so long before the one before it; their ids, newest first."""
    ids = [new_id() for _contact in range(count)]

    def fill_up(session: object) -> None:
        for number, contact_id in reversed([*enumerate(ids)]):
            began = clock.moment - number * apart
            contacts.log(
                session,  # type: ignore[arg-type]
                contact_id,
                a_contact_draft(**values),
                span=Span(began, began, 0),
                user=user,
                nation=Nation.ENGLAND_AND_WALES,
            )

    store.call_write(fill_up)
    return ids


async def test_a_day_typed_in_the_list_goes_to_its_newest_contact(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """A caller says when they rang; the way on leads up and down from there."""
    ids = many(store, user, clock, 230, dt.timedelta(hours=12), person_name="Ann Jones")
    today = clock.clock.today()
    begun = {
        each: clock.moment - number * dt.timedelta(hours=12) for number, each in enumerate(ids)
    }
    wanted = today - dt.timedelta(days=60)
    of_the_day = [each for each in ids if local(begun[each]).date() == wanted]
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "down")
        records = app.screen.query_one(RecordList)

        async def go_to(day: dt.date, *, ends: str) -> str:
            await press(pilot, *f"{day.day}/{day.month}")
            assert f"Go to: {day.day}/{day.month}" in shown(app)
            await press(pilot, *([ends] if ends else []))
            assert records.current is not None
            return records.current.key

        assert await go_to(wanted, ends="") == of_the_day[0]
        await press(pilot, "up")
        assert "Go to:" not in shown(app)
        assert "in the middle of about 230" in shown(app)
        assert records.current is not None
        assert records.current.key == ids[ids.index(of_the_day[0]) - 1]
        await press(pilot, "down", "down")
        assert records.current.key == of_the_day[1]
        assert await go_to(today - dt.timedelta(days=200), ends="escape") == ids[-1]
        assert isinstance(app.screen, EnquiriesScreen)
        await press(pilot, "9", "9", "backspace", "backspace")
        assert records.current.key == ids[-1]
        await fill(pilot, search="jones")
        await press(pilot, "down")
        assert await go_to(wanted, ends="escape") == of_the_day[0]
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_day_typed_in_the_history_of_a_person_goes_there(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Somebody rings every day."""
    kept = save(store, user, clock, person_name="Ann Jones")
    person_id = store.call_read(contact_lines.record, kept.id, user=user).person_id
    assert person_id is not None
    ids = many(store, user, clock, 120, dt.timedelta(days=1), person_id=person_id)
    day = clock.clock.today() - dt.timedelta(days=80)
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.PERSON, person_id)
        await settle(pilot)
        await press(pilot, *f"{day.day} {day:%b}".lower())
        current = app.screen.query_one(RecordList).current
        assert current is not None
        assert current.key == ids[80]


async def test_walk_through_a_long_list_shows_each_row_once_and_holds_few(
    desk: Desk, every: list[str]
) -> None:
    """R13: down to the last row, back up to the first, End and Home; memory stays small."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "down")
        records = app.screen.query_one(RecordList)

        async def walk(key: str) -> list[str]:
            seen: list[str] = []
            for _leaf in range(CONTACTS):
                assert len(records.rows) <= ROWS_HELD
                height = records.size.height - 2
                page = [row.key for row in records.rows[records._top : records._top + height]]
                fresh = [each for each in page if each not in seen]
                seen += fresh if key == "pagedown" else reversed(fresh)
                before = records.current
                await press(pilot, key)
                if records.current == before:
                    return seen
            raise AssertionError("the list does not end")

        assert await walk("pagedown") == every
        assert await walk("pageup") == every[::-1]
        await press(pilot, "end")
        assert records.current is not None
        assert records.current.key == every[-1]
        await press(pilot, "up")
        assert records.current.key == every[-2]
        await press(pilot, "home")
        assert records.current.key == every[0]
        assert len(records.rows) <= ROWS_HELD


async def test_record_opened_deep_in_the_list_and_back_is_the_same_row(
    desk: Desk, every: list[str]
) -> None:
    """Reading through a day's contacts one after the other."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e", "down")
        records = app.screen.query_one(RecordList)
        for _leaf in range(6):
            await press(pilot, "pagedown")
        marked = records.current
        assert marked is not None
        assert marked.key not in every[:50]
        await press(pilot, "enter")
        assert isinstance(app.screen, ContactRecordScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, EnquiriesScreen)
        assert records.current == marked


async def test_search_in_the_list_narrows_it_and_comes_back(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """F3 goes to the box, Down into the list, and an empty box shows all again."""
    save(store, user, clock, person_name="Ann Jones")
    wanted = save(store, user, clock, person_name="Siân O'Brien")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e")
        await fill(pilot, search="obrien")
        assert [row.key for row in rows(app)] == [wanted.id]
        await fill(pilot, search="nobody at all")
        assert rows(app) == []
        assert "Nothing matches" in shown(app)
        await press(pilot, "f3")
        await fill(pilot, search="")
        assert len(rows(app)) == 2


async def test_search_that_ends_while_the_language_changes_is_made_again(
    desk: Desk, store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the widgets of one language and those of the other there is no list to show it in."""
    save(store, user, clock, person_name="Ann Jones")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "e")
        screen = app.screen
        assert isinstance(screen, EnquiriesScreen)
        recompose = screen.recompose

        async def slow_recompose() -> None:
            searching = screen.search()
            await screen.records.remove()
            await searching.wait()
            await recompose()

        monkeypatch.setattr(screen, "recompose", slow_recompose)
        await screen.relabel()
        await settle(pilot)
        assert len(rows(app)) == 1


async def test_person_shows_every_contact_they_had(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Ctrl+O on a record, and Esc back to it."""
    line = save(store, user, clock, person_name="Ann Jones", phone="01632 960001")
    save(store, user, clock, person_name="Bob Lee")
    app = desk()
    async with small(app) as pilot:
        app.open(kinds.CONTACT, line.id)
        await settle(pilot)
        await press(pilot, "ctrl+o")
        assert isinstance(app.screen, PersonScreen)
        assert "01632 960001" in shown(app)
        assert [row.key for row in rows(app)] == [line.id]
        await press(pilot, "escape")
        assert isinstance(app.screen, ContactRecordScreen)


async def test_court_is_found_by_its_welsh_name_and_read_out(desk: Desk) -> None:
    """Old and Welsh names, codes and postcodes lead to the same card."""
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="canolfan cyfiawnder aberystwyth")
        await press(pilot, "enter", "enter")
        assert isinstance(app.screen, CourtScreen)
        assert "Aberystwyth" in shown(app)


# -- roles --------------------------------------------------------------------------------


@pytest.fixture
def administrator(store: Store, user: User, clock: SetClock) -> User:
    """The desk of an administrator, with contacts and promises of others on it."""
    save(
        store,
        user,
        clock,
        person_name="Ann Jones",
        outcome="EML",
        extras={"within_days": "1"},
    )
    store.call_jot(
        lambda connection: connection.execute("UPDATE officer SET role = 'administrator'")
    )
    return user._replace(role=Role.ADMINISTRATOR)


async def test_administrator_can_neither_take_nor_read_contacts(
    desk: Desk, store: Store, administrator: User
) -> None:
    """No key leads to a name: not new, not find, not the list, not what is due."""
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert app.user == administrator
        assert rows(app) == []
        await press(pilot, "f2")
        assert isinstance(app.screen, HomeScreen)
        assert any("cannot take contacts" in message for message in told(app))
        await press(pilot, "ctrl+g", "e")
        assert not isinstance(app.screen, EnquiriesScreen)
        await press(pilot, "escape", "f3")
        assert isinstance(app.screen, FindScreen)
        await fill(pilot, search="jones")
        assert not [row for row in rows(app) if row.key.startswith(("person", "contact"))]
        await fill(pilot, search="aberystwyth")
        assert rows(app)
        assert "Ann Jones" not in shown(app)


async def test_form_that_was_saved_in_another_window_says_so(
    desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """The first screen may be older than the store."""
    draft = a_draft(user, clock, parked=True, values={"answer": "Half"})
    store.call_jot(drafts.keep, draft)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert len(rows(app)) == 1
        store.call_jot(drafts.drop, draft.id)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert any("Look in the list" in message for message in told(app))
