"""Which screen shows a record: each kind once, so that lists, links and Home open all alike."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from deskapp.screens import places
from deskapp.services import kinds
from deskapp.services.knowledge import to_review

CONTACTS = "contacts"
"""The list of contacts; its record is the words that it is searched for."""
CLAIM = "juror_claim"
"""What a juror claims, by their number."""
JUROR, POOL, TRIAL = "juror", "jury_pool", "trial"
"""A juror goes by their number or the id of any of their rows, a pool by its number."""
SCREENS = {
    kinds.CONTACT: "contact_record.ContactRecordScreen",
    kinds.CALLBACK: "callback_card.CallbackScreen",
    kinds.PERSON: "person.PersonScreen",
    kinds.CASE: "case_record.CaseRecordScreen",
    kinds.COMPLAINT: "complaint_record.ComplaintRecordScreen",
    kinds.HEARING: "hearing_record.HearingRecordScreen",
    kinds.BOOKING: "booking_record.BookingScreen",
    kinds.INTERPRETER: "interpreter_record.InterpreterScreen",
    "conflict": "conflicts.ConflictsScreen",
    "change_log": "set_aside.SetAsideScreen",
    "article": "article.ArticleScreen",
    to_review.KIND: "local_item.LocalItemScreen",
    to_review.LISTED: "knowledge.KnowledgeScreen",
    "court": "court.CourtScreen",
    "persons": "persons.PersonsScreen",
    CONTACTS: "enquiries.EnquiriesScreen",
    "cases": "cases.CasesScreen",
    "complaints": "complaints.ComplaintsScreen",
    kinds.JUROR: "jury_juror.JurorScreen",
    "juror_in_pool": "jury_juror.JurorScreen",
    "attendance": "jury_juror.JurorScreen",
    "attendance_expense": "jury_juror.JurorScreen",
    "jurors": "jury_lists.JuryListsScreen",
    "jury_day": "jury.JuryDeskScreen",
    POOL: "jury_pools.PoolScreen",
    kinds.TRIAL: "jury_trial.TrialScreen",
    CLAIM: "jury_expense_claim.JurorClaimScreen",
    "hearings": "hearings.HearingsScreen",
    "bookings": "interpreters.InterpretersScreen",
    "juror_claims": "jury_expenses.JuryExpensesScreen",
    "papers": "turnaround.TurnaroundScreen",
}
"""By table; a court stands in no table and goes by its key, a list by the words it is searched for.
"""

SCRIPT = "script"
"""A script has no screen of its own: it opens over a contact, ``screens/script_open.py``."""


def known(kind: str) -> bool:
    """Whether records of this kind can be opened."""
    return kind in SCREENS or kind == SCRIPT


def screen_of(kind: str, record_id: str) -> Screen[Any]:
    """The screen that shows one record, or one list."""
    return places.screen(SCREENS[kind], record_id)
