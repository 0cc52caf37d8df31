"""The daily list: the same on every desk, with a time and a person for each line."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskapp.errors import SettingsError
from deskapp.services.casework import allocation, cases, daily
from deskapp.services.casework.daily import Today
from deskapp.services.casework.refused import RefusedError
from tests.services.casework.shipped import ShippedHand


def opened(hand: ShippedHand, settings: Path) -> Today:
    """The list of today, opened."""
    hand.call(daily.open_day, daily.rules(settings))
    return the_list(hand)


def the_list(hand: ShippedHand) -> Today:
    """The list of today as it stands."""
    found = hand.store.call_read(daily.today, hand.acting)
    assert found is not None
    return found


def test_the_list_of_a_day_is_opened_once(shipped: ShippedHand, tmp_path: Path) -> None:
    """Two desks of a site open the same case, with the same lines."""
    assert shipped.store.call_read(daily.today, shipped.acting) is None
    first = opened(shipped, tmp_path)
    assert [line.item.name for line in opened(shipped, tmp_path).lines] == [
        line.item.name for line in first.lines
    ]
    assert shipped.count("case_record") == 1


def test_a_line_is_overdue_after_its_time(shipped: ShippedHand, tmp_path: Path) -> None:
    """At five past ten what was due by ten is late."""
    lines = opened(shipped, tmp_path).lines
    assert [line.overdue for line in lines] == [True, True, False, False, False, False]


def test_every_day_has_a_list_of_its_own(shipped: ShippedHand, tmp_path: Path) -> None:
    """What was left yesterday is in the reports, not on the list of today."""
    opened(shipped, tmp_path)
    shipped.clock.passes(days=1)
    assert shipped.store.call_read(daily.today, shipped.acting) is None


def test_lines_that_somebody_has_count_when_the_next_is_allocated(
    shipped: ShippedHand, tmp_path: Path
) -> None:
    """The one with the least to do comes first; done lines weigh nothing."""
    line = opened(shipped, tmp_path).lines[0].item.name
    before = shipped.store.call_read(daily.colleagues, shipped.acting)[0]
    shipped.call(daily.allocate, line, before.name)
    [after] = shipped.store.call_read(daily.colleagues, shipped.acting)
    assert after.open_items == before.open_items + 1
    assert daily.by_whom(the_list(shipped).lines[0].item) == before.name
    assert allocation.suggested([after, after._replace(id="x", name="Zoe", open_items=0)]) == (
        after._replace(id="x", name="Zoe", open_items=0)
    )
    shipped.call(cases.close_item, the_list(shipped).case_id, line, "done")
    [last] = shipped.store.call_read(daily.colleagues, shipped.acting)
    assert last.open_items < after.open_items - 1


def test_the_day_closes_when_what_is_needed_is_done(shipped: ShippedHand, tmp_path: Path) -> None:
    """A line that may be left holds nothing up."""
    found = opened(shipped, tmp_path)
    shipped.being("senior")
    with pytest.raises(RefusedError):
        shipped.call(cases.do, found.case_id, "close_day")
    for line in found.lines:
        if line.item.template == daily.LINE:
            shipped.call(cases.close_item, found.case_id, line.item.name, "done")
    shipped.call(cases.do, found.case_id, "close_day")


def test_a_site_has_lines_of_its_own(shipped: ShippedHand, tmp_path: Path) -> None:
    """A file of the settings folder takes the place of the shipped one."""
    own = '[[line]]\ntext = { en = "Feed the cat", cy = "Bwydo\'r gath" }\nby = 08:00:00\n'
    (tmp_path / daily.NAME).write_text(own + "required = true\n", encoding="utf-8")
    [line] = opened(shipped, tmp_path).lines
    assert line.item.fields["text"] == "Feed the cat"


@pytest.mark.parametrize("text", ["line = 3", "[[line]]\nby = 8", "[[line]]\ntext = 'x'", "["])
def test_a_file_that_cannot_be_used_is_named(text: str, tmp_path: Path) -> None:
    """Never half of a list."""
    (tmp_path / daily.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"daily_list\.toml"):
        daily.rules(tmp_path)
