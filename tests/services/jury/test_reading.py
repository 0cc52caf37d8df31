"""Who may not read of jurors reads nothing of any, whichever way they ask."""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import replace
from typing import Any

import pytest

from deskapp.errors import NotAllowedError
from deskapp.roles import Role
from deskapp.services.jury import (
    day_end,
    disposal,
    doing,
    import_rows,
    importing,
    juror_record,
    lines,
    next_dates,
    pools,
    reading,
    row_ids,
    scans,
    searching,
    trial_lines,
    trials,
)
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.trials import TrialDraft
from deskapp.services.paging import Want
from tests.jury_desk import COURT, POOL, JuryDesk, number

ACTING = object()
TRIAL = row_ids.trial(COURT, "T1")
FILE = import_rows.File([], [], 0, [], "")
GATED: dict[Any, tuple[Any, ...]] = {
    lines.find: (ACTING, number(0)),
    lines.line: (ACTING, number(0)),
    lines.of_numbers: (ACTING, [number(0)]),
    reading.day: (ACTING,),
    reading.page: (Want(), ACTING, Which.ALL),
    reading.expected: (ACTING,),
    reading.numbers: (ACTING, Which.ALL),
    reading.unconfirmed_days: (ACTING,),
    pools.page: (Want(), ACTING),
    pools.line: (ACTING, POOL),
    pools.members: (Want(), ACTING, POOL),
    trial_lines.page: (Want(), ACTING),
    trial_lines.line: (ACTING, TRIAL),
    trial_lines.record: (ACTING, TRIAL),
    trial_lines.draw: (ACTING, "draw"),
    juror_record.look: (ACTING, number(0)),
    searching.find: (Want(), ACTING, "ash0000"),
    day_end.look: (ACTING,),
    day_end.sworn_on: (ACTING, TRIAL),
    doing.offers: (ACTING, number(0)),
    scans.last: (ACTING,),
    next_dates.who_may: (ACTING, [number(0)]),
    scans.to_undo: (ACTING,),
    disposal.due: (ACTING,),
    importing.plan: (ACTING, FILE),
}
WITHOUT_WORDS: set[Any] = {
    reading.previous_unconfirmed,
    reading.place_of,
    trial_lines.unfair_draws,
}
"""They give a day, a count or a place, nothing about anybody."""


@pytest.mark.parametrize(
    ("read", "given"),
    GATED.items(),
    ids=lambda value: f"{getattr(value, '__module__', '')[-8:]}.{getattr(value, '__name__', '')}",
)
@pytest.mark.parametrize("role", [Role.HEARING_ROOM, Role.ADMINISTRATOR])
def test_only_the_jury_desk_reads(
    read: Any, given: tuple[Any, ...], role: Role, court: JuryDesk
) -> None:
    """Jurors can be threatened: neither a name nor that somebody is one."""
    court.jurors(1)
    court.do(trials.open_trial, TrialDraft("T1"))
    acting = replace(court.acting, user=court.user._replace(role=role))
    with pytest.raises(NotAllowedError):
        court.store.call_read(read, *(acting if each is ACTING else each for each in given))


def test_every_reader_asks_who_reads() -> None:
    """One that is added must be put on one side or the other."""
    modules = (
        lines,
        next_dates,
        reading,
        pools,
        trial_lines,
        juror_record,
        searching,
        day_end,
        disposal,
    )
    readers = {
        function
        for module in modules
        for function in vars(module).values()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and "connection" in inspect.signature(function).parameters
    }
    assert readers <= set(GATED) | WITHOUT_WORDS


def test_no_name_of_a_juror_is_logged(court: JuryDesk, caplog: pytest.LogCaptureFixture) -> None:
    """Neither what was done nor what was refused."""
    court.jurors(1)
    with caplog.at_level(0):
        court.do(scans.check_in, number(0), dt.time(9))
        court.read(juror_record.look, number(0))
        with pytest.raises(Exception, match="Already") as caught:
            court.do(scans.check_in, number(0), dt.time(9))
    assert "Ash" not in caplog.text + str(caught.value)
