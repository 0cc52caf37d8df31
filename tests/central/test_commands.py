"""The commands of administrators and team leaders, as the guide for administrators walks them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from unittest.mock import Mock

import pytest
from psycopg import conninfo

from deskapp.data import vault
from deskapp.data.central import setup
from deskapp.data.central.connect import connect
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from tests.builders import SITE
from tests.central.conftest import NUMBERS, Central
from tests.cli.conftest import Cli, cli
from tests.test_docs import ADMINISTRATOR, commands

__all__ = ["cli"]
WRITTEN = ("enquiry", "add", "--topic", "JUR", "--person", "Ann Example", "--outcome", "RES")


@pytest.fixture
def empty(central: Central) -> str:
    """A database without anything in it, on the server of the tests."""
    with connect(central.owner) as owner:
        owner.execute("DROP SCHEMA deskapp CASCADE")
    return central.owner


def test_from_an_empty_database_to_the_first_exchange(
    empty: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk of the guide: set up, ask to be let in, be let in, exchange, look after it."""
    at = ("--database", empty)
    assert cli("central", "init", *at).code == 0
    assert cli("central", "init", *at).err.startswith("This database is set up already.")
    request = cli("sync", "--request").out.strip()
    login = f"desk_{next(NUMBERS)}_walk"
    let_in = cli("central", "enrol", request, "--login", login, "--applies", *at)
    assert let_in.code == 0
    assert "shown only now" in let_in.err
    monkeypatch.setenv("DESKAPP_CENTRAL", conninfo.make_conninfo(empty, user=login))
    assert cli(*WRITTEN).code == 0
    first = cli("sync", "--json")
    assert (first.code, json.loads(first.out)["quarantined"]) == (0, 0)
    assert json.loads(first.out)["sent"] == json.loads(first.out)["applied"] > 0
    assert cli("sync").out == "Sent 0, received 0.\n"
    assert cli("central", "apply", *at).out == "Merged 0; written twice 0; not usable 0.\n"
    assert cli("central", "check", *at).out == "Every chain and number holds.\n"
    status = json.loads(cli("central", "status", "--json", *at).out)
    assert (status["desks"], status["waiting"], status["conflicts"]) == (1, 0, 0)
    assert cli("central", "migrate", *at).code == 0
    assert cli("central", "set", "offline_limit_days", "14", *at).code == 0
    assert json.loads(cli("central", "status", "--json", *at).out)["offline_limit_days"] == 14
    assert cli("sync").code == 0
    assert json.loads(cli("sync", "--status", "--json").out)["limit_days"] == 14
    for wrong in (("offline_limit_days", "-1"), ("offline_limit_days", "367"), ("name", "1")):
        assert cli("central", "set", *at, "--", *wrong).code == 65


def test_a_desk_that_was_not_let_in_is_told_what_to_do(
    central: Central, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its work goes on, and nothing of it is lost."""
    monkeypatch.setenv("DESKAPP_CENTRAL", central.owner)
    done = cli("sync")
    assert done.code == 5
    assert "deskapp sync --request" in done.err


def test_a_desk_alone_and_a_central_that_is_away(
    folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each gets its sentence and its exit code."""
    assert cli("sync").code == 78
    monkeypatch.setenv("DESKAPP_DEV", "1")
    monkeypatch.setenv("DESKAPP_CENTRAL", f"host={tmp_path} user=nobody dbname=none")
    away = cli("sync")
    assert (away.code, away.err) == (
        3,
        "The central database cannot be reached. Nothing is lost; it is tried again.\n",
    )
    assert cli("central", "enrol", "nonsense", "--login", "x").code == 65
    assert cli("sync", "--fork").code == 77


def test_a_request_is_one_line_that_can_be_read_back(folder: Path, cli: Cli) -> None:
    """It is sent by mail or read out; asking twice gives the same."""
    first, second = cli("sync", "--request").out, cli("sync", "--request").out
    assert first == second
    assert setup.Request.read(first).text() == first.strip()


def test_a_lost_device_and_what_it_had_not_sent(
    empty: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What only this desk has can be taken out first; then it destroys itself when it asks."""
    at = ("--database", empty)
    cli("central", "init", *at)
    login = f"desk_{next(NUMBERS)}_lost"
    cli("central", "enrol", cli("sync", "--request").out.strip(), "--login", login, *at)
    monkeypatch.setenv("DESKAPP_CENTRAL", conninfo.make_conninfo(empty, user=login))
    cli("sync")
    assert cli(*WRITTEN).code == 0
    pending = tmp_path / "pending.jsonl"
    assert cli("doctor", "--export-pending", f"{pending}").code == 0
    assert "Ann Example" in pending.read_text("utf-8")
    assert cli("doctor", "--export-pending", f"{pending}").code != 0
    assert cli("doctor", "--import-pending", f"{pending}").code == 77
    store = Store.open(folder, vault.unlock(folder))
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    store.close()
    taken = cli("doctor", "--import-pending", f"{pending}")
    assert (taken.code, taken.err) == (0, "Changes sent with the next exchange: 0.\n")
    assert cli("doctor", "--import-pending", f"{pending}.other").code == 66
    assert cli("lost-device", "nobody", *at).code != 0
    assert cli("lost-device", login, *at).code == 0
    gone = cli("sync")
    assert (gone.code, gone.err.startswith("This device was reported lost.")) == (5, True)
    assert cli("sync").code == 66


def guided() -> set[tuple[str, ...]]:
    """Every command of the guide's part about central, with its arguments as they stand there."""
    text = ADMINISTRATOR.read_text("utf-8")
    begin = text.index("## A central database")
    found = commands(text[begin : text.index("\n## ", begin)])
    return {tuple(words[1:]) for words in found if words[0] == "deskapp" and words[1:]}


def test_every_command_of_the_guide_runs(
    empty: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As it stands in the guide, but for names and places; one that is added there fails here."""
    store = Store.open(folder, vault.unlock(folder))
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    store.close()
    left, file = guided(), f"{tmp_path / 'lines'}"
    one, two = f"desk_{next(NUMBERS)}_guide", f"desk_{next(NUMBERS)}_guide"
    other = setup.Request(f"{uuid.uuid4()}", SITE, bytes(32).hex()).text()
    [init] = [words for words in left if words[:2] == ("central", "init")]

    def does(*words: str, code: int = 0, **put: str) -> str:
        left.difference_update({words[:size] for size in range(1, len(words) + 1)})
        given = [put.get(word, word) for word in words if word not in init[2:]]
        at = ["--database", empty] if words[0] in ("central", "lost-device") else []
        done = cli(*given, *at)
        assert done.code == code, (words, done)
        return done.out

    does(*init)
    line = does("sync", "--request").strip()
    enrol = ("central", "enrol", "LINE", "--login")
    does(*enrol, "desk_nottingham_1", LINE=line, desk_nottingham_1=one)
    does(*enrol, "desk_nottingham_2", "--restricted", "--applies",
         LINE=other, desk_nottingham_2=two)  # fmt: skip
    monkeypatch.setenv("DESKAPP_CENTRAL", conninfo.make_conninfo(empty, user=one))
    assert cli(*WRITTEN).code == 0
    does("sync")
    does("central", "apply")
    with monkeypatch.context() as stopped:
        stopped.setattr("time.sleep", Mock(side_effect=KeyboardInterrupt))
        does("central", "apply", "--follow", code=130)
        does("sync", "--watch", code=130)
    does("sync", "--status")
    does("central", "status")
    Path(file).write_text(does("central", "heads"), "utf-8")
    does("central", "check", "--heads", "FILE", FILE=file)
    does("central", "set", "offline_limit_days", "14")
    does("central", "migrate")
    does("set-aside", "list")
    does("doctor")
    does("doctor", "--export-pending", "FILE", FILE=f"{file}.pending")
    does("doctor", "--import-pending", "FILE", FILE=f"{file}.pending")
    does("sync", "--fork")
    does("lost-device", "desk_nottingham_1", desk_nottingham_1=one)
    assert left == set()
