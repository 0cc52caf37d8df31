"""Invented hearings of yesterday, today and tomorrow, and bookings for them in every state."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deskapp.clock import LONDON, local, stamp
from deskapp.data.ids import new_id
from deskapp.data.refs import new_ref
from deskapp.services.demo.demo_office import Office, Row, Rows
from deskapp.services.interpreters import languages, timesheets
from deskapp.services.interpreters.bookings import ATTENDED, Mode, Route, Status
from deskapp.services.interpreters.double_booked import Told
from deskapp.services.interpreters.life import MOVES, Event
from deskapp.services.interpreters.settings import Settings
from deskapp.services.interpreters.timesheets import Sheet
from deskapp.services.interpreters.wall import MINUTE, ONE_DAY, Span
from deskapp.text import compact, name_key

TWO_HOURS = dt.timedelta(hours=2)
PEOPLE = (
    ("Marta Przykład", "pol", "NRPSI 90001", 400, "female", "01632 960 301"),
    ("Ioan Exemplu", "ron", "NRPSI 90002", 25, "male", "01632 960 302"),
    ("Ayşe Örnek", "tur", "NRPSI 90003", 700, "female", "07700 900 303"),
    ("Hamid Nemune", "fas", "NRPSI 90004", -12, "male", "07700 900 304"),
    ("Bethan Sampl", "bfi", "NRCPD 90005", 300, "female", "01632 960 305"),
    ("Rhodri Enghraifft", "cym", "", 0, "male", "01632 960 306"),
    ("Lucía Ejemplo", "spa", "NRPSI 90007", 510, "female", "07700 900 307"),
    ("Tariq Misal", "urd", "NRPSI 90008", 90, "male", "07700 900 308"),
)
"""Name, language, registration, days to its end, gender and phone; all of them invented."""
PARTIES = (
    ("Defendant", "Piotr Zmyślony"),
    ("Applicant", "Elena Inventată"),
    ("Respondent", "Can Hayali"),
    ("Defendant", "Parisa Saxtegi"),
    ("Witness", "Owain Dychmygol"),
    ("Claimant", "Sofía Inventada"),
    ("Defendant", "Imran Farzi"),
    ("Applicant", "Nia Ffuglen"),
)
TYPES = ("Trial", "Plea and trial preparation", "Directions", "Final hearing", "Mention")
SITTINGS = tuple((room, start) for start in (10, 14) for room in range(1, 5))
_STEPS: dict[Status, tuple[Event, ...]] = {
    Status.DRAFT: (),
    Status.REQUESTED: (Event.SEND,),
    Status.ASSIGNED: (Event.SEND, Event.ASSIGN),
    Status.CONFIRMED: (Event.SEND, Event.ASSIGN, Event.CONFIRM),
    Status.UNFILLED: (Event.SEND, Event.SUPPLIER_CANNOT_FILL),
    Status.CANCELLED_BY_COURT: (Event.SEND, Event.ASSIGN, Event.CANCEL_BY_COURT),
}
_STEPS |= {
    Status.SUPPLIER_DID_NOT_ATTEND: (*_STEPS[Status.CONFIRMED], Event.MARK_NO_SHOW),
    Status.IN_ATTENDANCE: (*_STEPS[Status.CONFIRMED], Event.ARRIVE),
}
_STEPS |= {
    Status.FULFILLED: (*_STEPS[Status.IN_ATTENDANCE], Event.SIGN_OFF),
    Status.CUSTOMER_DID_NOT_ATTEND: (*_STEPS[Status.IN_ATTENDANCE], Event.CUSTOMER_ABSENT),
}
_OVER = TWO_HOURS + 10 * MINUTE
"""How long after the booked start somebody could go."""
_LATE = {Event.ARRIVE.value: 5 * MINUTE, Event.MARK_NO_SHOW.value: 30 * MINUTE}
"""How long after it this was written down."""
STORIES: tuple[tuple[int, int, Status], ...] = (
    (-1, 0, Status.FULFILLED),
    (-1, 1, Status.CUSTOMER_DID_NOT_ATTEND),
    (-1, 2, Status.SUPPLIER_DID_NOT_ATTEND),
    (-1, 6, Status.IN_ATTENDANCE),
    (0, 0, Status.CONFIRMED),
    (0, 1, Status.ASSIGNED),
    (0, 2, Status.REQUESTED),
    (0, 4, Status.CONFIRMED),
    (0, 5, Status.CANCELLED_BY_COURT),
    (0, 7, Status.UNFILLED),
    (1, 0, Status.REQUESTED),
    (1, 1, Status.ASSIGNED),
    (1, 4, Status.CONFIRMED),
    (1, 5, Status.CONFIRMED),
    (1, 6, Status.DRAFT),
)
"""Working days from today, which sitting, and how far its booking has come."""


@dataclass(frozen=True)
class _Hearing:
    id: str
    day: dt.date
    start: dt.datetime
    """Wall clock."""
    room: str
    case_ref: str
    role: str
    party: str


def rows(office: Office, settings: Settings) -> Rows:
    """Interpreters, lists with their hearings, and bookings with their history."""
    made = _Maker(office, settings)
    made.register()
    hearings = {step: list(made.hearings(step)) for step in (-1, 0, 1)}
    for number, (step, at, status) in enumerate(STORIES):
        made.booking(hearings[step][at], status, number)
    made.lost(hearings[1][2])
    return made.rows


class _Maker:
    """Makes the rows, by table."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self.office = office
        self.settings = settings
        self.today = office.calendar.working_day_on_or_after(local(office.now).date())
        self.rows: dict[str, list[Row]] = {
            name: []
            for name in (
                "interpreter", "interpreter_away", "hearing_list", "hearing", "booking",
                "booking_hearing", "booking_event", "timesheet",
            )
        }  # fmt: skip
        self.people: list[Row] = []

    def register(self) -> None:
        """The interpreters; one is away for two days."""
        for name, code, registration, days, gender, phone in PEOPLE:
            person_id = self._id(self.office.now - 90 * ONE_DAY)
            expires_on = self.today + dt.timedelta(days=days)
            self.people.append(
                self._row(
                    "interpreter",
                    id=person_id,
                    key=compact(registration) or person_id,
                    name=name,
                    name_key=name_key(name),
                    supplier=self._supplier(code),
                    kinds=json.dumps([languages.kinds()[code].value]),
                    languages=json.dumps([code]),
                    registration=registration,
                    expires_on=expires_on.isoformat() if registration else "",
                    gender=gender,
                    phone=phone,
                )
            )
        self._row(
            "interpreter_away",
            id=self._id(self.office.now - ONE_DAY),
            interpreter_id=self.people[2]["id"],
            first_on=self._day(1).isoformat(),
            last_on=self._day(2).isoformat(),
            part="ALL_DAY",
            note="Training",
            taken_back_at="",
        )

    def hearings(self, step: int) -> Iterator[_Hearing]:
        """The list of a working day and its hearings."""
        day = self._day(step)
        published = dt.datetime.combine(day - ONE_DAY, dt.time(16), LONDON)
        imported = stamp(min(published, self.office.now))
        digest = f"{self.office.random.getrandbits(256):064x}"
        listed = self._row(
            "hearing_list", id=self._id(published), site=self.office.user.site,
            kind="demonstration", first_on=day.isoformat(), last_on=day.isoformat(), version="1.0",
            published_at=imported, imported_at=imported, imported_by=self.office.user.id,
            digest=digest, counts=json.dumps({"new": len(SITTINGS)}), undone_at="", undone_by="",
        )  # fmt: skip
        for number, (room, hour) in enumerate(SITTINGS):
            start = dt.datetime.combine(day, dt.time(hour))
            case = f"ZZ26X{self.office.random.randrange(10**4):04}{step + 1}{number}"
            role, party = PARTIES[(number + step) % len(PARTIES)]
            found = _Hearing(self._id(published), day, start, f"Court {room}", case, role, party)
            self._row(
                "hearing", id=found.id, site=self.office.user.site, day=day.isoformat(),
                start=f"{hour}:00", zone="Europe/London", starts_at=stamp(start.replace(
                    tzinfo=LONDON)), minutes=(60, 120, 180)[number % 3], room=found.room,
                case_ref=case, case_key=case, case_name=f"Example v {party}",
                hearing_type=TYPES[number % len(TYPES)],
                parties=json.dumps([{"role": role, "name": party}], ensure_ascii=False),
                list_state="listed", list_id=listed["id"],
            )  # fmt: skip
            yield found

    def booking(self, hearing: _Hearing, status: Status, number: int) -> Row:
        """A booking that has come so far; what cannot have happened yet has not."""
        starts_at = hearing.start.replace(tzinfo=LONDON)
        if status is Status.CONFIRMED and starts_at <= self.office.now:
            status = Status.IN_ATTENDANCE
        person = self._person(number)
        code = json.loads(person["languages"])[0]
        asked = self.office.now - 9 * ONE_DAY
        booking_id = self._id(asked)
        ref = new_ref("B", self.office.random.choice)
        named = Event.ASSIGN in _STEPS[status]
        ends_at = starts_at + TWO_HOURS
        row = self._row(
            "booking", id=booking_id, ref=ref, ref_key=compact(ref), site=self.office.user.site,
            kind=languages.kinds()[code].value,
            route="welsh_unit" if code == languages.WELSH else "contract", mode="f2f",
            language_code=code, gender="none", for_role=_role(hearing.role),
            for_name=hearing.party, room=hearing.room, day=hearing.day.isoformat(),
            local_start=f"{hearing.start:%Y-%m-%dT%H:%M}",
            local_end=f"{hearing.start + TWO_HOURS:%Y-%m-%dT%H:%M}", zone="Europe/London",
            starts_at=stamp(starts_at), ends_at=stamp(ends_at), until=stamp(ends_at),
            supplier=self._supplier(code), status=status.value,
            supplier_ref=f"JOB {7100 + number}" if status is not Status.DRAFT else "",
            reference_key=f"JOB{7100 + number}" if status is not Status.DRAFT else "",
            interpreter_id=person["id"] if named else "",
            interpreter_key=person["key"] if named else "",
            assigned_at=stamp(asked + 2 * ONE_DAY) if named else "",
            requested_by=self.office.user.id,
            requested_at="" if status is Status.DRAFT else stamp(asked),
            conflict_with="[]", **dict.fromkeys(_EMPTY, ""),
        )  # fmt: skip
        self._row(
            "booking_hearing", id=self._id(asked), booking_id=booking_id, hearing_id=hearing.id,
            ended_at="",
        )  # fmt: skip
        self._history(row, status, asked, starts_at)
        if status is Status.CANCELLED_BY_COURT:
            row |= {"cancel_reason": "settled", "cancel_class": "in_time"}
        if status in ATTENDED:
            self._attended(row, person, status, starts_at, hearing)
        return row

    def lost(self, hearing: _Hearing) -> None:
        """A request that lost its interpreter to another court."""
        row = self.booking(hearing, Status.REQUESTED, len(STORIES))
        lost = Told.DOUBLE_BOOKED.value
        other = json.dumps([[self._id(), "fact:newport-south-wales-county-court", lost]])
        row |= {
            "conflict": lost,
            "conflict_with": other,
            "conflict_at": stamp(self.office.now - ONE_DAY),
            "lost_id": self._person(len(STORIES))["id"],
            "lost_key": self._person(len(STORIES))["key"],
        }

    def _attended(
        self, row: Row, person: Row, status: Status, starts_at: dt.datetime, hearing: _Hearing
    ) -> None:
        arrived, released = starts_at + 5 * MINUTE, starts_at + _OVER
        row |= {"arrived_at": stamp(arrived), "identity": "card"}
        if released > self.office.now:
            return
        row |= {"released_at": stamp(released), "until": stamp(released)}
        if status is Status.IN_ATTENDANCE:
            return
        sheet = Sheet(Span(starts_at, starts_at + TWO_HOURS), arrived, released, (), released)
        minutes = timesheets.minutes(sheet, self.settings.minimum_minutes[Mode.F2F])
        self._row(
            "timesheet", id=self._id(released), at=stamp(released),
            officer_id=self.office.user.id, booking_id=row["id"], mode="f2f",
            booked_start=row["starts_at"], booked_end=row["ends_at"], arrived_at=stamp(arrived),
            released_at=stamp(released), identity="card", signed_name=self.office.user.name,
            signed_role=self.office.user.role.value, signed_at=stamp(released),
            acknowledged_by=person["name"], hearings=json.dumps([hearing.id]),
            customer_absent=status is Status.CUSTOMER_DID_NOT_ATTEND,
            figures=json.dumps(vars(minutes)), corrects="",
        )  # fmt: skip

    def _history(
        self, row: Row, status: Status, asked: dt.datetime, starts_at: dt.datetime
    ) -> None:
        before = Status.DRAFT.value
        steps: list[tuple[str, str]] = [("book", before)]
        steps += [(event.value, _after(event)) for event in _STEPS[status]]
        for number, (code, after) in enumerate(steps):
            at = min(asked + number * ONE_DAY, self.office.now)
            if code in (Event.ARRIVE, Event.SIGN_OFF, Event.CUSTOMER_ABSENT, Event.MARK_NO_SHOW):
                at = _LATE.get(code, _OVER) + starts_at
            self._row(
                "booking_event", id=self._id(at), at=stamp(at), officer_id=self.office.user.id,
                booking_id=row["id"], code=code, before=before, after=after,
                role=self.office.user.role.value,
            )  # fmt: skip
            before = after

    def _row(self, table: str, **values: Any) -> Row:
        row: Row = {"id": values["id"], "home_site": self.office.user.site, **values}
        self.rows[table].append(row)
        return row

    def _id(self, moment: dt.datetime | None = None) -> str:
        at = moment or self.office.now
        return new_id(int(at.timestamp() * 1000), self.office.random.randbytes)

    def _person(self, number: int) -> Row:
        """Whose turn it is."""
        return self.people[number % len(self.people)]

    def _day(self, step: int) -> dt.date:
        """A working day, counted from today."""
        return self.office.calendar.add_working_days(self.today, step) if step else self.today

    def _supplier(self, code: str) -> str:
        route = Route.WELSH_UNIT if code == languages.WELSH else Route.CONTRACT
        found = self.settings.suppliers_of(languages.kinds()[code], route)
        return found[0].name if found else ""


_EMPTY = (
    "person_id", "need_id", "jurisdiction", "team_of", "allowed_on", "parent_id", "series_id",
    "cancel_class", "cancel_reason", "arrived_at", "identity", "released_at", "conflict",
    "conflict_at", "lost_id", "lost_key", "seen_by",
)  # fmt: skip
"""Columns of a booking that nothing is known for."""


def _after(event: Event) -> str:
    """The state that an event of these stories leads to."""
    return next(status.value for (_before, each), status in MOVES.items() if each is event)


def _role(listed: str) -> str:
    return {"Defendant": "defendant", "Witness": "witness"}.get(listed, "party")
