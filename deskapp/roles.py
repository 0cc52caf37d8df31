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
    EXCEED_CALLBACKS = "exceed_callbacks"
    READ_REPORTS = "read_reports"
    READ_OFFICER_FIGURES = "read_officer_figures"
    READ_CASES = "read_cases"
    WORK_CASES = "work_cases"
    MANAGE_CASES = "manage_cases"
    BOOK_DUTY = "book_duty"
    WORK_PERSONS = "work_persons"
    SET_MARKERS = "set_markers"
    DECIDE_MARKERS = "decide_markers"
    INSTALL_SCHEMES = "install_schemes"
    GIVE_ROLES = "give_roles"
    READ_KNOWLEDGE = "read_knowledge"
    WRITE_KNOWLEDGE = "write_knowledge"
    APPROVE_KNOWLEDGE = "approve_knowledge"
    READ_COMPLAINTS = "read_complaints"
    WORK_COMPLAINTS = "work_complaints"
    MANAGE_COMPLAINTS = "manage_complaints"
    REVIEW_COMPLAINTS = "review_complaints"
    DECIDE_EX_GRATIA = "decide_ex_gratia"
    EXPORT_COMPLAINTS = "export_complaints"
    SET_COMPLAINT_RULES = "set_complaint_rules"
    EXCHANGE = "exchange"
    FORK_DESK = "fork_desk"
    DECIDE_CONFLICTS = "decide_conflicts"
    READ_HEARINGS = "read_hearings"
    IMPORT_LISTS = "import_lists"
    READ_JURY = "read_jury"
    WORK_JURY = "work_jury"
    IMPORT_JURY = "import_jury"
    MANAGE_JURY = "manage_jury"
    ALLOW_LATE_DEFERRAL = "allow_late_deferral"
    APPROVE_JURY_EXPENSES = "approve_jury_expenses"
    RUN_HEARINGS = "run_hearings"
    WORK_NEEDS = "work_needs"
    MANAGE_HEARINGS = "manage_hearings"
    READ_BOOKINGS = "read_bookings"
    WORK_BOOKINGS = "work_bookings"
    CARRY_BOOKINGS = "carry_bookings"
    ATTEND_BOOKINGS = "attend_bookings"
    MANAGE_BOOKINGS = "manage_bookings"


ACT_LABELS = {
    Act.TAKE_CONTACT: N_("take contacts"),
    Act.READ_CONTACTS: N_("read contacts"),
    Act.ADD_NOTE: N_("add notes to a contact"),
    Act.FINISH_FOLLOW_UP: N_("finish a follow-up"),
    Act.EXCEED_CALLBACKS: N_("book a full half hour or a fourth try"),
    Act.READ_REPORTS: N_("read reports"),
    Act.READ_OFFICER_FIGURES: N_("read the figures of each officer"),
    Act.READ_CASES: N_("read cases"),
    Act.WORK_CASES: N_("work on cases"),
    Act.MANAGE_CASES: N_("hold cases, dispose of them or move them to another version"),
    Act.BOOK_DUTY: N_("book the senior person on site"),
    Act.WORK_PERSONS: N_("change, link or unlink persons"),
    Act.SET_MARKERS: N_("set or propose markers"),
    Act.DECIDE_MARKERS: N_("approve, renew or end markers"),
    Act.INSTALL_SCHEMES: N_("install schemes"),
    Act.GIVE_ROLES: N_("give roles"),
    Act.READ_KNOWLEDGE: N_("read local articles"),
    Act.WRITE_KNOWLEDGE: N_("write local articles"),
    Act.APPROVE_KNOWLEDGE: N_("approve or withdraw local articles"),
    Act.READ_COMPLAINTS: N_("read complaints"),
    Act.WORK_COMPLAINTS: N_("log complaints and work on them"),
    Act.MANAGE_COMPLAINTS: N_("give out, correct, reopen or void complaints"),
    Act.REVIEW_COMPLAINTS: N_("review the answer to a complaint"),
    Act.DECIDE_EX_GRATIA: N_("record what was decided on an ex gratia payment"),
    Act.EXPORT_COMPLAINTS: N_("export complaints"),
    Act.SET_COMPLAINT_RULES: N_("set the calendar and targets of complaints"),
    Act.EXCHANGE: N_("exchange with the central database"),
    Act.FORK_DESK: N_("make a copied store a desk of its own"),
    Act.DECIDE_CONFLICTS: N_("decide between values that were written twice"),
    Act.READ_HEARINGS: N_("read hearings"),
    Act.IMPORT_LISTS: N_("import lists of hearings"),
    Act.READ_JURY: N_("read what is known of jurors"),
    Act.WORK_JURY: N_("check jurors in and work on their service"),
    Act.IMPORT_JURY: N_("import jurors or export what was recorded of them"),
    Act.MANAGE_JURY: N_("settle locked days or take back a completion"),
    Act.ALLOW_LATE_DEFERRAL: N_("allow a deferral beyond the latest date"),
    Act.APPROVE_JURY_EXPENSES: N_("approve what jurors are paid"),
    Act.RUN_HEARINGS: N_("record what happens in a hearing room"),
    Act.WORK_NEEDS: N_("enter support needs and what was decided on them"),
    Act.MANAGE_HEARINGS: N_("correct results or close a day of hearings"),
    Act.READ_BOOKINGS: N_("read interpreter bookings"),
    Act.WORK_BOOKINGS: N_("book interpreters"),
    Act.CARRY_BOOKINGS: N_("keep a booking for the next hearing of the case"),
    Act.ATTEND_BOOKINGS: N_("record the attendance of interpreters"),
    Act.MANAGE_BOOKINGS: N_("correct timesheets, decide double bookings or export figures"),
}

_CASE_STAFF = frozenset({Role.OFFICER, Role.HEARING_ROOM, Role.TEAM_LEADER, Role.MANAGER})
_DESK_STAFF = _CASE_STAFF - {Role.HEARING_ROOM}
_LEADERS = frozenset({Role.TEAM_LEADER, Role.MANAGER})
_JURY_STAFF = _LEADERS | {Role.OFFICER}
_INSTALLERS = frozenset({Role.MANAGER, Role.ADMINISTRATOR})

MAY: dict[Act, frozenset[Role]] = {
    Act.TAKE_CONTACT: _CASE_STAFF,
    Act.READ_CONTACTS: _CASE_STAFF,
    Act.ADD_NOTE: _CASE_STAFF,
    Act.FINISH_FOLLOW_UP: _CASE_STAFF,
    Act.EXCEED_CALLBACKS: _LEADERS,
    Act.READ_REPORTS: _CASE_STAFF,
    Act.READ_OFFICER_FIGURES: frozenset({Role.TEAM_LEADER}),
    Act.READ_CASES: _CASE_STAFF,
    Act.WORK_CASES: _CASE_STAFF,
    Act.MANAGE_CASES: _LEADERS,
    Act.BOOK_DUTY: _LEADERS,
    Act.WORK_PERSONS: _CASE_STAFF,
    Act.SET_MARKERS: _CASE_STAFF,
    Act.DECIDE_MARKERS: _LEADERS,
    Act.INSTALL_SCHEMES: _INSTALLERS,
    Act.GIVE_ROLES: _INSTALLERS,
    Act.READ_KNOWLEDGE: _CASE_STAFF,
    Act.WRITE_KNOWLEDGE: _CASE_STAFF,
    Act.APPROVE_KNOWLEDGE: _LEADERS,
    Act.READ_COMPLAINTS: _CASE_STAFF,
    Act.WORK_COMPLAINTS: _CASE_STAFF,
    Act.MANAGE_COMPLAINTS: _LEADERS,
    Act.REVIEW_COMPLAINTS: _LEADERS,
    Act.DECIDE_EX_GRATIA: frozenset({Role.MANAGER}),
    Act.EXPORT_COMPLAINTS: frozenset(Role),
    Act.SET_COMPLAINT_RULES: frozenset({Role.ADMINISTRATOR}),
    Act.EXCHANGE: frozenset(Role),
    Act.FORK_DESK: _LEADERS,
    Act.DECIDE_CONFLICTS: _LEADERS,
    Act.READ_HEARINGS: _CASE_STAFF,
    Act.IMPORT_LISTS: _LEADERS,
    Act.READ_JURY: _JURY_STAFF,
    Act.WORK_JURY: _JURY_STAFF,
    Act.IMPORT_JURY: _JURY_STAFF,
    Act.MANAGE_JURY: _LEADERS,
    Act.ALLOW_LATE_DEFERRAL: frozenset({Role.MANAGER}),
    Act.APPROVE_JURY_EXPENSES: frozenset({Role.MANAGER}),
    Act.RUN_HEARINGS: _CASE_STAFF,
    Act.WORK_NEEDS: _DESK_STAFF,
    Act.MANAGE_HEARINGS: _LEADERS,
    Act.READ_BOOKINGS: _CASE_STAFF,
    Act.WORK_BOOKINGS: _DESK_STAFF,
    Act.CARRY_BOOKINGS: _CASE_STAFF,
    Act.ATTEND_BOOKINGS: _CASE_STAFF,
    Act.MANAGE_BOOKINGS: _LEADERS,
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
