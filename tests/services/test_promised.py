"""Who has somebody on the line sees what they were promised before they say anything."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.data.store import Store
from deskapp.errors import NotAllowedError
from deskapp.roles import Role, User
from deskapp.services import follow_ups
from deskapp.services.callbacks import callbacks
from deskapp.services.enquiries import contact_lines
from deskapp.services.persons import known, person_links
from deskapp.text import compact
from tests.builders import SetClock, put_marker, save

WHEN = {"slot": "14:00", "kind": "window"}
MESSAGE = {"team": "Listing", "by_when": "20 11"}


class Line:
    """A desk and whom it has on the line."""

    def __init__(self, store: Store, user: User, clock: SetClock) -> None:
        self.store, self.user, self.clock = store, user, clock

    def contact(self, outcome: str, extras: dict[str, str], **given: Any) -> str:
        """An earlier contact; the id of its person."""
        named = {"person_name": "Ann Jones", "answer": "Told what comes next.", **given}
        line = save(self.store, self.user, self.clock, outcome=outcome, extras=extras, **named)
        self.clock.passes(minutes=30)
        return self.store.call_read(contact_lines.record, line.id, user=self.user).person_id or ""

    def about(self, person_id: str, case_key: str = "", **given: Any) -> tuple[str, ...]:
        """What the person waits for."""
        user = given.get("user", self.user)
        seen = self.store.call_read(
            known.about, person_id, case_key, today=self.clock.today, user=user
        )
        return seen.promised

    def ids(self, table: str) -> list[tuple[str]]:
        """Of every row of a table."""
        return self.store.call_read(
            lambda connection: connection.execute(f"SELECT id FROM {table}").fetchall()
        )


@pytest.fixture
def line(store: Store, user: User, clock: SetClock) -> Line:
    """Wednesday 18 November 2026, 10:05."""
    return Line(store, user, clock)


def test_what_was_promised_is_said_until_it_is_kept(line: Line) -> None:
    """A call that is booked comes first; what is done or cancelled is not promised any more."""
    ann = line.contact("EML", {"within_days": "2"})
    line.contact("CBK", WHEN, person_id=ann, phone="01632 960001")
    assert line.about(ann) == (
        "to be rung back 18 Nov 14:00",
        "Answer in writing (20 Nov 2026)",
    )
    [(callback_id,)] = line.ids("callback")
    line.store.call_write(callbacks.cancel, callback_id, "came in", user=line.user)
    [(follow_up_id,)] = line.ids("follow_up")
    line.store.call_write(
        follow_ups.set_done, follow_up_id, True, now=line.clock.moment, user=line.user
    )
    assert line.about(ann) == ()


def test_the_same_person_under_another_record_is_asked_about_too(line: Line) -> None:
    """And somebody else about the same case."""
    ann = line.contact("EML", {"within_days": "2"})
    again = line.contact("RES", {}, person_name="Anne Jones")
    other = line.contact("MSG", MESSAGE, person_name="Mo Ali", case_ref="AB 12")
    assert line.about(again) == ()
    line.store.call_write(
        person_links.link, again, ann, "Same number", now=line.clock.moment, user=line.user
    )
    assert len(line.about(again)) == 1
    assert any("Listing" in each for each in line.about(again, compact("AB 12")))
    assert other not in (ann, again)


def test_a_confidential_address_is_in_no_promise(line: Line) -> None:
    """The words of a message may hold it."""
    ann = line.contact("MSG", {**MESSAGE, "team": "Post to SY23 1AS"}, postcode="SY23 1AS")
    put_marker(line.store, line.user, ann, "PF0004")
    assert "SY23" not in " ".join(line.about(ann))


def test_who_may_read_no_contacts_reads_no_promises(line: Line) -> None:
    """They are about people."""
    ann = line.contact("EML", {"within_days": "2"})
    with pytest.raises(NotAllowedError):
        line.about(ann, user=line.user._replace(role=Role.ADMINISTRATOR))


def test_one_line_says_the_first_and_how_many_more(line: Line) -> None:
    """The form has 24 rows."""
    ann = line.contact("EML", {"within_days": "2"})
    for _again in range(2):
        line.contact("EML", {"within_days": "5"}, person_id=ann)
    seen = line.store.call_read(known.about, ann, "", today=line.clock.today, user=line.user)
    assert seen.promise == "Waits for: Answer in writing (20 Nov 2026) · 2 more promises"
