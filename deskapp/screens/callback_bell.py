"""The bell of callbacks: rung once when the time of one has come, told in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from deskapp.i18n import _, clock_time
from deskapp.screens.home import HomeScreen
from deskapp.screens.lock import LockScreen
from deskapp.services.callbacks import callback_lines, diaries

if TYPE_CHECKING:
    from deskapp.app import DeskApp

TOLD_SECONDS = 30


async def ring(desk: DeskApp, since: dt.datetime, now: dt.datetime) -> None:
    """Ring for what became due after one instant and up to another; silent when nothing did.

    The words carry no more than time, reference and name: others may see the screen.
    """
    due = await desk.store.read(
        callback_lines.becoming_due,
        since,
        now,
        diary=diaries.of_nation(desk.nation),
        user=desk.user,
    )
    if not due:
        return
    desk.bell()
    if isinstance(desk.screen, LockScreen):  # whoever stands there may not read who is rung back
        desk.notify(_("A callback is due."), markup=False, timeout=TOLD_SECONDS)
        return
    for line in due:
        words = _("Callback {time}: {ref} {name}").format(
            time=clock_time(line.slot), ref=line.ref, name=line.person_name
        )
        desk.notify(words.strip(), markup=False, timeout=TOLD_SECONDS)
    if isinstance(desk.screen, HomeScreen):
        desk.screen.load()
