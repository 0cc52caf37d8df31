"""A contact ends in one of a closed list of ways, each with what it must add."""

from __future__ import annotations

import datetime as dt
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskapp import i18n
from deskapp.errors import NotFoundError
from deskapp.services import follow_ups, typed
from deskapp.services.enquiries import outcome_adds, outcomes, topics
from deskapp.services.enquiries.outcomes import Kind, Outcome
from deskapp.services.typed import NotUnderstoodError

TODAY = dt.date(2026, 11, 21)
GOOD = {
    Kind.TEXT: "Listing team",
    Kind.DAYS: "10",
    Kind.DAY: "30 Nov",
    Kind.YES_NO: "y",
    Kind.TIME: "905",
    Kind.SLOT: "24 Nov 10:00",
    Kind.RING: "within",
}
BAD = {
    Kind.TEXT: "x" * 201,
    Kind.DAYS: "soon",
    Kind.DAY: "31 Feb",
    Kind.YES_NO: "maybe",
    Kind.TIME: "25:00",
    Kind.SLOT: "sometime",
    Kind.RING: "perhaps",
}
AND_DISCARDED = (*outcomes.offered(), outcomes.DISCARDED)


def good_extras(outcome: Outcome) -> dict[str, str]:
    """A usable value for each need."""
    return {need.name: GOOD[need.kind] for need in outcome.needs}


def messages(outcome: Outcome, answer: str, extras: dict[str, str]) -> dict[str, str]:
    """Field -> message."""
    return dict(outcome_adds.problems(outcome, answer, extras, today=TODAY))


def test_outcomes_whose_desks_exist_are_offered() -> None:
    """A contact cannot end in a callback, complaint or case that nobody could open."""
    codes = {outcome.code for outcome in outcomes.offered()}
    assert codes == {
        "RES", "SGN", "MSG", "TRF", "EML", "FRM", "APT", "ESC",
        "LADV", "NOID", "NAUT", "ABN", "END", "WRG", "DUP", "TST",
        "CBK", "CPL", "SAF", "INC",
    }  # fmt: skip


def test_each_letter_means_one_outcome_and_stands_in_its_label() -> None:
    """The second key is learnt once, so it is the same in both languages."""
    letters = [outcome.letter for outcome in outcomes.offered()]
    assert len(set(letters)) == len(letters)
    assert set(letters) <= set(string.ascii_uppercase)
    for outcome in outcomes.offered():
        assert outcome.letter in outcome.label.upper()


@pytest.mark.parametrize("outcome", AND_DISCARDED, ids=lambda outcome: outcome.code)
def test_label_is_short_and_every_need_says_what_to_do(outcome: Outcome) -> None:
    """All outcomes stand in two columns at 80 characters."""
    assert 0 < len(outcome.label) <= 28
    assert all(need.label and need.message for need in outcome.needs)
    names = [need.name for need in outcome.needs]
    assert len(set(names)) == len(names)
    assert outcomes.by_code(outcome.code) is outcome


def test_discarded_is_never_offered_and_needs_a_reason() -> None:
    """It stays in the day's list, but nobody chooses it as an outcome."""
    assert outcomes.DISCARDED not in outcomes.offered()
    assert messages(outcomes.DISCARDED, "", {}) == {
        "add_reason": "Enter why you discard this contact"
    }
    assert topics.by_code(outcomes.NO_TOPIC)


def test_unknown_outcome_is_refused() -> None:
    """A command or script may name one that does not exist."""
    with pytest.raises(NotFoundError):
        outcomes.by_code("CLOSED")


def test_tests_duplicates_and_discarded_contacts_do_not_count() -> None:
    """They would raise the figures of a site."""
    assert {o.code for o in AND_DISCARDED if not o.counts} == {"TST", "DUP", "DSC"}


@pytest.mark.parametrize("outcome", AND_DISCARDED, ids=lambda outcome: outcome.code)
def test_nothing_is_asked_twice_and_nothing_is_left_out(outcome: Outcome) -> None:
    """Each need that is empty or unusable has one problem, named as its field in the form."""
    answer = "x" * outcome.answer_min
    fields = ["add_" + need.name for need in outcome.needs]
    assert messages(outcome, answer, good_extras(outcome)) == {}
    empty = outcome_adds.problems(outcome, answer, {}, today=TODAY)
    assert [(problem.field, problem.message) for problem in empty] == [
        ("add_" + need.name, need.message) for need in outcome.needs
    ]
    bad = {need.name: BAD[need.kind] for need in outcome.needs}
    assert list(messages(outcome, answer, bad)) == fields
    assert all(outcomes.hint(need) for need in outcome.needs if need.kind is not Kind.TEXT)


@pytest.mark.parametrize(("code", "least"), [("MSG", 10), ("ESC", 10), ("END", 20), ("RES", 0)])
def test_answer_has_the_length_the_sheet_asks_for(code: str, least: int) -> None:
    """White space is not counted: a held space bar is no answer."""
    outcome = outcomes.by_code(code)
    assert outcome.answer_min == least
    if least:
        assert "answer" in messages(outcome, "x" * (least - 1) + " " * 30, good_extras(outcome))
    assert "answer" not in messages(outcome, "x" * least, good_extras(outcome))


def test_short_answer_says_what_is_missing() -> None:
    """The trade's words of the enquiries sheet, section 13."""
    assert "10 characters or more" in messages(outcomes.by_code("MSG"), "", {})["answer"]
    assert messages(outcomes.by_code("END"), "rude", {})["answer"] == (
        "Enter what was said before you ended the contact"
    )


@pytest.mark.parametrize("text", ["2026-11-30", "30/11/2026", "30 11 26", "30 Nov", "30 Tach 26"])
def test_appointment_date_is_kept_as_one_day_however_it_was_typed(text: str) -> None:
    """``30 Nov`` means nothing a year later."""
    outcome = outcomes.by_code("APT")
    assert outcome_adds.kept(
        outcome, {"date": text, "team": "of another outcome"}, today=TODAY
    ) == {"date": "2026-11-30"}


@pytest.mark.parametrize(
    ("text", "accepted"),
    [("21 11 2026", True), ("20 11 2026", False), ("22 11 2027", True), ("23 11 2027", False)],
)
def test_appointment_is_from_today_to_a_year_ahead(text: str, accepted: bool) -> None:
    """A wrong year is the usual slip in a date."""
    assert (messages(outcomes.by_code("APT"), "", {"date": text}) == {}) is accepted


def test_kept_values_read_the_same_again() -> None:
    """A draft that is saved, opened and saved again must not change."""
    for outcome in AND_DISCARDED:
        once = outcome_adds.kept(outcome, good_extras(outcome), today=TODAY)
        assert outcome_adds.kept(outcome, once, today=TODAY) == once


def test_message_is_a_task_due_on_the_day_that_was_typed() -> None:
    """The colleague finds it in what is due."""
    promise = outcome_adds.follow_up(
        outcomes.by_code("MSG"),
        {"team": "Listing team", "by_when": "30 11"},
        today=TODAY,
        nation="england-and-wales",
    )
    assert promise == ("task", "Listing team", dt.date(2026, 11, 30))
    assert follow_ups.label("task")


@pytest.mark.parametrize(
    ("nation", "due_on"),
    [("england-and-wales", dt.date(2026, 4, 8)), ("scotland", dt.date(2026, 4, 7))],
)
def test_written_answer_is_due_in_working_days_of_the_nation(
    nation: str, due_on: dt.date, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Thursday 2 April 2026: Good Friday in both, Easter Monday in England and Wales only."""
    monkeypatch.setenv("DESKAPP_HOME", str(tmp_path))
    promise = outcome_adds.follow_up(
        outcomes.by_code("EML"), {"within_days": "2"}, today=dt.date(2026, 4, 2), nation=nation
    )
    assert promise == ("email", "", due_on)
    assert follow_ups.label("email")


def test_no_other_outcome_promises_anything() -> None:
    """A follow-up that nobody promised would wait for ever."""
    silent = [outcome for outcome in AND_DISCARDED if outcome.code not in ("MSG", "EML")]
    assert all(
        outcome_adds.follow_up(outcome, {}, today=TODAY, nation="scotland") is None
        for outcome in silent
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5 Jan", dt.date(2027, 1, 5)),
        ("5 Ionawr", dt.date(2027, 1, 5)),
        ("20 Nov", dt.date(2026, 11, 20)),
        ("1st december", dt.date(2026, 12, 1)),
        ("30.11.2026", dt.date(2026, 11, 30)),
        ("3-4-26", dt.date(2026, 4, 3)),
        ("30nov", dt.date(2026, 11, 30)),
        ("1 1 64", dt.date(1964, 1, 1)),
        ("29 2 2028", dt.date(2028, 2, 29)),
    ],
)
def test_day_comes_before_month_and_the_year_may_be_short(text: str, day: dt.date) -> None:
    """Without a year it is the nearest such day."""
    assert typed.day(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "ahead"),
    [("today", 0), ("Yfory", 1), ("tomorrow", 1), ("dydd sul", 1), ("mon", 2), ("Saturday", 7)],
)
def test_near_days_may_be_named_in_both_languages(text: str, ahead: int) -> None:
    """A day of the week is the next one, never today: TODAY is a Saturday."""
    assert TODAY.weekday() == 5
    assert typed.day(text, today=TODAY) == TODAY + dt.timedelta(days=ahead)


@pytest.mark.parametrize(
    "text",
    ["", "31 Feb", "29 Feb", "30/13/2026", "11/30/2026", "2026-30-11", "0 0 0000", "301126",
     "30 Nvo", "someday", "mo", "1 2 3", "30 11 20261", "\x00", "30 11 2026 at 9"],
)  # fmt: skip
def test_impossible_or_unclear_day_has_a_sentence(text: str) -> None:
    """It is asked again, never guessed."""
    with pytest.raises(NotUnderstoodError, match=r"[Ee]nter the|Enter a date"):
        typed.day(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "time"),
    [("905", (9, 5)), ("0905", (9, 5)), ("9:05", (9, 5)), ("9.05", (9, 5)), ("9 05 pm", (21, 5)),
     ("9am", (9, 0)), ("12am", (0, 0)), ("12.30PM", (12, 30)), ("1430", (14, 30)),
     ("0:00", (0, 0)), ("23:59", (23, 59))],
)  # fmt: skip
def test_time_is_read_as_officers_write_it(text: str, time: tuple[int, int]) -> None:
    """With or without a separator, with or without am and pm."""
    assert typed.clock_time(text) == dt.time(*time)


@pytest.mark.parametrize(
    "text", ["", "9", "14", "24:00", "960", "9:5", "13pm", "0am", "now", "٩:٠٥"]
)
def test_impossible_or_unclear_time_has_a_sentence(text: str) -> None:
    """``9`` alone may be morning or evening."""
    with pytest.raises(NotUnderstoodError):
        typed.clock_time(text)


@pytest.mark.parametrize("text", ["", "0", "101", "-1", "1.5", "1e2", "ten", "9" * 5000, "²"])
def test_number_out_of_its_limits_names_them(text: str) -> None:
    """A million working days would end the calendar."""
    with pytest.raises(NotUnderstoodError, match="from 1 to 100"):
        typed.whole_number(text, least=1, most=100)


def test_number_is_read_with_leading_zeros() -> None:
    """``007`` is seven, and 0 is a number where it is allowed."""
    assert typed.whole_number(" 007 ", least=1, most=100) == 7
    assert typed.whole_number("0", least=0, most=100) == 0


@pytest.mark.parametrize(("text", "yes"), [("y", True), ("Yes", True), ("IE", True), ("na", False)])
def test_yes_and_no_are_understood_in_both_languages(text: str, yes: bool) -> None:
    """The key does not depend on the language of the screen."""
    assert typed.yes_no(text) is yes


@given(st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2046, 12, 31)))
def test_every_day_reads_back_in_every_notation(date: dt.date) -> None:
    """However a day is written, it is the same day."""
    for notation in ("%Y-%m-%d", "%d/%m/%Y", "%d %m %Y", "%d %b %Y", "%d %B %y", "%d.%m.%y"):
        text = date.strftime(notation)
        expected = date
        if notation.endswith("%y") and date.year <= 1946:
            expected = date.replace(year=date.year + 100)
        assert typed.day(text, today=TODAY) == expected


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    """A paste into a small field must not end the app."""
    for outcome in AND_DISCARDED:
        extras = {need.name: text for need in outcome.needs}
        for problem in outcome_adds.problems(outcome, text, extras, today=TODAY):
            assert problem.message


def test_what_was_added_is_told_as_people_read_it() -> None:
    """Dates in words, yes and no in the language in use, and nothing unknown breaks the page."""
    i18n.use("cy")
    assert outcomes.added("TRF", {"to": "Listing", "answered": "yes"})[1][1] == "Ie"
    i18n.use("en")
    assert outcomes.added("APT", {"date": "2026-11-20"}) == [("Appointment date", "20 Nov 2026")]
    assert outcomes.added("NEW", {"signpost": "GOV.UK", "shoe": "9"}) == [
        ("Pointed to", "GOV.UK"),
        ("shoe", "9"),
    ]
    assert outcomes.added("RES", {}) == []
