"""A central database for each test, and desks that are enrolled in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo

from deskapp.data.central import setup
from deskapp.data.central.apply import Step, apply_all
from deskapp.data.central.connect import APPLIER, connect
from deskapp.data.central.connect import Central as Opened
from deskapp.data.store import Store
from deskapp.services import claim_rules, desk_key, exchange
from deskapp.services.exchange import Outcome
from tests import stores
from tests.builders import SITE, SetClock
from tests.central import server

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A server; the connection string of its superuser."""
    folder = Path(tempfile.mkdtemp(prefix="deskapp-pg-", dir="/tmp"))
    try:
        with server.running(folder) as dsn:
            yield dsn
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """A database that is set up; what tests work with is a copy."""
    name = f"central_{next(NUMBERS)}_{id(postgres)}"
    with psycopg.connect(postgres, autocommit=True) as root:
        root.execute(f"CREATE DATABASE {name}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKAPP_DEV", "1")
        with connect(_to(postgres, name)) as central:
            setup.init(central)
            central.execute("CREATE TABLE public.as_new AS TABLE sync_central")
    return name


@pytest.fixture(scope="session")
def database(postgres: str, template: str) -> Iterator[str]:
    """The database of the tests, which each leaves as it was."""
    name = f"{template}_copy"
    with psycopg.connect(postgres, autocommit=True) as root:
        root.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield name
    with psycopg.connect(postgres, autocommit=True) as root:
        for made in (name, template):
            root.execute(f"DROP DATABASE {made} WITH (FORCE)")


@dataclass
class Desk:
    """A desk with its own store, clock and login."""

    store: Store
    clock: SetClock
    dsn: str
    rests: list[float] = field(default_factory=list)
    """How long it would have waited before each further try."""

    def sync(self) -> Outcome:
        """Exchange once."""
        return exchange.run(self.store, self.dsn, clock=self.clock.clock, rest=self.rests.append)


@dataclass
class Central:
    """A central database, with the ways into it that a test needs."""

    owner: str
    """Connection string of its owner."""
    _kept: Opened | None = None

    def as_owner(self) -> Opened:
        """A connection of its owner, the same until ``let_go``: each costs 10 ms."""
        if self._kept is None:
            self._kept = connect(self.owner)
        return self._kept

    def let_go(self) -> None:
        """Close that connection; the next is another."""
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    def apply(self) -> Step:
        """Merge everything that waits, as the service does."""
        with connect(self.owner, role=APPLIER) as central:
            return apply_all(central, claim_rules.in_force())

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """What the owner reads."""
        return self.as_owner().execute(question, values).fetchall()

    @contextmanager
    def as_it_was(self) -> Iterator[None]:
        """Restore the database to what it is now when the block ends, as from a backup."""
        name = conninfo.conninfo_to_dict(self.owner)["dbname"]
        with psycopg.connect(_to(self.owner, "postgres"), autocommit=True) as root:
            self.let_go()  # nobody may be there while it is copied
            root.execute(f"CREATE DATABASE {name}_backup TEMPLATE {name}")
            yield
            self.let_go()
            root.execute(f"DROP DATABASE {name} WITH (FORCE)")
            root.execute(f"ALTER DATABASE {name}_backup RENAME TO {name}")

    def fail(self) -> None:
        """End the server as a failure of power does, and start it again."""
        server.fail(self.owner)
        self.let_go()

    def dsn(self, login: str) -> str:
        """The connection string of a login."""
        return _to(self.owner, "", user=login)


@pytest.fixture
def central(
    postgres: str, template: str, database: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Central]:
    """A central database on this computer, as if it were new."""
    monkeypatch.setenv("DESKAPP_DEV", "1")
    made = Central(_to(postgres, database))
    [before] = made.ask(_SHAPE)
    yield made
    as_new = made.ask(_SHAPE) == [before]
    if as_new:  # a copy takes twenty times as long
        made.as_owner().execute(_EMPTY)
    made.let_go()
    if not as_new:
        with psycopg.connect(postgres, autocommit=True) as root:
            root.execute(f"DROP DATABASE {database} WITH (FORCE)")
            root.execute(f"CREATE DATABASE {database} TEMPLATE {template}")


_SHAPE = "SELECT (SELECT sum(oid::int) FROM pg_class), (SELECT sum(oid::int) FROM pg_constraint)"
_EMPTY = """
DO $$ DECLARE name text; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'deskapp' AND tablename <> 'sync_central' LOOP
        EXECUTE format('DELETE FROM deskapp.%I', name);
    END LOOP;
    DELETE FROM deskapp.sync_central;
    INSERT INTO deskapp.sync_central TABLE public.as_new;
END $$
"""


@pytest.fixture
def enrolled(central: Central, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks that are enrolled at ``central``; ``login`` may be shared."""
    made: list[Store] = []

    def make(
        name: str, *, site: str = SITE, may_apply: bool = False, restricted: bool = False
    ) -> Desk:
        clock = SetClock()
        folder = tmp_path / name
        if folder.exists():  # the test has made its store
            store = Store.open(folder, stores.KEY, clock=clock.clock)
        else:
            store = stores.new(folder, site=site, clock=clock.clock)
        made.append(store)
        store.actor = f"officer-{name}"
        request = setup.Request(*store.call_jot(desk_key.request))
        login = f"desk_{next(NUMBERS)}_{name}"
        owner = central.as_owner()
        setup.enrol(owner, request, login=login, password=None, restricted=restricted)
        if may_apply:
            setup.let_apply(owner, login)
        return Desk(store, clock, central.dsn(login))

    yield make
    for store in made:
        store.close()


def _to(dsn: str, database: str, **more: str) -> str:
    named = {"dbname": database} if database else {}
    return conninfo.make_conninfo(dsn, **named, **more)
