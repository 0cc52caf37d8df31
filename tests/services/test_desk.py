"""Who sits at the desk and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import desk, first_start
from tests.builders import SITE, SetClock


def test_desk_knows_its_user_and_site(store: Store, user: User) -> None:
    """What the top line of every screen says."""
    assert (user.name, user.role, user.site) == ("Siân O'Brien", Role.OFFICER, SITE)
    assert desk.site_name(user.site, "en") == "Aberystwyth Justice Centre"
    assert desk.nation(user.site) == "england-and-wales"
    assert store.call_read(desk.is_demonstration) is False


def test_desk_without_a_user_says_what_to_do(store: Store) -> None:
    """The first start was killed half way."""
    store.call_jot(lambda connection: connection.execute("DELETE FROM local_state"))
    with pytest.raises(NotFoundError, match="Start deskapp to set it up"):
        store.call_read(desk.user)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (" ", "Enter your name"),
        ("\x1b\x00", "Enter your name"),
        ("x" * 81, "Your name must be 80 characters or less"),
    ],
)
def test_name_of_a_user_is_checked_in_every_way_to_make_one(
    name: str, message: str, store: Store
) -> None:
    """The screen and the command line rely on it."""
    with pytest.raises(FormProblemsError, match=message):
        store.call_write(desk.set_up, name, role=Role.OFFICER, site=SITE)
    assert [problem.message for problem in desk.name_problems(name)] == [message]


def test_first_start_checks_every_answer_before_it_makes_anything(
    tmp_path: Path, clock: SetClock
) -> None:
    """Half a desk on the disk would greet the next start."""
    folder = tmp_path / "fresh"
    with pytest.raises(FormProblemsError) as caught:
        first_start.prepare(
            folder,
            site_key="",
            name="",
            role=Role.OFFICER,
            passphrase="short",
            clock=clock.clock,
        )
    assert [problem.field for problem in caught.value.problems] == ["site", "name", "passphrase"]
    assert not folder.exists()


def test_demonstration_is_marked_from_the_first_start(tmp_path: Path, clock: SetClock) -> None:
    """Nobody may take invented people for real ones."""
    store, _user = first_start.prepare(
        tmp_path / "fresh",
        site_key=SITE,
        name="Demonstration",
        role=Role.OFFICER,
        insecure=True,
        clock=clock.clock,
        demonstration=True,
    )
    assert store.call_read(desk.is_demonstration) is True
    store.close()
