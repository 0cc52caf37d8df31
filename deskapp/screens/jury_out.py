"""Everybody out: one time for all who are still in; who is on a panel needs a yes of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from deskapp.data.ids import new_id
from deskapp.i18n import _, clock_time, ngettext, number
from deskapp.screens import jury_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.jury_desk import JuryScreen
from deskapp.services.jury import by_list, lines
from deskapp.services.jury.confirming import CheckOutAll

NAMED = 8
"""How many jurors are named in a message."""


async def ask(screen: JuryScreen[None]) -> None:
    """Ask at what time everybody leaves, and check them out.

    Raises:
        DeskError: If the day cannot be read.
    """
    who = await jury_desk.acting_first(screen.desk)

    @says
    async def gone(_screen: object, time: dt.time) -> None:
        await leave(screen, time)

    @says
    async def answered(_screen: object, text: str) -> None:
        time = jury_desk.time_given(text, who)
        await screen.meant(who, time, lambda: screen.call_later(gone, screen, time))

    async def given(text: str | None) -> None:
        if text:
            await answered(screen, text)

    question = _("At what time does everybody leave?")
    first = jury_desk.time_first(who)
    await screen.app.push_screen(AskLine(question, _(jury_desk.TIME_HINT), first), given)


async def leave(screen: JuryScreen[None], time: dt.time, *, with_panels: bool = False) -> None:
    """Check everybody out at ``time``, and ask for those on a panel.

    Raises:
        DeskError: If nobody was checked out.
    """
    desk = screen.desk
    who = await jury_desk.acting_first(desk)
    done = await desk.store.write(
        by_list.check_out_all, who, time, with_panels=with_panels, step_id=new_id()
    )
    if done.too_late:
        told = _("Nobody was checked out: these came in at {time} or later. {names}")
        words = told.format(time=clock_time(time), names=await _names(screen, done.too_late))
        screen.notify(words, severity="error", markup=False, timeout=30)
    else:
        screen.notify(_out_words(done), markup=False)
    screen.renew()
    if done.panelled:
        await _ask_panels(screen, time, done.panelled)


async def _ask_panels(screen: JuryScreen[None], time: dt.time, panelled: Sequence[str]) -> None:
    entries = [
        Entry("Y", _("Yes, check them out too"), "yes"),
        Entry("N", _("No, they stay"), ""),
    ]

    @says
    async def answered(_screen: object, answer: str | None) -> None:
        if answer:
            await leave(screen, time, with_panels=True)

    async def chosen(answer: str | None) -> None:
        await answered(screen, answer)

    question = ngettext(
        "{count} juror is on a panel: {names}. Check them out too?",
        "{count} jurors are on a panel: {names}. Check them out too?",
        len(panelled),
    ).format(count=number(len(panelled)), names=await _names(screen, panelled))
    await screen.desk.ask(question, entries, chosen)


def _out_words(done: CheckOutAll) -> str:
    words = ngettext("{count} juror checked out.", "{count} jurors checked out.", len(done.leaving))
    return words.format(count=number(len(done.leaving)))


async def _names(screen: JuryScreen[None], jurors: Sequence[str]) -> str:
    """The first of them by name, and how many more there are."""
    who = await jury_desk.acting_first(screen.desk)
    found = await screen.desk.store.read(lines.of_numbers, who, jurors[:NAMED])
    names = ", ".join(line.name for line in found)
    more = len(jurors) - NAMED
    if more <= 0:
        return names
    return _("{names} and {count} more").format(names=names, count=number(more))
