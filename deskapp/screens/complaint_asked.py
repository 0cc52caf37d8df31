"""What the form of a move begins with and stands in, and what is told beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from deskapp.clock import local
from deskapp.i18n import _, clock_time, day
from deskapp.screens.picks import Options
from deskapp.services.complaints import deadlines, told
from deskapp.services.complaints.acting import Acting
from deskapp.services.complaints.asks import ASKS, USED, Ask, Kind
from deskapp.services.complaints.events import Code
from deskapp.services.complaints.record import ComplaintRecord
from deskapp.services.hard.hard import TYPED

LETTERED = (Kind.ONE, Kind.SEVERAL, Kind.YES, Kind.YES_NO)
"""What a letter answers."""


def place(ask: Ask) -> int:
    """Where a field stands: what is typed first, moments behind it, what letters answer last."""
    if ask.kind in LETTERED:
        return 3
    if ask.name == USED:
        return 2
    return {Kind.MOMENT: 2, Kind.LONG: 1}.get(ask.kind, 0)


def first_values(shown: ComplaintRecord, code: Code, acting: Acting) -> dict[str, str]:
    """What stands in the form of a move before anything is typed."""
    complaint, stage = shown.complaint, shown.complaint.stage
    promised = filter(None, (stage.due.due_on, stage.revised_on))
    calendar, targets = acting.calendar(complaint.nation), acting.rules.targets
    revised = deadlines.proposed_revision(calendar, promised, acting.today, targets)
    known = {
        "channel": complaint.logged.channel,
        "categories": " ".join(complaint.categories),
        "site": complaint.site,
        "nation": complaint.nation,
        "revised_on": day(revised),
    }
    wanted = {ask.name for ask in ASKS[code]}
    return {name: value for name, value in known.items() if name in wanted}


def typed(values: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields; nothing that the screen keeps."""
    return {
        name: text
        for name, text in values.items()
        if text and not name.startswith("_") and not name.endswith(TYPED)
    }


def entries(shown: ComplaintRecord, code: Code) -> Options:
    """The entries that can be corrected, or the clashes to settle, the newest first."""
    clashes = code is Code.CONFLICT_SEEN
    return [
        (
            each.event.id,
            f"{told.moment(each.event.at)} {told.happened(each.event, shown.names)}",
        )
        for each in reversed(shown.history)
        if not each.of_ref and (not clashes or each.clash is not None)
    ]


def news(shown: ComplaintRecord, *, since: dt.datetime, but: str) -> str:
    """The last thing that somebody else than ``but`` did since a moment; empty for nothing."""
    found = [each for each in shown.history if each.event.at > since and each.event.officer != but]
    if not found:
        return ""
    last = found[-1]
    return _("Changed elsewhere at {time}, {who}: {what}").format(
        time=clock_time(local(last.event.at)),
        who=last.officer_name or last.event.officer,
        what=told.happened(last.event, shown.names),
    )
