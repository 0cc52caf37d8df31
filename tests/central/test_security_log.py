"""S11: what concerns security is a line in the log of the system, about nobody."""

from __future__ import annotations

import datetime as dt
import syslog
from pathlib import Path

import pytest

from deskapp.data.central import lost
from deskapp.data.central.connect import connect
from deskapp.data.connection import Connection
from deskapp.errors import CentralRefusedError, DeskLostError
from deskapp.security_log import Event, note
from deskapp.services import desk_key, exports, rescue
from tests.central.conftest import Central
from tests.central.test_exchange import Enrol, add_person


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that were written."""
    lines: list[str] = []
    monkeypatch.setattr(syslog, "syslog", lambda _priority, line: lines.append(line))
    return lines


def test_every_event_of_a_desk_is_a_line_without_anybody(
    central: Central, enrolled: Enrol, noted: list[str], tmp_path: Path
) -> None:
    """Let in, a wrong clock, what was not taken, refused, exported, copied, lost."""
    one = enrolled("one", may_apply=True)
    login = central.ask("SELECT db_role FROM sync_desk")[0][0]
    add_person(one, full_name="Ann Jones")
    one.clock.shows(dt.datetime.now(dt.UTC))
    one.sync()
    one.clock.passes(hours=2)
    one.sync()
    add_person(one, full_name="Ben Jones")
    one.store.call_jot(Connection.execute, "UPDATE change_log SET tbl = 'x' WHERE state = 0")
    one.sync()
    with connect(central.owner) as owner:
        owner.execute("UPDATE sync_desk SET status = 'blocked'")
    with pytest.raises(CentralRefusedError):
        one.sync()
    rescue.export(one.store.folder / "store.db", bytes(32), tmp_path / "all", one.clock.clock)
    exports.write(tmp_path / "report", "Ann Jones")
    was = one.store.desk_id
    now = one.store.call_jot(desk_key.fork).desk_id
    with connect(central.owner) as owner:
        owner.execute("UPDATE sync_desk SET status = 'active', desk_id = %s", (now,))
        lost.lose(owner, now, drop_login=False)
    with pytest.raises(DeskLostError):
        one.sync()
    assert [line.split()[0] for line in noted] == [
        *("enrolled", "clock", "set_aside", "refused", "exported", "exported", "forked"),
        *("lost", "refused", "lost"),
    ]
    assert noted[0] == f"enrolled desk={was} login={login}"
    assert noted[1] == f"clock desk={was} seconds=-7200"
    assert noted[3] == f"refused desk={was} code=CentralRefusedError"
    assert noted[6] == f"forked desk={was} now={now}"
    assert "Jones" not in " ".join(noted)


def test_no_line_can_be_forged(noted: list[str]) -> None:
    """A login may be called anything."""
    note(Event.ENROLLED, login="x\nforked desk=1 \x1b[2J" + "y" * 200)
    [line] = noted
    assert line.startswith("enrolled login=x?forked?desk?1???2J")
    assert len(line) < 120
