"""The desk that stays open: whatever a test leaves behind, the next one finds none of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskapp.data import vault
from deskapp.data.store import Store
from deskapp.data.vault import KEYS_NAME
from tests.builders import SetClock, officer_of, save
from tests.kept_desk import KeptDesk

CONTACTS = "SELECT * FROM contact"
LEFT: list[object] = []
"""What still refers to a cursor, as the traceback of a test that failed does."""


def left_unread(store: Store) -> None:
    """Rows that the reader was asked for and nobody has fetched."""
    rows = store._reader.execute(CONTACTS)
    rows.fetchone()
    LEFT.append(rows)


def left_unread_by_the_writer(store: Store) -> None:
    """The same on the other connection."""
    rows = store._writer.execute(CONTACTS)
    rows.fetchone()
    LEFT.append(rows)


def written_alone(store: Store) -> None:
    """A file of its own, and another key file."""
    (store.folder / "leftover").write_text("x", encoding="utf-8")
    (store.folder / KEYS_NAME).write_text("{}", encoding="utf-8")


def begun(store: Store) -> None:
    """A transaction that never ends."""
    store._writer.execute("BEGIN IMMEDIATE")


@pytest.fixture
def kept(prepared_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptDesk:
    """A desk that no other test uses."""
    kept = KeptDesk(prepared_folder, tmp_path / "kept")
    monkeypatch.setattr("deskapp.data.store.connect", kept.connect)
    return kept


def opened(folder: Path, clock: SetClock) -> Store:
    """The store at a place where the desk lies."""
    return Store.open(folder, vault.unlock(folder), clock=clock.clock)


@pytest.mark.parametrize(
    ("leave", "is_given_up"),
    [
        (lambda _store: None, False),
        (written_alone, False),
        (Store.empty_log, True),
        (left_unread, True),
        (left_unread_by_the_writer, True),
        (begun, True),
    ],
)
@pytest.mark.parametrize("closed", [True, False])
def test_what_a_test_leaves_is_gone(
    leave: Callable[[Store], None],
    is_given_up: bool,
    closed: bool,
    kept: KeptDesk,
    tmp_path: Path,
    clock: SetClock,
) -> None:
    """Rows, files, keys and whatever would go on; the same desk serves on where that is enough."""
    with kept.at(tmp_path / "first") as folder:
        before, was = sorted(path.name for path in folder.iterdir()), folder.resolve()
        store = opened(folder, clock)
        for _time in range(2):
            save(store, officer_of(store), clock)
        leave(store)
        if closed:
            store.close()
    with kept.at(tmp_path / "second") as folder:
        assert (folder.resolve() != was) is (is_given_up or not closed)
        store = opened(folder, clock)
        assert store.call_read(lambda connection: connection.execute(CONTACTS).fetchall()) == []
        save(store, officer_of(store), clock)
        assert len(store.call_read(lambda at: at.execute(CONTACTS).fetchall())) == 1
        store.close()
        assert {*before} <= {path.name for path in folder.iterdir()}
        assert not (folder / "leftover").exists()
    LEFT.clear()
    kept.end()


def test_a_store_that_was_closed_reads_nothing_more(
    kept: KeptDesk, tmp_path: Path, clock: SetClock
) -> None:
    """Though its connections are open, as every other closed store."""
    with kept.at(tmp_path / "desk") as folder:
        store = opened(folder, clock)
        store.close()
        with pytest.raises(Exception, match="closed database"):
            store.call_read(lambda connection: connection.execute(CONTACTS))
    kept.end()
