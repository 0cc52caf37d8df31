"""Forms of cases: what they ask for, what is wrong with what was typed, what is saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deskapp import i18n
from deskapp.data.ids import new_id
from deskapp.errors import FormProblemsError, NotFoundError
from deskapp.services import desk, drafts
from deskapp.services.casework import cases, form_answers, forms, typing
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.forms import NOTE, OUTCOME, REASON, Form, Verb
from deskapp.services.casework.refusals import DUE
from deskapp.services.casework.refused import RefusedError
from deskapp.services.casework.scheme import Field, Option
from deskapp.services.casework.values import FieldType, read
from deskapp.services.casework.vocabulary import Label, Status
from deskapp.services.drafts import Draft
from deskapp.services.typed import NotUnderstoodError
from tests.builders import a_draft
from tests.services.casework.hand import Hand
from tests.services.casework.shipped import ShippedHand

NOW = dt.datetime(2026, 11, 18, 10, 5, tzinfo=dt.UTC)
COLOURS = (
    Option("red", Label("Red", "Coch")),
    Option("dark_red", Label("Dark red", "Coch tywyll")),
    Option("green", Label("Green", "Gwyrdd")),
)


def a_field(kind: FieldType, **given: Any) -> Field:
    """A field of a scheme."""
    usual: dict[str, Any] = {
        "id": "field", "label": Label("A", "B"), "type": kind, "options": (), "min": None,
        "max": None, "required": False, "show_if": None, "sensitive": False, "derive": None,
    }  # fmt: skip
    return Field(**{**usual, **given})


CHOICE = a_field(FieldType.CHOICE, options=COLOURS)
CHOICES = a_field(FieldType.CHOICES, options=COLOURS)
WHOLE = a_field(FieldType.INT, min=1, max=28)


@pytest.mark.parametrize(
    ("field", "text", "wanted"),
    [
        (a_field(FieldType.DATE), "30 nov", "2026-11-30"),
        (a_field(FieldType.DATE), " ", ""),
        (a_field(FieldType.DATETIME), "14:30", "2026-11-18T14:30:00+00:00"),
        (a_field(FieldType.DATETIME), "1 Jul 2.30 pm", "2026-07-01T14:30:00+01:00"),
        (a_field(FieldType.DATETIME), "now", "2026-11-18T10:05:00+00:00"),
        (WHOLE, "028", 28),
        (a_field(FieldType.MONEY), "£1,200.50", "1200.50"),
        (a_field(FieldType.YES_NO_UNKNOWN), "y", "yes"),
        (CHOICE, "green", "green"),
        (CHOICE, "gwy", "green"),
        (CHOICE, "RED", "red"),
        (CHOICES, "red, gr", ["red", "green"]),
        (CHOICES, "", []),
        (a_field(FieldType.TEXT), "  Ann  ", "Ann"),
    ],
)
def test_what_is_typed_is_read_by_the_type_of_the_field(
    field: Field, text: str, wanted: object
) -> None:
    """In the same way on every form."""
    assert typing.read(field, text, now=NOW) == wanted


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (a_field(FieldType.DATE), "soonish", "Enter a date"),
        (a_field(FieldType.DATE), "1 Jan 1066", "can be right"),
        (a_field(FieldType.DATETIME), "30 Nov", "a day and a time"),
        (WHOLE, "29", "from 1 to 28"),
        (WHOLE, "many", "from 1 to 28"),
        (a_field(FieldType.MONEY), "1.234", "pounds and pence"),
        (CHOICE, "blue", "Red, Dark red, Green"),
        (CHOICE, "re", "Choose one of: Red, Dark red"),
        (CHOICES, "red, blue", "Choose one of"),
        (a_field(FieldType.YES_NO_UNKNOWN), "perhaps", "yes, no, unknown"),
        (a_field(FieldType.TEXT, max=3), "Anna", "3 characters"),
    ],
)
def test_what_cannot_be_read_says_what_to_type_instead(field: Field, text: str, told: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(NotUnderstoodError, match=told):
        typing.read(field, text, now=NOW)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(
    ("field", "raw"),
    [
        (a_field(FieldType.DATE), "2026-12-24"),
        (a_field(FieldType.DATETIME), "2026-07-01T14:30:00+01:00"),
        (WHOLE, 5),
        (a_field(FieldType.MONEY), "1200.50"),
        (CHOICE, "dark_red"),
        (CHOICES, ["dark_red", "green"]),
        (a_field(FieldType.YES_NO_UNKNOWN), "no"),
        (a_field(FieldType.TEXT), "Ann"),
    ],
)
def test_a_value_that_is_shown_to_be_changed_is_read_back_as_it_was(
    field: Field, raw: object, language: str
) -> None:
    """A form that is opened and saved again changes nothing."""
    i18n.use(language)
    text = typing.as_typed(field, read(field.type, raw))
    assert typing.read(field, text, now=NOW) == raw


def look(hand: Hand, case_id: str) -> CaseRecord:
    """The case as the officer sees it."""
    found = hand.call(cases.look, case_id)
    assert isinstance(found, CaseRecord)
    return found


def save(hand: Hand, form: Form, case_id: str = "", **texts: str) -> Any:
    """Save a form with these answers."""
    values = {**form.first, **({drafts.RECORD: case_id} if case_id else {}), **texts}
    moment = hand.clock.moment
    draft = Draft(new_id(), form.name, hand.user.id, moment, moment, values=values)
    hand.store.call_jot(drafts.keep, draft)
    return hand.call(form_answers.save, form, draft)


def about(hand: Hand, case_id: str, verb: Verb, what: str = "") -> Form:
    """A form about a case."""
    return forms.about(look(hand, case_id), hand.acting, verb, what)


def test_opening_asks_for_what_is_needed_first_and_forgets_its_draft(hand: Hand) -> None:
    """The draft is gone with the same commit that makes the case."""
    form = forms.opening(hand.acting, "test")
    assert form.fields[0].id == "about"
    with pytest.raises(FormProblemsError) as caught:
        save(hand, form, days="9")
    assert [problem.field for problem in caught.value.problems] == ["about", "days"]
    line = save(hand, form, about="Boiler", days="3", _refs="X 12")
    record = look(hand, line.id)
    assert (record.facts.value("days"), record.external_refs) == (3, "X 12")
    assert [each.values["about"] for each in hand.store.call_read(drafts.waiting, hand.user.id)
            if each.values.get("about")] == []  # fmt: skip


def test_a_case_begins_with_the_site_of_the_desk(shipped: ShippedHand) -> None:
    """It is typed over where it is another; alone it opens nothing."""
    form = forms.opening(shipped.acting, "building_issue")
    assert form.usual == {"site": desk.site_name(shipped.user.site, i18n.language())}
    now = shipped.clock.moment
    [problem] = form_answers.problems(form, form.usual, now)
    assert problem.field == "site"
    assert form_answers.problems(form, {**form.usual, "what": "Ceiling"}, now) == []
    assert form_answers.problems(form, {"site": "Elsewhere"}, now) == []


def test_a_required_note_is_asked_beside_its_field(hand: Hand) -> None:
    """An action says whether it takes one."""
    case_id = hand.open()
    form = about(hand, case_id, Verb.DO, "wait")
    with pytest.raises(FormProblemsError) as caught:
        save(hand, form, case_id)
    assert [problem.field for problem in caught.value.problems] == [NOTE]
    assert save(hand, form, case_id, _note="Parts").stage == "second"


def test_an_action_that_opens_a_case_asks_for_its_fields(hand: Hand) -> None:
    """They are the fields of the new case, with its limits."""
    case_id = hand.open()
    form = about(hand, case_id, Verb.DO, "breach")
    assert [field.id for field in form.fields] == ["days", NOTE]
    with pytest.raises(FormProblemsError, match="from 0 to 28"):
        save(hand, form, case_id, days="29")
    save(hand, form, case_id, days="14")
    [child] = look(hand, case_id).children
    assert look(hand, child.id).facts.value("days") == 14


def test_filling_in_keeps_only_what_was_changed(hand: Hand) -> None:
    """The history says what somebody put right, not what stood there."""
    case_id = hand.open(due_on="2026-12-01", days=2)
    form = about(hand, case_id, Verb.FILL)
    assert form.first["due_on"] == "1 Dec 2026"
    save(hand, form, case_id, days="4", priority="high", due_on="")
    last = look(hand, case_id).history[-1].event
    assert last.values == {"days": 4, "priority": "high", "due_on": ""}
    assert look(hand, case_id).facts.value("due_on") is None


def test_items_are_added_closed_booked_and_put_off_by_forms(hand: Hand) -> None:
    """Each with its own words; a day later than the scheme permits is told beside the day."""
    case_id = hand.open(due_on="2026-12-01")
    save(hand, about(hand, case_id, Verb.ADD, "check"), case_id, what="Valve", _due="25 Nov")
    name = next(each.item.name for each in look(hand, case_id).items if each.item.name != "answer")
    form = about(hand, case_id, Verb.EXTEND, name)
    with pytest.raises(FormProblemsError) as caught:
        save(hand, form, case_id, _due="whenever")
    assert [problem.field for problem in caught.value.problems] == [DUE, NOTE]
    save(hand, form, case_id, _due="27 Nov", _note="Part is late")
    save(hand, about(hand, case_id, Verb.BOOK, "answer"), case_id, _due="30 Nov 14:00")
    record = look(hand, case_id)
    dues = {line.item.name: line.due.when for line in record.items if line.due}
    assert dues[name] == dt.date(2026, 11, 27)
    assert dues["answer"] == dt.datetime(2026, 11, 30, 14, tzinfo=dt.UTC)
    form = about(hand, case_id, Verb.CLOSE, name)
    with pytest.raises(FormProblemsError):
        save(hand, form, case_id)
    save(hand, form, case_id, _outcome="done", what="Valve 2")
    closed = look(hand, case_id).facts.case.items[name]
    assert (closed.status, closed.fields["what"]) == (Status.DONE, "Valve 2")
    again = about(hand, case_id, Verb.CLOSE, name)
    assert again.first[OUTCOME] == "done"


def test_notes_and_holds_are_forms_too(hand: Hand) -> None:
    """A hold stops disposal, so only some may."""
    case_id = hand.open()
    save(hand, about(hand, case_id, Verb.NOTE), case_id, _note="They rang")
    assert look(hand, case_id).history[-1].event.note == "They rang"
    hand.user = hand.user._replace(role=hand.user.role.TEAM_LEADER)
    form = about(hand, case_id, Verb.HOLD)
    assert form.needed == {REASON, NOTE}
    save(hand, form, case_id, _reason="complaint", _note="C-1")
    assert [each.reason for each in look(hand, case_id).holds] == ["complaint"]
    save(hand, about(hand, case_id, Verb.RELEASE, "complaint"), case_id)
    assert look(hand, case_id).holds == ()


def test_what_no_field_can_settle_is_refused_as_it_is(hand: Hand) -> None:
    """The form stays with its text, and says why."""
    case_id = hand.open()
    form = about(hand, case_id, Verb.DO, "judge")
    with pytest.raises(RefusedError, match="only these may"):
        save(hand, form, case_id)
    with pytest.raises(NotFoundError):
        save(hand, about(hand, case_id, Verb.NOTE), new_id(), _note="Nowhere")


def test_the_times_of_an_action_begin_with_the_moment(shipped: ShippedHand) -> None:
    """They are saved as they stand, and what the case knows already is left as it is."""
    key = shipped.open("key", number="K7", level="single")
    form = forms.about(shipped.look(key), shipped.acting, Verb.DO, "issue")
    assert form.usual == {"issued_at": typing.as_typed(form.fields[0], shipped.clock.moment)}
    assert "issued_at" not in form.first
    texts = {**form.usual, "holder": "Ann Fictional", "holder_authorised": "yes"}
    draft = a_draft(shipped.user, shipped.clock, values={drafts.RECORD: key, **texts})
    shipped.call(form_answers.save, form, draft)
    issued = shipped.look(key).facts.value("issued_at")
    assert issued is not None
    again = forms.about(shipped.look(key), shipped.acting, Verb.FILL)
    assert again.usual == {}
