"""When the screen is sent: once for a key, never for nothing, the latest to a line behind."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest

from deskapp.terminal.output import HOLD_SECONDS, Output
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


async def sent(reading: int) -> bytes:
    """What has arrived when the loop and the thread have done their work."""
    await asyncio.sleep(0.02)
    os.set_blocking(reading, False)
    try:
        return os.read(reading, 65536)
    except BlockingIOError:
        return b""


async def test_all_that_a_key_paints_is_sent_together(pipe: tuple[int, int]) -> None:
    """R6: however many parts of the screen it changes, and in whatever order."""
    out = output(pipe[1])
    out.write("\x1b[HAnn")
    first = await sent(pipe[0])
    assert first.endswith(b"Ann")
    out.hold("tab")
    out.write("\x1b[HAnne")
    out.write("\x1b[2Hx")
    assert await sent(pipe[0]) == b""
    out.write("\x1b[2Hy")
    out.release()
    assert await sent(pipe[0]) == b"e\r\ny"
    out.close()


async def test_nothing_is_sent_when_nothing_has_changed(pipe: tuple[int, int]) -> None:
    """R6: Textual paints more than it must."""
    out = output(pipe[1])
    out.write("\x1b[HAnn")
    await sent(pipe[0])
    for _time in range(3):
        out.hold("x")
        out.write("\x1b[H\x1b[0mAnn")
        out.release()
        assert await sent(pipe[0]) == b""
    out.close()


async def test_a_key_whose_work_does_not_end_shows_what_it_has_painted(
    pipe: tuple[int, int],
) -> None:
    """Nobody sits before a screen that does not answer."""
    out = output(pipe[1])
    out.hold("f2")
    out.write("\x1b[HAnn")
    await asyncio.sleep(HOLD_SECONDS * 2)
    assert (await sent(pipe[0])).endswith(b"Ann")
    out.close()


async def test_a_line_that_is_behind_gets_the_latest_screen_only(pipe: tuple[int, int]) -> None:
    """What was wanted in between is of no use any more."""
    out = output(pipe[1])
    out.send("x" * (PENDING_LIMIT_BYTES * 3))  # more than the pipe holds
    await asyncio.sleep(0.02)
    for number in range(100):
        out.write(f"\x1b[Hnumber {number:03}")
        await asyncio.sleep(0)
    arrived = b""
    while data := await sent(pipe[0]):
        arrived += data
    assert arrived.strip(b"x").endswith(b"number 099")
    assert arrived.count(b"number") == 1
    out.close()


async def test_switched_off_it_sends_all_that_is_painted(pipe: tuple[int, int]) -> None:
    """As it is, and at once."""
    out = output(pipe[1], THIN._replace(differences=False))
    paint = "\x1b[1;1H\x1b[1mAnn\x1b[0m"
    out.write(paint)
    out.write(paint)
    assert await sent(pipe[0]) == paint.encode() * 2
    out.close()


async def test_a_resize_waits_for_textual_and_then_shows_what_is_there(
    pipe: tuple[int, int],
) -> None:
    """The old page is not sent to be replaced; but something is, if Textual paints nothing."""
    out = output(pipe[1])
    out.write("\x1b[HAnn")
    await sent(pipe[0])
    out.resize((12, 4))
    assert await sent(pipe[0]) == b""
    out.write("\x1b[HBob")
    again = await sent(pipe[0])
    assert b"\x1b[2J" in again
    assert again.endswith(b"Bob")
    out.resize((12, 4))
    await asyncio.sleep(0.3)
    assert await sent(pipe[0]) == b""
    out.resize(None)
    await asyncio.sleep(0.3)
    assert b"Bob" in await sent(pipe[0])
    out.close()
