"""The first screen: what waits for this officer, what is due, how the exchange stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import drafts, follow_ups, home, nearness
from deskapp.services.enquiries import contacts
from deskapp.services.home import Home
from deskapp.services.knowledge import library, local_decide, to_review
from deskapp.services.knowledge.local_check import Checked
from deskapp.services.knowledge.shelf import library_of
from tests.builders import SetClock, a_contact_draft, a_draft, a_span, save
from tests.services.knowledge.local_desk import LEADER, Writing


def look(store: Store, user: User, clock: SetClock) -> Home:
    """What the officer sees now."""
    return store.call_read(home.look, user=user, now=clock.moment)


def test_fresh_desk_has_nothing_waiting(store: Store, user: User, clock: SetClock) -> None:
    """One change is kept already: the officer."""
    seen = look(store, user, clock)
    assert (seen.lines, seen.left, seen.contacts_today) == ([], 0, 0)
    assert (seen.exchange.joined, seen.exchange.pending) == (False, 1)


def test_unfinished_forms_say_what_they_are(store: Store, user: User, clock: SetClock) -> None:
    """The officer picks the right one by name and topic."""
    values = {"topic": "FIN", "person_name": "Ann Jones"}
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True, values=values))
    clock.passes(minutes=1)
    store.call_jot(drafts.keep, a_draft(user, clock, form="note", values={"note": "x"}))
    contact, note = look(store, user, clock).lines
    assert (contact.what, contact.who) == ("Contact", "Ann Jones Fines and penalties")
    assert contact.state == "parked 10:05"
    assert (note.what, note.who) == ("Note", "not given yet")
    assert note.state == "open now 10:06"


def test_unfinished_note_says_which_contact_it_is_about(
    store: Store, user: User, clock: SetClock
) -> None:
    """Its reference is on the officer's paper."""
    line = save(store, user, clock)
    values = {drafts.RECORD: line.id, "note": "Rang"}
    store.call_jot(drafts.keep, a_draft(user, clock, form="note", values=values))
    [note] = look(store, user, clock).lines
    assert note.who == line.ref


def test_only_so_many_promises_are_shown_and_the_rest_is_counted(
    store: Store, user: User, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen holds what can be done today, not a backlog."""
    monkeypatch.setattr(follow_ups, "LINES", 2)
    for days in ("3", "1", "2", "9"):
        save(store, user, clock, outcome="EML", extras={"within_days": days})
    seen = look(store, user, clock)
    assert [line.state for line in seen.lines] == ["19 Nov 2026", "20 Nov 2026"]
    assert seen.left == 2


def test_figures_count_the_local_day_of_this_officer(
    store: Store, user: User, clock: SetClock
) -> None:
    """23:30 UTC in July is already tomorrow in London."""
    clock.shows(dt.datetime(2026, 7, 1, 23, 45, tzinfo=dt.UTC))
    save(store, user, clock, span=a_span(clock, minutes=10))
    save(store, user, clock, span=a_span(clock, minutes=60))
    save(store, user._replace(id="somebody-else"), clock, span=a_span(clock, minutes=10))
    assert clock.today == dt.date(2026, 7, 2)
    assert look(store, user, clock).contacts_today == 1


def test_figures_leave_out_what_was_no_contact(store: Store, user: User, clock: SetClock) -> None:
    """Tests, duplicates and discarded ones are no work of the day."""
    save(store, user, clock)
    save(store, user, clock, outcome="TST")
    save(store, user, clock, outcome="DUP", extras={"survivor": "E-7KM-4X9-3CK"})
    store.call_write(
        contacts.discard,
        "draft",
        a_contact_draft(),
        "Opened by mistake",
        span=a_span(clock),
        user=user,
    )
    assert look(store, user, clock).contacts_today == 1


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        ("2026-11-16", "OVERDUE 2 days"),
        ("2026-11-17", "OVERDUE 1 day"),
        ("2026-11-18", "today"),
        ("2026-11-19", "19 Nov 2026"),
    ],
)
def test_nearness_of_a_day_is_told_in_words(due_on: str, words: str) -> None:
    """Colour only repeats it."""
    today = dt.date(2026, 11, 18)
    assert nearness.due_words(dt.date.fromisoformat(due_on), today).startswith(words)


@pytest.mark.parametrize(
    ("hour", "words"),
    [(3, "today 04:20"), (5, "OVERDUE since 04:20"), (29, "OVERDUE 1 day")],
)
def test_nearness_of_a_moment_is_told_in_words(hour: int, words: str) -> None:
    """A time behind a number of days would read as hours of the delay."""
    due = dt.datetime(2026, 11, 18, 4, 20, tzinfo=dt.UTC)
    now = dt.datetime(2026, 11, 18, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
    assert nearness.due_text(due, due, now) == words


def test_pending_changes_are_those_central_has_not_received(
    store: Store, user: User, clock: SetClock
) -> None:
    """The number falls only when an exchange worked."""
    save(store, user, clock, person_name="Ann Jones")
    before = look(store, user, clock).exchange.pending
    store.call_jot(
        lambda connection: connection.execute("UPDATE change_log SET state = 2 WHERE seq <= 2")
    )
    assert look(store, user, clock).exchange.pending == before - 2
    store.call_jot(lambda connection: connection.execute("UPDATE change_log SET state = 2"))
    assert look(store, user, clock).exchange.pending == 0


def test_last_exchange_is_told_by_its_local_day(store: Store, user: User, clock: SetClock) -> None:
    """Half past midnight in summer is still the evening before in UTC."""
    store.call_jot(
        lambda connection: connection.execute(
            "UPDATE sync_state SET central_id = 'c', last_ok_at = '2026-07-01T23:30:00.000Z'"
        )
    )
    exchange = look(store, user, clock).exchange
    assert (exchange.joined, exchange.last_ok_on) == (True, dt.date(2026, 7, 2))


def test_who_approves_sees_what_waits_and_which_reviews_are_due(
    store: Store, user: User, clock: SetClock
) -> None:
    """Not who wrote it, and nobody who may not approve."""
    writing = Writing(store, clock, user)
    row_id = writing.start()
    writing.do(local_decide.submit, row_id, "", Checked(1, ()))
    assert look(store, user, clock).lines == []
    [line] = look(store, LEADER, clock).lines
    assert (line.kind, line.id, line.state) == ("local", row_id, "Waits for approval")
    assert line.who == "The kestrel lift is out of order"
    assert look(store, user._replace(role=LEADER.role), clock).lines == []
    writing.do(local_decide.approve, row_id, "", Checked(1, ()), user=LEADER)
    assert look(store, LEADER, clock).lines == []
    clock.passes(minutes=60 * 24 * 120)
    [due] = look(store, LEADER, clock).lines
    assert (due.what, due.urgent) == ("Review of a local article", True)
    assert due.state.startswith("OVERDUE")


def test_who_approves_sees_how_many_shipped_articles_are_past_their_review(
    store: Store, user: User, clock: SetClock
) -> None:
    """One line for all of them, from the day after the first on; it opens their list."""
    item = next(library.shipped().items())
    today = clock.today
    dates = (today - dt.timedelta(days=3), today - dt.timedelta(days=1), today)
    past = [replace(item, id=f"s-{day}", review_by=day) for day in dates]
    store.call_jot(to_review.keep_dates, library_of(*past))
    [line] = look(store, LEADER, clock).lines
    assert (line.kind, line.id, line.state) == ("knowledge", "overdue", "OVERDUE 3 days")
    assert (line.who, line.urgent) == ("2 articles, scripts and figures", True)
    assert look(store, user, clock).lines == []
