"""Welsh initial mutations and typing slips, as a search looks them up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp.services import mutations, spelling


@pytest.mark.parametrize(
    ("radical", "mutated"),
    [
        ("caerdydd", ["gaerdydd", "nghaerdydd", "chaerdydd"]),
        ("pontypridd", ["bontypridd", "mhontypridd", "phontypridd"]),
        ("teulu", ["deulu", "nheulu", "theulu"]),
        ("gwent", ["went", "ngwent"]),
        ("bangor", ["fangor", "mangor"]),
        ("dolgellau", ["ddolgellau", "nolgellau"]),
        ("llanelli", ["lanelli"]),
        ("merthyr", ["ferthyr"]),
        ("rhyl", ["ryl"]),
    ],
)
def test_a_mutation_and_its_radical_are_forms_of_each_other(
    radical: str, mutated: list[str]
) -> None:
    """Text and query may each stand in any form."""
    forms = {radical, *mutated}
    assert forms <= mutations.forms(radical)
    for one in mutated:
        assert radical in mutations.radicals(one)
        assert forms <= mutations.forms(one)


@pytest.mark.parametrize("word", ["casnewydd", "ffestiniog", "hwlffordd", "sir", "llys", "", "x"])
def test_an_initial_that_no_mutation_gives_has_no_radical(word: str) -> None:
    """These words stand as they are."""
    assert mutations.radicals(word) == set()


def test_two_signs_of_one_letter_are_not_split() -> None:
    """LL is no L and DD no D: Llanelli does not come from Glanelli by losing its G."""
    assert mutations.radicals("llanelli") == set()
    assert mutations.radicals("ddolgellau") == {"dolgellau"}


@given(st.text(alphabet="abcdefghilmnoprstuwy", min_size=1, max_size=8))
def test_a_word_is_among_its_own_forms(word: str) -> None:
    """Looking forms up never loses what was typed."""
    assert word in mutations.forms(word)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("cardiff", "cardiff", 0),
        ("cardif", "cardiff", 1),
        ("carddiff", "cardiff", 1),
        ("cordiff", "cardiff", 1),
        ("cadriff", "cardiff", 1),
        ("cadrif", "cardiff", 2),
        ("", "abc", 3),
    ],
)
def test_slips_are_letters_added_dropped_changed_or_swapped(
    one: str, other: str, count: int
) -> None:
    """Two letters swapped are one slip of the hand."""
    assert spelling.slips(one, other) == spelling.slips(other, one) == count


def test_the_closest_words_are_those_with_the_fewest_slips() -> None:
    """A second slip is forgiven in long words only, and only when one does not do."""
    known = ["bolton", "boston", "bristol", "manchester", "winchester"]
    assert spelling.closest("bodton", known) == ("bolton", "boston")
    assert spelling.closest("manchestr", known) == ("manchester",)
    assert spelling.closest("mnchestr", known) == ("manchester",)
    assert spelling.closest("brstl", known) == ()


@pytest.mark.parametrize("word", ["rea", "cf10", "12345", "x" * 31])
def test_short_words_long_words_and_numbers_are_never_guessed(word: str) -> None:
    """A number means what was typed; three letters are near everything."""
    assert spelling.closest(word, ["read", "cf11", "12346", "x" * 30]) == ()


def test_a_number_is_not_searched_for_a_second_time_in_other_forms() -> None:
    """A phone number that nobody has would take two frames among a million contacts."""
    assert not mutations.vary(["07700", "900050", "ann"])
    assert mutations.vary(["07700", "gaerdydd"])
