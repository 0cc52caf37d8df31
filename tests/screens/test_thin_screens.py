"""Every screen, theme and size: what is sent in differences shows what plain Textual shows.

What Textual writes is recorded on the real screens and played to two terminals.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from random import Random
from typing import Any

import pytest
from rich.color import ColorSystem
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from deskapp import paths
from deskapp.app import DeskApp
from deskapp.data import vault
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services import desk as desk_service
from deskapp.services import drafts, first_start
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.complaints import log
from deskapp.services.complaints.acting import acting_on
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines
from deskapp.services.jury import doing
from deskapp.services.jury.asks import Do
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeAnswers
from deskapp.settings import Settings
from deskapp.terminal import abilities, seven_bit
from deskapp.terminal.abilities import Abilities
from deskapp.terminal.profiles import THIN
from deskapp.terminal.themes import THEME
from tests import drawing
from tests.builders import SITE, SetClock, a_draft, save
from tests.discovery import screen_names
from tests.jury_desk import JuryDesk
from tests.jury_desk import number as juror_number
from tests.pilots import choose, fill, intervals, press, settle
from tests.screens.test_case_journeys import give_roles
from tests.services.complaints.office import a_complaint_draft
from tests.services.hearings.office import Court
from tests.services.test_offline import exchanged
from tests.terminal.emulator import Both, Cell, Emulator

Desk = Callable[..., DeskApp]
Walk = Callable[[Pilot[Any], "Recorder"], Awaitable[None]]
NAMES = ("Ann [/b] Jones", "Siân Ŵynne-Ŷ", "日本 太郎", "\U0001f600 Emoji", "سارة", "ŵ́ ẅ̃x")
DAY_MINUTES = 20
THEMES = (THEME.name, "ansi-dark", "textual-dark", "textual-light", "dracula")


class Recorder:
    """What Textual has written, with its sizes, and the screens that were on top meanwhile."""

    def __init__(self) -> None:
        self.pieces: list[str | tuple[int, int]] = []
        self.screens: set[str] = set()
        self.in_every_look = False

    async def look(self, pilot: Pilot[Any]) -> None:
        """Wait, and note which screen it is."""
        await settle(pilot)
        fields = [*pilot.app.screen.query(Input), *pilot.app.screen.query(TextArea)]
        assert not any(field.cursor_blink for field in fields), "R2: a cursor that blinks is sent"
        assert all(field.compact for field in fields), "R2: each Tab would send two borders"
        assert isinstance(pilot.app, DeskApp)
        assert min(intervals(pilot.app), default=60) >= 60, "R7: what is left alone wakes nobody"
        name = type(pilot.app.screen).__name__
        if self.in_every_look and name not in self.screens:
            await self._every_look(pilot)
        self.screens.add(name)

    async def _every_look(self, pilot: Pilot[Any]) -> None:
        """The screen in every theme from that of now on; smaller, and as large as it was."""
        now = THEMES.index(pilot.app.theme)
        columns, rows = pilot.app.size
        for theme in (*THEMES[now + 1 :], *THEMES[:now]):
            pilot.app.theme = theme
            await settle(pilot)
        for size in ((columns - 7, rows - 3), (columns, rows)):
            self.pieces.append(size)
            await pilot.resize_terminal(*size)
            await settle(pilot)

    async def keys(self, pilot: Pilot[Any], *keys: str) -> None:
        """Press keys, and look at each of the screens."""
        for key in keys:
            await press(pilot, key)
            await self.look(pilot)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Textual writes as if there were a terminal."""
    recorder = Recorder()
    monkeypatch.setattr(App, "is_headless", property(lambda _self: False))
    monkeypatch.setattr(HeadlessDriver, "write", lambda _self, data: recorder.pieces.append(data))
    return recorder


@pytest.fixture(scope="session")
def busy_folder(prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with a long day behind it, which every walk has a copy of."""
    folder = Path(shutil.copytree(prepared_folder, tmp_path_factory.mktemp("busy") / "data"))
    clock = SetClock()
    store = Store.open(folder, vault.unlock(folder), clock=clock.clock)
    user = store.call_read(desk_service.user)
    store.actor = user.id
    a_long_day(store, user, clock)
    store.close()
    return folder


@pytest.fixture
def folder(busy_folder: Path, prepared_folder: Path, tmp_path: Path, clock: SetClock) -> Path:
    """The folder of that desk, at the end of its day."""
    clock.passes(minutes=DAY_MINUTES)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").symlink_to(prepared_folder.parent / "cache")
    return Path(shutil.copytree(busy_folder, tmp_path / "home" / "data"))


def a_long_day(store: Store, user: User, clock: SetClock) -> None:
    """Contacts with names of every script, promises, a parked contact; each desk has its own."""
    for number in range(40):
        save(
            store,
            user,
            clock,
            person_name=NAMES[number % len(NAMES)],
            phone="01632 960001",
            question="Cannot pay the whole sum at once",
            answer="The means form was sent. " * (number % 9 + 1),
            outcome="MSG",
            extras={"team": "List office", "by_when": clock.today.isoformat()},
        )
        clock.passes(hours=1)
    clock.shows(SetClock().moment)
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    acting = Acting(user, clock.moment, book)
    given = {"room": NAMES[2], "what": NAMES[5], "danger": "life"}
    store.call_write(cases.open_case, acting, new_id(), "building_issue", given)
    meeting = {"meeting_on": "2026-01-05", "place": NAMES[2], "chair": NAMES[5]}
    store.call_write(cases.open_case, acting, new_id(), "meeting", meeting)
    judge = new_id()
    store.call_write(cases.open_case, acting, judge, "diary", {"of": NAMES[4]})
    times = {"start": "2026-11-18T10:00", "end": "2026-11-18T12:00"}
    booked = {"resource": NAMES[4], **times}
    store.call_write(cases.add_item, acting, judge, "booking", booked)
    give_roles(store, "fire_warden")
    clock.passes(minutes=DAY_MINUTES)
    rung = save(
        store,
        user,
        clock,
        person_name=NAMES[1],
        outcome="CBK",
        extras={"slot": "tomorrow 10", "kind": "about"},
    )
    person = store.call_read(contact_lines.record, rung.id, user=user).person_id or ""
    unsafe = SafeAnswers(ok_to_call="no", note="日本")
    store.call_write(safe_contact.save, person, unsafe, user=user)
    values = {"topic": "FIN", "person_name": NAMES[2], "answer": "Waits"}
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    complains = acting_on(user, clock.moment, paths.settings_folder())
    for name in NAMES:
        said = a_complaint_draft(person_name=name, summary=f"{name} waited", owner=user.id)
        store.call_write(log.log, complains, new_id(), said)
    court = JuryDesk(store, clock, user)
    court.pool()
    for place, name in enumerate(NAMES):
        court.juror(place, title=name[:3], adjustment="W", adjustment_text=name, welsh=1)
    court.date = clock.today - dt.timedelta(days=1)
    for place, _name in enumerate(NAMES, start=len(NAMES)):
        court.juror(place, next_on="")
        times = {"time_in": "900", "time_out": "1530"}
        court.do(doing.do, juror_number(place), Do.ADD_DAY, times)
    hearings = Court(store, user, clock)
    for number, name in enumerate(NAMES):
        listed = json.dumps([{"role": name, "name": name}])
        hearing = hearings.hearing("14:00", case_ref=f"K{number}", case_name=name, parties=listed)
        hearings.need(hearing, "RA0043", party_name=name, party_key="x", comment=f"{name} asked")


async def contacts(pilot: Pilot[Any], recorder: Recorder) -> None:
    """Lists, records, notes, what is found, and a contact up to its problems."""
    look, keys = recorder.look, recorder.keys
    await look(pilot)
    await keys(pilot, "down", "down", "ctrl+p", "escape", "ctrl+g", "e", "down", "down")
    await keys(pilot, *("pagedown", "down", "pageup", "up", "end", "up", "home", "down", "enter"))
    await keys(pilot, "ctrl+o", "f1", "escape", "down", "escape", "f5")
    await fill(pilot, note="日本 Ring back")
    await keys(pilot, "x", "escape", "escape", "ctrl+g", "h", "f3")
    await fill(pilot, search="jones")
    await keys(pilot, "down", "down")
    await fill(pilot, search="jury date clashes with holiday")
    await keys(pilot, "tab", "shift+tab", "enter", "enter", "tab", "end", "a", "enter", "escape")
    await keys(pilot, "f8", "escape", "ctrl+r", "escape", "f9", "escape", "escape")
    await fill(pilot, search="aberystwyth justice")
    await keys(pilot, "enter", "enter", "f12", "f12", "ctrl+g", "p", "j", "down", "end", "up", "f2")
    await choose(pilot, "topic", "fine")
    await fill(pilot, person_id=NAMES[3], question="Why \u65e5\u672c\nand when")
    await keys(pilot, "f3")  # where the terminal is wide, beside the form
    await fill(pilot, search="jury date clashes with holiday")
    await keys(pilot, "enter", "enter", "escape", "escape")
    await keys(pilot, "a", "backspace", "tab", "f8", "f8", "ctrl+l", "ctrl+q", "escape")


async def casework(pilot: Pilot[Any], recorder: Recorder) -> None:
    """A case and its forms and papers, the diary, the daily list."""
    keys = recorder.keys
    await keys(pilot, "ctrl+g", "c", "right", "down", "up", "enter", "9", "escape", "8", "enter")
    await keys(pilot, "escape", "down", "f9", "escape", "2", "tab", "escape", "escape")
    await keys(pilot, "ctrl+g", "y", "ctrl+g", "d", "enter", "m", "escape")
    await keys(pilot, "ctrl+g", "r", "c", "escape", "ctrl+g", "r", "s", "ctrl+g", "l")
    await keys(pilot, "ctrl+g", "h")


async def people(pilot: Pilot[Any], recorder: Recorder) -> None:
    """Hard minutes; what is recorded of a person; callbacks, markers, figures."""
    keys = recorder.keys
    await hard_minutes(pilot, recorder)
    await keys(pilot, "ctrl+g", "b", "enter", "enter")
    await fill(pilot, reason="日本 urgent")
    await keys(
        pilot, "escape", "f9", "b", "escape", "escape", "ctrl+g", "m", "ctrl+g", "t", "ctrl+g", "w",
        "ctrl+g", "n",
    )  # fmt: skip
    await keys(
        pilot,
        "ctrl+g",
        "x",
        "ctrl+g",
        "r",
        "enter",
        "escape",
        "ctrl+g",
        "e",
        "down",
        "enter",
        "ctrl+o",
    )
    for letter in "scl":
        await keys(pilot, "ctrl+r", letter, "escape")
    await keys(pilot, "ctrl+r", "m", "enter", "escape", "f2", "ctrl+r", "i", "escape")
    await fill(pilot, answer="日本 was said")
    await keys(pilot, "ctrl+n", "v", "escape", "f4", "1", "y", "1")
    await fill(pilot, **{"answer-line": "日本 bridge"})
    await keys(pilot, "x", "9", "enter", "9", "escape", "shift+tab", "escape", "f5", "ctrl+r")
    await keys(pilot, "escape", "escape")


async def knowledge(pilot: Pilot[Any], recorder: Recorder) -> None:
    """A local article from its form to its versions, and what differs between them."""
    await recorder.keys(pilot, "ctrl+g", "k", "ctrl+r", "l", "ctrl+n", "a")
    await fill(pilot, title="日本 lift", text="## In short\n\nسارة [/b] \U0001f600")
    await recorder.keys(pilot, "f8", "enter", "v", "enter", "b", "escape", "escape", "escape")


async def complaints(pilot: Pilot[Any], recorder: Recorder) -> None:
    """Worklists, a form, a record with its dates and changes, a move, papers, OPTIC, figures."""
    keys = recorder.keys
    await keys(pilot, "ctrl+g", "u", "right", "left", "ctrl+r", "escape", "down", "up", "enter")
    await keys(pilot, "f9", "escape", "ctrl+r", "escape", "enter", "escape", "n")
    await fill(pilot, note="日本 Rang back")
    await keys(pilot, "escape", "1", "a", "escape", "1", "o", "f8", "escape", "escape")
    await keys(pilot, "1", "c", "escape", "ctrl+g", "u", "ctrl+n")
    await choose(pilot, "categories", "att")
    await fill(pilot, person_id=NAMES[5], details="日本 said\nسارة")
    await keys(
        pilot, "ctrl+r", "f", "d", "escape", "f8", "escape", "ctrl+g", "o", "ctrl+g", "r", "u"
    )


async def jury(pilot: Pilot[Any], recorder: Recorder) -> None:
    """Import and export, scans, check-in by list, a panel, a juror, pools, the end of the day."""
    keys = recorder.keys
    await keys(pilot, "ctrl+g", "j", "i")
    await fill(pilot, line="/nowhere/\u65e5\u672c.csv")
    await keys(pilot, "enter", "escape", "x", "escape", "down", "s")
    for line in (juror_number(0), juror_number(1), "\u65e5\u672c", "p"):
        await fill(pilot, scan=line)
        await keys(pilot, "enter")
    await keys(pilot, "f5", "f5", "f9", "ctrl+r", "escape", "escape", "b")
    await fill(pilot, search=juror_number(3))
    await keys(pilot, "enter", "f8", "enter", "t", "ctrl+n")
    await fill(pilot, number="T1", name=NAMES[2])
    await keys(pilot, "f8", "d")
    await fill(pilot, line="2")
    await keys(pilot, "enter", "a", "e", "y", "v", "escape", "down", "j", "k")
    await fill(pilot, note="\u65e5\u672c rang")
    await keys(pilot, "escape", "enter", "escape", "escape", "ctrl+g", "j", "l", "right", "down")
    await keys(pilot, "ctrl+g", "j", "p", "enter", "down", "ctrl+g", "j", "o", "escape", "c")
    await keys(pilot, "pagedown", "pageup", "f8")


async def juror_expenses(pilot: Pilot[Any], recorder: Recorder) -> None:
    """An estimate, a claim from its list to submission, what explains it, and the reports."""
    keys = recorder.keys
    await keys(pilot, "ctrl+g", "z")
    await fill(pilot, daily_earnings="85", car="12")
    await keys(pilot, "ctrl+g", "j", "e", "right", "left", "enter", "e", "pagedown")
    await keys(pilot, "escape", "d", "enter", "n", "enter")
    await fill(pilot, loss="\u65e5\u672c", other="2")
    await keys(pilot, "f8", "down", "up", "ctrl+t", "y", "s", "y", "ctrl+r", "escape")
    await keys(pilot, "ctrl+g", "j", "r", "right", "left", "enter", "f", "enter", "y", "f8")
    await keys(pilot, "escape", "enter", "t")


async def bookings(pilot: Pilot[Any], recorder: Recorder) -> None:
    """Worklists, a booking from its form to the timesheet, the register, figures, the calendar."""
    keys = recorder.keys
    await keys(pilot, "ctrl+g", "i", "right", "left", "ctrl+r", "escape", "ctrl+n")
    await choose(pilot, "language", "polish")
    await fill(pilot, start="10:30", end="12:30", for_name=NAMES[2], room=NAMES[4])
    await keys(pilot, "f8", "y", "enter", "escape", "i")
    await fill(pilot, interpreter=NAMES[5])
    await keys(pilot, "f8", "a", "a", "c", "s")
    await fill(pilot, arrived="9:50", comments=f"{NAMES[3]} was good")
    await keys(pilot, "f8", "escape", "escape", "t", "escape", "p")
    await fill(pilot, details=NAMES[4])
    await keys(pilot, "escape", "escape", "ctrl+r", "h", "escape", "ctrl+r", "f", "escape")
    await keys(pilot, "ctrl+r", "l", "escape", "ctrl+r", "i", "enter", "c", "escape", "a")
    await fill(pilot, note=NAMES[2])
    await keys(pilot, "escape", "escape", "ctrl+n", "escape")


async def hearings(pilot: Pilot[Any], recorder: Recorder) -> None:
    """The board, a hearing with its needs, its result, the rooms, papers, a list."""
    app, keys = pilot.app, recorder.keys
    assert isinstance(app, DeskApp)
    app.user = app.user._replace(role=Role.TEAM_LEADER)
    await keys(pilot, "ctrl+g", "g", "right", "left", "ctrl+r", "escape", "down", "f9", "escape")
    await keys(pilot, "enter", "e")
    await fill(pilot, comment="日本 behind a screen")
    await keys(pilot, "f8", "escape", "t", "x")
    await fill(pilot, by=NAMES[4])
    await keys(pilot, "f8", "p", "c", "i", "r", "f8", "a", "escape", "v", "escape", "w", "h")
    await keys(pilot, "escape", "f5", "escape", "ctrl+r", "f", "enter", "k", "enter", "escape")
    await keys(pilot, "ctrl+r", "g", "left", "escape", "ctrl+n", *"none.json", "enter", "escape")


async def hard_minutes(pilot: Pilot[Any], recorder: Recorder) -> None:
    """A risk that the senior person is told of later, who that is, and the covered screen."""
    app, keys = pilot.app, recorder.keys
    assert isinstance(app, DeskApp)
    app.user = app.user._replace(role=Role.TEAM_LEADER)
    await keys(pilot, "f4", "r")
    await fill(pilot, what="日本 Ice on the steps")
    await keys(pilot, "f8", "o", "9", "escape", "f4", "n", "enter", "x", "f10", "f10", "escape")
    await keys(pilot, "escape")


def play(pieces: list[str | tuple[int, int]], both: Both, *, ascii_only: bool = False) -> None:
    """Write what was recorded to both terminals, comparing them after each piece."""
    for piece in pieces:
        if isinstance(piece, tuple):
            both.resize(*piece)
            continue
        both.write(seven_bit.translate(piece) if ascii_only else piece)
        both.flush()
        both.assert_readable()
        both.assert_equal()
    both.assert_equal(all_rows=True)


async def first_screens(folder: Path, clock: SetClock, recorder: Recorder) -> None:
    """The question of the first start, that of every later one, a desk that must exchange."""
    made = folder / "made"
    for _start in range(2):
        app = DeskApp(made, profile=THIN, settings=Settings(), clock=clock.clock)
        app.store_or_question()
        async with app.run_test(size=(80, 24)) as pilot:
            await recorder.look(pilot)
            await recorder.keys(pilot, "x", "tab", "y")
        app.close_store()
        if not made.exists():
            store, _user = first_start.prepare(
                made,
                site_key=SITE,
                name="Ann Jones",
                role=Role.OFFICER,
                passphrase="correct horse",
                clock=clock.clock,
            )
            store.close()
    closed = folder / "closed"
    store, _user = first_start.prepare(
        closed, site_key=SITE, name="Ann", role=Role.OFFICER, insecure=True, clock=clock.clock
    )
    exchanged(store, clock.moment, clock.moment)
    store.close()
    clock.passes(days=31)
    app = DeskApp(closed, profile=THIN, settings=Settings(), clock=clock.clock)
    app.store_or_question()
    async with app.run_test(size=(80, 24)) as pilot:
        await recorder.look(pilot)
        await recorder.keys(pilot, "e", "w", "escape")
    app.close_store()


FIRST = frozenset({"LimitScreen", "SetupScreen", "UnlockScreen"})
WALKS: dict[str, tuple[Walk, frozenset[str]]] = {
    "contacts": (
        contacts,
        frozenset(
            {
                "ArticlePaper",
                "ArticleScreen",
                "ContactRecordScreen",
                "ContactScreen",
                "CourtScreen",
                "EnquiriesScreen",
                "FindScreen",
                "GoMenu",
                "Help",
                "HomeScreen",
                "Menu",
                "NoteScreen",
                "PersonScreen",
                "PersonsScreen",
                "Pick",
            }
        ),
    ),
    "knowledge": (
        knowledge,
        frozenset(
            {
                "DifferenceScreen",
                "GoMenu",
                "KnowledgeScreen",
                "LocalFormScreen",
                "LocalItemScreen",
                "Menu",
                "VersionsScreen",
            }
        ),
    ),
    "casework": (
        casework,
        frozenset(
            {
                "AskLine",
                "CaseFormScreen",
                "CaseRecordScreen",
                "CaseReportsScreen",
                "CaseSamplesScreen",
                "CasesScreen",
                "DailyScreen",
                "DiaryScreen",
                "GoMenu",
                "HomeScreen",
                "LeavingScreen",
                "LetterScreen",
                "MeetingScreen",
                "Menu",
                "Pick",
            }
        ),
    ),
    "complaints": (
        complaints,
        frozenset(
            {
                "ComplaintChangesScreen",
                "ComplaintDatesScreen",
                "ComplaintFormScreen",
                "ComplaintLetterScreen",
                "ComplaintMoveScreen",
                "ComplaintRecordScreen",
                "ComplaintReportsScreen",
                "ComplaintsScreen",
                "GoMenu",
                "HandOverScreen",
                "Menu",
                "OpticPackScreen",
                "OpticScreen",
                "PackScreen",
                "Ticks",
            }
        ),
    ),
    "jury": (
        jury,
        frozenset(
            {
                "AskLine",
                "ByListScreen",
                "ConfirmDayScreen",
                "DrawScreen",
                "GoMenu",
                "JurorActScreen",
                "JurorScreen",
                "JuryDeskScreen",
                "JuryExportScreen",
                "JuryImportScreen",
                "JuryListsScreen",
                "Menu",
                "PoolScreen",
                "PoolsScreen",
                "ScanScreen",
                "TrialFormScreen",
                "TrialScreen",
                "TrialsScreen",
            }
        ),
    ),
    "juror expenses": (
        juror_expenses,
        frozenset(
            {
                "ExplainedScreen",
                "GoMenu",
                "JurorClaimScreen",
                "JurorExpenseScreen",
                "JuryDeskScreen",
                "JuryEstimateScreen",
                "JuryExpensesScreen",
                "JuryReportsScreen",
                "Menu",
                "Pick",
                "Ticks",
            }
        ),
    ),
    "bookings": (
        bookings,
        frozenset(
            {
                "AssignScreen",
                "AwayScreen",
                "BookingComplaintScreen",
                "BookingFormScreen",
                "BookingScreen",
                "CalendarScreen",
                "GoMenu",
                "HereScreen",
                "InterpreterFormScreen",
                "InterpreterReportsScreen",
                "InterpreterScreen",
                "InterpretersScreen",
                "Menu",
                "RegisterScreen",
                "TimesheetPaperScreen",
                "TimesheetScreen",
            }
        ),
    ),
    "hearings": (
        hearings,
        frozenset(
            {
                "AskLine",
                "ComplaintFormScreen",
                "DaySheetScreen",
                "GoMenu",
                "HearingFiguresScreen",
                "HearingFormScreen",
                "HearingImportScreen",
                "HearingRecordScreen",
                "HearingRoomsScreen",
                "HearingsScreen",
                "Menu",
                "Ticks",
            }
        ),
    ),
    "people": (
        people,
        frozenset(
            {
                "BookScreen",
                "CallbackScreen",
                "CallbacksScreen",
                "ConflictsScreen",
                "ContactRecordScreen",
                "ContactScreen",
                "DisposalScreen",
                "DutyScreen",
                "EnquiriesScreen",
                "GoMenu",
                "HardScreen",
                "HomeScreen",
                "LinkScreen",
                "LockScreen",
                "MarkerScreen",
                "MarkersScreen",
                "Menu",
                "PersonFormScreen",
                "PersonScreen",
                "PlainText",
                "ReportsScreen",
                "RingReasonScreen",
                "SafeContactScreen",
                "ScriptScreen",
                "SposScreen",
                "Ticks",
                "ToldScreen",
                "TurnaroundScreen",
                "SetAsideScreen",
            }
        ),
    ),
}
"""Each way with the screens that it shows."""


def test_every_screen_lies_on_a_way() -> None:
    """A new one gets its step here."""
    shown = FIRST.union(*(screens for _walk, screens in WALKS.values()))
    assert shown == screen_names()


@pytest.mark.parametrize("way", WALKS)
async def test_every_screen_is_shown_alike_in_every_theme(
    way: str, desk: Desk, recorder: Recorder
) -> None:
    """Menus, lists that scroll, help, messages; names of every script; 24-bit colours too."""
    walk, screens = WALKS[way]
    recorder.in_every_look = True
    app = desk()
    app.console._color_system = ColorSystem.TRUECOLOR
    with drawing.as_it_rests():
        async with app.run_test(size=(80, 24), notifications=True) as pilot:
            await walk(pilot, recorder)
    assert recorder.screens == screens
    assert any("38;2;" in piece for piece in recorder.pieces if isinstance(piece, str))
    play(recorder.pieces, Both(80, 24, abilities.MODERN))


async def test_the_first_screens_are_shown_alike_in_every_theme(
    recorder: Recorder, tmp_path: Path, clock: SetClock, cheap_passphrase: None
) -> None:
    """Before there is a store, and before it is unlocked."""
    recorder.in_every_look = True
    with drawing.as_it_rests():
        await first_screens(tmp_path, clock, recorder)
    assert recorder.screens >= FIRST
    play(recorder.pieces, Both(80, 24, abilities.MODERN))


@pytest.mark.parametrize("way", WALKS)
@pytest.mark.parametrize(
    ("size", "can", "drawn"),
    [
        ((60, 20), abilities.VT100, nullcontext),
        ((200, 60), abilities.IN_DEFAULT_COLOUR, drawing.as_it_rests),
    ],
    ids=["60x20", "200x60"],
)
async def test_every_screen_is_shown_alike_in_every_size(
    way: str,
    size: tuple[int, int],
    can: Abilities,
    drawn: Callable[[], AbstractContextManager[None]],
    desk: Desk,
    recorder: Recorder,
) -> None:
    """Also in plain ASCII, and on terminals that can less; in one size each step on the way too.

    What the driver is given are whole screens: ``Settling`` has one sent when it rests.
    """
    walk, screens = WALKS[way]
    app = desk()
    with drawn():
        async with app.run_test(size=size, notifications=True) as pilot:
            await walk(pilot, recorder)
    assert recorder.screens == screens
    both = Both(*size, can)
    play(recorder.pieces, both, ascii_only=can is abilities.VT100)
    assert both.sent < both.written / 5


PRESSED = (
    *("down", "down", "up", "tab", "tab", "shift+tab", "enter", "enter", "escape", "escape"),
    *("ctrl+g", "ctrl+g", "ctrl+n", "ctrl+p", "ctrl+r", "pagedown", "home", "end", "left", "right"),
    *("f1", "f2", "f3", "f4", "f5", "f8", "f9", "f10", "f12", "backspace"),
    *"abcdeghijklmnoprstuwxyz123",
)
"""What an officer may press who leans on the keyboard."""


@pytest.mark.parametrize(("seed", "size"), [(1, (80, 24)), (2, (60, 20)), (3, (132, 40))])
async def test_whatever_is_pressed_the_terminal_shows_the_screen(
    seed: int,
    size: tuple[int, int],
    desk: Desk,
    recorder: Recorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A key draws what it changes: painted as a whole, the screen is the same."""
    monkeypatch.chdir(tmp_path)  # an answer may be the name of a file
    monkeypatch.setattr(Toast, "_on_mount", lambda *_given: None)  # it goes between two looks
    pressed, terminal, app = Random(seed), Emulator(*size), desk()

    def shown() -> list[list[Cell]]:
        for piece in recorder.pieces:
            assert isinstance(piece, str)
            terminal.stream.feed(piece)
        recorder.pieces.clear()
        return [terminal.seen(row) for row in range(terminal.lines)]

    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        for _key in range(100):
            await press(pilot, key := pressed.choice(PRESSED))
            before = shown()
            app.screen.refresh()
            await settle(pilot)
            assert shown() == before, key
            drawing.assert_drawn_as_textual_draws(app.screen)
