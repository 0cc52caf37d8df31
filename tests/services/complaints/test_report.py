"""Reports of complaints out of the store, as text, CSV and JSON."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from deskapp import i18n, paths
from deskapp.errors import FormProblemsError, NotAllowedError, SettingsError
from deskapp.roles import Role, User
from deskapp.services.complaints import report, report_asked, report_export, report_text
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.figures import Counted
from deskapp.services.complaints.report import Report
from deskapp.services.complaints.report_asked import Asked, By
from deskapp.services.days import Days
from deskapp.services.small_numbers import Mask
from tests.builders import SITE
from tests.services.complaints.desk import Hand

NOVEMBER = Days(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
RULES = report_asked.rules(Path("/nowhere"))


def read(hand: Hand, by: By = By.STAGE, days: Days = NOVEMBER) -> Report:
    asked = Asked(days, by)
    found = hand.read(report.read, asked, calendars=hand.calendars, user=hand.user)
    assert isinstance(found, Report)
    return found


def text(found: Report, mask: Mask = Mask()) -> str:  # noqa: B008 - it is frozen
    return "\n".join(report_text.lines(found, mask, RULES))


def a_month(hand: Hand) -> None:
    """Six complaints: four answered, one of them too late and reviewed; one open; one not ours."""
    ids = [hand.log(categories=code) for code in ("DEL", "DEL", "DEL", "TEL", "TEL")]
    for complaint_id in ids[:3]:
        hand.answer(complaint_id)
    hand.log(redirect="judge_decision")
    hand.on("2026-12-03")
    hand.answer(ids[3], lateness="staffing", root_cause="staff_error")
    hand.take(ids[3], Code.ASK_REVIEW)


def test_the_month_is_counted_out_of_the_store(hand: Hand) -> None:
    """Numerators and denominators, the calendar and the last exchange are told."""
    a_month(hand)
    november = text(read(hand))
    assert "On time            100% (3 of 3)" in november
    assert "Received           5 at every stage, 0 of them requests for a review" in november
    assert "Counted with the bank holidays 2026.1, known to 31 Dec 2028." in november
    assert "Last sync: never." in november
    assert "33,552 first contacts, 4,373 reviews" in november
    assert "Redirected" in november.split("Received, and in no figure above")[1]
    december = text(read(hand, days=Days(dt.date(2026, 12, 1), dt.date(2026, 12, 3))))
    assert "On time            0% (0 of 1)" in december
    assert "Asked for a review 100% (1 of 1)" in december
    assert "2, 1 of them overdue" in december


def test_no_line_is_wider_than_a_page_in_either_language(hand: Hand) -> None:
    """Two columns of the screen are left for the bar."""
    a_month(hand)
    for language in i18n.LANGUAGES:
        i18n.use(language)
        for by in By:
            found = read(hand, by)
            for lines in (report_text.lines, report_text.lessons):
                assert max(map(len, lines(found, Mask(), RULES))) <= 78, (language, by)


def test_lessons_show_what_was_upheld_and_why(hand: Hand) -> None:
    """With bars that need no colour."""
    a_month(hand)
    lessons = "\n".join(report_text.lessons(read(hand, By.SITE), Mask(), RULES))
    assert "Delay in a case or order: 100% (3 of 3) upheld; mostly The process, 3" in lessons
    assert f"3  {'#' * 30}" in lessons
    assert "Aberystwyth" in lessons


def test_small_numbers_are_hidden_outside_and_cannot_be_worked_out(hand: Hand) -> None:
    """Where one row alone is small, the next goes with it."""
    for _each in range(6):
        hand.log(categories="DEL")
    hand.log(categories="ATT", about_staff="not known")
    outside = text(read(hand, By.CATEGORY), RULES.outside)
    assert "<5" in outside
    behind = outside.split("Delay in a case or order")[1:]
    assert [words.split()[0] for words in behind] == ["*", "*"]
    assert "Counts from 1 to 4 are hidden." in outside
    for row in report_export.as_data(read(hand, By.CATEGORY), RULES.outside):
        assert row["code"] != "ATT" or row["received"] in ("*", "<5")


def test_a_csv_has_one_header_iso_dates_and_no_formula(hand: Hand) -> None:
    """Every row tells its days and its calendar, so that files can be put together."""
    a_month(hand)
    rows = list(csv.DictReader(report_export.as_csv(read(hand), Mask()).splitlines()))
    total = next(row for row in rows if row["section"] == "total")
    assert (total["received"], total["answered"], total["on_time"]) == ("5", "3", "3")
    assert (total["on_time_percent"], total["calendar_version"]) == ("100", "2026.1")
    assert {row["from"] for row in rows} == {"2026-11-01"}
    aside = next(row for row in rows if row["section"] == "aside")
    assert (aside["code"], aside["received"]) == ("redirected", "1")
    optic = next(row for row in rows if row["section"] == "not_in_optic")
    assert (optic["code"], optic["open"]) == ("2026-11-18", "5")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_report_holds_no_words_of_people(hand: Hand) -> None:
    """Names, summaries, accounts and what is said of staff stay in the record."""
    hand.log(categories="ATT", about_staff="Zebedee at the desk", person_name="Ann Unlikely")
    found = read(hand, By.SITE)
    everything = text(found) + report_export.as_csv(found, Mask())
    for word in ("Zebedee", "Unlikely", "three times", "August"):
        assert word not in everything


def test_pieces_give_the_same_as_the_whole(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small they are."""
    a_month(hand)
    whole = read(hand).counted
    monkeypatch.setattr(report, "PIECE_ROWS", 2)
    assert read(hand).counted == whole
    counted, pieces, after = Counted(), 0, report.START
    while after is not None:
        found = hand.read(report.piece, Asked(NOVEMBER), after, user=hand.user)
        counted += found.counted
        after, pieces = found.after, pieces + 1
    assert counted == whole
    assert pieces > 3


def test_what_cannot_be_asked_is_refused(hand: Hand) -> None:
    """Days the wrong way round, more than ten years, a role without reports."""
    for first, last in (("2026-11-02", "2026-11-01"), ("2000-01-01", "2026-01-01")):
        days = Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        with pytest.raises(FormProblemsError):
            read(hand, days=days)
    hand.user = User("a", "Ann", Role.ADMINISTRATOR, SITE)
    with pytest.raises(NotAllowedError):
        read(hand)


@pytest.mark.parametrize(
    "wrong", ["hide_up_to = -1", "hide_up_to = 4", 'hide_up_to = 4\n[national]\nyear = "x"']
)
def test_rules_that_cannot_be_used_are_named(wrong: str) -> None:
    """The administrator's file replaces the shipped one whole."""
    folder = paths.private_folder(paths.settings_folder())
    (folder / report_asked.RULES_FILE).write_text(wrong, encoding="utf-8")
    with pytest.raises(SettingsError, match=report_asked.RULES_FILE):
        report_asked.rules(folder)
