"""What a search of the knowledge content costs: its time, its index, its memory."""

from __future__ import annotations

import datetime as dt
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import homes
from bench.report import Line
from deskapp.services.knowledge import entry, evaluate, indexed, library, packing, search
from deskapp.services.knowledge.entry import Entry
from deskapp.services.knowledge.index import Index

QUERIES = homes.ROOT / "tests" / "data" / "kb_queries_own.json"
MANY = 10_000
TODAY = dt.date(2026, 11, 22)
_MEMORY = """
import json, sys
def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096 / 1e6
import datetime as dt
from deskapp.data import knowledge_file
from deskapp.services.knowledge import evaluate, index, search
from pathlib import Path
queries = evaluate.read(Path(sys.argv[1])).graded
opened = knowledge_file.opened(Path(sys.argv[2]))
opened.about("count")
before = resident()
asked = index.Index(opened)
for query in queries:
    search.search(query.words, language=query.language, today=dt.date(2026, 11, 22),
                  kinds=search.KNOWLEDGE, indexes=[asked])
print(json.dumps(resident() - before))
"""


def lines(made: Path) -> Iterator[Line]:
    """Every figure of the search."""
    entries = entry.of(library.shipped())
    items = len({each.id for each in entries if each.kind in search.KNOWLEDGE})
    file = made / "knowledge.db"
    # Of the processor: it is made in a worker, once, while others may be at work.
    built = [_milliseconds(lambda: _build(file, entries), time.process_time) for _round in range(5)]
    yield _line(f"knowledge: build the index of {items} items", statistics.median(built), 150)
    yield from _searches(indexed.of(entries), f"{items} items", (3, 25))
    yield Line("", "knowledge: more memory after 194 searches", _memory(file), 12, "", "MB")
    yield from _searches(indexed.of(_invented(entries)), f"{MANY:,} items", (40, 120))


def _build(file: Path, entries: list[Entry]) -> None:
    from deskapp.data import knowledge_file

    knowledge_file.write(file, *packing.packed(entries))


def _searches(asked: Index, what: str, goals: tuple[float, float]) -> Iterator[Line]:
    queries = evaluate.read(QUERIES).graded

    def ask(query: evaluate.Query) -> None:
        search.search(
            query.words,
            language=query.language,
            today=TODAY,
            kinds=search.KNOWLEDGE,
            indexes=[asked],
        )

    ask(queries[0])
    taken = sorted(_milliseconds(partial(ask, query)) for _round in range(3) for query in queries)
    for share, goal in zip((0.5, 0.99), goals, strict=True):
        found = taken[int(len(taken) * share)]
        yield _line(f"knowledge: search {what}, p{share * 100:.0f}", found, goal)


def _invented(entries: list[Entry]) -> list[Entry]:
    """Many items with words of the shipped ones, mixed."""
    chance = random.Random(7)
    english = [entry for entry in entries if entry.language == "en" and entry.users_words]
    phrases = [words for entry in english for words in entry.users_words]
    bodies = [entry.body.split() for entry in english]
    return [
        Entry(
            f"invented-{number}",
            "article",
            "en",
            " ".join(chance.choice(phrases) for _part in range(2)),
            tuple(chance.sample(phrases, 12)),
            " ".join(chance.sample(chance.choice(bodies), 60)),
        )
        for number in range(MANY)
    ]


def _memory(file: Path) -> float:
    """Megabytes that the searches take in a process of their own."""
    command = [sys.executable, "-c", _MEMORY, str(QUERIES), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=homes.ROOT)
    return float(json.loads(done.stdout))


def _milliseconds(
    work: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    begun = clock()
    work()
    return (clock() - begun) * 1000


def _line(what: str, found: float, goal: float) -> Line:
    return Line("", what, found, goal, "", "ms")
