"""Ids and spoken references."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from deskapp.data import refs
from deskapp.data.ids import new_id

bodies = st.text(alphabet=refs.ALPHABET, min_size=8, max_size=8)


def spoken(body: str) -> str:
    """The reference of eight symbols, found by trying every check symbol."""
    tried = (refs.parse(f"E{body}{symbol}") for symbol in refs.ALPHABET)
    found = [ref for ref in tried if ref]
    assert len(found) == 1
    return found[0]


@given(st.integers(min_value=0, max_value=2**48 - 1))
def test_a_row_id_is_a_version_7_uuid_of_its_millisecond(now_ms: int) -> None:
    """Ids made later sort later, whichever desk made them."""
    made = uuid.UUID(new_id(now_ms))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == now_ms


def test_row_ids_are_not_repeated() -> None:
    """Two rows of one millisecond differ."""
    assert len({new_id(1) for _ in range(10_000)}) == 10_000


def test_the_alphabet_has_no_symbol_that_is_misheard() -> None:
    """29 is a prime; the check symbol depends on it."""
    assert len(set(refs.ALPHABET)) == 29
    assert not set(refs.ALPHABET) & set("IOS0125")


def test_a_new_reference_is_spoken_in_three_groups() -> None:
    """It can be read out in threes and passes its own check."""
    ref = refs.new_ref("E")
    assert [len(part) for part in ref.split("-")] == [1, 3, 3, 3]
    assert refs.check(ref)


def test_the_check_symbol_is_the_sum_of_position_times_value() -> None:
    """Worked by hand: 1*1 + 2*2 + 3*3 + 4*4 + 5*5 + 6*6 + 7*7 + 8*8 = 204 = 7*29 + 1."""
    assert refs.parse("E BCD EFG HJB") == "E-BCD-EFG-HJB"


@given(bodies, st.integers(0, 8), st.sampled_from(refs.ALPHABET))
def test_one_wrong_symbol_is_always_caught(body: str, place: int, wrong: str) -> None:
    """A misheard symbol never finds somebody else's contact."""
    symbols = list(refs.parse(spoken(body)) or "")
    places = [at for at, symbol in enumerate(symbols) if at > 0 and symbol != "-"]
    changed = [*symbols]
    changed[places[place]] = wrong
    assert refs.check("".join(changed)) == (changed == symbols)


@given(bodies, st.integers(0, 8), st.integers(0, 8))
def test_a_swap_of_any_two_symbols_is_always_caught(body: str, one: int, other: int) -> None:
    """Also the check symbol itself: the weights never differ by a multiple of 29."""
    plain = spoken(body).replace("-", "")
    changed = list(plain)
    changed[one + 1], changed[other + 1] = changed[other + 1], changed[one + 1]
    assert (refs.parse("".join(changed)) is not None) == (changed == list(plain))


@given(bodies)
def test_a_reference_is_understood_however_it_is_typed(body: str) -> None:
    """Lower case, spaces, missing hyphens: all are the same reference."""
    ref = spoken(body)
    for typed in (ref.lower(), ref.replace("-", ""), f" {ref.replace('-', ' ')} "):
        assert refs.parse(typed) == ref


@given(st.text(max_size=30))
def test_other_text_is_no_reference(text: str) -> None:
    """Nothing that is typed can make the parser fail."""
    found = refs.parse(text)
    assert found is None or refs.check(found)


def test_longer_prefixes_are_kept() -> None:
    """Casework schemes bring their own."""
    ref = refs.new_ref("CW")
    assert refs.parse(ref.lower()) == ref
    assert not refs.check(ref.lower())
