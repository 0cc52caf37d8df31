"""The store: transactions, order, and a sentence for everything that can go wrong."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc
from sqlmodel import Session, select

from deskapp.clock import Clock
from deskapp.data import schema, vault
from deskapp.data.connection import PAGE_BYTES, Connection
from deskapp.data.locks import lock_screen
from deskapp.data.store import Store
from deskapp.data.tables import LocalState, Person
from deskapp.errors import (
    DeskError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreInUseError,
    StoreMissingError,
    StoreNewerError,
    StoreReadOnlyError,
)

Make = Any
NOBODY = 65534
HOSTILE = (
    "Ann [/b] Jones\x1b[2J\x1b]52;c;aGk=\x07\x00\x9b31m\u202eevil\u2066\ud83d"
    " Siân e\u0301 \u05d0\u05d1 \U0001f600\r\nline\ttab"
)


def jot(store: Store, name: str, value: str = "") -> None:
    """Keep a small thing."""

    def work(connection: Connection) -> None:
        connection.execute("INSERT INTO local_state VALUES (?, ?)", (name, value))

    store.call_jot(work)


def names(connection: Connection) -> list[str]:
    """Names of everything kept."""
    rows = connection.execute("SELECT name FROM local_state ORDER BY rowid").fetchall()
    return [name for (name,) in rows]


def test_a_new_store_knows_its_site_and_desk(store: Store, folder: Path, key: bytes) -> None:
    """Opened again it is the same desk."""
    with pytest.raises(StoreError, match="already"):
        Store.create(folder, key, site="elsewhere", clock=Clock())
    store.close()
    again = Store.open(folder, key)
    assert (again.site, again.desk_id) == ("ambleford", store.desk_id)
    again.close()


def test_the_store_file_is_private(store: Store, folder: Path) -> None:
    """Nobody else on the computer may read it; the log beside it neither."""
    jot(store, "a")
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0


def test_a_write_is_one_transaction(store: Store, a_person: Make) -> None:
    """What fails half way leaves nothing."""

    def work(session: Session) -> None:
        session.add(a_person())
        session.flush()
        raise StoreError("stop")

    with pytest.raises(StoreError, match="stop"):
        store.call_write(work)
    assert store.call_write(lambda session: session.exec(select(Person)).all()) == []


def test_a_read_cannot_write(store: Store) -> None:
    """A service that reads on the reader's connection has no way to change anything."""
    with pytest.raises(StoreReadOnlyError):
        store.call_read(lambda connection: connection.execute("DELETE FROM draft"))


def test_what_was_asked_is_done_in_that_order(store: Store) -> None:
    """Key strokes and saves share one line; a read after a write sees it."""

    async def ask() -> list[str]:
        def save(session: Session) -> None:
            session.add(LocalState(name="saved"))

        first = asyncio.create_task(store.jot(lambda c: c.execute(
            "INSERT INTO local_state VALUES ('typed', '')") and None))  # fmt: skip
        second = asyncio.create_task(store.write(save))
        third = asyncio.create_task(store.jot(lambda c: c.execute(
            "INSERT INTO local_state VALUES ('typed again', '')") and None))  # fmt: skip
        await asyncio.gather(first, second, third)
        return await store.read(names)

    assert asyncio.run(ask()) == ["typed", "saved", "typed again"]


def test_a_write_is_done_when_nobody_waits_any_more(store: Store) -> None:
    """A screen that closes while a key stroke is stored loses nothing."""

    async def ask() -> None:
        def work(connection: Connection, name: str) -> None:
            connection.execute("INSERT INTO local_state VALUES (?, '')", (name,))

        waiting = [asyncio.create_task(store.jot(work, str(number))) for number in range(20)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(ask())
    store.close()
    store.close()
    again = Store.open(store.folder, store._key)
    assert again.call_read(names) == [str(number) for number in range(20)]
    again.close()


def test_a_closed_store_leaves_one_file(store: Store, folder: Path) -> None:
    """The log is in the file again: what is copied then is complete."""
    jot(store, "a")
    store.close()
    assert [path.name for path in folder.iterdir()] == ["store.db"]


def test_hostile_text_is_clean_by_every_way_in(store: Store, a_person: Make) -> None:
    """ESC, OSC, NUL, C1, bidi controls and lone surrogates never reach the file (rule S1)."""
    clean = "Ann [/b] Jones[2J]52;c;aGk=31mevil Siân é \u05d0\u05d1 \U0001f600\nline\ttab"
    store.call_write(lambda session: session.add(a_person(full_name=HOSTILE)))
    jot(store, "plain", HOSTILE)
    store.call_jot(
        lambda connection: (
            connection.executemany(
                "INSERT INTO local_state VALUES (:name, :value)",
                [{"name": "many", "value": HOSTILE}],
            )
            and None
        )
    )
    kept = store.call_read(
        lambda connection: connection.execute(
            "SELECT full_name FROM person UNION ALL SELECT value FROM local_state"
        ).fetchall()
    )
    assert kept == [(clean,)] * 3


def test_hostile_text_in_the_file_is_clean_when_read(store: Store) -> None:
    """The second gate: what a foreign tool or an older fault left cannot reach a terminal."""
    store.call_jot(
        lambda connection: (
            connection.execute(
                "INSERT INTO local_state VALUES ('a', CAST(x'1b5d0741ff00e280ae' AS TEXT))"
            )
            and None
        )
    )
    query = "SELECT value FROM local_state"
    assert store.call_read(lambda c: c.execute(query).fetchall()) == [("]A\ufffd",)]
    rows = store.call_write(lambda session: session.exec(select(LocalState.value)).all())
    assert rows == ["]A\ufffd"]


def test_twenty_thousand_letters_come_back(store: Store, a_person: Make) -> None:
    """A pasted letter is kept whole."""
    text = "Mae'r llythyr hwn yn hir. " * 800
    store.call_write(lambda session: session.add(a_person(full_name=text)))
    assert store.call_read(lambda c: c.execute("SELECT full_name FROM person").fetchall()) == [
        (text,)
    ]


def test_no_typed_word_stands_in_any_file(folder: Path, a_contact: Make, a_person: Make) -> None:
    """A lost laptop tells nothing: neither the store, nor its log, nor the key file."""
    key = vault.create(folder, passphrase="tri llwy", cost=vault.Cost(n=16))
    store = Store.create(folder, key, site="ambleford", clock=Clock())
    word = "Quizzaciously"
    store.call_write(
        lambda session: session.add_all([a_person(full_name=word), a_contact(question=word)])
    )
    jot(store, "draft", word)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {"store.db", "store.db-wal", "keys.json"} <= set(files)
    for content in files.values():
        assert word.lower().encode() not in content.lower()
        assert b"ambleford" not in content
        assert b"CREATE TABLE" not in content
        assert key not in content
    store.close()


def test_a_fault_names_no_value(store: Store, a_contact: Make) -> None:
    """The text of a bug goes into the log; what was typed does not."""
    contact = a_contact(person_name="Ann Fictional")
    store.call_write(lambda session: session.add(contact.model_copy()))
    with pytest.raises(exc.IntegrityError) as raised:
        store.call_write(lambda session: session.add(type(contact)(**contact.model_dump())))
    assert "Fictional" not in f"{raised.value}{raised.value.__cause__}"


def test_a_missing_store_is_no_damaged_one(folder: Path, key: bytes) -> None:
    """The caller starts the first start."""
    with pytest.raises(StoreMissingError):
        Store.open(folder, key)
    assert not folder.exists()


def test_a_wrong_key_opens_nothing(
    store: Store, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It changes nothing, and the cipher's own log stays off the officer's screen."""
    store.close()
    before = (folder / "store.db").read_bytes()
    with pytest.raises(StoreDamagedError, match="Do not delete"):
        Store.open(folder, os.urandom(32))
    assert (folder / "store.db").read_bytes() == before
    assert capfd.readouterr() == ("", "")


def damage(path: Path, page: int) -> None:
    """Turn the bits of one page, as a failing disk may."""
    content = bytearray(path.read_bytes())
    for place in range(page * PAGE_BYTES, (page + 1) * PAGE_BYTES):
        content[place] ^= 0x55
    path.write_bytes(content)


def test_a_store_that_begins_with_damage_is_not_opened(
    store: Store, folder: Path, key: bytes
) -> None:
    """The sentence says to keep the file."""
    store.close()
    damage(folder / "store.db", 0)
    with pytest.raises(StoreDamagedError, match="Do not delete"):
        Store.open(folder, key)


def test_a_damaged_page_is_noticed(store: Store, folder: Path, key: bytes, a_contact: Make) -> None:
    """Every page carries a checksum made with the key: nothing wrong is ever shown."""
    store.call_write(lambda session: session.add(a_contact()))
    root = "SELECT rootpage FROM sqlite_master WHERE name = 'contact'"
    (page,) = store.call_read(lambda connection: connection.execute(root).fetchone()) or (0,)
    store.close()
    damage(folder / "store.db", page - 1)
    with closing(Store.open(folder, key)) as opened:
        assert len(opened.call_read(schema.problems)) == 1
    with (
        closing(Store.open(folder, key)) as opened,
        pytest.raises(StoreDamagedError, match="service desk"),
    ):
        opened.call_read(lambda connection: connection.execute("SELECT topic FROM contact"))


def test_a_sound_store_has_no_problems(store: Store, a_contact: Make) -> None:
    """Or the check of doctor would mean nothing."""
    store.call_write(lambda session: session.add(a_contact()))
    assert store.call_read(schema.problems) == []


@pytest.mark.parametrize("cut", [0, 1, 100, PAGE_BYTES, PAGE_BYTES + 100])
def test_a_file_cut_short_is_no_store(store: Store, folder: Path, key: bytes, cut: int) -> None:
    """An empty file beside keys must not be taken for a new desk."""
    store.close()
    path = folder / "store.db"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(StoreDamagedError):
        Store.open(folder, key)


def test_a_store_of_a_newer_deskapp_is_left_alone(store: Store, folder: Path, key: bytes) -> None:
    """The sentence says to install the newest."""
    newer = "UPDATE alembic_version SET version_num = '9999'"
    store.call_jot(lambda connection: connection.execute(newer) and None)
    store.close()
    with pytest.raises(StoreNewerError, match="newest"):
        Store.open(folder, key)


def test_a_full_disk_saves_nothing_and_says_so(store: Store, a_contact: Make) -> None:
    """Row and change are both there or both not, and the store works again with room."""

    def pages(limit: int) -> None:
        store.call_jot(lambda c: c.execute(f"PRAGMA max_page_count = {limit}").fetchall() and None)

    jot(store, "before")
    pages(1)
    for _ in range(2):
        with pytest.raises(StoreFullError, match="Make room"):
            store.call_write(lambda session: session.add(a_contact(question="long " * 20_000)))
        with pytest.raises(StoreFullError):
            jot(store, "x", "long " * 20_000)
    counts = "SELECT (SELECT count(*) FROM contact), (SELECT count(*) FROM change_log)"
    assert store.call_read(lambda c: c.execute(counts).fetchone()) == (0, 0)
    pages(1_000_000)
    store.call_write(lambda session: session.add(a_contact()))
    assert store.call_read(lambda c: c.execute(counts).fetchone()) == (1, 1)
    assert store.call_read(names) == ["before"]


def test_a_store_that_is_written_elsewhere_is_busy(store: Store, folder: Path, key: bytes) -> None:
    """Reading goes on; a write waits, then says so and can be made again."""
    other = Store.open(folder, key, busy_ms=20)

    def meanwhile(connection: Connection) -> None:
        connection.execute("INSERT INTO local_state VALUES ('a', '')")
        assert other.call_read(names) == []
        with pytest.raises(StoreBusyError, match="again"):
            jot(other, "b")
        with pytest.raises(StoreBusyError):
            other.call_write(lambda session: session.add(LocalState(name="b")))

    store.call_jot(meanwhile)
    jot(other, "b")
    assert store.call_read(names) == ["a", "b"]
    other.close()


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may write everything: be nobody instead for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can reach."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize(("of_folder", "of_file"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_a_read_only_store_says_so_at_the_start(
    open_folder: Path, key: bytes, of_folder: int, of_file: int
) -> None:
    """Not at the first key stroke, which would be lost."""
    Store.create(open_folder, key, site="ambleford", clock=Clock()).close()
    (open_folder / "store.db").chmod(of_file)
    open_folder.chmod(of_folder)
    with as_somebody_else(), pytest.raises(StoreReadOnlyError, match=str(open_folder)):
        Store.open(open_folder, key)


def test_a_folder_that_cannot_be_written_gets_no_store(open_folder: Path, key: bytes) -> None:
    """Nor keys, nor a lock; each says which folder."""
    open_folder.chmod(0o555)
    with as_somebody_else():
        with pytest.raises(StoreReadOnlyError, match=str(open_folder)):
            Store.create(open_folder / "data", key, site="ambleford", clock=Clock())
        with pytest.raises(StoreReadOnlyError):
            vault.create(open_folder, insecure=True)
        with pytest.raises(StoreReadOnlyError), lock_screen(open_folder):
            pass
    assert list(open_folder.iterdir()) == []


def test_only_one_screen_holds_a_store(folder: Path) -> None:
    """The second learns since when; when the first ends it may."""
    with lock_screen(folder), pytest.raises(StoreInUseError, match="since"), lock_screen(folder):
        pass
    with lock_screen(folder):
        pass


def test_a_screen_that_was_killed_holds_nothing(folder: Path) -> None:
    """The operating system lets go of the lock."""
    code = (
        "import os, pathlib, sys\nfrom deskapp.data.locks import lock_screen\n"
        "with lock_screen(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert ended.returncode == -9
    with lock_screen(folder):
        pass


def test_opening_reading_and_drafts_wait_for_no_heavy_import(
    store: Store, folder: Path, key: bytes
) -> None:
    """The first paint and the first key stroke come before SQLAlchemy."""
    store.close()
    code = """
import sys
from pathlib import Path
from deskapp.data.store import Store
store = Store.open(Path(sys.argv[1]), bytes.fromhex(sys.stdin.read()))
store.call_read(lambda connection: connection.execute("SELECT 1").fetchone())
store.call_jot(lambda connection: connection.execute("INSERT INTO local_state VALUES ('a', '')"))
store.close()
heavy = {"sqlalchemy", "sqlmodel", "pydantic", "alembic", "asyncio", "concurrent", "cryptography",
         "keyring", "babel"}
print(*sorted(heavy & set(sys.modules)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        input=key.hex(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


def test_warming_up_makes_the_first_save_wait_for_nothing(store: Store) -> None:
    """The imports run beside the writer, so no key stroke waits for them."""
    store.warm()
    jot(store, "typed")
    assert store.call_read(names) == ["typed"]


def test_warming_up_again_keeps_nothing(store: Store) -> None:
    """Every form warms up: what was closed before it must not stay until the end of the day."""

    def warmed() -> int:
        store.warm()
        for thread in threading.enumerate():
            if thread.name == "store-warm":
                thread.join()
        return gc.get_freeze_count()

    first = warmed()
    assert warmed() <= first


def test_every_sentence_ends_and_asks_nicely() -> None:
    """They are read by somebody with a caller on the line."""
    from deskapp.data import connection

    for kind, sentence in connection._MEANINGS.values():
        assert issubclass(kind, DeskError)
        assert sentence.endswith(".")
        assert not {"please", "sorry", "invalid"} & set(sentence.lower().split())
