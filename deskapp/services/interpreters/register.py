"""The interpreters that this court knows: what they speak, how they are registered, when away.

No home address is kept. Source: interpreter sheet, section 3.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deskapp import roles
from deskapp.errors import NotFoundError
from deskapp.i18n import N_, _, day
from deskapp.roles import Act, User
from deskapp.services.choice import Choice
from deskapp.services.interpreters import languages
from deskapp.services.interpreters.bookings import KIND_LABELS, Kind
from deskapp.services.paging import Page, Want
from deskapp.text import compact, fold, name_key, one_line

if TYPE_CHECKING:
    from deskapp.data.connection import Connection, Value
    from deskapp.services.interpreters.acting import Acting
    from deskapp.services.interpreters.lines import BookingLine


class Which(Choice):
    """Which interpreters a list shows."""

    ACTIVE = "active", N_("Active")
    EXPIRING = "expiring", N_("Registration ends or has ended")
    INACTIVE = "inactive", N_("Not active any more")


@dataclass(frozen=True)
class InterpreterLine:
    """An interpreter as lists show them."""

    id: str
    key: str
    """Who it is at every court."""
    name: str
    supplier: str
    kinds: tuple[Kind, ...]
    languages: tuple[str, ...]
    """Codes."""
    registration: str
    expires_on: dt.date | None
    gender: str
    phone: str
    email: str
    note: str
    active: bool
    place: tuple[str | int, ...]

    @property
    def speaks(self) -> str:
        """The languages in words, or the kinds where there is no language."""
        names = [languages.label(code) for code in self.languages]
        return ", ".join(names or [_(KIND_LABELS[kind]) for kind in self.kinds])

    def expired_on(self, on: dt.date) -> bool:
        """Whether the registration has ended on a day."""
        return self.expires_on is not None and self.expires_on < on

    def expiry_words(self, today: dt.date, warning_days: int) -> str:
        """What is told of a registration that ends soon or has ended; empty for nothing."""
        if self.expires_on is None or self.expires_on > today + dt.timedelta(days=warning_days):
            return ""
        if self.expires_on < today:
            return _("REGISTRATION ENDED {day}").format(day=day(self.expires_on))
        return _("Registration ends {day}").format(day=day(self.expires_on))


_COLUMNS = (
    "id, key, name, supplier, kinds, languages, registration, expires_on, gender, phone, email,"
    " note, active, name_key"
)


def page(
    connection: Connection,
    want: Want,
    acting: Acting,
    which: Which = Which.ACTIVE,
    *,
    language: str = "",
    text: str = "",
) -> Page[InterpreterLine]:
    """A page of the register by name; those whose registration ends, by the day it does.

    Args:
        connection: The store.
        want: Which page.
        acting: Who asks.
        which: Which list.
        language: Only those with this code; empty for all.
        text: Only those whose name has these letters, however written; empty for all.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    conditions = [f"active = {int(which is not Which.INACTIVE)}"]
    values: list[Value] = []
    columns = "name_key, id"
    if which is Which.EXPIRING:
        until = acting.today + dt.timedelta(days=acting.settings.expiry_warning_days)
        conditions.append("expires_on > '' AND expires_on <= ?")
        values.append(until.isoformat())
        columns = "expires_on, id"
    if language:
        conditions.append("EXISTS (SELECT 1 FROM json_each(languages) WHERE value = ?)")
        values.append(language)
    if text.strip():
        conditions.append("instr(name_key, ?)")
        values.append(fold(one_line(text)))
    place, order = want.clause(columns)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM interpreter WHERE {' AND '.join(conditions)} AND {place}"
        f" ORDER BY {order} LIMIT ?",
        (*values, *want.place, want.limit),
    ).fetchall()
    return want.page([_line(row, by_expiry=which is Which.EXPIRING) for row in rows])


def line(connection: Connection, interpreter_id: str, *, user: User) -> InterpreterLine:
    """One interpreter.

    Raises:
        NotFoundError: If there is no such interpreter.
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM interpreter WHERE id = ?", (interpreter_id,)
    ).fetchone()
    if row is None:
        raise NotFoundError(_("There is no such interpreter on this desk."))
    return _line(row)


def lines(
    connection: Connection, interpreter_ids: Iterable[str], acting: Acting
) -> dict[str, InterpreterLine]:
    """Those of the interpreters that are here, by id.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(acting.user, Act.READ_BOOKINGS)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM interpreter WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(interpreter_ids)),),
    ).fetchall()
    return {row[0]: _line(row) for row in rows}


def named(connection: Connection, text: str, *, user: User) -> InterpreterLine:
    """The one interpreter with this registration, id or name.

    Raises:
        NotFoundError: If nobody, or more than one, is meant.
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM interpreter WHERE id = ?1 OR key = ?2 OR name_key = ?3 LIMIT 3",
        (one_line(text), compact(text), name_key(one_line(text))),
    ).fetchall()
    if len(rows) > 1:
        message = _("Several interpreters are called {name}. Enter the registration instead.")
        raise NotFoundError(message.format(name=one_line(text)))
    if not rows:
        message = _("No interpreter is called {name}. Add them to the register first.")
        raise NotFoundError(message.format(name=one_line(text)))
    return _line(rows[0])


def able(connection: Connection, booking: BookingLine, *, user: User) -> Iterator[InterpreterLine]:
    """Who could do a booking: language or kind, gender, registered then, and not to be avoided.

    By name; whether they are free is another question (``free``). Nobody is offered for a language
    that is not in the list.

    Raises:
        NotAllowedError: If the role may not read bookings.
    """
    roles.require(user, Act.READ_BOOKINGS)
    [(avoid, gender)] = connection.execute(
        "SELECT avoid, gender FROM booking WHERE id = ?", (booking.id,)
    ).fetchall()
    column, wanted = "languages", booking.language_code
    if booking.kind is Kind.INTERMEDIARY:
        column, wanted = "kinds", Kind.INTERMEDIARY.value
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM interpreter WHERE active = 1"
        f" AND EXISTS (SELECT 1 FROM json_each({column}) WHERE value = ?)"
        " AND (expires_on = '' OR expires_on >= ?) AND (? = 'none' OR gender = ?)"
        " AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY name_key, id",
        (wanted, booking.day.isoformat(), gender, gender, avoid),
    )
    return (_line(row) for row in rows.fetchall())


def _line(row: tuple[Any, ...], *, by_expiry: bool = False) -> InterpreterLine:
    values = dict(zip(InterpreterLine.__dataclass_fields__, row, strict=True))
    kinds, codes = json.loads(values["kinds"]), json.loads(values["languages"])
    expires_on = values["expires_on"]
    return InterpreterLine(
        **values
        | {
            "kinds": tuple(Kind(kind) for kind in kinds),
            "languages": tuple(codes),
            "expires_on": dt.date.fromisoformat(expires_on) if expires_on else None,
            "active": bool(values["active"]),
            "place": (expires_on if by_expiry else values["place"], values["id"]),
        }
    )
