"""The turnaround table: figures with dates, old ones said to be old, replaced by a site's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp import i18n
from deskapp.errors import SettingsError
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.enquiries import turnaround

TODAY = dt.date(2026, 2, 14)
CALENDAR = bank_holidays.in_force(Path("none"))[Nation.ENGLAND_AND_WALES]
SHIPPED = turnaround.in_force(Path("none"))
OWN = """
old_after_days = 30
[[turnaround]]
id = "copies"
process = { en = "Copies", cy = "Copïau" }
office = { en = "Here", cy = "Yma" }
working_days = 2
as_of = 2026-02-01
source = "Own count"
"""


def own(text: str, folder: Path) -> Path:
    """A settings folder with this table."""
    (folder / turnaround.FILE_NAME).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_figures_are_those_of_the_sheet() -> None:
    """Enquiries sheet, section 10.4: 33, 20 and 8 working days, with their source."""
    assert [each.working_days for each in SHIPPED.processes] == [33, 20, 8]
    assert all("10.4" in each.source for each in SHIPPED.processes)


@pytest.mark.parametrize(("days", "old"), [(0, False), (14, False), (15, True)])
def test_a_figure_over_fourteen_days_old_says_so(days: int, old: bool) -> None:
    """In words, beside its date."""
    process = SHIPPED.processes[0]
    told = SHIPPED.age(process, process.as_of + dt.timedelta(days=days))
    assert told == ("31 Jan 2026, over 14 days old" if old else "31 Jan 2026")


def test_the_day_up_to_which_papers_should_be_done_is_counted() -> None:
    """8 working days before Saturday 14 February: Wednesday the 4th."""
    fees = SHIPPED.processes[2]
    assert fees.reached_on(TODAY, CALENDAR) == dt.date(2026, 2, 4)
    sentence = turnaround.told(fees, SHIPPED, TODAY, CALENDAR)
    assert sentence == (
        "Help with fees: 8 working days (31 Jan 2026). Received by 4 Feb 2026 should be done."
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [("", 3), ("corresp", 1), ("EX160", 1), ("ffioedd", 1), ("help fees", 1), ("none", 0)],
)
def test_a_process_is_found_by_words_of_either_language(text: str, found: int) -> None:
    """And by its form."""
    assert len(turnaround.find(SHIPPED, text)) == found


def test_a_site_has_its_own_table(tmp_path: Path) -> None:
    """A file in the settings folder replaces the whole."""
    table = turnaround.in_force(own(OWN, tmp_path))
    assert (table.old_after_days, [each.id for each in table.processes]) == (30, ["copies"])
    i18n.use("cy")
    assert turnaround.told(table.processes[0], table, TODAY, CALENDAR).startswith("Copïau: 2 ")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('working_days = "2"', "working_days = 2"),
        ("working_days = -2", "working_days = 2"),
        ('as_of = "1 Feb"', "as_of = 2026-02-01"),
        ('source = ""', 'source = "Own count"'),
        ('process = "Copies"', 'process = { en = "Copies", cy = "Copïau" }'),
        ("", 'id = "copies"'),
        ("old_after_days = true", "old_after_days = 30"),
        ("[[", "old_after_days = 30"),
    ],
)
def test_a_wrong_table_is_named(wrong: str, right: str, tmp_path: Path) -> None:
    """The administrator corrects it or takes it away."""
    with pytest.raises(SettingsError, match=r"turnaround\.toml"):
        turnaround.in_force(own(OWN.replace(right, wrong), tmp_path))
