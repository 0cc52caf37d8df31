"""One callback with everything the officer who rings must see, and its tries.

Source: enquiries sheet, sections 5 and 9.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass

from deskapp import roles
from deskapp.clock import instant
from deskapp.data.connection import Connection
from deskapp.roles import Act, User
from deskapp.services.callbacks import callback_lines
from deskapp.services.callbacks.callback_lines import CallbackLine, Result
from deskapp.services.enquiries import third_party
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import About

NUMBER_SHOWN = "number_shown"
"""Code of the event that keeps why a number was shown though its person said not to ring."""


@dataclass(frozen=True)
class Try:
    """One try to ring."""

    contact_id: str
    ref: str
    """Reference of its contact; empty until that is saved."""
    at: dt.datetime
    officer_name: str
    on_time: bool
    result: Result


@dataclass(frozen=True)
class Card:
    """A callback with everything the officer who rings must see."""

    line: CallbackLine
    phone: str
    """Empty while it is hidden or withheld."""
    withheld: bool
    """The address of the person is confidential: nobody is shown how to reach them."""
    hidden: bool
    """The person said not to ring: the number is shown when a reason is kept."""
    topic: str
    user_type: str
    case_ref: str
    question: str
    acting_for: str
    """For whom the person spoke; empty when for themselves."""
    authority: str
    needs: tuple[str, ...]
    """Codes of what was recorded, a language behind a colon."""
    booked_at: dt.datetime
    booked_by: str
    note: str
    over_reason: str
    call_reason: str
    """Why the person is rung though they said not to, as it was booked."""
    end_reason: str
    tries: tuple[Try, ...]
    about: About

    @property
    def open_try(self) -> Try | None:
        """The try that is under way."""
        last = self.tries[-1] if self.tries else None
        return last if last and last.result is Result.ATTEMPTING else None

    @property
    def lacks_call_reason(self) -> bool:
        """Whether it must be said why this person is rung before it is booked again."""
        return not (self.line.safe.may_call or self.call_reason)

    @property
    def kept_on_time(self) -> bool | None:
        """Whether the first try began when it was promised; None before it."""
        return self.tries[0].on_time if self.tries else None


def card(connection: Connection, callback_id: str, *, user: User) -> Card:
    """One callback with its tries; the number only where it may be seen.

    Raises:
        NotAllowedError: If the role may not read contacts.
        NotFoundError: If there is none with this id.
    """
    kept = callback_lines.line(connection, callback_id, user=user)
    [row] = connection.execute(
        "SELECT coalesce(nullif(c.phone, ''), p.phone, ''), coalesce(c.topic, ''),"
        " coalesce(c.user_type, ''), coalesce(c.case_ref, ''), coalesce(c.question, ''),"
        " coalesce(c.acting_for, '{}'), coalesce(c.needs, '[]'),"
        " b.booked_at, coalesce(o.name, ''), b.note, b.over_reason, b.call_reason, b.end_reason,"
        " coalesce(c.case_key, '')"
        " FROM callback AS b LEFT JOIN contact AS c ON c.id = b.contact_id"
        " LEFT JOIN person AS p ON p.id = b.person_id LEFT JOIN officer AS o ON o.id = b.booked_by"
        " WHERE b.id = ?",
        (callback_id,),
    ).fetchall()
    about = About(kept.person_id, row[-1])
    cover = withheld.cover_about(connection, about)
    silent = not kept.safe.may_call and not _number_shown(connection, kept, user)
    hidden = silent and not cover.address  # a reason shows the number, but never this address
    phone, topic, user_type, case_ref, question, spoken_for, needed = row[:7]
    booked_at, booked_by, *words = row[7:-1]
    note, over_reason, call_reason, end_reason = map(cover.text, words)
    acting_for, authority = third_party.read(spoken_for)
    return Card(
        line=kept,
        phone="" if hidden or cover.address else phone,
        withheld=cover.address,
        hidden=hidden,
        topic=topic,
        user_type=user_type,
        case_ref=cover.text(case_ref),
        question=cover.text(question),
        acting_for=cover.text(acting_for),
        authority=authority,
        needs=tuple(json.loads(needed)),
        booked_at=instant(booked_at),
        booked_by=booked_by,
        note=note,
        over_reason=over_reason,
        call_reason=call_reason,
        end_reason=end_reason,
        tries=tries(connection, callback_id, user=user),
        about=about,
    )


def tries(connection: Connection, callback_id: str, *, user: User) -> tuple[Try, ...]:
    """The tries of a callback, the first one first; those undone are left out.

    Raises:
        NotAllowedError: If the role may not read contacts.
    """
    roles.require(user, Act.READ_CONTACTS)
    rows = connection.execute(
        "SELECT a.contact_id, coalesce(c.ref, ''), a.at, coalesce(o.name, ''), a.on_time, a.result"
        " FROM callback_attempt AS a LEFT JOIN contact AS c ON c.id = a.contact_id"
        " LEFT JOIN officer AS o ON o.id = a.officer_id"
        " WHERE a.callback_id = ? ORDER BY a.hlc, a.desk LIMIT 500",
        (callback_id,),
    ).fetchall()
    folded: dict[str, Try] = {}
    for contact_id, ref, at, name, on_time, result in rows:
        begun = folded.get(contact_id) or Try(
            contact_id, ref, instant(at), name, bool(on_time), Result.ATTEMPTING
        )
        folded[contact_id] = dataclasses.replace(begun, result=Result(result))
    return tuple(each for each in folded.values() if each.result is not Result.UNDONE)


def _number_shown(connection: Connection, line: CallbackLine, user: User) -> bool:
    row = connection.execute(
        "SELECT 1 FROM contact_event WHERE contact_id = ? AND code = ? AND officer_id = ?",
        (line.contact_id, NUMBER_SHOWN, user.id),
    ).fetchone()
    return row is not None
