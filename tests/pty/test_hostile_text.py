"""S1 and S2: text of people is shown as it stands and obeyed by nobody, on every screen.

The screens are discovered: a new one fails here until it has its step in the walk.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.core import TyperGroup

from deskapp.cli.main import every_command, run
from deskapp.data import vault
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services import desk, drafts, local_files
from deskapp.services.casework import cases, shelf
from deskapp.services.casework.acting import Acting
from deskapp.services.complaints import act, handover
from deskapp.services.complaints import log as complaint_log
from deskapp.services.complaints.acting import acting_on
from deskapp.services.complaints.drafts import ComplaintDraft
from deskapp.services.complaints.events import Code
from deskapp.services.dates import Nation
from deskapp.services.enquiries import contact_lines, contacts
from deskapp.services.jury import (
    by_list,
    claim_entry,
    claim_rows,
    claim_state,
    claiming,
    doing,
    trials,
)
from deskapp.services.jury.asks import Do
from deskapp.services.jury.trials import TrialDraft
from deskapp.services.knowledge import flags, misses
from deskapp.services.knowledge.flags import Flagged, FlagKind
from deskapp.services.knowledge.misses import Miss
from deskapp.services.persons import marker_work, safe_contact
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.safe_contact import SafeAnswers
from tests.builders import SITE, SetClock, a_draft, save
from tests.discovery import screen_names
from tests.jury_desk import JuryDesk
from tests.jury_desk import number as juror_number
from tests.pty import hostile_bookings, hostile_hearings
from tests.pty.desk_terminal import (
    CTRL_G,
    CTRL_N,
    CTRL_O,
    CTRL_P,
    CTRL_Q,
    CTRL_R,
    DOWN,
    ENTER,
    ESCAPE,
    F1,
    F2,
    F3,
    F4,
    F5,
    F8,
    F9,
    F10,
    TAB,
    THIN,
    UP,
    pasted,
    warm_terminal,
)
from tests.pty.hostile import CLICK, HOSTILE, LONG, MARKED, NAME, obeyed, obeyed_in_lines, poison
from tests.services.knowledge.local_desk import Writing

SHOWN, MARKUP = re.escape(NAME), re.escape(CLICK)


class Step(NamedTuple):
    """What is pressed, what then stands on the screen, and which screen that is."""

    keys: str
    sign: str
    screen: str


STORED = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_P, "What do you want", "Pick"),
    Step(ESCAPE, "deskapp +Home", "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("e", f"deskapp +Enquiries[^\0]*{SHOWN}", "EnquiriesScreen"),
    Step(DOWN, SHOWN, "EnquiriesScreen"),
    Step(ENTER, f"deskapp +Contact record[^\0]*{SHOWN} {MARKUP}", "ContactRecordScreen"),
    Step(CTRL_O, f"deskapp +Person[^\0]*{SHOWN}", "PersonScreen"),
    Step(F1, "Help: Person", "Help"),
    Step(ESCAPE, f"deskapp +Person[^\0]*{SHOWN}", "PersonScreen"),
    Step(ESCAPE, "deskapp +Contact record", "ContactRecordScreen"),
    Step(F3, "Words of the caller", "FindScreen"),
    Step("jones", f"Person +[^\0]*{SHOWN}[^\0]*Contact", "FindScreen"),
    Step("\x7f" * 5 + "aberystwyth justice", "Court +Aberystwyth Justice", "FindScreen"),
    Step(ENTER + ENTER, "deskapp +Court ", "CourtScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("p", f"deskapp +Persons[^\0]*{SHOWN}", "PersonsScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("h", f"deskapp +Home[^\0]*{SHOWN}", "HomeScreen"),
    Step(ENTER, f"deskapp +Contact [^\0]*{SHOWN}", "ContactScreen"),
    Step(F8, "There is a problem|Select what", "ContactScreen"),
)
TYPED = (
    Step("", "Nothing waits", "HomeScreen"),
    Step(F2, "What was asked", "ContactScreen"),
    Step(pasted(HOSTILE), f"Topic[^\0]*{SHOWN}", "ContactScreen"),
    Step(TAB + pasted(HOSTILE), f"Person[^\0]*{SHOWN}", "ContactScreen"),
    Step(TAB + pasted(LONG), "word word", "ContactScreen"),
    Step(TAB + pasted(HOSTILE), f"What was said[^\0]*{SHOWN}", "ContactScreen"),
    Step(TAB + pasted(HOSTILE), f"Case reference[^\0]*{SHOWN}", "ContactScreen"),
    Step(CTRL_R, "Record more", "Menu"),
    Step("i", "which kinds of detail", "Ticks"),
    Step(ENTER, "Case reference", "ContactScreen"),
    Step(CTRL_R, "Record more", "Menu"),
    Step("t", "By what authority", "Menu"),
    Step("n", "No authority", "ContactScreen"),
    Step(pasted(HOSTILE), f"Speaks for[^\0]*{SHOWN}", "ContactScreen"),
    Step(F8, "There is a problem|Select what", "ContactScreen"),
    Step(F2, "What was asked", "ContactScreen"),
    Step(TAB + pasted("Ann [/b] Jo" + HOSTILE), "Ann", "ContactScreen"),
    Step(F3, "Words of the caller", "FindScreen"),
    Step(pasted(HOSTILE), SHOWN, "FindScreen"),
    Step(CTRL_Q, "Leave deskapp", "Menu"),
)
NOTE = (
    Step("", "Nothing waits|Due", "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("e", "deskapp +Enquiries[^\0]*Invented", "EnquiriesScreen"),
    Step(pasted(HOSTILE), re.escape(NAME), "EnquiriesScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("e", "deskapp +Enquiries[^\0]*Invented", "EnquiriesScreen"),
    Step(DOWN, "Invented", "EnquiriesScreen"),
    Step(ENTER, "deskapp +Contact record[^\0]*Invented", "ContactRecordScreen"),
    Step(F5, "deskapp +Add a note", "NoteScreen"),
    Step(pasted(HOSTILE), SHOWN, "NoteScreen"),
    Step(F8, f"Saved: Note[^\0]*{SHOWN}|{SHOWN}[^\0]*Saved: Note", "ContactRecordScreen"),
)
FIGURES = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, f"Parked [^\0]*{SHOWN}", "GoMenu"),
    Step("r", "Which figures", "Menu"),
    Step("e", "deskapp +Reports[^\0]*Answered at first", "ReportsScreen"),
    Step(ENTER, "Which report", "Menu"),
    Step("i", f"Only the contacts of [^\0]*{SHOWN}", "ReportsScreen"),
    Step(F8, "Write to which file", "AskLine"),
    Step(pasted(HOSTILE), SHOWN, "AskLine"),
    Step(ESCAPE, "deskapp +Reports", "ReportsScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("t", "deskapp +Turnaround", "TurnaroundScreen"),
    Step(pasted(HOSTILE), "Nothing matches", "TurnaroundScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("1", f"deskapp +Contact [^\0]*{SHOWN}", "ContactScreen"),
    Step(CTRL_N, "Which text", "Menu"),
    Step("v", f"Mark and copy[^\0]*{SHOWN}", "PlainText"),
)
CALLBACKS = (
    Step("", f"Callback [^\0]*{SHOWN}", "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("b", f"deskapp +Callbacks[^\0]*{SHOWN}", "CallbacksScreen"),
    Step(pasted(HOSTILE), "Enter a date", "CallbacksScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("h", f"Callback [^\0]*{SHOWN}", "HomeScreen"),
    Step(ENTER, f"deskapp +Callback [^\0]*{SHOWN} {MARKUP}", "CallbackScreen"),
    Step(ENTER, "deskapp +Ring all the same", "RingReasonScreen"),
    Step(pasted(HOSTILE), SHOWN, "RingReasonScreen"),
    Step(F8, f"deskapp +Callback [^\0]*{SHOWN}", "CallbackScreen"),
    Step(F9, "What happened", "Menu"),
    Step("b", "deskapp +Book a callback again", "BookScreen"),
    Step(pasted(HOSTILE) + F8, "Enter a day and a time", "BookScreen"),
)
HARD = (
    Step("", "NOBODY IS BOOKED", "HomeScreen"),
    Step(F4, "What is it", "Menu"),
    Step("s", "deskapp +Urgent record", "HardScreen"),
    Step("power" + TAB + pasted(HOSTILE), f"What and where[^\0]*{SHOWN}", "HardScreen"),
    Step(F8, "Tell the senior person", "Menu"),
    Step("o", "deskapp +Senior person told", "ToldScreen"),
    Step(TAB + pasted(HOSTILE), f"Whom[^\0]*{SHOWN}", "ToldScreen"),
    Step(F10, "This screen is covered", "LockScreen"),
    Step(F10, f"deskapp +Senior person told[^\0]*{SHOWN}", "ToldScreen"),
    Step(F8, "Enter when you told", "ToldScreen"),
    Step(ESCAPE, "NOT TOLD YET", "HomeScreen"),
    Step(F4, "What is it", "Menu"),
    Step("n", "1 to", "SposScreen"),
    Step(ENTER, "deskapp +Book the senior person", "DutyScreen"),
    Step(pasted(f"{NAME} {CLICK} \x1b]0;PWNED\x07"), f"Who[^\0]*{SHOWN}", "DutyScreen"),
    Step(F8, f"Senior person on site now: [^\0]*{SHOWN}", "SposScreen"),
)
PERSONS = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("x", f"deskapp +Disposal[^\0]*may be proposed[^\0]*{SHOWN}", "DisposalScreen"),
    Step(ENTER, "Propose to erase it", "Menu"),
    Step("p", "Why need it no longer", "AskLine"),
    Step(pasted(HOSTILE) + ENTER, "proposed by", "DisposalScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("w", f"deskapp +Written twice[^\0]*{SHOWN}", "ConflictsScreen"),
    Step(ENTER, f"Keep what stands[^\0]*Open the record|{SHOWN}", "Menu"),
    Step(ESCAPE, "deskapp +Written twice", "ConflictsScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("n", f"deskapp +Not taken by central[^\0]*{SHOWN}", "SetAsideScreen"),
    Step(ENTER, f"Send it again[^\0]*Open the record|{SHOWN}", "Menu"),
    Step(ESCAPE, "deskapp +Not taken by central", "SetAsideScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("m", f"deskapp +Markers[^\0]*{SHOWN}", "MarkersScreen"),
    Step(ENTER, "be done with it", "Menu"),
    Step("p", f"deskapp +Person[^\0]*{SHOWN}", "PersonScreen"),
    Step(CTRL_R, "What is to be done", "Menu"),
    Step("s", f"deskapp +Safe contact[^\0]*{SHOWN}", "SafeContactScreen"),
    Step(pasted(HOSTILE) + F8, "Choose yes, no or not asked", "SafeContactScreen"),
    Step(ESCAPE, f"deskapp +Person[^\0]*{SHOWN}", "PersonScreen"),
    Step(CTRL_R, "What is to be done", "Menu"),
    Step("c", f"deskapp +Correct details[^\0]*{SHOWN}", "PersonFormScreen"),
    Step(pasted(HOSTILE) + ESCAPE, f"deskapp +Person[^\0]*{SHOWN}", "PersonScreen"),
    Step(CTRL_R, "What is to be done", "Menu"),
    Step("m", "Which marker", "Menu"),
    Step("a", "deskapp +Set a marker", "MarkerScreen"),
    Step(pasted(HOSTILE), f"Source[^\0]*{SHOWN}", "MarkerScreen"),
    Step(ESCAPE, f"deskapp +Person[^\0]*{SHOWN}", "PersonScreen"),
    Step(CTRL_R, "What is to be done", "Menu"),
    Step("l", "deskapp +Link persons", "LinkScreen"),
    Step(pasted(HOSTILE), SHOWN, "LinkScreen"),
)
FIRST = (
    Step("", "deskapp +First start", "SetupScreen"),
    Step(pasted(HOSTILE) + TAB, SHOWN, "SetupScreen"),
    Step(pasted(HOSTILE), f"Your name[^\0]*{SHOWN}", "SetupScreen"),
    Step(F8, "There is a problem|Select the court|Your name must", "SetupScreen"),
)
LOCKED = (
    Step("", "deskapp +Unlock", "UnlockScreen"),
    Step(pasted(HOSTILE) + ENTER, "does not open the record store", "UnlockScreen"),
)
CLOSED = (
    Step("", "deskapp +Exchange first", "LimitScreen"),
    Step("w", "Write to which file", "AskLine"),
    Step(pasted(HOSTILE) + ENTER, "deskapp +Exchange first", "LimitScreen"),
)
CASES = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("c", f"deskapp +Casework[^\0]*{SHOWN}", "CasesScreen"),
    Step(pasted(HOSTILE), f"{SHOWN}", "CasesScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("c", f"deskapp +Casework[^\0]*CC-[^\0]*{SHOWN}", "CasesScreen"),
    Step(DOWN + ENTER, f"deskapp +Case record[^\0]*{SHOWN}", "CaseRecordScreen"),
    Step(F9, f"Which one[^\0]*{SHOWN}|Book a day", "Pick"),
    Step(ESCAPE, "deskapp +Case record", "CaseRecordScreen"),
    Step("2", f"deskapp +Case form[^\0]*{SHOWN}", "CaseFormScreen"),
    Step(pasted(HOSTILE), SHOWN, "CaseFormScreen"),
    Step(TAB + pasted(LONG), SHOWN, "CaseFormScreen"),
    Step(F8, "There is a problem|deskapp +Case record|Choose one", "CaseFormScreen"),
)
PAPERS = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("l", f"deskapp +Help to leave[^\0]*{SHOWN}", "LeavingScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("d", f"deskapp +Diary[^\0]*{SHOWN}", "DiaryScreen"),
    Step(ENTER, f"{SHOWN}[^\0]*Move it", "Menu"),
    Step("m", "Move it to when", "AskLine"),
    Step(pasted(HOSTILE), SHOWN, "AskLine"),
    Step(ESCAPE, "deskapp +Diary", "DiaryScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("y", "deskapp +Daily list", "DailyScreen"),
    Step("\x0e", "Post opened", "DailyScreen"),
    Step(ENTER + "a", f"Who does it[^\0]*{SHOWN}", "Pick"),
    Step(ENTER, f"deskapp +Daily list[^\0]*{SHOWN}", "DailyScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("r", "Which figures", "Menu"),
    Step("c", "Which report", "Pick"),
    Step("curfew" + ENTER, f"deskapp +Reports of cases[^\0]*{SHOWN}", "CaseReportsScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("rs", "deskapp +Samples", "CaseSamplesScreen"),
    Step(CTRL_R + "o", "Which day", "AskLine"),
    Step("5 1 2026" + ENTER, f"2026-Q1[^\0]*{SHOWN}", "CaseSamplesScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("c", "deskapp +Casework[^\0]*MTG-", "CasesScreen"),
    Step(DOWN + UP + ENTER, f"deskapp +Case record[^\0]*MTG-[^\0]*{SHOWN}", "CaseRecordScreen"),
    Step("9", f"deskapp +Meeting papers[^\0]*{SHOWN}", "MeetingScreen"),
    Step(ESCAPE, "deskapp +Case record", "CaseRecordScreen"),
    Step("8", "Which letter", "Pick"),
    Step(ENTER, f"deskapp +Letter[^\0]*{SHOWN}", "LetterScreen"),
)
ARTICLES = (
    Step("", "Nothing waits", "HomeScreen"),
    Step(F3, "Words of the caller", "FindScreen"),
    Step("jury date clashes with holiday", "Ask for a different date", "FindScreen"),
    Step(ENTER + ENTER, "deskapp +Article", "ArticleScreen"),
    Step(pasted(HOSTILE), SHOWN, "ArticleScreen"),
    Step(ESCAPE + F8, "deskapp +For the counter", "ArticlePaper"),
    Step(ESCAPE + F9, "Did it help", "Menu"),
    Step("f", "What is wrong or unclear", "AskLine"),
    Step(pasted(HOSTILE), SHOWN, "AskLine"),
)
SCRIPTS = (
    Step("", "Nothing waits", "HomeScreen"),
    Step(F2, "What was asked", "ContactScreen"),
    Step(F5, "Which script", "Pick"),
    Step("suicide" + ENTER, "deskapp +Script", "ScriptScreen"),
    Step("y1", "Where are you now", "ScriptScreen"),
    Step(pasted(HOSTILE), SHOWN, "ScriptScreen"),
    Step(ENTER, f"In the form[^\0]*{SHOWN}", "ScriptScreen"),
    Step(ESCAPE, f"Where they are[^\0]*{SHOWN}", "ContactScreen"),
)
KNOWLEDGE = (
    Step("", "deskapp +Home", "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("k", f"deskapp +Knowledge[^\0]*{SHOWN}", "KnowledgeScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("f", f"Something is wrong[^\0]*{SHOWN}", "KnowledgeScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("s", f"1 time[^\0]*{SHOWN}", "KnowledgeScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("l", "Draft", "KnowledgeScreen"),
    Step(ENTER, f"deskapp +Local article[^\0]*{SHOWN}", "LocalItemScreen"),
    Step(ENTER, "What is to be done", "Menu"),
    Step("c", f"English file[^\0]*{SHOWN}", "LocalFormScreen"),
    Step(ESCAPE, "deskapp +Local article", "LocalItemScreen"),
    Step(ENTER, "What is to be done", "Menu"),
    Step("v", f"deskapp +Versions[^\0]*{SHOWN}", "VersionsScreen"),
    Step(ENTER, "What is to be done", "Menu"),
    Step("r", f"deskapp +Differences[^\0]*{SHOWN}", "DifferenceScreen"),
)
COMPLAINTS = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("u", "deskapp +Complaints", "ComplaintsScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("t", f"deskapp +Complaints[^\0]*{SHOWN}", "ComplaintsScreen"),
    Step(ENTER, f"deskapp +Complaint record[^\0]*{SHOWN}", "ComplaintRecordScreen"),
    Step(F9, "deskapp +Why this date", "ComplaintDatesScreen"),
    Step(ESCAPE, "deskapp +Complaint record", "ComplaintRecordScreen"),
    Step(CTRL_R, f"deskapp +Changes of a complaint[^\0]*{SHOWN}", "ComplaintChangesScreen"),
    Step(ESCAPE, "deskapp +Complaint record", "ComplaintRecordScreen"),
    Step("n", "deskapp +Complaint form", "ComplaintMoveScreen"),
    Step(pasted(HOSTILE), SHOWN, "ComplaintMoveScreen"),
    Step(F8, "deskapp +Complaint record", "ComplaintRecordScreen"),
    Step("1", "Which paper", "Menu"),
    Step("a", f"deskapp +Letter[^\0]*{SHOWN}", "ComplaintLetterScreen"),
    Step(ESCAPE, "deskapp +Complaint record", "ComplaintRecordScreen"),
    Step("1", "Which paper", "Menu"),
    Step("o", f"deskapp +Copy into OPTIC[^\0]*{SHOWN}", "OpticPackScreen"),
    Step(F8, f"deskapp +Complaint as a text[^\0]*{SHOWN}", "PackScreen"),
    Step(ESCAPE + ESCAPE, "deskapp +Complaint record", "ComplaintRecordScreen"),
    Step("1", "Which paper", "Menu"),
    Step("c", f"deskapp +Hand-over pack[^\0]*{SHOWN}", "HandOverScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("o", "deskapp +Still to enter in OPTIC", "OpticScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("r", "Which figures", "Menu"),
    Step("u", "deskapp +Reports of complaints", "ComplaintReportsScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("u", "deskapp +Complaints", "ComplaintsScreen"),
    Step(CTRL_N, "deskapp +Log a complaint", "ComplaintFormScreen"),
    Step(pasted(HOSTILE) + TAB + pasted(HOSTILE), SHOWN, "ComplaintFormScreen"),
    Step(TAB + pasted(HOSTILE) + TAB + pasted(LONG), "word word", "ComplaintFormScreen"),
    Step(F8, "There is a problem|Select what", "ComplaintFormScreen"),
)
JURY = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("j", "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("s", "deskapp +Scan jurors[^\0]*Expected", "ScanScreen"),
    Step(juror_number(0) + ENTER, f"Checked in +{juror_number(0)}[^\0]*{SHOWN}", "ScanScreen"),
    Step(pasted(HOSTILE) + ENTER, f"NOT DONE +{SHOWN}", "ScanScreen"),
    Step(ESCAPE, "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("b", "deskapp +Check in by list[^\0]*come in", "ByListScreen"),
    Step(pasted(HOSTILE), SHOWN, "ByListScreen"),
    Step(ESCAPE, "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("c", f"deskapp +Confirm the day[^\0]*{SHOWN}", "ConfirmDayScreen"),
    Step(ESCAPE, "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("l", f"deskapp +Jurors[^\0]*{SHOWN}", "JuryListsScreen"),
    Step(ENTER, f"deskapp +Juror [^\0]*{SHOWN}", "JurorScreen"),
    Step("k", f"deskapp +Juror form[^\0]*{SHOWN}", "JurorActScreen"),
    Step(TAB + pasted(HOSTILE), SHOWN, "JurorActScreen"),
    Step(ESCAPE, f"deskapp +Juror [^\0]*{SHOWN}", "JurorScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("j", "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("t", f"deskapp +Trials with a jury[^\0]*{SHOWN}", "TrialsScreen"),
    Step(ENTER, f"deskapp +Trial [^\0]*{SHOWN}", "TrialScreen"),
    Step("v", f"deskapp +Draws of a trial[^\0]*{SHOWN}", "DrawScreen"),
    Step(ESCAPE, f"deskapp +Trial [^\0]*{SHOWN}", "TrialScreen"),
    Step(ESCAPE, "deskapp +Trials with a jury", "TrialsScreen"),
    Step(CTRL_N, "deskapp +New trial with a jury", "TrialFormScreen"),
    Step(pasted(HOSTILE) + TAB + pasted(LONG), SHOWN, "TrialFormScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("j", "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("p", "deskapp +Pools[^\0]*On a panel", "PoolsScreen"),
    Step(ENTER, f"deskapp +Pool [^\0]*{SHOWN}", "PoolScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("j", "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("x", "deskapp +Export for the Bureau[^\0]*row_id", "JuryExportScreen"),
    Step(ESCAPE, "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("i", "Which file of the Bureau", "AskLine"),
    Step(pasted(HOSTILE) + ENTER, f"deskapp +Import pools[^\0]*{SHOWN}", "JuryImportScreen"),
)
JUROR_EXPENSES = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("z", "deskapp +What a juror may expect[^\0]*70.66|0.00", "JuryEstimateScreen"),
    Step(pasted(HOSTILE), SHOWN, "JuryEstimateScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("j", "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("e", f"deskapp +Juror expenses[^\0]*{SHOWN}", "JuryExpensesScreen"),
    Step(ENTER, f"deskapp +Claim of a juror[^\0]*{SHOWN}", "JurorClaimScreen"),
    Step("e", f"deskapp +Explain this amount[^\0]*{SHOWN}", "ExplainedScreen"),
    Step(ESCAPE, "deskapp +Claim of a juror", "JurorClaimScreen"),
    Step("d", "goes onto all", "Ticks"),
    Step(ENTER, "onto the other days", "Menu"),
    Step(ESCAPE, "deskapp +Claim of a juror", "JurorClaimScreen"),
    Step(ENTER, f"deskapp +Expenses of a day[^\0]*{SHOWN}", "JurorExpenseScreen"),
    Step(pasted(HOSTILE) + TAB + pasted(LONG), SHOWN, "JurorExpenseScreen"),
    Step(F8, "There is a problem", "JurorExpenseScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("j", "deskapp +Jury [^\0]*Expected", "JuryDeskScreen"),
    Step("r", "deskapp +Jury lists and figures[^\0]*Day summary", "JuryReportsScreen"),
    Step(ENTER + "y", f"Unpaid days[^\0]*{SHOWN}", "JuryReportsScreen"),
    Step(ENTER + "t", f"Which trial[^\0]*{SHOWN}", "Pick"),
    Step(ENTER, f"Panel and jury of a trial[^\0]*{SHOWN}", "JuryReportsScreen"),
    Step(ENTER + "p", "Which trial", "Pick"),
    Step(DOWN + ENTER, f"Ballot slips[^\0]*{SHOWN}", "JuryReportsScreen"),
)
HEARINGS = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("g", f"deskapp +Hearings[^\0]*{SHOWN}", "HearingsScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("f", f"deskapp +Hearing rooms[^\0]*{SHOWN}", "HearingRoomsScreen"),
    Step(ESCAPE, "deskapp +Hearings", "HearingsScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("g", "deskapp +Figures of hearing days", "HearingFiguresScreen"),
    Step(ESCAPE, "deskapp +Hearings", "HearingsScreen"),
    Step(F5, f"deskapp +Day sheet[^\0]*{SHOWN}", "DaySheetScreen"),
    Step(ESCAPE, "deskapp +Hearings", "HearingsScreen"),
    Step(F9, f"Enter the result|{SHOWN}", "Menu"),
    Step(ESCAPE, "deskapp +Hearings", "HearingsScreen"),
    Step(ENTER, f"deskapp +Hearing record[^\0]*{SHOWN}[^\0]*may be done", "HearingRecordScreen"),
    Step("e", f"deskapp +Hearing form[^\0]*{SHOWN}", "HearingFormScreen"),
    Step(pasted(HOSTILE) + TAB + pasted(HOSTILE), SHOWN, "HearingFormScreen"),
    Step(F8, "There is a problem", "HearingFormScreen"),
    Step(ESCAPE, "deskapp +Hearing record[^\0]*may be done", "HearingRecordScreen"),
    Step("o", f"Which one[^\0]*{SHOWN}", "Pick"),
    Step(ESCAPE + ESCAPE, "deskapp +Hearings", "HearingsScreen"),
    Step(CTRL_N, "Which file", "AskLine"),
    Step("nowhere.json" + ENTER, r"cannot[\s▌]+be[\s▌]+read", "HearingImportScreen"),
)
BOOKINGS = (
    Step("", SHOWN, "HomeScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("i", f"deskapp +Interpreters[^\0]*{SHOWN}", "InterpretersScreen"),
    Step(ENTER, f"deskapp +Booking record[^\0]*{SHOWN}", "BookingScreen"),
    Step("t", f"deskapp +Timesheet to print[^\0]*{SHOWN}", "TimesheetPaperScreen"),
    Step(ESCAPE, "deskapp +Booking record", "BookingScreen"),
    Step("p", f"deskapp +Complaint about[^\0]*{SHOWN}", "BookingComplaintScreen"),
    Step(pasted(HOSTILE), f"What happened[^\0]*{SHOWN}", "BookingComplaintScreen"),
    Step(ESCAPE, "deskapp +Booking record", "BookingScreen"),
    Step(ESCAPE, "deskapp +Interpreters", "InterpretersScreen"),
    Step(DOWN + ENTER, f"deskapp +Booking record[^\0]*{SHOWN}", "BookingScreen"),
    Step("e", f"deskapp +Book an interpreter[^\0]*{SHOWN}", "BookingFormScreen"),
    Step(TAB + pasted(HOSTILE), f"Other language[^\0]*{SHOWN}", "BookingFormScreen"),
    Step(ESCAPE, "deskapp +Booking record", "BookingScreen"),
    Step("w", "What did the supplier say", "AskLine"),
    Step(pasted(NAME) + ENTER, "deskapp +Booking record[^\0]*Requested", "BookingScreen"),
    Step("i", f"deskapp +Enter the interpreter[^\0]*{SHOWN}", "AssignScreen"),
    Step(pasted(HOSTILE), f"Interpreter +[^\0]*{SHOWN}", "AssignScreen"),
    Step(ESCAPE, "deskapp +Booking record", "BookingScreen"),
    Step(ESCAPE, "deskapp +Interpreters", "InterpretersScreen"),
    Step(DOWN + ENTER, f"deskapp +Booking record[^\0]*{SHOWN}", "BookingScreen"),
    Step("s", f"deskapp +Timesheet [^\0]*{SHOWN}", "TimesheetScreen"),
    Step(pasted(HOSTILE) + F8, f"There is a problem[^\0]*{SHOWN}", "TimesheetScreen"),
    Step(ESCAPE, "deskapp +Booking record", "BookingScreen"),
    Step(CTRL_G, "Go to", "GoMenu"),
    Step("i", "deskapp +Interpreters", "InterpretersScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("h", f"deskapp +Who is here[^\0]*{SHOWN}", "HereScreen"),
    Step(ESCAPE, "deskapp +Interpreters", "InterpretersScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("f", "deskapp +Figures of interpreter", "InterpreterReportsScreen"),
    Step(ESCAPE, "deskapp +Interpreters", "InterpretersScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("l", f"deskapp +Calendar file[^\0]*{SHOWN}", "CalendarScreen"),
    Step(ESCAPE, "deskapp +Interpreters", "InterpretersScreen"),
    Step(CTRL_R, "Which list", "Menu"),
    Step("i", f"deskapp +Register of[^\0]*{SHOWN}", "RegisterScreen"),
    Step(ENTER, f"deskapp +Interpreter record[^\0]*{SHOWN}", "InterpreterScreen"),
    Step("c", f"deskapp +Interpreter [^\0]*{SHOWN}", "InterpreterFormScreen"),
    Step(pasted(HOSTILE), SHOWN, "InterpreterFormScreen"),
    Step(ESCAPE, "deskapp +Interpreter record", "InterpreterScreen"),
    Step("a", "deskapp +Not available", "AwayScreen"),
    Step(pasted(HOSTILE), f"From[^\0]*{SHOWN}", "AwayScreen"),
    Step(F8, "There is a problem|Enter a date", "AwayScreen"),
)
WALKS: tuple[tuple[Step, ...], ...] = (STORED, ARTICLES, SCRIPTS, TYPED, NOTE, CASES, PAPERS)
WALKS += (HARD, CALLBACKS, FIGURES, PERSONS, FIRST, LOCKED, KNOWLEDGE, COMPLAINTS, JURY)
WALKS += (JUROR_EXPENSES,)
WALKS += (BOOKINGS,)
WALKS += (HEARINGS,)
WALKS += (CLOSED,)


def walk(home: Path, steps: tuple[Step, ...]) -> bytes:
    """Go through the screens and return every byte that reached the terminal."""
    with warm_terminal(home, *THIN) as terminal:
        for step in steps:
            terminal.send(step.keys)
            terminal.wait_for(step.sign, timeout=20)
            terminal.settle(quiet=0.4 if step.keys == ESCAPE else 0.15)
        return bytes(terminal.raw)


WRITTEN_TWICE = """
INSERT INTO conflict (id, home_site, tbl, row_id, field, kind, losing, losing_by, losing_desk,
 losing_at, winning, winning_by, winning_desk, winning_at, opened_at, resolved_by, resolved_at,
 resolution) VALUES ('twice', '', 'person', ?, 'full_name', 'field', '"Ann"', '', '',
 '2026-11-18T10:05:00.000Z', '"Anne"', '', '', '2026-11-18T10:05:00.000Z',
 '2026-11-18T10:05:00.000Z', '', '', '')
"""


@pytest.fixture(scope="module")
def poisoned_once(
    prepared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    """A desk whose store holds hostile text everywhere; references of its contact and its case.

    Made once, copied for each test and never opened.
    """
    home = tmp_path_factory.mktemp("poisoned") / "home"
    folder, clock = Path(shutil.copytree(prepared_folder, home / "data")), SetClock()
    store = Store.open(folder, vault.unlock(folder), clock=clock.clock)
    user = store.call_read(desk.user)
    store.actor = user.id
    line = save(
        store,
        user,
        clock,
        person_name="Ann Jones",
        question="why",
        answer="because it is so",
        outcome="MSG",
        extras={"team": "List office", "by_when": "2026-11-20"},
    )
    store.call_write(
        contacts.add_note, new_id(), line.id, "Added later", now=clock.moment, user=user
    )
    store.call_jot(drafts.keep, a_draft(user, clock, parked=True))
    book = shelf.rulebook(home / "settings", Nation.ENGLAND_AND_WALES)
    acting, case_id = Acting(user, clock.moment, book), new_id()
    given = {"offender": "Ann", "offence_class": "summary", "offence_on": "2026-11-01"}
    store.call_write(cases.open_case, acting, case_id, "cond_caution", given)
    case = store.call_write(cases.add_note, acting, case_id, "Rang again")
    over, ended = replace(acting, now=dt.datetime(2020, 3, 2, 10, tzinfo=dt.UTC)), new_id()
    store.call_write(cases.open_case, over, ended, "cond_caution", {"offender": MARKED})
    store.call_write(cases.do, over, ended, "decline", note="Declined")
    person = store.call_read(contact_lines.record, line.id, user=user).person_id or ""
    safe = SafeAnswers(times="Evenings", code_word="Bluebird", note="Partner listens")
    store.call_write(safe_contact.save, person, safe, user=user)
    store.call_write(
        marker_work.set_marker,
        new_id(),
        MarkerDraft(code="PF0002", person_id=person),
        now=clock.moment,
        user=user,
    )
    store.call_jot(Connection.execute, WRITTEN_TWICE, (person,))
    aside = "UPDATE change_log SET state = 3 WHERE tbl = 'person'"
    store.call_jot(Connection.execute, aside)
    writing = Writing(store, clock, user)
    writing.start()
    flagged = Flagged("jury-defer", 1, FlagKind.WRONG, "en")
    store.call_jot(
        misses.record, "kestrel", Miss.EMPTY, language="en", topic="", today=clock.today,
        names=(), known=frozenset(),
    )  # fmt: skip
    writing.do(flags.flag, new_id(), flagged, "It is wrong")
    complaint = _complaint(store, user, clock, line.id)
    _jury(JuryDesk(store, clock, user))
    booking = hostile_bookings.make(store, user)
    hearing = hostile_hearings.make(store, user)
    store.call_jot(poison)
    store.close()
    refs = {
        "ref": line.ref,
        "case": case.ref,
        "person": person,
        "complaint": complaint,
        "juror": juror_number(1),
    }
    refs |= {"booking": booking.booking, "hearing": hearing}
    return home, refs


def _jury(court: JuryDesk) -> None:
    """Three jurors who came that day, a trial with a panel, a contact and a note."""
    court.jurors(3)
    court.do(by_list.check_in_by_list, dt.time(9))
    trial = court.do(trials.open_trial, TrialDraft("T1", MARKED, MARKED, MARKED))
    court.do(trials.draw_panel, trial.id, 2)
    given = {"about": "SI", "note": MARKED}
    court.do(doing.do, juror_number(0), Do.CONTACT, given)
    court.date = court.acting.today - dt.timedelta(days=1)
    court.juror(4, next_on="")
    court.do(doing.do, juror_number(4), Do.ADD_DAY, {"time_in": "900", "time_out": "1500"})
    basis = claim_state.basis(local_files.SHIPPED)
    [day] = court.store.call_read(claim_rows.days_of, juror_number(4), basis)
    costs = claim_entry.read({"other": "3", "other_what": MARKED}, day)
    court.do(claiming.enter, basis, day.id, costs, seen=day.seen)


def _complaint(store: Store, user: User, clock: SetClock, contact_id: str) -> str:
    """The reference of a complaint with a note, a paper and a part that went elsewhere."""
    at_work = acting_on(user, clock.moment, local_files.SHIPPED)
    values = store.call_read(handover.from_contact, contact_id, user=user)
    draft = ComplaintDraft.from_values(
        {**values, "categories": "ATT", "jurisdiction": "civil", "summary": "Nobody answered",
         "about_staff": "Somebody", "part": "lawyer", "part_what": MARKED}
    )  # fmt: skip
    complaint = store.call_write(complaint_log.log, at_work, new_id(), draft)
    moves: dict[Code, dict[str, str]] = {
        Code.ASSIGN: {},
        Code.NOTE: {"note": "Rang again"},
        Code.ATTACHED: {"name": MARKED, "kept_at": MARKED},
        Code.OPTIC: {"ref": MARKED},
    }
    for code, given in moves.items():
        store.call_write(act.take, at_work, complaint.id, code, given, event_id=new_id())
    return complaint.ref


@pytest.fixture
def poisoned(
    poisoned_once: tuple[Path, dict[str, str]], tmp_path: Path
) -> tuple[Path, dict[str, str]]:
    """The desk full of hostile text, for this test alone, with the references in it."""
    home, refs = poisoned_once
    return Path(shutil.copytree(home, tmp_path / "home")), refs


@pytest.fixture
def papers(store: Store, user: User, clock: SetClock, folder: Path) -> Path:
    """A desk with a plan, a booking, an assessment and a meeting full of hostile text."""
    settings = folder.parent / "settings"
    book = shelf.rulebook(settings, Nation.ENGLAND_AND_WALES)
    acting = Acting(user._replace(scheme_roles=frozenset({"fire_warden"})), clock.moment, book)

    def opened(scheme: str, **given: str) -> str:
        case_id = new_id()
        store.call_write(cases.open_case, acting, case_id, scheme, given)
        return case_id

    plan = opened("peep", person=MARKED, kind="standing", route=MARKED)
    for _helper in range(2):
        store.call_write(cases.add_item, acting, plan, "helper", {"name": MARKED})
    agreed = {"agreed_on": "2026-11-01", "agreed_by_person": "yes"}
    for action, given in (
        ("draft", {}),
        ("agree", agreed),
        ("put_in_force", {"helpers_trained_on": "2026-11-01"}),
    ):
        store.call_write(cases.do, acting, plan, action, given)
    times = {"start": "2026-11-01T10:00", "end": "2199-11-01T10:00"}
    judge = opened("diary", of=MARKED)
    store.call_write(cases.add_item, acting, judge, "booking", {"resource": MARKED, **times})
    opened("omu_hdc", prisoner=MARKED)
    caution = opened("cond_caution", offender=MARKED, officer_in_case=MARKED)
    long_ago = replace(acting, now=dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC))
    store.call_write(cases.do, long_ago, caution, "decline", note="x")
    meeting = opened("meeting", meeting_on="2026-01-05", place=MARKED, chair=MARKED)
    store.call_write(cases.add_item, acting, meeting, "agenda_line", {"text": MARKED})
    store.call_jot(
        lambda connection: connection.execute("UPDATE officer SET scheme_roles = 'fire_warden'")
    )
    store.call_jot(poison)
    store.close()
    return folder.parent


def test_every_screen_has_a_step_with_hostile_text() -> None:
    """A new screen or dialog is walked through before it is released."""
    assert {step.screen for steps in WALKS for step in steps} == screen_names()


def test_stored_text_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """Written past the gate, as a damaged or hostile central database could send it."""
    assert obeyed(walk(poisoned[0], STORED)) == []


def test_persons_and_markers_obey_nothing(poisoned: tuple[Path, dict[str, str]]) -> None:
    """As a team leader sees them, who decides about markers."""
    home = poisoned[0]
    store = Store.open(home / "data", vault.unlock(home / "data"))
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    store.close()
    assert obeyed(walk(home, PERSONS)) == []


def test_text_of_cases_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """Their fields, notes and items, as stored and as pasted into a form."""
    assert obeyed(walk(poisoned[0], CASES)) == []


def test_text_of_complaints_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """In lists, records, changes, letters and packs, and as pasted into their forms."""
    assert obeyed(walk(poisoned[0], COMPLAINTS)) == []


def test_text_of_jurors_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """At the scanner, in lists, records, trials and draws, and as pasted into their forms."""
    raw = walk(poisoned[0], JURY)
    assert raw.count(b"\x07") == 1  # the desk rings for the scan that was refused
    assert obeyed(raw.replace(b"\x07", b"")) == []


def test_text_of_expenses_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """In claims and what explains them, on lists and slips, and as pasted into the forms."""
    assert obeyed(walk(poisoned[0], JUROR_EXPENSES)) == []


def test_text_of_hearings_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """On the board, at a hearing, on paper, and as pasted into its forms."""
    home = poisoned[0]
    store = Store.open(home / "data", vault.unlock(home / "data"))
    store.call_jot(Connection.execute, "UPDATE officer SET role = 'team_leader'")
    store.close()
    assert obeyed(walk(home, HEARINGS)) == []


def test_text_of_bookings_is_shown_and_not_obeyed(poisoned: tuple[Path, dict[str, str]]) -> None:
    """In lists, records, timesheets and the register, and as pasted into their forms."""
    assert obeyed(walk(poisoned[0], BOOKINGS)) == []


def test_text_on_paper_and_in_the_lists_of_the_day_is_not_obeyed(papers: Path) -> None:
    """Letters, agendas, tables and the diary show what people typed, and nothing more."""
    assert obeyed(walk(papers, PAPERS)) == []


def test_a_desk_that_only_exchanges_obeys_nothing_and_shows_nobody(
    poisoned: tuple[Path, dict[str, str]],
) -> None:
    """It has worked alone for too long; the file that it writes may be called as one likes."""
    home, refs = poisoned
    store = Store.open(home / "data", vault.unlock(home / "data"))
    alone = "UPDATE sync_state SET central_id = 'c', last_ok_at = '2020-01-01T00:00:00.000Z'"
    store.call_jot(Connection.execute, alone)
    store.close()
    raw = walk(home, CLOSED)
    assert obeyed(raw) == []
    assert not [ref for ref in refs.values() if ref.encode() in raw]


def test_pasted_text_is_shown_and_not_obeyed(folder: Path) -> None:
    """20,000 characters, right to left, emoji, NUL and control sequences, into every field."""
    assert obeyed(walk(folder.parent, TYPED)) == []


def test_words_typed_over_an_article_are_not_obeyed(folder: Path) -> None:
    """In the box of Find, in that of the article, in a note about it."""
    assert obeyed(walk(folder.parent, ARTICLES)) == []


def test_answers_to_a_script_are_not_obeyed(folder: Path) -> None:
    """In its line, in what it says it filled, in the form."""
    assert obeyed(walk(folder.parent, SCRIPTS)) == []


def test_local_knowledge_obeys_nothing(poisoned: tuple[Path, dict[str, str]]) -> None:
    """Titles, notes, reasons and whole texts that somebody wrote at this site."""
    home, _refs = poisoned
    assert obeyed(walk(home, KNOWLEDGE)) == []


def test_figures_and_texts_obey_nothing(poisoned: tuple[Path, dict[str, str]]) -> None:
    """Names of officers in a report, of persons among the parked contacts, a reply shown alone."""
    assert obeyed(walk(poisoned[0], FIGURES)) == []


def test_a_pasted_note_is_shown_and_not_obeyed(
    store: Store, user: User, clock: SetClock, folder: Path
) -> None:
    """It is saved and read again."""
    save(store, user, clock, person_name="Invented Person")
    store.close()
    assert obeyed(walk(folder.parent, NOTE)) == []


@pytest.fixture
def callback(store: Store, user: User, clock: SetClock, folder: Path) -> tuple[Path, str]:
    """A desk with a callback to somebody who said not to ring; its reference."""
    extras = {"slot": "tomorrow 10", "kind": "about"}
    line = save(store, user, clock, extras=extras, person_name="Ann Jones", outcome="CBK")
    person_id = store.call_read(contact_lines.record, line.id, user=user).person_id
    assert person_id is not None
    answers = SafeAnswers(ok_to_call="no")
    store.call_write(safe_contact.save, person_id, answers, user=user)
    store.call_jot(poison)
    store.close()
    return folder.parent, line.ref


def test_a_callback_is_shown_and_not_obeyed(callback: tuple[Path, str]) -> None:
    """The reason to ring all the same is pasted, too."""
    assert obeyed(walk(callback[0], CALLBACKS)) == []


@pytest.mark.parametrize("name", ["list", "show", "add", "attempt", "missed", "cancel", "reached"])
def test_no_callback_command_hands_on_what_a_terminal_obeys(
    name: str, callback: tuple[Path, str], command: Command
) -> None:
    """What is stored, and what is given as a time, a reason or an answer."""
    home, ref = callback
    hostile = HOSTILE.replace("\0", "")
    given = {
        "list": (),
        "show": (ref,),
        "add": (ref, "--at", hostile),
        "attempt": (ref, "--reason", hostile),
        "missed": (ref, "--again", hostile),
        "cancel": (ref, "--reason", hostile),
        "reached": (ref, "--outcome", hostile),
    }
    done = command(home, "callback", name, *given[name])
    assert obeyed_in_lines(done.stdout) == []
    assert obeyed_in_lines(done.stderr) == []
    assert b"Traceback" not in done.stderr
    shows = name in ("list", "show", "attempt", "cancel")
    assert (NAME in done.stdout.decode()) is shows


def test_the_hard_minutes_obey_nothing(store: Store, folder: Path) -> None:
    """A record, who was told, who is booked; and the screen that covers them."""
    store.call_jot(lambda connection: connection.execute("UPDATE officer SET role = 'team_leader'"))
    store.close()
    assert obeyed(walk(folder.parent, HARD)) == []


def test_the_first_start_obeys_nothing(tmp_path: Path) -> None:
    """Before there is a store."""
    assert obeyed(walk(tmp_path / "fresh", FIRST)) == []


def test_the_question_for_the_passphrase_obeys_nothing(tmp_path: Path, command: Command) -> None:
    """And shows nothing of what is typed."""
    home = tmp_path / "locked"
    names = (f"--site={SITE}", "--name=Si\u00e2n")
    made = command(home, "setup", *names, "--passphrase-stdin", given="12345678\n")
    assert made.code == 0
    raw = walk(home, LOCKED)
    assert obeyed(raw) == []
    assert NAME.encode() not in raw


@pytest.mark.parametrize("way", ["\x1b]0;x\x07", "\x1b[3J", "\x1b[6n", "\x9b5m", "\x00", "\u202e"])
def test_what_a_terminal_would_obey_is_found(way: str) -> None:
    """The search can fail, and it lets the application's own sequences pass."""
    own = b"\x1b[?1049h\x1b[2J\x1b[H\x1b[1;7mHome\x1b[0m\x1b[3;4H"
    assert obeyed(own) == []
    assert obeyed(own + way.encode())
    assert obeyed_in_lines(way.encode())


# -- commands ---------------------------------------------------------------------------------

READING: dict[str, tuple[str, ...]] = {
    "conflict list": (),
    "conflict decide": ("{hostile}",),
    "set-aside list": (),
    "set-aside settle": ("{hostile}",),
    "hearing import": ("{hostile}",),
    "hearing list": ("--date", "{hostile}"),
    "hearing export": ("--csv", "out.csv", "--date", "{hostile}"),
    "hearing undo": ("{hostile}",),
    "hearing board": (),
    "hearing show": ("{hearing}",),
    "hearing state": ("{hearing}", "{hostile}"),
    "hearing party": ("{hearing}", "{hostile}", "here"),
    "hearing jurors": ("{hearing}", "{hostile}"),
    "hearing note": ("{hearing}", "--note", "{hostile}"),
    "hearing link": ("{hearing}", "--kind", "{hostile}"),
    "hearing ground-rules": (
        "{hearing}",
        "--on",
        "{hostile}",
        "--attended",
        "{hostile}",
        "--rules",
        "{hostile}",
    ),
    "hearing link-test": ("{hostile}", "ok", "--note", "{hostile}"),
    "hearing result": ("{hearing}", "{hostile}", "--text", "{hostile}"),
    "hearing adjourn": ("{hearing}", "--reason", "{hostile}", "--next", "{hostile}"),
    "hearing reasons": (),
    "hearing close": (),
    "hearing move": ("{hostile}", "{hearing}", "{hostile}"),
    "hearing sheet": (),
    "hearing figures": ("--from", "{hostile}"),
    "hearing need flags": ("{hostile}",),
    "hearing need add": ("{hearing}", "--flag", "{hostile}", "--who", "{hostile}"),
    "hearing need decide": ("{hearing}", "{hostile}", "Active", "--by", "{hostile}"),
    "hearing need tick": ("{hearing}", "{hostile}", "ready"),
    "hearing need book": ("{hearing}", "{hostile}"),
    "hearing room list": (),
    "hearing room set": ("{hostile}", "{hostile}"),
    "jury accept-reply": ("{juror}",),
    "jury add-day": ("{juror}",),
    "jury change-day": ("{juror}",),
    "jury check-in": ("{juror}",),
    "jury check-out": ("{juror}",),
    "jury complete": ("{juror}",),
    "jury confirm": (),
    "jury contact": ("{juror}",),
    "jury day": (),
    "jury defer": ("{juror}",),
    "jury disposal confirm": (),
    "jury disposal list": (),
    "jury disposal propose": (),
    "jury disqualify": ("{juror}",),
    "jury due": ("{hostile}",),
    "jury estimate": (),
    "jury excuse": ("{juror}",),
    "jury expenses approve": ("{juror}",),
    "jury expenses card": ("{juror}", "{hostile}"),
    "jury expenses enter": ("{juror}", "{hostile}"),
    "jury expenses explain": ("{juror}",),
    "jury expenses list": (),
    "jury expenses show": ("{juror}",),
    "jury expenses submit": ("{juror}",),
    "jury expenses to-all": ("{juror}", "{hostile}"),
    "jury expenses usual": ("{juror}", "{hostile}"),
    "jury export": ("{hostile}",),
    "jury failed-to-attend": ("{juror}",),
    "jury find": ("{hostile}",),
    "jury identity": ("{juror}",),
    "jury import": ("{hostile}",),
    "jury into-pool": ("{juror}",),
    "jury juror": ("{juror}",),
    "jury next-date": ("{juror}",),
    "jury next-dates": ("due", "--pool", "{hostile}", "--on-call"),
    "jury non-attendance": ("{juror}",),
    "jury note": ("{juror}",),
    "jury on-call": ("{juror}",),
    "jury panel draw": ("{hostile}", "{hostile}"),
    "jury panel return": ("{hostile}", "{juror}"),
    "jury panel send-back": ("{hostile}", "{juror}"),
    "jury panel swear": ("{hostile}", "{juror}"),
    "jury pool": ("{hostile}",),
    "jury postpone": ("{juror}",),
    "jury reassign": ("{juror}",),
    "jury refuse-deferral": ("{juror}",),
    "jury refuse-excusal": ("{juror}",),
    "jury report": ("{hostile}",),
    "jury send-again": ("{juror}",),
    "jury summons-returned": ("{juror}",),
    "jury times": ("{juror}",),
    "jury transfer": ("{juror}",),
    "jury trial end": ("{hostile}",),
    "jury trial list": (),
    "jury trial open": ("{hostile}",),
    "jury trial show": ("{hostile}",),
    "jury undo": (),
    "jury undo-completion": ("{juror}",),
    "jury undo-failed-to-attend": ("{juror}",),
    "sync": (),
    "lost-device": ("{hostile}",),
    "central enrol": ("{hostile}", "--login", "{hostile}"),
    "enquiry list": (),
    "enquiry find": ("jones",),
    "enquiry show": ("{ref}",),
    "followup list": (),
    "followup done": ("{ref}",),
    "enquiry parked": (),
    "enquiry resume": ("1", "--said", "{hostile}"),
    "enquiry discard": ("1", "--reason", "{hostile}"),
    "enquiry texts": ("greeting", "--parked", "1", "--case", "{hostile}"),
    "enquiry note": ("{ref}", HOSTILE.replace("\0", "")),
    "enquiry add": ("--topic", "{hostile}", "--person", "{hostile}", "--no-questions"),
    "person find": ("jones",),
    "person list": (),
    "person show": ("{person}",),
    "person correct": ("{person}", "--name", "{hostile}"),
    "person safe-contact": ("{person}",),
    "person link": ("{person}", "{hostile}", "--reason", "{hostile}"),
    "person unlink": ("{person}", "{hostile}", "--reason", "{hostile}"),
    "marker list": ("--person", "{person}"),
    "marker set": ("{hostile}", "--person", "{person}"),
    "marker approve": ("{hostile}",),
    "marker renew": ("{hostile}", "--reason", "{hostile}"),
    "marker end": ("{hostile}", "--reason", "{hostile}"),
    "case list": (),
    "case show": ("{case}",),
    "case due": ("--days", "400"),
    "case do": ("{case}", "note", "--note", "{hostile}"),
    "case open": ("{hostile}", "--set", "{hostile}"),
    "case assign": ("{case}", "{hostile}"),
    "case hold": ("{case}", "complaint", "--note", "{hostile}"),
    "case release": ("{case}", "{hostile}"),
    "case migrate": ("{case}", "{hostile}"),
    "case letter": ("{case}", "{hostile}"),
    "case report": ("{hostile}", "{hostile}"),
    "case sample": ("{hostile}", "--period", "{hostile}"),
    "case extract": ("{hostile}",),
    "enquiry disposal list": (),
    "enquiry disposal propose": ("--note", "{hostile}"),
    "enquiry disposal confirm": (),
    "case disposal list": (),
    "records due": (),
    "complaint list": ("mine",),
    "complaint due": (),
    "complaint show": ("{complaint}",),
    "complaint explain": ("{complaint}",),
    "complaint do": ("{complaint}", "note", "--note", "{hostile}", "--set", "{hostile}=x"),
    "complaint add": ("--from", "{ref}", "--summary", "{hostile}", "--channel", "{hostile}"),
    "complaint report": ("--from", "{hostile}"),
    "complaint letter": ("{complaint}", "acknowledge"),
    "complaint pack": ("{complaint}",),
    "complaint export": ("{hostile}", "--details"),
    "complaint optic list": (),
    "complaint optic show": ("{complaint}",),
    "complaint optic entered": ("{complaint}", "{hostile}"),
    "calendar show": (),
    "calendar provisional": (),
    "calendar update": ("{hostile}",),
    "complaint disposal list": (),
    "complaint disposal propose": ("--note", "{hostile}"),
    "complaint disposal confirm": (),
    "interpreter book": ("{hostile}", "--day", "{hostile}", "--set", "for_name={hostile}"),
    "interpreter list": ("today",),
    "interpreter show": ("{booking}",),
    "interpreter send": ("{booking}",),
    "interpreter assign": ("{booking}", "{hostile}"),
    "interpreter confirm": ("{booking}", "--supplier-ref", "{hostile}"),
    "interpreter change": ("{booking}", "--set", "{hostile}=x"),
    "interpreter second": ("{booking}",),
    "interpreter replace": ("{booking}", "--set", "{hostile}=x"),
    "interpreter hearing": ("{booking}", "{hostile}"),
    "interpreter free": ("{booking}",),
    "interpreter here": (),
    "interpreter away": ("{hostile}", "{hostile}", "--note", "{hostile}"),
    "interpreter register list": (),
    "interpreter register show": ("NRPSI 1",),
    "interpreter register add": ("{hostile}", "--set", "{hostile}=x"),
    "interpreter register change": ("{hostile}", "--set", "note={hostile}"),
    "interpreter arrive": ("{booking}", "--at", "{hostile}", "--identity", "{hostile}"),
    "interpreter sign-off": ("{booking}", "--breaks", "{hostile}"),
    "interpreter customer-absent": ("{booking}", "--comments", "{hostile}"),
    "interpreter agree": ("{booking}", "{hostile}"),
    "interpreter cancel": ("{booking}", "{hostile}"),
    **{f"interpreter {verb}": ("{booking}", "--at", "{hostile}") for verb in ("break", "release")},
    **{
        f"interpreter {verb}": ("{booking}", "--reason", "{hostile}")
        for verb in ("cannot-fill", "withdraw", "no-show", "reopen", "correct", "decide")
    },
    "interpreter disposal list": (),
    "interpreter disposal propose": ("--note", "{hostile}"),
    "interpreter disposal confirm": (),
    "interpreter figures": ("--from", "{hostile}"),
    "interpreter calendar": ("out.ics", "--from", "{hostile}"),
    "case disposal propose": ("{case}", "--note", "{hostile}"),
    "case disposal confirm": ("{hostile}",),
    "case disposal log": (),
    "link add": ("{ref}", "{case}"),
    "link list": ("{case}",),
    "link remove": ("{ref}", "{case}", "--reason", "{hostile}"),
    "role list": (),
    "role give": ("{hostile}", "{hostile}"),
    "role team": ("{hostile}", "{hostile}"),
    "role take": ("{hostile}", "{hostile}"),
    "scheme install": ("{hostile}",),
    "scheme lint": ("{hostile}",),
    "scheme show": ("{hostile}",),
    "scheme graph": ("{hostile}",),
    "scheme try": ("{hostile}",),
    "report enquiries": ("--from", "{hostile}"),
    "turnaround list": ("{hostile}",),
    "court find": ("{hostile}",),
    "court show": ("{hostile}",),
    "find": ("{hostile}",),
    "kb search": ("{hostile}",),
    "kb flag": ("jury-defer", "wrong", "--note", "{hostile}"),
    "kb read": ("{hostile}",),
    "kb eval": ("{hostile}",),
    "kb show": ("{hostile}",),
    "kb check": ("--folder", "{hostile}"),
    "kb graph": ("{hostile}",),
    "kb new": ("{hostile}",),
    "kb diff": ("{hostile}",),
    "kb due": ("--folder", "{hostile}"),
    "kb stats": ("--folder", "{hostile}"),
    "script run": ("{hostile}",),
    "kb import": ("{hostile}",),
    "kb export": ("{hostile}", "--to", "{hostile}"),
    "kb report": (),
    "spos now": (),
    "spos list": (),
    "spos book": ("{hostile}",),
    "spos told": ("{hostile}",),
    "urgent": ("{hostile}",),
    "waiting": (),
    "doctor": (),
    "setup": ("--site", "{hostile}", "--name", "{hostile}", "--insecure-key-file"),
}
"""Every command that shows what people typed or what is given to it."""
CALLBACK = {
    f"callback {verb}"
    for verb in (
        *("add", "list", "show", "attempt", "reached", "missed", "cancel"),
        *("undo", "priority"),
    )
}
"""Commands about callbacks; they have a test of their own above."""
OTHERS = {
    *("rules run", "rules check", "passphrase", "keys", "demo", "scheme list"),
    *(f"central {name}" for name in ("apply", "check", "heads", "init", "migrate")),
    *("central set", "central status"),
    *(f"hearings {each[8:]}" for each in READING if each.startswith("hearing ")),  # the same
}
"""Commands that show no text of people; their own tests look at what they are given."""


TELLING = (
    *("hearing board", "hearing show", "hearing sheet", "hearing room list"),
    *("enquiry list", "enquiry find", "enquiry show", "enquiry parked", "followup list"),
    "waiting",
    *("case list", "case show", "case due"),
    *("complaint list", "complaint show"),
    *("complaint letter", "complaint pack", "complaint optic show"),
    *("interpreter list", "interpreter show", "interpreter register list", "interpreter here"),
    *("person find", "person list", "person show", "person safe-contact", "marker list"),
)
"""Commands that show names from the store."""


def commands(group: TyperGroup, before: str = "") -> set[str]:
    """Every command by its full name."""
    found = set()
    for name, each in group.commands.items():
        full = f"{before} {name}".strip()
        found |= commands(each, full) if isinstance(each, TyperGroup) else {full}
    return found


class Done(NamedTuple):
    """What a command left: its exit code and every byte it wrote."""

    code: int
    stdout: bytes
    stderr: bytes


Command = Callable[..., Done]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs ``deskapp`` on a desk as a script would, in this process: a start costs half a second.

    That a process of its own writes the same is seen in ``tests/cli/test_hostile_text.py``.
    """

    def call(home: Path, *words: str, given: str = "") -> Done:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as now:
            now.setenv("DESKAPP_HOME", str(home))
            now.setenv("LC_ALL", "C.UTF-8")
            now.setattr("sys.stdin", io.StringIO(given))
            for name, raw in (("stdout", out), ("stderr", err)):
                stream = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
                now.setattr(sys, name, stream)
            code = run(list(words))
            return Done(code, out.getvalue(), err.getvalue())

    return call


def test_every_command_is_known_here() -> None:
    """A new command that shows text of people gets its place above."""
    group = every_command()
    assert isinstance(group, TyperGroup)
    assert commands(group) == set(READING) | CALLBACK | OTHERS


@pytest.mark.parametrize("name", READING)
def test_no_command_hands_on_what_a_terminal_obeys(
    name: str, poisoned: tuple[Path, dict[str, str]], command: Command
) -> None:
    """On stdout and stderr; the words are there as they stand."""
    home, refs = poisoned
    hostile = HOSTILE.replace("\0", "")
    words = [word.format(**refs, hostile=hostile) for word in READING[name]]
    done = command(home, *name.split(), *words)
    assert done.stdout or done.stderr
    assert obeyed_in_lines(done.stdout) == []
    assert obeyed_in_lines(done.stderr) == []
    assert b"Traceback" not in done.stderr
    if name in TELLING:
        assert NAME in done.stdout.decode()


@pytest.mark.parametrize("name", TELLING)
def test_the_output_for_programs_is_clean_too(
    name: str, poisoned: tuple[Path, dict[str, str]], command: Command
) -> None:
    """JSON escapes would bring every sequence back in the program that reads them."""
    home, refs = poisoned
    words = [word.format(**refs) for word in READING[name]]
    lines = command(home, *name.split(), *words, "--json").stdout.splitlines()
    texts = [json.dumps(json.loads(line), ensure_ascii=False) for line in lines]
    # What waits may also be about a day or a booking, which name nobody.
    assert all(NAME in text for text in texts) or (name == "waiting" and NAME in "".join(texts))
    for text in texts:
        assert obeyed_in_lines(text.replace("\\n", "\n").encode()) == []
        assert "\\u0000" not in text
        assert "\\u001b" not in text
