"""A report of the jury desk as a table: what it tells, as values, before it is text or CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from deskapp.i18n import N_
from deskapp.services.choice import Choice
from deskapp.services.days import Days

Value = str | int | Decimal | dt.date | dt.time | None
"""What stands in a cell; amounts are decimal pounds."""


class Kind(Choice):
    """Which report; each is about one day, some days, or one trial."""

    SUMMARY = "summary", N_("Day summary")
    DUE = "due", N_("Persons due, with barcodes")
    ATTENDING = "attending", N_("Attending now")
    NOT_IN = "not_in", N_("Not checked in")
    NOT_OUT = "not_out", N_("Not checked out")
    UNCONFIRMED = "unconfirmed", N_("Unconfirmed, by date")
    ABSENCES = "absences", N_("Absences")
    ON_CALL = "on_call", N_("On call")
    NEXT = "next", N_("Next due dates")
    TRIAL = "trial", N_("Panel and jury of a trial")
    SLIPS = "slips", N_("Ballot slips")
    AUDIT = "audit", N_("Attendance by audit number")
    UNPAID = "unpaid", N_("Unpaid days")
    BANK = "bank", N_("Payments by bank")
    CASH = "cash", N_("Payments in cash")
    FIGURES = "figures", N_("Utilisation and attendance rate")


OF_A_DAY = frozenset(
    {Kind.SUMMARY, Kind.DUE, Kind.ATTENDING, Kind.NOT_IN, Kind.NOT_OUT, Kind.ON_CALL, Kind.NEXT}
    | {Kind.UNCONFIRMED, Kind.UNPAID}
)
"""The others but those of a trial are about a range of days."""
OF_A_TRIAL = frozenset({Kind.TRIAL, Kind.SLIPS})


@dataclass(frozen=True)
class Asked:
    """Which report is wanted."""

    kind: Kind
    days: Days
    """Of a report of one day, its last day counts."""
    trial_id: str = ""
    """Of slips: empty for everybody who is checked in and in waiting."""


class Column(NamedTuple):
    """A column: its name in files and what it is called, untranslated."""

    code: str
    label: str


class Bar(NamedTuple):
    """One line of a chart."""

    label: str
    """Already translated."""
    length: int
    told: str
    """What stands beside the bar."""


@dataclass(frozen=True)
class Report:
    """Everything a report tells."""

    asked: Asked
    court: str
    """Name of the court."""
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    about: str = ""
    """What it is about besides the days, such as a trial."""
    sums: Sequence[tuple[str, str]] = ()
    """Labels and values that stand above the table, already translated."""
    bars: Sequence[Bar] = ()
    bars_of: str = ""
    """What the bars count, already translated; empty where the labels say it."""


NUMBER = Column("juror_number", N_("Juror"))
NAME = Column("name", N_("Name"))
POOL = Column("pool", N_("Pool"))
DATE = Column("date", N_("Date"))
MARK = Column("adjustment", N_("Adjustment"))
TIME_IN = Column("time_in", N_("In"))
TIME_OUT = Column("time_out", N_("Out"))
COUNT = Column("jurors", N_("Jurors"))
TRIAL = Column("trial", N_("Trial"))
STATUS = Column("status", N_("Status"))
BARCODE = Column("barcode", N_("Barcode"))
AUDIT = Column("audit_number", N_("Audit number"))
