"""Who may do what, in one table that screens and command line obey."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from deskapp.errors import NotAllowedError
from deskapp.i18n import N_, _


class Role(StrEnum):
    """What somebody is at the desk."""

    OFFICER = "officer"
    HEARING_ROOM = "hearing_room"
    TEAM_LEADER = "team_leader"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


ROLE_LABELS = {
    Role.OFFICER: N_("Officer"),
    Role.HEARING_ROOM: N_("Hearing-room user"),
    Role.TEAM_LEADER: N_("Team leader"),
    Role.MANAGER: N_("Manager"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


class Act(StrEnum):
    """What a role may or may not do."""

    TAKE_CONTACT = "take_contact"
    READ_CONTACTS = "read_contacts"
    ADD_NOTE = "add_note"
    FINISH_FOLLOW_UP = "finish_follow_up"
    READ_CASES = "read_cases"
    WORK_CASES = "work_cases"
    MANAGE_CASES = "manage_cases"
    INSTALL_SCHEMES = "install_schemes"
    GIVE_ROLES = "give_roles"


ACT_LABELS = {
    Act.TAKE_CONTACT: N_("take contacts"),
    Act.READ_CONTACTS: N_("read contacts"),
    Act.ADD_NOTE: N_("add notes to a contact"),
    Act.FINISH_FOLLOW_UP: N_("finish a follow-up"),
    Act.READ_CASES: N_("read cases"),
    Act.WORK_CASES: N_("work on cases"),
    Act.MANAGE_CASES: N_("hold cases or move them to another version"),
    Act.INSTALL_SCHEMES: N_("install schemes"),
    Act.GIVE_ROLES: N_("give roles"),
}

_CASE_STAFF = frozenset({Role.OFFICER, Role.HEARING_ROOM, Role.TEAM_LEADER, Role.MANAGER})
_LEADERS = frozenset({Role.TEAM_LEADER, Role.MANAGER})
_INSTALLERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})

MAY: dict[Act, frozenset[Role]] = {
    Act.TAKE_CONTACT: _CASE_STAFF,
    Act.READ_CONTACTS: _CASE_STAFF,
    Act.ADD_NOTE: _CASE_STAFF,
    Act.FINISH_FOLLOW_UP: _CASE_STAFF,
    Act.READ_CASES: _CASE_STAFF,
    Act.WORK_CASES: _CASE_STAFF,
    Act.MANAGE_CASES: _LEADERS,
    Act.INSTALL_SCHEMES: _INSTALLERS,
    Act.GIVE_ROLES: _INSTALLERS,
}


class User(NamedTuple):
    """Who sits at the desk. Sign-in on shared terminals will make one of these as well."""

    id: str
    name: str
    role: Role
    site: str
    scheme_roles: frozenset[str] = frozenset()
    """Roles that casework schemes name, beside the one of the app."""


def may(user: User, act: Act) -> bool:
    """Whether the role of ``user`` permits ``act``."""
    return user.role in MAY[act]


def require(user: User, act: Act) -> None:
    """Stop here unless ``user`` may do ``act``.

    Raises:
        NotAllowedError: With who can do it instead.
    """
    if may(user, act):
        return
    able = ", ".join(_(ROLE_LABELS[role]) for role in Role if role in MAY[act])
    raise NotAllowedError(
        _("Your role, {role}, cannot {act}. These can: {able}.").format(
            role=_(ROLE_LABELS[user.role]), act=_(ACT_LABELS[act]), able=able
        )
    )
