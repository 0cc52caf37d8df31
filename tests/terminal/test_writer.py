"""The thread that writes to the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Thread

import pytest

from deskapp.terminal.writer import PENDING_LIMIT_BYTES, Writer


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A pipe, in place of a terminal."""
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        try:
            os.close(end)
        except OSError:
            continue


def started(screen: int) -> Writer:
    writer = Writer(screen)
    writer.start()
    return writer


def test_everything_arrives_in_order_before_it_closes(pipe: tuple[int, int]) -> None:
    """What puts the modes back must have gone out when the application ends."""
    writer = started(pipe[1])
    writer.write(b"one ")
    writer.write(b"two")
    writer.close()
    assert os.read(pipe[0], 100) == b"one two"


def test_a_lost_line_takes_nothing_and_stops_nobody(pipe: tuple[int, int]) -> None:
    """EIO and EPIPE end the writing, not the application."""
    os.close(pipe[0])
    writer = started(pipe[1])
    for _time in range(3):
        writer.write(b"x" * PENDING_LIMIT_BYTES)
    writer.close()
    assert not writer.is_alive()


def test_a_stalled_line_lets_the_application_go_when_it_must_end(pipe: tuple[int, int]) -> None:
    """Nobody reads: the application waits, until it is told to hurry."""
    writer = started(pipe[1])

    def fill() -> None:
        for _time in range(20):
            writer.write(b"x" * PENDING_LIMIT_BYTES)

    application = Thread(target=fill, daemon=True)
    application.start()
    application.join(0.3)
    assert application.is_alive()
    writer.hurry()
    application.join(5)
    assert not application.is_alive()
    writer.close()
    os.close(pipe[0])
    writer.join(5)


def test_a_line_that_was_made_non_blocking_gets_everything(pipe: tuple[int, int]) -> None:
    """Another program on the same terminal may set O_NONBLOCK for all of them."""
    os.set_blocking(pipe[1], False)
    writer = started(pipe[1])
    writer.write(b"x" * 200_000)
    got = 0
    while got < 200_000:
        got += len(os.read(pipe[0], 65536))
    writer.close()
    assert got == 200_000
