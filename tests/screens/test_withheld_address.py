"""A confidential address: on no screen, in no file, and asked about where it is typed again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskapp.app import DeskApp
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import desk as desk_service
from deskapp.services import drafts, kinds, links
from deskapp.services.callbacks import callbacks, diaries
from deskapp.services.callbacks.callbacks import Wish
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from tests.builders import SetClock, save
from tests.jury_desk import JuryDesk
from tests.pilots import choose, fill, press, settle, shown, small, told
from tests.services.complaints.office import ComplaintOffice
from tests.services.hearings.office import Court
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, shows

Desk = Callable[..., DeskApp]
CASE = "52XY0012326"
NEWER = (kinds.COMPLAINT, kinds.HEARING, kinds.BOOKING, kinds.JUROR)
WRITTEN = f"lives at {POSTCODE}, {PHONE}, {EMAIL}"


def everything(store: Store, user: User, clock: SetClock, folder: Path) -> dict[str, str]:
    """Something of every desk about a person and their case, with the address in every text."""
    store.call_jot(lambda connection: connection.execute("UPDATE officer SET role = 'team_leader'"))
    leader = store.call_read(desk_service.user)
    ids = dict(plant(store, leader, clock, case_ref=CASE))
    now: dict[str, Any] = {"now": clock.moment, "user": leader}
    nation = desk_service.nation(leader.site)
    wish = Wish(clock.moment.replace(tzinfo=None, hour=11, minute=0), note=WRITTEN)
    diary = diaries.of_nation(nation)
    store.call_write(callbacks.book, ids["contact"], wish, **now, diary=diary)
    acting = Acting(leader, clock.moment, shelf.rulebook(folder / "settings", nation))
    ids["case"] = new_id()
    given = {"offender": f"Ann {PHONE}", "offence": WRITTEN}
    store.call_write(cases.open_case, acting, ids["case"], "cond_caution", given)
    store.call_write(cases.add_note, acting, ids["case"], WRITTEN)
    store.call_write(links.link, "contact", ids["contact"], "case_record", ids["case"], **now)
    office = ComplaintOffice(store, clock, leader)
    texts = {"summary": f"Wrote to {EMAIL}", "details": WRITTEN}
    ids[kinds.COMPLAINT] = office.log(leader, case_ref=CASE, **texts).id
    court = Court(store, leader, clock)
    ids[kinds.HEARING] = court.hearing(case_ref=CASE, note=WRITTEN)
    court.need(ids[kinds.HEARING], "RA0026", comment=WRITTEN)
    ids[kinds.BOOKING] = court.booking(ids[kinds.HEARING], note=WRITTEN)
    jury = JuryDesk(store, clock, leader)
    [ids[kinds.JUROR]] = jury.jurors(1, phone=PHONE, email=EMAIL, postcode=POSTCODE)
    save(store, leader, clock, person_id=ids["person"], case_ref=ids[kinds.JUROR])
    return ids


async def test_no_screen_no_file_and_no_log_shows_it(
    desk: Desk, store: Store, user: User, clock: SetClock, tmp_path: Path
) -> None:
    """Every place, every record of the person, what F3 finds, a CSV and whatever was written."""
    ids = everything(store, user, clock, tmp_path)
    app = desk()
    seen: dict[str, str] = {}
    async with small(app) as pilot:

        def look(name: str) -> None:
            seen[name] = shown(app) + "\n".join(told(app))

        await settle(pilot)
        look("home")
        for place in "ebcmrtydslugij":
            await press(pilot, "ctrl+g", place)
            look(place)
            await press(pilot, "ctrl+g", "h")
        for kind, record in (
            (kinds.CONTACT, ids["contact"]),
            (kinds.PERSON, ids["person"]),
            (kinds.CASE, ids["case"]),
            *((kind, ids[kind]) for kind in NEWER),
        ):
            app.open(kind, record)
            await settle(pilot)
            look(kind)
            await press(pilot, "end", "escape")
        await press(pilot, "ctrl+g", "b", "enter")
        look("callback")
        await press(pilot, "ctrl+g", "h", "f3", *"confidential caller".replace(" ", "_"))
        look("found")
        await press(pilot, "ctrl+g", "h", "f2")
        await choose(pilot, "topic", "FIN")
        await fill(pilot, person_id="confidential cal")
        await press(pilot, "down", "enter")
        look("contact")
    assert "Confidential Caller" in seen[kinds.CONTACT], "the test looks at something"
    assert {kind for kind in NEWER if "withheld" in seen[kind]} == {*NEWER}
    assert {name for name, page in seen.items() if shows(page)} == set()
    plain = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".db"]
    written = {path: path.read_bytes().decode("utf-8", "replace") for path in plain}
    assert [path for path, text in written.items() if shows(text)] == []


@pytest.mark.parametrize(("answer", "kept"), [("b", "Ring [withheld]"), ("k", f"Ring {PHONE}")])
async def test_a_note_that_spells_it_out_is_asked_about(
    answer: str, kept: str, desk: Desk, store: Store, user: User, clock: SetClock
) -> None:
    """Blanked or kept as the officer says; Esc goes back to the words."""
    ids = plant(store, user, clock)
    app = desk()
    async with small(app) as pilot:
        await settle(pilot)
        app.open(kinds.CONTACT, ids["contact"])
        await settle(pilot)
        await press(pilot, "f5")
        await fill(pilot, note=f"Ring {PHONE}")
        await press(pilot, "f8")
        assert "The text says how to reach somebody" in shown(app)
        await press(pilot, "escape", "f8", answer)
    notes = store.call_read(
        lambda connection: connection.execute("SELECT note FROM contact_event").fetchall()
    )
    assert notes[-1] == (kept,)
    assert store.call_read(drafts.waiting, user.id) == []
