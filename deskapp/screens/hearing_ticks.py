"""What is recorded of the needs and links of a hearing by a letter or two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from string import ascii_uppercase

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.roles import Act, may
from deskapp.screens import hearing_fields, hearing_start
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.hearing_moves import Shows, do
from deskapp.screens.pick import Line, Pick
from deskapp.services import kinds
from deskapp.services.hearings import carrying, links, needing, stored
from deskapp.services.hearings.board import BoardLine
from deskapp.services.hearings.day import Ready
from deskapp.services.hearings.flags import Does
from deskapp.services.hearings.links import LinkLine, LinkState
from deskapp.services.hearings.needs import MOVES, NeedLine

_READY = (
    ("R", N_("Ready"), Ready.READY),
    ("A", N_("Arranged"), Ready.ARRANGED),
    ("P", N_("Provided"), Ready.PROVIDED),
    ("X", N_("Not provided: say why"), Ready.NOT_PROVIDED),
    ("0", N_("Still to do"), Ready.TODO),
)
BOOK, DECIDE, OFF = "book", "decide", "off"
MOST_BY_LETTER = 4
"""Links that have letters each; more are picked from a list."""


# -- needs ----------------------------------------------------------------------------------------


async def ask_need(screen: Shows, needs: Sequence[NeedLine], hearing_id: str) -> None:
    """Ask which need, where there are several, and what is done about it."""
    if len(needs) == 1:
        await _ask_about(screen, needs[0], hearing_id)
        return
    by_id = {each.id: each for each in needs}
    lines = [Line(each.id, f"{each.whose}: {each.words}") for each in needs]

    async def picked(need_id: str | None) -> None:
        if need_id:
            await _ask_about(screen, by_id[need_id], hearing_id)

    await screen.desk.push_screen(Pick(_("Which need?"), lines), picked)


async def _ask_about(screen: Shows, need: NeedLine, hearing_id: str) -> None:
    user = screen.desk.user
    entries = [Entry(letter, _(label), state.value) for letter, label, state in _READY]
    if need.does is Does.BOOK and may(user, Act.WORK_BOOKINGS):
        entries.insert(0, Entry("B", _("Make the draft of its booking"), BOOK))
    if MOVES[need.status] and may(user, Act.WORK_NEEDS):
        entries.append(Entry("D", _("What was decided on it"), DECIDE))
    await screen.desk.ask(need.words, entries, partial(_about, screen, need, hearing_id))


@says
async def _about(screen: Shows, need: NeedLine, hearing_id: str, answer: str | None) -> None:
    desk = screen.desk
    about = {hearing_fields.NEED_ID: need.id}
    if answer == BOOK:
        hearing = await desk.store.read(stored.read, hearing_id, user=desk.user)
        booking_id = await do(screen, carrying.ask_for, hearing, need)
        desk.open(kinds.BOOKING, booking_id)
    elif answer == DECIDE:
        await hearing_start.begin(desk, f"{hearing_fields.DECIDE}:{need.id}", hearing_id, about)
    elif answer == Ready.NOT_PROVIDED:
        await hearing_start.begin(desk, f"{hearing_fields.UNMET}:{need.id}", hearing_id, about)
    elif answer:
        await do(screen, needing.tick, hearing_id, need.id, Ready(answer), event_id=new_id())


# -- links ----------------------------------------------------------------------------------------


async def ask_link(screen: Shows, line: BoardLine) -> None:
    """Ask what the test of a link gave, or for another link; of many first which."""
    found = line.bearing.links
    if not found:
        await hearing_start.begin(screen.desk, hearing_fields.LINK, line.id, {})
    elif len(found) <= MOST_BY_LETTER:
        await _ask_tests(screen, line.id, found)
    else:
        by_id = {link.id: link for link in found}

        async def picked(link_id: str | None) -> None:
            if link_id:
                await _ask_tests(screen, line.id, [by_id[link_id]])

        lines = [Line(link.id, link.words) for link in found]
        await screen.desk.push_screen(Pick(_("Which one?"), lines), picked)


async def _ask_tests(screen: Shows, hearing_id: str, found: Sequence[LinkLine]) -> None:
    entries = []
    for at, link in enumerate(found, 1):
        name = " ".join(filter(None, (link.kind, link.address)))
        works, broken = f"{LinkState.OK} {link.id}", f"{LinkState.FAULT} {link.id}"
        entries.append(Entry(str(at), _("{link}: it works").format(link=name), works))
        letter = ascii_uppercase[at - 1]
        entries.append(Entry(letter, _("{link}: FAULT").format(link=name), broken))
        last, off = ascii_uppercase[-at], f"{OFF} {link.id}"
        entries.append(Entry(last, _("{link}: there is none").format(link=name), off))
    entries.append(Entry("N", _("Another link"), "new"))
    question = _("What did the test give?")
    await screen.desk.ask(question, entries, partial(_link, screen, hearing_id))


@says
async def _link(screen: Shows, hearing_id: str, answer: str | None) -> None:
    outcome, _space, link_id = (answer or "").partition(" ")
    if answer == "new":
        await hearing_start.begin(screen.desk, hearing_fields.LINK, hearing_id, {})
    elif outcome == OFF:
        await do(screen, links.take_off, link_id)
    elif outcome == LinkState.OK:
        await do(screen, links.record_test, link_id, LinkState.OK)
    elif outcome == LinkState.FAULT:
        question = AskLine(_("What is wrong?"), _("Who is told of it, and what is done"))
        await screen.desk.push_screen(question, partial(_fault, screen, link_id))


@says
async def _fault(screen: Shows, link_id: str, text: str | None) -> None:
    if text:
        await do(screen, links.record_test, link_id, LinkState.FAULT, text)
