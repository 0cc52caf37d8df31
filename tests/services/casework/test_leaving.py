"""Who needs help to leave: nobody is left out, and only the roles of the scheme see it."""

from __future__ import annotations

import pytest

from deskapp import i18n
from deskapp.errors import NotAllowedError, NotFoundError
from deskapp.services.casework import cases, leaving
from tests.services.casework.shipped import ShippedHand


def a_plan(hand: ShippedHand, person: str, *, in_force: bool = True, **fields: object) -> str:
    """A plan with two helpers and a deputy."""
    hand.being("fire_warden")
    plan = hand.open("peep", person=person, **{"kind": "standing", **fields})
    for name, deputy in (("Cai Deputy", "yes"), ("Dai Helper", "no"), ("Eira Helper", "no")):
        hand.add(plan, "helper", name=name, deputy=deputy)
    if in_force:
        agreed = {"agreed_on": "2026-11-01", "agreed_by_person": "yes"}
        hand.call(cases.do, plan, "draft")
        hand.call(cases.do, plan, "agree", agreed)
        hand.call(cases.do, plan, "put_in_force", {"helpers_trained_on": "2026-11-01"})
    return plan


def the_list(hand: ShippedHand) -> str:
    """The list as it goes on paper."""
    return leaving.as_text(hand.call(leaving.today), hand.acting)


def test_the_list_says_who_where_what_and_who_helps(shipped: ShippedHand) -> None:
    """It is read by somebody who has a minute."""
    a_plan(shipped, "Ann Example", rooms="Court 2", needs=["mobility"], refuge_point="Stair B")
    text = the_list(shipped)
    assert "[ ] Ann Example, Court 2" in text
    assert "Needs: Mobility" in text
    assert "Refuge point: Stair B" in text
    assert "Helpers: Dai Helper, Eira Helper, Cai Deputy (deputy)" in text
    assert "1 person" in text


def test_a_visit_counts_on_its_day_alone(shipped: ShippedHand) -> None:
    """Tomorrow's visitor is not looked for today."""
    a_plan(shipped, "Ann Today", kind="visit", visit_on="2026-11-18")
    a_plan(shipped, "Ben Tomorrow", kind="visit", visit_on="2026-11-19")
    assert "Ann Today" in the_list(shipped)
    assert "Ben Tomorrow" not in the_list(shipped)


def test_a_visit_of_today_counts_before_its_plan_is_in_force(shipped: ShippedHand) -> None:
    """A person is in the building whatever their papers say."""
    a_plan(shipped, "Ann Example", in_force=False, kind="visit", visit_on="2026-11-18")
    a_plan(shipped, "Ben Example", in_force=False)
    text = the_list(shipped)
    assert "Ann Example" in text
    assert "NOT IN FORCE" in text
    assert "Ben Example" not in text


def test_a_plan_that_is_changed_stays_on_the_list(shipped: ShippedHand) -> None:
    """While it is written anew nobody else knows that this person needs help."""
    plan = a_plan(shipped, "Ann Example")
    shipped.call(cases.do, plan, "change", note="New room")
    text = the_list(shipped)
    assert "Ann Example" in text
    assert "NOT IN FORCE" in text


def test_a_plan_out_of_date_is_shown_as_such(shipped: ShippedHand) -> None:
    """It is better than none, and whoever helps must know."""
    a_plan(shipped, "Ann Example", valid_until="2026-11-17")
    assert "OUT OF DATE since 17 Nov 2026" in the_list(shipped)


def test_an_ended_plan_is_not_on_the_list(shipped: ShippedHand) -> None:
    """Nobody runs back for somebody who left."""
    plan = a_plan(shipped, "Ann Example")
    shipped.call(cases.do, plan, "end")
    text = the_list(shipped)
    assert "Ann Example" not in text
    assert "No plan for today is on this desk" in text


def test_only_the_roles_of_the_scheme_see_the_list(shipped: ShippedHand) -> None:
    """Health data; others are told whom to ask."""
    a_plan(shipped, "Ann Example")
    shipped.being()
    with pytest.raises(NotAllowedError) as caught:
        shipped.call(leaving.today)
    assert "Team leader" in str(caught.value)
    assert "Fire warden" in str(caught.value)


def test_each_list_is_kept_as_a_view_of_each_plan_on_it(shipped: ShippedHand) -> None:
    """Every view of a restricted case is an event."""
    a_plan(shipped, "Ann Example")
    a_plan(shipped, "Ben Tomorrow", kind="visit", visit_on="2026-11-19")
    before = shipped.rows("SELECT count(*) FROM case_event WHERE kind = 'view'")
    shipped.call(leaving.today)
    after = shipped.rows("SELECT count(*) FROM case_event WHERE kind = 'view'")
    assert after[0][0] == before[0][0] + 1


def test_the_list_is_in_the_language_in_use(shipped: ShippedHand) -> None:
    """The labels come from the scheme, which has both."""
    a_plan(shipped, "Ann Example", needs=["sight"])
    i18n.use("cy")
    text = the_list(shipped)
    assert "Anghenion: Golwg" in text
    assert "Who needs help" not in text


def test_a_helper_sees_the_plans_that_name_them_and_no_other(shipped: ShippedHand) -> None:
    """Health data: whoever helps knows whom to help; the view is kept, and no case is opened."""
    plan = a_plan(shipped, "Ann Example")
    other = a_plan(shipped, "Ben Example")
    shipped.add(other, "helper", name=f"  {shipped.user.name.upper()} ")
    before = shipped.count("case_event")
    shipped.being()
    text = the_list(shipped)
    assert "Ben Example" in text
    assert "Ann Example" not in text
    assert shipped.count("case_event") == before + 1
    for case_id in (plan, other):
        with pytest.raises(NotFoundError):
            shipped.look(case_id)
    shipped.user = shipped.user._replace(name="Nobody Named")
    with pytest.raises(NotAllowedError, match="helper whom a plan names"):
        the_list(shipped)
