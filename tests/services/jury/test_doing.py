"""Status work at the store: each act with its refusals, and what the memberships say then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role
from deskapp.services.jury import doing, juror_record, pools, reading, scans, searching
from deskapp.services.jury.asks import ASKS, Do
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Status
from deskapp.services.paging import Want
from tests.jury_desk import POOL, JuryDesk, number

NINE = dt.time(9, 5)
OTHER, FAR = "411261102", "430261101"


def do(court: JuryDesk, of: int, what: Do, **given: str) -> JurorLine:
    """One act, done."""
    return court.do(doing.do, number(of), what, given)


def refused(take: Callable[[], object]) -> Refusal:
    """The code with which something is refused."""
    with pytest.raises(RefusedError) as caught:
        take()
    return caught.value.code


@pytest.fixture
def served(court: JuryDesk) -> JuryDesk:
    """A court with three jurors and another pool that starts in December."""
    court.jurors(3, date_of_birth="1980-05-01")
    court.pool(OTHER, start="2026-12-07")
    return court


def test_a_deferral_takes_the_juror_off_the_lists(served: JuryDesk) -> None:
    """Status, count, no date, no call; it is told with the reason."""
    line = do(served, 0, Do.DEFER, reason="Y", new_date="2027-03-01", note="A wedding abroad")
    assert (line.status, line.next_on, line.deferrals) == (Status.DEFERRED, None, 1)
    record = served.read(juror_record.look, number(0))
    assert record.memberships[0].deferred_to == dt.date(2027, 3, 1)
    assert record.events[0].note == "A wedding abroad"
    assert record.events[0].data["reason"] == "Y"


def test_deferral_is_refused_in_the_order_of_the_sheet(served: JuryDesk) -> None:
    """Section 4."""
    far: dict[str, Any] = {"reason": "Y", "new_date": "2028-03-01"}

    def deferral(of: int = 0, what: Do = Do.DEFER, **given: str) -> Refusal:
        return refused(lambda: do(served, of, what, **given))

    assert deferral(0, Do.REFUSE_DEFERRAL, reason="Y") is (Refusal.FIRST_DEFERRAL_CANNOT_BE_REFUSED)
    assert deferral(**far) is Refusal.BEYOND_12_MONTHS
    served.set(1, deferrals=1)
    assert deferral(1, **far) is Refusal.ALREADY_DEFERRED
    assert deferral(1, again="yes", **far) is Refusal.BEYOND_12_MONTHS
    assert deferral(1, again="yes", late="yes", **far) is Refusal.BEYOND_12_MONTHS
    manager = served.as_(Role.MANAGER)
    line = do(manager, 1, Do.DEFER, again="yes", late="yes", **far)
    assert (line.status, line.deferrals) == (Status.DEFERRED, 2)
    served.juror(9, date_of_birth="1950-11-30")
    assert deferral(9, reason="Y", new_date="2027-01-04") is Refusal.OVER_AGE
    assert deferral(0, Do.POSTPONE, new_date="2027-01-04", pool=POOL) is Refusal.SAME_POOL
    served.do(scans.check_in, number(2), NINE)
    assert deferral(2, reason="Y", new_date="2027-01-04") is Refusal.HAS_ATTENDANCES


def test_a_deferral_may_be_refused_the_second_time(served: JuryDesk) -> None:
    """The juror stays responded."""
    served.set(0, deferrals=1)
    assert do(served, 0, Do.REFUSE_DEFERRAL, reason="Y").status is Status.RESPONDED


def test_a_deferral_into_a_pool_makes_a_new_membership(served: JuryDesk) -> None:
    """The old one does not count any more."""
    line = do(served, 0, Do.POSTPONE, pool=OTHER)
    assert (line.pool, line.status, line.next_on) == (
        OTHER, Status.RESPONDED, dt.date(2026, 12, 7),
    )  # fmt: skip
    assert (line.original_start, line.deferrals) == (dt.date(2026, 11, 16), 1)
    record = served.read(juror_record.look, number(0))
    assert [(each.pool, each.active) for each in record.memberships] == [
        (OTHER, True), (POOL, False),
    ]  # fmt: skip


def test_a_deferred_juror_is_put_into_a_pool(served: JuryDesk) -> None:
    """Next date is its start."""
    do(served, 0, Do.DEFER, reason="Y", new_date="2026-12-07")
    line = do(served, 0, Do.INTO_POOL, pool=OTHER)
    assert (line.pool, line.status, line.deferrals) == (OTHER, Status.RESPONDED, 1)


def test_excusal_and_disqualification_need_a_reason_of_their_list(served: JuryDesk) -> None:
    """By its code; words or retired codes are none."""
    for what, reason in ((Do.EXCUSE, "H"), (Do.DISQUALIFY, "J"), (Do.EXCUSE, "")):
        with pytest.raises(FormProblemsError) as caught:
            do(served, 0, what, reason=reason)
        assert caught.value.problems[0].field == "reason"
    assert do(served, 0, Do.EXCUSE, reason="m").status is Status.EXCUSED
    assert do(served, 1, Do.DISQUALIFY, reason="R").status is Status.DISQUALIFIED
    assert refused(lambda: do(served, 0, Do.EXCUSE, reason="M")) is Refusal.WRONG_STATUS


def test_a_refused_excusal_keeps_the_juror_due(served: JuryDesk) -> None:
    """An empty next date becomes the start of the pool."""
    served.set(0, status=1, next_on="")
    line = do(served, 0, Do.REFUSE_EXCUSAL)
    assert (line.status, line.next_on) == (Status.RESPONDED, dt.date(2026, 11, 16))


def test_a_reply_needs_a_date_of_birth(served: JuryDesk) -> None:
    """It is kept with the juror, who is due from the start of the pool."""
    served.juror(7, status=1, next_on="")
    assert refused(lambda: do(served, 7, Do.ACCEPT_REPLY)) is Refusal.NO_DATE_OF_BIRTH
    line = do(served, 7, Do.ACCEPT_REPLY, date_of_birth="1990-02-28")
    assert (line.status, line.date_of_birth) == (Status.RESPONDED, dt.date(1990, 2, 28))
    assert line.next_on == line.service_start


def test_reassignment_stays_in_the_group_and_transfer_leaves_it(served: JuryDesk) -> None:
    """Source and target, with the refusals of both."""
    served.pool(FAR)
    assert refused(lambda: do(served, 0, Do.REASSIGN, pool=POOL)) is Refusal.SAME_POOL
    assert refused(lambda: do(served, 0, Do.REASSIGN, pool=FAR)) is Refusal.OTHER_GROUP
    assert refused(lambda: do(served, 0, Do.REASSIGN, pool="411261109")) is Refusal.NO_SUCH_POOL
    assert refused(lambda: do(served, 0, Do.TRANSFER, pool=OTHER)) is Refusal.SAME_GROUP
    served.juror(8, date_of_birth="1950-01-01")
    assert refused(lambda: do(served, 8, Do.REASSIGN, pool=OTHER)) is Refusal.OVER_AGE
    served.juror(9, date_of_birth="2009-01-01")
    assert refused(lambda: do(served, 9, Do.TRANSFER, pool=FAR)) is Refusal.UNDER_AGE
    assert do(served, 0, Do.REASSIGN, pool=OTHER).pool == OTHER
    do(served, 1, Do.TRANSFER, pool=FAR)
    record = served.read(juror_record.look, number(1))
    left = {each.pool: each.status for each in record.memberships}
    assert left == {FAR: Status.RESPONDED, POOL: Status.TRANSFERRED}


def test_nobody_is_transferred_with_a_day_that_is_not_confirmed(served: JuryDesk) -> None:
    """The sending court confirms it first."""
    served.pool(FAR)
    served.do(scans.check_in, number(0), NINE)
    assert refused(lambda: do(served, 0, Do.TRANSFER, pool=FAR)) is (
        Refusal.UNCONFIRMED_ATTENDANCES
    )


def test_a_transfer_to_a_court_that_this_desk_does_not_know(served: JuryDesk) -> None:
    """The Bureau makes the other membership; the age is that on the start there, as it is told."""
    far = {"pool": "450261201"}
    with pytest.raises(FormProblemsError, match="when service would begin"):
        do(served, 0, Do.TRANSFER, **far)
    served.juror(8, date_of_birth="1951-12-01")
    late = refused(lambda: do(served, 8, Do.TRANSFER, new_date="2027-12-01", **far))
    assert late is Refusal.OVER_AGE
    do(served, 0, Do.TRANSFER, new_date="2026-12-07", **far)
    [membership] = served.read(juror_record.look, number(0)).memberships
    assert (membership.status, membership.active) == (Status.TRANSFERRED, False)


def test_service_is_completed_and_a_team_leader_takes_it_back(served: JuryDesk) -> None:
    """Not before it began."""
    assert refused(lambda: do(served, 0, Do.COMPLETE, on="2026-11-13")) is (
        Refusal.BEFORE_SERVICE_START
    )
    line = do(served, 0, Do.COMPLETE)
    assert (line.status, line.completed_on, line.next_on) == (
        Status.COMPLETED, dt.date(2026, 11, 18), None,
    )  # fmt: skip
    assert refused(lambda: do(served, 0, Do.UNDO_COMPLETION)) is Refusal.NOT_ALLOWED
    assert do(served.as_(Role.TEAM_LEADER), 0, Do.UNDO_COMPLETION).status is Status.RESPONDED


def test_failed_to_attend_is_for_who_never_came(served: JuryDesk) -> None:
    """And is taken back by a team leader."""
    served.do(scans.check_in, number(0), NINE)
    assert refused(lambda: do(served, 0, Do.FAILED_TO_ATTEND)) is Refusal.HAS_ATTENDANCES
    assert do(served, 1, Do.FAILED_TO_ATTEND).status is Status.FAILED_TO_ATTEND
    leader = served.as_(Role.TEAM_LEADER)
    assert do(leader, 1, Do.UNDO_FAILED_TO_ATTEND).status is Status.RESPONDED


def test_next_date_and_on_call_exclude_each_other(served: JuryDesk) -> None:
    """And the court must sit that day."""
    line = do(served, 0, Do.ON_CALL)
    assert (line.on_call, line.next_on) == (True, None)
    line = do(served, 0, Do.NEXT_DATE, on="2026-11-23")
    assert (line.on_call, line.next_on) == (False, dt.date(2026, 11, 23))
    for day in ("2026-11-21", "2026-11-17"):
        with pytest.raises(FormProblemsError):
            do(served, 0, Do.NEXT_DATE, on=day)


def test_a_summons_comes_back_and_is_sent_again(served: JuryDesk) -> None:
    """From summoned and to it."""
    served.set(0, status=1)
    assert do(served, 0, Do.SUMMONS_RETURNED).status is Status.UNDELIVERABLE
    assert do(served, 0, Do.SEND_AGAIN).status is Status.SUMMONED


def test_a_contact_is_kept_for_whoever_it_is(served: JuryDesk) -> None:
    """Sickness has no status; a juror of another court may ring too."""
    served.pool(FAR)
    served.juror(9, pool=FAR)
    do(served, 9, Do.CONTACT, about="SI", note="Will not come")
    assert refused(lambda: do(served, 9, Do.EXCUSE, reason="I")) is Refusal.WRONG_COURT
    event = served.read(juror_record.look, number(9)).events[0]
    assert (event.note, event.data["about"], event.officer) == (
        "Will not come", "SI", served.user.name,
    )  # fmt: skip


def test_every_act_says_what_it_asks_and_whether_it_may_be_done(served: JuryDesk) -> None:
    """What may be done comes first; each refusal is a sentence."""
    offers = served.store.call_read(doing.offers, served.acting, number(0))
    assert {offer.do for offer in offers} == set(Do) == set(ASKS)
    may = {offer.do for offer in offers if not offer.why_not}
    assert {Do.DEFER, Do.EXCUSE, Do.ON_CALL, Do.CONTACT, Do.ADD_DAY} <= may
    assert Do.INTO_POOL not in may
    assert not offers[0].why_not
    assert all(offer.why_not.endswith(".") for offer in offers if offer.why_not)


def test_what_no_answer_could_make_possible_is_not_offered(served: JuryDesk) -> None:
    """Nobody fills in a form that can only be refused."""

    def why_not() -> dict[Do, str]:
        offers = served.store.call_read(doing.offers, served.acting, number(0))
        return {offer.do: offer.why_not for offer in offers}

    assert "cannot be refused" in why_not()[Do.REFUSE_DEFERRAL]
    assert not why_not()[Do.DEFER]
    served.set(0, deferrals=1)
    assert not why_not()[Do.REFUSE_DEFERRAL]
    served.do(scans.check_in, number(0), dt.time(9))
    for what in (Do.DEFER, Do.REFUSE_DEFERRAL, Do.POSTPONE, Do.FAILED_TO_ATTEND):
        assert "has attended already" in why_not()[what]


def test_an_act_is_done_once(served: JuryDesk) -> None:
    """A form that is sent twice has one id."""
    step = new_id()
    for _time in range(2):
        served.do(doing.do, number(0), Do.EXCUSE, {"reason": "M"}, step_id=step)
    assert len(served.read(juror_record.look, number(0)).events) == 1


def test_answers_are_checked_field_by_field(served: JuryDesk) -> None:
    """Everything at once, in the order of the form."""
    with pytest.raises(FormProblemsError) as caught:
        do(served, 0, Do.DEFER, reason="QQ", new_date="soon", pool="12", note="x" * 2001)
    fields = [each.field for each in caught.value.problems]
    assert fields == ["reason", "new_date", "pool", "note"]


def test_a_hearing_room_user_reads_and_does_nothing(served: JuryDesk) -> None:
    """Neither the record nor the search gives a juror away."""
    acting = replace(served.acting, user=served.user._replace(role=Role.HEARING_ROOM))
    for reader, *given in (
        (juror_record.look, acting, number(0)),
        (searching.find, Want(), acting, "Ash0000"),
        (pools.page, Want(), acting),
        (reading.day, acting),
    ):
        with pytest.raises(NotAllowedError):
            served.store.call_read(reader, *given)


# -- pools and finding ---------------------------------------------------------------------------


def test_the_jurors_of_pools_are_counted_without_reading_their_rows(served: JuryDesk) -> None:
    """Fifty pools of two hundred are on a page."""
    asked = f"EXPLAIN QUERY PLAN {pools.COUNTED}"
    steps = served.store.call_read(lambda at: at.execute(asked, ("[]",)).fetchall())
    assert "COVERING INDEX juror_in_pool_counted" in str(steps)


def test_a_pool_is_taken_over_from_the_bureau(served: JuryDesk) -> None:
    """Before that nobody of it is checked in."""
    served.pool("411261103", owner="400")
    served.juror(9, pool="411261103")
    assert refused(lambda: served.do(scans.check_in, number(9), NINE)) is Refusal.WRONG_COURT
    served.do(pools.hand_over, "411261103")
    assert served.do(scans.check_in, number(9), NINE).record is not None
    listed = served.store.call_read(pools.page, Want(), served.acting)
    assert listed.lines[0].number == OTHER
    assert sum(line.jurors for line in listed.lines) == 4
    assert refused(lambda: served.do(pools.hand_over, "411261199")) is Refusal.NO_SUCH_POOL


@pytest.mark.parametrize(
    "words", [number(1), f"*{number(1)}*", "ash0001", "kim ash0001", "12345678", "CF10 1AA"]
)
def test_a_juror_is_found_by_what_is_said(court: JuryDesk, words: str) -> None:
    """Number, bar code, name, OPTIC reference, postcode."""
    court.jurors(1)
    court.juror(1, optic_ref="12345678", postcode="CF10 1AA")
    page = court.store.call_read(searching.find, Want(), court.acting, words)
    assert [line.number for line in page.lines] == [number(1)]


def test_a_pool_number_finds_its_jurors(court: JuryDesk) -> None:
    """By name."""
    court.jurors(3)
    page = court.store.call_read(searching.find, Want(), court.acting, POOL)
    assert len(page.lines) == 3


def test_a_record_is_looked_up_by_any_of_its_rows(court: JuryDesk) -> None:
    """A list of exceptions names the row of a day."""
    court.jurors(1)
    court.do(scans.check_in, number(0), NINE)
    [(row_id,)] = court.store.call_read(Connection.execute, "SELECT id FROM attendance").fetchall()
    assert court.read(juror_record.look, row_id).line.number == number(0)
    assert refused(lambda: court.read(juror_record.look, "nobody")) is Refusal.BAD_NUMBER
    assert refused(lambda: court.read(juror_record.look, "000000000")) is Refusal.JUROR_NOT_FOUND
