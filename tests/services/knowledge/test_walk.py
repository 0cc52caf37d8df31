"""A script is walked forward and back, and every end of the shipped ones is reached."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from deskapp.clock import instant
from deskapp.errors import DeskError, NotFoundError
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.knowledge import answers, conditions, trails, walk
from deskapp.services.knowledge.answers import AnswerError
from deskapp.services.knowledge.nodes import Test
from deskapp.services.knowledge.walk import Walk
from tests.services.knowledge import content_folder
from tests.services.knowledge.content_folder import FILES, SCRIPT, TODAY

NOW = instant("2026-11-22T14:05:00.000Z")
CALENDAR = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]


def begun(folder: Path, text: str = FILES[SCRIPT], **known: str) -> Walk:
    """A walk at the start of the script of the small folder."""
    content = content_folder.loaded(folder, {SCRIPT: text})
    return walk.begin(content, "s-fine", language="en", today=TODAY, calendar=CALENDAR, known=known)


def along(begun_walk: Walk, *given: str) -> Walk:
    """The walk after these answers."""
    for answer in given:
        begun_walk = begun_walk.forward(answer, now=NOW)
    return begun_walk


def test_a_walk_fills_the_form_and_ends_with_an_outcome(tmp_path: Path) -> None:
    """The form is offered what was collected and set on the way."""
    done = along(begun(tmp_path), "12345678", "1", "")
    assert done.filled == {"fine_account": "12345678", "topic": "FIN", "form": "means form"}
    assert done.ending == walk.Ending("FRM", "means-form-sent", "Form sent.", 0)


def test_back_takes_away_what_the_step_filled(tmp_path: Path) -> None:
    """A wrong key must leave nothing behind."""
    start = begun(tmp_path)
    there = along(start, "12345678", "1")
    assert there.back().filled == {"fine_account": "12345678"}
    assert there.back().back() == start
    assert start.back() is start


def test_checks_are_passed_in_silence(tmp_path: Path) -> None:
    """The officer sees only what is to be said or asked."""
    start = begun(tmp_path)
    assert along(start, "12345678").node.id == "means"
    assert along(start, "").node.id == "team"
    assert len(along(start, "").trail) == 1


def test_what_the_form_holds_already_counts_and_stays_its_own(tmp_path: Path) -> None:
    """A field typed before the script began need not be asked for by a check."""
    there = along(begun(tmp_path, fine_account="777"), "")
    assert there.node.id == "means"
    assert there.values["fine_account"] == "777"
    assert there.filled == {}


def test_escalating_records_who_was_told_and_when(tmp_path: Path) -> None:
    """The outcome wants team and day; London time, for the officer reads it."""
    there = along(begun(tmp_path), "", "Ann Other")
    assert there.filled == {
        "team": "Fines team",
        "told_name": "Ann Other",
        "told_at": "14:05",
        "by_when": "2026-11-22",
    }


def test_a_walk_goes_over_into_another_script_and_back(tmp_path: Path) -> None:
    """The trail names the script of each step."""
    over = along(begun(tmp_path), "12345678", "2")
    assert (over.script.id, over.node.id) == ("s-late", "account")
    assert over.back().script.id == "s-fine"
    assert over.back().node.id == "means"


def test_what_must_be_said_is_skipped_only_with_a_reason(tmp_path: Path) -> None:
    """The reason is kept with the contact."""
    there = along(begun(tmp_path), "12345678", "1")
    with pytest.raises(AnswerError):
        there.skip(" ", now=NOW)
    skipped = there.skip("The caller rang off", now=NOW)
    assert skipped.node.id == "sent"
    assert list(trails.told(skipped))[-2] == "14:05 form: [not said: The caller rang off]"


def test_a_question_cannot_be_skipped(tmp_path: Path) -> None:
    """It is answered, or left empty where it may be."""
    with pytest.raises(AnswerError):
        begun(tmp_path).skip("no time", now=NOW)


@pytest.mark.parametrize("key", ["", "3", "x"])
def test_a_choice_takes_only_its_keys(key: str, tmp_path: Path) -> None:
    """A slip leaves the step as it is."""
    there = along(begun(tmp_path), "12345678")
    with pytest.raises(AnswerError, match="1, 2"):
        there.forward(key, now=NOW)


ASKED = 'collect = "enquiry.fine_account"\nrequired = false'


@pytest.mark.parametrize(
    ("asked", "given", "kept"),
    [
        ('collect = "enquiry.by_when"', "30 Nov", "2026-11-30"),
        ('collect = "enquiry.told_at"', "905", "09:05"),
        ('collect = "enquiry.topic"', "JRY", "JRY"),
        ('collect = "enquiry.fine_account"\npattern = "[0-9]{8}"', "12345678", "12345678"),
    ],
)
def test_an_answer_is_kept_as_its_field_wants_it(
    asked: str, given: str, kept: str, tmp_path: Path
) -> None:
    """The form shows it as if it had been typed there."""
    start = begun(tmp_path, FILES[SCRIPT].replace(ASKED, asked))
    assert kept in start.forward(given, now=NOW).filled.values()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ('collect = "enquiry.fine_account"', ""),
        ('collect = "enquiry.by_when"', "some day"),
        ('collect = "enquiry.told_at"', "late"),
        ('collect = "enquiry.topic"', "XYZ"),
        ('collect = "enquiry.fine_account"\npattern = "[0-9]{8}"', "1234"),
        (
            'collect = "enquiry.fine_account"\n'
            'options = [{ value = "a", label = { en = "A", cy = "A" } }]',
            "b",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(asked: str, given: str, tmp_path: Path) -> None:
    """While the caller is still there to ask again."""
    start = begun(tmp_path, FILES[SCRIPT].replace(ASKED, asked))
    with pytest.raises(AnswerError):
        start.forward(given, now=NOW)


def test_follow_up_days_are_working_days(tmp_path: Path) -> None:
    """Christmas is not counted."""
    text = FILES[SCRIPT].replace('result = "means-form-sent"', "follow_up_days = 25")
    done = along(begun(tmp_path, text), "12345678", "1", "")
    assert (done.filled["by_when"], done.filled["within_days"]) == ("2026-12-29", "25")


def test_an_end_is_an_end(tmp_path: Path) -> None:
    """One key too many changes nothing."""
    done = along(begun(tmp_path), "12345678", "1", "")
    assert done.forward("", now=NOW) is done


@pytest.mark.parametrize(
    ("name", "value", "given", "holds"),
    [
        ("eq", "yes", "yes", True),
        ("eq", "yes", "no", False),
        ("in", ["a", "b"], "b", True),
        ("in", ["a", "b"], "", False),
        ("missing", True, "", True),
        ("missing", True, "x", False),
        ("missing", False, "x", True),
        ("before", 14, "2026-12-05", True),
        ("before", 14, "2026-12-06", False),
        ("before", dt.date(2026, 12, 1), "2026-11-30", True),
        ("after", 14, "2026-12-06", False),
        ("after", 14, "2026-12-07", True),
        ("before", 14, "", False),
        ("after", 14, "soon", False),
        ("age_days_over", 21, "2026-11-01", False),
        ("age_days_over", 21, "2026-10-31", True),
    ],
)
def test_a_check_asks_one_thing(name: str, value: object, given: str, holds: bool) -> None:
    """There are six tests and no expressions, so that files can be checked in full."""
    test = Test("enquiry.day", name, value)
    assert conditions.holds(test, {"day": given}, today=TODAY) is holds


def test_a_walk_is_taken_up_again_from_its_text(tmp_path: Path) -> None:
    """A parked call goes on where it stood, after a crash too."""
    there = along(begun(tmp_path, case_ref="AB1"), "12345678", "2", "")
    text = trails.dumps(there)
    assert "\n" not in text
    assert trails.loads(text, there.library, today=TODAY, calendar=CALENDAR) == there


def test_a_walk_of_another_version_does_not_go_on(tmp_path: Path) -> None:
    """Its steps may not be there any more."""
    text = trails.dumps(along(begun(tmp_path / "1"), "12345678"))
    newer = FILES[SCRIPT].replace("version = 1", "version = 2")
    content = content_folder.loaded(tmp_path / "2", {SCRIPT: newer})
    with pytest.raises(trails.ScriptChangedError):
        trails.loads(text, content, today=TODAY, calendar=CALENDAR)


def test_the_record_says_what_was_answered_in_words(tmp_path: Path) -> None:
    """Script, version, times, answers, outcome: readable without the script."""
    done = along(begun(tmp_path), "12345678", "1", "")
    assert list(trails.told(done)) == [
        "s-fine version 1",
        "14:05 account: What is the account number? [12345678]",
        "14:05 means: Has anything changed? [Lost a job]",
        "14:05 form: There is a form for that.",
        "FRM means-form-sent",
    ]


def test_a_script_with_a_fault_stops_with_a_sentence(tmp_path: Path) -> None:
    """Content is checked before a release; a local one may not have been."""
    round_and_round = FILES[SCRIPT].replace('else = "means"', 'else = "known"')
    with pytest.raises(NotFoundError):
        along(begun(tmp_path / "1", round_and_round), "12345678")
    with pytest.raises(NotFoundError):
        along(begun(tmp_path / "2", FILES[SCRIPT].replace('else = "means"', 'else = "gone"')), "1")
    with pytest.raises(NotFoundError):
        walk.begin(
            begun(tmp_path / "3").library, "s-x", language="en", today=TODAY, calendar=CALENDAR
        )


def test_an_answer_error_is_something_an_officer_can_act_on() -> None:
    """It is told beside the step."""
    assert issubclass(answers.AnswerError, DeskError)
