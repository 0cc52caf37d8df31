"""Ids of rows that two desks must make alike: made of the numbers that people know them by.

Source: jury sheet, section 9; design sheet of sync, section 2.
"""

from __future__ import annotations

import uuid

from deskapp.services.jury.merging import ROWS, row_id
from deskapp.text import clean

attendance = row_id
"""Of a day: juror, date and court."""


def pool(number: str) -> str:
    """Of a pool."""
    return _made("pool", number)


def juror(number: str) -> str:
    """Of a juror."""
    return _made("juror", number)


def membership(juror_number: str, pool_number: str) -> str:
    """Of a juror in a pool."""
    return _made("juror in pool", juror_number, pool_number)


def trial(court: str, number: str) -> str:
    """Of a trial."""
    return _made("trial", court, number)


def on_trial(trial_id: str, juror_number: str) -> str:
    """Of a juror on the panel of a trial."""
    return _made("trial juror", trial_id, juror_number)


def part(event_id: str, juror_number: str) -> str:
    """Of what one step that is made for many writes down of one of them."""
    return _made("part", event_id, juror_number)


def audit_number(prefix: str, event_id: str) -> str:
    """The audit number of a step: the same when it is saved twice, another on every desk."""
    return f"{prefix}{uuid.uuid5(ROWS, f'audit|{event_id}').int % 10**9:09d}"


def _made(*parts: str) -> str:
    return str(uuid.uuid5(ROWS, clean("|".join(parts))))
