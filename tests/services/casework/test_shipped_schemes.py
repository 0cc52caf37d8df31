"""The schemes that ship, played through with the engine. Every value here is invented.

Dates are counted by hand from the sheets, with the bank holidays of England and Wales: in 2026
these are 3 and 6 April, 4 and 25 May, 31 August, 25 and 28 December.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest

from deskapp.roles import Role
from deskapp.services.casework import loader, retention
from deskapp.services.casework.events import Code, Kind, Person
from deskapp.services.casework.rules import Shift, Step
from deskapp.services.casework.scheme import Action, Field, Scheme
from deskapp.services.casework.state import Item
from deskapp.services.casework.values import FieldType, write
from deskapp.services.casework.vocabulary import Status, Visibility
from tests.services.casework.desk import CASE, CHILD, Desk

NOTHING: Mapping[str, Any] = {}
Values = Mapping[str, Any]


@cache
def schemes() -> dict[str, Scheme]:
    return {scheme.id: scheme for scheme in loader.shipped()}


def desk_of(name: str, at: str = "2026-03-02T10:00", **values: Any) -> Desk:
    """A desk with one open case of a shipped scheme; required fields are made up if not given."""
    scheme = schemes()[name]
    others = [each for each in schemes().values() if each is not scheme]
    desk = Desk(scheme, *others)
    return desk.open(at, **{**required(scheme, at), **values})


def required(scheme: Scheme, at: str) -> dict[str, Any]:
    fields = [field for field in scheme.fields if field.required and not field.show_if]
    return {field.id: invented(field, at) for field in fields}


def invented(field: Field, at: str) -> Any:
    """Some value that a field takes."""
    if field.type is FieldType.INT:
        return field.min if isinstance(field.min, int) and field.min else 1
    if field.type in (FieldType.CHOICE, FieldType.CHOICES):
        first = field.options[0].id
        return [first] if field.type is FieldType.CHOICES else first
    made_up = {
        FieldType.DATE: at[:10],
        FieldType.DATETIME: at,
        FieldType.MONEY: "10.00",
        FieldType.YES_NO_UNKNOWN: "yes",
    }
    return made_up.get(field.type, "Example")


def amy(*but_not: str) -> Person:
    """Somebody with every role that there is, apart from some."""
    roles = {role for scheme in schemes().values() for role in scheme.roles}
    return Person("amy", frozenset({*Role, *roles}.difference(but_not)))


BOB = "bob"


class Add(NamedTuple):
    """An item that is added by hand before an action."""

    item: str
    fields: Values


class Route(NamedTuple):
    """A way through a scheme: the actions in their order."""

    actions: str
    opened: Values = NOTHING


ADDED: Mapping[tuple[str, str], tuple[Add, ...]] = {
    ("cond_caution", "give"): (Add("condition", {"text": "Letter of apology"}),),
    ("comm_resolution", "complete"): (Add("condition", {"text": "Letter of apology"}),),
    ("peep", "put_in_force"): (
        Add("helper", {"name": "H. First"}),
        Add("helper", {"name": "H. Second"}),
    ),
    ("hearing_day", "start"): (Add("before_line", {"text": "Screens in place"}),),
    ("daily_list", "close_day"): (Add("line", {"text": "Post opened"}),),
}
ANSWERS: Mapping[tuple[str, str], Values] = {
    ("isc", "sentence"): {"order_ends_on": "2026-03-01"},
    ("key", "issue"): {"holder_authorised": "yes"},
}
OLD = {"closed_on": "2015-06-30", "retention_years": 7}
FULL = {"fee": "100", "savings": "0", "income": "1000"}
PART = {"fee": "500", "savings": "0", "income": "2000"}
NONE = {"fee": "100", "savings": "0", "income": "3000"}

ROUTES: Mapping[str, tuple[Route | str, ...]] = {
    "article_review": ("review_due reviewed retire",),
    "building_issue": (
        Route(
            "tell_spos relist report accept escalate fix reopen fix close", {"hearings_affected": 1}
        ),
        "report wait_for_parts parts_arrived duplicate",
        "not_an_issue",
    ),
    "building_risk": ("tell_spos assess control accept", "tell_spos assess remove"),
    "case_file": (
        Route("take_out check_addressee send arrived return hold release_hold", OLD),
        Route("propose_disposal dispose", OLD),
        "send report_loss came_back archive transfer",
    ),
    "comm_resolution": ("complete", "fail", "withdraw"),
    "cond_caution": (
        "give complete",
        "give report_breach accept_excuse report_breach vary report_breach charge",
        "give report_breach end_no_action",
        "decline",
    ),
    "contractor_visit": ("arrive leave", "not_come"),
    "daily_list": ("close_day", "close_day_with_note"),
    "data_incident": ("contain assess learn close", "near_miss", "contain not_an_incident"),
    "diary": ("close",),
    "error_review": ("investigate close",),
    "fee_help": (
        Route("ask_evidence evidence_in use_discretion grant", FULL),
        Route("part part_paid", PART),
        Route("part not_paid", PART),
        Route("none paid", NONE),
    ),
    "hearing_day": ("start finish done", "not_held"),
    "inbox": ("triage answer", "pass_on", "triage no_reply_needed"),
    "incident": (
        "tell_spos review send_back review hold resume plan reopen plan close",
        "duplicate",
        "not_an_incident",
    ),
    "induction": ("tell_manager complete", "leave"),
    "isc": (
        "suitable sentence warn privilege complete",
        "suitable sentence allege_breach commit_short revoke",
        "suitable sentence transfer",
        "suitable sentence expire",
        "suitable other_sentence",
        "not_suitable",
    ),
    "isc_breach": ("list deal", "list not_proved", "withdraw"),
    "isc_sanction": ("received release",),
    "key": (
        "witness issue return issue_not_listed report_missing tell_spos found destroy",
        "report_missing destroy",
    ),
    "listing_request": ("refer list relist list notify", "withdraw"),
    "means": (
        "form_in assess decide vary chase step paid",
        "form_in refer_to_court",
        "cancel",
    ),
    "meeting": ("send_papers hold close", "cancel"),
    "meeting_series": ("open_meeting end",),
    "mentoring": ("tell_manager end",),
    "omu_hdc": (
        "eligible send_address address_done submit approve release",
        "opt_out opt_in postpone opt_out opt_in resume ineligible",
        "eligible send_address address_done submit refuse",
        "time_out",
    ),
    "omu_paperwork": (
        "start ready return_for_correction ready check send",
        Route("open_hdc withdraw", {"variant": "hdc"}),
        Route("start open_sentence_calc withdraw", {"variant": "sentence_calc"}),
        Route("open_parole withdraw", {"variant": "parole"}),
    ),
    "omu_parole": ("open_review decide", "withdraw"),
    "omu_release": ("check_final release", "not_released"),
    "omu_sentence_calc": ("papers_in calculated return_for_correction calculated check",),
    "peep": ("draft agree put_in_force helper_left change agree put_in_force end",),
    "process_change": ("note_impact brief_team update_guide close", "no_impact"),
    "provider": ("end",),
    "pvp": ("assess set_measures judge_told renew new_information set_measures end",),
    "return": ("end",),
    "safeguarding": ("tell_lead decide refer", "decide signpost", "decide no_action"),
    "site": ("close",),
    "site_check": ("raise_issue suspend resume retire",),
    "spos": ("requalified end",),
}


def take(desk: Desk, action: Action) -> None:
    """Take an action with what it needs: answers, items, a second person and a note."""
    name = desk.scheme.id
    for position, add in enumerate(ADDED.get((name, action.id), ())):
        fresh = f"{add.item[0]}{position}{len(desk.events)}"
        assert not desk.add(add.item, fresh, values=add.fields, by=amy())
    for item in wanted(desk, action):
        outcomes = desk.scheme.template_by_id[item.template].outcomes
        outcome = next(each.id for each in outcomes if each.status is Status.DONE)
        assert not desk.close(item.name, outcome, by=amy())
    at = write(desk.now)
    assert isinstance(at, str)
    answers = {field: invented(desk.scheme.field_by_id[field], at) for field in action.needs_fields}
    if action.child:
        answers = required(schemes()[action.child], at)
    before = desk.case().taken.get(action.different_person)
    by = amy()._replace(id=BOB) if before and before.by == amy().id else amy()
    child = CHILD[:-2] + f"{50 + len(desk.events)}" if action.child else ""
    values = {**answers, **ANSWERS.get((name, action.id), NOTHING)}
    refused = desk.do(action.id, by=by, values=values, note="Example", child=child)
    assert not refused, f"{name}: {action.id} is refused: {refused}"


def wanted(desk: Desk, action: Action) -> list[Item]:
    """The open items without which an action is refused."""
    lists = {each.id: {each.id, each.list} for each in desk.scheme.templates}
    items = desk.case().open_items()
    return [item for item in items if lists[item.template].intersection(action.needs_items)]


def played(name: str, route: Route | str) -> tuple[set[str], list[str]]:
    """The stages that a route comes by, and the actions it takes."""
    opened, actions = ({}, route) if isinstance(route, str) else (route.opened, route.actions)
    desk = desk_of(name, **opened)
    stages = {desk.case().stage}
    for action in actions.split():
        take(desk, desk.scheme.action_by_id[action])
        stages.add(desk.case().stage)
    return stages, actions.split()


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_every_stage_is_reached_and_every_action_can_be_taken(name: str) -> None:
    """A stage or action that nobody can come to is a fault of the file, not of the officer."""
    scheme = schemes()[name]
    stages, actions = set(), set()
    for route in ROUTES[name]:
        by_way, taken = played(name, route)
        stages |= by_way
        actions.update(taken)
    assert stages == set(scheme.stage_by_id)
    assert actions == set(scheme.action_by_id)


def test_there_are_routes_through_every_scheme() -> None:
    """A new scheme comes with a way through it."""
    assert set(ROUTES) == set(schemes())


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_shipped_file_has_nothing_wrong(name: str) -> None:
    """An officer cannot mend it."""
    assert loader.lint(loader.SHIPPED_FOLDER / f"{name}.toml") == ()


def test_prefixes_tell_the_schemes_apart() -> None:
    """A reference that is read out names one scheme."""
    prefixes = [scheme.prefix for scheme in schemes().values()]
    assert len(prefixes) == len(set(prefixes))


@pytest.mark.parametrize("name", ["pvp", "safeguarding", "data_incident", "peep"])
def test_what_is_about_danger_health_or_loss_is_restricted(name: str) -> None:
    """Only named roles see it."""
    assert schemes()[name].visibility is Visibility.RESTRICTED
    assert schemes()[name].roles


@pytest.mark.parametrize(
    ("name", "years"),
    [("incident", 6), ("peep", 1), ("pvp", 1), ("isc", 7), ("fee_help", 7), ("key", 3)],
)
def test_a_case_is_kept_as_long_as_the_register_says(name: str, years: int) -> None:
    """Site and safety sheet, section 10."""
    desk = desk_of(name)
    facts = desk.facts()
    assert retention.destroy_due(facts) is None
    route = next(iter(ROUTES[name]))
    opened = {} if isinstance(route, str) else route.opened
    desk = desk_of(name, **opened)
    actions = route if isinstance(route, str) else route.actions
    for action in actions.split():
        take(desk, desk.scheme.action_by_id[action])
    assert write(retention.destroy_due(desk.facts())) == f"{2026 + years}-03-0{desk.now.day}"


KEPT = {"incident": 6, "peep": 1, "pvp": 1, "fee_help": 7}


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_a_period_that_no_sheet_gives_is_three_years(name: str) -> None:
    """The sanctions and breaches of an order are kept as long as the order."""
    years = 7 if name.startswith("isc") else KEPT.get(name, 3)
    assert schemes()[name].retention == Shift("closed_at", back=False, step=Step(years=years))


class Due(NamedTuple):
    """One date counted by hand: an item of a case after some actions."""

    scheme: str
    at: str
    opened: Values
    item: str
    due: str | None
    then: str = ""
    look: str = ""


FRIDAY = "2026-03-06T16:00"
HURT = {"happened_at": FRIDAY, "kind": "threat", "injury": "specified", "days_unfit": 8}
P1 = {"alarm_down": "yes"}
P2 = {"effect": "court_cannot_sit"}
P3 = {"effect": "service_lost"}
P4 = {"effect": "nuisance"}
EVE = "2026-04-02T10:00"  # the day before Good Friday
MONDAY = "2026-03-02T10:00"
APPROVED = "send_address address_done submit approve"
FIRST_AIDER = {"duty": "first_aider", "qualified_until": "2026-05-31"}
SERVED = {"release_type": "crd", "served_28_days": "yes", "statutory_date": "2026-05-01"}
LICENCE = {"variant": "licence", "licence_start": "2026-04-06"}
DISCHARGE = {"variant": "discharge", "release_date": "2026-04-07"}
REVIEWED = {"variant": "recategorisation", "last_review_on": "2026-02-28"}
UPDATES = {"victim_updates": "yes", "agreed_on": "2026-03-02"}

DUES = (
    Due("safeguarding", EVE, {"immediate_danger": "yes"}, "emergency", "2026-04-02T10:00"),
    Due("safeguarding", EVE, {}, "emergency", None),
    Due("safeguarding", EVE, {}, "tell_lead", "2026-04-02T11:00"),
    Due("safeguarding", EVE, {}, "decide", "2026-04-02T14:00"),
    Due("safeguarding", "2026-04-02T13:00", {}, "decide", "2026-04-02T17:00"),
    Due("safeguarding", "2026-04-02T13:01", {}, "decide", "2026-04-07T10:00"),
    Due("safeguarding", "2026-04-04T11:00", {}, "decide", "2026-04-07T10:00"),
    Due("safeguarding", "2026-03-02T09:00", {}, "follow_up", "2026-03-09", "decide"),
    Due("pvp", MONDAY, {"hearing_on": "2026-03-05"}, "assess", "2026-03-02T14:00"),
    Due("pvp", MONDAY, {"hearing_on": "2026-03-06"}, "assess", "2026-03-03"),
    Due("pvp", MONDAY, {}, "assess", "2026-03-03"),
    Due("pvp", MONDAY, {"hearing_on": "2026-03-06"}, "tell_judge", "2026-03-03", "assess"),
    Due("pvp", MONDAY, {"hearing_on": "2026-03-03"}, "tell_judge", "2026-03-02", "assess"),
    Due("pvp", MONDAY, {"hearing_on": "2026-03-09"}, "brief_security", "2026-03-06"),
    Due("pvp", MONDAY, {"hearing_on": "2026-03-09"}, "after_hearing", "2026-03-10"),
    Due("pvp", MONDAY, {}, "review#1", "2026-06-02", "assess set_measures"),
    Due("incident", FRIDAY, HURT, "tell_team_leader", "2026-03-06T17:00"),
    Due("incident", FRIDAY, HURT, "tell_spos", "2026-03-06T16:15"),
    Due("incident", FRIDAY, HURT, "keep_cctv", "2026-03-13"),
    Due("incident", FRIDAY, HURT, "support", "2026-03-09"),
    Due("incident", FRIDAY, HURT, "riddor_specified", "2026-03-16"),
    Due("incident", FRIDAY, HURT, "riddor_7day", "2026-03-21"),
    Due("incident", FRIDAY, {**HURT, "days_unfit": 7}, "riddor_7day", None),
    Due("incident", FRIDAY, {**HURT, "days_unfit": 4}, "record_3day", "2026-03-21"),
    Due("incident", FRIDAY, {**HURT, "days_unfit": 3}, "record_3day", None),
    Due("incident", FRIDAY, {"kind": "near_miss", "cctv_kept": "yes"}, "tell_spos", None),
    Due("incident", FRIDAY, {"kind": "near_miss", "cctv_kept": "yes"}, "keep_cctv", None),
    Due("incident", MONDAY, {}, "review", "2026-03-09", "review"),
    Due("building_issue", FRIDAY, P1, "tell_spos", "2026-03-06T16:15"),
    Due("building_issue", FRIDAY, P1, "make_safe", "2026-03-06T18:00"),
    Due("building_issue", FRIDAY, P1, "report", "2026-03-06T17:00"),
    Due("building_issue", FRIDAY, P2, "tell_spos", "2026-03-06T17:00"),
    Due("building_issue", FRIDAY, P2, "make_safe", None),
    Due("building_issue", FRIDAY, P2, "report", "2026-03-06T20:00"),
    Due("building_issue", FRIDAY, P3, "tell_spos", None),
    Due("building_issue", FRIDAY, P3, "report", "2026-03-06T17:00"),
    Due("building_issue", FRIDAY, P4, "report", "2026-03-09"),
    Due("building_issue", FRIDAY, P1, "respond", "2026-03-06T18:00", "report"),
    Due("building_issue", FRIDAY, P2, "respond", "2026-03-07T16:00", "report"),
    Due("building_issue", FRIDAY, P3, "respond", "2026-03-11", "report"),
    Due("building_issue", FRIDAY, P4, "respond", "2026-03-13", "report"),
    Due("building_issue", FRIDAY, {}, "respond", "2026-04-07", "report"),
    Due("building_issue", FRIDAY, P3, "chase#1", "2026-03-10", "report"),
    Due("building_issue", FRIDAY, P4, "chase#1", "2026-03-13", "report"),
    Due("building_issue", FRIDAY, P4, "confirm_with_user", "2026-03-09", "report fix"),
    Due("building_risk", EVE, {}, "tell_spos", "2026-04-02T11:00"),
    Due("building_risk", EVE, {}, "assess", "2026-04-07"),
    Due(
        "site_check", "2026-03-27T09:00", {"starts_on": "2026-03-27"}, "fire_alarm#1", "2026-03-27"
    ),
    Due(
        "site_check",
        "2026-03-27T09:00",
        {"starts_on": "2026-03-27"},
        "fire_alarm#2",
        "2026-04-07",
        look="2026-03-30T09:00",
    ),
    Due(
        "site_check",
        "2026-01-30T09:00",
        {"kind": "emergency_lighting", "starts_on": "2026-01-31"},
        "emergency_lighting#2",
        "2026-02-27",
        look="2026-02-02T09:00",
    ),
    Due(
        "site_check",
        EVE,
        {"kind": "escape_routes", "starts_on": "2026-04-02"},
        "escape_routes#1",
        "2026-04-07",
    ),
    Due("peep", MONDAY, {"kind": "visit", "visit_on": "2026-04-07"}, "draft", "2026-04-01"),
    Due("peep", MONDAY, {"kind": "standing"}, "draft", "2026-03-09"),
    Due("peep", MONDAY, {}, "brief_helpers", "2026-03-09", "draft agree"),
    Due("peep", MONDAY, {}, "practise", "2026-06-02", "draft agree put_in_force"),
    Due("peep", MONDAY, {}, "review#1", "2027-03-02", "draft agree put_in_force"),
    Due("peep", MONDAY, {}, "replace_helper", "2026-03-03", "draft agree put_in_force helper_left"),
    Due("key", MONDAY, {}, "loan", "2026-03-02T18:00", "issue"),
    Due("key", MONDAY, {}, "tell_team_leader", None, "issue", "2026-03-02T19:00"),
    Due("key", MONDAY, {}, "tell_team_leader", "2026-03-02T19:00", "issue", "2026-03-02T19:01"),
    Due("key", MONDAY, {}, "tell_spos", "2026-03-02T11:15", "report_missing"),
    Due("key", MONDAY, {}, "decide_locks", "2026-03-03", "report_missing"),
    Due("key", "2026-01-31T10:00", {}, "audit#1", "2026-02-28"),
    Due("contractor_visit", MONDAY, {}, "leave", "2026-03-02T18:00", "arrive"),
    Due("case_file", EVE, {}, "acknowledge", "2026-04-08", "send"),
    Due(
        "data_incident",
        "2026-10-23T18:00",
        {"aware_at": "2026-10-23T17:30", "personal_data": "yes", "risk": "risk"},
        "ico_notify",
        "2026-10-26T16:30:00+00:00",
    ),
    Due("data_incident", MONDAY, {"aware_at": MONDAY}, "tell_manager", "2026-03-02T11:00"),
    Due("data_incident", MONDAY, {"aware_at": MONDAY}, "contain", "2026-03-02T14:00"),
    Due("data_incident", MONDAY, {"aware_at": MONDAY}, "central_report", "2026-03-03T10:00"),
    Due("data_incident", MONDAY, {"personal_data": "yes"}, "assess_risk", "2026-03-04T10:00"),
    Due("data_incident", MONDAY, {"risk": "high"}, "tell_people", "2026-03-05T10:00"),
    Due("data_incident", EVE, {}, "lessons", "2026-04-20", "contain assess"),
    Due("spos", MONDAY, FIRST_AIDER, "requalify", "2026-02-28"),
    Due("spos", MONDAY, {"duty": "senior_person"}, "requalify", None),
    Due("listing_request", MONDAY, {"urgency": "child"}, "refer", "2026-03-02T16:00"),
    Due("listing_request", MONDAY, {"urgency": "none"}, "refer", "2026-03-05"),
    Due(
        "listing_request",
        MONDAY,
        {"video_link": "yes", "hearing_on": "2026-04-07"},
        "test_link",
        "2026-04-01",
    ),
    Due("listing_request", EVE, {}, "notify_parties", "2026-04-07", "refer list"),
    Due(
        "comm_resolution",
        MONDAY,
        UPDATES,
        "tell_victim",
        "2026-03-09",
    ),
    Due(
        "comm_resolution",
        MONDAY,
        {**UPDATES, "enhanced_rights": "yes"},
        "tell_victim",
        "2026-03-03",
    ),
    Due("comm_resolution", EVE, {}, "record_outcome", "2026-04-08", "fail"),
    Due("omu_sentence_calc", EVE, {"arrived_on": "2026-04-02"}, "calculate", "2026-04-13"),
    Due("omu_sentence_calc", MONDAY, {}, "tell_prisoner", "2026-03-09", "papers_in calculated"),
    Due("omu_sentence_calc", MONDAY, {}, "independent_check", "2026-03-03", "papers_in calculated"),
    Due("omu_hdc", MONDAY, {"hdced": "2026-04-03"}, "eligibility", "2026-01-23"),
    Due("omu_hdc", MONDAY, {"hdced": "2026-04-03"}, "release", "2026-04-07"),
    Due("omu_hdc", MONDAY, {}, "address_form", "2026-03-09", "eligible"),
    Due("omu_hdc", "2026-03-02T14:59", {}, "address_check", "2026-03-16", "send_address"),
    Due("omu_hdc", "2026-03-02T15:00", {}, "address_check", "2026-03-17", "send_address"),
    Due("omu_hdc", "2026-03-02T13:00", {}, "remind", "2026-03-12", "send_address"),
    Due(
        "omu_release",
        MONDAY,
        SERVED,
        "checks_14_day",
        "2026-04-16",
    ),
    Due(
        "omu_release",
        MONDAY,
        SERVED,
        "checks_2_day",
        "2026-04-28",
    ),
    Due(
        "omu_release",
        MONDAY,
        {"release_type": "hdc", "statutory_date": "2026-05-02"},
        "tell_partners",
        "2026-04-27",
    ),
    Due("omu_parole", MONDAY, {"review_month": "2026-03-17"}, "open_review", "2025-11-09"),
    Due("omu_parole", MONDAY, {"review_month": "2026-03-17"}, "decision", "2026-03-15"),
    Due("omu_parole", MONDAY, {"eligibility_on": "2026-12-31"}, "open_review", "2026-07-02"),
    Due("omu_parole", MONDAY, {"disclosed_on": "2026-03-02"}, "representations", "2026-03-23"),
    Due("means", MONDAY, {}, "return_form", "2026-03-16"),
    Due("means", MONDAY, {}, "assess", "2026-03-09", "form_in"),
    Due("means", MONDAY, {}, "appeal_window", "2026-03-16", "form_in assess decide"),
    Due("fee_help", MONDAY, FULL, "evidence", "2026-03-30", "ask_evidence"),
    Due("fee_help", MONDAY, PART, "part_payment", "2026-03-30", "part"),
    Due("fee_help", MONDAY, NONE, "payment", "2026-03-16", "none"),
    Due("meeting", MONDAY, {"meeting_on": "2026-04-07"}, "papers", "2026-04-01"),
    Due("meeting", MONDAY, {"meeting_on": "2026-04-02"}, "minutes", "2026-04-09", "hold"),
    Due(
        "meeting_series",
        "2026-01-30T09:00",
        {"variant": "steering_group", "first_on": "2026-01-31"},
        "hold#1",
        "2026-01-30",
    ),
    Due("return", "2026-07-30T09:00", {"starts_on": "2026-08-01"}, "submit#1", "2026-08-07"),
    Due("return", "2026-12-30T09:00", {"starts_on": "2027-01-01"}, "submit#1", "2027-01-08"),
    Due("inbox", EVE, {"urgency": "urgent"}, "reply", "2026-04-07"),
    Due("inbox", EVE, {}, "reply", "2026-04-13"),
    Due("inbox", EVE, {}, "triage", "2026-04-07"),
    Due("induction", MONDAY, {"started_on": "2026-01-31"}, "month_one", "2026-02-28"),
    Due("induction", MONDAY, {"started_on": "2026-03-30"}, "week_one", "2026-04-08"),
    Due("article_review", "2026-08-31T09:00", {}, "review#1", "2027-02-28"),
    Due("process_change", MONDAY, {}, "brief_team", "2026-03-09", "note_impact"),
    Due("error_review", EVE, {}, "investigate", "2026-04-20"),
    Due(
        "omu_paperwork",
        MONDAY,
        DISCHARGE,
        "prepare",
        "2026-03-24",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        DISCHARGE,
        "final_check",
        "2026-04-01",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        LICENCE,
        "prepare",
        "2026-03-31",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        LICENCE,
        "licence_warning",
        "2026-03-27",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        LICENCE,
        "licence_allocation",
        "2026-03-27",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        {"variant": "recall", "recall_kind": "standard", "returned_on": "2026-03-02"},
        "first_review",
        "2026-03-30",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        {
            **REVIEWED,
            "earliest_release": "2029-02-01",
        },
        "next_recategorisation",
        "2026-08-28",
    ),
    Due(
        "omu_paperwork",
        MONDAY,
        {
            **REVIEWED,
            "earliest_release": "2030-02-01",
        },
        "next_recategorisation",
        "2027-02-28",
    ),
    Due("isc_sanction", MONDAY, {"started_on": "2026-04-02"}, "tell_prison", "2026-04-07"),
    Due("isc_breach", EVE, {}, "tell_judge", "2026-04-07"),
    Due("isc_sanction", MONDAY, {"started_on": "2026-04-10", "days": 28}, "release", "2026-05-07"),
    Due(
        "isc_sanction",
        MONDAY,
        {"started_on": "2026-04-10", "days": 28},
        "release_plan",
        "2026-05-01",
    ),
    Due(
        "isc",
        MONDAY,
        {
            "psr_requested_on": "2026-03-02",
            "psr_type": "standard",
            "sentence_hearing_on": "2026-03-17",
        },
        "psr",
        "2026-03-16",
    ),
    Due("isc", MONDAY, {"sentence_hearing_on": "2026-04-10"}, "check_list", "2026-04-01"),
    Due("cond_caution", MONDAY, {}, "midway", "2026-04-27", "give"),
    Due("cond_caution", MONDAY, {"victim_updates": "yes"}, "tell_victim", "2026-03-09", "give"),
    Due("cond_caution", MONDAY, {}, "decide_breach", "2026-03-09", "give report_breach"),
    Due("cond_caution", MONDAY, {}, "record_outcome", "2026-03-04", "give complete"),
    Due(
        "cond_caution",
        MONDAY,
        {"offence_class": "summary", "offence_on": "2026-08-31"},
        "prosecution_limit",
        "2027-02-28",
    ),
    Due("case_file", MONDAY, {"due_back": "2026-03-20"}, "return", "2026-03-20", "take_out"),
    Due("contractor_visit", MONDAY, {"expected_on": "2026-03-20"}, "arrival", "2026-03-20"),
    Due("omu_hdc", MONDAY, {"release_on": "2026-04-07"}, "checks_14_day", "2026-03-24", APPROVED),
    Due("omu_hdc", MONDAY, {"release_on": "2026-04-07"}, "checks_2_day", "2026-04-01", APPROVED),
    Due("omu_hdc", MONDAY, {"hdced": "2026-04-03"}, "checks_14_day", "2026-03-24", APPROVED),
    Due("omu_paperwork", MONDAY, {"variant": "bail"}, "check", "2026-03-03", "start ready"),
    Due(
        "omu_paperwork",
        MONDAY,
        {"variant": "recall", "disclosed_on": "2026-03-02"},
        "representations",
        "2026-03-23",
    ),
    Due("process_change", MONDAY, {}, "update_guide", "2026-03-09", "note_impact brief_team"),
    Due("mentoring", "2026-02-02T09:00", {"started_on": "2026-01-31"}, "session#1", "2026-03-02"),
    *(
        Due("site_check", MONDAY, {"kind": kind, "starts_on": "2026-03-02"}, f"{item}#1", due)
        for kind, item, due in (
            ("fire_drill", "fire_drill", "2027-03-02"),
            ("extinguishers", "extinguishers", "2027-03-02"),
            ("panic_alarms", "panic_alarms", "2026-03-09"),
            ("first_aid", "first_aid", "2026-04-02"),
            ("evacuation_chairs", "evacuation_chairs", "2026-04-02"),
            ("evacuation_chairs", "chair_service", "2027-03-02"),
            ("building_services", "building_services", "2026-04-02"),
            ("building_champion", "building_champion", "2026-04-02"),
        )
    ),
    Due(
        "isc", MONDAY, {"psr_type": "short", "psr_requested_on": "2026-04-01"}, "psr", "2026-04-10"
    ),
)


@pytest.mark.parametrize("case", DUES, ids=lambda case: f"{case.scheme}-{case.item}-{case.due}")
def test_an_item_is_due_as_the_sheet_says(case: Due) -> None:
    """Each was counted by hand."""
    desk = desk_of(case.scheme, case.at, **case.opened)
    for action in case.then.split():
        take(desk, desk.scheme.action_by_id[action])
    look = case.look or str(write(desk.now))
    if case.due is None:
        assert case.item not in desk.case(look).items
    else:
        assert str(write(desk.due(case.item, look))).startswith(case.due)


class Derived(NamedTuple):
    """A value worked out by hand."""

    scheme: str
    opened: Values
    field: str
    value: Any


DERIVED = (
    Derived("building_issue", {"danger": "life", **P4}, "priority", "P1"),
    Derived("building_issue", {"site_insecure": "yes"}, "priority", "P1"),
    Derived("building_issue", {"danger": "injury", **P3}, "priority", "P2"),
    Derived("building_issue", {"danger": "none", "effect": "cosmetic"}, "priority", "P5"),
    Derived("building_risk", {"severity": 5, "likelihood": 3}, "score", 15),
    Derived("building_risk", {"severity": 5}, "score", None),
    Derived("omu_parole", {"review_month": "2026-03-17"}, "week0", "2026-03-01"),
    Derived(
        "omu_release",
        {"release_type": "hdc", "statutory_date": "2026-05-02"},
        "planned_on",
        "2026-05-05",
    ),
    Derived(
        "omu_release",
        {"release_type": "crd", "served_28_days": "yes", "statutory_date": "2026-05-01"},
        "planned_on",
        "2026-04-30",
    ),
    Derived(
        "omu_release",
        {"release_type": "crd", "served_28_days": "no", "statutory_date": "2026-05-01"},
        "planned_on",
        "2026-05-01",
    ),
    Derived(
        "omu_release",
        {"release_type": "other", "statutory_date": "2026-05-04"},
        "planned_on",
        "2026-05-01",
    ),
    Derived(
        "omu_paperwork",
        {"recall_kind": "fixed_term", "returned_on": "2026-03-02", "term": 14},
        "recall_release_on",
        "2026-03-15",
    ),
    Derived(
        "omu_paperwork",
        {
            "recall_kind": "fixed_term",
            "returned_on": "2026-03-02",
            "term": 28,
            "sentence_expiry": "2026-03-10",
        },
        "recall_release_on",
        "2026-03-10",
    ),
    Derived(
        "omu_paperwork",
        {
            "handover_kind": "determinate",
            "sentenced_on": "2026-01-05",
            "earliest_release": "2027-03-31",
        },
        "handover_on",
        "2026-07-17",
    ),
    Derived(
        "omu_paperwork",
        {
            "handover_kind": "early_allocation",
            "sentenced_on": "2026-01-05",
            "earliest_release": "2026-11-05",
        },
        "handover_on",
        None,
    ),
    Derived(
        "case_file", {"closed_on": "2020-02-29", "retention_years": 7}, "destroy_due", "2027-02-28"
    ),
    Derived("case_file", {}, "on_hold", "no"),
    Derived("fee_help", PART, "pays", "290.00"),
    Derived("fee_help", {"date_received": "2026-05-31"}, "refund_from", "2026-02-28"),
    Derived("means", {"balance": "100", "instalment_amount": "40"}, "instalments", 3),
    Derived(
        "means",
        {
            "income": [{"amount": "1300", "period": "monthly"}],
            "outgoings": [
                {"amount": "100", "period": "fortnightly"},
                {"amount": "20", "period": "weekly", "what": "Bus"},
            ],
        },
        "disposable",
        "230.00",
    ),
    Derived("means", {"benefits": "yes"}, "assumed_weekly_income", 120),
)


@pytest.mark.parametrize("case", DERIVED, ids=lambda case: f"{case.scheme}-{case.field}")
def test_a_field_is_worked_out_as_the_sheet_says(case: Derived) -> None:
    """A derived field is never typed."""
    facts = desk_of(case.scheme, MONDAY, **case.opened).facts()
    assert write(facts.value(case.field)) == case.value


@pytest.mark.parametrize(
    ("severity", "likelihood", "due"),
    [(5, 3, "2026-04-02"), (2, 4, "2026-06-02"), (1, 5, "2027-03-02")],
)
def test_a_higher_risk_is_reviewed_more_often(severity: int, likelihood: int, due: str) -> None:
    """Monthly from 15, every three months from 8, else yearly."""
    desk = desk_of("building_risk", MONDAY)
    values = {"severity": severity, "likelihood": likelihood, "immediate_action": "Taped off"}
    assert not desk.do("assess", values=values)
    assert write(desk.due("review#1")) == due


def test_payments_come_as_often_as_the_plan_needs() -> None:
    """Month ends do not drift, and the last of three is the last."""
    desk = desk_of("means", "2026-01-05T10:00", balance="100")
    take(desk, desk.scheme.action_by_id["form_in"])
    take(desk, desk.scheme.action_by_id["assess"])
    plan = {"terms": "instalments", "instalment_amount": "40", "period": "monthly"}
    assert not desk.do("decide", values={**plan, "first_payment_on": "2026-01-31"})
    items = desk.case("2026-12-31T10:00").of_template("payment")
    assert [write(desk.due(item.name, "2026-12-31T10:00")) for item in items] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]
    assert not desk.close("payment#1", "missed", "2026-02-02T10:00")
    change = {"reason": "material_change"}
    assert desk.do("vary", values=change) == [Code.CONDITION]
    assert not desk.close("payment#1", "paid")
    assert not desk.do("vary", values=change)


@pytest.mark.parametrize(
    ("name", "action", "first", "role"),
    [
        ("pvp", "assess", "", "team_leader"),
        ("pvp", "set_measures", "assess", "team_leader"),
        ("data_incident", "assess", "contain", "data_lead"),
        ("case_file", "hold", "", "team_leader"),
        ("omu_hdc", "approve", "send_address address_done submit", "decision_maker"),
        ("cond_caution", "charge", "give report_breach", "supervisor"),
        ("fee_help", "use_discretion", "", "manager"),
        ("key", "issue_not_listed", "", "team_leader"),
    ],
)
def test_only_its_role_may_do_it(name: str, action: str, first: str, role: str) -> None:
    """The role column of the sheets."""
    desk = desk_of(name, MONDAY)
    for each in first.split():
        take(desk, desk.scheme.action_by_id[each])
    found = desk.scheme.action_by_id[action]
    answers = {
        field: invented(desk.scheme.field_by_id[field], MONDAY) for field in found.needs_fields
    }
    refused = desk.do(action, by=amy(role), values=answers, note="Example")
    assert refused == [Code.ROLE]


@pytest.mark.parametrize(
    ("name", "first", "action"),
    [
        ("omu_sentence_calc", "papers_in calculated", "check"),
        ("omu_release", "check_final", "release"),
        ("omu_paperwork", "start ready", "check"),
        ("case_file", "propose_disposal", "dispose"),
    ],
)
def test_two_people_do_it(name: str, first: str, action: str) -> None:
    """Nobody checks their own work."""
    desk = desk_of(name, MONDAY, **(OLD if name == "case_file" else {}))
    for each in first.split():
        take(desk, desk.scheme.action_by_id[each])
    assert desk.do(action, by=amy(), note="Example") == [Code.PERSON]


@pytest.mark.parametrize(
    ("name", "opened", "first", "action"),
    [
        ("building_issue", P1, "report fix", "close"),
        ("building_risk", {}, "assess", "accept"),
        ("incident", {"kind": "threat"}, "review", "close"),
    ],
)
def test_it_is_not_ended_before_the_senior_person_was_told(
    name: str, opened: Values, first: str, action: str
) -> None:
    """Site and safety sheet, section 2."""
    desk = desk_of(name, MONDAY, **opened)
    for each in first.split():
        take(desk, desk.scheme.action_by_id[each])
    assert desk.do(action, note="Example") == [Code.CONDITION]
    take(desk, desk.scheme.action_by_id["tell_spos"])
    assert desk.item("tell_spos").status is Status.DONE
    assert not desk.do(action, note="Example")


def test_a_file_on_hold_is_not_disposed_of() -> None:
    """A hold does not move the date; it stops the disposal."""
    desk = desk_of("case_file", MONDAY, **OLD)
    take(desk, desk.scheme.action_by_id["hold"])
    assert desk.facts().value("on_hold") == "yes"
    refused = desk.do("propose_disposal", by=amy(), note="Example")
    assert refused == [Code.CONDITION]
    take(desk, desk.scheme.action_by_id["release_hold"])
    assert not desk.do("propose_disposal", by=amy(), note="Example")


def test_a_file_is_not_disposed_of_before_its_time() -> None:
    """Nor without a proposal."""
    desk = desk_of("case_file", MONDAY, closed_on="2019-03-02", retention_years=7)
    assert desk.do("propose_disposal", by=amy(), note="Example") == [Code.CONDITION]
    assert desk.do("dispose", "2026-03-03T10:00", by=amy()) == [Code.CONDITION]
    assert not desk.do("propose_disposal", by=amy(), note="Example")


def test_a_late_report_to_the_regulator_needs_a_reason() -> None:
    """Seventy-two hours after it was known, weekends included."""
    desk = desk_of("data_incident", MONDAY, aware_at=MONDAY, personal_data="yes")
    take(desk, desk.scheme.action_by_id["contain"])
    answers = {"risk": "risk", "personal_data": "yes"}
    assert not desk.do("assess", by=amy(), values=answers)
    take(desk, desk.scheme.action_by_id["learn"])
    assert Code.ITEMS in desk.do("close")
    for item in list(desk.case().open_items()):
        assert not desk.close(item.name)
    assert desk.do("close") == [Code.CONDITION]
    late = {"reported_to_ico_at": "2026-03-05T10:01"}
    assert desk.do("close", values=late) == [Code.CONDITION]
    assert not desk.do("close", values={**late, "delay_reason": "The post was slow"})


def test_a_report_within_seventy_two_hours_needs_no_reason() -> None:
    """The other side of the same guard."""
    desk = desk_of("data_incident", MONDAY, aware_at=MONDAY)
    take(desk, desk.scheme.action_by_id["contain"])
    assert not desk.do("assess", by=amy(), values={"risk": "risk"})
    take(desk, desk.scheme.action_by_id["learn"])
    for item in list(desk.case().open_items()):
        assert not desk.close(item.name)
    assert not desk.do("close", values={"reported_to_ico_at": "2026-03-05T10:00"})


def test_a_plan_needs_two_helpers_with_fresh_training() -> None:
    """Deputies do not count, nor do those who left."""
    desk = desk_of("peep", MONDAY)
    take(desk, desk.scheme.action_by_id["draft"])
    take(desk, desk.scheme.action_by_id["agree"])
    trained = {"agreed_by_person": "yes", "helpers_trained_on": "2025-03-02"}
    assert not desk.add("helper", "h1", values={"name": "H. First"})
    assert not desk.add("helper", "h2", values={"name": "H. Second", "deputy": "yes"})
    assert desk.do("put_in_force", values=trained) == [Code.CONDITION]
    assert not desk.add("helper", "h3", values={"name": "H. Third"})
    assert desk.do("put_in_force", "2026-03-03T10:00", values=trained) == [Code.CONDITION]
    trained["helpers_trained_on"] = "2025-03-03"
    trained["agreed_by_person"] = "no"
    assert desk.do("put_in_force", values=trained) == [Code.CONDITION]
    trained["agreed_by_person"] = "yes"
    assert not desk.close("h3", "left")
    assert desk.do("put_in_force", values=trained) == [Code.CONDITION]
    assert not desk.add("helper", "h4", values={"name": "H. Fourth"})
    assert not desk.do("put_in_force", values=trained)


def test_a_grand_master_is_issued_by_two_people() -> None:
    """One to hand it out, another to see it."""
    desk = desk_of("key", MONDAY, level="grand_master")
    answers = {"holder": "H. Example", "issued_at": MONDAY, "holder_authorised": "yes"}
    assert desk.do("issue", by=amy(), values=answers) == [Code.CONDITION]
    assert not desk.do("witness", by=amy())
    assert desk.do("issue", by=amy(), values=answers) == [Code.PERSON]
    assert not desk.do("issue", by=amy()._replace(id=BOB), values=answers)


def test_a_key_goes_to_those_on_its_list() -> None:
    """Others need the team leader and a note."""
    desk = desk_of("key", MONDAY)
    answers = {"holder": "H. Example", "issued_at": MONDAY}
    assert desk.do("issue", values={**answers, "holder_authorised": "no"}) == [Code.CONDITION]
    assert desk.do("issue_not_listed", by=amy(), values=answers) == [Code.NOTE]
    assert not desk.do("issue_not_listed", by=amy(), values=answers, note="Agreed")


def test_curfew_is_not_approved_with_less_than_fourteen_days_left() -> None:
    """The last day is the fourteenth before the release date."""
    desk = desk_of("omu_hdc", MONDAY, crd="2026-03-19")
    for each in ("send_address", "address_done", "submit"):
        take(desk, desk.scheme.action_by_id[each])
    assert desk.do("approve", "2026-03-06T09:00", by=amy()) == [Code.CONDITION]
    desk = desk_of("omu_hdc", MONDAY, crd="2026-03-20")
    for each in ("send_address", "address_done", "submit"):
        take(desk, desk.scheme.action_by_id[each])
    assert not desk.do("approve", "2026-03-06T09:00", by=amy())


def test_measures_against_a_person_last_twelve_months_at_most() -> None:
    """And a renewal begins another twelve."""
    desk = desk_of("pvp", MONDAY)
    take(desk, desk.scheme.action_by_id["assess"])
    answers = {"measures": ["escort"], "approved_by": "T. Leader"}
    long = {**answers, "valid_until": "2027-03-03"}
    at = "2026-03-02T12:00"
    assert desk.do("set_measures", at, by=amy(), values=long) == [Code.LIMIT]
    year = {**answers, "valid_until": "2027-03-02"}
    assert not desk.do("set_measures", at, by=amy(), values=year)
    assert write(desk.due("expire")) == "2027-03-02"
    at = "2027-02-01T10:00"
    assert not desk.do("renew", at, by=amy(), note="Again", values={"valid_until": "2028-01-31"})
    assert write(desk.due("expire#2")) == "2028-01-31"


def test_a_refund_too_late_needs_a_manager() -> None:
    """Paid earlier than three months before the application came."""
    late = {**FULL, "refund": "yes", "date_received": "2026-05-31", "fee_paid_on": "2026-02-27"}
    desk = desk_of("fee_help", MONDAY, **late)
    assert desk.do("grant") == [Code.CONDITION]
    take(desk, desk.scheme.action_by_id["use_discretion"])
    assert not desk.do("grant")
    desk = desk_of("fee_help", MONDAY, **{**late, "fee_paid_on": "2026-02-28"})
    assert not desk.do("grant")


def test_work_on_the_fabric_waits_for_the_asbestos_register() -> None:
    """It is read before anybody drills."""
    desk = desk_of("contractor_visit", MONDAY, fabric_work="yes")
    assert desk.do("arrive") == [Code.CONDITION]
    assert not desk.do("arrive", values={"asbestos_register_seen": "yes"})


def test_checks_stop_while_they_are_suspended() -> None:
    """What would have come due then is there, cancelled."""
    desk = desk_of("site_check", "2026-03-02T09:00", starts_on="2026-03-02")
    assert not desk.close("fire_alarm#1", "pass")
    assert not desk.do("suspend", "2026-03-03T09:00", note="Closed for works")
    assert not desk.do("resume", "2026-03-18T09:00")
    statuses = {item.name: item.status for item in desk.case().of_template("fire_alarm")}
    assert statuses["fire_alarm#2"] is Status.CANCELLED
    assert statuses["fire_alarm#3"] is Status.CANCELLED
    assert statuses["fire_alarm#4"] is Status.OPEN


def test_a_condition_of_a_resolution_runs_sixteen_weeks() -> None:
    """With a reminder two weeks before."""
    desk = desk_of("comm_resolution", MONDAY, agreed_on="2026-03-02")
    assert not desk.add("condition", "c1", values={"text": "Letter of apology"})
    assert write(desk.due("c1")) == "2026-06-22"
    assert write(desk.due("remind#c1")) == "2026-06-08"


def test_a_restricted_case_is_opened_by_anybody() -> None:
    """Anyone may report; only reading is restricted."""
    desk = Desk(schemes()["data_incident"])
    nobody = Person("new", frozenset({"officer"}))
    values = {"aware_at": MONDAY}
    assert not desk.take(
        Kind.OPEN, MONDAY, what="data_incident", version=1, values=values, by=nobody
    )
    assert desk.case().id == CASE
