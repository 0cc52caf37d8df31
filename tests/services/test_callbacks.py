"""A promise to ring back: booked with its contact, tried, kept or told why not."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

import pytest

from deskapp.clock import LONDON, stamp
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError, Problem
from deskapp.roles import Role, User
from deskapp.services import drafts
from deskapp.services.callbacks import (
    callback_cards,
    callback_contacts,
    callback_lines,
    callback_tries,
    callback_words,
    callbacks,
    diaries,
    slot_loads,
)
from deskapp.services.callbacks.callback_cards import Card
from deskapp.services.callbacks.callback_lines import CallbackLine, Result, State
from deskapp.services.callbacks.callbacks import Wish
from deskapp.services.callbacks.slots import Kind, SlotRefusedError
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines, contacts
from deskapp.services.paging import Want
from deskapp.services.persons import safe_contact
from deskapp.services.persons.safe_contact import SafeAnswers
from tests.builders import SetClock, a_contact_draft, a_draft, a_span, save

DIARY = diaries.of_nation(Nation.ENGLAND_AND_WALES)
PHONE = "01632 960 001"


def at(text: str) -> dt.datetime:
    """A slot, or the wall-clock time of the desk, of the day of the tests."""
    return dt.datetime.fromisoformat(f"2026-11-18T{text}")


class Office:
    """An officer and a team leader at one desk with callbacks."""

    def __init__(self, store: Store, user: User, clock: SetClock) -> None:
        self.store, self.user, self.clock = store, user, clock
        self.leader = user._replace(role=Role.TEAM_LEADER)

    def call(self, slot: str = "11:00", kind: str = "window", **given: Any) -> CallbackLine:
        """A contact that promises a callback."""
        extras = {"slot": slot, "kind": kind}
        named: dict[str, Any] = {"person_name": "Ann Jones", "phone": PHONE, **given}
        line = save(self.store, self.user, self.clock, outcome="CBK", extras=extras, **named)
        [promised] = self.of(line.id)
        return promised

    def of(self, contact_id: str) -> list[CallbackLine]:
        return self.store.call_read(callback_lines.of_contact, contact_id, user=self.user)

    def card(self, line: CallbackLine) -> Card:
        return self.store.call_read(callback_cards.card, line.id, user=self.user)

    def rings(self, line: CallbackLine, draft_id: str = "try-1") -> str:
        """Begin a try; the id of its contact."""
        draft = a_draft(self.user, self.clock, id=draft_id)
        self.do(callback_tries.start, line, draft, now=self.clock.moment, diary=DIARY)
        return draft.id

    def ends(self, contact_id: str, outcome: str, **extras: str) -> None:
        """Save the contact of a try."""
        given: dict[str, Any] = {"channel": "phone_out", "outcome": outcome, "extras": extras}
        save(self.store, self.user, self.clock, draft_id=contact_id, **given)

    def misses(self, line: CallbackLine, draft_id: str = "try-1") -> None:
        self.ends(self.rings(line, draft_id), "ABN")

    def do(self, verb: Any, line: CallbackLine, *args: Any, **named: Any) -> Any:
        return self.store.call_write(verb, line.id, *args, user=self.user, **named)

    def book_again(self, line: CallbackLine, slot: str, **given: Any) -> CallbackLine:
        wish = Wish(at(slot), **given)
        kept: CallbackLine = self.do(
            callbacks.book_again, line, wish, now=self.clock.moment, diary=DIARY
        )
        return kept

    def listed(self, day: dt.date | None = None) -> list[CallbackLine]:
        return self.store.call_read(callback_lines.page, Want(), day, user=self.user).lines


@pytest.fixture
def office(store: Store, user: User, clock: SetClock) -> Office:
    """Wednesday 18 November 2026, 10:05, an officer of the desk."""
    return Office(store, user, clock)


# -- booking ------------------------------------------------------------------------------


def test_a_contact_books_its_callback_in_the_same_transaction(office: Office) -> None:
    """With the local half hour, the instant and the person."""
    line = office.call("11:00")
    assert (line.slot, line.kind, line.state) == (at("11:00"), Kind.WINDOW, State.BOOKED)
    assert line.starts_at == dt.datetime(2026, 11, 18, 11, tzinfo=dt.UTC)
    assert (line.person_name, line.tries, line.load, line.priority) == ("Ann Jones", 0, 1, False)
    record = office.store.call_read(contact_lines.record, line.contact_id, user=office.user)
    assert record.extras == {"slot": "2026-11-18T11:00", "kind": "window"}
    assert line.person_id == record.person_id


def test_saving_the_same_contact_twice_books_once(office: Office) -> None:
    """One long key press is one promise."""
    for _press in range(2):
        office.call("11:00", draft_id="once")
    assert len(office.of("once")) == 1


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ("8:30", "Callback time must be between 9am and 4:30pm"),
        ("sat 10", "Callback date must be a working day"),
        ("9:30", "Callback time must be in the future"),
        ("", "Enter when we ring back"),
    ],
)
def test_a_slot_that_cannot_be_booked_saves_nothing(
    slot: str, message: str, office: Office
) -> None:
    """The problem stands at the field; the contact is still in the form."""
    with pytest.raises(FormProblemsError) as raised:
        office.call(slot, draft_id="refused")
    assert raised.value.problems == [Problem("add_slot", message)]
    assert office.listed() == []
    with pytest.raises(NotFoundError):
        office.store.call_read(contact_lines.line, "refused", user=office.user)


def test_a_slot_that_became_full_while_it_was_typed_is_told(office: Office) -> None:
    """Three others were quicker; what was typed stays and the next free one is known."""
    for _other in range(3):
        office.call("10:30")
    with pytest.raises(FormProblemsError, match=r"^Choose another time, 10:30am is full$"):
        office.call("10:30")
    free = office.store.call_read(
        slot_loads.next_free,
        at("10:30"),
        now=office.clock.moment,
        site=office.user.site,
        diary=DIARY,
    )
    assert free == at("11:00")
    assert [line.load for line in office.listed()] == [3, 3, 3]


def test_a_team_leader_exceeds_a_full_slot_with_a_reason(office: Office) -> None:
    """An officer cannot, with or without one."""
    for _other in range(3):
        office.call("10:30")
    line = office.call("11:00")
    with pytest.raises(SlotRefusedError, match="full"):
        office.book_again(line, "10:30")
    with pytest.raises(NotAllowedError):
        office.book_again(line, "10:30", over_reason="Hearing at noon")
    office.user = office.leader
    with pytest.raises(SlotRefusedError, match="full"):
        office.book_again(line, "10:30")
    assert office.book_again(line, "10:30", over_reason="Hearing at noon").load == 4
    assert office.card(line).over_reason == "Hearing at noon"


def test_a_cancelled_callback_leaves_its_slot_free(office: Office) -> None:
    """A done one does not: the half hour was used."""
    lines = [office.call("10:30") for _other in range(3)]
    office.do(callbacks.cancel, lines[0], "Rang themselves")
    office.call("10:30")
    assert office.card(lines[0]).end_reason == "Rang themselves"
    with pytest.raises(FormProblemsError, match="Enter why"):
        office.do(callbacks.cancel, lines[1], "  ")


def test_two_desks_that_booked_the_last_place_offline_both_stand(office: Office) -> None:
    """After the exchange the half hour shows four of three; nobody is dropped."""
    for _other in range(3):
        office.call("10:30")
    line = office.call("11:00")
    office.store.call_jot(
        lambda connection: connection.execute(
            "UPDATE callback SET slot = '2026-11-18T10:30', starts_at = ? WHERE id = ?",
            (stamp(at("10:30").replace(tzinfo=LONDON)), line.id),
        )
    )
    assert [each.load for each in office.listed()] == [4, 4, 4, 4]
    crowded = office.store.call_read(
        slot_loads.crowded, at("00:00").date(), diary=DIARY, user=office.user
    )
    assert crowded == [(at("10:30"), 4)]


def test_a_contact_has_one_callback_at_a_time(office: Office) -> None:
    """A second one would be rung as well."""
    line = office.call("11:00")
    named: dict[str, Any] = {"now": office.clock.moment, "user": office.user, "diary": DIARY}
    with pytest.raises(SlotRefusedError, match="already"):
        office.store.call_write(callbacks.book, line.contact_id, Wish(at("12:00")), **named)
    office.do(callbacks.cancel, line, "Booked by mistake")
    office.store.call_write(callbacks.book, line.contact_id, Wish(at("12:00")), **named)
    assert [each.state for each in office.of(line.contact_id)] == [State.BOOKED, State.CANCELLED]
    with pytest.raises(NotFoundError):
        office.store.call_write(callbacks.book, "nobody", Wish(at("12:00")), **named)


# -- somebody who said not to be rung -----------------------------------------------------


def silent(office: Office, **given: Any) -> str:
    """The id of a person who said that they must not be rung."""
    named: dict[str, Any] = {"person_name": "Bob Quiet", "phone": PHONE, **given}
    line = save(office.store, office.user, office.clock, **named)
    answers = SafeAnswers(ok_to_call="no")
    office.store.call_write(safe_contact.save, line.person_id, answers, user=office.user)
    return line.person_id


def test_who_said_not_to_be_rung_is_promised_a_call_only_with_a_reason(office: Office) -> None:
    """The reason stays with the callback, for whoever rings; the number stays hidden for now."""
    person_id = silent(office)
    with pytest.raises(FormProblemsError) as refused:
        office.call("11:00", person_id=person_id)
    assert [problem.field for problem in refused.value.problems] == ["add_call_reason"]
    assert office.listed() == [], "nothing was booked, and the contact is not saved either"
    extras = {"slot": "11:00", "kind": "window", "call_reason": "Hearing is tomorrow"}
    given: dict[str, Any] = {"outcome": "CBK", "extras": extras, "person_id": person_id}
    line = save(office.store, office.user, office.clock, person_name="Bob Quiet", **given)
    [promised] = office.of(line.id)
    card = office.card(promised)
    assert (card.call_reason, card.hidden, card.phone) == ("Hearing is tomorrow", True, "")
    record = office.store.call_read(contact_lines.record, line.id, user=office.user)
    assert "call_reason" not in record.extras, "it is kept once, on the callback"


def test_a_callback_of_a_saved_contact_asks_the_same_reason(office: Office) -> None:
    """Booked by command, or again after the person has said no."""
    contact = save(office.store, office.user, office.clock, person_id=silent(office))
    named: dict[str, Any] = {"now": office.clock.moment, "user": office.user, "diary": DIARY}
    with pytest.raises(FormProblemsError, match="said not to be rung"):
        office.store.call_write(callbacks.book, contact.id, Wish(at("12:00")), **named)
    wish = Wish(at("12:00"), call_reason="Asked for it")
    line = office.store.call_write(callbacks.book, contact.id, wish, **named)
    assert office.book_again(line, "13:00").slot == at("13:00"), "the reason is known already"
    later = office.call("11:00")
    answers = SafeAnswers(ok_to_call="no")
    office.store.call_write(safe_contact.save, later.person_id, answers, user=office.user)
    assert office.card(later).lacks_call_reason
    with pytest.raises(FormProblemsError, match="said not to be rung"):
        office.book_again(later, "12:30")
    assert office.book_again(later, "12:30", call_reason="Evicted today").slot == at("12:30")


def test_ringing_back_brings_whom_they_spoke_for_and_what_they_need(office: Office) -> None:
    """The next officer must not give to a third party what the first one might not."""
    given = {"authority": "none", "acting_for": "Cai Jones", "needs": "step_free language"}
    line = office.call("10:00", need_language="cym", **given)
    card = office.card(line)
    begun = callback_contacts.first_draft(card, now=office.clock.moment, user=office.user)
    kept = {name: begun.values[name] for name in (*given, "need_language")}
    assert kept == {**given, "need_language": "cym"}


# -- tries --------------------------------------------------------------------------------


def test_a_try_is_a_contact_whose_outcome_says_what_became_of_it(office: Office) -> None:
    """Nothing is asked twice: answered in full means reached and done."""
    line = office.call("10:00")
    contact_id = office.rings(line)
    assert office.card(line).line.state is State.ATTEMPTING
    assert office.store.call_read(drafts.get, contact_id).id == contact_id
    office.ends(contact_id, "RES")
    card = office.card(line)
    assert (card.line.state, card.line.tries, card.kept_on_time) == (State.DONE, 1, True)
    assert [each.result for each in card.tries] == [Result.REACHED]
    assert office.listed() == []


def test_nobody_reached_is_booked_again_and_after_three_tries_it_failed(office: Office) -> None:
    """A fourth try needs a team leader and a reason."""
    line = office.call("10:00")
    for number, slot in enumerate(("11:00", "12:00")):
        office.misses(line, f"try-{number}")
        assert office.card(line).line.state is State.MISSED
        assert office.book_again(line, slot).state is State.BOOKED
    office.misses(line, "try-2")
    card = office.card(line)
    assert (card.line.state, card.line.tries, card.line.state.live) == (State.FAILED, 3, False)
    with pytest.raises(NotAllowedError, match="team leader"):
        office.book_again(line, "13:00")
    office.user = office.leader
    with pytest.raises(NotAllowedError, match="reason"):
        office.book_again(line, "13:00")
    office.book_again(line, "13:00", over_reason="Hearing tomorrow")
    office.misses(line, "try-3")
    assert office.card(line).line.state is State.FAILED


def test_a_try_that_ends_with_a_callback_books_the_same_one_again(office: Office) -> None:
    """Not a second promise beside it; the first try still says whether it was on time."""
    line = office.call("10:00")
    contact_id = office.rings(line)
    office.clock.passes(hours=1)
    office.ends(contact_id, "CBK", slot="tomorrow 9:30", kind="about")
    kept = office.card(line)
    assert (kept.line.state, kept.line.kind, kept.line.tries) == (State.BOOKED, Kind.ABOUT, 1)
    assert kept.line.slot == dt.datetime.fromisoformat("2026-11-19T09:30")
    assert kept.kept_on_time is True
    assert office.of(contact_id) == []


def test_a_try_whose_new_slot_is_refused_is_not_ended(office: Office) -> None:
    """Contact and callback are one transaction."""
    line = office.call("10:00")
    contact_id = office.rings(line)
    with pytest.raises(FormProblemsError, match="working day"):
        office.ends(contact_id, "CBK", slot="sat 9:30", kind="window")
    assert office.card(line).line.state is State.ATTEMPTING


@pytest.mark.parametrize(("outcome", "state"), [("WRG", State.MISSED), ("TST", State.ATTEMPTING)])
def test_a_wrong_number_reaches_nobody_and_a_test_says_nothing(
    outcome: str, state: State, office: Office
) -> None:
    """What no figure counts leaves the callback as it is."""
    line = office.call("10:00")
    extras = {"signpost": "Directory"} if outcome == "WRG" else {}
    office.ends(office.rings(line), outcome, **extras)
    assert office.card(line).line.state is state


def test_ringing_late_or_early_is_kept_as_not_on_time(office: Office) -> None:
    """The first try counts, whatever came after."""
    late, early = office.call("10:00"), office.call("15:00")
    office.clock.passes(minutes=26)
    office.rings(late, "late")
    office.rings(early, "early")
    assert office.card(late).kept_on_time is False
    assert office.card(early).kept_on_time is False


def test_a_call_promised_for_monday_is_not_rung_on_the_day_before(office: Office) -> None:
    """It may be the only safe day; priority skips the queue, so it may come first."""
    line = office.call("23 11 9:00")
    office.clock.passes(days=4)
    assert office.clock.today.isoweekday() == 7
    with pytest.raises(NotAllowedError, match="promised for Mon 23 Nov"):
        office.rings(line)
    office.do(callbacks.set_priority, line, True)
    office.rings(line)
    assert office.card(line).kept_on_time is False
    assert office.card(line).line.state is State.ATTEMPTING


def test_results_and_cancellations_can_be_taken_back(office: Office) -> None:
    """A slip of the finger must not lose a promise, nor use up a try."""
    line = office.call("10:00")
    now = office.clock.moment
    office.rings(line)
    office.do(callback_tries.undo, line, now=now)
    assert (office.card(line).line.state, office.card(line).line.tries) == (State.BOOKED, 0)
    office.misses(line, "try-2")
    office.do(callback_tries.undo, line, now=now)
    assert office.card(line).open_try is not None
    office.do(callback_tries.reached, line, now=now)
    assert (office.card(line).line.state, office.card(line).line.tries) == (State.DONE, 1)
    office.do(callback_tries.undo, line, now=now)
    office.do(callback_tries.missed, line, now=now, diary=DIARY)
    office.do(callbacks.cancel, line, "No longer wanted")
    assert office.do(callback_tries.undo, line, now=now).state is State.BOOKED
    assert office.card(line).end_reason == ""
    with pytest.raises(NotAllowedError, match="booked"):
        office.do(callback_tries.undo, line, now=now)


def test_what_a_state_does_not_allow_is_told(office: Office) -> None:
    """Two officers looked at the same line."""
    line = office.call("10:00")
    with pytest.raises(NotAllowedError, match="It is: booked"):
        office.do(callback_tries.reached, line, now=office.clock.moment)
    office.rings(line)
    for verb, args in ((callbacks.cancel, ("x",)), (callbacks.set_priority, (True,))):
        with pytest.raises(NotAllowedError, match="It is: ringing"):
            office.do(verb, line, *args)
    with pytest.raises(NotAllowedError):
        office.rings(line, "again")


# -- safe contact -------------------------------------------------------------------------


def say_no(office: Office, line: CallbackLine) -> None:
    """The person does not want to be rung."""
    answers = SafeAnswers(ok_to_call="no")
    office.store.call_write(safe_contact.save, line.person_id, answers, user=office.user)


def test_number_is_hidden_until_a_reason_is_typed_and_kept(office: Office) -> None:
    """Priority skips the queue, never the safe-contact rule."""
    line = office.call("10:00")
    assert office.card(line).phone == PHONE
    say_no(office, line)
    office.do(callbacks.set_priority, line, True)
    assert (office.card(line).phone, office.card(line).hidden) == ("", True)
    with pytest.raises(NotAllowedError, match="said not to ring"):
        office.rings(line)
    now = office.clock.moment
    with pytest.raises(FormProblemsError):
        office.do(callbacks.show_number, line, " ", now=now)
    office.do(callbacks.show_number, line, "Asked for it in writing", now=now)
    assert office.card(line).phone == PHONE
    record = office.store.call_read(contact_lines.record, line.contact_id, user=office.user)
    assert [note.text for note in record.notes] == ["Asked for it in writing"]
    colleague = office.user._replace(id="colleague")
    hidden = office.store.call_read(callback_cards.card, line.id, user=colleague)
    assert hidden.phone == ""
    office.rings(line)


def test_the_card_carries_the_safe_contact_line(office: Office) -> None:
    """It is read before the number is."""
    line = office.call("10:00")
    say_no(office, line)
    assert office.card(line).line.safe.words.startswith("Call: no.")


def test_a_confidential_address_hides_the_number_from_everybody(office: Office) -> None:
    """No reason shows it; words stand in its place."""
    line = office.call("10:00")
    office.store.call_jot(
        lambda connection: connection.execute(
            "INSERT INTO marker (id, home_site, person_id, case_key, code, set_by, set_on,"
            " list_version, approved_by, approved_on, review_on, ended_by, ended_on, case_id)"
            " VALUES ('m', 's', ?, '', 'PF0004', 'o', '2026-11-18', '1', '', '', '', '', '', '')",
            (line.person_id,),
        )
    )
    office.do(callbacks.show_number, line, "Hearing tomorrow", now=office.clock.moment)
    card = office.card(line)
    assert (card.phone, card.withheld, callback_words.phone(card)) == ("", True, "withheld")
    with pytest.raises(NotAllowedError, match="Write instead"):
        office.rings(line)


# -- lists --------------------------------------------------------------------------------


def test_list_of_what_is_left_begins_with_the_earliest(office: Office) -> None:
    """Yesterday's unkept promise stands above today's."""
    office.call("tomorrow 9")
    noon, early = office.call("12:00"), office.call("10:30")
    done = office.call("11:00")
    office.ends(office.rings(done), "RES")
    assert [line.slot for line in office.listed()][:2] == [early.slot, noon.slot]
    today = office.listed(at("00:00").date())
    assert [line.state for line in today] == [State.BOOKED, State.DONE, State.BOOKED]


def test_priority_stands_first_on_the_first_screen(office: Office) -> None:
    """It skips the queue."""
    office.call("10:30")
    urgent = office.call("12:00")
    office.call("tomorrow 9")
    office.do(callbacks.set_priority, urgent, True)
    until = dt.datetime(2026, 11, 19, tzinfo=dt.UTC)
    left = office.store.call_read(callback_lines.left_until, until, user=office.user, limit_rows=10)
    assert [line.slot for line in left] == [at("12:00"), at("10:30")]


def test_what_becomes_due_is_told_once(office: Office) -> None:
    """A window at its beginning, about this time half an hour before."""
    window, about = office.call("10:30"), office.call("11:00", "about")
    office.call("11:00")
    begin = office.clock.moment

    def due(after: int, now: int) -> list[str]:
        minutes = (begin + dt.timedelta(minutes=each) for each in (after, now))
        lines = office.store.call_read(
            callback_lines.becoming_due, *minutes, diary=DIARY, user=office.user
        )
        return [line.id for line in lines]

    assert due(0, 24) == []
    assert due(24, 25) == [window.id, about.id]
    assert due(25, 54) == []


@pytest.mark.parametrize(
    ("kind", "time", "words"),
    [
        ("window", "10:29", "booked"),
        ("window", "10:30", "DUE now"),
        ("window", "10:59", "DUE now"),
        ("window", "11:00", "OVERDUE"),
        ("about", "10:06", "DUE now"),
        ("about", "11:00", "DUE now"),
        ("about", "11:01", "OVERDUE"),
    ],
)
def test_state_is_told_in_words(kind: str, time: str, words: str, office: Office) -> None:
    """Colour only repeats it."""
    line = office.call("10:30", kind)
    now = at(time).replace(tzinfo=LONDON)
    assert callback_words.state(line, diary=DIARY, now=now) == words
    assert callback_words.is_urgent(line, diary=DIARY, now=now) is (words != "booked")
    urgent = office.do(callbacks.set_priority, line, True)
    assert callback_words.state(urgent, diary=DIARY, now=now) == f"PRIORITY {words}"


def test_a_callback_on_a_day_that_is_closed_after_all_is_told_the_working_day_before(
    office: Office,
) -> None:
    """There is still time to book it again."""
    friday = dt.date(2026, 11, 27)
    line = office.call("27 11 10")
    holidays = DIARY.calendar.bank_holidays | {friday}
    calendar = DIARY.calendar._replace(bank_holidays=holidays)
    closed = DIARY._replace(calendar=calendar)
    wednesday, thursday = (dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC) for day in (25, 26))
    assert not callback_words.is_urgent(line, diary=closed, now=wednesday)
    assert callback_words.state(line, diary=closed, now=thursday) == "CLOSED that day"


# -- what a list costs --------------------------------------------------------------------


def fill(office: Office, count: int) -> None:
    """Many callbacks that were kept or are still to do, without their contacts."""
    first = dt.datetime.fromisoformat("2025-01-06T09:00")
    columns = (
        "id, home_site, site, contact_id, person_id, slot, zone, starts_at, kind, state, live,"
        " priority, booked_by, booked_at"
    )

    def insert(connection: Any) -> None:
        connection.executemany(
            f"INSERT INTO callback ({columns}) VALUES (?, ?, ?, '', '', ?, '', ?, 'window', ?, ?,"
            " 0, '', '2025-01-01T09:00:00.000Z')",
            (
                (
                    f"c{number:06}",
                    office.user.site,
                    office.user.site,
                    (slot := first + dt.timedelta(minutes=number * 5)).isoformat("T", "minutes"),
                    stamp(slot.replace(tzinfo=dt.UTC)),
                    "done" if number % 2 else "booked",
                    number % 2 == 0,
                )
                for number in range(count)
            ),
        )

    office.store.call_jot(insert)


PLACE = ("2026-11-18T10:05:00.000Z", "c1")
DAY = dt.date(2026, 11, 18)
WHEN = dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)


READERS: list[tuple[Any, tuple[Any, ...], dict[str, Any]]] = [
    (callback_lines.page, (Want(),), {}),
    (callback_lines.page, (Want(PLACE),), {}),
    (callback_lines.page, (Want(PLACE, backwards=True),), {}),
    (callback_lines.page, (Want(), DAY), {}),
    (callback_lines.page, (Want(("2026-11-18T10:00", "c1")), DAY), {}),
    (callback_lines.left_until, (WHEN,), {"limit_rows": 50}),
    (callback_lines.becoming_due, (WHEN, WHEN), {"diary": DIARY}),
    (callback_lines.of_contact, ("c1",), {}),
    (callback_lines.line, ("c000001",), {}),
    (callback_cards.card, ("c000001",), {}),
    (callback_cards.tries, ("c000001",), {}),
    (slot_loads.crowded, (DAY,), {"diary": DIARY}),
]
WITHOUT_WORDS = {slot_loads.next_free, slot_loads.load}
"""They give a time or a number, nothing about anybody."""


@pytest.mark.parametrize(("read", "args", "named"), READERS)
def test_every_reader_goes_by_an_index(
    read: Any, args: tuple[Any, ...], named: dict[str, Any], office: Office
) -> None:
    """A table of 100,000 callbacks is never read through, nor sorted for a page."""
    from tests.services.test_contact_lines import Recorder

    fill(office, 4)

    def plans(connection: Any) -> list[str]:
        recorder = Recorder(connection)
        read(recorder, *args, user=office.user, **named)
        return recorder.steps

    steps = office.store.call_read(plans)
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []
    sorted_ones = [step for step in steps if "TEMP B-TREE" in step and "DISTINCT" not in step]
    few = (callback_lines.of_contact, callback_cards.card, callback_cards.tries)  # those of one
    assert sorted_ones == [] or read in few


@pytest.mark.parametrize(("read", "args", "named"), READERS)
def test_only_who_may_read_contacts_reads_callbacks(
    read: Any, args: tuple[Any, ...], named: dict[str, Any], office: Office
) -> None:
    """A reader that is added must be put on one side or the other."""
    administrator = office.user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        office.store.call_read(read, *args, user=administrator, **named)
    readers = {
        function
        for module in (callback_lines, callback_cards, slot_loads)
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and "connection" in inspect.signature(function).parameters
    }
    assert readers == {read for read, _args, _named in READERS} | WITHOUT_WORDS


def test_pages_go_on_in_both_directions(office: Office) -> None:
    """Each line once, whichever way one scrolls."""
    fill(office, 120)
    read = office.store.call_read
    first = read(callback_lines.page, Want(limit_rows=25), user=office.user)
    second = read(callback_lines.page, Want(first.lines[-1].place, limit_rows=25), user=office.user)
    back = read(
        callback_lines.page,
        Want(second.lines[0].place, backwards=True, limit_rows=25),
        user=office.user,
    )
    assert back.lines == first.lines
    assert len({line.id for line in (*first.lines, *second.lines)}) == 50


def test_only_who_takes_contacts_books(office: Office) -> None:
    """The table of roles holds below the screens too."""
    line = office.call("11:00")
    office.user = office.user._replace(role=Role.ADMINISTRATOR)
    for verb, args in ((callbacks.cancel, ("x",)), (callbacks.set_priority, (True,))):
        with pytest.raises(NotAllowedError):
            office.do(verb, line, *args)


def test_a_discarded_contact_books_nothing(office: Office) -> None:
    """It should not have been opened."""
    draft = a_contact_draft(outcome="CBK", extras={"slot": "11:00", "kind": "window"})
    span = a_span(office.clock)
    office.store.call_write(
        contacts.discard, "thrown", draft, "By mistake", span=span, user=office.user
    )
    assert office.of("thrown") == []
