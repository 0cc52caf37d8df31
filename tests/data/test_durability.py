"""kill -9 at any moment: everything that was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskapp.clock import Clock
from deskapp.data import vault
from deskapp.data.connection import Connection
from deskapp.data.store import Store

SETTING_UP = """
import os, sys
from pathlib import Path
from deskapp.clock import Clock
from deskapp.data import vault
from deskapp.data.store import Store

def set_up(folder):
    key = vault.create(folder, insecure=True)
    Store.create(folder, key, site="ambleford", clock=Clock()).close()

def count(event, _given):
    global moments
    if event in ("open", "os.rename", "os.remove", "sqlite3.connect", "os.mkdir"):
        moments -= sys.argv[1] in str(_given)
        if moments < 0:
            os.kill(os.getpid(), 9)

set_up(Path(sys.argv[2]))  # whatever that imports is there for all that follow
for asked in sys.stdin:
    moments = int(asked)
    if copy := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), flush=True)
        continue
    sys.addaudithook(count)
    set_up(Path(sys.argv[1]))
    os._exit(0)
"""

KILLED_HALF_WAY = """
import os, sys
from pathlib import Path
from deskapp.clock import Clock
from deskapp.data import schema
from deskapp.data.store import Store

schema.rebuild = lambda connection: os.kill(os.getpid(), 9)
Store.create(Path(sys.argv[1]), bytes(32), site="ambleford", clock=Clock())
"""

TYPING = """
import itertools, sys
from pathlib import Path
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.data.tables import Person

store = Store.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
store.actor = sys.argv[3]

def stroke(connection, number):
    connection.execute(
        "INSERT INTO local_state VALUES ('typed', ?)"
        " ON CONFLICT DO UPDATE SET value = excluded.value",
        ("x" * number,),
    )

def save(session, number):
    name = f"{sys.argv[3]} {number}"
    session.add(Person(id=new_id(), home_site="s", full_name=name, created_at=""))

for number in range(1, int(sys.argv[4]) + 1):
    if number % 3:
        store.call_jot(stroke, number)
    else:
        store.call_write(save, number)
    print(number, flush=True)
store.close()
"""


def saved(connection: Connection) -> tuple[list[str], int, int]:
    """Names saved, changes captured, length of the draft."""
    names = connection.execute("SELECT full_name FROM person ORDER BY rowid").fetchall()
    captured = connection.execute("SELECT count(*), count(DISTINCT hlc) FROM change_log").fetchone()
    draft = connection.execute("SELECT max(length(value)) FROM local_state").fetchone()
    assert captured
    assert draft
    assert captured[0] == captured[1]
    return [name for (name,) in names], captured[0], draft[0] or 0


def typing(folder: Path, key: bytes, who: str, strokes: int) -> subprocess.Popen[str]:
    """A process that types and saves, and says what was acknowledged."""
    command = [sys.executable, "-c", TYPING, str(folder), key.hex(), who, str(strokes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("acknowledged", [1, 3, 20, 100])
def test_what_was_acknowledged_outlives_a_kill(
    store: Store, folder: Path, key: bytes, acknowledged: int
) -> None:
    """Drafts and saves alike; each saved row has its captured change."""
    store.close()
    with typing(folder, key, "ann", 1_000_000) as process:
        assert process.stdout
        for _ in range(acknowledged):
            last = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        last = max([last, *(int(line) for line in process.stdout if line.endswith("\n"))])
    again = Store.open(folder, key)
    names, captured, draft = again.call_read(saved)
    assert names[: last // 3] == [f"ann {number}" for number in range(3, last + 1, 3)]
    assert captured == len(names)
    assert draft >= (last if last % 3 else last - 1)
    again.close()


def test_two_processes_write_one_store(store: Store, folder: Path, key: bytes) -> None:
    """Screen and command line at once: both wait their turn and nothing is lost."""
    processes = [typing(folder, key, who, 90) for who in ("ann", "ben")]
    for process in processes:
        with process:
            process.communicate()
            assert process.returncode == 0
    names, captured, _draft = store.call_read(saved)
    assert len(names) == captured == 60
    for who in ("ann", "ben"):
        assert [name for name in names if who in name] == [f"{who} {n}" for n in range(3, 91, 3)]


def test_a_first_start_that_was_killed_is_made_again(folder: Path, tmp_path: Path) -> None:
    """Killed before each file it opens, moves or removes: the next start gets a store."""
    command = [sys.executable, "-c", SETTING_UP, str(folder), str(tmp_path / "other")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as starts:
        assert starts.stdin
        assert starts.stdout
        for moment in range(40):
            print(moment, file=starts.stdin, flush=True)
            status = int(starts.stdout.readline())
            if status == 0:
                break
            assert status == -signal.SIGKILL
            if (folder / "store.db").exists():
                key = vault.unlock(folder)
            else:
                key = vault.create(folder, insecure=True)
                Store.create(folder, key, site="ambleford", clock=Clock()).close()
            opened = Store.open(folder, key)
            assert opened.call_read(saved) == ([], 0, 0)
            opened.close()
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
    assert moment > 5


def test_a_store_has_its_name_only_when_it_is_complete(folder: Path, key: bytes) -> None:
    """Killed while its tables were made, there is no store yet, and the next start makes one."""
    ended = subprocess.run([sys.executable, "-c", KILLED_HALF_WAY, str(folder)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert list(folder.iterdir()) != []
    assert not (folder / "store.db").exists()
    Store.create(folder, key, site="ambleford", clock=Clock()).close()
    assert [path.name for path in folder.iterdir()] == ["store.db"]
