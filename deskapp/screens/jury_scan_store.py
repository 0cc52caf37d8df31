"""Scans in the store: each waits its turn while another program holds it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from deskapp.errors import DeskError, StoreBusyError
from deskapp.i18n import _
from deskapp.screens import jury_desk
from deskapp.services.jury import lines
from deskapp.services.jury.acting import Acting
from deskapp.services.jury.lines import JurorLine

if TYPE_CHECKING:
    from deskapp.app import DeskApp

TRIES = 10
"""How often a scan is tried again, each time for as long as the store waits itself."""
Verb = Callable[..., JurorLine]


class Stored(NamedTuple):
    """A step that was stored."""

    who: Acting
    line: JurorLine


async def stored(desk: DeskApp, verb: Verb, *given: object, step_id: str) -> Stored:
    """Do a step in the store; while another program holds it, it is said and tried again.

    Raises:
        DeskError: If the step is refused, or the store stays busy.
    """
    for _try in range(TRIES):
        with suppress(StoreBusyError):
            return await _written(desk, verb, *given, step_id=step_id)
        waits = _("The record store is busy. Scans wait, and are stored once it is free.")
        desk.notify(waits, severity="warning", markup=False)
    return await _written(desk, verb, *given, step_id=step_id)


async def how_it_stands(desk: DeskApp, juror: str) -> JurorLine | None:
    """How a juror stands now, if anybody here has the number."""
    try:
        who = await jury_desk.acting_first(desk)
        return await desk.store.read(lines.find, who, juror)
    except DeskError:
        return None


async def _written(desk: DeskApp, verb: Verb, *given: object, step_id: str) -> Stored:
    who = await jury_desk.acting_first(desk)
    return Stored(who, await desk.store.write(verb, who, *given, step_id=step_id))
