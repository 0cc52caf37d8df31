"""Markers: who sets them, how many steps it takes, when they are looked at again, what is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from deskapp import i18n, paths
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import DeskError, FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from deskapp.services.persons import marker_drafts, marker_kinds, marker_work, markers, person_links
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.marker_kinds import Steps
from deskapp.services.persons.markers import Banner, MarkerLine
from tests.builders import SetClock, save

NATION = Nation.ENGLAND_AND_WALES
PVP = {"what_happened": "Kicked a chair", "source": "Usher"}


@pytest.fixture
def leader(user: User) -> User:
    """Somebody else at the same desk who leads the team."""
    return user._replace(id=new_id(), role=Role.TEAM_LEADER)


@pytest.fixture
def ann(store: Store, user: User, clock: SetClock) -> str:
    """Id of a person who called once."""
    return person_of(store, user, save(store, user, clock, person_name="Ann Example").id)


def person_of(store: Store, user: User, contact_id: str) -> str:
    """Whom a contact was with."""
    found = store.call_read(contact_lines.record, contact_id, user=user).person_id
    assert found is not None
    return found


@pytest.fixture
def put(store: Store, user: User, clock: SetClock, ann: str) -> Callable[..., MarkerLine]:
    """Sets a marker on Ann, as an officer unless said otherwise."""

    def put(code: str, by: User = user, marker_id: str = "", **given: Any) -> MarkerLine:
        draft = MarkerDraft(code=code, **{"person_id": ann, **given})
        return store.call_write(
            marker_work.set_marker,
            marker_id or new_id(),
            draft,
            now=clock.moment,
            user=by,
        )

    return put


def work(store: Store, clock: SetClock, verb: Any, user: User, *given: Any, **more: Any) -> Any:
    """Approve, renew or end a marker now."""
    return store.call_write(verb, *given, now=clock.moment, user=user, **more)


def seen(store: Store, user: User, clock: SetClock, person: str, case: str = "") -> list[Banner]:
    """What stands above a contact."""
    return store.call_read(markers.banners, person, case, today=clock.today, user=user)


def test_every_marker_of_the_sheet_is_there_with_its_review() -> None:
    """Codes, who may set it, months until the review, and how many steps it takes."""
    found = {
        kind.code: (kind.by, kind.review_months, kind.steps, kind.order)
        for kind in marker_kinds.shipped().kinds
    }
    officer, leads = Role.OFFICER, Role.TEAM_LEADER
    assert found == {
        "PF0002": (officer, 12, Steps.ONE, False),
        "PF0003": (officer, 3, Steps.ONE, False),
        "PF0004": (officer, 0, Steps.CONFIRM, False),
        "PF0007": (leads, 12, Steps.ONE, False),
        "PF0008": (officer, 0, Steps.ONE, True),
        "PF0009": (officer, 0, Steps.ONE, True),
        "PF0011": (officer, 0, Steps.ONE, True),
        "PF0023": (officer, 0, Steps.ONE, True),
        "PF0018": (officer, 12, Steps.ONE, False),
        "PF0017": (officer, 12, Steps.ONE, False),
        "PF0021": (officer, 12, Steps.CASE, False),
        "CF0005": (officer, 0, Steps.ONE, False),
    }
    assert {kind.code for kind in marker_kinds.shipped().kinds if kind.restricts} == {
        "PF0004",
        "CF0005",
    }
    assert marker_kinds.by_code("PF0006").code == "PF0021"
    assert all(set(kind.label) == {"en", "cy"} for kind in marker_kinds.shipped().kinds)


def test_an_administrators_later_list_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long until a review is an assumption: it can be set without a new deskapp."""
    folder = paths.private_folder(paths.settings_folder())
    text = marker_kinds.SHIPPED_FILE.read_text("utf-8")
    later = text.replace('"2026.1"', '"2027.1"').replace("= 12", "= 6")
    (folder / marker_kinds.FILE_NAME).write_text(later, "utf-8")
    assert marker_kinds.by_code("PF0002").review_months == 6
    marker_kinds.in_force.cache_clear()
    (folder / marker_kinds.FILE_NAME).write_text("version = 1", "utf-8")
    with pytest.raises(DeskError, match=r"markers\.toml"):
        marker_kinds.every()
    marker_kinds.in_force.cache_clear()


def test_a_marker_keeps_its_code_its_words_and_the_version_of_the_list(
    put: Callable[..., MarkerLine], store: Store
) -> None:
    """Codes come and go; what was meant stays."""
    put("PF0002")
    sql = "SELECT code, words, list_version, review_on FROM marker"
    [row] = store.call_read(Connection.execute, sql).fetchall()
    assert row == ("PF0002", "Vulnerable user", "2026.1", "2027-11-18")


def test_past_its_review_a_marker_says_was_until_it_is_renewed_or_ended(
    put: Callable[..., MarkerLine],
    store: Store,
    user: User,
    leader: User,
    clock: SetClock,
    ann: str,
) -> None:
    """Never silence, and never the bare word."""
    line = put("PF0003")
    [banner] = seen(store, user, clock, ann)
    assert (banner.words, banner.overdue) == ("At risk of suicide or self-harm", False)
    clock.passes(days=93)
    [banner] = seen(store, user, clock, ann)
    assert (banner.words, banner.overdue) == (
        "At risk of suicide or self-harm: was, review overdue",
        True,
    )
    with pytest.raises(NotAllowedError):
        work(store, clock, marker_work.renew, user, line.id, "Still so")
    work(store, clock, marker_work.renew, leader, line.id, "Still so")
    assert not seen(store, user, clock, ann)[0].overdue
    assert store.call_read(markers.get, line.id).renew_reason == "Still so"
    with pytest.raises(FormProblemsError, match="Enter a reason"):
        work(store, clock, marker_work.end, leader, line.id, " ")
    work(store, clock, marker_work.end, leader, line.id, "No longer so")
    assert seen(store, user, clock, ann) == []
    with pytest.raises(NotFoundError, match="was ended"):
        work(store, clock, marker_work.end, leader, line.id, "Again")


def test_a_marker_is_set_once(put: Callable[..., MarkerLine]) -> None:
    """Saved twice by one long key press it is one; a second of its kind is refused."""
    marker_id = new_id()
    assert put("PF0002", marker_id=marker_id) == put("PF0002", marker_id=marker_id)
    with pytest.raises(FormProblemsError, match="stands already"):
        put("PF0002")


def test_unacceptable_behaviour_is_for_the_team_leader(
    put: Callable[..., MarkerLine], leader: User
) -> None:
    """An officer who was shouted at does not judge it."""
    with pytest.raises(NotAllowedError, match="team leader"):
        put("PF0007")
    assert put("PF0007", by=leader).code == "PF0007"


def test_what_is_copied_from_an_order_needs_its_date_and_its_end(
    put: Callable[..., MarkerLine],
) -> None:
    """The marker is reviewed when the order ends."""
    with pytest.raises(FormProblemsError) as caught:
        put("PF0009", order_ends_on="1 1 2020", order_on="1 1 2030")
    assert [each.field for each in caught.value.problems] == [
        "source", "order_on", "order_ends_on",
    ]  # fmt: skip
    line = put("PF0009", source="Order of HHJ", order_on="1 Nov 2026", order_ends_on="1 11 2028")
    assert line.review_on == dt.date(2028, 11, 1)
    assert line.source == "2026-11-01 Order of HHJ"


def test_lacking_capacity_needs_a_source(put: Callable[..., MarkerLine]) -> None:
    """Who said so."""
    with pytest.raises(FormProblemsError, match="Enter source"):
        put("PF0018")
    assert put("PF0018", source="Solicitor").review_on == dt.date(2027, 11, 18)


def test_a_confidential_address_takes_a_second_step_and_never_lapses_alone(
    put: Callable[..., MarkerLine], store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """Until then it says so, and covers already: the stricter is shown."""
    line = put("PF0004")
    [banner] = seen(store, user, clock, ann)
    assert banner.words == "Confidential address, to be confirmed"
    assert banner.confidential_address
    assert banner.restricts
    work(store, clock, marker_work.approve, user, line.id)
    clock.passes(days=4000)
    [banner] = seen(store, user, clock, ann)
    assert banner.words == "Confidential address"
    with pytest.raises(NotFoundError, match="waits for nobody"):
        work(store, clock, marker_work.approve, user, line.id)


def test_domestic_abuse_stands_with_the_case_however_it_is_spelt(
    put: Callable[..., MarkerLine], store: Store, user: User, clock: SetClock
) -> None:
    """It restricts what may be said about the case to anybody."""
    with pytest.raises(FormProblemsError, match="case reference"):
        put("CF0005", source="Application")
    put("CF0005", case_ref="zz 26/p0001", source="Application")
    [banner] = seen(store, user, clock, "", "ZZ26P0001")
    assert banner.restricts
    assert not banner.confidential_address


def test_whoever_is_linked_shares_markers_and_each_code_is_shown_once(
    put: Callable[..., MarkerLine], store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """Two records of one human being: what is known of one is known."""
    other = person_of(store, user, save(store, user, clock, person_name="Ann Example").id)
    put("PF0002")
    put("PF0002", person_id=other)
    put("PF0003", person_id=other)
    given: dict[str, Any] = {"now": clock.moment, "user": user}
    store.call_write(person_links.link, ann, other, "Same date of birth", **given)
    assert {each.code for each in seen(store, user, clock, ann)} == {"PF0002", "PF0003"}
    assert len(seen(store, user, clock, ann)) == 2
    store.call_write(person_links.unlink, other, ann, "Another Ann", **given)
    assert [each.code for each in seen(store, user, clock, ann)] == ["PF0002"]


def test_a_violent_person_is_proposed_by_an_officer_and_live_after_the_team_leader(
    put: Callable[..., MarkerLine],
    store: Store,
    user: User,
    leader: User,
    clock: SetClock,
    ann: str,
) -> None:
    """Nothing is seen before; then the words of the sheet alone; it ends with the case."""
    line = put("PF0021", **PVP)
    assert line.waiting
    assert seen(store, user, clock, ann) == []
    assert store.call_read(markers.of_person, ann, user=user) == []
    with pytest.raises(NotAllowedError):
        work(store, clock, marker_work.approve, user, line.id, values={"risk": "low"})
    acting = acting_as(user, clock)
    with pytest.raises(NotFoundError):
        store.call_write(cases.look, acting, line.case_id)
    [waiting] = due(store, leader, clock)
    assert (waiting.name, waiting.line.waiting) == ("Ann Example", True)
    work(store, clock, marker_work.approve, leader, line.id, values={"risk": "low"})
    [banner] = seen(store, user, clock, ann)
    assert banner.words == "Ask the team leader before seeing this person alone"
    stored = store.call_read(Connection.execute, "SELECT * FROM marker").fetchall()
    assert "Kicked" not in str(stored)
    work(store, clock, marker_work.end, leader, line.id, "Apologised")
    assert seen(store, user, clock, ann) == []
    assert "Apologised" not in str(
        store.call_read(Connection.execute, "SELECT * FROM marker").fetchall()
    )


def test_the_assessment_of_the_case_alone_makes_the_marker_live_and_its_end_ends_it(
    put: Callable[..., MarkerLine],
    store: Store,
    user: User,
    leader: User,
    clock: SetClock,
    ann: str,
) -> None:
    """A team leader who works in the list of cases needs no second place."""
    line = put("PF0021", **PVP)
    acting = acting_as(leader, clock)
    store.call_write(cases.do, acting, line.case_id, "assess", {"risk": "high"})
    assert [each.code for each in seen(store, user, clock, ann)] == ["PF0021"]
    measures = {"measures": ["escort"], "valid_until": "2027-02-01", "approved_by": "Lee"}
    store.call_write(
        cases.do, acting, line.case_id, "set_measures", {**measures, "person_told": "no"}
    )
    clock.passes(days=90)
    [banner] = seen(store, user, clock, ann)
    assert banner.overdue, "the measures ran out"
    later = acting_as(leader, clock)
    store.call_write(cases.do, later, line.case_id, "end", {"end_reason": "Over"})
    assert seen(store, user, clock, ann) == []


def acting_as(user: User, clock: SetClock) -> Acting:
    """Somebody who works on cases now."""
    return Acting(user, clock.moment, shelf.rulebook(paths.settings_folder(), NATION))


def due(
    store: Store,
    user: User,
    clock: SetClock,
    want: Want = Want(),  # noqa: B008 - it is frozen
) -> list[markers.DueMarker]:
    """What must be looked at within two weeks."""
    return store.call_read(markers.due, want, today=clock.today, user=user).lines


def test_what_waits_for_the_team_leader_is_read_page_by_page(
    put: Callable[..., MarkerLine], store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """Proposals and reviews in one order, however many there are; forwards and back."""
    for _number in range(3):
        save(store, user, clock, person_name=f"Person {_number}")
    persons = store.call_read(Connection.execute, "SELECT id FROM person").fetchall()
    for (person_id,) in persons:
        put("PF0004", person_id=person_id)
        put("PF0003", person_id=person_id)
    clock.passes(days=80)
    every = [each.line.id for each in due(store, leader, clock)]
    assert len(every) == 2 * len(persons)
    seen_ids: list[str] = []
    want = Want(limit_rows=3)
    while lines := due(store, leader, clock, want):
        seen_ids += [each.line.id for each in lines]
        want = Want(lines[-1].place, limit_rows=3)
    assert seen_ids == every
    back: list[str] = []
    want = Want(backwards=True, limit_rows=2)
    while lines := due(store, leader, clock, want):
        back = [each.line.id for each in lines] + back
        want = Want(lines[0].place, backwards=True, limit_rows=2)
    assert back == every


def test_the_team_leader_sees_what_is_due_for_review(
    put: Callable[..., MarkerLine], store: Store, user: User, leader: User, clock: SetClock
) -> None:
    """Proposals first, then by day; what is far off or ended is not in it."""
    put("PF0002")
    put("PF0003")
    confidential = put("PF0004")
    assert [each.line.code for each in due(store, leader, clock)] == ["PF0004"]
    work(store, clock, marker_work.approve, user, confidential.id)
    clock.passes(days=80)
    assert [each.line.code for each in due(store, leader, clock)] == ["PF0003"]
    with pytest.raises(NotAllowedError):
        due(store, user, clock)


def test_a_marker_of_a_later_list_is_shown_in_its_own_words(
    put: Callable[..., MarkerLine], store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """Another desk may know more than this one."""
    put("PF0002")
    store.call_jot(
        Connection.execute, "UPDATE marker SET code = 'PF0999', words = 'Something newer'"
    )
    [banner] = seen(store, user, clock, ann)
    assert (banner.code, banner.words) == ("PF0999", "Something newer")


def test_markers_speak_welsh(
    put: Callable[..., MarkerLine], store: Store, user: User, clock: SetClock, ann: str
) -> None:
    """As the screen does."""
    put("PF0002")
    i18n.use("cy")
    assert seen(store, user, clock, ann)[0].words == "Agored i niwed"


def test_each_kind_asks_only_what_it_needs() -> None:
    """In the order of the form."""
    fields = {kind.code: marker_drafts.asked(kind) for kind in marker_kinds.shipped().kinds}
    assert fields["PF0002"] == ("source",)
    assert fields["PF0011"] == ("source", "order_on", "order_ends_on")
    assert fields["PF0021"] == ("what_happened", "source", "case_ref", "hearing_on")
    assert fields["CF0005"] == ("case_ref", "source")


def test_reading_markers_uses_an_index(store: Store) -> None:
    """They are read with every contact."""
    for column in ("person_id", "case_key"):
        sql = (
            f"EXPLAIN QUERY PLAN SELECT {markers._COLUMNS} FROM {markers._FROM}"
            f" WHERE m.{column} = ? AND m.ended_on = '' ORDER BY m.id"
        )
        plan = str(store.call_read(Connection.execute, sql, ("x",)).fetchall())
        assert "SEARCH m USING INDEX marker_by" in plan
        assert "SCAN" not in plan
