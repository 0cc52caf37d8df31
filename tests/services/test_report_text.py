"""How a report is shown: 80 columns, bars with their numbers, small counts hidden in files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Mapping

import pytest

from deskapp import i18n
from deskapp.services.days import Days
from deskapp.services.enquiries import enquiry_figures, report_export, report_text
from deskapp.services.enquiries.enquiry_asked import Asked, By
from deskapp.services.enquiries.enquiry_figures import Figures, Times
from deskapp.services.enquiries.enquiry_others import Callbacks, Others, Risks
from deskapp.services.enquiries.report_table import Report, Row
from deskapp.services.small_numbers import HIDDEN, Mask
from tests.builders import SITE

FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 18)
FULL, FOR_FILES = Mask(), Mask(4)


def figures(contacts: int) -> Figures:
    """So many live contacts that each took 4 minutes and 32 seconds."""
    live = Times(Counter({272: contacts}))
    return Figures(contacts=contacts, live=live, answerable=contacts)


def report(by: By = By.CHANNEL, risks: tuple[int, ...] = (), **contacts: int) -> Report:
    """A report with these rows."""
    return report_of(contacts, by, risks)


def report_of(contacts: Mapping[str, int], by: By, risks: tuple[int, ...] = ()) -> Report:
    """The same; names of rows may be anything."""
    groups = {name: figures(count) for name, count in contacts.items()}
    rows = tuple(Row(name, name.capitalize(), each) for name, each in groups.items())
    articles = (("jury-defer", 6),)
    told = Risks(len(risks) + 1, risks)
    others = Others(Callbacks(5, 6, 4, 1), 0, told, articles, flagged=2, empty_searches=7)
    asked = Asked(Days(FIRST, LAST), by)
    return Report(asked, SITE, rows, enquiry_figures.total(groups), others)


def text(found: Report, mask: Mask = FULL) -> str:
    """The whole page."""
    return "\n".join(report_text.lines(found, mask))


def row_of(page: str, name: str) -> list[str]:
    """The cells of a line of the table."""
    return next(line for line in page.splitlines() if line.startswith(name)).split()


def test_a_chart_of_half_hours_hides_small_counts_like_its_numbers() -> None:
    """A bar as long as its count would tell it."""
    named = {"09:00": 4, "09:30": 40, "10:00": 0, "10:30": 20, "11:00": 0}
    page = text(report_of(named, By.HALF_HOUR), FOR_FILES)
    lines = {name: next(x for x in page.splitlines() if x.startswith(name)) for name in named}
    assert [name for name, line in lines.items() if "#" in line] == ["09:30"]
    assert lines["09:00"].split()[1] == "<5"
    assert lines["10:30"].split()[1] == HIDDEN, "it could be worked out from the total"


# -- the page -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_page_fits_eighty_columns_and_a_scroll_bar(language: str) -> None:
    """In both languages, with large numbers and a name that is longer than its column."""
    i18n.use(language)
    found = report(phone=1_234_567, counter=98_765, a_very_long_name_of_one_topic_of_all=7)
    assert max(map(len, text(found, FOR_FILES).splitlines())) <= 78


def test_a_row_has_its_number_beside_its_bar() -> None:
    """The bar repeats what the number says; nothing is told by it alone."""
    page = text(report(phone=100, counter=50, lobby=1))
    assert row_of(page, "Phone")[:3] == ["Phone", "100", "#" * 10]
    assert row_of(page, "Counter")[:3] == ["Counter", "50", "#" * 5]
    assert row_of(page, "Lobby")[:3] == ["Lobby", "1", "#"]
    assert row_of(page, "Total")[:3] == ["Total", "151", "4:32"]


def test_a_row_of_letters_alone_has_their_times() -> None:
    """They are kept apart from live contacts, not left out."""
    letters = Figures(contacts=9, written=Times(Counter({600: 9})))
    shown = report()
    found = Report(shown.asked, SITE, (Row("letter", "Lobby", letters),), letters, shown.others)
    assert row_of(text(found), "Lobby")[3:] == ["10:00", "10:00", "10:00", "0%", "-"]
    assert "9, average 10:00" in text(found)


def test_an_empty_report_is_a_page_too() -> None:
    """A quiet day has no average and no bar."""
    page = text(report())
    assert row_of(page, "Total") == ["Total", "0", "-", "-", "-", "-", "-"]
    assert "average -, median -" in page


def test_minutes_to_the_senior_person_are_told() -> None:
    """Three risks, told of after 5 and 30 minutes, one not told of yet."""
    page = " ".join(text(report(risks=(5, 30), phone=9)).split())
    assert "3, Senior Person on Site told after 17.5 minutes (median), at most 30;" in page
    assert "not told: 1" in page


# -- small counts -------------------------------------------------------------------------


def test_a_small_count_is_hidden_with_everything_beside_it() -> None:
    """A time of two people would be theirs."""
    page = text(report(phone=100, counter=2, lobby=4), FOR_FILES)
    assert row_of(page, "Counter") == ["Counter", "<5", *[HIDDEN] * 5]
    assert row_of(page, "Lobby")[1] == "<5"
    assert row_of(page, "Phone")[1] == "100"


def test_a_single_hidden_row_cannot_be_worked_out_from_the_total() -> None:
    """So the next smallest is hidden with it."""
    page = text(report(phone=100, counter=20, lobby=3), FOR_FILES)
    assert row_of(page, "Lobby")[1] == "<5"
    assert row_of(page, "Counter") == ["Counter", *[HIDDEN] * 6]
    assert row_of(page, "Phone")[1] == "100"
    assert "Counts from 1 to 4 are hidden." in page


def test_what_is_hidden_in_the_table_does_not_stand_above_it() -> None:
    """Identity not confirmed is a row of the report by outcome."""
    groups = {"NOID": figures(9), "NAUT": figures(2), "RES": figures(50)}
    rows = tuple(Row(name, name, each) for name, each in groups.items())
    whole = enquiry_figures.total(groups)
    whole.not_identified, whole.no_authority = 9, 2
    shown = report(By.OUTCOME)
    found = Report(shown.asked, SITE, rows, whole, shown.others)
    told = dict(report_text.summary(found, FOR_FILES))
    assert told["Identity not confirmed"] == HIDDEN
    assert told["Third party, no authority"] == "<5"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, "-"), (0, 50, "0%"), (10, 50, "20%"), (3, 50, HIDDEN), (48, 50, HIDDEN),
        (50, 50, "100%"), (1, 3, HIDDEN), (5, 1000, "1%"),
    ],
)  # fmt: skip
def test_a_share_does_not_give_a_small_count_away(part: int, whole: int, shown: str) -> None:
    """Neither the part nor the rest."""
    assert FOR_FILES.percent(part, whole) == shown


@pytest.mark.parametrize(("part", "shown"), [(1, "33%"), (2, "67%")])
def test_a_share_is_rounded_half_up(part: int, shown: str) -> None:
    """On the screen nothing is hidden."""
    assert FULL.percent(part, 3) == shown
    assert FULL.percent(1, 200) == "1%"


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (3725.2, "62:05")])
def test_a_time_is_minutes_and_seconds(seconds: float, shown: str) -> None:
    """As an officer says it."""
    assert FULL.time(seconds, 9) == shown


# -- for other programs -------------------------------------------------------------------


def test_the_csv_holds_the_table_and_its_total() -> None:
    """With small counts hidden, for it leaves the site."""
    lines = list(csv.reader(io.StringIO(report_export.as_csv(report(a=100, b=2, c=3), FOR_FILES))))
    assert lines[0][:3] == ["channel", "name", "contacts"]
    assert [line[2] for line in lines[1:]] == ["100", "<5", "<5", "105"]
    assert lines[2][3:] == [HIDDEN] * 9
    assert {len(line) for line in lines} == {12}


def test_a_small_figure_beside_a_row_cannot_be_worked_out_from_its_total() -> None:
    """Neither from the other rows nor, by outcome, from the count of that outcome."""
    groups = {name: figures(2000) for name in ("a", "b", "c")}
    for each, dissatisfied in zip(groups.values(), (9, 3, 7), strict=True):
        each.dissatisfied = dissatisfied
    rows = tuple(Row(name, name, each) for name, each in groups.items())
    shown = report()
    found = Report(shown.asked, SITE, rows, enquiry_figures.total(groups), shown.others)
    *lines, total = csv.DictReader(io.StringIO(report_export.as_csv(found, FOR_FILES)))
    assert [line["dissatisfied"] for line in lines] == ["9", "<5", HIDDEN]
    assert (total["dissatisfied"], total["contacts"]) == ("19", "6000")


@pytest.mark.parametrize(
    ("kept", "failed", "told"),
    [(20, 3, (HIDDEN, "<5")), (23, 0, ("23", "0")), (22, 0, (HIDDEN, "0")), (10, 13, ("10", "13"))],
)
def test_callbacks_that_were_kept_do_not_tell_how_many_were_not(
    kept: int, failed: int, told: tuple[str, str]
) -> None:
    """Of those that fell due the rest was rung late."""
    others = Others(Callbacks(30, 23, kept, failed), 0, Risks(0, ()), (), 0, 0)
    shown = report()
    found = Report(shown.asked, SITE, (), enquiry_figures.total({}), others)
    first, *_rows = report_export.as_data(found, FOR_FILES)
    assert (first["callbacks_kept"], first["callbacks_failed"]) == told


def test_a_name_in_a_csv_is_no_formula() -> None:
    """A name is text of people, and spreadsheets obey what begins with an equals sign."""
    hostile = Row("x", "=HYPERLINK(1)", figures(9))
    found = report()
    found = Report(found.asked, SITE, (hostile,), hostile.figures, found.others)
    assert "'=HYPERLINK(1)" in report_export.as_csv(found, FOR_FILES)


def test_the_data_say_which_report_they_are() -> None:
    """First the range and what is told once, then a line for each row and the total."""
    first, *rows = report_export.as_data(report(a=100, b=2), FOR_FILES)
    assert (first["from"], first["to"], first["by"]) == ("2026-11-01", "2026-11-18", "channel")
    assert (first["callbacks_booked"], first["callbacks_kept"]) == ("5", "<5")
    assert [row["contacts"] for row in rows] == [HIDDEN, "<5", "102"]
