"""F3, F4: a line that is cut, silent or slow, a server that starts again: time, and no more."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from psycopg import conninfo

from deskapp.data.central import connect, pull
from deskapp.errors import CentralUnreachableError
from deskapp.services import exchange, tries
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, persons

PEOPLE = 40
FROM_DESK = (1, 200, 600, 3_000, 9_000, 20_000)
FROM_CENTRAL = (1, 300, 700, 2_000, 6_000, 20_000)

Passing = Callable[[str, bytes, int], bytes | None]
"""Who says what, how many bytes they said before; what is passed on of it, None to hang up."""


class Line:
    """A socket that passes on what a desk and central say, as ``passing`` does it."""

    def __init__(self, to: str, passing: Passing) -> None:
        self._to, self._passing = to, passing
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self.calls = 0

    def serve(self, listening: socket.socket) -> None:
        """Pass on every connection, until nobody listens any more."""
        with suppress(OSError):
            while True:
                desk, _address = listening.accept()
                self.calls += 1
                central = socket.socket(socket.AF_UNIX)
                self._ends += [desk, central]
                with suppress(OSError):
                    central.connect(self._to)
                    self._begin("desk", desk, central)
                    self._begin("central", central, desk)

    def cut_off(self) -> None:
        """Cut every call off."""
        for end in self._ends:
            _shut(end)

    def hang_up(self) -> None:
        """End every call."""
        self.cut_off()
        for thread in self._threads:
            thread.join()
        for end in self._ends:
            end.close()

    def _begin(self, who: str, source: socket.socket, target: socket.socket) -> None:
        self._threads.append(threading.Thread(target=self._pass, args=(who, source, target)))
        self._threads[-1].start()

    def _pass(self, who: str, source: socket.socket, target: socket.socket) -> None:
        passed = 0
        with suppress(OSError):
            while heard := source.recv(65_536):
                given = self._passing(who, heard, passed)
                passed += len(heard)
                target.sendall(heard if given is None else given)
                if given is None:
                    break
        _shut(source)
        _shut(target)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def over(desk: Desk, folder: Path, passing: Passing) -> Iterator[Line]:
    """The desk reaches central over a line of its own."""
    given = conninfo.conninfo_to_dict(desk.dsn)
    if not f"{given['host']}".startswith("/"):
        pytest.skip("the server that is given is not reached over a socket of this computer")
    folder.mkdir(exist_ok=True)
    port = given.get("port") or "5432"
    line = Line(f"{given['host']}/.s.PGSQL.{port}", passing)
    direct = desk.dsn
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(f"{folder}/.s.PGSQL.{port}")
        listening.listen()
        serving = threading.Thread(target=line.serve, args=(listening,))
        serving.start()
        desk.dsn = conninfo.make_conninfo(direct, host=f"{folder}")
        try:
            yield line
        finally:
            desk.dsn = direct
            listening.shutdown(socket.SHUT_RDWR)
            serving.join()
            line.hang_up()
    (folder / f".s.PGSQL.{port}").unlink()


class Cut:
    """Hangs up once so many bytes of one side have passed; at the first call only."""

    def __init__(self, who: str, place: int) -> None:
        self._who, self._place = who, place
        self.done = False

    def __call__(self, who: str, heard: bytes, passed: int) -> bytes | None:
        if self.done or who != self._who or passed + len(heard) < self._place:
            return heard
        self.done = True
        return None


def add_people(desk: Desk, count: int, about: str = "Person") -> None:
    """Write so many persons at a desk."""
    for number in range(count):
        add_person(desk, full_name=f"{about} {number}")


def all_once(central: Central, count: int) -> bool:
    """Whether central merged so many changes, each once."""
    return central.ask("SELECT count(*), count(DISTINCT change_id) FROM audit") == [(count, count)]


def batches(central: Central) -> list[int]:
    """How many changes came at once, in the order they were written."""
    sizes = central.ask("SELECT last_seq - first_seq + 1 FROM sync_batch ORDER BY first_seq")
    return [int(f"{size}") for (size,) in sizes]


@pytest.mark.parametrize(
    ("who", "places"), [("desk", FROM_DESK), ("central", FROM_CENTRAL)], ids=["sent", "told"]
)
def test_a_line_that_is_cut_loses_nothing(
    central: Central, enrolled: Enrol, tmp_path: Path, who: str, places: tuple[int, ...]
) -> None:
    """After so many bytes of one side both hang up; the run tries again and goes on where it was.

    A line that is cut before central has answered is left to the next run.
    """
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    cuts = tried = 0
    for at, place in enumerate(places):
        add_people(one, PEOPLE, f"Person {at}")
        cut = Cut(who, place)
        with over(one, tmp_path / "line", cut) as line, suppress(CentralUnreachableError):
            assert one.sync().sent >= PEOPLE
        cuts += cut.done
        tried += line.calls > 1
        one.sync()
    assert cuts >= len(places) - 1
    assert tried >= 3
    two.sync()
    assert len(persons(one.store)) == PEOPLE * len(places)
    assert persons(two.store) == persons(one.store)
    assert all_once(central, PEOPLE * len(places))


def test_a_line_that_swallows_everything_is_given_up(
    central: Central, enrolled: Enrol, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is refused and nothing comes back: only the desk's own patience ends that."""
    monkeypatch.setattr(connect, "PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(tries, "TRIES", 2)
    one = enrolled("one", may_apply=True)
    add_people(one, PEOPLE)
    hole = [False]

    def swallowed(who: str, heard: bytes, passed: int) -> bytes:
        if who == "desk" and passed > 3_000:
            hole[0] = True
        return b"" if hole[0] else heard

    with over(one, tmp_path / "line", swallowed) as line:
        began = time.monotonic()
        rescue = threading.Timer(30, line.cut_off)  # a run without patience ends the test too
        rescue.start()
        one.dsn = conninfo.make_conninfo(one.dsn, connect_timeout="2")
        with pytest.raises(CentralUnreachableError, match="Nothing is lost"):
            one.sync()
        rescue.cancel()
        assert time.monotonic() - began < 20
    assert line.calls >= 2
    one.sync()
    assert all_once(central, PEOPLE)


def test_a_run_tries_five_times_and_waits_ever_longer(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """Each time central answers and is then cut off; full jitter, up to twice as long each time."""
    one = enrolled("one")
    add_people(one, 1)

    def again(who: str, heard: bytes, passed: int) -> bytes | None:
        return Cut("desk", 600)(who, heard, passed)

    with over(one, tmp_path / "line", again) as line, pytest.raises(CentralUnreachableError):
        one.sync()
    assert line.calls == tries.TRIES == 5
    assert len(one.rests) == tries.TRIES - 1
    for at, seconds in enumerate(one.rests):
        assert 0 <= seconds <= tries.FIRST_SECONDS * 2**at
    assert one.sync().sent


def test_a_central_that_is_not_there_is_said_at_once(enrolled: Enrol, tmp_path: Path) -> None:
    """An officer without a line is not kept waiting; the next run tries again."""
    one = enrolled("one")
    one.dsn = conninfo.make_conninfo(one.dsn, host=f"{tmp_path}")
    with pytest.raises(CentralUnreachableError):
        one.sync()
    assert one.rests == []


def test_a_slow_line_costs_time_only(central: Central, enrolled: Enrol, tmp_path: Path) -> None:
    """Each answer comes a twentieth of a second late."""
    one = enrolled("one", may_apply=True)
    add_people(one, PEOPLE)

    def late(who: str, heard: bytes, _passed: int) -> bytes:
        if who == "central":
            time.sleep(0.02)
        return heard

    with over(one, tmp_path / "line", late):
        assert one.sync().sent >= PEOPLE
    assert one.rests == []
    assert all_once(central, PEOPLE)


def test_a_batch_that_is_too_much_for_the_line_is_halved(
    central: Central, enrolled: Enrol, tmp_path: Path
) -> None:
    """Until it gets through; then it grows again."""
    one = enrolled("one", may_apply=True)
    add_people(one, 480)

    def narrow(who: str, heard: bytes, passed: int) -> bytes | None:
        return None if who == "desk" and passed + len(heard) > 30_000 else heard

    with over(one, tmp_path / "line", narrow), suppress(CentralUnreachableError):
        one.sync()
    sizes = batches(central)
    assert sizes
    assert max(sizes) <= 240
    one.sync()
    later = batches(central)[len(sizes) :]
    assert later
    assert later[:-1] == sorted(later[:-1])
    assert all_once(central, 480)
    for _time in range(2):
        add_people(one, 120)
        one.sync()
    assert batches(central)[-1] == 120


@pytest.mark.parametrize("where", ["sent", "received"])
def test_a_server_that_starts_again_in_the_middle_loses_nothing_that_it_acknowledged(
    central: Central, enrolled: Enrol, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """F4: while changes are sent, and while rows are fetched; it ends as by a failure of power."""
    monkeypatch.setattr(pull, "PAGE", 10)
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    central.ask("UPDATE sync_central SET max_batch_rows = 10 RETURNING 1")
    add_people(two, PEOPLE, "Other")
    two.sync()
    add_people(one, PEOPLE)
    ends: list[str] = []

    def told(what: str, count: int) -> None:
        if what == where and not ends:
            ends.append(what)
            central.fail()

    outcome = exchange.run(one.store, one.dsn, clock=one.clock.clock, told=told, rest=time.sleep)
    assert ends == [where]
    assert outcome.sent >= PEOPLE
    one.sync()
    two.sync()
    assert len(persons(one.store)) == 2 * PEOPLE
    assert persons(one.store) == persons(two.store)
    assert all_once(central, 2 * PEOPLE)
