"""When it gets hard: a record is a case of its scheme; none ends before the right one knew."""

from __future__ import annotations

import datetime as dt

import pytest

from deskapp import i18n, paths
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.errors import FormProblemsError, NotAllowedError, NotFoundError
from deskapp.roles import Role, User
from deskapp.services import links
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.refused import RefusedError
from deskapp.services.dates import Nation
from deskapp.services.enquiries import outcomes
from deskapp.services.hard import hard, hard_records, spos, spos_booking
from deskapp.services.hard.hard import Form
from deskapp.services.hard.hard_records import Made
from tests.builders import SetClock

TODAY = dt.date(2026, 11, 18)
LEADS = frozenset({"safeguarding_lead"})
ALARM = {"hazard": "fire_alarm", "what": "Panel is dark, ground floor"}
GIVEN = {
    "spos_now": ALARM,
    "broken": {"hazard": "lift", "what": "Stuck", "danger": "none", "effect": "service_lost"},
    "hazard": {"what": "Ice on the steps"},
    "incident": {"kind": "verbal_abuse", "what": "Shouting", "immediate_action": "Called security"},
    "concern": {"concern_type": "child", "what_was_seen": '"I am hungry"', "consent": "given"},
    "self_harm": {
        "self_harm_level": "high",
        "what_was_seen": '"Tonight"',
        "action_taken": "Called 999",
        "immediate_danger": "yes",
        "told": "emergency_services",
        "told_at": "10:01",
    },
}


def acting_of(user: User, clock: SetClock) -> Acting:
    """Who acts now, by the shipped schemes."""
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    return Acting(user, clock.moment, book)


def save(store: Store, user: User, clock: SetClock, form_id: str, **given: str) -> Made:
    """Fill in a form and save it."""
    values = {**GIVEN[form_id], **given}
    acting, draft_id = acting_of(user, clock), new_id()
    return store.call_write(hard_records.save, acting, draft_id, hard.form(form_id), values)


def look(store: Store, user: User, clock: SetClock, case_id: str) -> CaseRecord:
    """The case, as somebody sees it who may."""
    lead = user._replace(scheme_roles=LEADS)
    return store.call_write(cases.look, acting_of(lead, clock), case_id)


@pytest.mark.parametrize("form_id", GIVEN)
def test_every_form_becomes_a_case_that_its_officer_may_open(
    form_id: str, store: Store, user: User, clock: SetClock
) -> None:
    """Anybody who notices something writes it down, also what they may not read afterwards."""
    made = save(store, user, clock, form_id)
    answers = {
        answer.field.id: answer.value
        for answer in look(store, user, clock, made.case_id).answers
        if answer.value
    }
    kept = set(GIVEN[form_id]) - {"hazard"}
    assert kept <= set(answers)
    scheme = look(store, user, clock, made.case_id).scheme.id
    assert scheme in hard_records.OUTCOMES[hard.form(form_id).outcome]


@pytest.mark.parametrize("chosen", hard.forms(), ids=lambda chosen: chosen.id)
def test_forms_and_kinds_name_what_their_schemes_have(chosen: Form) -> None:
    """A slip in the data is found here and not in the worst minute of the year."""
    book = shelf.rulebook(paths.settings_folder(), Nation.ENGLAND_AND_WALES)
    asked = hard.asked(book, chosen, TODAY)
    assert set(chosen.needs) <= {each.name for each in asked}
    assert chosen.outcome in {outcome.code for outcome in outcomes.offered()}
    for words in (chosen.label, chosen.first, *chosen.needs.values(), *chosen.labels.values()):
        assert set(words) == set(i18n.LANGUAGES)
    said = {name for name in chosen.says if name != "field"}
    options = {
        code for each in asked if each.name == chosen.says.get("field") for code, _ in each.options
    }
    assert said == options
    for kind in hard.kinds():
        fields = book.in_force(kind.scheme, TODAY).field_by_id
        for name, value in kind.values.items():
            allowed = {option.id for option in fields[name].options} | {"yes"}
            assert value in allowed, kind.id


def test_letters_of_the_menu_are_those_of_one_key() -> None:
    """Two forms on one letter could not both be chosen."""
    letters = [chosen.letter for chosen in hard.forms()]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & {"A", "N", "T"}


def test_a_dark_fire_alarm_is_p1_and_told_within_a_quarter_of_an_hour(
    store: Store, user: User, clock: SetClock
) -> None:
    """Two answers are enough for it; the senior person of now is filled in."""
    booking = spos_booking.read({"name": "Ann Jones", "day": "today"}, today=TODAY)
    leader = acting_of(user._replace(role=Role.TEAM_LEADER), clock)
    store.call_write(spos_booking.book, leader, new_id(), booking, dt.time(13))
    made = save(store, user, clock, "spos_now")
    assert made.tell_spos
    record = look(store, user, clock, made.case_id)
    assert record.scheme.id == "building_issue"
    values = {answer.field.id: answer.value for answer in record.answers}
    assert (values["priority"], values["danger"], values["alarm_down"]) == ("P1", "life", "yes")
    assert (values["spos_name"], values["spos_informed_at"]) == ("Ann Jones", None)
    due = {line.item.template: line.due.when for line in record.items if line.due}
    assert due["tell_spos"] == clock.moment + dt.timedelta(minutes=15)


@pytest.mark.parametrize("kind", hard.kinds(), ids=lambda kind: kind.id)
def test_with_danger_now_the_senior_person_must_be_told_whatever_it_is(
    kind: hard.Kind, store: Store, user: User, clock: SetClock
) -> None:
    """Building issue or incident; source: enquiries sheet, section 11."""
    assert save(store, user, clock, "spos_now", hazard=kind.id).tell_spos


@pytest.mark.parametrize(
    ("hazard", "way"),
    [("fire_alarm", "report accept fix"), ("crowd", "review plan")],
)
def test_danger_is_not_closed_before_the_senior_person_was_told(
    hazard: str, way: str, store: Store, user: User, clock: SetClock
) -> None:
    """Through the engine, as every desk does it."""
    made = save(store, user, clock, "spos_now", hazard=hazard)
    given = {"report": {"helpdesk_ref": "FM 1"}}
    for action in way.split():
        clock.passes(minutes=1)
        acting = acting_of(user, clock)
        store.call_write(cases.do, acting, made.case_id, action, given.get(action, {}))
    with pytest.raises(RefusedError):
        store.call_write(cases.do, acting_of(user, clock), made.case_id, "close")
    told = {"told_at": "10:06", "name": "Ann Jones", "how": "phone", "reply": "On my way"}
    acting = acting_of(user, clock)
    store.call_write(hard_records.tell, acting, new_id(), made.case_id, told)
    line = store.call_write(cases.do, acting_of(user, clock), made.case_id, "close")
    assert line.closed
    values = {a.field.id: a.value for a in look(store, user, clock, made.case_id).answers}
    assert values["spos_informed_at"] == dt.datetime(2026, 11, 18, 10, 6, tzinfo=dt.UTC)
    assert (values["spos_how"], values["spos_reply"]) == ("phone", "On my way")


def test_who_was_not_told_stays_in_the_list_until_they_are(
    store: Store, user: User, clock: SetClock
) -> None:
    """The most urgent first; telling twice tells once."""
    risk = save(store, user, clock, "hazard")
    alarm = save(store, user, clock, "spos_now")
    save(store, user, clock, "broken")
    waiting = store.call_read(spos.untold, user=user)
    assert [each.case_id for each in waiting] == [alarm.case_id, risk.case_id]
    told = {"told_at": "10:05", "name": "Ann Jones"}
    for _time in range(2):
        acting = acting_of(user, clock)
        store.call_write(hard_records.tell, acting, new_id(), alarm.case_id, told)
    assert [each.case_id for each in store.call_read(spos.untold, user=user)] == [risk.case_id]
    elsewhere = user._replace(site="fact:elsewhere")
    assert store.call_read(spos.untold, user=elsewhere) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "Enter when you told the Senior Person on Site"),
        ({"told_at": "23:59"}, "Enter a time of today that has passed, like 9:05"),
        ({"told_at": "soon"}, "Enter a time, like 9:05 or 14:30"),
    ],
)
def test_when_they_were_told_is_a_time_that_has_passed(
    given: dict[str, str], message: str, store: Store, user: User, clock: SetClock
) -> None:
    """Source: enquiries sheet, section 13."""
    made = save(store, user, clock, "spos_now")
    acting, told = acting_of(user, clock), {"name": "Ann Jones", **given}
    with pytest.raises(FormProblemsError, match=message):
        store.call_write(hard_records.tell, acting, new_id(), made.case_id, told)


def test_saved_twice_it_is_one_case_and_one_link(store: Store, user: User, clock: SetClock) -> None:
    """A long key press in the worst minute."""
    draft_id, contact_id = new_id(), new_id()
    values = {**ALARM, hard_records.CONTACT_ID: contact_id}
    for _time in range(2):
        acting, form = acting_of(user, clock), hard.form("spos_now")
        made = store.call_write(hard_records.save, acting, draft_id, form, values)
    linked = store.call_read(links.of, "contact", contact_id, user=user)
    assert linked == [links.Link("case_record", made.case_id)]
    back = store.call_read(links.of, "case_record", made.case_id, user=user)
    assert back == [links.Link("contact", contact_id)]


def test_a_contact_knows_the_record_that_was_begun_in_it(
    store: Store, user: User, clock: SetClock
) -> None:
    """The outcome is filled in by it; a record of the other kind is not taken for it."""
    contact_id = new_id()
    concern = save(store, user, clock, "concern", contact_id=contact_id)
    alarm = save(store, user, clock, "spos_now", contact_id=contact_id)
    for outcome, ref in (("SAF", concern.ref), ("INC", alarm.ref), ("RES", "")):
        found = store.call_read(hard_records.made_in, contact_id, outcome, user=user)
        assert found == ref
    assert store.call_read(hard_records.made_in, new_id(), "SAF", user=user) == ""


def test_a_concern_is_read_by_those_of_its_scheme_only(
    store: Store, user: User, clock: SetClock
) -> None:
    """The officer who wrote it gets its reference and no more."""
    made = save(store, user, clock, "self_harm")
    with pytest.raises(NotFoundError):
        store.call_write(cases.look, acting_of(user, clock), made.case_id)
    record = look(store, user, clock, made.case_id)
    items = {line.item.template for line in record.items}
    assert {"emergency", "tell_lead", "decide"} <= items
    assert record.line.title == ""


@pytest.mark.parametrize("form_id", GIVEN)
def test_what_is_missing_is_said_in_the_order_of_the_form(
    form_id: str, store: Store, user: User, clock: SetClock
) -> None:
    """Nothing is saved, nothing is cleared."""
    acting, form = acting_of(user, clock), hard.form(form_id)
    with pytest.raises(FormProblemsError) as caught:
        store.call_write(hard_records.save, acting, new_id(), form, {})
    missing = [problem.field for problem in caught.value.problems]
    assert missing == [name for name in form.fields if name in form.needs]


def test_a_typed_word_that_is_in_no_list_is_not_passed_over(
    store: Store, user: User, clock: SetClock
) -> None:
    """Otherwise the officer would believe that it is kept."""
    with pytest.raises(FormProblemsError, match="Select one of the list: Injury"):
        save(store, user, clock, "incident", injury_typed="ouch")


def test_advice_follows_the_level() -> None:
    """Words before colours: what to do now."""
    form = hard.form("self_harm")
    assert "999" in form.advice({})
    assert form.advice({"self_harm_level": "high"}).startswith("High: call 999")
    i18n.use("cy")
    assert form.advice({"self_harm_level": "low"}).startswith("Isel")


def test_who_may_not_work_on_cases_records_nothing(
    store: Store, user: User, clock: SetClock
) -> None:
    """The administrator sees no names."""
    with pytest.raises(NotAllowedError):
        save(store, user._replace(role=Role.ADMINISTRATOR), clock, "spos_now")
