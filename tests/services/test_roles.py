"""One table says who may do what; screens and command line obey it."""

from __future__ import annotations

import pytest

from deskapp.errors import Exit, NotAllowedError
from deskapp.roles import ACT_LABELS, MAY, ROLE_LABELS, Act, Role, User, may, require


def somebody(role: Role) -> User:
    """A user with this role."""
    return User("id", "Ann Jones", role, "site")


def test_every_role_and_act_has_a_label_and_a_line_in_the_table() -> None:
    """A refusal must be able to name both."""
    assert set(ROLE_LABELS) == set(Role)
    assert set(ACT_LABELS) == set(MAY) == set(Act)
    assert all(MAY.values())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_require_agrees_with_may(role: Role, act: Act) -> None:
    """What a screen shows as possible is possible."""
    if may(somebody(role), act):
        require(somebody(role), act)
    else:
        with pytest.raises(NotAllowedError):
            require(somebody(role), act)


@pytest.mark.parametrize(
    "act",
    [
        Act.TAKE_CONTACT,
        Act.READ_CONTACTS,
        Act.ADD_NOTE,
        Act.FINISH_FOLLOW_UP,
        Act.READ_REPORTS,
        Act.READ_CASES,
        Act.WORK_CASES,
    ],
)
def test_casework_is_for_everybody_but_the_administrator(act: Act) -> None:
    """Who keeps the machines running sees no names."""
    able = {role for role in Role if may(somebody(role), act)}
    assert able == set(Role) - {Role.ADMINISTRATOR}


def test_only_leaders_hold_cases() -> None:
    """A hold stops the disposal of a record for years."""
    able = {role for role in Role if may(somebody(role), Act.MANAGE_CASES)}
    assert able == {Role.TEAM_LEADER, Role.MANAGER}


def test_figures_of_each_officer_are_for_the_team_leader_alone() -> None:
    """Source: enquiries sheet, section 14."""
    able = {role for role in Role if may(somebody(role), Act.READ_OFFICER_FIGURES)}
    assert able == {Role.TEAM_LEADER}


def test_refusal_says_who_can_do_it_instead() -> None:
    """The officer knows whom to ask."""
    with pytest.raises(NotAllowedError) as caught:
        require(somebody(Role.ADMINISTRATOR), Act.TAKE_CONTACT)
    assert str(caught.value) == (
        "Your role, Administrator, cannot take contacts."
        " These can: Officer, Hearing-room user, Team leader, Manager."
    )
    assert caught.value.exit_code is Exit.NOT_ALLOWED
