"""Who may take which action of the shipped schemes, with which words and papers: as the sheets say.

Every line is from the tables of the casework sheet, part 2, and of the site and safety sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from deskapp.services.casework.events import Code, Person
from deskapp.services.casework.vocabulary import NoteNeed
from tests.services.casework.test_shipped_schemes import MONDAY, desk_of, schemes

Words = Mapping[str, str]

ROLES: Mapping[str, Words] = {
    "cond_caution": {
        "accept_excuse": "supervisor",
        "vary": "supervisor",
        "charge": "supervisor",
        "end_no_action": "supervisor",
    },
    "omu_paperwork": {
        "check": "hub_manager senior_case_admin",
        "send": "hub_manager senior_case_admin",
    },
    "omu_hdc": {"approve": "decision_maker", "refuse": "decision_maker"},
    "daily_list": {
        "close_day": "senior team_leader",
        "close_day_with_note": "senior team_leader",
    },
    "fee_help": {"use_discretion": "manager"},
    "pvp": {
        "assess": "team_leader",
        "set_measures": "team_leader",
        "renew": "team_leader",
        "end": "team_leader",
    },
    "key": {"issue_not_listed": "team_leader"},
    "case_file": {
        "hold": "team_leader",
        "release_hold": "team_leader",
        "propose_disposal": "team_leader",
        "dispose": "team_leader",
    },
    "data_incident": {
        "assess": "data_lead",
        "near_miss": "data_lead",
        "not_an_incident": "data_lead",
    },
}
"""Every action of every scheme that is not for everybody."""
OF_ITEMS: Mapping[str, Words] = {
    "pvp": {"expire": "team_leader"},
    "key": {"decide_locks": "team_leader"},
    "case_file": {"disposal_hold": "team_leader"},
}
NOTES: Words = {
    "isc": "not_suitable privilege revoke transfer",
    "isc_breach": "withdraw",
    "cond_caution": "accept_excuse decline end_no_action report_breach vary",
    "comm_resolution": "fail withdraw",
    "omu_paperwork": "return_for_correction withdraw",
    "omu_sentence_calc": "return_for_correction",
    "building_issue": "escalate not_an_issue reopen",
    "incident": "hold not_an_incident reopen send_back",
    "peep": "change",
    "key": "destroy found issue_not_listed",
    "pvp": "new_information renew",
    "safeguarding": "decide no_action",
    "case_file": "hold propose_disposal release_hold transfer",
    "data_incident": "near_miss not_an_incident",
    "daily_list": "close_day_with_note",
    "fee_help": "use_discretion",
}
FIELDS: Mapping[str, Words] = {
    "isc": {
        "suitable": "psr_received_on sentence_hearing_on",
        "sentence": "sentenced_on order_type order_ends_on requirements",
    },
    "isc_breach": {"list": "hearing_on", "deal": "decision"},
    "cond_caution": {"give": "given_on authorised_by", "charge": "charge_ref"},
    "omu_hdc": {
        "ineligible": "ineligible_reason",
        "send_address": "sent_at",
        "refuse": "refused_reason",
        "postpone": "postponed_reason",
    },
    "listing_request": {"list": "hearing_on"},
    "means": {"vary": "reason", "step": "step_kind"},
    "building_issue": {"report": "helpdesk_ref", "duplicate": "duplicate_of"},
    "key": {"issue": "holder issued_at"},
    "pvp": {"set_measures": "measures valid_until approved_by"},
    "case_file": {"send": "sent_at with_whom"},
}
PERSONS: Mapping[str, Words] = {
    "omu_paperwork": {"check": "ready"},
    "omu_sentence_calc": {"check": "calculated"},
    "omu_release": {"release": "check_final"},
    "key": {"issue": "witness", "issue_not_listed": "witness"},
    "case_file": {"send": "check_addressee", "dispose": "propose_disposal"},
}


def found(kind: str) -> dict[str, dict[str, str]]:
    """What the actions of each scheme say, of those that say something."""
    said = {
        name: {each.id: " ".join(sorted(each.roles)) for each in scheme.actions if each.roles}
        if kind == "roles"
        else {each.id: each.different_person for each in scheme.actions if each.different_person}
        for name, scheme in schemes().items()
    }
    return {name: actions for name, actions in said.items() if actions}


def test_roles_stand_where_the_sheets_name_them_and_nowhere_else() -> None:
    """A role too many keeps people from their work, one too few lets anybody decide."""
    assert found("roles") == ROLES
    items = {
        name: {each.id: " ".join(sorted(each.roles)) for each in scheme.templates if each.roles}
        for name, scheme in schemes().items()
    }
    assert {name: of for name, of in items.items() if of} == OF_ITEMS


def test_another_person_is_called_for_where_the_sheets_say_so() -> None:
    """Two people for what cannot be taken back."""
    assert found("persons") == PERSONS


@pytest.mark.parametrize("name", NOTES)
def test_these_actions_need_words(name: str) -> None:
    """A reason that somebody can read later."""
    needed = {each.id for each in schemes()[name].actions if each.note is NoteNeed.REQUIRED}
    assert needed == set(NOTES[name].split())


@pytest.mark.parametrize("name", FIELDS)
def test_these_actions_need_answers(name: str) -> None:
    """Nothing can be worked out without them."""
    actions = schemes()[name].action_by_id
    said = {action: " ".join(actions[action].needs_fields) for action in FIELDS[name]}
    assert said == FIELDS[name]


def test_a_data_incident_is_closed_with_everything_that_is_required() -> None:
    """What was called for, whichever it was."""
    scheme = schemes()["data_incident"]
    required = {each.id for each in scheme.templates if each.required}
    assert set(scheme.action_by_id["close"].needs_items) == required
    assert required == {
        "tell_manager",
        "contain",
        "central_report",
        "assess_risk",
        "ico_notify",
        "tell_people",
        "lessons",
    }


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, []),
        ({"fabric_work": "no"}, []),
        ({"fabric_work": "yes"}, [Code.CONDITION]),
        ({"fabric_work": "yes", "asbestos_register_seen": "unknown"}, [Code.CONDITION]),
        ({"fabric_work": "yes", "asbestos_register_seen": "yes"}, []),
    ],
)
def test_nobody_works_on_the_fabric_before_the_register_was_seen(
    given: Words, refused: list[Code]
) -> None:
    """Asbestos: site and safety sheet, section 9."""
    assert desk_of("contractor_visit", MONDAY).do("arrive", values=given) == refused


def test_conditions_are_added_before_giving_or_on_varying() -> None:
    """Nobody is given more than they agreed to. Source: casework sheet, section 2.3."""
    desk = desk_of("cond_caution", MONDAY)
    said = {"text": "Letter of apology"}
    lead = Person("sup", frozenset({"officer", "supervisor"}))
    assert not desk.add("condition", "c1", values=said)
    assert not desk.do("give", values={"given_on": "2026-03-02", "authorised_by": "Sgt Example"})
    assert desk.add("condition", "c2", values=said) == [Code.STAGE]
    assert not desk.do("vary", by=lead, note="A course was found")
    assert not desk.add("condition", "c2", values=said)
    assert not desk.do("report_breach", note="Did not come")
    assert desk.add("condition", "c3", values=said) == [Code.STAGE]
    assert not desk.do("accept_excuse", by=lead, note="Was ill")
    assert desk.add("condition", "c3", values=said) == [Code.STAGE]
    assert not desk.do("report_breach", note="Did not come again")
    assert not desk.do("vary", by=lead, note="Another day")
    assert not desk.add("condition", "c3", values=said)
