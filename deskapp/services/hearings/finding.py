"""Finding a hearing by its case, by who takes part or by its room."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskapp import roles
from deskapp.errors import NotFoundError
from deskapp.i18n import _, day
from deskapp.roles import Act
from deskapp.services.hearings import board, order
from deskapp.services.hearings.acting import Acting
from deskapp.services.hearings.board import BoardLine
from deskapp.text import compact, one_line, words

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

_WHOLE = "room || ' ' || case_ref || ' ' || case_name || ' ' || parties"
_MAY_MATCH = (
    f"(instr(lower({_WHOLE}), ?) OR {_WHOLE} GLOB '*[^ -~]*' OR instr({_WHOLE}, char(39))"
    " OR case_key GLOB ? || '*')"
)
"""What SQLite can tell of a hearing: it knows neither accents nor apostrophes, so those pass."""


def find(
    connection: Connection, acting: Acting, site: str, on: dt.date, text: str, *, limit_rows: int
) -> list[BoardLine]:
    """The hearings that words stand for: of this day by case, name or room; of a case on any day.

    Raises:
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    typed = words(text)
    if not typed:
        return []
    rows = connection.execute(
        "SELECT id, room, start, case_key, case_ref, case_name, parties FROM hearing"
        " WHERE site = ? AND day = ? AND NOT (list_state = 'removed_from_list' AND list_id = '')"
        f" AND {_MAY_MATCH}",
        (site, on.isoformat(), typed[0], compact(text)),
    ).fetchall()
    found = sorted(order.place(row[1], row[2], row[0]) for row in rows if _matches(row[1:], typed))
    ids = [each[-1] for each in found[:limit_rows]]
    others = connection.execute(
        "SELECT id FROM hearing WHERE case_key = ? AND case_key <> ''"
        " AND NOT (site = ? AND day = ?)"
        " AND NOT (list_state = 'removed_from_list' AND list_id = '')"
        " ORDER BY day DESC, start LIMIT ?",
        (compact(text), site, on.isoformat(), limit_rows),
    ).fetchall()
    ids += [row[0] for row in others]
    return board.lines(connection, acting, ids[:limit_rows])


def one(connection: Connection, acting: Acting, site: str, on: dt.date, text: str) -> str:
    """The id of the hearing that an id, or a case reference with one hearing that day, stands for.

    Raises:
        NotFoundError: If there is none, or more than one; the text then names their ids.
        NotAllowedError: If the role may not read hearings.
    """
    roles.require(acting.user, Act.READ_HEARINGS)
    if connection.execute("SELECT 1 FROM hearing WHERE id = ?", (text,)).fetchone():
        return text
    rows = connection.execute(
        "SELECT id, start, room FROM hearing WHERE case_key = ? AND case_key <> '' AND day = ?"
        " AND site = ? AND NOT (list_state = 'removed_from_list' AND list_id = '')"
        " ORDER BY start, id",
        (compact(text), on.isoformat(), site),
    ).fetchall()
    if len(rows) == 1:
        return str(rows[0][0])
    if not rows:
        message = _("No hearing of {day} here has the id or case reference {ref}.")
        raise NotFoundError(message.format(day=day(on), ref=one_line(text)))
    listed = ", ".join(f"{start} {one_line(room)} {found}" for found, start, room in rows)
    message = _("Several hearings of that day have this reference. Give an id: {listed}")
    raise NotFoundError(message.format(listed=listed))


def _matches(row: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether every word that was typed begins a word of a hearing, or all of them its case."""
    room, _start, case_key, case_ref, case_name, parties = row
    if case_key.startswith("".join(typed).upper()):
        return True
    names = " ".join(str(party.get("name", "")) for party in json.loads(parties or "[]"))
    held = words(f"{room} {case_ref} {case_name} {names}")
    return all(any(word.startswith(part) for word in held) for part in typed)
