"""Keeping the register of interpreters: somebody new, and entries that are put right.

No home address is kept. Source: interpreter sheet, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.data.sessions import plain
from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import _
from deskapp.roles import Act
from deskapp.services import drafts as form_drafts
from deskapp.services.interpreters import languages, register_reading
from deskapp.services.interpreters.bookings import Gender
from deskapp.services.interpreters.register import InterpreterLine, line
from deskapp.text import compact, one_line

if TYPE_CHECKING:
    from sqlmodel import Session

    from deskapp.data.connection import Connection
    from deskapp.services.interpreters.acting import Acting

FORM = "interpreter"
"""Name of the form that becomes an interpreter."""


@dataclass(frozen=True)
class InterpreterDraft:
    """What is typed of an interpreter."""

    name: str = ""
    supplier: str = ""
    languages: str = ""
    """Codes or whole names, parted by commas."""
    kinds: str = ""
    """Parted by spaces; empty for those of the languages."""
    registration: str = ""
    """Register and number."""
    expires_on: str = ""
    gender: str = Gender.NONE.value
    phone: str = ""
    email: str = ""
    note: str = ""
    active: str = "yes"


def add(
    session: Session, acting: Acting, draft: InterpreterDraft, *, interpreter_id: str
) -> InterpreterLine:
    """Add somebody to the register; adding with the same id again changes nothing.

    Raises:
        FormProblemsError: With everything to put right, or who has this registration already.
        NotAllowedError: If the role may not book interpreters.
    """
    from deskapp.data.booking_tables import Interpreter

    roles.require(acting.user, Act.WORK_BOOKINGS)
    if session.get(Interpreter, interpreter_id) is None:
        fields = register_reading.columns(draft, acting.today)
        fields["key"] = _key(fields, interpreter_id)
        _must_be_new(plain(session), str(fields["key"]), interpreter_id)
        session.add(Interpreter(id=interpreter_id, home_site=acting.user.site, **fields))
    form_drafts.drop(plain(session), interpreter_id)
    return line(plain(session), interpreter_id, user=acting.user)


def change(
    session: Session,
    acting: Acting,
    interpreter_id: str,
    draft: InterpreterDraft,
    *,
    draft_id: str = "",
) -> InterpreterLine:
    """Correct an entry of the register, or say that somebody is not active any more.

    ``draft_id`` is that of a stored form, which is forgotten.

    Raises:
        FormProblemsError: With everything to put right, or who has this registration already.
        NotFoundError: If there is no such interpreter.
        NotAllowedError: If the role may not book interpreters.
    """
    from deskapp.data.booking_tables import Interpreter

    roles.require(acting.user, Act.WORK_BOOKINGS)
    before = line(plain(session), interpreter_id, user=acting.user)
    fields = register_reading.columns(draft, acting.today)
    fields["key"] = _key(fields, interpreter_id)
    _must_be_new(plain(session), str(fields["key"]), interpreter_id)
    row = session.get_one(Interpreter, interpreter_id)
    for name, value in fields.items():
        setattr(row, name, value)
    if fields["key"] != before.key:
        # Their bookings are found by it at every court.
        plain(session).execute(
            "UPDATE booking SET interpreter_key = ? WHERE interpreter_id = ?",
            (fields["key"], interpreter_id),
        )
    form_drafts.drop(plain(session), draft_id)
    return line(plain(session), interpreter_id, user=acting.user)


def as_draft(found: InterpreterLine) -> InterpreterDraft:
    """An entry as it is typed, to correct it."""
    return InterpreterDraft(
        name=found.name,
        supplier=found.supplier,
        languages=", ".join(languages.label(code) for code in found.languages),
        kinds=" ".join(found.kinds),
        registration=found.registration,
        expires_on=found.expires_on.isoformat() if found.expires_on else "",
        gender=found.gender,
        phone=found.phone,
        email=found.email,
        note=found.note,
        active="yes" if found.active else "",
    )


def _key(fields: dict[str, Any], interpreter_id: str) -> str:
    """Who it is at every court: by the registration, or by the id where there is none."""
    return compact(fields["registration"]) or interpreter_id


def _must_be_new(connection: Connection, key: str, interpreter_id: str) -> None:
    row = connection.execute(
        "SELECT name FROM interpreter WHERE key = ? AND id <> ?", (key, interpreter_id)
    ).fetchone()
    if row is not None:
        message = _("{name} has this registration already. Open that entry instead.")
        raise FormProblemsError([Problem("registration", message.format(name=one_line(row[0])))])
