"""What two desks gave out twice: a spoken reference, the last place of a half hour."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp.data import refs
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.services import conflicts, kinds
from deskapp.services.callbacks import callbacks, diaries
from deskapp.services.callbacks.callbacks import Wish
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines, contact_rows
from deskapp.services.paging import Want
from deskapp.text import compact
from tests.builders import save
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol
from tests.central.test_lists import seated

REF = refs.new_ref("E", lambda alphabet: alphabet[7])
SLOT = dt.datetime.fromisoformat("2026-11-19T10:30")


def contact(store: Store) -> list[tuple[str, str]]:
    """Reference and name of every contact of a desk."""
    question = "SELECT ref, person_name FROM contact ORDER BY person_name"
    return [(ref, name) for ref, name in store.call_read(Connection.execute, question).fetchall()]


@pytest.fixture
def twice(
    central: Central, enrolled: Enrol, monkeypatch: pytest.MonkeyPatch
) -> tuple[Desk, Desk, str]:
    """Two desks that gave out one reference, and exchanged; with the one that took its place."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    monkeypatch.setattr(contact_rows, "_free_ref", lambda _session: REF)
    for desk, name in ((one, "Ann First"), (two, "Ben Second")):
        officer = seated(desk, f"Officer {name}")
        save(desk.store, officer, desk.clock, person_name=name)
        desk.sync()
    one.sync()
    [(_ref, _name), (other, _)] = contact(one.store)
    return one, two, other


def test_the_later_of_two_rows_with_one_reference_gets_another(
    twice: tuple[Desk, Desk, str],
) -> None:
    """What was told to the first person stays theirs; nobody has to decide anything."""
    one, two, other = twice
    assert contact(one.store) == contact(two.store) == [(REF, "Ann First"), (other, "Ben Second")]
    assert refs.check(other)
    assert other != REF
    assert one.sync().conflicts == 0


def test_the_reference_that_was_told_still_finds_both(twice: tuple[Desk, Desk, str]) -> None:
    """The second person reads out what they were told: by reference, and by words."""
    for desk in twice[:2]:
        reader = seated(desk, "Cari Reader")
        for typed in (REF, REF.lower().replace("-", " ")):
            found = desk.store.call_read(kinds.with_ref, typed)
            assert [table for table, _id in found] == ["contact", "contact"]
        page = desk.store.call_read(
            contact_lines.page, Want(), user=reader, words=compact(REF).lower()
        )
        assert {line.person_name for line in page.lines} == {"Ann First", "Ben Second"}


def test_a_central_that_went_back_in_time_gives_the_same_reference_again(
    central: Central, enrolled: Enrol, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter may stand under it by now."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    monkeypatch.setattr(contact_rows, "_free_ref", lambda _session: REF)
    save(one.store, seated(one, "Officer One"), one.clock, person_name="Ann First")
    one.sync()
    with central.as_it_was():
        save(two.store, seated(two, "Officer Two"), two.clock, person_name="Ben Second")
        two.sync()
        one.sync()
        before = contact(one.store)
    for desk in (two, one, two, one):
        desk.sync()
    assert contact(one.store) == contact(two.store) == before
    assert one.sync().conflicts == 0


def booked(desk: Desk, name: str, *, reason: str = "") -> None:
    """A contact with a callback in the one half hour."""
    officer = seated(desk, f"Officer {name}")
    line = save(desk.store, officer, desk.clock, person_name=name)
    diary = diaries.of_nation(Nation.ENGLAND_AND_WALES)
    wish = Wish(SLOT, over_reason=reason)
    [(contact_id,)] = desk.store.call_read(
        Connection.execute, "SELECT id FROM contact WHERE ref = ?", (line.ref,)
    ).fetchall()
    desk.store.call_write(
        callbacks.book, contact_id, wish, now=desk.clock.moment, user=officer, diary=diary
    )


def test_one_callback_too_many_stands_and_somebody_is_asked(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """Neither desk could see the other; both people were promised to be rung."""
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    for name in ("Ann", "Ben"):
        booked(one, name)
    for name in ("Cari", "Dai"):
        booked(two, name)
    assert one.sync().conflicts == 0
    assert two.sync().conflicts == 1
    one.sync()
    leader = seated(one, "Leader")
    [line] = one.store.call_read(conflicts.page, Want(), user=leader).lines
    assert (line.kind, line.field, line.other) == ("claim", "Ring back", "one too many")
    [(count,)] = one.store.call_read(
        Connection.execute, "SELECT count(*) FROM callback WHERE state = 'booked'"
    ).fetchall()
    assert count == 4
    note = "UPDATE callback SET note = 'Ring the side door' WHERE id = ?"
    two.store.call_jot(Connection.execute, note, (line.row_id,))
    one.store.call_write(
        conflicts.decide, line.id, restore=False, user=leader, now=one.clock.moment
    )
    one.sync()
    assert two.sync().conflicts == 0  # what was decided is not asked again


def test_who_goes_beyond_with_a_reason_is_not_asked(central: Central, enrolled: Enrol) -> None:
    """A team leader has decided already."""
    one = enrolled("one", may_apply=True)
    for name in ("Ann", "Ben", "Cari"):
        booked(one, name)
    booked(one, "Dai", reason="Hearing tomorrow")
    assert one.sync().conflicts == 0
