"""Half-finished forms: kept at every key stroke, found again after a crash, a park or a switch.

Plain SQL on a local table, so that the first key stroke waits for no heavy import.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import NamedTuple

from deskapp.clock import instant, stamp
from deskapp.data.connection import Connection
from deskapp.data.ids import new_id
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _
from deskapp.text import clean

CONTACT = "contact"
"""The form that becomes a contact."""
NOTE = "note"
"""The form that adds a note to a saved contact."""
CALLBACK = "callback"
"""The form that books a callback again."""
RING_REASON = "ring_reason"
"""The form that says why somebody is rung who said not to."""
SAFE_CONTACT = "safe_contact"
"""The form that says how a person may be reached."""
PERSON = "person"
"""The form that puts details of a person right."""
MARKER = "marker"
"""The form that sets a marker."""
HARD = "hard"
"""The forms of hard minutes; behind a colon stands which."""
TOLD = "told"
"""The form that says when the senior person on site was told."""
DUTY = "duty"
"""The form that books the senior person on site."""
CASE = "case"
"""The forms of casework; what each does follows behind a colon."""
KNOWLEDGE = "knowledge"
"""The form of a local article or script."""
COMPLAINT = "complaint"
"""The form that becomes a complaint."""
COMPLAINT_MOVE = "complaint_move"
"""The forms of what is done with a complaint; behind a colon stands which."""
JURY_ACT = "jury_act"
"""The forms of what is done with a juror; behind a colon stands which."""
JURY_BY_LIST = "jury_by_list"
"""Marks of who did not come, before the others are checked in; behind colons court and day."""
JURY_TRIAL = "jury_trial"
"""The form that opens a trial with a jury."""
JURY_EXPENSE = "jury_expense"
"""The form of what a juror claims for a day."""
BOOKING = "booking"
"""The form of an interpreter booking."""
BOOKING_ASSIGN = "booking_assign"
"""The form that says which interpreter comes."""
BOOKING_COMPLAINT = "booking_complaint"
"""The form of a complaint about an interpreter."""
TIMESHEET = "timesheet"
"""The forms of a timesheet; behind a colon stands what signing it does."""
INTERPRETER = "interpreter"
"""The form of an entry in the register of interpreters."""
INTERPRETER_AWAY = "interpreter_away"
"""The form that says when an interpreter is not available."""
HEARING = "hearing"
"""The forms about a hearing; behind a colon stands which."""
LABELS = {
    CONTACT: N_("Contact"),
    NOTE: N_("Note"),
    SAFE_CONTACT: N_("Safe contact"),
    PERSON: N_("Corrected details"),
    MARKER: N_("Set a marker"),
    CALLBACK: N_("Callback"),
    RING_REASON: N_("Ring all the same"),
    HARD: N_("Urgent record"),
    TOLD: N_("Senior person told"),
    DUTY: N_("Book the senior person"),
    CASE: N_("Casework"),
    KNOWLEDGE: N_("Local article"),
    COMPLAINT: N_("Complaint"),
    COMPLAINT_MOVE: N_("Complaint"),
    JURY_ACT: N_("Juror"),
    JURY_BY_LIST: N_("Check in by list"),
    JURY_TRIAL: N_("New trial with a jury"),
    JURY_EXPENSE: N_("Juror expenses"),
    BOOKING: N_("Booking"),
    BOOKING_ASSIGN: N_("Enter the interpreter"),
    BOOKING_COMPLAINT: N_("Complaint about an interpreter"),
    TIMESHEET: N_("Timesheet"),
    INTERPRETER: N_("Interpreter"),
    INTERPRETER_AWAY: N_("Not available"),
    HEARING: N_("Hearing"),
}
"""What the forms are called in the list of what waits, by the first part of their name."""
RECORD = "_record"
"""Name of the value that says which record a form is about; no field of a form begins like it."""

_COLUMNS = "id, form, officer_id, started_at, updated_at, spent_seconds, parked, focus, body"


class Draft(NamedTuple):
    """A form as the officer left it."""

    id: str
    """Also the id of the row that the form will become, so saving twice saves once."""
    form: str
    officer_id: str
    started_at: dt.datetime
    updated_at: dt.datetime
    spent_seconds: int = 0
    """Seconds worked on it; time parked or after a crash is not in it."""
    parked: bool = False
    focus: str = ""
    values: Mapping[str, str] = {}

    @property
    def empty(self) -> bool:
        """Whether nothing was typed or chosen yet."""
        return not any(self.values.values())


def begun(form: str, values: Mapping[str, str], *, officer_id: str, now: dt.datetime) -> Draft:
    """A draft that begins now; it is stored with its first key stroke."""
    return Draft(
        id=new_id(),
        form=form,
        officer_id=officer_id,
        started_at=now,
        updated_at=now,
        values=dict(values),
    )


def kind(form: str) -> str:
    """The first part of a form's name: ``case`` of ``case:key:issue``."""
    return form.partition(":")[0]


def title_name(language: str) -> str:
    """Name of the value that says in ``language`` what a form is, where its kind alone does not."""
    return f"_title_{language}"


def label(form: str) -> str:
    """What a form is called, in the language in use."""
    return _(LABELS[kind(form)])


def keep(connection: Connection, draft: Draft) -> None:
    """Store the draft as it is now; the last one kept wins."""
    connection.execute(
        f"INSERT INTO draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at,"
        " spent_seconds = excluded.spent_seconds, parked = excluded.parked,"
        " focus = excluded.focus, body = excluded.body",
        (
            draft.id,
            draft.form,
            draft.officer_id,
            stamp(draft.started_at),
            stamp(draft.updated_at),
            draft.spent_seconds,
            draft.parked,
            draft.focus,
            json.dumps({name: clean(value) for name, value in draft.values.items()}),
        ),
    )


def drop(connection: Connection, draft_id: str) -> None:
    """Forget a draft in which nothing was typed, or which has become a saved row."""
    connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def get(connection: Connection, draft_id: str) -> Draft:
    """The draft with this id.

    Raises:
        NotFoundError: If it was saved or discarded meanwhile.
    """
    row = connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE id = ?", (draft_id,)).fetchone()
    if row is None:
        raise NotFoundError(_("This form was saved or discarded meanwhile. Look in the list."))
    return _draft(row)


def running(connection: Connection, officer_id: str, form: str = "") -> Draft | None:
    """The form that is open and not parked, of one kind or of any: the last one typed in."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE officer_id = ? AND ? IN ('', form) AND NOT parked"
        " ORDER BY updated_at DESC LIMIT 1",
        (officer_id, form),
    ).fetchone()
    return None if row is None else _draft(row)


def for_record(connection: Connection, form: str, record_id: str, officer_id: str) -> Draft | None:
    """The officer's unfinished form about a record, or none."""
    for draft in waiting(connection, officer_id):
        if draft.form == form and draft.values.get(RECORD) == record_id:
            return draft
    return None


def of_form(connection: Connection, form: str, officer_id: str) -> Draft | None:
    """The officer's unfinished form of this very name, parked or not, or none."""
    return next((each for each in waiting(connection, officer_id) if each.form == form), None)


def waiting(connection: Connection, officer_id: str) -> list[Draft]:
    """Every unfinished form of the officer, the oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE officer_id = ? ORDER BY started_at", (officer_id,)
    ).fetchall()
    return [_draft(row) for row in rows]


def _draft(row: tuple[object, ...]) -> Draft:
    draft_id, form, officer_id, started, updated, spent, parked, focus, body = row
    values = json.loads(str(body))
    return Draft(
        id=str(draft_id),
        form=str(form),
        officer_id=str(officer_id),
        started_at=instant(str(started)),
        updated_at=instant(str(updated)),
        spent_seconds=int(str(spent)),
        parked=bool(parked),
        focus=str(focus),
        values={str(name): clean(str(value)) for name, value in values.items()},
    )
