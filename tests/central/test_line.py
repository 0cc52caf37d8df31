"""F3: a line that is cut anywhere, or that goes silent, costs a run and nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
from psycopg import conninfo

from deskapp.errors import CentralUnreachableError
from tests.central.conftest import Central, Desk
from tests.central.test_exchange import Enrol, add_person, persons

PEOPLE = 40
FROM_DESK = (1, 200, 600, 3_000, 9_000, 20_000)
FROM_CENTRAL = (1, 300, 700, 2_000, 6_000, 20_000)


class Line:
    """A socket that passes on what a desk and central say, until so many bytes went one way."""

    def __init__(self, to: str, most: dict[str, int]) -> None:
        self._to, self._most = to, most
        self.passed = {"desk": 0, "central": 0}
        self.cut = False

    def serve(self, listening: socket.socket) -> None:
        """Pass on one connection."""
        with ExitStack() as stack, suppress(OSError):
            desk = stack.enter_context(listening.accept()[0])
            central = stack.enter_context(socket.socket(socket.AF_UNIX))
            central.connect(self._to)
            back = threading.Thread(target=self._pass, args=("central", central, desk))
            back.start()
            self._pass("desk", desk, central)
            back.join()

    def _pass(self, who: str, source: socket.socket, target: socket.socket) -> None:
        left = self._most.get(who)
        with suppress(OSError):
            while heard := source.recv(65_536):
                if left is not None and self.passed[who] + len(heard) >= left:
                    target.sendall(heard[: left - self.passed[who]])
                    self.cut = True
                    break
                self.passed[who] += len(heard)
                target.sendall(heard)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cut(desk: Desk, folder: Path, /, **most: int) -> Iterator[Line]:
    """The desk reaches central over a line that is cut after so many bytes of one side."""
    given = conninfo.conninfo_to_dict(desk.dsn)
    port = given.get("port") or "5432"
    line = Line(f"{given['host']}/.s.PGSQL.{port}", most)
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
            serving.join()
    (folder / f".s.PGSQL.{port}").unlink()


@pytest.mark.parametrize(
    ("who", "places"), [("desk", FROM_DESK), ("central", FROM_CENTRAL)], ids=["sent", "told"]
)
def test_a_line_that_is_cut_loses_nothing(
    central: Central, enrolled: Enrol, tmp_path: Path, who: str, places: tuple[int, ...]
) -> None:
    """After so many bytes of one side both hang up; the next run goes on where it was."""
    if not f"{conninfo.conninfo_to_dict(central.owner).get('host')}".startswith("/"):
        pytest.skip("the server that is given is not reached over a socket of this computer")
    folder = tmp_path / "line"
    folder.mkdir()
    one, two = enrolled("one", may_apply=True), enrolled("two", may_apply=True)
    cuts = 0
    for at, place in enumerate(places):
        for number in range(PEOPLE):
            add_person(one, full_name=f"Person {at} {number}")
        with cut(one, folder, **{who: place}) as line, suppress(CentralUnreachableError):
            one.sync()
        cuts += line.cut
        one.sync()
    assert cuts >= len(places) - 1
    two.sync()
    assert len(persons(one.store)) == PEOPLE * len(places)
    assert persons(two.store) == persons(one.store)
    assert central.ask("SELECT count(*), count(DISTINCT change_id) FROM audit") == [
        (PEOPLE * len(places), PEOPLE * len(places))
    ]
