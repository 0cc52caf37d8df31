"""The rows of jury service: pools, jurors, their days at court, trials, draws and what was done.

A juror and a pool have their numbers, so every row but the events has an id that is made of numbers
and is the same on every desk (``services.jury.row_ids``). Local dates and times are kept as they
were on the wall, amounts as whole pence. Source: jury sheet, section 2; design sheet of sync, 2.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field

from deskapp.data.tables import Event, Synced, safe

_NO = {"server_default": text("0")}
_EMPTY = {"server_default": ""}


class JuryPool(Synced, table=True):
    """The jurors summoned to one court for one day of start."""

    __tablename__ = "jury_pool"
    __table_args__ = (
        Index("jury_pool_by_number", "number"),
        Index("jury_pool_by_court", "court", "start_on", "id"),
    )
    number: str
    """Nine digits."""
    court: str
    """Code of the court, three digits."""
    owner: str
    """Code of the court that has it now; 400, the Bureau, before it is handed over."""
    start_on: str
    asked: int = Field(default=0, sa_column_kwargs=_NO)
    """Jurors that were asked for."""


class Juror(Synced, table=True):
    """A person summoned, with what the desk must know; the address is held centrally."""

    __tablename__ = "juror"
    __table_args__ = (Index("juror_by_number", "number"), Index("juror_by_name", "name_key", "id"))
    number: str
    """Nine digits."""
    title: str = Field(default="", sa_column=safe())
    first_name: str = Field(sa_column=safe())
    last_name: str = Field(sa_column=safe())
    name_key: str = Field(default="", sa_column=safe())
    """Last and first name as names are sorted."""
    date_of_birth: str = Field(default="", sa_column_kwargs=_EMPTY)
    """Empty while it is not known."""
    phone: str = Field(default="", sa_column=safe())
    phone_2: str = Field(default="", sa_column=safe())
    phone_3: str = Field(default="", sa_column=safe())
    email: str = Field(default="", sa_column=safe())
    reach_by: str = Field(default="none", sa_column_kwargs={"server_default": "none"})
    """``none``, ``email`` or ``text``."""
    postcode: str = Field(default="", sa_column=safe())
    welsh: bool = Field(default=False, sa_column_kwargs=_NO)
    adjustment: str = Field(default="N", sa_column_kwargs={"server_default": "N"})
    adjustment_text: str = Field(default="", sa_column=safe())
    police_check: str = Field(
        default="not_checked", sa_column_kwargs={"server_default": "not_checked"}
    )
    identity: str = Field(default="", sa_column_kwargs=_EMPTY)
    """Code of what showed who they are; empty while nobody looked."""
    optic_ref: str = Field(default="", sa_column=safe())
    notes: str = Field(default="", sa_column=safe())
    smart_card: str = Field(default="", sa_column=safe())
    """Number of the card; spending stands with each day."""
    loss_pence: int | None = Field(default=None)
    """Usual loss of earnings for a full day; empty while it is not known."""
    travel_minutes: int = Field(default=0, sa_column_kwargs=_NO)
    """Usual time on the way, both ways together."""
    usual: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object: what is usually claimed besides."""


class JurorInPool(Synced, table=True):
    """Membership of a juror in a pool; where they stand is said here."""

    __tablename__ = "juror_in_pool"
    __table_args__ = (
        Index("juror_in_pool_by_juror", "juror", "active"),
        Index("juror_in_pool_by_pool", "pool", "name_key", "juror"),
        Index("juror_in_pool_counted", "pool", "status"),
        Index("juror_in_pool_by_due", "court", "active", "next_on", "name_key", "juror"),
        Index("juror_in_pool_by_call", "court", "active", "on_call", "name_key", "juror"),
        Index("juror_in_pool_by_name", "court", "active", "name_key", "juror"),
        Index("juror_in_pool_by_status", "court", "active", "status", "name_key", "juror"),
    )
    juror: str
    pool: str
    court: str
    name_key: str = Field(default="", sa_column=safe())
    """As of the juror, so that the lists of a court come in the order of names."""
    status: int
    """1 to 13, see ``services.jury.stages.Status``."""
    active: bool
    """The one membership at this court that counts."""
    next_on: str = Field(default="", sa_column_kwargs=_EMPTY)
    """Local day on which they are due next; empty while on call or for none."""
    on_call: bool = Field(default=False, sa_column_kwargs=_NO)
    service_start: str
    """When they serve in this pool."""
    original_start: str
    """When they were first summoned for."""
    deferrals: int = Field(default=0, sa_column_kwargs=_NO)
    deferred_to: str = Field(default="", sa_column_kwargs=_EMPTY)
    reason: str = Field(default="", sa_column_kwargs=_EMPTY)
    """Code of the last excusal, deferral or disqualification."""
    completed_on: str = Field(default="", sa_column_kwargs=_EMPTY)
    transferred_on: str = Field(default="", sa_column_kwargs=_EMPTY)
    version: int = Field(default=0, sa_column_kwargs=_NO)
    """Of the row as the Bureau sent it last; 0 where it says none."""


class Attendance(Synced, table=True):
    """One juror, one date, one court: what was recorded of that day by every desk together."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index("attendance_by_day", "court", "day", "juror"),
        Index("attendance_by_juror", "juror", "day"),
        Index("attendance_by_stage", "court", "stage", "day", "juror"),
        Index("attendance_by_audit", "audit_number", "juror"),
    )
    juror: str
    day: str
    court: str
    pool: str
    kind: str = Field(default="", sa_column_kwargs=_EMPTY)
    """``attendance``, ``non_attendance``, ``absent``; empty for a record that was taken back."""
    stage: str = Field(default="", sa_column_kwargs=_EMPTY)
    """Empty on a day absent."""
    time_in: str = Field(default="", sa_column_kwargs=_EMPTY)
    """``HH:MM``."""
    time_out: str = Field(default="", sa_column_kwargs=_EMPTY)
    on_trial: bool = Field(default=False, sa_column_kwargs=_NO)
    trial: str = Field(default="", sa_column=safe())
    travel_minutes: int = Field(default=0, sa_column_kwargs=_NO)
    audit_number: str = Field(default="", sa_column_kwargs=_EMPTY)
    by_list: bool = Field(default=False, sa_column_kwargs=_NO)
    """Times were put in from a list, not as people came and went."""
    recorded_by: str = Field(default="", sa_column=safe())
    """Ids of everybody who recorded any of it, sorted, parted by spaces."""
    recorded_at: str


class AttendanceExpense(Synced, table=True):
    """What is claimed for one day; it has the id of its attendance. Amounts are pence."""

    __tablename__ = "attendance_expense"
    __table_args__ = (
        Index("attendance_expense_by_juror", "juror", "day"),
        Index("attendance_expense_by_state", "court", "state", "day", "juror"),
        Index("attendance_expense_by_claim", "claim_id", "day"),
    )
    juror: str
    day: str
    court: str
    pool: str
    state: str
    """``draft``, ``submitted``, ``approved`` or ``edited``."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Grows with every change of the claim or of the day."""
    pay: str = Field(default="", sa_column_kwargs=_EMPTY)
    """As an officer set it; by the length of the day when empty."""
    loss_pence: int = Field(default=0, sa_column_kwargs=_NO)
    usual_loss: bool = Field(default=False, sa_column_kwargs=_NO)
    """The loss is the usual one of a full day: half of it counts on a half day."""
    care_pence: int = Field(default=0, sa_column_kwargs=_NO)
    other_pence: int = Field(default=0, sa_column_kwargs=_NO)
    other_what: str = Field(default="", sa_column=safe())
    miles: int = Field(default=0, sa_column_kwargs=_NO)
    car: bool = Field(default=False, sa_column_kwargs=_NO)
    car_passengers: int = Field(default=0, sa_column_kwargs=_NO)
    motorcycle: bool = Field(default=False, sa_column_kwargs=_NO)
    motorcycle_passengers: int = Field(default=0, sa_column_kwargs=_NO)
    bicycle: bool = Field(default=False, sa_column_kwargs=_NO)
    public_transport_pence: int = Field(default=0, sa_column_kwargs=_NO)
    taxi_pence: int = Field(default=0, sa_column_kwargs=_NO)
    parking_pence: int = Field(default=0, sa_column_kwargs=_NO)
    permitted_by: str = Field(default="", sa_column=safe())
    """Who gave permission for taxi and parking beforehand."""
    food: str = Field(default="NONE", sa_column_kwargs={"server_default": "NONE"})
    smart_card_pence: int = Field(default=0, sa_column_kwargs=_NO)
    in_cash: bool = Field(default=False, sa_column_kwargs=_NO)
    touched_by: str = Field(default="", sa_column=safe())
    """Ids of everybody who submitted or edited it, sorted, parted by spaces."""
    claim_id: str = Field(default="", sa_column_kwargs=_EMPTY)
    """The days that were submitted together have the same."""
    submitted_by: str = Field(default="", sa_column_kwargs=_EMPTY)
    submitted_at: str = Field(default="", sa_column_kwargs=_EMPTY)
    approved_by: str = Field(default="", sa_column_kwargs=_EMPTY)
    approved_at: str = Field(default="", sa_column_kwargs=_EMPTY)
    rates_from: str = Field(default="", sa_column_kwargs=_EMPTY)
    """First day of the rate set that was fixed to the day at submission."""
    fixed: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object: service day, band, limit, cuts and items in pence as they were submitted."""
    paid: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of item to pence: what was approved for payment so far."""


class Trial(Synced, table=True):
    """A trial with a jury; its number is unique only together with the court."""

    __tablename__ = "trial"
    __table_args__ = (Index("trial_by_court", "court", "ended_on", "number", "id"),)
    number: str = Field(sa_column=safe())
    court: str
    name: str = Field(default="", sa_column=safe())
    """Names of the defendants or parties, as typed."""
    judge: str = Field(default="", sa_column=safe())
    room: str = Field(default="", sa_column=safe())
    start_on: str
    ended_on: str = Field(default="", sa_column_kwargs=_EMPTY)


class TrialJuror(Synced, table=True):
    """A juror who was drawn for the panel of a trial, and what became of it."""

    __tablename__ = "trial_juror"
    __table_args__ = (
        Index("trial_juror_by_trial", "trial_id", "place", "juror"),
        Index("trial_juror_by_juror", "juror", "back_on"),
        Index("trial_juror_by_court", "court", "back_on", "juror"),
    )
    trial_id: str
    trial: str = Field(sa_column=safe())
    """Number of the trial."""
    court: str
    juror: str
    pool: str
    place: int
    """In the order of the ballot, counted from 1."""
    outcome: str
    """``panel``, ``juror``, ``not_used``, ``challenged`` or ``returned``."""
    draw_id: str
    drawn_on: str
    sworn_on: str = Field(default="", sa_column_kwargs=_EMPTY)
    back_on: str = Field(default="", sa_column_kwargs=_EMPTY)
    """When they left the panel or the jury."""


class JuryDraw(Event, table=True):
    """A draw by lot, kept so that anybody can make it again: seed and candidates give the drawn."""

    __tablename__ = "jury_draw"
    __table_args__ = (Index("jury_draw_by_trial", "trial_id", "hlc"),)
    trial_id: str
    court: str
    day: str
    asked: int
    seed: str
    pools: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of the pools that were chosen; empty for all."""
    candidates: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list of juror numbers in text order."""
    drawn: str = Field(default="[]", sa_column=safe(default="[]"))
    """JSON list in the order in which they were drawn."""


class JurorEvent(Event, table=True):
    """One thing that was done with a juror; ``services.jury.events`` says what it is."""

    __tablename__ = "juror_event"
    __table_args__ = (
        Index("juror_event_by_juror", "juror", "hlc"),
        Index("juror_event_by_day", "court", "day", "hlc"),
    )
    juror: str
    pool: str = ""
    court: str = ""
    """Where it was done."""
    day: str = ""
    """The day that it is about; empty when it is about the service as a whole."""
    code: str
    note: str = Field(default="", sa_column=safe())
    data: str = Field(default="{}", sa_column=safe(default="{}"))
    """JSON object of name to value."""
