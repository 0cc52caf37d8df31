"""A whole jury day by keyboard, killed in the middle: the figures are the same, to the payment."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.jury_desk import number
from tests.pty import jury_money
from tests.pty.jury_day import JuryDay, bureau_file, recorded

JURORS = [number(of) for of in range(13)]
CAME, MISSING, ON_CALL = JURORS[:10], JURORS[10:12], JURORS[12]


def test_a_day_that_is_killed_twice_ends_with_the_same_figures(
    folder: Path, tmp_path: Path
) -> None:
    """Among the scans, and while a jury is sworn: what was told is there, the rest is done anew.

    So it is between the entry of a claim and its submission; another person approves it.
    """
    home = folder.parent
    with JuryDay(home) as day:
        day.take_in(bureau_file(tmp_path / "bureau.csv", JURORS, ON_CALL), len(JURORS))
        day.scan(CAME, "905")
        day.shows(f"Checked in +{CAME[4]}")
        day.kill()
        day.scan(CAME, "905")  # whoever is in already is told of, and stays as they are
        day.shows("Checked in +10 ")
        day.open_trial("T1", panel=3)
        day.swear_in()
        day.kill()
        day.at_trial("T1")
        if day.shows("Panel ([0-9]), sworn")[1] == "3":
            day.swear_in()
        day.shows("Panel 0, sworn 3")
        day.confirm_jury("905 1630", 3)
        day.confirm("1630", 7)
        jury_money.enter(day, CAME[0], "80", "£64.95")
        day.kill()
        jury_money.submit(day, CAME[0])
    rows = recorded(home)
    sworn = [row for row in rows if row[3]]
    assert len(sworn) == 3
    assert [row[0] for row in rows] == [*CAME, *MISSING]
    assert {row[1:3] + row[4:] for row in rows[:10]} == {
        ("EXPENSE_ENTERED", "attendance", "09:05", "16:30")
    }
    assert {row[1:] for row in rows[10:]} == {("", "absent", 0, "", "")}
    jury_money.manager_sits_down(home)
    with JuryDay(home) as day:
        jury_money.approve(day, CAME[0])
    assert jury_money.paid(home) == [(CAME[0], Decimal("64.95"))]
