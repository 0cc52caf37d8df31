"""What an exchange with a real PostgreSQL costs, as ratios to limits measured in the same run.

``python -m bench.sync`` or ``make bench-sync`` prints P1 to P3, P5, P6 and P8 of the design sheet
of sync; P4 and P7 are in ``make bench``. The server stands on this computer, with fsync. A
PostgreSQL of the system is reached as a desk must, over TLS with verify-full and a password; the
one of the wheel has no TLS and is reached over its socket. Each goal is the most of a ratio of
times, the usual one of pairs: what is measured and its limit in turn, so that a busy computer slows
both.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import conninfo

from bench import far
from bench.homes import ROOT
from bench.report import Line, as_text
from bench.store import contacts
from deskapp.clock import Clock
from deskapp.data import outbox
from deskapp.data.central import setup
from deskapp.data.central.apply import apply_all
from deskapp.data.central.connect import APPLIER, connect
from deskapp.data.changes import COLUMNS, START
from deskapp.data.connection import Connection
from deskapp.data.store import Store
from deskapp.roles import Role
from deskapp.services import claim_rules, desk_key, exchange, first_start
from deskapp.services.demo.demo import SITE as DEMO_SITE

ROUNDS = 5
SITE = "bench"
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
PASSWORD = "only in this bench"
FAR_MS = 20
PEOPLE_SHARE = 4
"""Of so many contacts one person is written twice."""


class Bench:
    """A server, a central database and desks."""

    def __init__(self, owner: str, folder: Path, line: dict[str, str]) -> None:
        self.owner, self.folder, self.line = owner, folder, line
        self.desks = 0
        with connect(owner) as central:
            setup.init(central)

    def desk(
        self, *, may_apply: bool = False, key: bytes = b"", site: str = SITE
    ) -> tuple[Store, str]:
        """A desk that was let in, and its connection string."""
        self.desks += 1
        name = f"bench_{self.desks}"
        store = Store.create(self.folder / name, key or os.urandom(32), site=site, clock=Clock())
        return self.let_in(store, name, may_apply=may_apply)

    def let_in(self, store: Store, name: str, *, may_apply: bool = False) -> tuple[Store, str]:
        """A desk that central knows from now on."""
        request = setup.Request(*store.call_jot(desk_key.request))
        with connect(self.owner) as central:
            setup.enrol(central, request, login=name, password=PASSWORD)
            if may_apply:
                setup.let_apply(central, name)
        return store, self.reached(name)

    def reached(self, login: str) -> str:
        """How a login reaches central: as a desk must, where the server can do it."""
        return conninfo.make_conninfo(self.owner, user=login, **self.line)

    def apply(self) -> float:
        """Seconds to merge what waits."""
        with connect(self.owner, role=APPLIER) as central:
            return timed(lambda: apply_all(central, claim_rules.in_force()))

    def run_sql(self, *statements: str) -> float:
        """Seconds of statements in one transaction."""
        with connect(self.owner) as central, central.transaction():
            return timed(lambda: [central.execute(each) for each in statements])


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def sync(desk: tuple[Store, str]) -> float:
    """Seconds of one exchange."""
    store, dsn = desk
    return timed(lambda: exchange.run(store, dsn, clock=Clock()))


def save(store: Store, table: str, rows: list[dict[str, Any]]) -> None:
    """Write rows, a thousand in a transaction."""
    names = list(rows[0])
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(map(':'.__add__, names))})"
    for first in range(0, len(rows), 1000):
        store.call_jot(Connection.executemany, sql, rows[first : first + 1000])


class Pair(NamedTuple):
    """Seconds of what is measured and of its limit, one right after the other."""

    taken: float
    limit: float


def line(target: str, what: str, pairs: Sequence[Pair], goal: float | None, rows: int = 0) -> Line:
    """The usual ratio of pairs: what else the computer does meets both of a pair."""
    value, limit = (statistics.median(each) for each in zip(*pairs, strict=True))
    speed = f", {rows / value:,.0f}/s" if rows else ""
    detail = f"{value * 1000:,.1f} ms / {limit * 1000:,.1f} ms{speed}"
    return Line(target, what, statistics.median(a / b for a, b in pairs), goal, detail)


# -- P1 to P3: very many rows ---------------------------------------------------------------


class Desks(NamedTuple):
    """A desk that sends, one that fetches, and a store that is written without any exchange."""

    sender: tuple[Store, str]
    reader: tuple[Store, str]
    bare: Store


def many(bench: Bench, count: int) -> Iterator[Line]:
    """Send, merge and fetch, each against its limit, a fifth of the rows at a time."""
    desks = Desks(bench.desk(), bench.desk(), bench.desk()[0])
    for desk in desks[:2]:
        sync(desk)
    bench.run_sql("CREATE TABLE bare_inbox (LIKE sync_inbox INCLUDING ALL)")
    rows = count // ROUNDS
    pushes, applies, pulls = zip(
        *((push(bench, desks, rows), applied(bench), pull(desks)) for _ in range(ROUNDS)),
        strict=True,
    )
    for store in (desks.sender[0], desks.reader[0], desks.bare):
        store.close()
    yield line("P1", "push / COPY of the same rows", pushes, 1 / 0.45, rows)
    yield line("P3", "apply inserts / SQL that merges nothing", applies, 1 / 0.3, rows)
    yield line("P2", "pull / upsert of the same rows", pulls, 1 / 0.5, rows)


def push(bench: Bench, desks: Desks, count: int) -> Pair:
    """From the encrypted store into the inbox, against COPY of the same rows from memory."""
    sync(desks.sender)  # it has what was merged of the round before
    store = desks.sender[0]
    last = store.call_read(outbox.newest)
    save(store, "contact", contacts(count))
    store.call_jot(outbox.seal)
    sealed = store.call_read(outbox.batch, last, START, most_rows=count, most_bytes=10**12)
    rows = [(store.desk_id, *each, chain) for each, chain in zip(*sealed, strict=True)]
    return Pair(sync(desks.sender), timed(partial(_copy, bench, rows)))


def _copy(bench: Bench, rows: list[tuple[Any, ...]]) -> None:
    with (
        connect(bench.reached("owner")) as central,
        central.transaction(),
        central.cursor() as cursor,
        cursor.copy(f"COPY bare_inbox (desk_id, {COLUMNS}, chain) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


_BARE = """
CREATE TABLE IF NOT EXISTS bare_item (LIKE item INCLUDING ALL);
CREATE TABLE IF NOT EXISTS bare_feed (LIKE feed INCLUDING ALL);
CREATE TABLE IF NOT EXISTS bare_audit (LIKE audit INCLUDING ALL)
"""
_WAITS = "sync_inbox AS i JOIN sync_desk AS d USING (desk_id) WHERE i.seq > d.applied_seq"
_SET_BASED = (
    "INSERT INTO bare_item (home_site, tbl, id, rev, whole, fields, meta) SELECT DISTINCT ON"
    " (home_site, tbl, row_id) home_site, tbl, row_id, 1, true, delta::jsonb, delta::jsonb"
    f" FROM {_WAITS} ORDER BY home_site, tbl, row_id, hlc DESC"
    " ON CONFLICT (home_site, tbl, id) DO UPDATE SET rev = bare_item.rev + 1,"
    " fields = bare_item.fields || excluded.fields, meta = bare_item.meta || excluded.meta",
    "INSERT INTO bare_feed SELECT 'S', b.tbl, b.id, (SELECT coalesce(max(seq), 0) FROM bare_feed)"
    " + row_number() OVER (), 'P', b.fields FROM bare_item AS b WHERE (b.tbl, b.id) IN"
    f" (SELECT i.tbl, i.row_id FROM {_WAITS}) ON CONFLICT (stream, tbl, row_id)"
    " DO UPDATE SET seq = excluded.seq, doc = excluded.doc",
    "INSERT INTO bare_audit SELECT home_site, (SELECT coalesce(max(n), 0) FROM bare_audit)"
    " + row_number() OVER (ORDER BY desk_id, seq), now(), actor, desk_id, change_id, tbl, row_id,"
    f" op, 'applied', sha256(delta::bytea), sha256(change_id::bytea) FROM {_WAITS}",
)


def applied(bench: Bench) -> Pair:
    """Merging what waits, against set-based SQL that merges nothing."""
    bench.run_sql(_BARE)
    limit = bench.run_sql(*_SET_BASED)
    return Pair(bench.apply(), limit)


def pull(desks: Desks) -> Pair:
    """Into the encrypted store, against an upsert of the same rows from memory into one."""
    known = desks.reader[0].call_read(lambda opened: opened.execute(_LAST).fetchone())
    taken = sync(desks.reader)
    question = f"SELECT * FROM contact WHERE rowid > {known[0] if known else 0}"
    rows = desks.reader[0].call_read(lambda opened: opened.execute(question).fetchall())

    def upsert(connection: Connection) -> None:
        connection.execute("UPDATE sync_state SET applying = 1")
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(
            f"INSERT INTO contact VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET"
            " ref = excluded.ref",
            rows,
        )
        connection.execute("UPDATE sync_state SET applying = 0")

    return Pair(taken, timed(lambda: desks.bare.call_jot(upsert)))


_LAST = "SELECT rowid FROM contact ORDER BY rowid DESC LIMIT 1"


def clashes(bench: Bench, count: int) -> Line:
    """Two desks that changed the same fields without knowing of each other."""
    one, two = bench.desk(), bench.desk()
    pairs = [_clash(bench, one, two, f"{number}", count // ROUNDS) for number in range(ROUNDS)]
    for store, _dsn in (one, two):
        store.close()
    what = "apply conflicting updates / SQL that merges nothing"
    return line("P3", what, pairs, 1 / 0.2, 2 * count // ROUNDS)


def _clash(
    bench: Bench, one: tuple[Store, str], two: tuple[Store, str], group: str, count: int
) -> Pair:
    people = [
        {"id": f"p{group}-{at}", "home_site": SITE, "created_at": group, "full_name": f"Ann {at}"}
        for at in range(count)
    ]
    save(one[0], "person", people)
    sync(one)
    applied(bench)
    for desk in (one, two):
        sync(desk)
    for desk, phone in ((one, "01632 960 001"), (two, "01632 960 002")):
        change = "UPDATE person SET phone = ? WHERE created_at = ?"
        desk[0].call_jot(Connection.execute, change, (phone, group))
        sync(desk)
    return applied(bench)


# -- P5, P8: small runs --------------------------------------------------------------------


def nothing(bench: Bench) -> Line:
    """A run that finds nothing, against a connection that asks one question."""
    desk = bench.desk()
    sync(desk)
    pairs = [Pair(sync(desk), timed(partial(_ask, desk[1]))) for _ in range(3 * ROUNDS)]
    desk[0].close()
    return line("P5", "nothing to exchange / connect and SELECT 1", pairs, 1.5)


def _ask(dsn: str) -> None:
    with connect(dsn) as central:
        central.execute("SELECT 1").fetchone()


def fifty(bench: Bench) -> Iterator[Line]:
    """An ordinary quarter of an hour, merged by the same login; and against a run without any.

    The computer of the design sheet took 9 ms for a run that finds nothing, and may take 60 ms.
    """
    desk = bench.desk(may_apply=True)
    sync(desk)
    pairs = []
    for _ in range(3 * ROUNDS):
        for row in contacts(50):
            save(desk[0], "contact", [row])
        pairs.append(Pair(sync(desk), sync(desk)))
    desk[0].close()
    taken = statistics.median(pair.taken for pair in pairs)
    least = f"least {min(pair.taken for pair in pairs) * 1000:.1f} ms"
    yield Line("P8", "50 changes, sent, merged and fetched", taken * 1000, 60, least, "ms")
    yield line("P8", "50 changes / a run that finds nothing", pairs, 60 / 9)


def command(bench: Bench) -> Line:
    """The command that finds nothing, from its start to its end."""
    home = bench.folder / "home"
    store, _user = first_start.prepare(
        home / "data", site_key=DEMO_SITE, name="Ann Fictional", role=Role.OFFICER, clock=Clock(),
        passphrase="nine lives of a cat",
    )  # fmt: skip
    desk = bench.let_in(store, "bench_command")
    sync(desk)
    sync(desk)
    store.close()
    words = [sys.executable, "-m", "deskapp", "sync", "--key-stdin"]
    # What is compiled is kept, as where deskapp is installed.
    environment = {**os.environ, "DESKAPP_HOME": f"{home}", "DESKAPP_CENTRAL": desk[1]}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = f"{bench.folder / 'compiled'}"
    given = {"cwd": ROOT, "input": store.key_text().encode(), "stdout": subprocess.DEVNULL}
    run = partial(subprocess.run, words, check=True, env=environment, **given)
    run()
    runs = [timed(run) for _ in range(2 * ROUNDS)]
    least = f"least {min(runs) * 1000:.0f} ms"
    return Line("P5", "the command that finds nothing", statistics.median(runs) * 1000, 800, least,
                "ms")  # fmt: skip


# -- P6: far away ---------------------------------------------------------------------------


def far_away(bench: Bench, count: int) -> Line:
    """Sending over a line on which each answer takes 20 ms, against the same line without."""
    taken = []
    for late_ms in (FAR_MS, 0):
        store, dsn = bench.desk()
        with far.over(dsn, bench.folder / "far", late_ms) as reached:
            sync((store, reached))
            save(store, "contact", contacts(count))
            taken.append(sync((store, reached)))
        store.close()
    what = f"push at {FAR_MS} ms a round trip / at none"
    return line("P6", what, [Pair(*taken)], 2, count)


def fsync(folder: Path) -> Line:
    """What one fsync costs here."""
    with (folder / "fsync").open("wb") as file:

        def write() -> None:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())

        taken = statistics.median(timed(write) for _ in range(50))
    return Line("", "one fsync", taken * 1000, None, "", "ms")


@contextmanager
def a_bench(*settings: str) -> Iterator[Bench]:
    """Everything that is needed, taken away again; ``settings`` of the server, ``name=value``."""
    from tests.central import server, tls

    os.environ["DESKAPP_DEV"] = "1"
    folder = Path(tempfile.mkdtemp(prefix="deskapp-bench-", dir="/tmp"))
    secure = tls.prepare(folder) if server.of_the_system() else None
    options = (*DURABLE, *settings, *(secure.options if secure else ()))
    access = ("hostssl all all 127.0.0.1/32 scram-sha-256",)
    try:
        with server.started(folder, server.programs(), options, access) as root:
            passfile = folder / "passfile"
            passfile.write_text(f"*:*:*:*:{PASSWORD}\n")
            passfile.chmod(0o600)
            reached = {**secure.reached, "passfile": f"{passfile}"} if secure else {}
            at = {"port": f"{secure.port}"} if secure else {}
            owner = conninfo.make_conninfo(root, dbname="bench", **at)
            with psycopg.connect(conninfo.make_conninfo(root, **at), autocommit=True) as opened:
                opened.execute("CREATE DATABASE bench")
                opened.execute(f"ALTER ROLE owner PASSWORD '{PASSWORD}'")
            yield Bench(owner, folder, reached)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lines(count: int) -> Iterator[Line]:
    """Every figure, as soon as it is known."""
    with a_bench() as bench:
        yield fsync(bench.folder)
        yield nothing(bench)
        yield command(bench)
        yield from fifty(bench)
        bench.apply()
        yield from many(bench, count)
        yield clashes(bench, count // PEOPLE_SHARE)
        yield far_away(bench, count)


def main() -> int:
    """Print the figures; the exit code says whether every goal was met."""
    parser = argparse.ArgumentParser(prog="python -m bench.sync", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of P1 to P3 and P6")
    found = []
    for each in lines(parser.parse_args().rows):
        found.append(each)
        print(as_text(each), flush=True)
    load = os.getloadavg()
    print(f"load {load[0]:.1f} {load[1]:.1f}")
    return int(any(each.missed for each in found))


if __name__ == "__main__":
    sys.exit(main())
