"""Complaints about interpreters: kept in the history, sent on three paths, counted when proven."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role
from deskapp.services import kinds, links
from deskapp.services.complaints import log
from deskapp.services.complaints.acting import acting_on as complains
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.days import Days
from deskapp.services.interpreters import complaints, statistics_report
from deskapp.services.interpreters.complaints import Path
from deskapp.services.interpreters.lines import BookingLine
from deskapp.services.interpreters.statistics_asked import Asked
from deskapp.services.local_files import SHIPPED
from tests.services.interpreters.booking_desk import BookingDesk

DECEMBER = Days(dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def complain(bench: BookingDesk, line: BookingLine, **given: Any) -> str:
    """Write down that somebody came late; the id of the complaint."""
    usual = {
        "path": "interpreter",
        "category": "late",
        "details": "Came [/b] late",
        "event_id": new_id(),
    }
    values = {**usual, **given}
    bench.write(complaints.make, line.id, **values)
    return str(values["event_id"])


def decide(bench: BookingDesk, line: BookingLine, complaint: str, **given: Any) -> None:
    """Say whether it was proven."""
    usual = {"proven": True, "reason": "Seen on camera", "event_id": new_id()}
    bench.write(complaints.decide, line.id, complaint, **{**usual, **given})


def test_a_complaint_is_an_entry_of_the_history_and_no_state(bench: BookingDesk) -> None:
    """The booking stays fulfilled, whatever is said of the interpreter."""
    line = bench.signed()
    event_id = complain(bench, line)
    complain(bench, line, event_id=event_id)
    kept = bench.record(line)
    assert kept.line.status is line.status
    assert [each.what for each in kept.history].count("Complaint") == 1
    assert kept.history[-1].reason == "Came [/b] late"


@pytest.mark.parametrize("role", [Role.HEARING_ROOM, Role.OFFICER, Role.TEAM_LEADER])
def test_everybody_at_a_hearing_may_complain_but_leaders_alone_decide(
    role: Role, bench: BookingDesk
) -> None:
    """Who saw it writes it down; who answers for it decides."""
    line = bench.signed()
    by_role = bench.as_role(role)
    complaint = complain(by_role, line)
    if role is Role.TEAM_LEADER:
        decide(by_role, line, complaint)
        assert bench.read(complaints.open_ones, line.id, user=bench.user) == []
    else:
        with pytest.raises(NotAllowedError):
            decide(by_role, line, complaint)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"path": "x"}, "path"), ({"category": ""}, "category"), ({"details": " "}, "details"),
     ({"details": "x" * 2001}, "details")],
)  # fmt: skip
def test_what_is_missing_is_said_beside_its_field(
    given: dict[str, str], field: str, bench: BookingDesk
) -> None:
    """Path, category and words are needed; nothing is kept without them."""
    line = bench.signed()
    with pytest.raises(FormProblemsError) as error:
        complain(bench, line, **given)
    assert [each.field for each in error.value.problems] == [field]


def test_only_what_was_proven_enters_the_published_rate(bench: BookingDesk) -> None:
    """Two complaints of one booking, one of them proven."""
    line, leader = bench.signed(), bench.as_role(Role.TEAM_LEADER)
    first, second = complain(bench, line), complain(bench, line)
    decide(leader, line, first)
    decide(leader, line, second, proven=False)
    with pytest.raises(NotFoundError):
        decide(leader, line, first)
    asked = Asked(DECEMBER)
    found = bench.read(statistics_report.read, asked, user=bench.user)
    assert (found.whole.complaints, f"{found.whole.complaint_rate}") == (1, "100.0")


def test_each_path_says_whom_to_tell(bench: BookingDesk) -> None:
    """deskapp sends nothing by itself."""
    told = [complaints.where(path, "LW-1", "contract mailbox") for path in Path]
    assert "language supplier" in told[0]
    assert "10 working days" in told[1]
    assert "contract mailbox" in told[2]


def test_the_second_path_becomes_a_complaint_that_is_linked(bench: BookingDesk) -> None:
    """Its form is filled in with what was written down, and both records lead to each other."""
    line = bench.booked(hearings=bench.hearing())
    values = bench.read(complaints.handover, line.id, "Nobody was booked", user=bench.user)
    assert (values["case_ref"], values["details"]) == ("ZZ26P0001", "Nobody was booked")
    more = {"person_name": "Ann Example", "jurisdiction": "civil", "channel": "phone",
            "received_on": "18 Nov 2026"}  # fmt: skip
    draft = ComplaintDraft.from_values({**values, **more})
    who = complains(bench.user, bench.clock.moment, SHIPPED)
    made = bench.store.call_write(log.log, who, new_id(), draft)
    linked = bench.read(links.of, kinds.BOOKING, line.id, user=bench.user)
    assert [(each.table, each.id) for each in linked] == [(kinds.COMPLAINT, made.id)]
