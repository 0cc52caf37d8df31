"""What a script puts into the form, takes out again, and never overwrites."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from deskapp.clock import instant
from deskapp.services import bank_holidays
from deskapp.services.dates import Nation
from deskapp.services.knowledge import filling, library, walk
from deskapp.services.knowledge.filling import Put
from deskapp.services.knowledge.walk import Walk
from tests.services.knowledge.content_folder import TODAY

NOW = instant("2026-11-22T14:05:00.000Z")
CALENDAR = bank_holidays.shipped()[Nation.ENGLAND_AND_WALES]


def along(script_id: str, *answers: str) -> Walk:
    """A shipped script after these answers."""
    walked = walk.begin(
        library.shipped(), script_id, language="en", today=TODAY, calendar=CALENDAR, known={}
    )
    for answer in answers:
        walked = walked.forward(answer, now=NOW)
    return walked


def put_into(
    form: dict[str, str], walked: Walk, puts: Mapping[str, Put]
) -> tuple[Mapping[str, Put], Mapping[str, str]]:
    """Change a form as a step does; what was put, and where the officer's words stayed."""
    made = filling.fill(walked, form, puts)
    form |= made.changes
    return made.puts, made.kept


def test_an_answer_goes_into_the_form_and_back_takes_it_out() -> None:
    """Fields of the form by their own names, others as extras; a topic nobody chose as well."""
    form: dict[str, str] = {}
    walked = along("s-jury-defer", "123456789", "4 12 2026")
    puts, kept = put_into(form, walked, {})
    assert form == {
        "extra_juror_no": "123456789",
        "extra_service_start": "2026-12-04",
        "topic": "JRY",
    }
    assert not kept
    put_into(form, walked.back().back(), puts)
    assert set(form.values()) == {""}


def test_what_is_set_never_takes_the_place_of_what_was_typed() -> None:
    """The officer is told instead."""
    form = {"topic": "FIN", "dissatisfied": "minor"}
    walked = along("s-fine-cannot-pay")
    assert filling.fill(walked, form, {}).changes == {}
    closed = along("s-abusive", "1", "", "1", "Said it twice", "y", "Ann")
    form = {"add_warned": "no", "add_harm": ""}
    _puts, kept = put_into(form, closed, {})
    assert (form["add_warned"], form["add_harm"]) == ("no", "Yes")
    assert kept == {"add_warned": "Yes"}


def test_what_was_asked_for_is_the_officers_own_newer_word() -> None:
    """They typed it into the script, seeing what stood in the form; back gives the old one back."""
    form = {"phone": "01632 960001"}
    walked = along("s-suicide", "y", "1", "", "", "01632 960002")
    puts, kept = put_into(form, walked, {})
    assert form["phone"] == "01632 960002"
    assert not kept
    put_into(form, walked.back(), puts)
    assert form["phone"] == "01632 960001"


def test_words_are_added_to_words() -> None:
    """What was said stands in both; the summary of the end comes below."""
    form = {"answer": "Rang about a fine"}
    walked = along("s-abusive", "1", "", "1", "Said it twice", "n", "Ann")
    puts, _kept = put_into(form, walked, {})
    first, second, third = form["answer"].split("\n")
    assert (first, second) == ("Rang about a fine", "Said it twice")
    assert third == walked.ending.summary if walked.ending else False
    put_into(form, walked.back(), puts)
    assert form["answer"] == "Rang about a fine\nSaid it twice"


def test_the_summary_of_an_end_with_a_record_is_no_answer() -> None:
    """It says how to make the record."""
    walked = along("s-suicide", "y", "3", "", "", "1", "Ann")
    assert walked.ending
    made = filling.fill(walked, {}, {}, recorded={walked.ending.outcome})
    assert "answer" not in made.changes


def test_what_is_changed_in_the_form_afterwards_stays() -> None:
    """It is the officer's from then on: neither a further step nor going back touches it."""
    form: dict[str, str] = {}
    walked = along("s-jury-defer", "123456789")
    puts, _kept = put_into(form, walked, {})
    form["extra_juror_no"] = "987654321"
    further = walked.forward("4 12 2026", now=NOW)
    puts, kept = put_into(form, further, puts)
    assert (form["extra_juror_no"], kept) == ("987654321", {})
    put_into(form, further.back().back(), puts)
    assert form["extra_juror_no"] == "987654321"


def test_needs_are_joined_and_none_stated_gives_way() -> None:
    """Both say what somebody needs."""
    merged = filling._merged("needs", "none_stated parking", "loop", asked=True)
    assert merged == "parking loop"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("by_when", "today", TODAY.isoformat()),
        ("hearing_date", "today", TODAY.isoformat()),
        ("team", "list office", "list office"),
        ("by_when", "some day", "some day"),
    ],
)
def test_a_day_in_words_becomes_the_day_it_is(name: str, value: str, kept: str) -> None:
    """``today`` in a script is the day of the contact; what cannot be read is left to the form."""
    assert filling.understood(library.shipped().fields, name, value, today=TODAY) == kept


def test_what_the_form_holds_is_known_to_a_script() -> None:
    """A check need not ask again."""
    fields = library.shipped().fields
    form = {"case_ref": "AB1", "extra_juror_no": "1", "add_team": "Fines", "email": " "}
    assert filling.of_form(fields, form) == {"case_ref": "AB1", "juror_no": "1", "team": "Fines"}


def test_puts_outlive_a_restart() -> None:
    """They are kept with the draft."""
    puts = {"topic": Put("", "JRY", "JRY")}
    assert filling.loads(filling.dumps(puts)) == puts
    assert filling.loads("") == {}
