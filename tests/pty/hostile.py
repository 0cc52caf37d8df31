"""Text that would take over a terminal, in every place where text is kept; and who obeyed it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from sqlcipher3 import dbapi2

from deskapp.data.connection import Connection

NAME = "Ann [/b] Jones"
CLICK = "[@click=app.bell]x"
SEQUENCES = (
    "\x1b]0;PWNED\x07"  # sets the title
    "\x1b]52;c;UFdORUQ=\x07"  # fills the clipboard
    "\x1b[3J\x1b[2J"  # wipes the screen and what scrolled away
    "\x1b[5;7;33;41m"  # blinks
    "\x1b[6n\x1b[c"  # makes the terminal type
    "\x1bP$qm\x1b\\"
    "\x9b5m\x9d0;PWNED\x9c"  # the same in eight bits
    "\x00\x07\x7f\u202e\u2066\u2028"
)
MARKED = "Mark Example"
"""Stands in answers of cases where ``poison`` puts hostile text."""
HOSTILE = (
    f"\x07{NAME} {CLICK} {SEQUENCES} O'Brien Si\u00e2n \u0645\u062d\u0645\u062f \U0001f600 {NAME}"
)
LONG = f"{HOSTILE} " + "word " * 4000

# What no screen of deskapp ever sends: operating system commands and other strings, questions to
# the terminal, wiping what scrolled away, blinking, eight-bit controls, NUL, BEL, DEL, bidi.
_OBEYED = re.compile(
    rb"\x1b[\]PX^_k]|\x1b\[3J|\x1b\[[0-9;>=?]*[cn]|\x1b\[(?:\d+;)*5(?:;\d+)*m"
    rb"|\xc2[\x80-\x9f]|[\x00\x07\x7f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)
# The sequences that the thin profile is made of.
_OWN = re.compile(
    rb"\x1b\[[0-9;]*m|\x1b\[[0-9;]*[A-HKdr]|\x1b\[2J|\x1bM|\x1b\[\?(?:7|25|1049|2004)[hl]"
)
_WIPES = 3
"""At most: the splash, the first page, leaving."""


def obeyed(raw: bytes) -> list[bytes]:
    """What a terminal would obey in the output of the thin profile; nothing when all is well."""
    foreign = [raw[match.start() :][:16] for match in _OBEYED.finditer(raw)]
    foreign += [raw[at.start() :][:16] for at in re.finditer(rb"\x1b", _OWN.sub(b"", raw))]
    return foreign + [b"\x1b[2J"] * max(0, raw.count(b"\x1b[2J") - _WIPES)


def obeyed_in_lines(raw: bytes) -> list[bytes]:
    """The same for commands, which send no control character but the end of a line."""
    controls = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]")
    return [raw[match.start() :][:16] for match in controls.finditer(raw)]


def poison(connection: Connection) -> None:
    """Put hostile text into every text of people in the store, past its write gate."""
    for sql, values in _poisonous():
        dbapi2.Connection.execute(connection, sql, values)


def _poisonous() -> Iterator[tuple[str, tuple[str, ...]]]:
    """JSON is poisoned twice: as it stands, and in its escapes, which no gate sees."""
    escaped = json.dumps({"team": HOSTILE, "by_when": "2026-11-20"})
    draft = json.dumps(
        {
            "person_name": HOSTILE,
            "question": LONG,
            "answer": HOSTILE,
            "topic_typed": HOSTILE,
            "case_ref": HOSTILE,
            "phone": HOSTILE,
            "channel": "phone_in",
        }
    )
    yield "UPDATE sync_state SET applying = 1", ()
    yield (
        "UPDATE case_event SET note = ?1, answers = ?2 WHERE note <> ''",
        (HOSTILE, json.dumps({"offence": HOSTILE})),
    )
    yield (
        "UPDATE case_event SET answers = replace(answers, ?1, ?2)",
        (MARKED, json.dumps(HOSTILE)[1:-1]),
    )
    yield "UPDATE case_state SET title = ?1, external_refs = ?1", (HOSTILE,)
    yield "UPDATE case_record SET external_refs = ?1", (HOSTILE,)
    yield "UPDATE case_item SET about = ?1", (HOSTILE,)
    yield (
        "UPDATE contact SET person_name = ?1, case_ref = ?1, question = ?2, answer = ?1,"
        " extras = ?3, trail = ?4",
        (HOSTILE, LONG, escaped, json.dumps([{"script": HOSTILE, "lines": [HOSTILE, LONG]}])),
    )
    yield "UPDATE person SET full_name = ?1, phone = ?1, email = ?1, postcode = ?1", (HOSTILE,)
    yield "UPDATE contact_event SET note = ?", (HOSTILE,)
    yield "UPDATE follow_up SET what = ?", (HOSTILE,)
    yield (
        "UPDATE callback SET note = ?1, over_reason = ?1, call_reason = ?1, end_reason = ?1",
        (HOSTILE,),
    )
    yield "UPDATE safe_contact SET times = ?1, code_word = ?1, note = ?1", (HOSTILE,)
    yield "UPDATE record_link SET reason = ?", (HOSTILE,)
    yield (
        "UPDATE marker SET code = 'PF0999', words = ?1, source = ?1, renew_reason = ?1,"
        " review_on = '2020-01-01'",
        (HOSTILE,),
    )
    yield (
        "UPDATE complaint SET person_name = ?1, address = ?1, postcode = ?1, email = ?1,"
        " phone = ?1, case_ref = ?1, acting_for = ?1, summary = ?1, details = ?2, about_staff = ?1,"
        " also = ?3, loss = ?3",
        (HOSTILE, LONG, escaped),
    )
    yield (
        "UPDATE complaint_event SET note = ?1, restricted = ?1, data = replace(data, ?2, ?3)",
        (HOSTILE, MARKED, json.dumps(HOSTILE)[1:-1]),
    )
    yield "UPDATE complaint_state SET person_name = ?1, summary = ?1, optic_ref = ?1", (HOSTILE,)
    yield "UPDATE complaint_stage SET lateness = ?1, redress = ?1", (HOSTILE,)
    yield "UPDATE complaint_discard SET reason = ?1, body = ?2", (HOSTILE, draft)
    yield (
        "UPDATE juror SET title = ?1, first_name = ?1, last_name = ?1, phone = ?1, email = ?1,"
        " postcode = ?1, adjustment = 'W', adjustment_text = ?1, optic_ref = ?1, notes = ?2,"
        " smart_card = ?1",
        (HOSTILE, LONG),
    )
    yield (
        "UPDATE juror_event SET note = ?1, data = replace(data, ?2, ?3)",
        (HOSTILE, MARKED, json.dumps(HOSTILE)[1:-1]),
    )
    yield "UPDATE attendance_expense SET other_what = ?1, permitted_by = ?1", (HOSTILE,)
    yield "UPDATE trial SET name = ?1, judge = ?1, room = ?1, number = ?1", (HOSTILE,)
    yield "UPDATE trial_juror SET trial = ?", (HOSTILE,)
    yield "UPDATE jury_draw SET pools = ?", (json.dumps([HOSTILE]),)
    yield from _bookings()
    yield from _hearings()
    yield "UPDATE kb_item SET title = ?1, title_cy = ?1", (HOSTILE,)
    yield "UPDATE kb_version SET text = ?2, welsh = ?1, why = ?1", (HOSTILE, LONG)
    yield "UPDATE kb_flag SET note = ?", (HOSTILE,)
    yield "UPDATE kb_search SET words = ?", (HOSTILE,)
    yield "UPDATE officer SET name = ?", (HOSTILE,)
    yield "UPDATE draft SET body = ?", (draft,)
    yield "UPDATE sync_state SET applying = 0", ()


def _bookings() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The same of bookings, interpreters and timesheets."""
    yield (
        "UPDATE booking SET dialect_note = ?1, for_name = ?1, room = ?1, supplier = ?1,"
        " supplier_ref = ?1, cost_code = ?1, off_contract_reason = ?1, allowed_by = ?1, note = ?1",
        (HOSTILE,),
    )
    yield (
        "UPDATE interpreter SET name = ?1, supplier = ?1, registration = ?1, phone = ?1,"
        " email = ?1, note = ?1",
        (HOSTILE,),
    )
    yield "UPDATE interpreter_away SET note = ?1, first_on = date('now')", (HOSTILE,)
    yield "UPDATE booking_event SET reason = ?1", (HOSTILE,)
    data = json.dumps({"for_name": [HOSTILE, HOSTILE]})
    yield "UPDATE booking_event SET code = 'change', data = ?1 WHERE code = 'book'", (data,)
    yield (
        "UPDATE timesheet SET travel_note = ?1, signed_name = ?1, acknowledged_by = ?1,"
        " comments = ?1",
        (HOSTILE,),
    )


def _hearings() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The same of hearings and what hangs on them."""
    party = json.dumps([{"role": HOSTILE, "name": HOSTILE, "custody": True}])
    yield (
        "UPDATE hearing SET house = ?1, room = ?1, case_ref = ?1, case_name = ?1,"
        " hearing_type = ?1, description = ?1, channel = ?1, panel = ?1, sequence = ?1, note = ?1,"
        " restricted = 1, restriction = ?1, judiciary = ?2, parties = ?3",
        (HOSTILE, json.dumps([HOSTILE]), party),
    )
    yield (
        "UPDATE support_need SET party_name = ?1, party_role = ?1, value = ?1, comment = ?1,"
        " other_language = ?1, requested_by = ?1, decided_by = ?1, named = ?2,"
        " decided_at = made_at",
        (HOSTILE, json.dumps([HOSTILE])),
    )
    yield "UPDATE video_link SET kind = ?1, address = ?1, note = ?1", (HOSTILE,)
    yield "UPDATE room SET name = ?1", (HOSTILE,)
    yield (
        "UPDATE hearing_event SET note = ?1, data = replace(data, ?2, ?3)",
        (HOSTILE, MARKED, json.dumps(HOSTILE)[1:-1]),
    )
    yield "UPDATE hearing_list SET version = ?1, kind = ?1", (HOSTILE,)
