"""A contact is saved whole, once, with how it ended; nothing saved is ever changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session

from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import drafts, follow_ups, home, kinds
from deskapp.services.dates import Nation
from deskapp.services.enquiries import (
    contact_drafts,
    contact_lines,
    contact_rows,
    contacts,
    outcomes,
    topics,
)
from deskapp.services.enquiries.call_clock import Span
from deskapp.services.enquiries.contact_drafts import LIMITS, ContactDraft
from deskapp.services.enquiries.contact_line import ContactLine
from deskapp.services.paging import Want
from deskapp.services.persons import persons
from tests.builders import SetClock, a_contact_draft, a_draft, a_span, messages, save

TODAY = dt.date(2026, 11, 18)
WRITTEN: dict[str, Any] = {"outcome": "EML", "extras": {"within_days": "5"}}
MESSAGE: dict[str, Any] = {
    "outcome": "MSG",
    "answer": "Will ring the listing team",
    "extras": {"team": "Listing", "by_when": "20 Nov"},
}


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(rows)


def counts(store: Store) -> dict[str, int]:
    """Rows of everything that saving a contact writes."""
    tables = ("contact", "person", "follow_up", "draft", "change_log")
    return {table: store.call_read(count, table) for table in tables}


# -- saving -------------------------------------------------------------------------------


def test_two_saves_of_one_draft_make_one_contact(store: Store, user: User, clock: SetClock) -> None:
    """A long press of F8 asks twice; the second answer is the contact of the first."""
    draft_id = new_id()
    first = save(store, user, clock, draft_id=draft_id, person_name="Ann Jones", **WRITTEN)
    before = counts(store)
    again = save(store, user, clock, draft_id=draft_id, person_name="Ann Jones", **WRITTEN)
    assert again == first
    assert counts(store) == before
    assert (before["contact"], before["person"], before["follow_up"]) == (1, 1, 1)


def test_contact_person_promise_and_draft_are_one_transaction(
    store: Store, user: User, clock: SetClock
) -> None:
    """All of it is there, the draft is gone, and every change carries one transaction id."""
    draft = a_draft(user, clock)
    store.call_jot(drafts.keep, draft)
    line = save(store, user, clock, draft_id=draft.id, person_name="Ann Jones", **MESSAGE)
    record = store.call_read(contact_lines.record, line.id, user=user)
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert record.person_id is not None
    assert store.call_read(persons.get, record.person_id, user=user).full_name == "Ann Jones"
    assert (promise.kind, promise.what, promise.done_at) == ("task", "Listing", None)
    assert store.call_read(drafts.waiting, user.id) == []
    written = store.call_read(
        lambda connection: connection.execute(
            "SELECT DISTINCT txn, actor FROM change_log WHERE tbl != 'officer'"
        ).fetchall()
    )
    assert len(written) == 1
    assert written[0][1] == user.id


@pytest.mark.parametrize("step", ["_promise", "_drop_draft"])
def test_when_one_part_fails_nothing_is_saved(
    step: str, store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A contact without what it promised, or beside its own draft, cannot exist."""
    draft = a_draft(user, clock)
    store.call_jot(drafts.keep, draft)
    before = counts(store)

    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError(step)

    monkeypatch.setattr(contacts, step, fail)
    with pytest.raises(RuntimeError, match=step):
        save(store, user, clock, draft_id=draft.id, person_name="Ann Jones", **MESSAGE)
    assert counts(store) == before
    monkeypatch.undo()
    save(store, user, clock, draft_id=draft.id, person_name="Ann Jones", **MESSAGE)
    after = counts(store)
    assert (after["contact"], after["draft"]) == (1, 0)


def test_what_must_be_put_right_is_raised_and_nothing_is_saved(
    store: Store, user: User, clock: SetClock
) -> None:
    """The service does not rely on the screen to have checked."""
    before = counts(store)
    with pytest.raises(FormProblemsError) as caught:
        save(store, user, clock, topic="", outcome="")
    assert [problem.field for problem in caught.value.problems] == ["topic", "outcome"]
    assert counts(store) == before


def test_everything_typed_is_kept_as_it_was_typed(
    store: Store, user: User, clock: SetClock
) -> None:
    """Names of every script, quotes and square brackets are words, nothing else."""
    question = "Ann [/b] Jones said: «'\" %s {x}»\nsecond line 🙂"
    line = save(
        store,
        user,
        clock,
        person_name="  سارة   O'Brien ",
        case_ref=" ab 12-c34 ",
        question=question,
        answer="Siân",
    )
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert record.question == question
    assert (line.person_name, record.case_ref) == ("سارة O'Brien", "ab 12-c34")


def test_details_typed_for_a_known_person_stay_on_the_contact(
    store: Store, user: User, clock: SetClock
) -> None:
    """The person keeps the old number; the one to ring today must be in no less safe a place."""
    first = save(store, user, clock, person_name="Ann Jones", phone="01632 960001")
    person_id = store.call_read(contact_lines.record, first.id, user=user).person_id
    typed: dict[str, Any] = {
        "phone": "07700 900982",
        "email": "ann@example.com",
        "postcode": "sy23  1as",
    }
    line = save(store, user, clock, person_id=person_id, person_name="Ann Jones", **typed)
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert (record.phone, record.email) == ("07700 900982", "ann@example.com")
    assert record.postcode == "sy23 1as"
    for words in ("07700 900982", "982", "ann@example", "SY23 1AS", "sy231as", "1as"):
        page = store.call_read(contact_lines.page, Want(), words, user=user)
        assert [found.id for found in page.lines] == [line.id], words


def test_what_a_terminal_could_obey_is_not_kept(store: Store, user: User, clock: SetClock) -> None:
    """An escape sequence in a note must not reach the next screen that shows it."""
    values = {
        "channel": "phone_in",
        "topic": "OTH",
        "outcome": "SGN",
        "question": "\x1b]0;x\x07red\x1b[31m\x00",
        "person_name": "Ann\u202e Jones",
        "add_signpost": "Citi\x1bzens Advice",
    }
    line = store.call_write(
        contacts.log,
        new_id(),
        ContactDraft.from_values(values),
        span=a_span(clock),
        user=user,
        nation=Nation.ENGLAND_AND_WALES,
    )
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert record.question == "]0;xred[31m"
    assert line.person_name == "Ann Jones"
    assert record.extras == {"signpost": "Citizens Advice"}


def test_what_belongs_to_another_outcome_is_not_kept(
    store: Store, user: User, clock: SetClock
) -> None:
    """An outcome that was chosen first and changed leaves no answer behind."""
    line = save(store, user, clock, extras={"team": "Listing"})
    assert store.call_read(contact_lines.record, line.id, user=user).extras == {}


def test_a_new_reference_is_made_when_the_first_is_taken(
    store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two contacts with one spoken reference could not be told apart."""
    monkeypatch.setattr(contact_rows, "new_ref", lambda _prefix: "E-AAA-AAA-AAA")
    save(store, user, clock)
    given = iter(["E-AAA-AAA-AAA", "E-BBB-BBB-BBB"])
    monkeypatch.setattr(contact_rows, "new_ref", lambda _prefix: next(given))
    assert save(store, user, clock).ref == "E-BBB-BBB-BBB"


@pytest.mark.parametrize("outcome", outcomes.offered(), ids=lambda outcome: outcome.code)
def test_every_offered_outcome_can_be_saved(
    outcome: outcomes.Outcome, store: Store, user: User, clock: SetClock
) -> None:
    """An outcome that no value satisfies would hold the officer in the form."""
    good = {"days": "10", "day": "30 Nov", "yes_no": "y", "time": "905", "text": "Listing"}
    good |= {"slot": "20 Nov 10:00", "ring": "about"}
    extras = {need.name: good[need.kind] for need in outcome.needs}
    line = save(
        store, user, clock, outcome=outcome.code, answer="Said twice, then ended.", extras=extras
    )
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert record.line.outcome == outcome.code
    assert set(record.extras) == set(extras)


@pytest.mark.parametrize("outcome", ["ABN", "WRG", "DUP", "TST"])
def test_what_was_about_nothing_needs_no_topic(
    outcome: str, store: Store, user: User, clock: SetClock
) -> None:
    """A silent line asks nothing; in the figures it stands under other."""
    extras = {"signpost": "nowhere", "survivor": "E-7KM-4X9-3CK"}
    for topic in ("", "OTH"):
        line = save(store, user, clock, topic=topic, question="", outcome=outcome, extras=extras)
        assert line.topic == "OTH"


# -- messages -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"topic": ""}, "topic", "Select what the contact is about"),
        ({"topic": "OTH"}, "question", "Enter what the person asked"),
        ({"outcome": ""}, "outcome", "Select how the contact ended"),
        (
            {"email": "name@example"},
            "email",
            "Enter an email address in the correct format, like name@example.com",
        ),
        (
            {"phone": "ring me"},
            "phone",
            "Enter a phone number, like 01632 960 001 or 07700 900 982",
        ),
        (
            {
                "outcome": "END",
                "answer": "too short",
                "extras": {"warned": "y", "harm": "n", "leader_told": "y"},
            },
            "answer",
            "Enter what was said before you ended the contact",
        ),
    ],
)
def test_messages_are_those_of_the_sheet(given: dict[str, Any], field: str, message: str) -> None:
    """Source: enquiries sheet, section 13."""
    assert messages(a_contact_draft(**given), TODAY) == {field: message}


def test_problems_stand_in_the_order_of_the_form() -> None:
    """The list is walked from top to bottom."""
    draft = ContactDraft(
        phone="x", email="x", person_name="x" * 201, question="x" * 501, answer="x" * 2001
    )
    fields = [problem.field for problem in contact_drafts.problems(draft, today=TODAY)]
    assert fields == ["topic", "phone", "email", "person_name", "question", "answer", "outcome"]


@pytest.mark.parametrize(("field", "limit"), LIMITS.items())
def test_a_text_may_be_as_long_as_the_sheet_says_and_no_longer(field: str, limit: int) -> None:
    """Source: enquiries sheet, section 1; the message says the limit."""
    begin = {"phone": "01632 960001", "email": "@example.com"}.get(field, "")
    fill = " " if field == "phone" else "x"
    longest = begin.rjust(limit, fill)
    assert messages(a_contact_draft(**{field: longest}), TODAY) == {}
    [message] = messages(a_contact_draft(**{field: fill + longest}), TODAY).values()
    assert f"must be {limit:,} characters or less" in message


@pytest.mark.parametrize(
    "phone",
    ["01632 960 001", "+44 1632 960001", "(01632) 960-001", "01632 960001 ext 12", "07700900982"],
)
def test_phone_numbers_are_taken_as_people_say_them(phone: str) -> None:
    """They are kept as typed and never shaped."""
    assert messages(a_contact_draft(phone=phone), TODAY) == {}


@pytest.mark.parametrize("phone", ["12345", "0" * 21, "01632 960001 or mobile", "none"])
def test_what_is_no_phone_number_is_told(phone: str) -> None:
    """Somebody will want to ring it."""
    assert set(messages(a_contact_draft(phone=phone), TODAY)) == {"phone"}


# -- time ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "suspect"),
    [
        (dt.timedelta(0), False),
        (dt.timedelta(hours=12), False),
        (dt.timedelta(hours=12, seconds=1), True),
        (dt.timedelta(seconds=-1), True),
    ],
)
def test_a_span_that_cannot_be_is_marked_and_still_saved(
    length: dt.timedelta, suspect: bool, store: Store, user: User, clock: SetClock
) -> None:
    """A clock set back must not stop a save; the time is set aside, not averaged."""
    line = save(store, user, clock, span=Span(clock.moment - length, clock.moment, 60))
    [(kept,)] = store.call_read(
        lambda connection: connection.execute("SELECT suspect_time FROM contact").fetchall()
    )
    assert bool(kept) is suspect
    assert (
        store.call_read(contact_lines.line, line.id, user=user).started_at == clock.moment - length
    )


def test_clock_set_back_between_two_contacts_loses_neither(
    store: Store, user: User, clock: SetClock
) -> None:
    """Both are found, and what was written later still counts as later."""
    first = save(store, user, clock)
    clock.shows(clock.moment - dt.timedelta(hours=1))
    second = save(store, user, clock)
    page = store.call_read(contact_lines.page, Want(), user=user)
    assert {line.id for line in page.lines} == {first.id, second.id}
    order = store.call_read(
        lambda connection: connection.execute("SELECT id FROM contact ORDER BY hlc").fetchall()
    )
    assert order == [(first.id,), (second.id,)]


def test_contact_over_midnight_belongs_to_the_day_it_began_and_promises_from_its_end(
    store: Store, user: User, clock: SetClock
) -> None:
    """Its promise is made when it ends; its day in the figures is when the phone rang."""
    clock.shows(dt.datetime(2026, 11, 19, 0, 3, tzinfo=dt.UTC))
    line = save(store, user, clock, span=a_span(clock, minutes=5), **WRITTEN)
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert promise.due_on == dt.date(2026, 11, 26)
    days = {
        day: store.call_read(
            home.look, user=user, now=dt.datetime(2026, 11, day, 12, tzinfo=dt.UTC)
        ).contacts_today
        for day in (18, 19)
    }
    assert days == {18: 1, 19: 0}


def test_local_day_counts_in_summer(store: Store, user: User, clock: SetClock) -> None:
    """At 23:30 UTC it is tomorrow in London, and the promise counts from there."""
    clock.shows(dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC))
    line = save(store, user, clock, span=a_span(clock, minutes=1), **WRITTEN)
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert promise.due_on == dt.date(2026, 7, 9)


@pytest.mark.parametrize(
    ("ended_on", "days", "nation", "due_on"),
    [
        ("2026-11-18", "10", Nation.ENGLAND_AND_WALES, "2026-12-02"),
        ("2026-12-21", "5", Nation.ENGLAND_AND_WALES, "2026-12-30"),
        ("2026-11-25", "5", Nation.ENGLAND_AND_WALES, "2026-12-02"),
        ("2026-11-25", "5", Nation.SCOTLAND, "2026-12-03"),
    ],
    ids=["plain", "christmas", "england", "st-andrews-day"],
)
def test_written_answer_is_due_in_working_days_of_the_nation(
    ended_on: str,
    days: str,
    nation: Nation,
    due_on: str,
    store: Store,
    user: User,
    clock: SetClock,
) -> None:
    """Bank holidays differ between the nations; the day of the contact does not count."""
    clock.shows(dt.datetime.fromisoformat(f"{ended_on}T15:00:00+00:00"))
    line = save(store, user, clock, nation=nation, outcome="EML", extras={"within_days": days})
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert (promise.kind, promise.due_on) == ("email", dt.date.fromisoformat(due_on))


def test_message_is_due_on_the_day_that_was_typed(
    store: Store, user: User, clock: SetClock
) -> None:
    """Whoever gets the message was told this day."""
    line = save(store, user, clock, **MESSAGE)
    [promise] = store.call_read(follow_ups.of_record, kinds.CONTACT, line.id, user=user)
    assert promise.due_on == dt.date(2026, 11, 20)
    assert promise.ref == line.ref


# -- discarding and notes -----------------------------------------------------------------


def discard(
    store: Store, user: User, clock: SetClock, reason: str, draft_id: str, **given: Any
) -> ContactLine:
    """Discard a contact through the service."""
    return store.call_write(
        contacts.discard,
        draft_id,
        a_contact_draft(**{"outcome": "", **given}),
        reason,
        span=a_span(clock),
        user=user,
    )


def test_discarded_contact_stays_in_the_list_with_its_reason_and_promises_nothing(
    store: Store, user: User, clock: SetClock
) -> None:
    """Nothing vanishes without a trace; the words typed so far stay with it."""
    draft = a_draft(user, clock)
    store.call_jot(drafts.keep, draft)
    line = discard(
        store, user, clock, " Opened  by mistake ", draft.id, topic="", question="Half a question"
    )
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert [each.id for each in store.call_read(contact_lines.page, Want(), user=user).lines] == [
        line.id
    ]
    assert (line.outcome, line.topic) == (outcomes.DISCARDED.code, outcomes.NO_TOPIC)
    assert record.extras == {"reason": "Opened by mistake"}
    assert record.question == "Half a question"
    rows = counts(store)
    assert (rows["draft"], rows["person"], rows["follow_up"]) == (0, 0, 0)


def test_discarded_contact_keeps_everything_that_was_typed(
    store: Store, user: User, clock: SetClock
) -> None:
    """The person was real even where the contact was not; nobody new is made of it."""
    first = save(store, user, clock, person_name="Ann Jones")
    known = store.call_read(contact_lines.record, first.id, user=user).person_id
    assert known is not None
    typed = {
        "phone": "07700 900982",
        "email": "ann@example",
        "postcode": "sy23 1as",
        "case_ref": "ab 12-c34",
    }
    line = discard(
        store,
        user,
        clock,
        "Nobody was there",
        new_id(),
        user_type="juror",
        person_id=known,
        person_name="Ann Jones",
        extras={"team": "Listing", "by_when": "some day"},
        **typed,
    )
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert {name: getattr(record, name) for name in typed} == typed
    assert (record.person_id, record.user_type) == (known, "juror")
    assert outcomes.added(line.outcome, record.extras) == [
        ("Reason", "Nobody was there"),
        ("For", "Listing"),
        ("By when", "some day"),
    ]
    assert store.call_read(persons.get, known, user=user).phone == ""


@pytest.mark.parametrize(("field", "limit"), LIMITS.items())
def test_discarding_cuts_what_is_too_long_and_shows_it(
    field: str, limit: int, store: Store, user: User, clock: SetClock
) -> None:
    """Discarding always works, and nobody takes the half for the whole."""
    text = "x" * (limit + 1)
    extras = {"team": "y" * 201}
    line = discard(store, user, clock, "z" * 201, new_id(), extras=extras, **{field: text})
    record = store.call_read(contact_lines.record, line.id, user=user)
    kept = record.line.person_name if field == "person_name" else getattr(record, field)
    assert kept == text[: limit - 1] + "…"
    assert record.extras == {"team": "y" * 199 + "…", "reason": "z" * 199 + "…"}


def test_discarding_blanks_card_numbers_without_asking(
    store: Store, user: User, clock: SetClock
) -> None:
    """Nobody needs them, and nobody is asked; one that stands where a text is cut is gone too."""
    card = "4111 1111 1111 1111"
    texts = {
        "answer": "x" * 1995 + f" {card}",
        "question": f"Paid with {card}",
        "case_ref": card,
        "person_name": card,
        "phone": card,
        "postcode": card,
        "email": card,
        "extras": {"signpost": card},
    }
    discard(store, user, clock, card, new_id(), **texts)
    [row] = store.call_read(
        lambda connection: connection.execute("SELECT * FROM contact").fetchall()
    )
    assert "1111" not in repr(row)
    assert "Paid with [...]" in row


def test_discarding_needs_a_reason_and_happens_once(
    store: Store, user: User, clock: SetClock
) -> None:
    """Source: enquiries sheet, section 7."""
    with pytest.raises(FormProblemsError, match="Enter why you discard this contact"):
        discard(store, user, clock, "  ", "one")
    assert counts(store)["contact"] == 0
    first = discard(store, user, clock, "Nobody was there", "one")
    assert discard(store, user, clock, "Other words", "one") == first


def add_note(
    store: Store, user: User, clock: SetClock, contact_id: str, note: str, note_id: str = ""
) -> None:
    """Add a note through the service."""
    store.call_write(
        contacts.add_note, note_id or new_id(), contact_id, note, now=clock.moment, user=user
    )


def test_notes_stand_below_the_contact_in_the_order_they_were_added(
    store: Store, user: User, clock: SetClock
) -> None:
    """The first text stays, and a clock set back does not shuffle what came after."""
    line = save(store, user, clock, question="First words")
    add_note(store, user, clock, line.id, "First note")
    clock.shows(clock.moment - dt.timedelta(hours=1))
    add_note(store, user, clock, line.id, "  Second\nnote ")
    record = store.call_read(contact_lines.record, line.id, user=user)
    assert record.question == "First words"
    assert [note.text for note in record.notes] == ["First note", "Second\nnote"]
    assert record.notes[0].officer_name == user.name


def test_note_saved_twice_is_one_note_and_its_draft_is_gone(
    store: Store, user: User, clock: SetClock
) -> None:
    """F8 held down in the note form."""
    line = save(store, user, clock)
    draft = a_draft(user, clock, form="note", values={drafts.RECORD: line.id, "note": "Rang"})
    store.call_jot(drafts.keep, draft)
    for _press in range(2):
        add_note(store, user, clock, line.id, "Rang", draft.id)
    assert len(store.call_read(contact_lines.record, line.id, user=user).notes) == 1
    assert store.call_read(drafts.waiting, user.id) == []


@pytest.mark.parametrize(
    ("note", "message"),
    [(" \n ", "Enter a note"), ("x" * 2001, "Note must be 2,000 characters or less")],
)
def test_note_must_say_something_and_be_short_enough(
    note: str, message: str, store: Store, user: User, clock: SetClock
) -> None:
    """It can be read aloud and travels with every exchange."""
    line = save(store, user, clock)
    with pytest.raises(FormProblemsError, match=message):
        add_note(store, user, clock, line.id, note)


def test_note_on_nothing_is_told(store: Store, user: User, clock: SetClock) -> None:
    """A note nobody could find again is not taken."""
    with pytest.raises(NotFoundError):
        add_note(store, user, clock, "no-such-contact", "Words")


# -- roles and codes ----------------------------------------------------------------------


def test_administrator_takes_no_contact_and_adds_no_note(
    store: Store, user: User, clock: SetClock
) -> None:
    """Who keeps the machines running has no business in the records."""
    line = save(store, user, clock)
    administrator = user._replace(role=Role.ADMINISTRATOR)
    before = counts(store)
    with pytest.raises(NotAllowedError):
        save(store, administrator, clock)
    with pytest.raises(NotAllowedError):
        discard(store, administrator, clock, "Opened by mistake", new_id())
    with pytest.raises(NotAllowedError):
        add_note(store, administrator, clock, line.id, "Words")
    assert counts(store) == before


@pytest.mark.parametrize(
    "given", [{"topic": "NONE"}, {"outcome": "NONE"}, {"channel": "fax"}, {"user_type": "none"}]
)
def test_code_that_is_in_no_list_is_refused(
    given: dict[str, Any], store: Store, user: User, clock: SetClock
) -> None:
    """A script may send anything; a figure cannot count what is in no list."""
    with pytest.raises(NotFoundError):
        save(store, user, clock, **given)
    assert counts(store)["contact"] == 0


def test_topics_of_the_builders_exist() -> None:
    """What the tests save can be saved."""
    assert topics.by_code(a_contact_draft().topic).code == "FIN"


def test_a_service_does_not_commit(store: Store, user: User, clock: SetClock) -> None:
    """The caller's transaction decides, so that several verbs can be one step."""

    def log_and_stop(session: Session) -> None:
        contacts.log(
            session,
            "one",
            a_contact_draft(),
            span=a_span(clock),
            user=user,
            nation=Nation.ENGLAND_AND_WALES,
        )
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.call_write(log_and_stop)
    assert counts(store)["contact"] == 0
