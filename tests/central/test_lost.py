"""S10: a device that was lost gets nothing more, and destroys what it holds when it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.central import lost
from deskapp.data.central.connect import DESK, connect
from deskapp.errors import CentralError, CentralRefusedError, DeskLostError
from deskapp.paths import STORE_NAME
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person


def lose(central: Central, name: str, *, drop_login: bool = False) -> str:
    """Report a desk lost."""
    with connect(central.owner) as owner:
        return lost.lose(owner, name, drop_login=drop_login)


@pytest.fixture
def desk(enrolled: Enrol, tmp_path: Path) -> Desk:
    """A desk with a key file and something that central does not have yet."""
    made = enrolled("one", may_apply=True)
    (made.store.folder / vault.KEYS_NAME).write_text("{}")
    add_person(made, full_name="Ann Jones")
    made.sync()
    add_person(made, full_name="Ben Sample")
    return made


def test_a_lost_device_reads_nothing_more(central: Central, desk: Desk) -> None:
    """Whatever program the finder uses."""
    assert lose(central, desk.store.desk_id) == desk.store.desk_id
    with connect(desk.dsn, role=DESK) as login:
        for table in ("feed", "sync_stream", "sync_mark"):
            assert login.execute(f"SELECT * FROM {table}").fetchall() == [], table
        assert login.execute("SELECT status FROM sync_desk").fetchall() == [("lost",)]


def test_a_lost_device_destroys_its_records_when_it_asks(central: Central, desk: Desk) -> None:
    """The key goes first: what a cut leaves behind cannot be read."""
    lose(central, desk.store.desk_id)
    with pytest.raises(DeskLostError, match="destroyed"):
        desk.sync()
    left = {file.name for file in desk.store.folder.iterdir()}
    assert vault.KEYS_NAME not in left
    assert not [name for name in left if name.startswith(STORE_NAME)]
    assert len(central.ask("SELECT 1 FROM sync_inbox")) == 1


def test_a_login_that_is_dropped_reaches_nobody(central: Central, desk: Desk) -> None:
    """The records stay on the device, locked, as it was asked for."""
    login = central.ask("SELECT db_role FROM sync_desk")[0][0]
    lose(central, f"{login}", drop_login=True)
    with pytest.raises(CentralRefusedError):
        desk.sync()
    assert (desk.store.folder / STORE_NAME).exists()


def test_a_desk_that_shares_its_login_is_not_half_closed(
    central: Central, enrolled: Enrol, desk: Desk
) -> None:
    """Its device could still read with it: the others get logins of their own first."""
    other = enrolled("two")
    with connect(central.owner) as owner:
        owner.execute("UPDATE sync_desk SET db_role = (SELECT min(db_role) FROM sync_desk)")
    [(login,)] = central.ask("SELECT DISTINCT db_role FROM sync_desk")
    with pytest.raises(CentralError, match=other.store.desk_id):
        lose(central, f"{login}")
    with pytest.raises(CentralError, match="logins of their own"):
        lose(central, desk.store.desk_id)
    assert central.ask("SELECT DISTINCT status FROM sync_desk") == [("active",)]
    with pytest.raises(CentralError, match="knows no desk"):
        lose(central, "nobody")
