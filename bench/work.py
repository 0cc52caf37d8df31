"""What a save, a search and a key stroke cost the store, as ratios measured in turn."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from bench import store as bare
from bench.report import Line
from deskapp.clock import Clock
from deskapp.data import vault, words
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.data.tables import Contact
from deskapp.services import desk, drafts
from deskapp.services.drafts import Draft
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want

SAVES = 200
BULK_ROUNDS = 3
SEARCHES = ("jones", "fine pay", "hearing tomorrow", "07700", "zzz")


def saves() -> Line:
    """P4: one contact saved with capture, against one without; the two stores take turns."""
    chance = random.Random(7)
    with bare.a_store() as captured, bare.a_store(captured=False) as plain:
        pairs = [
            (_seconds(_save(captured, number, chance)), _seconds(_save(plain, number, chance)))
            for number in range(SAVES)
        ]
    return _of_medians("P4", "save one contact: capture / without", pairs[10:], 1.25)


def _save(store: Store, number: int, chance: random.Random) -> Callable[[], object]:
    row = Contact(**bare.contact(number, chance))
    return lambda: store.call_write(lambda session: session.add(row))


def bulk() -> Line:
    """P4: many contacts inserted in one transaction."""
    pairs = []
    for _round in range(BULK_ROUNDS):
        with (
            bare.a_store(indexed=False) as captured,
            bare.a_store(captured=False, indexed=False) as plain,
        ):
            pairs.append((bare.save_many(captured), bare.save_many(plain)))
    return _of_medians("P4", "insert in bulk: capture / without", pairs, 4.0)


def encryption() -> Iterator[Line]:
    """P7: the same statements with a key and without."""
    for found in bare.encryption_ratios():
        yield Line("P7", found.name.removesuffix(" (P7)"), found.ratio, found.goal, found.detail)


def searches(home: Path) -> Iterator[Line]:
    """A search as its screen asks for it, against the bare query of the index."""
    with closing(_open(home)) as store:
        user = store.call_read(desk.user)
        for typed in SEARCHES:
            asked = words.fts_query(typed)

            def page(connection: Connection, typed: str = typed) -> object:
                return contact_lines.page(connection, Want(), typed, user=user)

            def match(connection: Connection, asked: str = asked) -> object:
                return connection.execute(_MATCH, (asked, Want().limit)).fetchall()

            pairs = [
                (_seconds(lambda: store.call_read(page)), _seconds(lambda: store.call_read(match)))
                for _round in range(20)
            ]
            yield _of_medians("", f"search {typed!r}: page / its query alone", pairs[2:], None)


_MATCH = "SELECT rowid FROM contact_words WHERE contact_words MATCH ? ORDER BY rowid DESC LIMIT ?"


def key_strokes(home: Path) -> Line:
    """What is done at each key stroke: the draft kept, against the smallest row kept so."""
    now = Clock().now()
    text = "word "
    with closing(_open(home)) as store:
        pairs = []
        for number in range(100):
            draft = Draft(
                "bench", drafts.CONTACT, "bench", now, now, values={"question": text * number}
            )
            pairs.append(
                (
                    _seconds(partial(store.call_jot, drafts.keep, draft)),
                    _seconds(partial(store.call_jot, _keep_number, number)),
                )
            )
        store.call_jot(drafts.drop, "bench")
    return _of_medians("", "draft kept at a key stroke / smallest commit", pairs[5:], None)


def _keep_number(connection: Connection, number: int) -> None:
    connection.execute("REPLACE INTO local_state (name, value) VALUES ('bench', ?)", (str(number),))


def _open(home: Path) -> Store:
    folder = home / "data"
    return Store.open(folder, vault.unlock(folder))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _of_medians(
    target: str, what: str, pairs: list[tuple[float, float]], goal: float | None
) -> Line:
    one, other = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    return Line(target, what, one / other, goal, f"{one:.2f} ms / {other:.2f} ms")
