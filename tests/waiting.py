"""Lets a test wait for a thread that was asked something, and for no other."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakSet

_asked: WeakSet[ThreadPoolExecutor] = WeakSet()
_submit: Any = ThreadPoolExecutor.submit


def note() -> None:
    """Note from now on which threads are asked."""

    def submitted(thread: ThreadPoolExecutor, /, *given: Any, **named: Any) -> Any:
        _asked.add(thread)
        return _submit(thread, *given, **named)

    # That a method is replaced is what is meant here.
    ThreadPoolExecutor.submit = submitted  # type: ignore[assignment, method-assign]


def was_asked(thread: ThreadPoolExecutor) -> bool:
    """Whether it was asked anything since ``answered``."""
    return thread in _asked


def forget(thread: ThreadPoolExecutor) -> None:
    """Take what it was asked so far for known."""
    _asked.discard(thread)


async def answered(thread: ThreadPoolExecutor) -> None:
    """Wait until one thread has answered all it was asked so far."""
    forget(thread)
    await asyncio.wrap_future(_submit(thread, int))
