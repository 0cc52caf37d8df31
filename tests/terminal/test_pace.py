"""A held key never runs far ahead of a slow line; what is pressed by hand is never kept waiting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deskapp.terminal.pace import REPEAT_SECONDS, SLOWEST_BYTES_PER_SECOND, Pace

SCREENS = st.integers(1, 1800)
"""Bytes of a difference."""


@given(SCREENS, st.integers(1, 300), st.floats(0.02, 0.09))
def test_a_held_key_is_less_than_two_seconds_ahead(
    size: int, keys: int, interval_seconds: float
) -> None:
    """T8: how long the line still works when the last screen has been sent."""
    pace, now, arrived = Pace(), 0.0, 0.0
    for _key in range(keys):
        now += interval_seconds
        pace.key("down", now)
        if not pace.wait_seconds(now):
            pace.sent(size, now)
            arrived = max(now, arrived) + size / SLOWEST_BYTES_PER_SECOND
    released = now
    while wait := pace.wait_seconds(now):
        now += wait
    last = max(now, arrived) + size / SLOWEST_BYTES_PER_SECOND
    assert last - released < 2.2


@given(st.lists(st.tuples(SCREENS, st.floats(REPEAT_SECONDS * 1.01, 3)), max_size=20))
def test_what_is_pressed_by_hand_is_answered_at_once(pressed: list[tuple[int, float]]) -> None:
    """However much was sent before."""
    pace, now = Pace(), 0.0
    for size, after_seconds in pressed:
        now += after_seconds
        pace.key("pagedown", now)
        assert pace.wait_seconds(now) == 0
        pace.sent(size, now)


@given(st.lists(SCREENS, max_size=20))
def test_quick_typing_of_different_letters_is_answered_at_once(sizes: list[int]) -> None:
    """Nobody waits for a letter."""
    pace, now = Pace(), 0.0
    for number, size in enumerate(sizes):
        now += 0.03
        pace.key("ab"[number % 2], now)
        assert pace.wait_seconds(now) == 0
        pace.sent(size, now)
