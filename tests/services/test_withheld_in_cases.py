"""A confidential address stands in no text about the case, of whatever desk, whoever gave it away.

In a published ombudsman case the other side's solicitors had been told; they would have told us.
Source: enquiries sheet, section 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import follow_ups, home
from deskapp.services.callbacks import callback_cards, callback_lines
from deskapp.services.complaints import export, finding, worklists
from deskapp.services.enquiries import contact_lines
from deskapp.services.hearings import (
    bearings,
    ground_rules,
    links,
    needing,
    record,
    sheet,
    steps,
    unmet_needs,
)
from deskapp.services.hearings.day import Ready
from deskapp.services.hearings.links import LinkState
from deskapp.services.interpreters import changing, filling, paper
from deskapp.services.jury import doing, juror_record, searching
from deskapp.services.jury.asks import Do
from deskapp.services.paging import Want
from tests.builders import SITE, SetClock, save
from tests.jury_desk import JuryDesk
from tests.services.complaints.office import ComplaintOffice
from tests.services.hearings.office import TODAY, Court
from tests.services.interpreters.booking_desk import DAY, BookingDesk
from tests.withheld import EMAIL, EVERYWHERE, PHONE, POSTCODE, plant, shows

CASE = "ZZ26P0404"


@pytest.fixture
def ids(store: Store, user: User, clock: SetClock) -> Mapping[str, str]:
    """Somebody with a confidential address, who was in contact about the case."""
    return plant(store, user, clock, case_ref=CASE)


@pytest.fixture
def other_side(store: Store, user: User, clock: SetClock, ids: Mapping[str, str]) -> str:
    """The contact of somebody else in the case, whom we shall ring back; its id."""
    line = save(
        store, user, clock, person_name="Other Side", phone="01632 960999", postcode="ZZ1 1ZZ",
        case_ref="zz26-p0404", question=f"Is it true, {EVERYWHERE}?", answer=EVERYWHERE,
        outcome="CBK", extras={"slot": "20 11 2026 10:00", "kind": "window"},
    )  # fmt: skip
    save(
        store, user, clock, case_ref=CASE, answer="Will be looked at", outcome="MSG",
        extras={"team": f"Rings from {PHONE}", "by_when": "20 11 2026"},
    )  # fmt: skip
    return line.id


def test_no_contact_of_anybody_in_the_case_shows_it(
    store: Store, user: User, clock: SetClock, other_side: str
) -> None:
    """Nor the callback card, what is promised, nor the first screen; their own number stands."""
    found = store.call_read(contact_lines.record, other_side, user=user)
    assert (found.phone, found.postcode) == ("01632 960999", "ZZ1 1ZZ")
    [callback] = store.call_read(callback_lines.of_contact, other_side, user=user)
    told = (
        found,
        store.call_read(callback_cards.card, callback.id, user=user),
        store.call_read(follow_ups.page, Want(), user=user).lines,
        store.call_read(home.look, user=user, now=clock.moment),
    )
    assert len(store.call_read(follow_ups.page, Want(), user=user).lines) == 2
    assert [shows(each) for each in told] == [[]] * len(told)


@pytest.mark.parametrize("words", [PHONE, POSTCODE, EMAIL])
def test_a_search_for_it_confirms_nothing_by_the_words_of_others(
    words: str, store: Store, user: User, other_side: str
) -> None:
    """By their own name, number and postcode the others are found."""
    assert store.call_read(contact_lines.page, Want(), words, user=user).lines == []
    for own in ("other side true", "01632960999", "01632 960 999", "zz11zz"):
        [line] = store.call_read(contact_lines.page, Want(), own, user=user).lines
        assert line.id == other_side


def test_no_complaint_in_the_case_shows_it(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """Record, list, search, first screen and the table for other programs."""
    office = ComplaintOffice(store, clock, user)
    line = office.log(
        office.leader,
        case_ref=CASE,
        summary=f"Wrote to {EMAIL}",
        details=EVERYWHERE,
        owner=office.leader.id,
    )
    acting = office.acting(office.leader)
    which = worklists.Which.TEAM
    told = (
        office.look(office.leader, line.id),
        store.call_read(export.as_csv, user=office.leader, details=True),
        store.call_read(worklists.page, Want(), acting, which).lines,
        store.call_read(home.look, user=office.leader, now=clock.moment),
    )
    assert [shows(each) for each in told] == [[]] * len(told)
    assert store.call_read(finding.find, Want(), acting, POSTCODE).lines == []


def test_no_hearing_of_the_case_shows_it(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """Needs, links, what happened, the line of the board, the sheet on paper; told as withheld."""
    court = Court(store, user, clock)
    hearing = court.hearing(case_ref=CASE, note=EVERYWHERE)
    need = court.need(hearing, "RA0026", comment=EVERYWHERE)
    link = court.write(links.keep, hearing, "CVP", PHONE, link_id=new_id())
    court.write(links.record_test, link, LinkState.FAULT, EVERYWHERE)
    court.step(steps.note, hearing, EVERYWHERE)
    court.step(needing.tick, hearing, need, Ready.NOT_PROVIDED, EVERYWHERE)
    agreed = {"held_on": "today", "attended": EVERYWHERE[:200], "rules": EVERYWHERE}
    court.step(ground_rules.keep, hearing, agreed)
    found = court.read(record.read, hearing)
    told = (
        found,
        [record.history_words(found, event) for event in found.history],
        court.read(bearings.read, [hearing]),
        court.read(sheet.write, SITE, TODAY, "Court"),
        store.call_read(unmet_needs.handover, hearing, need, user=user),
    )
    assert [shows(each) for each in told] == [[]] * len(told)
    assert all("[withheld]" in str(each) for each in told)


def test_no_booking_for_the_person_or_the_case_shows_it(
    store: Store, user: User, clock: SetClock, ids: Mapping[str, str]
) -> None:
    """Its note and its history, with what was changed; the timesheet."""
    desk = BookingDesk(store, clock, user)
    hearing = desk.hearing(case_ref=CASE, case_key=CASE)
    for about in ({"person_id": ids["person"]}, {"hearings": hearing}):
        line = desk.booked(day=DAY, note=EVERYWHERE, dialect_note=EVERYWHERE, **about)
        found = desk.record(line)
        assert "[withheld]" in found.note
        form = store.call_read(filling.as_draft, line.id, desk.acting)
        assert shows((found, *paper.lines(found), form)) == []
        desk.take(changing.change, line, replace(form, room="Court 2"))
        kept = "SELECT note, room FROM booking WHERE id = ?"
        found_rows = store.call_read(Connection.execute, kept, (line.id,)).fetchall()
        assert found_rows == [(EVERYWHERE, "Court 2")]


def test_no_juror_of_whom_it_is_shows_it(store: Store, user: User, clock: SetClock) -> None:
    """A caller gives the juror number as their reference; by name the juror is found."""
    court = JuryDesk(store, clock, user)
    [juror] = court.jurors(1, phone=PHONE, email=EMAIL, postcode=POSTCODE)
    ask = store.call_read
    assert ask(searching.find, Want(), court.acting, POSTCODE).lines
    plant(store, user, clock, case_ref=juror)
    court.do(doing.do, juror, Do.NOTE, {"note": EVERYWHERE})
    found = court.store.call_read(juror_record.look, court.acting, juror)
    assert (found.person.phones, found.person.postcode) == (("withheld",), "withheld")
    assert shows(found) == []
    for words in (PHONE, POSTCODE, EMAIL):
        assert ask(searching.find, Want(), court.acting, words).lines == []
    for words in ("kim", juror):
        assert ask(searching.find, Want(), court.acting, words).lines


def test_what_one_who_must_not_be_rung_said_covers_nothing_of_others(
    store: Store, user: User, clock: SetClock
) -> None:
    """Only a confidential address is kept from everybody in the case."""
    plant(store, user, clock, code="", ok_to_call="no", case_ref=CASE)
    line = save(store, user, clock, case_ref=CASE, answer=f"Rings from {PHONE}")
    assert shows(store.call_read(contact_lines.record, line.id, user=user))
