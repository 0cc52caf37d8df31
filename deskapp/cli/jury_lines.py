"""How the jury commands show jurors, days and trials: a line for people, an object for programs."""

from __future__ import annotations

from deskapp.cli.out import show, show_json
from deskapp.i18n import _, clock_time, day
from deskapp.services.jury.counts import PLACE_LABELS
from deskapp.services.jury.lines import JurorLine
from deskapp.services.jury.lists import ADJUSTMENT_LABELS, NO_ADJUSTMENT
from deskapp.services.jury.stages import STATUS_LABELS
from deskapp.services.jury.trial_lines import TrialLine
from deskapp.text import one_line


def show_juror(line: JurorLine, *, as_json: bool) -> None:
    """A juror, with the day in force."""
    if as_json:
        show_json(juror_json(line))
        return
    parts = [line.number, one_line(line.name), line.pool, _(STATUS_LABELS[line.status])]
    parts += [_state(line)]
    if line.on_call:
        parts.append(_("on call"))
    elif line.next_on:
        parts.append(_("next {date}").format(date=day(line.next_on)))
    if line.welsh:
        parts.append(_("Welsh speaker"))
    if line.adjustment != NO_ADJUSTMENT:
        parts.append(_(ADJUSTMENT_LABELS.get(line.adjustment, line.adjustment)))
    if line.record and line.by_list:
        parts.append(_("by list"))
    show("  ".join(filter(None, parts)))


def juror_json(line: JurorLine) -> dict[str, object]:
    """A juror for programs."""
    record = line.record
    return {
        "juror_number": line.number,
        "name": line.name,
        "pool_number": line.pool,
        "court": line.court,
        "status": int(line.status),
        "active": line.active,
        "next_date": line.next_on.isoformat() if line.next_on else None,
        "on_call": line.on_call,
        "welsh_speaker": line.welsh,
        "adjustment": line.adjustment,
        "optic_reference": line.optic_ref or None,
        "identity": line.identity or None,
        "trial_number": line.trial or None,
        "place": line.where.value,
        "stage": record.stage if record else None,
        "kind": record.kind if record else None,
        "time_in": _iso(record.time_in) if record else None,
        "time_out": _iso(record.time_out) if record else None,
        "audit_number": record.audit_number or None if record else None,
        "by_list": line.by_list,
    }


def show_trial(line: TrialLine, *, as_json: bool) -> None:
    """A trial."""
    if as_json:
        ended = line.ended_on.isoformat() if line.ended_on else None
        shown = {"trial_number": line.number, "court": line.court, "name": line.name}
        shown |= {"judge": line.judge, "room": line.room, "start": line.start_on.isoformat()}
        show_json({**shown, "ended": ended, "panel": line.panel, "jury": line.jury})
        return
    text = _("{number}  {name}  panel {panel}, sworn {jury}")
    words = text.format(
        number=line.number, name=one_line(line.name), panel=line.panel, jury=line.jury
    )
    if line.ended_on is not None:
        words = "  ".join((words, _("ended {date}").format(date=day(line.ended_on))))
    show(words)


def _state(line: JurorLine) -> str:
    """Where the juror is and since when."""
    words = _(PLACE_LABELS[line.where])
    if line.trial:
        words = f"{words} {one_line(line.trial)}"
    record = line.record
    if record is None or record.time_in is None:
        return words
    times = [clock_time(each) for each in (record.time_in, record.time_out) if each]
    return f"{words} {'-'.join(times)}"


def _iso(time: object) -> str | None:
    return f"{time}"[:5] if time else None
