"""The changes that only this desk has, in a file that can be read without deskapp, and back.

For a store that is damaged: what central has is fetched again by a new store, these are not.
Source: design sheet of sync, sections 7 and 11 (F6).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from deskapp import roles, security_log
from deskapp.clock import Clock, instant_of_ms, stamp
from deskapp.data import rescue
from deskapp.data.changes import NO_PAYLOAD, Change
from deskapp.data.connection import Connection, store_errors
from deskapp.data.purge import ERASED
from deskapp.errors import DeskError, StoreError
from deskapp.i18n import _
from deskapp.roles import Act, User
from deskapp.text import one_line

_TRAVELS = ("change_id", "op", "hlc", "base_rev", "schema_ver", "wall_ms")
"""What else must stay as it was, so that central merges it as if it had come in time."""


class Rescued(NamedTuple):
    """What was found."""

    written: int
    unreadable: int
    """Places where nothing could be read; each may have been more than one change."""


def export(store_file: Path, key: bytes, into: Path, clock: Clock) -> Rescued:
    """Write every change that central has not merged into a new file, one JSON object a line.

    The file is for the officer alone (0600) and holds what people said in the clear.

    Raises:
        StoreError: If not even the beginning of the store can be read, or the file is there
            already or cannot be written.
    """
    found = list(rescue.pending(store_file, key, clock))
    changes = [each for each in found if isinstance(each, Change)]
    with store_errors(into.parent):
        try:
            opened = os.open(into, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            raise StoreError(
                _("There is a file {file} already. Choose another name.").format(
                    file=one_line(f"{into}")
                )
            ) from None
        except ValueError:  # a name that no file can have
            message = _("The file {file} cannot be written. Choose another place.")
            raise StoreError(message.format(file=one_line(f"{into}"))) from None
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.writelines(map(_line, changes))
    security_log.note(security_log.Event.EXPORTED, changes=len(changes))
    return Rescued(len(changes), len(found) - len(changes))


def bring_in(connection: Connection, lines: Iterable[str], *, user: User) -> int:
    """Send what an exported file holds with the next exchange of this desk; how many changes.

    Central merges them by the clock and the revisions of the desk that wrote them, so nothing
    newer is lost, and what it has already counts once. The records come with the answer.

    Raises:
        NotAllowedError: If the role may not speak for another store.
        DeskError: If a line is none of such a file; nothing is kept then.
    """
    roles.require(user, Act.FORK_DESK)
    changes = [_read(line) for line in lines if line.strip()]
    brought = connection.executemany(
        "INSERT INTO change_log (change_id, op, hlc, base_rev, schema_ver, wall_ms, txn, actor,"
        " tbl, row_id, home_site, delta, state)"
        " SELECT :change_id, :op, :hlc, iif(:base_rev < 0, :base_rev, ~:base_rev), :schema_ver,"
        " :wall_ms, desk_txn(), :by, :table, :id, :site, :delta, 0"
        " WHERE NOT EXISTS (SELECT 1 FROM change_log WHERE change_id = :change_id)"
        f" AND (:delta <> '{NO_PAYLOAD}' OR :op = '{ERASED}')",  # else it was taken out
        changes,
    )
    newest = max((int(each["hlc"]) for each in changes), default=0)
    connection.execute("UPDATE sync_state SET hlc = max(hlc, ?)", (newest,))
    return brought.rowcount


def _read(line: str) -> dict[str, str | int]:
    """The values of a line of an exported file.

    Raises:
        DeskError: If it is none.
    """
    try:
        told = json.loads(line)
        texts = {name: f"{told[name]}" for name in ("by", "site", "table", "id")}
        numbers = {name: int(told["change"][name]) for name in ("hlc", "base_rev", "wall_ms")}
        more = {name: f"{told['change'][name]}" for name in ("change_id", "op", "schema_ver")}
        delta = json.dumps(dict(told["fields"]), ensure_ascii=False)
    except (ValueError, KeyError, TypeError):
        raise DeskError(
            _("This is not a file that deskapp doctor --export-pending wrote. Nothing was taken.")
        ) from None
    return {**texts, **numbers, **more, "delta": delta}


def _line(change: Change) -> str:
    told = {
        "number": change.seq,
        "written_at": stamp(instant_of_ms(change.wall_ms)),
        "by": change.actor,
        "site": change.home_site,
        "table": change.tbl,
        "id": change.row_id,
        "new": change.op == "I",
        "fields": json.loads(change.delta),
        "change": {name: getattr(change, name) for name in _TRAVELS},
    }
    return json.dumps(told, ensure_ascii=False) + "\n"
