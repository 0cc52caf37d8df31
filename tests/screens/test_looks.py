"""How the screens look; read the difference, then update with ``--snapshot-update``.

One picture per state of a screen, on the thin terminal, at 80x24 and wide.
"""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from deskapp import i18n
from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.roles import Role, User
from deskapp.services import drafts, first_start
from deskapp.services.demo import demo
from deskapp.services.enquiries import contact_rows
from deskapp.settings import Settings
from deskapp.terminal.profiles import THIN
from tests import stores
from tests.builders import SITE, SetClock, a_draft, a_span, save
from tests.pilots import choose, fill, press, settle

Desk = Callable[..., DeskApp]
Step = Callable[[Pilot[Any]], Awaitable[None]]
SMALL, WIDE = (80, 24), (120, 36)
NAMES = ("Ann Jones", "", "Siân O'Brien", "Bob Lee", "Llinos Prys-Davies", "سارة")


@pytest.fixture(autouse=True)
def _fixed_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """References are random; in a picture they are not."""
    numbers = itertools.count(1)

    def new_ref(prefix: str) -> str:
        digits = f"{next(numbers):03}".translate(str.maketrans("0125", "WXYZ"))
        return f"{prefix}-7KM-4X9-{digits}"

    monkeypatch.setattr(contact_rows, "new_ref", new_ref)


@pytest.fixture
def busy_desk(desk: Desk, store: Store, user: User, clock: SetClock) -> DeskApp:
    """A desk in the middle of a day: contacts, promises, one parked contact."""
    outcomes: list[dict[str, Any]] = [
        {"outcome": "RES"},
        {"outcome": "EML", "extras": {"within_days": "1"}},
        {
            "outcome": "MSG",
            "answer": "Ring back today",
            "extras": {"team": "Listing", "by_when": ""},
        },
        {"outcome": "ABN"},
    ]
    topics = ("FIN", "JRY", "HWF", "SUP", "OTH")
    clock.shows(clock.moment - dt.timedelta(days=2))
    for number in range(12):
        ending = dict(outcomes[number % len(outcomes)])
        if ending["outcome"] == "MSG":
            ending["extras"] = {"team": "Listing", "by_when": clock.today.isoformat()}
        save(
            store,
            user,
            clock,
            span=a_span(clock, minutes=3),
            topic=topics[number % len(topics)],
            person_name=NAMES[number % len(NAMES)],
            question="Cannot pay the whole sum at once",
            **ending,
        )
        clock.passes(hours=4)
    clock.shows(SetClock().moment)
    values = {"topic": "FIN", "person_name": "Ann [/b] Jones", "answer": "Waits for the form"}
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    return desk()


@pytest.fixture(scope="module")
def demonstration(prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration without contacts, of which every test has a copy."""
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    with pytest.MonkeyPatch.context() as now:
        now.setenv("DESKAPP_HOME", str(prepared_folder.parent))
        stores.write_fast(now)
        demo.prepare(folder, contacts=0, seed=7, clock=SetClock().clock)
    return folder


@pytest.fixture
def case_desk(demonstration: Path, tmp_path: Path, clock: SetClock) -> Iterator[DeskApp]:
    """Cases some of which are late, a grave fault, a key."""
    shutil.copytree(demonstration, tmp_path / "demo")
    app = DeskApp(tmp_path / "demo", profile=THIN, settings=Settings(), clock=clock.clock)
    app.store_or_question()
    yield app
    app.close_store()


def steps(*parts: Step | str) -> Step:
    """Keys to press and things to do before the picture."""

    async def run(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for part in parts:
            if isinstance(part, str):
                await press(pilot, part)
            else:
                await part(pilot)
        await settle(pilot)

    return run


async def a_call(pilot: Pilot[Any]) -> None:
    """A contact form half way through a call."""
    await press(pilot, "f2")
    await choose(pilot, "topic", "fine")
    await fill(pilot, person_id="Siân [/b] O'Brien", question="Cannot pay at once")
    await press(pilot, "tab")


async def wrong_details(pilot: Pilot[Any]) -> None:
    """A contact form with several things to put right."""
    await press(pilot, "f2")
    await fill(pilot, answer="Means form sent", phone="none", email="nobody")
    await press(pilot, "f8")


async def a_search(pilot: Pilot[Any]) -> None:
    """Persons, contacts and courts that match a word."""
    await press(pilot, "f3")
    await fill(pilot, search="jones")


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["small", "wide"])
@pytest.mark.parametrize(
    "before",
    [
        pytest.param(steps(), id="home"),
        pytest.param(steps(a_call), id="contact"),
        pytest.param(steps("ctrl+g", "e", "down"), id="enquiries"),
        pytest.param(steps("ctrl+g", "e", "down", "down", "enter"), id="record"),
    ],
)
def test_main_screens(
    before: Step, size: tuple[int, int], busy_desk: DeskApp, snap_compare: Any
) -> None:
    """Everything is there at 80x24, and a wide terminal is used."""
    assert snap_compare(busy_desk, run_before=before, terminal_size=size)


A_CASE = ("ctrl+g", "c", "f3", "down", "down", "enter")


@pytest.mark.parametrize(
    ("before", "language"),
    [
        pytest.param(steps("ctrl+g", "c", "f3", "down"), "en", id="cases"),
        pytest.param(steps("ctrl+g", "c", "f3", "down"), "cy", id="cases-welsh"),
        pytest.param(steps(*A_CASE), "en", id="record"),
        pytest.param(steps(*A_CASE), "cy", id="record-welsh"),
        pytest.param(steps(*A_CASE, "enter"), "en", id="actions"),
        pytest.param(steps(*A_CASE, "2"), "en", id="form"),
    ],
)
def test_casework(before: Step, language: str, case_desk: DeskApp, snap_compare: Any) -> None:
    """The list, a record, what may be done and a form."""
    i18n.use(language)
    case_desk.use(case_desk.store)
    assert snap_compare(case_desk, run_before=before, terminal_size=SMALL)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(steps(a_call, "f9"), id="outcome"),
        pytest.param(steps(wrong_details), id="problems"),
        pytest.param(steps(a_search), id="find"),
        pytest.param(steps("f1"), id="help"),
        pytest.param(steps("ctrl+g"), id="go"),
    ],
)
def test_questions_and_panes(before: Step, busy_desk: DeskApp, snap_compare: Any) -> None:
    """On the smallest terminal that must do."""
    assert snap_compare(busy_desk, run_before=before, terminal_size=SMALL)


async def an_article(pilot: Pilot[Any]) -> None:
    """What the caller said, in the box, and the article it led to."""
    await press(pilot, "f3")
    await fill(pilot, search="jury date clashes with holiday")
    await press(pilot, "enter", "enter")


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=["small", "wide"])
def test_an_article_in_a_call(size: tuple[int, int], busy_desk: DeskApp, snap_compare: Any) -> None:
    """Over the form, and beside it where the terminal is wide."""
    before = steps(a_call, an_article)
    assert snap_compare(busy_desk, run_before=before, terminal_size=size)


@pytest.mark.parametrize(
    "before",
    [pytest.param(steps(), id="home"), pytest.param(steps(a_call), id="contact")],
)
def test_main_screens_in_welsh(before: Step, busy_desk: DeskApp, snap_compare: Any) -> None:
    """Welsh words are longer and fit too."""
    i18n.use("cy")
    busy_desk.use(busy_desk.store)
    assert snap_compare(busy_desk, run_before=before, terminal_size=SMALL)


@pytest.mark.parametrize(
    "before",
    [pytest.param(steps(), id="home"), pytest.param(steps(a_call), id="contact")],
)
def test_main_screens_without_colour(
    before: Step,
    monkeypatch: pytest.MonkeyPatch,
    busy_desk: DeskApp,
    desk: Desk,
    snap_compare: Any,
) -> None:
    """What is marked is marked by words, bold or reverse."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(desk(), run_before=before, terminal_size=SMALL)


def test_home_of_a_fresh_desk(desk: Desk, snap_compare: Any) -> None:
    """It says what to do."""
    assert snap_compare(desk(), run_before=steps(), terminal_size=SMALL)


def test_first_start(tmp_path: Path, clock: SetClock, snap_compare: Any) -> None:
    """Three short questions."""
    app = DeskApp(tmp_path / "none", profile=THIN, settings=Settings(), clock=clock.clock)
    app.store_or_question()
    assert snap_compare(app, run_before=steps(), terminal_size=SMALL)


def test_unlock(tmp_path: Path, clock: SetClock, cheap_passphrase: None, snap_compare: Any) -> None:
    """One question."""
    store, _user = first_start.prepare(
        tmp_path / "desk",
        site_key=SITE,
        name="Ann Jones",
        role=Role.OFFICER,
        passphrase="correct horse",
        clock=clock.clock,
    )
    store.close()
    app = DeskApp(tmp_path / "desk", profile=THIN, settings=Settings(), clock=clock.clock)
    app.store_or_question()
    assert snap_compare(app, run_before=steps(), terminal_size=SMALL)


def test_pictures_hold_no_path_of_a_machine() -> None:
    """They are committed."""
    pictures = sorted(Path(__file__).parent.glob("__snapshots__/**/*.svg"))
    assert pictures
    for picture in pictures:
        text = picture.read_text(encoding="utf-8")
        assert not any(path in text for path in ("/tmp", "/home/", "/root", "/Users", "pytest-"))
