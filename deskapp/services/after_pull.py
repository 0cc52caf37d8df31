"""What must be worked out again on the desk when rows have come from central.

A desk whose lists are worked out from its events adds its function to ``AFTER``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp import paths
from deskapp.data.connection import Connection
from deskapp.services import desk

Touched = Mapping[str, set[str]]
"""Ids of the rows that came, by table."""


def work_out(connection: Connection, touched: Touched, now: dt.datetime) -> None:
    """Bring everything that is worked out from the touched rows up to date."""
    for each in AFTER:
        each(connection, touched, now)


def _cases(connection: Connection, touched: Touched, now: dt.datetime) -> None:
    ids = touched.get("case_record", set()) | touched.get("case_event", set())
    if not ids:
        return
    from deskapp.services.casework import projection, shelf

    nation = desk.nation(desk.site(connection))
    book = shelf.on_desk(connection, paths.settings_folder(), nation)
    projection.renew(connection, book, ids, now)


def _complaints(connection: Connection, touched: Touched, _now: dt.datetime) -> None:
    ids = touched.get("complaint", set()) | touched.get("complaint_event", set())
    if ids:
        from deskapp.services.complaints import projection

        projection.renew(connection, ids)


AFTER = (_cases, _complaints)
