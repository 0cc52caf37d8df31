"""Who may not read contacts reads none, whichever way they ask."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

import pytest

from deskapp.data.store import Store
from deskapp.errors import NotAllowedError
from deskapp.roles import Role, User
from deskapp.services import contact_lines, drafts, follow_ups, home, persons
from deskapp.services.paging import Want
from tests.builders import SetClock, a_draft, save

GATED: dict[Any, tuple[Any, ...]] = {
    contact_lines.page: (Want(), "ann"),
    contact_lines.of_person: (Want(), "{person}"),
    contact_lines.line: ("{contact}",),
    contact_lines.record: ("{contact}",),
    persons.find: ("ann jones",),
    persons.get: ("{person}",),
    follow_ups.page: (Want(),),
    follow_ups.of_contact: ("{contact}",),
}
WITHOUT_WORDS: set[Any] = {
    contact_lines.about,
    contact_lines.found_until,
    contact_lines.id_of_ref,
    contact_lines.ref_taken,
    follow_ups.open_count,
}
"""They give a number or an id, nothing about anybody."""


@pytest.fixture
def written(store: Store, user: User, clock: SetClock) -> dict[str, str]:
    """A contact that promised something, and its person."""
    line = save(
        store, user, clock, person_name="Ann Jones", outcome="EML", extras={"within_days": "2"}
    )
    person_id = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert person_id is not None
    return {"contact": line.id, "person": person_id}


@pytest.mark.parametrize(
    ("read", "given"), GATED.items(), ids=lambda value: getattr(value, "__qualname__", "")
)
def test_only_who_may_read_contacts_reads(
    read: Any, given: tuple[Any, ...], store: Store, user: User, written: dict[str, str]
) -> None:
    """The table of roles holds below the screens too."""
    asked = [text.format(**written) if isinstance(text, str) else text for text in given]
    assert store.call_read(read, *asked, user=user)
    with pytest.raises(NotAllowedError):
        store.call_read(read, *asked, user=user._replace(role=Role.ADMINISTRATOR))


def test_every_reader_asks_who_reads() -> None:
    """A reader that is added must be put on one side or the other."""
    readers = {
        function
        for module in (contact_lines, persons, follow_ups)
        for function in vars(module).values()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and "connection" in inspect.signature(function).parameters
    }
    assert readers == set(GATED) | WITHOUT_WORDS


def test_home_shows_no_promise_to_who_may_not_read(
    store: Store, user: User, clock: SetClock, written: dict[str, str]
) -> None:
    """The rest of the first screen is theirs as well."""
    draft = a_draft(user, clock, form="note", values={drafts.RECORD: written["contact"]})
    store.call_jot(drafts.keep, draft)
    today = dt.date(2026, 11, 18)
    administrator = user._replace(role=Role.ADMINISTRATOR)
    assert len(store.call_read(home.look, user=user, today=today).due) == 1
    seen = store.call_read(home.look, user=administrator, today=today)
    assert (seen.due, seen.more_due) == ([], 0)
    assert len(seen.unfinished) == 1
