"""How many jurors of its trial are here, for hearings whose case number is that of a trial.

Only numbers are read, never who they are. Source: hearings sheet, sections 1 and 2; jury sheet,
section 5.6.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from deskapp.services.hearings.stored import Hearing
from deskapp.text import compact

if TYPE_CHECKING:
    from deskapp.data.connection import Connection

_RUNNING = (
    "SELECT id, number, home_site FROM trial WHERE home_site IN (SELECT value FROM json_each(?1))"
    " AND start_on <= ?3 AND (ended_on = '' OR ended_on >= ?2)"
)
_ON_IT = (
    "SELECT t.outcome = 'juror', count(a.id), count(*) FROM trial_juror AS t"
    " LEFT JOIN attendance AS a ON a.juror = t.juror AND a.day = ?2 AND a.court = t.court"
    " AND a.kind = 'attendance'"
    " WHERE t.trial_id = ?1 AND t.outcome IN ('juror', 'panel') AND t.drawn_on <= ?2"
    " AND (t.back_on = '' OR t.back_on > ?2) GROUP BY 1"
)


def of_hearings(connection: Connection, hearings: Sequence[Hearing]) -> dict[str, tuple[int, int]]:
    """Id of a hearing -> jurors recorded on its day, and all: the jury, before it the panel."""
    listed = [each for each in hearings if each.case_key]
    if not listed:
        return {}
    sites = json.dumps(sorted({each.site for each in listed}))
    days = sorted(each.day.isoformat() for each in listed)
    trials = defaultdict(list)
    for trial_id, number, site in connection.execute(_RUNNING, (sites, days[0], days[-1])):
        trials[site, compact(number)].append(trial_id)
    found = {}
    for each in listed:
        for trial_id in trials.get((each.site, each.case_key), ()):
            found[each.id] = _counted(connection, trial_id, each.day.isoformat())
    return found


def _counted(connection: Connection, trial_id: str, day: str) -> tuple[int, int]:
    counts = {sworn: (here, all_) for sworn, here, all_ in
              connection.execute(_ON_IT, (trial_id, day)).fetchall()}  # fmt: skip
    return counts.get(1) or counts.get(0) or (0, 0)
