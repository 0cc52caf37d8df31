"""The condition and order of a keyset page, and what is cut from the rows read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.services.paging import Page, Want


@pytest.mark.parametrize(
    ("want", "newest_first", "clause"),
    [
        (Want(), False, ("TRUE", "a ASC, b ASC")),
        (Want(), True, ("TRUE", "a DESC, b DESC")),
        (Want(backwards=True), False, ("TRUE", "a DESC, b DESC")),
        (Want((1, "x")), False, ("(a, b) > (?, ?)", "a ASC, b ASC")),
        (Want((1, "x")), True, ("(a, b) < (?, ?)", "a DESC, b DESC")),
        (Want((1, "x"), backwards=True), True, ("(a, b) > (?, ?)", "a ASC, b ASC")),
    ],
)
def test_clause_goes_on_from_a_place_in_either_direction(
    want: Want, newest_first: bool, clause: tuple[str, str]
) -> None:
    """Values are bound, never written into the condition."""
    assert want.clause("a, b", newest_first=newest_first) == clause


@given(st.integers(0, 12), st.integers(1, 6), st.booleans())
def test_page_holds_no_more_than_asked_in_the_order_shown(
    rows: int, limit_rows: int, backwards: bool
) -> None:
    """One row more than shown is read, only to know whether the list goes on."""
    want = Want(backwards=backwards, limit_rows=limit_rows)
    read = list(range(rows))[: want.limit]
    page: Page[int] = want.page(list(read))
    assert page.more == (rows > limit_rows)
    shown = read[:limit_rows]
    assert page.lines == (shown[::-1] if backwards else shown)
