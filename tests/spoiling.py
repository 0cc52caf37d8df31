"""Values with something else in one place, to try what reads them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 1.5, 10**30, "", "x", "2026-02-30", "25:61", "NaN", [], ["x"], {}, [{}]]
)


def spoilt(value: Any, data: st.DataObject) -> Any:
    """``value``, as JSON knows it, with something else in one place of it."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 4)):
        key = data.draw(st.sampled_from(sorted(value)))
        return {**value, key: spoilt(value[key], data)}
    if isinstance(value, list) and value and data.draw(st.integers(0, 4)):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], spoilt(value[place], data), *value[place + 1 :]]
    return data.draw(JUNK)
