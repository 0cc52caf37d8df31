"""Where one can go from every screen: each desk once, with its letter and who may go there."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NamedTuple

from textual.screen import Screen

from deskapp.i18n import N_
from deskapp.roles import Act, User, may


class Place(NamedTuple):
    """A desk that the Go to menu leads to."""

    letter: str
    label: str
    """Untranslated."""
    act: Act
    """What one must be allowed to do to go there."""
    name: str
    """Module and class of its screen, imported when somebody goes there."""
    figures: bool = False
    """It is reports, which stand together behind one letter of their own."""
    over: bool = False
    """Whether it lies over what is open, as a calculator does; a desk takes its place."""


PLACES = (
    Place(
        "E",
        N_("Enquiries: every contact"),
        Act.READ_CONTACTS,
        name="enquiries.EnquiriesScreen",
    ),
    Place(
        "P",
        N_("Persons: everybody by name"),
        Act.READ_CONTACTS,
        name="persons.PersonsScreen",
    ),
    Place(
        "B",
        N_("Callbacks: who is rung back"),
        Act.READ_CONTACTS,
        name="callbacks.CallbacksScreen",
    ),
    Place(
        "C",
        N_("Casework: every case and what is due"),
        Act.READ_CASES,
        name="cases.CasesScreen",
    ),
    Place(
        "U",
        N_("Complaints: who is owed an answer"),
        Act.READ_COMPLAINTS,
        name="complaints.ComplaintsScreen",
    ),
    Place(
        "J",
        N_("Jury: the day, jurors, trials"),
        Act.READ_JURY,
        name="jury.JuryDeskScreen",
    ),
    Place(
        "G",
        N_("Hearings: the board of the day"),
        Act.READ_HEARINGS,
        name="hearings.HearingsScreen",
    ),
    Place(
        "I",
        N_("Interpreters: who is booked and who is here"),
        Act.READ_BOOKINGS,
        name="interpreters.InterpretersScreen",
    ),
    Place(
        "M",
        N_("Markers: what waits for review"),
        Act.DECIDE_MARKERS,
        name="markers.MarkersScreen",
    ),
    Place(
        "O",
        N_("OPTIC: what is still to be entered"),
        Act.READ_COMPLAINTS,
        name="optic.OpticScreen",
    ),
    Place(
        "T",
        N_("Turnaround: how long papers take"),
        Act.READ_CONTACTS,
        name="turnaround.TurnaroundScreen",
    ),
    Place(
        "K",
        N_("Knowledge: local articles, flags, reviews"),
        Act.WRITE_KNOWLEDGE,
        name="knowledge.KnowledgeScreen",
    ),
    Place(
        "Y",
        N_("Daily list: what must be done today"),
        Act.READ_CASES,
        name="daily.DailyScreen",
    ),
    Place(
        "D",
        N_("Diary: judges, rooms and staff"),
        Act.READ_CASES,
        name="diary.DiaryScreen",
    ),
    Place(
        "L",
        N_("Leave the building: who needs help"),
        Act.READ_CASES,
        name="leaving.LeavingScreen",
    ),
    Place(
        "W",
        N_("Written twice: which value stands"),
        Act.DECIDE_CONFLICTS,
        name="conflicts.ConflictsScreen",
    ),
    Place(
        "N",
        N_("Not taken by central: what to do"),
        Act.DECIDE_CONFLICTS,
        name="set_aside.SetAsideScreen",
    ),
    Place(
        "X",
        N_("Disposal: what need no longer be kept"),
        Act.MANAGE_CASES,
        name="disposal.DisposalScreen",
    ),
    Place(
        "Z",
        N_("Juror estimate: what a caller may expect"),
        Act.TAKE_CONTACT,
        name="jury_estimate.JuryEstimateScreen",
        over=True,
    ),
    Place(
        "E",
        N_("Figures of enquiries: contacts, times, outcomes"),
        Act.READ_REPORTS,
        name="reports.ReportsScreen",
        figures=True,
    ),
    Place(
        "U",
        N_("Figures of complaints: by stage, lessons learned"),
        Act.READ_REPORTS,
        name="complaint_reports.ComplaintReportsScreen",
        figures=True,
    ),
    Place(
        "C",
        N_("Figures of casework: the reports of each scheme"),
        Act.READ_CASES,
        name="case_reports.CaseReportsScreen",
        figures=True,
    ),
    Place(
        "S",
        N_("Samples of casework: closed cases to look at again"),
        Act.READ_CASES,
        name="case_samples.CaseSamplesScreen",
        figures=True,
    ),
    Place(
        "J",
        N_("Figures of jury service: lists to print, attendance, use"),
        Act.READ_JURY,
        name="jury_reports.JuryReportsScreen",
        figures=True,
    ),
    Place(
        "G",
        N_("Figures of hearing days: results, adjournments, needs"),
        Act.READ_HEARINGS,
        name="hearing_papers.HearingFiguresScreen",
        figures=True,
    ),
    Place(
        "I",
        N_("Figures of interpreters: by language, outcome, month"),
        Act.READ_BOOKINGS,
        name="interpreter_reports.InterpreterReportsScreen",
        figures=True,
    ),
)


def open_to(user: User) -> list[Place]:
    """The desks that ``user`` may go to."""
    return [place for place in PLACES if may(user, place.act)]


def screen(name: str, *arguments: Any) -> Screen[Any]:
    """A new screen, by its module below ``deskapp.screens`` and its class."""
    module, _dot, made = name.rpartition(".")
    shown: Screen[Any] = getattr(import_module(f"deskapp.screens.{module}"), made)(*arguments)
    return shown
