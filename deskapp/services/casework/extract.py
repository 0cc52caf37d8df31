"""An extract for evaluation: a line per case of whoever agreed, without anything that names them.

Source: casework sheet, section 2.1 (evaluation extract).
"""

from __future__ import annotations

import hashlib

from deskapp import roles
from deskapp.data.connection import Connection
from deskapp.errors import NotFoundError
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services.casework import fold, shelf, stored
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.facts import CaseFacts
from deskapp.services.casework.reports import Table
from deskapp.services.casework.scheme import Field, Scheme
from deskapp.services.casework.values import FieldType, Value, day_of, write
from deskapp.services.casework.words import shown
from deskapp.text import one_line

CONSENT = "consent_to_evaluation"
"""The field of a scheme that says whether somebody agreed; without it there is no extract."""
_PLAIN = (
    FieldType.DATE,
    FieldType.INT,
    FieldType.MONEY,
    FieldType.YES_NO_UNKNOWN,
    FieldType.CHOICE,
    FieldType.CHOICES,
)
"""Types of fields that cannot hold a name; a time to the minute could be looked up elsewhere."""
_DIGITS = 16


def of(connection: Connection, acting: Acting, scheme_id: str) -> Table:
    """A line for each case of a scheme whose person agreed, under a pseudonym.

    Raises:
        NotFoundError: If the scheme asks nobody for consent, or is not for this person.
        NotAllowedError: If the role may not hold cases, which is who answers for them.
    """
    roles.require(acting.user, Act.MANAGE_CASES)
    scheme = acting.book.in_force(scheme_id, day_of(acting.now))
    may = shelf.may_know(acting.book, scheme_id, acting.person)
    if not may or CONSENT not in scheme.field_by_id:
        message = _("The scheme {scheme} does not ask for consent to evaluation.")
        raise NotFoundError(message.format(scheme=one_line(scheme_id)))
    fields = [each for each in scheme.fields if _is_plain(each)]
    rows = []
    for facts in _agreed(connection, acting, scheme_id):
        values = (facts.value(field.id) for field in fields)
        rows.append((_pseudonym(facts.case.id), facts.case.stage, *map(_written, values)))
    return Table(
        shown(scheme.label),
        ("id", "stage", *(each.id for each in fields)),
        tuple(sorted(rows)),
        None,
    )


def offered(acting: Acting) -> list[Scheme]:
    """The schemes that ask for consent, for whoever may have their extract."""
    if not roles.may(acting.user, Act.MANAGE_CASES):
        return []
    visible = shelf.visible(acting.book, acting.person)
    newest = (each for each in shelf.newest(acting.book) if each.id in visible)
    return [each for each in newest if CONSENT in each.field_by_id]


def _agreed(connection: Connection, acting: Acting, scheme: str) -> list[CaseFacts]:
    rows = connection.execute(
        "SELECT DISTINCT family_id FROM case_state WHERE scheme = ? ORDER BY family_id", (scheme,)
    ).fetchall()
    found = []
    for (family_id,) in rows:
        family = fold.fold(acting.book, stored.events(connection, family_id), acting.at)
        for case in family.cases.values():
            facts = CaseFacts(acting.book, family, case, acting.at)
            if case.scheme == scheme and facts.value(CONSENT) == "yes":
                found.append(facts)
    return found


def _is_plain(field: Field) -> bool:
    return field.type in _PLAIN and not field.sensitive and field.id != CONSENT


def _pseudonym(case_id: str) -> str:
    """The same for a case in every extract; the id it is made from is random and never shown."""
    return hashlib.sha256(f"extract:{case_id}".encode()).hexdigest()[:_DIGITS]


def _written(value: Value) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return "" if value is None else str(write(value))
