"""When the screen is sent: once for a key, never for nothing, the latest to a line behind."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from deskapp.terminal.output import BEHIND_SECONDS, HOLD_SECONDS, Output
from deskapp.terminal.profiles import THIN, Profile
from deskapp.terminal.writer import PENDING_LIMIT_BYTES


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe, in place of a terminal."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(writing)
    os.close(reading)


def output(screen: int, profile: Profile = THIN) -> Output:
    """The way out to a small terminal that shows nothing yet."""
    return Output(screen, profile, "utf-8", size=(20, 5), terminal="xterm")


class Timers:
    """The running loop, with a clock that only the test moves."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.call_soon = loop.call_soon
        self.call_soon_threadsafe = loop.call_soon_threadsafe
        self._now = 0.0
        self._later: list[tuple[float, asyncio.Handle]] = []

    def time(self) -> float:
        """Seconds that the test has let pass."""
        return self._now

    def call_later(self, seconds: float, work: Callable[[], None]) -> asyncio.Handle:
        """Keep what is to be done when so much time has passed."""
        handle = asyncio.Handle(work, (), asyncio.get_running_loop())
        self._later.append((self._now + seconds, handle))
        return handle

    def wait(self, seconds: float) -> None:
        """Let time pass, and what is due then be done."""
        self._now += seconds
        due = [handle for at, handle in self._later if at <= self._now]
        self._later = [(at, handle) for at, handle in self._later if at > self._now]
        for handle in due:
            if not handle.cancelled():
                handle._run()


def stop_the_clock(out: Output) -> Timers:
    """Let the test move the clock of the way out."""
    timers = Timers()
    out._loop = timers  # type: ignore[assignment]
    return timers


async def sent(out: Output, reading: int) -> bytes:
    """What has arrived when the loop and the thread have done their work."""
    os.set_blocking(reading, False)
    arrived = b""
    quiet = 0
    while quiet < 5:
        await asyncio.sleep(0)
        with out._writer._change:
            quiet = 0 if out._writer._pending or out._writer._busy else quiet + 1
        with suppress(BlockingIOError):
            arrived += os.read(reading, 65536)
    return arrived


async def test_all_that_a_key_paints_is_sent_together(pipe: tuple[int, int]) -> None:
    """R6: however many parts of the screen it changes, and in whatever order."""
    out = output(pipe[1])
    out.write("\x1b[HAnn")
    first = await sent(out, pipe[0])
    assert first.endswith(b"Ann")
    out.hold("tab")
    out.write("\x1b[HAnne")
    out.write("\x1b[2Hx")
    assert await sent(out, pipe[0]) == b""
    out.write("\x1b[2Hy")
    out.release()
    assert await sent(out, pipe[0]) == b"e\r\ny"
    out.close()


async def test_nothing_is_sent_when_nothing_has_changed(pipe: tuple[int, int]) -> None:
    """R6: Textual paints more than it must."""
    out = output(pipe[1])
    out.write("\x1b[HAnn")
    await sent(out, pipe[0])
    for _time in range(3):
        out.hold("x")
        out.write("\x1b[H\x1b[0mAnn")
        out.release()
        assert await sent(out, pipe[0]) == b""
    out.close()


async def test_a_key_whose_work_does_not_end_shows_what_it_has_painted(
    pipe: tuple[int, int],
) -> None:
    """Nobody sits before a screen that does not answer."""
    out = output(pipe[1])
    out.hold("f2")
    timers = stop_the_clock(out)
    out.write("\x1b[HAnn")
    assert await sent(out, pipe[0]) == b""
    timers.wait(HOLD_SECONDS)
    assert (await sent(out, pipe[0])).endswith(b"Ann")
    out.close()


async def test_who_types_on_sees_how_far_it_is(pipe: tuple[int, int]) -> None:
    """A key held down, or a barcode: its keys come quicker than the last has done its work."""
    out = output(pipe[1])
    timers = stop_the_clock(out)
    out.hold("a")
    out.write("\x1b[HA")
    timers.wait(BEHIND_SECONDS / 2)
    out.hold("n")
    out.write("\x1b[HAn")
    assert await sent(out, pipe[0]) == b""
    timers.wait(BEHIND_SECONDS / 2)
    assert (await sent(out, pipe[0])).endswith(b"An")
    out.hold("n")
    out.write("\x1b[HAnn")
    timers.wait(BEHIND_SECONDS)
    assert await sent(out, pipe[0]) == b"n"
    out.close()


async def test_what_is_painted_without_a_key_is_sent_together_too(pipe: tuple[int, int]) -> None:
    """What a search has found comes in steps as well, and is one write."""
    asked = []
    out = output(pipe[1])
    out._unasked = lambda: asked.append("settle")
    for name in ("Ann", "Bob"):
        out.write(f"\x1b[H{name}")
        out.write("\x1b[2Hx")
        assert await sent(out, pipe[0]) == b""
        out.release()
        assert name.encode() in await sent(out, pipe[0])
    assert len(asked) == 2
    out.close()


async def test_the_bell_goes_with_what_is_shown(pipe: tuple[int, int]) -> None:
    """It is no write of its own, and is heard where nothing has changed as well."""
    out = output(pipe[1])
    out.hold("enter")
    out.write("\a")
    assert await sent(out, pipe[0]) == b""
    out.write("\x1b[HNo")
    out.release()
    assert (await sent(out, pipe[0])).endswith(b"No\a")
    out.write("\a")
    assert await sent(out, pipe[0]) == b"\a"
    out.close()


async def test_a_line_that_is_behind_gets_the_latest_screen_only(pipe: tuple[int, int]) -> None:
    """What was wanted in between is of no use any more."""
    out = output(pipe[1])
    out.send("x" * (PENDING_LIMIT_BYTES * 3))  # more than the pipe holds
    for number in range(100):
        out.write(f"\x1b[Hnumber {number:03}")
        await asyncio.sleep(0)
    arrived = b""
    while b"number" not in arrived:
        arrived += await sent(out, pipe[0])
    assert arrived.strip(b"x").endswith(b"number 099")
    assert arrived.count(b"number") == 1
    out.close()


async def test_switched_off_it_sends_all_that_is_painted(pipe: tuple[int, int]) -> None:
    """As it is, and at once."""
    out = output(pipe[1], THIN._replace(differences=False))
    paint = "\x1b[1;1H\x1b[1mAnn\x1b[0m"
    out.write(paint)
    out.write(paint)
    assert await sent(out, pipe[0]) == paint.encode() * 2
    out.close()


async def test_a_resize_waits_for_textual_to_paint_it(pipe: tuple[int, int]) -> None:
    """The old page is not sent to be replaced; then all of the new one is, seen before or not."""
    out = output(pipe[1])
    out.write("\x1b[HAnn")
    await sent(out, pipe[0])
    out.resize((12, 4))
    assert await sent(out, pipe[0]) == b""
    out.write("\x1b[HBob")
    again = await sent(out, pipe[0])
    assert b"\x1b[2J" in again
    assert again.endswith(b"Bob")
    out.resize((12, 4))
    out.write("\x1b[HBob")
    assert await sent(out, pipe[0]) == b""
    out.resize(None)
    out.write("\x1b[HBob")
    assert b"Bob" in await sent(out, pipe[0])
    out.close()
