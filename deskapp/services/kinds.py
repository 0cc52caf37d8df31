"""What every part needs to know of the records of other desks: what they are called, how found.

Links, promises and unfinished forms name a record by its table and id. A desk that makes records
adds one entry to ``KINDS``, and its screen to ``screens/records.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from deskapp.data.connection import Connection
from deskapp.i18n import N_, _
from deskapp.roles import Act

CONTACT, CASE, PERSON, CALLBACK = "contact", "case_record", "person", "callback"
COMPLAINT = "complaint"
JUROR, TRIAL = "juror", "trial"
BOOKING, INTERPRETER = "booking", "interpreter"
HEARING = "hearing"


class RecordKind(NamedTuple):
    """One kind of record, named by its table."""

    label: str
    """Untranslated."""
    act: Act
    """What one must be allowed to do to know of it."""
    select: str
    """SQL for id, reference, title, the person it is about, the scheme whose roles alone know of
    it, and the key of the case it is about; each of the last five may be empty."""
    spoken: bool = True
    """Whether it has a reference of its own, kept as ``ref_key``."""
    spoken_in: tuple[str, ...] = ()
    """Tables that keep its references, where not its own alone does: a reference may change."""


KINDS: dict[str, RecordKind] = {
    CASE: RecordKind(
        N_("Case"),
        Act.READ_CASES,
        "SELECT id, ref, title, '' AS person, scheme, '' FROM case_state",
    ),
    CONTACT: RecordKind(
        N_("Contact"),
        Act.READ_CONTACTS,
        "SELECT id, ref, person_name, coalesce(person_id, ''), '', case_key FROM contact",
    ),
    COMPLAINT: RecordKind(
        N_("Complaint"),
        Act.READ_COMPLAINTS,
        "SELECT s.id, s.ref, s.person_name, s.person_id, '', c.case_key"
        " FROM complaint_state AS s JOIN complaint AS c ON c.id = s.id",
        spoken_in=("complaint_state", "complaint"),
    ),
    BOOKING: RecordKind(
        N_("Booking"),
        Act.READ_BOOKINGS,
        "SELECT id, ref, for_name, person_id, '', coalesce((SELECT h.case_key"
        " FROM booking_hearing AS l JOIN hearing AS h ON h.id = l.hearing_id"
        " WHERE l.booking_id = booking.id AND h.case_key <> '' LIMIT 1), '') FROM booking",
    ),
    INTERPRETER: RecordKind(
        N_("Interpreter"),
        Act.READ_BOOKINGS,
        "SELECT id, '' AS ref, name, '' AS person, '', '' FROM interpreter",
        spoken=False,
    ),
    PERSON: RecordKind(
        N_("Person"),
        Act.READ_CONTACTS,
        "SELECT id, '' AS ref, full_name, id AS person, '', '' FROM person",
        spoken=False,
    ),
    HEARING: RecordKind(
        N_("Hearing"),
        Act.READ_HEARINGS,
        "SELECT id, case_ref, day || ' ' || start || ' ' || room, '' AS person, '', case_key"
        " FROM hearing",
        spoken=False,
    ),
    CALLBACK: RecordKind(
        N_("Callback"),
        Act.READ_CONTACTS,
        "SELECT b.id, c.ref, c.person_name, b.person_id, '', c.case_key"
        " FROM callback AS b JOIN contact AS c ON c.id = b.contact_id",
        spoken=False,
    ),
    JUROR: RecordKind(
        N_("Juror"),
        Act.READ_JURY,
        "SELECT id, number AS ref, first_name || ' ' || last_name, '', '', number FROM juror",
        spoken=False,
    ),
    "juror_in_pool": RecordKind(
        N_("Juror in a pool"),
        Act.READ_JURY,
        "SELECT id, juror || ' ' || pool AS ref, '', '', '', juror FROM juror_in_pool",
        spoken=False,
    ),
    "attendance": RecordKind(
        N_("Day of a juror"),
        Act.READ_JURY,
        "SELECT id, juror || ' ' || day AS ref, '', '', '', juror FROM attendance",
        spoken=False,
    ),
    "attendance_expense": RecordKind(
        N_("Claim of a juror"),
        Act.READ_JURY,
        "SELECT id, juror || ' ' || day AS ref, '', '', '', juror FROM attendance_expense",
        spoken=False,
    ),
    TRIAL: RecordKind(
        N_("Trial"),
        Act.READ_JURY,
        "SELECT id, number AS ref, name, '', '', '' FROM trial",
        spoken=False,
    ),
}


class Known(NamedTuple):
    """What every part may show of a record, after it asked who reads."""

    id: str
    ref: str
    title: str
    person_id: str
    scheme: str
    case_key: str
    """Of a juror the juror's number: callers give it as their reference."""


def label(table: str) -> str:
    """What a record of a table is called, in the language in use."""
    return _(KINDS[table].label)


def known(connection: Connection, table: str, ids: Iterable[str]) -> dict[str, Known]:
    """Those of the records that are here, by id; none for a table that is no desk's."""
    if table not in KINDS:
        return {}
    rows = connection.execute(
        f"SELECT * FROM ({KINDS[table].select}) WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    ).fetchall()
    return {row[0]: Known(*row) for row in rows}


def ref_of(connection: Connection, record_id: str) -> str:
    """The reference of the record with this id, whatever it is; empty where it has none."""
    found = (known(connection, table, [record_id]).get(record_id) for table in KINDS)
    return next((each.ref for each in found if each), "")


def with_ref(connection: Connection, text: str) -> list[tuple[str, str]]:
    """Table and id of the records that a reference stands for, however it is spelt."""
    from deskapp.data import refs  # the first page looks nothing up

    places = (
        (table, place)
        for table, kind in KINDS.items()
        if kind.spoken
        for place in kind.spoken_in or (table,)
    )
    found = ((table, refs.ids_of(connection, place, text)) for table, place in places)
    return list(dict.fromkeys((table, record_id) for table, ids in found for record_id in ids))
