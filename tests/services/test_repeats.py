"""Who rang again is seen by itself; who was typed twice is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError
from deskapp.roles import Role, User
from deskapp.services.enquiries import contact_lines, repeats
from deskapp.services.enquiries.contact_line import ContactLine
from tests.builders import SetClock, a_contact_draft, a_span, save


@pytest.fixture
def person(store: Store, user: User, clock: SetClock) -> str:
    """Somebody who rang about a fine at 10:05."""
    line = save(store, user, clock, person_name="Ann Jones", case_ref="AB 12-3")
    person_id = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert person_id is not None
    return person_id


def repeat_of(store: Store, user: User, line: ContactLine) -> str:
    """Reference of what a contact repeats."""
    return store.call_read(contact_lines.record, line.id, user=user).more.repeat_of


@pytest.mark.parametrize("days", [0.1, 13.9])
def test_same_person_and_topic_within_14_days_is_a_repeat(
    days: float, store: Store, user: User, clock: SetClock, person: str
) -> None:
    """Found without a key."""
    clock.passes(days=days)
    again = save(store, user, clock, person_id=person)
    assert repeat_of(store, user, again).startswith("E-")


def test_same_case_is_enough_however_it_is_spaced(
    store: Store, user: User, clock: SetClock, person: str
) -> None:
    """Two people may ask about one case."""
    clock.passes(days=1)
    again = save(store, user, clock, person_name="Bob Lee", case_ref="ab123")
    assert repeat_of(store, user, again)


@pytest.mark.parametrize(
    ("days", "given"), [(15, {}), (1, {"topic": "JRY"}), (1, {"person_id": "somebody-else"})]
)
def test_older_other_topic_or_other_person_is_no_repeat(
    days: int, given: dict[str, Any], store: Store, user: User, clock: SetClock, person: str
) -> None:
    """Source: enquiries sheet, section 1."""
    clock.passes(days=days)
    again = save(store, user, clock, **{"person_id": person, **given})
    assert repeat_of(store, user, again) == ""


def test_contact_that_no_figure_counts_is_not_repeated(
    store: Store, user: User, clock: SetClock
) -> None:
    """A test call is nobody's first try."""
    save(store, user, clock, case_ref="AB 1", outcome="TST")
    clock.passes(days=1)
    assert repeat_of(store, user, save(store, user, clock, case_ref="AB 1")) == ""


def test_officer_has_the_last_word(store: Store, user: User, clock: SetClock, person: str) -> None:
    """None, or another contact than the one found; one that does not exist is told."""
    other = save(store, user, clock, topic="JRY")
    clock.passes(days=1)
    none = save(store, user, clock, person_id=person, repeat_ref="")
    named = save(store, user, clock, person_id=person, repeat_ref=other.ref.lower())
    assert (repeat_of(store, user, none), repeat_of(store, user, named)) == ("", other.ref)
    with pytest.raises(FormProblemsError) as caught:
        save(store, user, clock, person_id=person, repeat_ref="E-AAA-AAA-AAA")
    assert [problem.field for problem in caught.value.problems] == ["repeat_ref"]


def duplicate(store: Store, user: User, clock: SetClock, **given: Any) -> ContactLine | None:
    """What a contact that begins now may be a duplicate of."""
    draft = a_contact_draft(**given)
    return store.call_read(repeats.possible_duplicate, draft, started_at=clock.moment, user=user)


@pytest.mark.parametrize(
    "given", [{"case_ref": "ab123"}, {"person_name": " ann  JONES"}, {"person_id": "{person}"}]
)
def test_same_officer_topic_and_person_or_case_minutes_later_may_be_a_duplicate(
    given: dict[str, str], store: Store, user: User, clock: SetClock, person: str
) -> None:
    """Source: enquiries sheet, section 15; a name typed again was not picked."""
    wanted = {name: text.format(person=person) for name, text in given.items()}
    clock.passes(minutes=9)
    assert duplicate(store, user, clock, **wanted) is not None
    clock.passes(minutes=2)
    assert duplicate(store, user, clock, **wanted) is None


def test_other_topic_other_officer_or_nobody_is_no_duplicate(
    store: Store, user: User, clock: SetClock, person: str
) -> None:
    """Two anonymous callers about fines are two callers."""
    save(store, user, clock)
    clock.passes(minutes=1)
    assert duplicate(store, user, clock) is None
    assert duplicate(store, user, clock, person_id=person, topic="JRY") is None
    colleague = user._replace(id="somebody-else")
    assert duplicate(store, colleague, clock, person_id=person) is None


def test_who_may_not_read_contacts_is_told_of_none(
    store: Store, user: User, clock: SetClock
) -> None:
    """The table of roles holds here too."""
    administrator = user._replace(role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        duplicate(store, administrator, clock)
    with pytest.raises(NotAllowedError):
        store.call_read(repeats.earlier, "", "", "FIN", before=clock.moment, user=administrator)


def test_looking_for_a_repeat_reads_no_table_from_end_to_end(
    store: Store, user: User, clock: SetClock, person: str
) -> None:
    """It is asked at every key in the case reference, beside a million contacts."""
    plans: list[str] = []

    def explained(connection: Connection) -> None:
        class Explaining:
            """Hands every query on after its plan was kept."""

            def execute(self, query: str, values: tuple[Any, ...] = ()) -> Any:
                if query.startswith("SELECT started_at") or "BETWEEN" in query:
                    rows = connection.execute(f"EXPLAIN QUERY PLAN {query}", values).fetchall()
                    plans.extend(str(row[3]) for row in rows)
                return connection.execute(query, values)

        watched: Any = Explaining()
        repeats.earlier(watched, person, "AB123", "FIN", before=clock.moment, user=user)
        draft = a_contact_draft(person_id=person)
        repeats.possible_duplicate(watched, draft, started_at=clock.moment, user=user)

    store.call_read(explained)
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
    assert any("contact_by_person" in plan for plan in plans)
    assert any("contact_by_time" in plan for plan in plans)


def test_span_of_a_long_call_still_counts_from_its_end(
    store: Store, user: User, clock: SetClock
) -> None:
    """It began 40 minutes ago and ended just now."""
    save(store, user, clock, person_name="Ann Jones", span=a_span(clock, minutes=40))
    clock.passes(minutes=2)
    assert duplicate(store, user, clock, person_name="Ann Jones") is not None
