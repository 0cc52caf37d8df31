"""F6: what only a damaged store has can still be read out of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskapp.data.connection import PAGE_BYTES
from deskapp.errors import DeskError
from deskapp.paths import STORE_NAME
from deskapp.services import rescue
from tests import stores
from tests.builders import SITE, SetClock

PEOPLE = 60


@pytest.fixture
def file(tmp_path: Path, clock: SetClock) -> Path:
    """A closed store with many changes that central does not have."""
    store = stores.new(tmp_path / "desk", bytes(32), site=SITE, clock=clock.clock)
    for number in range(PEOPLE):
        store.call_jot(
            lambda connection, at: (
                connection.execute(
                    "INSERT INTO person (id, home_site, created_at, full_name)"
                    " VALUES (?, ?, '', ?)",
                    (f"p{at}", SITE, f"Person {at} " + "x" * 500),
                )
                and None
            ),
            number,
        )
    store.call_jot(lambda connection: connection.execute("UPDATE change_log SET state = 2"
                   " WHERE seq <= 10") and None)  # fmt: skip
    store.close()
    return tmp_path / "desk" / STORE_NAME


@contextmanager
def damaged(file: Path, page: int) -> Iterator[None]:
    """A byte of one page is another one."""
    with file.open("r+b", buffering=0) as opened:
        place = page * PAGE_BYTES + 100
        [whole] = os.pread(opened.fileno(), 1, place)
        os.pwrite(opened.fileno(), bytes([whole ^ 0xFF]), place)
        try:
            yield
        finally:
            os.pwrite(opened.fileno(), bytes([whole]), place)


def numbers(into: Path) -> list[int]:
    """Numbers of the changes in a file."""
    return [json.loads(line)["number"] for line in into.read_text("utf-8").splitlines()]


def test_what_central_does_not_have_is_written_down(
    file: Path, tmp_path: Path, clock: SetClock
) -> None:
    """With who, when and what; merged changes are not in it."""
    into = tmp_path / "pending.jsonl"
    done = rescue.export(file, bytes(32), into, clock.clock)
    assert done == (PEOPLE - 10, 0)
    assert numbers(into) == list(range(11, PEOPLE + 1))
    first = json.loads(into.read_text("utf-8").splitlines()[0])
    assert (first["table"], first["id"], first["new"]) == ("person", "p10", True)
    assert first["fields"]["full_name"].startswith("Person 10")
    assert into.stat().st_mode & 0o777 == 0o600
    with pytest.raises(DeskError):
        rescue.export(file, bytes(32), into, clock.clock)


def test_changes_before_and_behind_a_damaged_page_are_saved(
    file: Path, tmp_path: Path, clock: SetClock
) -> None:
    """Each page of the file in turn; never is more lost than stood on it."""
    saved = []
    for page in range(1, file.stat().st_size // PAGE_BYTES):
        into = tmp_path / f"{page}.jsonl"
        try:
            with damaged(file, page):
                done = rescue.export(file, bytes(32), into, clock.clock)
        except DeskError:
            continue  # the list of tables itself
        saved.append(done.written)
        written = numbers(into)
        assert written == sorted(written)
        assert done.unreadable == 0 or done.written < PEOPLE - 10
    partly = [count for count in saved if 0 < count < PEOPLE - 10]
    assert partly
    assert min(partly) >= PEOPLE - 10 - 16  # a page of the log holds fewer
