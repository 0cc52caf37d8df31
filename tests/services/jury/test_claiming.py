"""Expenses through the store: entered, submitted, approved by another person, edited, paid.

Amounts are counted by hand from the rates that ship.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role, User
from deskapp.services.jury import claim_alike, claim_entry, claim_rows, claim_state, claiming, money
from deskapp.services.jury.applying import Part
from deskapp.services.jury.claim_state import State
from deskapp.services.jury.claims import BelowPaidError
from deskapp.services.jury.limits import Limits
from deskapp.services.jury.pay import Band, PayType
from deskapp.services.jury.refusals import Refusal, RefusedError
from deskapp.services.jury.stages import Stage
from tests.builders import SetClock
from tests.services.jury.claims_office import JUROR, MONDAY, ClaimsOffice

DAY = dt.timedelta(days=1)


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> ClaimsOffice:
    """A desk with one juror."""
    made = ClaimsOffice(store, user, clock)
    made.juror()
    return made


def refused(code: Refusal, *call: object) -> None:
    """Something is refused by this code and no other."""
    function, *given = call
    with pytest.raises(RefusedError) as error:
        function(*given)  # type: ignore[operator]
    assert error.value.code is code


# -- a day is entered -------------------------------------------------------------------------


def test_a_day_comes_to_what_was_typed_within_its_limit(office: ClaimsOffice) -> None:
    """Six hours and a half, 80 earned and 12 for care: 64.95, with 27.05 cut from the last on;
    20 miles by car with one juror at 0.356, food, less the card."""
    day = office.day()
    found = office.enter(
        day, loss="80", care="12", travel_time="30", ways="car", miles="20", car_passengers="1",
        food="YES", smart_card="4.50",
    ).figures  # fmt: skip
    assert (found.minutes, found.pay, found.band) == (390, PayType.FULL_DAY, Band.STANDARD)
    assert dict(found.cuts) == {
        "extra_care": Decimal("12.00"),
        "loss_of_earnings": Decimal("15.05"),
    }
    assert found.items["car"] == Decimal("7.12")
    assert found.total == Decimal("73.28")  # 64.95 + 7.12 + 5.71 - 4.50


def test_what_is_typed_comes_back_into_the_form(office: ClaimsOffice) -> None:
    """An officer corrects one figure and leaves the others."""
    typed = {
        "loss": "41.00", "loss_for": claim_entry.FULL_DAY, "care": "1.00", "other": "2.50",
        "other_what": "Dog sitter", "travel_time": "1:05", "ways": "car bicycle", "miles": "7",
        "car_passengers": "2", "motorcycle_passengers": "", "public_transport": "3.20",
        "taxi": "9.00", "parking": "4.00", "permitted_by": "Gwen Sample", "food": "OVER_10_HOURS",
        "smart_card": "1.10", "pay": "HALF_DAY", "in_cash": "yes",
    }  # fmt: skip
    day = office.day()
    assert claim_entry.values_of(office.enter(day, None, **typed)) == typed


def test_a_day_begins_with_what_the_juror_usually_claims(office: ClaimsOffice) -> None:
    """The usual loss of a full day is halved on a short one, an odd penny up."""
    first = office.day(travel_minutes=0)
    office.enter(
        first, loss="40.01", loss_for=claim_entry.FULL_DAY, ways="car", miles="10",
        travel_time="20", food="YES",
    )  # fmt: skip
    office.store.call_write(
        claim_alike.keep_usual, office.acting(), office.basis, first, step_id=new_id()
    )
    short = office.of(office.day(date=MONDAY + DAY, time_out="11:00"))
    assert short.figures.items["loss_of_earnings"] == Decimal("20.01")
    assert short.figures.items["car"] == Decimal("3.14")
    assert short.figures.minutes == 140
    not_there = office.of(office.not_attended(date=MONDAY + 2 * DAY))
    assert not_there.figures.total == Decimal("40.01")


def test_everything_wrong_in_a_form_is_told_at_once(office: ClaimsOffice) -> None:
    """Each beside its field."""
    with pytest.raises(FormProblemsError) as error:
        office.enter(
            office.day(), loss="a lot", other="3", taxi="5", miles="4", travel_time="24:00",
            smart_card="-1",
        )  # fmt: skip
    assert {each.field for each in error.value.problems} == {
        "loss", "other_what", "permitted_by", "ways", "travel_time", "smart_card",
    }  # fmt: skip


def test_a_card_cannot_take_a_day_below_nothing(office: ClaimsOffice) -> None:
    """More was spent than is claimed."""
    day = office.day()
    refused(Refusal.EXPENSE_BELOW_ZERO, lambda: office.enter(day, loss="3", smart_card="3.01"))
    assert office.of(day).figures.total == money.ZERO


def test_a_day_that_another_changed_meanwhile_is_not_written_over(office: ClaimsOffice) -> None:
    """Two officers had the same form open."""
    day = office.day()
    known = office.of(day)
    given = claim_entry.read({"loss": "9"}, known)
    office.enter(day, loss="5")

    def enter() -> None:
        office.store.call_write(
            claiming.enter, office.acting(), office.basis, day, given, seen=known.seen,
            step_id=new_id(),
        )  # fmt: skip

    refused(Refusal.STALE_VERSION, enter)
    assert office.of(day).figures.total == Decimal("5.00")


def test_saving_twice_saves_once(office: ClaimsOffice) -> None:
    """The line broke between the save and its answer."""
    day = office.day()
    known, step_id = office.of(day), new_id()
    given = claim_entry.read({"loss": "9"}, known)
    for _time in range(2):
        office.store.call_write(
            claiming.enter, office.acting(), office.basis, day, given, seen=known.seen,
            step_id=step_id,
        )  # fmt: skip
    assert office.of(day).version == known.version + 1


def test_only_jury_staff_enter_and_read(office: ClaimsOffice) -> None:
    """The table of roles holds below the screens."""
    day = office.day()
    other = office.user._replace(role=Role.HEARING_ROOM)
    with pytest.raises(NotAllowedError):
        office.store.call_read(claim_rows.claim, JUROR, office.basis, user=other)
    known = office.of(day)
    with pytest.raises(NotAllowedError):
        office.store.call_write(
            claiming.enter, replace(office.acting(), user=other), office.basis, day,
            claim_entry.read({}, known), seen=known.seen, step_id=new_id(),
        )  # fmt: skip


# -- the day beneath it changes ---------------------------------------------------------------


def test_a_day_that_is_put_in_before_moves_the_bands_of_all_later_ones(
    office: ClaimsOffice,
) -> None:
    """The tenth day becomes the eleventh, with the limit of long service."""
    days = [office.day(date=MONDAY + number * DAY) for number in range(10)]
    last = office.enter(days[-1], loss="200")
    assert (last.figures.band, last.figures.total) == (Band.STANDARD, Decimal("64.95"))
    office.not_attended(date=MONDAY - DAY)
    moved = office.of(days[-1])
    assert (moved.figures.band, moved.figures.total) == (Band.LONG, Decimal("129.91"))


def test_longer_hours_make_a_half_day_full_and_never_the_other_way(office: ClaimsOffice) -> None:
    """A short day set to full stays full."""
    day = office.day(time_out="12:00")
    office.enter(day, pay="HALF_DAY")
    office.day(time_out="14:00")
    assert office.of(day).figures.pay is PayType.FULL_DAY
    office.day(time_out="10:00")
    assert office.of(day).figures.pay is PayType.FULL_DAY


def test_a_day_made_into_one_not_attended_loses_travel_food_and_card(office: ClaimsOffice) -> None:
    """Nothing of that can be claimed for it; the loss stays, as of a full day."""
    day = office.day()
    office.enter(day, loss="30", ways="car", miles="10", food="YES", smart_card="1")
    office.submit()
    office.day(kind="non_attendance", time_in="", time_out="")
    changed = office.of(day)
    assert (changed.state, changed.figures.total) == (State.DRAFT, Decimal("30.00"))
    office.day(kind="absent", stage="")
    assert office.claim().days == ()


# -- all days at once -------------------------------------------------------------------------


def test_a_day_is_put_onto_every_other_draft(office: ClaimsOffice) -> None:
    """Travel not onto a day that was not attended; a submitted day stays as it is."""
    handed_in = office.day()
    office.submit()
    first, second = (office.day(date=MONDAY + number * DAY) for number in (1, 2))
    paid_day = office.not_attended(date=MONDAY + 3 * DAY)
    office.enter(first, loss="50", ways="bicycle", miles="10", other="2", other_what="Dog sitter",
                 in_cash="yes")  # fmt: skip
    step_id = new_id()
    for count in (2, 0):  # a second time nothing is left to do
        assert count == office.store.call_write(
            claim_alike.apply_to_all, office.acting(), office.basis, first,
            [Part.EARNINGS, Part.TRAVEL], cash=True, step_id=step_id,
        )  # fmt: skip
    assert office.of(second).figures.total == Decimal("50.96")
    assert office.of(paid_day).figures.total == Decimal("50.00")
    assert office.of(paid_day).in_cash
    assert office.of(handed_in).figures.total == money.ZERO


def test_one_day_that_cannot_be_so_leaves_all_as_they_were(office: ClaimsOffice) -> None:
    """The card of the second day would be more than the day."""
    first, second, third = (office.day(date=MONDAY + number * DAY) for number in range(3))
    office.enter(second, loss="30")
    office.enter(third, loss="30", smart_card="20")

    def apply() -> None:
        office.store.call_write(
            claim_alike.apply_to_all, office.acting(), office.basis, first, [Part.EARNINGS],
            cash=False, step_id=new_id(),
        )  # fmt: skip

    refused(Refusal.EXPENSE_BELOW_ZERO, apply)
    assert office.of(second).figures.total == Decimal("30.00")


def test_card_spend_is_shared_over_attended_drafts_the_last_takes_the_rest(
    office: ClaimsOffice,
) -> None:
    """Ten pounds over three days: 3.33, 3.33, 3.34; a day not attended has none."""
    days = [office.day(date=MONDAY + number * DAY) for number in range(3)]
    for day in days:
        office.enter(day, food="YES")
    office.not_attended(date=MONDAY + 5 * DAY)
    count = office.store.call_write(
        claim_alike.share_card, office.acting(), office.basis, JUROR, Decimal(10), step_id=new_id()
    )
    assert count == 3
    assert [office.of(day).figures.smart_card for day in days] == [
        Decimal("3.33"), Decimal("3.33"), Decimal("3.34"),
    ]  # fmt: skip


# -- submitted and approved -------------------------------------------------------------------


def test_the_rates_of_a_day_are_fixed_when_it_is_submitted(office: ClaimsOffice) -> None:
    """A table that changes its figures later does not change what was handed in."""
    submitted = office.day()
    office.enter(submitted, loss="100", food="YES")
    office.submit()
    draft = office.day(date=MONDAY + DAY)
    office.enter(draft, loss="100", food="YES")
    [row] = office.basis.table.rows
    dearer = replace(row, rates=row.rates.changed({"full_standard": "70.00"}))
    basis = office.basis._replace(table=type(office.basis.table)([dearer]))
    totals = [
        office.store.call_read(claim_rows.one_day, day, basis).figures.total
        for day in (submitted, draft)
    ]
    assert totals == [Decimal("70.66"), Decimal("75.71")]


def test_a_day_is_submitted_once(office: ClaimsOffice) -> None:
    """Nothing is left in draft; what is not confirmed has no claim at all."""
    office.day()
    office.submit()
    refused(Refusal.WRONG_STAGE, office.submit)
    assert [day.state for day in office.claim().days] == [State.SUBMITTED]


def test_a_claim_more_than_twelve_months_after_the_start_is_refused(office: ClaimsOffice) -> None:
    """The same day a year on is the last."""
    office.day()
    office.clock.shows(dt.datetime(2027, 11, 10, 9, tzinfo=dt.UTC))
    refused(Refusal.CLAIM_TOO_LATE, office.submit)
    office.clock.shows(dt.datetime(2027, 11, 9, 9, tzinfo=dt.UTC))
    assert office.submit() == money.ZERO


def test_another_person_with_a_limit_approves(office: ClaimsOffice) -> None:
    """Cash and bank are paid apart; the card comes off food first, then travel."""
    first, second = (office.day(date=MONDAY + number * DAY) for number in (0, 1))
    office.enter(first, loss="50", ways="car", miles="10", food="YES", smart_card="6.00")
    office.enter(second, loss="20", in_cash="yes")
    assert office.submit() == Decimal("72.85")  # 50 + 3.14 + 5.71 - 6.00, and 20
    bank, cash = office.approve()
    assert (bank.in_cash, bank.payment.total) == (False, Decimal("52.85"))
    assert bank.payment.parts == {
        "food_and_drink": money.ZERO,
        "travel": Decimal("2.85"),
        "financial_loss": Decimal("50.00"),
    }
    assert (cash.in_cash, cash.payment.total) == (True, Decimal("20.00"))
    assert {day.state for day in office.claim().days} == {State.APPROVED}
    assert {day.stage for day in office.claim().days} == {Stage.EXPENSE_AUTHORISED}


def test_only_a_manager_approves(office: ClaimsOffice) -> None:
    """Told before anything else."""
    office.day()
    office.submit()
    leader = office.manager._replace(role=Role.TEAM_LEADER)
    refused(Refusal.NOT_ALLOWED, lambda: office.approve(user=leader))


@pytest.mark.parametrize("did", ["entered", "submitted", "shared"])
def test_nobody_approves_what_they_touched(office: ClaimsOffice, did: str) -> None:
    """Four eyes: who typed any of it, handed it in, or put it onto the day."""
    day = office.day()
    office.enter(day, office.manager if did == "entered" else None, food="YES")
    if did == "shared":
        office.store.call_write(
            claim_alike.share_card, office.acting(office.manager), office.basis, JUROR, Decimal(1),
            step_id=new_id(),
        )  # fmt: skip
    office.submit(user=office.manager if did == "submitted" else None)
    refused(Refusal.OWN_SUBMISSION, office.approve)
    other = office.manager._replace(id="another-manager")
    assert office.approve(user=other)


def test_what_another_desk_wrote_over_hides_nobody(office: ClaimsOffice) -> None:
    """Of two claims that desks wrote apart the newer fields stand; who touched them is history."""
    office.enter(office.day(), office.manager, loss="50")
    office.submit()
    office.store.call_jot(Connection.execute, "UPDATE attendance_expense SET touched_by = ''")
    refused(Refusal.OWN_SUBMISSION, office.approve)


def test_a_day_without_rates_is_told_and_the_others_are_counted(office: ClaimsOffice) -> None:
    """An administrator's table begins too late."""
    early, late = office.day(), office.day(date=MONDAY + DAY)
    [row] = office.basis.table.rows
    later = replace(row, effective_from=MONDAY + DAY)
    basis = office.basis._replace(table=type(office.basis.table)([later]))
    days = office.store.call_read(claim_rows.days_of, JUROR, basis)
    assert [(day.id, bool(day.problem)) for day in days] == [(early, True), (late, False)]
    assert "No rates are known for 9 Nov 2026" in str(days[0].problem)


@pytest.mark.parametrize(("limit", "is_refused"), [("64.94", True), ("64.95", False)])
def test_a_manager_approves_up_to_their_limit(
    office: ClaimsOffice, limit: str, is_refused: bool
) -> None:
    """Exactly the limit is fine; a limit of one's own goes before that of the site."""
    office.enter(office.day(), loss="100")
    office.submit()
    limits = Limits(Decimal(1000), {"gwen sample": Decimal(limit)}, {}, {})
    basis = office.basis._replace(limits=limits)
    seen = claim_state.seen(office.claim().to_approve)

    def approve() -> object:
        return office.store.call_write(
            claiming.approve, office.acting(office.manager), basis, JUROR, seen, step_id=new_id()
        )

    if is_refused:
        refused(Refusal.OVER_APPROVAL_LIMIT, approve)
    else:
        assert approve()


@pytest.mark.parametrize("change", ["typed", "day before"])
def test_a_claim_that_changed_since_it_was_shown_is_not_approved(
    office: ClaimsOffice, change: str
) -> None:
    """Also when another day moved it into another band."""
    days = [office.day(date=MONDAY + number * DAY) for number in range(10)]
    office.enter(days[-1], loss="200")
    office.submit()
    seen = claim_state.seen(office.claim().to_approve)
    if change == "typed":
        office.enter(days[0], loss="1")
    else:
        office.not_attended(date=MONDAY - DAY)

    def approve() -> None:
        office.store.call_write(
            claiming.approve, office.acting(office.manager), office.basis, JUROR, seen,
            step_id=new_id(),
        )  # fmt: skip

    refused(Refusal.STALE_VERSION, approve)


def test_approving_twice_pays_once(office: ClaimsOffice) -> None:
    """The line broke before the answer came; and a second manager finds nothing to approve."""
    office.enter(office.day(), loss="50")
    office.submit()
    seen, step_id = claim_state.seen(office.claim().to_approve), new_id()
    told = [
        office.store.call_write(
            claiming.approve, office.acting(office.manager), office.basis, JUROR, seen,
            step_id=step_id,
        )
        for _time in range(2)
    ]  # fmt: skip
    assert told[0] == told[1]
    refused(Refusal.WRONG_STAGE, office.approve)


# -- edited after approval --------------------------------------------------------------------


def test_an_edit_after_approval_pays_only_the_difference(office: ClaimsOffice) -> None:
    """The fare had been forgotten."""
    day = office.day()
    office.enter(day, loss="50")
    office.submit()
    office.approve()
    edited = office.enter(day, public_transport="4.20")
    assert (edited.state, edited.stage) == (State.EDITED, Stage.EXPENSE_EDITED)
    assert edited.to_pay == Decimal("4.20")
    [paid] = office.approve(user=office.manager._replace(id="another-manager"))
    assert paid.payment.total == Decimal("4.20")
    assert paid.payment.parts == {
        "food_and_drink": money.ZERO,
        "travel": Decimal("4.20"),
        "financial_loss": money.ZERO,
    }
    assert office.of(day).to_pay == money.ZERO


def test_who_only_looks_at_a_day_changes_nothing(office: ClaimsOffice) -> None:
    """Saved as it stood: it stays approved, and who looked may still approve what comes."""
    day = office.day()
    office.enter(day, office.manager)
    office.enter(day, loss="50")
    office.submit()
    office.approve()
    assert office.enter(day).state is State.APPROVED


def test_nothing_goes_below_what_was_paid(office: ClaimsOffice) -> None:
    """Each item, the total, and the card, which may only become less."""
    day = office.day()
    office.enter(day, loss="50", public_transport="4.20", smart_card="2")
    office.submit()
    office.approve()
    with pytest.raises(BelowPaidError) as error:
        office.enter(day, loss="60", public_transport="4.19", smart_card="2.01")
    assert error.value.items == ["public_transport", "smart_card"]
    back = office.enter(day, smart_card="1.50")
    assert back.to_pay == Decimal("0.50")
    [paid] = office.approve(user=office.manager._replace(id="another-manager"))
    assert paid.payment.parts == {
        "food_and_drink": Decimal("0.50"),
        "travel": money.ZERO,
        "financial_loss": money.ZERO,
    }


def test_an_approved_day_keeps_the_band_it_was_paid_by(office: ClaimsOffice) -> None:
    """A day put in before moves those that are open, and no payment that was made."""
    days = [office.day(date=MONDAY + number * DAY) for number in range(11)]
    for day in days:
        office.enter(day, loss="100")
    office.submit()
    office.approve()
    assert office.of(days[9]).figures.band is Band.STANDARD
    office.not_attended(date=MONDAY - DAY)
    assert office.of(days[9]).figures.band is Band.STANDARD
    assert claim_state.amount(office.claim().of([State.APPROVED])) == money.ZERO
