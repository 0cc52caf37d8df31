"""Days of jurors in the exchange: how the rows of two desks become one.

The rule itself is ``merging``; here the row of the store is read and written for it. Source: jury
sheet, section 9; kind ``register`` of the sync design.
"""

from __future__ import annotations

from collections.abc import Mapping

from deskapp.data.registers import Register, Settled
from deskapp.data.shapes import Value
from deskapp.services.jury import days, lines, merging, row_ids
from deskapp.services.jury.attendance import Record
from deskapp.services.jury.merging import Doubt, Entry
from deskapp.services.jury.pay import DayKind
from deskapp.services.jury.stages import MAY_ATTEND, Stage, Status

Fields = Mapping[str, Value]
TOLD = ("kind", "stage", "time_in", "time_out", "trial")
_RECORD = ("kind", "stage", "time_in", "time_out", "on_trial", "trial", "audit_number")
_UNSAID: Fields = {
    **dict.fromkeys(("stage", "time_in", "time_out", "trial", "audit_number"), ""),
    "kind": DayKind.ATTENDANCE.value,
    "on_trial": False,
    "travel_minutes": 0,
    "by_list": False,
    "recorded_by": "",
    "recorded_at": "",
}
_OPEN = (Stage.CHECKED_IN.value, Stage.CHECKED_OUT.value)


def rule() -> Register:
    """How days of jurors are merged."""
    return Register("attendance", TOLD, beside, settle, arrived)


def beside(fields: Fields) -> tuple[str, str]:
    """The membership whose status says whether the juror may attend."""
    juror, pool = fields.get("juror"), fields.get("pool")
    return ("juror_in_pool", row_ids.membership(f"{juror}", f"{pool}")) if juror else ("", "")


def arrived(written: Fields, membership: Fields) -> Mapping[str, str]:
    """A check-in of somebody whose status was changed at the centre meanwhile is looked at."""
    if written.get("stage") in _OPEN and _status(membership) not in MAY_ATTEND:
        return {"stage": Doubt.STATUS_CHANGED.value}
    return {}


def settle(central: Fields, arriving: Fields, membership: Fields) -> Settled:
    """One day of two: the earliest time in, the latest time out, everybody who recorded it.

    A record that was taken back at one desk does not take away what another saw; somebody looks.
    After central went back in time an edit may come before its row: what one does not say is as the
    other has it, and what neither says stays unsaid.
    """
    known = central.keys() | arriving.keys()
    central, arriving = (
        {**_UNSAID, **arriving, **central}, {**_UNSAID, **central, **arriving},
    )  # fmt: skip
    one, other = _record(central), _record(arriving)
    checked_in = arriving["time_in"] != central["time_in"] and arriving["stage"] in _OPEN
    status = _status(membership) if checked_in else Status.RESPONDED
    record: Record | None
    if one and other:
        merged = merging.merge(Entry(one, frozenset()), Entry(other, frozenset()), status)
        record, doubts = merged.entry.record, _fields_of(merged.doubts, one, other)
    else:
        record, doubts = one or other, {"kind": Doubt.KIND_DIFFERS.value}
    kept = days.written(record) or days.TAKEN_BACK
    fields = {
        **central,
        **{name: _value(kept[name]) for name in _RECORD},
        "travel_minutes": max(_count(central), _count(arriving)),
        "by_list": bool(central["by_list"] and arriving["by_list"]),
        "recorded_by": _both(central, arriving),
        "recorded_at": max(f"{central['recorded_at']}", f"{arriving['recorded_at']}"),
    }
    return Settled({name: fields[name] for name in fields if name in known}, doubts)


def _fields_of(doubts: tuple[Doubt, ...], one: Record, other: Record) -> dict[str, str]:
    """The fields that a doubt is about."""
    found: dict[str, str] = {}
    for doubt in doubts:
        if doubt is Doubt.KIND_DIFFERS:
            found["kind"] = doubt.value
        elif doubt is Doubt.STATUS_CHANGED:
            found["stage"] = doubt.value
        else:
            found |= {
                name: doubt.value
                for name in ("time_in", "time_out")
                if getattr(one, name) != getattr(other, name)
            }
    return found


def _record(fields: Fields) -> Record | None:
    return lines.record(fields[name] for name in _RECORD) if fields["kind"] else None


def _status(membership: Fields) -> Status:
    """The status at the centre; of who is not known there, one that may attend."""
    return Status(int(membership.get("status") or Status.RESPONDED))


def _value(kept: object) -> Value:
    assert isinstance(kept, str | bool)
    return kept


def _count(fields: Fields) -> int:
    return int(fields["travel_minutes"] or 0)


def _both(central: Fields, arriving: Fields) -> str:
    names = {*f"{central['recorded_by']}".split(), *f"{arriving['recorded_by']}".split()}
    return " ".join(sorted(names))
