"""What encryption, capture and the search index cost, as ratios measured in one run.

``python -m bench.store`` prints each ratio with its goal. Everything is invented. Goals: P4 and P7
of the design sheet of sync; medians of five, each pair measured in turn.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

from deskapp.clock import Clock
from deskapp.data import capture, words
from deskapp.data.connection import PAGE_BYTES, Connection
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.data.store import Store
from deskapp.text import compact

ROUNDS = 5
TURNS = {"one-row commits at FULL": 10}
"""Short turns where others on the same disk are in the way now and then."""
BULK_ROWS = 10_000
WORDS = [f"word{number}" for number in range(3000)]


class Ratio(NamedTuple):
    """One line of the report."""

    name: str
    ratio: float
    goal: float | None
    detail: str


def contact(number: int, chance: random.Random) -> dict[str, Any]:
    """An invented contact of ordinary length."""
    ref = new_ref("E")
    return {
        "id": new_id(), "home_site": "bench", "at": "2026-01-05T09:30:00.000Z",
        "officer_id": "officer", "ref": ref, "ref_key": compact(ref), "site": "bench",
        "channel": "phone_in", "started_at": f"2026-01-05T{number:08d}", "ended_at": "",
        "wrapped_at": "", "handling_seconds": 240, "suspect_time": False, "user_type": "public",
        "person_id": None, "person_name": f"Ann Fictional {number}", "phone": "", "email": "",
        "postcode": "", "case_ref": "", "case_key": "",
        "topic": "hearing_date", "subtopic": "", "question": " ".join(chance.choices(WORDS, k=25)),
        "answer": " ".join(chance.choices(WORDS, k=15)), "disclosure": "none", "language": "en",
        "outcome": "answered", "extras": "{}", "dissatisfied": "none", "repeat_of": None,
        "dissatisfied_about": "", "jurisdiction": "", "acting_for": "{}", "checked": "[]",
        "needs": "[]", "articles": "[]", "markers_seen": "[]", "hold_seconds": 0, "wrap_seconds": 0,
    }  # fmt: skip


def contacts(count: int) -> list[dict[str, Any]]:
    """As many invented contacts, the same in every run but for their ids."""
    chance = random.Random(7)
    return [contact(number, chance) for number in range(count)]


@contextmanager
def a_store(*, captured: bool = True, indexed: bool = True) -> Iterator[Store]:
    """A fresh encrypted store, with or without its triggers."""
    with tempfile.TemporaryDirectory() as made:
        store = Store.create(Path(made), os.urandom(32), site="bench", clock=Clock())
        with closing(store):
            if not captured:
                store.call_jot(capture.drop)
            if not indexed:
                store.call_jot(words.drop)
            yield store


def save_one(store: Store, times: int = 60) -> float:
    """Median seconds to save one row through the session, as a form does it."""
    from sqlmodel import Session

    from deskapp.data.tables import Contact

    chance = random.Random(7)
    rows = [contact(number, chance) for number in range(times)]
    taken = []
    for row in rows:
        saved = Contact(**row)
        taken.append(_timed(partial(store.call_write, Session.add, saved)))
    return statistics.median(taken)


def save_many(store: Store, count: int = BULK_ROWS) -> float:
    """Seconds to insert many rows in one transaction, in plain SQL."""
    rows = contacts(count)
    marks = ", ".join(f":{name}" for name in rows[0])
    sql = f"INSERT INTO contact ({', '.join(rows[0])}) VALUES ({marks})"
    return _timed(lambda: store.call_jot(lambda connection: connection.executemany(sql, rows)))


def capture_ratios() -> list[Ratio]:
    """P4: what the capture triggers add to one save and to a bulk insert."""
    found = []
    for name, measure, goal, indexed in (
        ("save one row: capture / without (P4)", save_one, 1.25, True),
        ("bulk insert: capture / without (P4)", save_many, 4.0, False),
    ):
        pairs = []
        for _ in range(ROUNDS):
            with (
                a_store(indexed=indexed) as captured,
                a_store(captured=False, indexed=indexed) as bare,
            ):
                pairs.append((measure(captured), measure(bare)))
        found.append(_ratio(name, pairs, goal))
    return found


def encryption_ratios() -> list[Ratio]:
    """P7: the same statements on the same library with a key and without."""
    goals = {"bulk read": 1.5, "point reads": 1.5, "one-row commits at FULL": 1.5, "cold scan": 3.6}
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in goals}
    with tempfile.TemporaryDirectory() as made:
        keys = {Path(made) / "cipher.db": os.urandom(32), Path(made) / "plain.db": None}
        for path, key in keys.items():
            _fill(path, key)
        for _ in range(ROUNDS):
            with ExitStack() as opened:
                asked = [_statements(opened, path, key) for path, key in keys.items()]
                for name in goals:
                    for _turn in range(TURNS.get(name, 1)):
                        cipher, plain = (_timed(statements[name]) for statements in asked)
                        pairs[name].append((cipher, plain))
    return [
        _ratio(f"{name}: encrypted / plain (P7)", pairs[name], goal) for name, goal in goals.items()
    ]


def _open(path: Path, key: bytes | None) -> Any:
    connection = dbapi2.connect(path, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute(f"PRAGMA cipher_page_size = {PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _fill(path: Path, key: bytes | None) -> None:
    with closing(_open(path, key)) as connection:
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
        text = " ".join(WORDS[:60])
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO row VALUES (?, ?)", ((number, text) for number in range(BULK_ROWS * 5))
        )
        connection.execute("COMMIT")


def _statements(
    opened: ExitStack, path: Path, key: bytes | None
) -> dict[str, Callable[[], object]]:
    chance = random.Random(7)
    places = [chance.randrange(2000) for _ in range(5000)]
    cold, warm = (opened.enter_context(closing(_open(path, key))).execute for _ in range(2))
    page = "SELECT id, text FROM row WHERE id < 2000"
    warm(page).fetchall()
    one = "SELECT text FROM row WHERE id = ?"
    return {
        "cold scan": lambda: cold("SELECT sum(length(text)) FROM row").fetchall(),
        "bulk read": lambda: [warm(page).fetchall() for _ in range(20)],
        "point reads": lambda: [warm(one, (at,)).fetchone() for at in places],
        "one-row commits at FULL": lambda: [
            warm("INSERT INTO row (text) VALUES ('short')") for _ in range(10)
        ],
    }


def opening_ratio() -> Ratio:
    """Processor time to open an unlocked store and read one row, against Python alone."""
    code = (
        "import sys; from pathlib import Path; from deskapp.data.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))\n"
        "store.call_read(lambda connection: connection.execute('SELECT 1').fetchone())"
    )
    with tempfile.TemporaryDirectory() as made:
        key = os.urandom(32)
        Store.create(Path(made), key, site="bench", clock=Clock()).close()
        pairs = [(_cpu(code, made, key.hex()), _cpu("pass")) for _ in range(ROUNDS)]
    return _ratio("open and read once: processor time / python -c pass", pairs, None)


def search_ratio(count: int) -> Ratio:
    """A search as a service asks it, against the bare MATCH with the same words."""
    line = (
        "SELECT c.id, c.ref, c.person_name FROM contact_words AS w JOIN contact AS c ON c.id = w.id"
        " WHERE contact_words MATCH ? ORDER BY w.rowid DESC LIMIT 51"
    )
    bare = (
        "SELECT rowid FROM contact_words WHERE contact_words MATCH ? ORDER BY rowid DESC LIMIT 51"
    )
    with a_store() as store:
        store.call_jot(words.drop)
        save_many(store, count)
        store.call_jot(words.rebuild)

        def ask(sql: str) -> float:
            def work(connection: Connection) -> None:
                for typed in ("ann fict", "word12", "word7 word8", "fictional 999"):
                    connection.execute(sql, (words.fts_query(typed),)).fetchall()

            return _timed(lambda: store.call_read(work))

        ask(line)
        pairs = [(ask(line), ask(bare)) for _ in range(ROUNDS)]
    return _ratio(f"search in {count:,} contacts: lines / bare match", pairs, None)


def load_report(count: int) -> str:
    """Seconds to load many contacts, index kept up row by row and made at the end."""
    with a_store() as store:
        steady = save_many(store, count)
    with a_store() as store:
        store.call_jot(words.drop)
        at_end = save_many(store, count) + _timed(lambda: store.call_jot(words.rebuild))
    return f"{count:,} contacts loaded: {steady:.1f} s; index made at the end: {at_end:.1f} s"


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _cpu(code: str, *arguments: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ratio(name: str, pairs: list[tuple[float, float]], goal: float | None) -> Ratio:
    ratio = statistics.median(one / other for one, other in pairs)
    one, other = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    return Ratio(name, ratio, goal, f"{one:.2f} ms / {other:.2f} ms")


def main(count: int = 100_000) -> None:
    """Print every ratio with its goal."""
    for found in (opening_ratio(), *capture_ratios(), *encryption_ratios(), search_ratio(count)):
        goal = "" if found.goal is None else f" (goal {found.goal})"
        print(f"{found.ratio:6.2f}{goal:12}  {found.name}: {found.detail}", flush=True)
    print(load_report(count))


if __name__ == "__main__":
    main()
