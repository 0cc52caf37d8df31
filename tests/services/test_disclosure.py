"""What may be said follows from the kinds of detail that were checked, never from answers."""

from __future__ import annotations

import itertools

import pytest

from deskapp.services.enquiries import disclosure
from deskapp.services.enquiries.disclosure import Tried
from deskapp.services.lists import Disclosure

KINDS = [item.code for item in disclosure.kinds()]
FURTHER = [code for code in KINDS if code not in disclosure.rules().limited]


def level(text: str, *, restricted: bool = False, authorised: bool = True) -> Disclosure:
    """The level of checks written as a form keeps them."""
    return disclosure.level(disclosure.read(text), restricted=restricted, authorised=authorised)


@pytest.mark.parametrize(
    ("checks", "wanted"),
    [
        ("", Disclosure.GENERAL),
        ("case_ref:yes", Disclosure.GENERAL),
        ("name:yes address:yes birth_date:yes other_side:yes last_step:yes", Disclosure.GENERAL),
        ("case_ref:yes name:yes", Disclosure.LIMITED),
        ("case_ref:yes name:yes address:yes", Disclosure.LIMITED),
        ("case_ref:yes name:yes address:yes birth_date:yes", Disclosure.CASE),
        ("case_ref:yes name:yes address:yes birth_date:no", Disclosure.LIMITED),
        ("case_ref:again name:yes address:yes birth_date:yes", Disclosure.CASE),
    ],
)
def test_levels_are_those_of_the_sheet(checks: str, wanted: Disclosure) -> None:
    """Source: enquiries sheet, section 4."""
    assert level(checks) is wanted


@pytest.mark.parametrize("pair", itertools.combinations(FURTHER, 2))
def test_any_two_further_details_make_the_level_case(pair: tuple[str, str]) -> None:
    """The sheet prefers none of them."""
    assert level(f"case_ref:yes name:yes {pair[0]}:yes {pair[1]}:yes") is Disclosure.CASE


@pytest.mark.parametrize("failed", ["other_side:no last_step:no", "other_side:no last_step:again"])
def test_after_two_failed_tries_only_public_things_are_said(failed: str) -> None:
    """A detail that was right at the second try counts as a failed one before."""
    checks = f"case_ref:yes name:yes address:yes birth_date:yes {failed}"
    assert disclosure.unconfirmed(disclosure.read(checks))
    assert level(checks) is Disclosure.GENERAL


def test_one_failed_try_is_no_reason_to_stop() -> None:
    """People mistype and misremember."""
    assert not disclosure.unconfirmed(disclosure.read("birth_date:no case_ref:yes"))


def test_a_marker_restricts_whoever_it_is() -> None:
    """A caller can be verified and still be told nothing by phone."""
    every = " ".join(f"{code}:yes" for code in KINDS)
    assert level(every, restricted=True) is Disclosure.RESTRICTED
    assert level("", restricted=True, authorised=False) is Disclosure.RESTRICTED


def test_third_party_without_authority_is_told_public_things_only() -> None:
    """Whatever they know about the case."""
    every = " ".join(f"{code}:yes" for code in KINDS)
    assert level(every, authorised=False) is Disclosure.GENERAL


def test_what_was_asked_is_told_without_what_came_of_it() -> None:
    """The record of an identity that was not confirmed must not say which detail was wrong."""
    checks = disclosure.read("case_ref:yes birth_date:no")
    assert disclosure.asked(checks) == "Case reference, Date of birth"
    assert disclosure.matched(checks) == ["case_ref"]


def test_what_a_newer_desk_wrote_does_not_raise_the_level() -> None:
    """A kind or a mark that this desk does not know counts for nothing."""
    assert disclosure.read("shoe_size:yes name:maybe case_ref:yes") == {"case_ref": Tried.MATCHED}


def test_checks_are_read_as_they_were_written() -> None:
    """A form keeps them through a crash."""
    text = "case_ref:yes name:again birth_date:no"
    assert disclosure.written(disclosure.read(text)) == text


def test_every_kind_has_a_letter_of_its_own() -> None:
    """One key ticks one line."""
    letters = [item.letter for item in disclosure.kinds()]
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 for letter in letters)
