"""The casework desk: its lists, finding, what a record offers, what the first page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from deskapp import paths
from deskapp.app import DeskApp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.screens.case_actions import letters
from deskapp.screens.case_record import CaseRecordScreen
from deskapp.screens.cases import LISTS, CasesScreen
from deskapp.screens.home import HomeScreen
from deskapp.screens.pick import Pick
from deskapp.services import drafts
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_line import CaseLine
from deskapp.services.dates import Nation
from deskapp.services.paging import PAGE_ROWS
from deskapp.widgets.record_list import RecordList
from tests.builders import SetClock, save
from tests.pilots import fill, focused, press, rows, settle, shown, small, told
from tests.screens.case_desk import CaseDesk
from tests.services.casework.shipped import ShippedHand
from tests.services.hearings.office import Court

Desk = Callable[..., DeskApp]
Open = Callable[..., CaseLine]


@pytest.fixture
def opened(store: Store, user: User, clock: SetClock) -> Open:
    """Opens a case as the officer of the desk."""

    def open_case(scheme: str, **values: str) -> CaseLine:
        book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
        acting = Acting(user, clock.moment, book)
        return store.call_write(cases.open_case, acting, new_id(), scheme, values)

    return open_case


def ids(app: DeskApp) -> list[str]:
    """The cases of the list on the screen."""
    return [row.key.partition(":")[0] for row in rows(app)]


async def test_lists_are_changed_by_letters_and_by_the_arrows(
    desk: Desk, opened: Open, clock: SetClock
) -> None:
    """The name of the list is marked; the cursor stays in the box or in the list."""
    key = opened("key", number="K 7")
    fault = opened("building_issue", what="Lift", danger="life")
    clock.passes(minutes=20)
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c")
        assert ids(app) == [fault.id, key.id]
        await press(pilot, "right")
        assert ids(app) == [fault.id]
        await press(pilot, "left", "left")
        assert isinstance(app.screen, CasesScreen)
        assert app.screen._list == list(LISTS)[-1]
        assert fault.id in ids(app)
        assert key.id not in ids(app)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, CaseRecordScreen)
        await press(pilot, "escape", "ctrl+r", "e")
        assert rows(app) == []
        assert "There are no such cases" in shown(app)


@pytest.mark.parametrize("letter", ["a", "i"])
async def test_a_day_typed_in_a_list_goes_to_what_is_due_then(
    letter: str, desk: Desk, opened: Open
) -> None:
    """Or next after it; behind the last there is the end."""
    for what in ("Lift", "Door", "Tap"):
        opened("building_issue", what=what, danger="life")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "ctrl+r", letter)
        records, before = app.screen.query_one(RecordList), rows(app)
        await press(pilot, *"1/1/30")
        assert "Go to: 1/1/30" in shown(app)
        assert records.current == before[-1]
        await press(pilot, "escape", *"1/1/20")
        assert records.current == before[0]


async def test_the_cases_of_one_scheme_are_shown_until_all_are_wanted_again(
    desk: Desk, opened: Open
) -> None:
    """Whoever looks after the keys does not look at the rest."""
    key, fault = opened("key", number="K 7"), opened("building_issue", what="Lift")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "ctrl+r", "1")
        assert isinstance(app.screen, Pick)
        await CaseDesk(pilot).pick("key or")
        assert ids(app) == [key.id]
        assert "Key or pass" in shown(app)
        await press(pilot, "ctrl+r", "m")
        assert ids(app) == [key.id]
        await press(pilot, "ctrl+r", "0")
        assert set(ids(app)) == {key.id, fault.id}


async def test_a_case_is_found_by_its_reference_and_by_words_from_everywhere(
    desk: Desk, opened: Open
) -> None:
    """However the reference is spelt, and with the arrows back in the words that were typed."""
    opened("key", number="K 7")
    wanted = opened("isc", participant="Siân Example")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "f3")
        await fill(pilot, search="sian exam")
        assert ids(app)[0] == "case_record"
        await fill(pilot, search=wanted.ref.lower().replace("-", " "))
        await press(pilot, "enter")
        assert isinstance(app.screen, CaseRecordScreen)
        await press(pilot, "ctrl+g", "c")
        await fill(pilot, search="sian")
        assert ids(app) == [wanted.id]
        await press(pilot, "left")
        assert ids(app) == [wanted.id]
        await fill(pilot, search="nobody")
        assert "Nothing matches" in shown(app)


async def test_a_long_list_is_read_page_by_page(desk: Desk, opened: Open) -> None:
    """Down to the last case."""
    for number in range(PAGE_ROWS + 5):
        opened("key", number=f"K {number}")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "f3", "down", "end")
        await settle(pilot)
        assert len(set(ids(app))) == len(ids(app))
        await press(pilot, "home")
        for _leaf in range(5):
            await press(pilot, "pagedown")
        assert len(set(ids(app))) == PAGE_ROWS + 5


async def test_what_is_due_of_my_cases_stands_on_the_first_page(
    desk: Desk, opened: Open, clock: SetClock
) -> None:
    """Nothing of the schemes is read for it; Enter opens the case."""
    opened("key", number="K 7")
    fault = opened("building_issue", room="Lift", danger="life")
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        [row] = rows(app)
        assert (row.key, row.cells[2]) == (f"case_record:{fault.id}", f"{fault.ref} Lift")
        assert row.cells[0] == "today 10:20"
        await press(pilot, "enter")
        assert isinstance(app.screen, CaseRecordScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_what_cannot_be_done_says_why_and_does_nothing(desk: Desk, opened: Open) -> None:
    """On the page, in the menu, and when its letter is pressed all the same."""
    opened("key", number="K 7")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "f3", "down", "enter")
        why = "Issue to somebody not on the list: not now: only these may: Team leader"
        assert why in shown(app)
        await press(pilot, "u")
        assert isinstance(app.screen, CaseRecordScreen)
        assert told(app)[-1] == why
        await press(pilot, "enter", "u")
        assert told(app)[-1] == why
        assert "Not at this stage" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseRecordScreen)


async def test_a_form_is_thrown_away_only_when_that_is_said(desk: Desk, opened: Open) -> None:
    """Esc keeps it, and the same step takes it up again."""
    opened("key", number="K 7")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "f3", "down", "enter", "f5")
        assert focused(app) == "_note"
        await fill(pilot, _note="They rang")
        await press(pilot, "escape", "f5")
        assert "They rang" in shown(app)
        await press(pilot, "ctrl+t", "n")
        assert focused(app) == "_note"
        await press(pilot, "ctrl+t", "y", "f5")
        assert "They rang" not in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseRecordScreen)


async def test_a_case_is_given_to_another_officer(
    desk: Desk, store: Store, opened: Open, user: User
) -> None:
    """It leaves the list of the one and stands in that of the other."""
    opened("key", number="K 7")
    add = "INSERT INTO officer (id, home_site, name, role, scheme_roles) VALUES (?, ?, ?, ?, '')"
    store.call_jot(
        lambda connection: connection.execute(
            add, (new_id(), user.site, "Bob Example", Role.OFFICER.value)
        )
    )
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "f3", "down", "enter", "6")
        await CaseDesk(pilot).pick("bob")
        assert "Bob Example" in shown(app)
        await press(pilot, "escape", "ctrl+r", "m")
        assert rows(app) == []


def test_every_action_has_a_letter_of_its_own() -> None:
    """Its key, the first free letter of its name, or none when none is left."""
    assert letters([("", "Issue"), ("", "Îs-adran"), ("x", "Exit"), ("", "Ix")]) == list("ISXA")
    assert letters([("", "A")] * 28).count("") == 2


async def test_persons_and_cases_are_offered_while_one_types(
    desk: Desk, opened: Open, store: Store, user: User, clock: SetClock
) -> None:
    """Down and Enter take one; other words stand as they are, and are kept as they are typed."""
    save(store, user, clock, person_name="Siôn Fictional-Pryce")
    opened("key", number="K 7")
    app = desk()
    async with small(app) as pilot:
        await press(pilot, "ctrl+g", "c", "f3", "down", "enter")
        officer = CaseDesk(pilot)
        assert isinstance(app.screen, CaseRecordScreen)
        entries = app.screen.entries
        [letter] = [each.letter for each in entries if each.value == "do:issue"]
        await press(pilot, letter.lower())
        app.screen.query_one("#holder", Input).focus()
        await press(pilot, *"pryce")
        await settle(pilot)
        await press(pilot, "down", "enter", "escape")
        kept = store.call_read(drafts.waiting, user.id)[0].values
        assert kept["holder"] == "Siôn Fictional-Pryce"
        await press(pilot, letter.lower())
        app.screen.query_one("#holder", Input).value = "Somebody else"
        await officer.save(holder_authorised="yes")
        assert officer.record.facts.value("holder") == "Somebody else"
        assert officer.record.facts.value("issued_at") == clock.moment


async def test_what_time_opened_is_in_the_list_without_anybody_opening_the_case(
    desk: Desk, opened: Open, store: Store, user: User, clock: SetClock
) -> None:
    """The list works it out before it is read; Home shows what became due as well."""
    key = opened("key", number="K 7")
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    given = {"holder": "Ann Fictional", "holder_authorised": "yes", "standing_holder": "no"}
    issued = {"issued_at": clock.moment.isoformat(), **given}
    store.call_write(cases.do, Acting(user, clock.moment, book), key.id, "issue", issued)
    clock.passes(hours=9, minutes=30)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        assert any(key.ref in row.cells[2] for row in rows(app))
        await press(pilot, "ctrl+g", "c", "ctrl+r", "i")
        assert any("tell the team leader" in row.cells[3] for row in rows(app))


async def test_a_case_is_linked_and_parted_again(
    store: Store, user: User, clock: SetClock, desk: Desk
) -> None:
    """One key leads to what it belongs to, and shows it there; a wrong link ends with a reason."""
    contact = save(store, user, clock, person_name="Ann Jones")
    Court(store, user, clock).hearing(case_ref="52XY0012326")
    async with small(desk()) as pilot:
        officer = CaseDesk(pilot)
        await officer.open("contractor_visit", company="Example Lifts")
        case_ref = officer.record.line.ref
        await press(pilot, "0")
        await fill(pilot, line=contact.ref)
        await press(pilot, "enter", "enter")
        assert f"Contact  {contact.ref}" in shown(officer.app)
        await press(pilot, "0", "enter", "g")
        assert f"Case  {case_ref}" in shown(officer.app)
        await press(pilot, "escape", "0", "down", "enter")
        await fill(pilot, line="52xy0012326")
        await press(pilot, "enter", "enter")
        assert "52XY0012326" in shown(officer.app)
        await press(pilot, "0", "down", "enter", "p")
        await fill(pilot, line="Another case")
        await press(pilot, "enter")
        assert "52XY0012326" not in shown(officer.app)


async def test_what_a_sample_finds_is_written_down_in_the_list(
    store: Store, user: User, clock: SetClock, desk: Desk
) -> None:
    """Two keys for a case that is right; one that is not takes a note."""
    hand = ShippedHand(store, user, clock, Path(paths.settings_folder()))
    case_id = hand.open("omu_sentence_calc", prisoner="Ann Example", officer="Bo Example")
    hand.call(cases.do, case_id, "papers_in")
    hand.call(cases.do, case_id, "calculated")
    hand.user = user._replace(id="colleague")
    hand.call(cases.do, case_id, "check")
    clock.passes(hours=7 * 24)
    async with small(desk()) as pilot:
        officer = CaseDesk(pilot)
        await press(pilot, "ctrl+g", "r", "s", "ctrl+r", "s")
        await officer.pick("Sentence")
        [row] = rows(officer.app)
        assert row.cells[0] == "Bo Example"
        await press(pilot, "enter", "r")
        assert rows(officer.app)[0].cells[3] == "Right"
        await press(pilot, "enter", "e")
        officer.app.screen.query_one(Input).value = "A day too few"
        await press(pilot, "enter")
        assert rows(officer.app)[0].cells[3] == "Error found"
        await press(pilot, "left")
        assert rows(officer.app) == []
