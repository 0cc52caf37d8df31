"""Preparing a desk: nothing is made by halves, and a start that was killed is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, StoreError
from deskapp.roles import Role, User
from deskapp.services import desk, first_start
from deskapp.services.courts import courts
from tests.builders import SITE, SetClock

NAME = "Siân O'Brien"
OTHER_SITE = "fact:cardiff-crown-court"


def _prepare(folder: Path, **given: object) -> User:
    usual: dict[str, object] = {"site_key": SITE, "name": NAME, "insecure": True}
    store, user = first_start.prepare(
        folder,
        role=Role.OFFICER,
        clock=SetClock().clock,
        **(usual | given),  # type: ignore[arg-type]
    )
    store.close()
    return user


def test_the_desk_opens_with_its_user_at_its_site(tmp_path: Path) -> None:
    """Three answers are enough."""
    user = _prepare(tmp_path / "data")
    store = Store.open(tmp_path / "data", vault.unlock(tmp_path / "data"))
    assert store.call_read(desk.user) == user
    assert (user.name, user.site, store.site) == (NAME, SITE, SITE)
    store.close()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"site_key": ""}, "site"),
        ({"site_key": "no-such-court"}, "site"),
        ({"name": " \t"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"passphrase": "1234567"}, "passphrase"),
    ],
)
def test_an_answer_to_put_right_makes_nothing(
    tmp_path: Path, given: dict[str, object], field: str
) -> None:
    """No half-made desk stays behind a typing slip."""
    with pytest.raises(FormProblemsError) as raised:
        _prepare(tmp_path / "data", **given)
    assert [problem.field for problem in raised.value.problems] == [field]
    assert not (tmp_path / "data").exists()


def test_a_closed_court_is_no_site(tmp_path: Path) -> None:
    """Its nation, and so its calendar, is often not known."""
    closed = next(court for court in courts.every() if court.status == "closed")
    with pytest.raises(FormProblemsError):
        _prepare(tmp_path / "data", site_key=closed.key)


def test_a_start_killed_after_the_keys_is_made_again(tmp_path: Path) -> None:
    """The keys of a store that was never made are replaced."""
    vault.create(tmp_path / "data", insecure=True)
    assert _prepare(tmp_path / "data").name == NAME


def test_a_start_killed_after_the_store_is_finished(tmp_path: Path) -> None:
    """The site of the second answer counts."""
    folder = tmp_path / "data"
    key = vault.create(folder, insecure=True)
    Store.create(folder, key, site=OTHER_SITE, clock=SetClock().clock).close()
    _prepare(folder)
    store = Store.open(folder, vault.unlock(folder))
    assert (store.site, store.call_read(desk.user).site) == (SITE, SITE)
    store.close()


def test_a_prepared_desk_is_left_alone(tmp_path: Path) -> None:
    """A second administrator does not take it over."""
    folder = tmp_path / "data"
    _prepare(folder)
    before = (folder / vault.KEYS_NAME).read_bytes()
    with pytest.raises(StoreError, match="prepared already"):
        _prepare(folder, name="Somebody Else")
    assert (folder / vault.KEYS_NAME).read_bytes() == before
