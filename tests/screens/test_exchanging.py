"""The desk exchanges by itself while somebody works, and the top line says what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskapp.app import DeskApp
from deskapp.data.store import Store
from deskapp.errors import SyncExit
from deskapp.services import background
from deskapp.settings import Settings
from tests.builders import SetClock
from tests.pilots import intervals, press, settle, shown

TWO_RUNS = 2 * background.EVERY.total_seconds() + 1


class Run:
    """A run in another process, as far as the screens see it."""

    def __init__(self, code: int | None) -> None:
        self.code = code

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self.code


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """Those that the screens began; none is a real one."""
    begun: list[Run] = []

    def start(_store: Store) -> Run:
        begun.append(Run(None))
        return begun[-1]

    monkeypatch.setattr(background, "start", start)
    return begun


async def test_a_line_that_is_down_is_told_once_in_the_top_line(
    desk: Callable[..., DeskApp], clock: SetClock, runs: list[Run]
) -> None:
    """No message comes over what somebody types; when it works again the words go."""
    app = desk(Settings(central="host=nowhere"))
    async with app.run_test(size=(100, 24)) as pilot:

        async def looked() -> None:
            app.exchange_when_due()
            await settle(pilot)

        await settle(pilot)
        clock.passes(seconds=background.FIRST_SECONDS + 1)
        await looked()
        await looked()
        assert len(runs) == 1
        await press(pilot, "f2")
        runs[0].code = SyncExit.UNREACHABLE
        await looked()
        assert "central not reached" in shown(app).splitlines()[0]
        assert not app._notifications
        await looked()
        assert len(runs) == 1
        clock.passes(seconds=TWO_RUNS)
        await looked()
        runs[1].code = SyncExit.LOOK
        await looked()
        assert "central" not in shown(app).splitlines()[0]


async def test_a_desk_that_nobody_touches_is_looked_at_once_a_minute(
    desk: Callable[..., DeskApp], clock: SetClock, runs: list[Run]
) -> None:
    """R7: a hundred desks of a host wake nobody; what is saved now or runs now is not left so."""
    app = desk(Settings(central="host=nowhere"))
    async with app.run_test(size=(80, 24)) as pilot:

        async def looked() -> int:
            app.exchange_when_due()
            await settle(pilot)
            return int(min(intervals(app)))

        await settle(pilot)
        assert await looked() < 60
        clock.passes(seconds=61)
        assert await looked() < 60  # the first run of the desk is on its way
        assert len(runs) == 1
        runs[0].code = SyncExit.LOOK
        assert await looked() == 60
        await press(pilot, "f1")
        assert int(min(intervals(app))) < 60
        assert await looked() < 60


async def test_a_desk_that_stands_alone_begins_nothing(
    desk: Callable[..., DeskApp], clock: SetClock, runs: list[Run]
) -> None:
    """Without the setting nothing leaves the computer."""
    app = desk()
    async with app.run_test(size=(80, 24)) as pilot:
        clock.passes(seconds=TWO_RUNS)
        app.exchange_when_due()
        await settle(pilot)
    assert runs == []
