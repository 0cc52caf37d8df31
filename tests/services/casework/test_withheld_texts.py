"""A withheld address stands in no text of a case about that person; the store keeps it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.services import home, link_lines, links
from deskapp.services.casework import (
    case_find,
    case_lists,
    cases,
    due_lists,
    letters,
    loader,
    reports,
    withheld_texts,
)
from deskapp.services.casework.case_lists import Which
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.letter_text import LetterError
from deskapp.services.links import Link
from deskapp.services.paging import Want
from tests.builders import SITE
from tests.services.casework.hand import Hand
from tests.withheld import EMAIL, PHONE, POSTCODE, plant, shows

WRITTEN = f"Lives at {POSTCODE}, rings from {PHONE}, {EMAIL}"
TODAY = dt.date(2026, 11, 18)


class Told:
    """Everything that is shown of a case about a person whose address is confidential."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.ids = plant(hand.store, hand.user, hand.clock)
        shipped = {each.id: each for each in loader.shipped()}
        hand.book = hand.book.of(shipped.values(), hand.book.calendar)
        self.case_id = hand.open("cond_caution", offender=f"Ann {PHONE}", offence=WRITTEN)
        condition = {
            "text": WRITTEN,
            "provider": "Course",
            "appointment_on": "2026-11-30",
        }
        hand.call(cases.add_item, self.case_id, "condition", condition, item_id="c1")
        hand.call(cases.add_note, self.case_id, WRITTEN)

    def link(self, table: str, record_id: str, *, undo: bool = False) -> None:
        """Link the case with a record, or take the link back."""
        given: dict[str, Any] = {"user": self.hand.user, "now": self.hand.clock.moment}
        write = self.hand.store.call_write
        if undo:
            one, other = Link("case_record", self.case_id), Link(table, record_id)
            write(links.unlink, one, other, reason="Not about them", **given)
        else:
            write(links.link, table, record_id, "case_record", self.case_id, **given)

    def everywhere(self) -> list[str]:
        """Where the address stands in what is shown, one entry for each reader."""
        hand, read = self.hand, self.hand.store.call_read
        record = hand.call(cases.look, self.case_id)
        who, until = hand.acting, TODAY + dt.timedelta(days=400)
        contact = Link("contact", self.ids["contact"])
        told = {
            "answers": record.answers,
            "items": record.items,
            "history": record.history,
            "line": record.line,
            "list": read(case_lists.page, Want(), who, Which.OPEN),
            "found": read(case_find.find, Want(), who, "ann"),
            "due": read(due_lists.page, Want(), who, until),
            "home": read(home.look, user=hand.user, now=hand.clock.moment + dt.timedelta(days=400)),
            "links": read(link_lines.lines, who, contact),
        }
        for letter_id, item in letters_of(record):
            with suppress(LetterError):  # something that it needs is not filled in
                given: dict[str, Any] = {"site": SITE, "today": TODAY, "item": item}
                told[letter_id] = letters.write(record, letter_id, **given)
        return [name for name, value in told.items() if shows(value)]


def letters_of(record: CaseRecord) -> list[tuple[str, str]]:
    """The letters that are offered, and the item each is about."""
    return [(offer.letter.id, offer.item) for offer in letters.offered(record)]


@pytest.fixture
def told(hand: Hand) -> Told:
    """A case that is linked with nobody yet."""
    return Told(hand)


@pytest.mark.parametrize("table", ["person", "contact"])
def test_no_text_of_a_case_about_the_person_shows_it(table: str, told: Told) -> None:
    """Whether the case is linked with the person or with a contact they had; in letters too."""
    before = told.everywhere()
    assert {"answers", "items", "history", "line", "list", "joining"} <= set(before)
    told.link(table, told.ids[table])
    assert told.everywhere() == []
    kept = told.hand.store.call_read(Connection.execute, "SELECT answers FROM case_event")
    assert shows(kept.fetchall()), "the store keeps it"
    told.link(table, told.ids[table], undo=True)
    assert [name for name in told.everywhere() if name != "links"] == before


@pytest.mark.parametrize("told_by", ["field", "other_reference"])
def test_a_case_that_names_a_court_case_is_about_everybody_in_it(told_by: str, hand: Hand) -> None:
    """The other side may have been told the address, and told us; nobody links the request."""
    plant(hand.store, hand.user, hand.clock, case_ref="ZZ26P0404")
    shipped = {each.id: each for each in loader.shipped()}
    hand.book = hand.book.of(shipped.values(), hand.book.calendar)
    values, elsewhere = {"hearing_type": WRITTEN}, ""
    if told_by == "field":
        values["case_ref"] = "zz26-p0404"
    else:
        elsewhere = "L-1; ZZ26 P0404"
    case_id = new_id()
    hand.call(cases.open_case, case_id, "listing_request", values, external_refs=elsewhere)
    other = hand.open("listing_request", hearing_type=WRITTEN, case_ref="ZZ26P0405")
    assert not shows(hand.call(cases.look, case_id))
    assert shows(hand.call(cases.look, other)), "nobody in that case asked for it"
    found = hand.store.call_read(case_find.find, Want(), hand.acting, PHONE)
    assert found.lines == []


def test_the_cases_that_an_action_opened_are_about_the_same_person(told: Told) -> None:
    """A family is linked once."""
    hand = told.hand
    told.link("contact", told.ids["contact"])
    hand.store.call_jot(
        lambda connection: connection.execute(
            "INSERT INTO case_record (id, home_site, sync_rev, family_id, ref, ref_key, scheme,"
            " owner_id, external_refs, created_at)"
            " SELECT 'kin', home_site, sync_rev, family_id, 'K-1', 'K1', scheme, owner_id, '',"
            " created_at FROM case_record WHERE id = ?",
            (told.case_id,),
        )
    )
    assert hand.store.call_read(withheld_texts.cover, "kin").address
    assert not hand.store.call_read(withheld_texts.cover, "nobody").address


@pytest.mark.parametrize("words", [PHONE, "900555", POSTCODE, "zz999zz", EMAIL, "planted"])
def test_a_case_search_by_the_address_confirms_nothing(words: str, told: Told) -> None:
    """Who is named is found as before, in both directions and behind what is left out."""
    hand = told.hand
    other = hand.open("cond_caution", offender=f"Neighbour {PHONE}")

    def found(text: str, **want: Any) -> list[str]:
        page = hand.store.call_read(case_find.find, Want(**want), hand.acting, text)
        return [line.id for line in page.lines]

    told.link("person", told.ids["person"])
    assert told.case_id not in found(words)
    assert told.case_id in found("ann")
    if words == PHONE:
        newest = hand.open("cond_caution", offender=f"Ann Again {PHONE}")
        given: dict[str, Any] = {"user": hand.user, "now": hand.clock.moment}
        hand.store.call_write(
            links.link, "person", told.ids["person"], "case_record", newest, **given
        )
        for backwards in (False, True):
            assert found(words, limit_rows=1, backwards=backwards) == [other]


@pytest.mark.parametrize("report", ["by_provider", "overdue_conditions", "completion"])
def test_no_report_groups_by_it(report: str, told: Told) -> None:
    """A report on the screen and in its file names what its lines have in common."""
    hand = told.hand
    condition = {"text": "Go", "provider": WRITTEN, "appointment_on": "2026-11-30"}
    hand.call(cases.add_item, told.case_id, "condition", condition, item_id="c2")
    days = {"first": dt.date(2026, 1, 1), "last": dt.date(2027, 12, 31)}
    before = hand.call(reports.run, "cond_caution", report, **days)
    assert shows(before.rows)
    told.link("person", told.ids["person"])
    after = hand.call(reports.run, "cond_caution", report, **days)
    assert len(after.rows) == len(before.rows)
    assert not shows(after.rows)
