"""One schedule: desks write, exchange, are cut, copied and restored; at the end all agrees.

A seed is a schedule. The exchange, the log, the merging and what is taken in are the real ones;
only the network and PostgreSQL are left out. Source: design sheet of sync, sections 10 and 11.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar, NamedTuple, cast
from unittest import mock

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateTable
from sqlcipher3 import dbapi2
from sqlmodel import SQLModel

from deskapp.clock import Clock, stamp
from deskapp.data import (
    blanks,
    capture,
    claims,
    ids,
    outbox,
    purge,
    quick_json,
    registers,
    rulings,
    schema,
)
from deskapp.data import connection as connections
from deskapp.data.central import push
from deskapp.data.changes import START
from deskapp.data.collecting import paused
from deskapp.data.conflicts import CONFLICT
from deskapp.data.connection import Author, Connection, connect, transaction
from deskapp.data.store import Store
from deskapp.errors import StoreForkedError
from deskapp.services import desk_key, exchange, exchange_steps
from tests.sim.central import CAPACITY, RULE, SITE, STREAM, MemoryCentral

TABLES = (
    "person", "contact_event", "conflict", "purge_log", "change_log", "sync_cursor", "pull_stage",
    "sync_run", "local_state", "callback", "attendance", "sync_state",
)  # fmt: skip
FIELDS = ("full_name", "phone", "email")
COMPARED = {
    "attendance": "id, sync_rev, stage, time_in, time_out, recorded_by",
    "callback": "id, sync_rev, slot, state, booked_at",
    "person": "id, sync_rev, full_name, phone, email, postcode",
    "contact_event": "id, sync_rev, hlc, desk, contact_id, note",
    "conflict": "id, sync_rev, row_id, field, losing, winning",
}
KEY = bytes(32)
ROUNDS = 40
"""Exchanges of everybody after which nothing may be left to send."""


class CutError(Exception):
    """The power or the line failed here."""


class BrokenInvariantError(AssertionError):
    """What must never happen, happened."""


@cache
def _template() -> Connection:
    """An empty store in memory, with the tables and triggers of the real one."""
    schema.declare()
    connection = connect(Path(":memory:"), KEY, Author(Clock()))
    with transaction(connection):
        for name in TABLES:
            table = SQLModel.metadata.tables[name]
            connection.execute(str(CreateTable(table).compile(dialect=dialect())))
        capture.rebuild(connection)
    return connection


class Wall:
    """The true time, and how wrong a desk's clock is."""

    def __init__(self) -> None:
        self.true = dt.datetime(2026, 11, 18, 9, tzinfo=dt.UTC)

    def clock(self, wrong: dt.timedelta = dt.timedelta()) -> Clock:
        """A clock that is wrong by so much."""
        return Clock(now=lambda: self.true + wrong)


class Plain(Connection):
    """A connection without the gates of text: what is written here is clean."""

    execute = dbapi2.Connection.execute
    executemany = dbapi2.Connection.executemany


class MemoryStore:
    """What an exchange needs of a store, without file, thread and lock."""

    folder = Path()
    _free: ClassVar[list[tuple[Author, Connection]]] = []
    """Connections that nobody uses any more: what is prepared in one costs half a schedule."""

    def __init__(self, clock: Clock, copy_of: Connection | None = None) -> None:
        self.author, self.connection = self._free.pop() if self._free else _opened()
        self.author.clock = clock
        self.name = ids.new_id()
        self.transactions = 0
        with transaction(self.connection):
            self._become(copy_of)

    def _become(self, copy_of: Connection | None) -> None:
        """Hold what another store holds, or nothing; the tables stay as they are."""
        connection = self.connection
        connection.execute(
            "INSERT OR REPLACE INTO sync_state (id, desk_id, site, schema_ver, hlc,"
            " clock_offset_ms, applying, machine_mark) VALUES (1, '', '', '', 0, 0, 1, '')"
        )
        for table in TABLES:  # the state last: until then nothing is captured
            connection.execute(f"DELETE FROM {table}")
            rows = copy_of.execute(f"SELECT * FROM {table}").fetchall() if copy_of else ()
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def close(self) -> None:
        """Leave the connection to the next."""
        self._free.append((self.author, self.connection))

    def call_read(self, work: Callable[..., Any], *args: Any, **given: Any) -> Any:
        """One view."""
        return work(self.connection, *args, **given)

    def call_jot(self, work: Callable[..., Any], *args: Any, **given: Any) -> Any:
        """One transaction."""
        self.transactions += 1
        self.author.txn = f"{self.name}-{self.transactions}"
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self.connection, *args, **given)
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return result

    call_note = call_jot

    def empty_log(self) -> None:
        """There is none."""


_change_ids = random.Random()
"""Makes the ids of changes, which in a store are random: each schedule begins it anew."""


def _opened() -> tuple[Author, Connection]:
    author = Author(Clock(), actor="officer")
    # A schedule asks more different questions than a connection usually keeps prepared.
    roomy = partial(Connection, cached_statements=512)
    with mock.patch.object(connections, "Connection", roomy):
        connection = connect(Path(":memory:"), KEY, author)
    connection.text_factory = str
    connection.__class__ = Plain
    connection.create_function("randomblob", 1, _change_ids.randbytes)
    _template().backup(connection)
    return author, connection


@contextmanager
def _stand_ins(module: ModuleType, **functions: object) -> Iterator[None]:
    """Other functions of a module, for a while."""
    kept = {name: vars(module)[name] for name in functions}
    vars(module).update(functions)
    try:
        yield
    finally:
        vars(module).update(kept)


def _columns(_connection: Connection, table: str) -> list[capture.Column]:
    """Those of the template: no table changes here."""
    return _columns_of(table)


_columns_of_store = capture.columns


@cache
def _columns_of(table: str) -> list[capture.Column]:
    return _columns_of_store(_template(), table)


def _unsigned(_connection: Connection, desk_id: str, sealed: outbox.Sealed) -> push.Batch:
    """A batch; whose it is, is not checked here."""
    return push.Batch(desk_id, *sealed, signature=b"", app_ver="", schema_ver=schema.HEAD)


class Write(NamedTuple):
    """A value that somebody gave a field."""

    row: str
    field: str
    value: str
    over: str
    """The value that they saw and replaced."""
    rev: int
    """Of the row, as they saw it."""
    erased_before: bool
    """They had themselves erased what stood there."""
    lost_with_disk: bool = False


class Scan(NamedTuple):
    """A time at which a juror came or went, as one desk saw it."""

    row: str
    field: str
    value: str
    lost_with_disk: bool = False


class Blanked(NamedTuple):
    """A value that was erased alone."""

    row: str
    field: str
    value: str
    change_id: str


class Desk:
    """A desk with its store."""

    def __init__(self, world: World, name: str, store: MemoryStore) -> None:
        self.world, self.name, self.store = world, name, store
        self.writes: list[Write] = []
        self.scans: list[Scan] = []

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Its rows of a table, as they are compared."""
        columns = COMPARED[table]
        question = f"SELECT {columns} FROM {table} ORDER BY id"
        return list(self.store.connection.execute(question).fetchall())

    def write_field(self) -> None:
        """Change a field of some person, or write down a new one."""
        chance = self.world.chance
        ids = [row[0] for row in self.rows("person")]
        value = self.world.next_value()
        field = chance.choice(FIELDS)
        if not ids or chance.random() < 0.25:
            row = f"p{value}"
            values = {name: value if name == field else "" for name in FIELDS}
            self.store.call_jot(
                Connection.execute,
                "INSERT INTO person (id, home_site, created_at, full_name, phone, email)"
                " VALUES (?, ?, '', ?, ?, ?)",
                (row, SITE, *values.values()),
            )
            self.writes.append(Write(row, field, value, "", 0, False))
            return
        row = chance.choice(ids)
        question = f"SELECT {field}, sync_rev FROM person WHERE id = ?"
        [(over, rev)] = self.store.connection.execute(question, (row,)).fetchall()
        self.store.call_jot(
            Connection.execute, f"UPDATE person SET {field} = ? WHERE id = ?", (value, row)
        )
        self.writes.append(Write(row, field, value, over, rev, self.has_blanked(row, field)))

    def write_event(self) -> None:
        """Write something down once; sometimes with an id that another desk makes too."""
        value = self.world.next_value()
        shared = self.world.chance.random() < 0.15
        row = f"e{self.world.chance.randrange(3)}" if shared else f"e-{value}"
        self.store.call_jot(
            Connection.execute,
            "INSERT OR IGNORE INTO contact_event (id, home_site, at, officer_id, contact_id, code,"
            " note) VALUES (?, ?, '', '', 'c', '', ?)",
            (row, SITE, value),
        )

    def book(self) -> None:
        """Book one of two half hours, call a callback off, or move it."""
        chance = self.world.chance
        slot = f"2026-11-20T10:{chance.choice(['00', '30'])}"
        ids = [row[0] for row in self.rows("callback")]
        if ids and chance.random() < 0.3:
            name, value = chance.choice([("state", "cancelled"), ("slot", slot)])
            self.store.call_jot(
                Connection.execute,
                f"UPDATE callback SET {name} = ? WHERE id = ?",
                (value, chance.choice(ids)),
            )
            return
        self.store.call_jot(
            Connection.execute,
            "INSERT INTO callback (id, home_site, site, contact_id, person_id, slot, zone,"
            " starts_at, kind, state, live, priority, booked_by, booked_at)"
            " VALUES (?, ?, ?, 'c', '', ?, '', '', 'window', 'booked', true, false, '', ?)",
            (f"b-{self.world.next_value()}", SITE, SITE, slot, stamp(self.world.wall.true)),
        )

    def scan(self) -> None:
        """Scan a juror in, or out who is in: other desks may do so too."""
        number = self.world.chance.randrange(3)
        row = f"a{number}"
        held = self.store.connection.execute(
            "SELECT time_out FROM attendance WHERE id = ?", (row,)
        ).fetchone()
        if held and held[0]:
            return
        field = "time_out" if held else "time_in"
        value = f"{self.world.chance.randrange(9, 17):02}:{self.world.chance.randrange(60):02}"
        self.scans.append(Scan(row, field, value))
        if held:
            self.store.call_jot(
                Connection.execute,
                "UPDATE attendance SET time_out = ?, stage = 'CHECKED_OUT' WHERE id = ?",
                (value, row),
            )
            return
        self.store.call_jot(
            Connection.execute,
            "INSERT INTO attendance (id, home_site, juror, day, court, pool, kind, stage, time_in,"
            " recorded_by, recorded_at) VALUES (?, ?, ?, '2026-11-18', ?, 'pool', 'attendance',"
            " 'CHECKED_IN', ?, ?, ?)",
            (row, SITE, f"{number}", SITE, value, self.name, stamp(self.world.wall.true)),
        )

    def erase(self) -> None:
        """Erase a person for ever."""
        ids = [row[0] for row in self.rows("person")]
        if ids:
            row = self.world.chance.choice(ids)
            self.store.call_jot(_erase, row)
            self.world.erased[row] = self.last_change()

    def blank(self) -> None:
        """Erase one value of a person for ever; the person stays."""
        ids = [row[0] for row in self.rows("person")]
        if ids:
            row, field = self.world.chance.choice(ids), self.world.chance.choice(FIELDS)
            value = self.shown(row, field)
            self.store.call_jot(purge.blank, "person", field, "", [row])
            self.world.blanked.append(Blanked(row, field, value or "", self.last_change()))

    def last_change(self) -> str:
        """Id of the newest change here."""
        [(change_id,)] = self.store.connection.execute(
            "SELECT change_id FROM change_log ORDER BY seq DESC LIMIT 1"
        ).fetchall()
        return str(change_id)

    def has_blanked(self, row: str, field: str) -> bool:
        """Whether this store was where a value was erased."""
        question = "SELECT count(*) FROM change_log WHERE op = 'B' AND row_id = ? AND delta = ?"
        told = json.dumps({field: ""})
        [(count,)] = self.store.connection.execute(question, (row, told)).fetchall()
        return bool(count)

    def sync(self, *, cut: bool = False) -> None:
        """Exchange; with ``cut`` it may end anywhere."""
        before = {
            place: value for place, value in self.pending().items() if self.shown(*place) == value
        }
        try:
            with (
                _stand_ins(exchange_steps, failpoint=self.world.maybe_cut(cut), signed=_unsigned),
                _stand_ins(capture, columns=_columns),
            ):
                store = cast(Store, self.store)
                exchange.with_central(store, self.world.central, clock=self.world.wall.clock())
        except StoreForkedError:
            self.world.counts["forked"] += 1
            self.store.call_jot(desk_key.fork)
        except CutError:
            self.world.counts["cut"] += 1
        self.check_own_edits(before)

    def pending(self) -> dict[tuple[str, str], str]:
        """The newest value of each field that was written here and is not merged."""
        applied = self.world.central.state.applied.get(self.desk_id, 0)
        rows = self.store.connection.execute(
            "SELECT row_id, delta FROM change_log WHERE tbl = 'person' AND seq > ? ORDER BY seq",
            (applied,),
        )
        return {
            (row_id, name): value
            for row_id, delta in rows
            for name, value in quick_json.read(delta).items()
            if name in FIELDS
        }

    def check_own_edits(self, before: dict[tuple[str, str], str]) -> None:
        """Read your writes: what is not merged yet is still what stands here (I6)."""
        still = self.pending() if before else {}
        for (row, field), value in before.items():
            if still.get((row, field)) != value:
                continue
            if self.shown(row, field) not in (value, None):
                raise BrokenInvariantError(f"I6 {self.name} {row} {field}")

    def shown(self, row: str, field: str) -> str | None:
        """What stands in a field here; None when the row is not here."""
        question = f"SELECT {field} FROM person WHERE id = ?"
        found = self.store.connection.execute(question, (row,)).fetchone()
        return str(found[0]) if found else None

    def erased(self) -> set[str]:
        """Ids of the persons of whom it was told that they are erased."""
        notes = self.store.connection.execute(
            "SELECT substr(name, 8) FROM local_state WHERE name LIKE 'erased %'"
        ).fetchall()
        return {row for _table, row, path in (json.loads(note) for (note,) in notes) if not path}

    def everything(self) -> str:
        """Every value that it holds, as JSON."""
        tables = ("person", "conflict", "change_log", "pull_stage")
        return json.dumps(
            [self.store.connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables],
            default=repr,
        ).replace("\\", "")

    @property
    def desk_id(self) -> str:
        """Its number at central."""
        [(desk_id,)] = self.store.connection.execute("SELECT desk_id FROM sync_state").fetchall()
        return str(desk_id)


def _erase(connection: Connection, row: str) -> None:
    connection.execute(
        "INSERT INTO purge_log (id, home_site, at, officer_id, tbl, row_id, ref, scheme, version,"
        " closed_at, proposed_by, proposed_at) VALUES (?, ?, '', '', 'person', ?, '', '', 0, '',"
        " '', '')",
        (f"x-{ids.new_id()}", SITE, row),
    )
    purge.erase(connection, {"person": [row]})


class World:
    """Everything of one schedule."""

    def __init__(self, seed: int, *, desks: int = 3) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.wall = Wall()
        self.central = MemoryCentral(self.wall.clock(), self.chance)
        self.counts: Counter[str] = Counter()
        self.erased: dict[str, str] = {}
        """Rows, with the id of the change that says so."""
        self.blanked: list[Blanked] = []
        self.values = 0
        self.desks: list[Desk] = []
        self.backups: list[tuple[Desk, MemoryStore, int, int]] = []
        self.central_backup = self.central.backup()
        self.restored = False
        self._id_chance = random.Random(seed)
        _change_ids.seed(seed)
        self._id_ms = count(1)
        with self._ids_of_the_seed():
            for number in range(desks):
                self.add_desk(f"d{number}")

    @contextmanager
    def _ids_of_the_seed(self) -> Iterator[None]:
        """What is made meanwhile has the same ids each time, so that a fault is found again."""
        bits = self._id_chance.getrandbits
        usual = ids.new_id.__defaults__
        ids.new_id.__defaults__ = (None, self._id_chance.randbytes)
        clock = SimpleNamespace(time_ns=lambda: next(self._id_ms) * 1_000_000)

        def new_desk_id() -> str:
            return f"desk-{bits(64)}"

        with (
            mock.patch.object(ids, "time", clock),
            mock.patch.multiple(outbox, new_desk_id=new_desk_id),
        ):
            try:
                yield
            finally:
                ids.new_id.__defaults__ = usual

    def next_value(self) -> str:
        """A value that nobody wrote before."""
        self.values += 1
        return f"v{self.values}"

    def add_desk(self, name: str) -> Desk:
        """One more desk, its clock wrong by minutes or by years."""
        wrong = self.chance.choice([0, 0, 0, 1, -1, 60, -60, 525_600, -525_600 * 10])
        store = MemoryStore(self.wall.clock(dt.timedelta(minutes=wrong)))
        store.call_jot(
            Connection.execute,
            "INSERT INTO sync_state (id, desk_id, site, schema_ver, hlc, clock_offset_ms, applying,"
            " machine_mark) VALUES (1, ?, ?, ?, 0, 0, 0, '')",
            (f"desk-{name}", SITE, schema.HEAD),
        )
        desk = Desk(self, name, store)
        self.desks.append(desk)
        return desk

    def maybe_cut(self, wanted: bool) -> Callable[[str], None]:
        """What stands at the failpoints of an exchange."""
        place = self.chance.randrange(12) if wanted else -1
        passed = 0

        def failpoint(_name: str) -> None:
            nonlocal passed
            passed += 1
            if passed == place:
                raise CutError

        return failpoint

    # -- what may happen -------------------------------------------------------------------

    def step(self) -> None:
        """One random thing."""
        self.wall.true += dt.timedelta(seconds=self.chance.randrange(1, 200))
        desk = self.chance.choice(self.desks)
        draw = self.chance.random()
        if draw < 0.39:
            desk.write_field()
        elif draw < 0.43:
            desk.book()
        elif draw < 0.48:
            desk.scan()
        elif draw < 0.53:
            desk.write_event()
        elif draw < 0.80:
            desk.sync(cut=self.chance.random() < 0.35)
        elif draw < 0.90:
            self.central.apply(most=self.chance.choice([1, 2, 5, 100]))
        elif draw < 0.92:
            desk.erase()
        elif draw < 0.935:
            self.clone(desk)
        elif draw < 0.955:
            desk.blank()
        elif draw < 0.975:
            self.keep_backup(desk)
        elif draw < 0.99:
            self.restore_desk()
        elif draw < 0.995:
            self.central_backup = self.central.backup()
        else:
            self.restore_central()

    def clone(self, desk: Desk) -> None:
        """The same image on a second machine."""
        if len(self.desks) < 5:
            store = MemoryStore(desk.store.author.clock, desk.store.connection)
            copied = Desk(self, f"{desk.name}'", store)
            copied.writes, copied.scans = list(desk.writes), list(desk.scans)
            self.desks.append(copied)
            self.counts["cloned"] += 1

    def keep_backup(self, desk: Desk) -> None:
        """A backup of a desk's disk."""
        kept = MemoryStore(desk.store.author.clock, desk.store.connection)
        self.backups.append((desk, kept, len(desk.writes), len(desk.scans)))

    def restore_desk(self) -> None:
        """A disk broke; its desk goes on from the backup."""
        if not self.backups:
            return
        desk, kept, writes, scans = self.backups.pop()
        for at in range(writes, len(desk.writes)):
            desk.writes[at] = desk.writes[at]._replace(lost_with_disk=True)
        for at in range(scans, len(desk.scans)):
            desk.scans[at] = desk.scans[at]._replace(lost_with_disk=True)
        desk.store.close()
        desk.store = kept
        self.counts["desk restored"] += 1

    def restore_central(self) -> None:
        """Central goes back to its last backup; desks fill it again."""
        self.central.restore(self.central_backup)
        self.restored = True

    # -- what must hold --------------------------------------------------------------------

    def run(self, steps: int) -> None:
        """A whole schedule, and what must hold at its end."""
        with paused(), self._ids_of_the_seed():  # paused as in a run of the exchange
            for _step in range(steps):
                self.step()
            self.settle()
            self.check_convergence()
            self.check_kept_values()
            self.check_erased()
            self.check_claims()
            self.check_registers()
            self.check_outcomes()
            self.check_idempotence()
        for store in (*(each.store for each in self.desks), *(each[1] for each in self.backups)):
            store.close()

    def settle(self) -> None:
        """Everybody exchanges until nobody has anything left."""
        before = self.picture()
        for _round in range(ROUNDS):
            for desk in self.desks:
                desk.sync()
                self.central.apply()
            after = self.picture()
            if after == before:
                return
            before = after
        raise BrokenInvariantError("it never comes to rest")

    def picture(self) -> object:
        """Everything that may still change."""
        state = self.central.state
        question = (
            "SELECT (SELECT desk_id FROM sync_state), (SELECT count(*) FROM change_log),"
            " (SELECT sum(state) FROM change_log), c.* FROM (SELECT 1) LEFT JOIN sync_cursor AS c"
        )
        desks = [desk.store.connection.execute(question).fetchall() for desk in self.desks]
        return state.head, dict(state.applied), desks

    def check_convergence(self) -> None:
        """I1: every desk shows what central holds."""
        for table in COMPARED:
            views = [desk.rows(table) for desk in self.desks]
            held = sorted(key.id for key in self.central.state.rows if key.tbl == table)
            for desk, view in zip(self.desks, views, strict=True):
                if view != views[0]:
                    raise BrokenInvariantError(f"I1 {desk.name} {table}")
                if [row[0] for row in view] != held:
                    raise BrokenInvariantError(f"I1 {desk.name} {table} against central")

    def check_kept_values(self) -> None:
        """I2, I3: a value stands, or is kept as a conflict, or was replaced by who had seen it."""
        stand = {
            (row[0], name): row[2 + FIELDS.index(name)]
            for row in self.desks[0].rows("person")
            for name in FIELDS
        }
        alive = {(row, field, value) for (row, field), value in stand.items()}
        alive |= {
            (row[2], row[3], json.loads(value))
            for row in self.desks[0].rows("conflict")
            for value in (row[4], row[5])
        }
        # Newest first: what replaced a value is looked at before the value.
        writes = sorted(
            {each for desk in self.desks for each in desk.writes},
            key=lambda each: int(each.value[1:]),
            reverse=True,
        )
        for each in writes:
            if (each.row, each.field, each.value) in alive:
                alive.add((each.row, each.field, each.over))
            elif self._is_lost(each):
                raise BrokenInvariantError(f"I3 {each}")

    def _is_lost(self, write: Write) -> bool:
        gone = {(each.row, each.field) for each in self.blanked}
        erased = write.row in self.erased or (write.row, write.field) in gone
        return not erased and not write.lost_with_disk

    def check_erased(self) -> None:
        """I12: no desk and nothing at central holds what was erased."""
        noted = {row for desk in self.desks for row in desk.erased()}
        for desk in self.desks:
            if noted & {row[0] for row in desk.rows("person")}:
                raise BrokenInvariantError(f"I12 {desk.name}, though a desk knows that it is gone")
        if self.restored:
            return  # what no desk had been told of may have been forgotten for good
        told = {row for row, change in self.erased.items() if change in self.central.state.known}
        for desk in self.desks:
            if told & {row[0] for row in desk.rows("person")}:
                raise BrokenInvariantError(f"I12 {desk.name}")
        gone = {f'"{value}"' for value in self._blanked_values()}
        if not gone:
            return
        everything = {desk.name: desk.everything() for desk in self.desks}
        everything["central"] = self.central.everything()
        for name, held in everything.items():
            if found := {value for value in gone if value in held}:
                raise BrokenInvariantError(f"I12 {name} {found}")

    def check_outcomes(self) -> None:
        """I2: of a change exactly one thing came, under however many numbers it was sent."""
        if twice := [each for each, count in self.central.state.outcomes.items() if count > 1]:
            raise BrokenInvariantError(f"I2 {twice}")

    def check_claims(self) -> None:
        """I10: of a half hour that is full, everybody beyond what it holds is told of."""
        rows = self.central.state.rows
        told = {
            row.fields["row_id"]
            for key, row in rows.items()
            if key.tbl == CONFLICT and row.fields["kind"] == rulings.KIND
        }
        held: dict[str, list[str]] = defaultdict(list)
        for key, resource in claims.resources([RULE], rows).items():
            held[resource].append(key.id)
        for resource, holders in held.items():
            if len([each for each in holders if each not in told]) > CAPACITY:
                raise BrokenInvariantError(f"I10 {resource}")
            self.counts["excess"] += len(holders) > CAPACITY

    def check_registers(self) -> None:
        """I3 of a day that several desks recorded: the earliest in and the latest out stand, and
        every other time is kept."""
        rows = {key.id: row.fields for key, row in self.central.state.rows.items()}
        told = {
            (row["row_id"], row["field"], json.loads(f"{row[side]}"))
            for row in rows.values()
            if row.get("kind") == registers.KIND
            for side in ("losing", "winning")
        }
        self.counts["two scans"] += bool(told)
        scans = {each for desk in self.desks for each in desk.scans}
        for row, field, value, lost in scans:
            standing = f"{rows.get(row, {}).get(field, '')}"
            first = (value, standing) if field == "time_in" else (standing, value)
            if not lost and (first[0] < first[1] or not standing):
                raise BrokenInvariantError(f"I3 {row} {field} {value}, but {standing}")
            if not lost and value != standing and (row, field, value) not in told:
                raise BrokenInvariantError(f"I3 {row} {field} {value} is not kept")

    def _blanked_values(self) -> Iterator[str]:
        """What stood where values were erased, and what was written there by who did not know."""
        state = self.central.state
        for each in self.blanked:
            if each.value and each.change_id in state.known:
                yield each.value
        marks = {
            (key.id, f"{path}"): by
            for key, row in state.rows.items()
            for path, by in blanks.erased(row).items()
        }
        for write in (each for desk in self.desks for each in desk.writes):
            by = marks.get((write.row, write.field))
            if by and write.rev < by.rev and not write.erased_before:
                yield write.value

    def check_idempotence(self) -> None:
        """I4: sending everything again changes no row and no number."""
        before = (dict(self.central.state.rows), self.central.state.head)
        for desk in self.desks:
            last = desk.store.call_read(outbox.pending, 0)
            sealed = desk.store.call_read(
                outbox.batch, 0, START, most_rows=last + 1, most_bytes=10**9
            )
            if sealed.changes:
                self.central.push(_unsigned(desk.store.connection, desk.desk_id, sealed))
        self.central.apply()
        if (dict(self.central.state.rows), self.central.state.head) != before:
            raise BrokenInvariantError("I4")
        assert STREAM
