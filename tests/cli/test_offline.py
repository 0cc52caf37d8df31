"""A desk that has worked alone for too long: the commands say the same as the screens."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from deskapp.data import vault
from deskapp.data.store import Store
from tests.cli.conftest import Cli
from tests.services.test_offline import exchanged


def alone(folder: Path, days: int) -> None:
    """Make a desk that has worked alone for so many days."""
    store = Store.open(folder, vault.unlock(folder))
    at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    exchanged(store, at, at)
    store.close()


def test_beyond_the_limit_commands_exchange_or_export_and_do_nothing_else(
    folder: Path, cli: Cli, tmp_path: Path
) -> None:
    """Exit code 77, and what to do; what was written is not lost."""
    add = ("enquiry", "add", "--topic", "FIN", "--outcome", "RES", "--person", "Ann Example")
    assert cli("sync", "--status").code == 0
    assert cli(*add).code == 0
    alone(folder, 20)
    assert cli(*add).code == 0
    near = cli("sync", "--status")
    assert near.code == 2
    assert "tell an administrator" in near.out
    assert json.loads(cli("sync", "--status", "--json").out)["days_alone"] == 20
    assert "look   exchange: Last exchange on" in cli("doctor").out
    alone(folder, 31)
    for command in (add, ("enquiry", "list"), ("find", "ann"), ("followup", "list")):
        refused = cli(*command)
        assert (refused.code, refused.out) == (77, ""), command
        assert "has not exchanged for 31 days, 30 at most are allowed" in refused.err
    over = cli("sync", "--status")
    assert over.code == 2
    assert "has not exchanged for 31 days" in over.out
    checked = cli("doctor")
    assert checked.code == 77
    assert "wrong  exchange: Last exchange on" in checked.out
    assert cli("sync").code == 78, "it is not held up: no central is set here"
    assert cli("doctor", "--export-pending", f"{tmp_path / 'kept.jsonl'}").code == 0
    assert (tmp_path / "kept.jsonl").read_text("utf-8").count("Ann Example") >= 2
