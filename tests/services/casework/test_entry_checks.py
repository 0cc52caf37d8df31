"""What is typed about a file is checked: its reference, a date of birth, a file like it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp.services.casework import alike, cases, typing
from deskapp.services.casework.events import Code
from deskapp.services.casework.values import write
from deskapp.services.typed import NotUnderstoodError
from tests.services.casework.desk import BOB
from tests.services.casework.shipped import ShippedHand
from tests.services.casework.test_shipped_schemes import MONDAY, desk_of, schemes

NOW = dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)


def typed(name: str, text: str) -> object:
    """What stands in a field of a file once it was read."""
    return typing.read(schemes()["case_file"].field_by_id[name], text, now=NOW)


@pytest.mark.parametrize("text", ["T20260001", "2019/1234", "AB 12-3 (2)", "0"])
def test_a_reference_has_a_figure_and_nothing_odd(text: str) -> None:
    """Letters, figures, and what parts them."""
    assert typed("reference", text) == text
    for odd in ("Smith", "T_1", "/12", "12£"):
        with pytest.raises(NotUnderstoodError, match="letters, figures"):
            typed("reference", odd)


def test_a_date_of_birth_can_be_right() -> None:
    """Today's children have files too."""
    assert typed("date_of_birth", "18 11 2026") == "2026-11-18"
    assert typed("date_of_birth", "1 1 1911") == "1911-01-01"
    for text, told in (("19 11 2026", "not after today"), ("1 1 1910", "115 years")):
        with pytest.raises(NotUnderstoodError, match=told):
            typed("date_of_birth", text)


def test_a_file_of_the_same_name_and_birth_is_told_of(shipped: ShippedHand) -> None:
    """Whatever the case and the spaces; a corrected date counts as corrected."""
    born = {"name": "Ann  Example", "date_of_birth": "1980-02-29"}
    first = shipped.open("case_file", reference="T1", **born)
    shipped.open("case_file", reference="T2", name="Ann Example", date_of_birth="1980-03-01")
    moved = shipped.open("case_file", reference="T3", **born)
    shipped.call(cases.fill_in, moved, {"date_of_birth": "1980-03-02"})

    def found(scheme: str = "case_file", **given: Any) -> list[str]:
        lines = shipped.store.call_read(
            alike.found, shipped.acting, scheme, {**born, "name": "ANN example", **given}
        )
        return [line.id for line in lines]

    assert found() == [first]
    assert found(name="Anna Example") == []
    assert found(date_of_birth="") == []
    assert found("key") == []


@pytest.mark.parametrize(
    ("record_class", "due"),
    [
        ("crown_trial", "2027-02-28"),
        ("crown_committal", "2040-02-29"),
        ("crown_appeal", "2030-02-28"),
        ("high_court", "2027-02-28"),
        ("chancery", "2027-02-28"),
        ("admiralty", "2030-02-28"),
        ("winding_up", "2035-02-28"),
        ("divorce", "2038-02-28"),
        ("appeal_civil", "2023-02-28"),
        ("appeal_letters", "2021-02-28"),
        ("fees", "2027-02-28"),
        ("accident", "2023-02-28"),
        ("other", "2023-02-28"),
        ("fines_report", "2020-03-14"),
        ("crown_indictment", None),
    ],
)
def test_the_class_says_how_long_a_file_is_kept(record_class: str, due: str | None) -> None:
    """The register of the sheet; an indictment is permanent, and a leader's own years win."""
    desk = desk_of("case_file", MONDAY, closed_on="2020-02-29", record_class=record_class)
    assert write(desk.facts().value("destroy_due")) == due
    assert not desk.set(retention_years=1)
    assert write(desk.facts().value("destroy_due")) == "2021-02-28"


def test_a_permanent_record_goes_to_storage_and_is_never_proposed() -> None:
    """Ten years at court."""
    closed = {"closed_on": "2010-06-01", "record_class": "crown_indictment"}
    desk = desk_of("case_file", MONDAY, **closed)
    assert write(desk.facts().value("store_from")) == "2020-06-01"
    assert desk.do("propose_disposal", note="Old", by=BOB) == [Code.CONDITION]


def test_a_closed_file_is_archived_with_its_period() -> None:
    """Class or years go with the day it was closed."""
    desk = desk_of("case_file", MONDAY, closed_on="2026-02-01")
    assert desk.do("archive") == [Code.CONDITION]
    assert not desk.set(record_class="divorce")
    assert not desk.do("archive")


def test_both_names_are_checked_before_a_file_with_a_name_goes() -> None:
    """One without a name needs none."""
    sent = {"sent_at": "2026-03-02T12:00", "with_whom": "County Court"}
    assert not desk_of("case_file", MONDAY).do("send", values=sent)
    named = desk_of("case_file", MONDAY)
    assert not named.set(name="Ann Example")
    assert named.do("send", values=sent) == [Code.CONDITION]
    assert not named.do("send", values={**sent, "names_checked": "yes"})
