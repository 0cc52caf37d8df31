"""The changes that only this desk has, in a file that can be read without deskapp.

For a store that is damaged: what central has is fetched again by a new store, these are not.
Source: design sheet of sync, sections 7 and 11 (F6).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from deskapp.clock import Clock, instant_of_ms, stamp
from deskapp.data import rescue
from deskapp.data.changes import Change
from deskapp.data.connection import store_errors
from deskapp.errors import StoreError
from deskapp.i18n import _


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
                _("There is a file {file} already. Choose another name.").format(file=into)
            ) from None
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.writelines(map(_line, changes))
    return Rescued(len(changes), len(found) - len(changes))


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
    }
    return json.dumps(told, ensure_ascii=False) + "\n"
