"""Where the hearing desk leads besides its records: forms, papers, rooms, the import of lists."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from deskapp.data.ids import new_id
from deskapp.errors import DeskError, FormProblemsError
from deskapp.i18n import _, ngettext, number, weekday
from deskapp.roles import Act, require
from deskapp.screens import filled_in, hearing_desk
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, say_saved, says
from deskapp.services import drafts, kinds
from deskapp.services.hearings import carrying, closing, imports, loose

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from typing import Any

    from textual.app import App
    from textual.screen import Screen

    from deskapp.app import DeskApp
    from deskapp.services.hearings.closing import Closing
    from deskapp.services.hearings.loose import LooseLine

SHEET, FIGURES, ROOMS, CLOSE = "sheet", "figures", "rooms", "close"
"""What of the desk is shown."""
ELSEWHERE = frozenset({SHEET, FIGURES, ROOMS, CLOSE})


async def show(desk: DeskApp, what: str, on: dt.date) -> None:
    """Show a paper, the rooms or what closing a day meets.

    Raises:
        DeskError: If it cannot be read.
    """
    if what == CLOSE:
        await _ask_close(desk, on)
        return
    if what == ROOMS:
        from deskapp.screens.hearing_rooms import HearingRoomsScreen

        await desk.push_screen(HearingRoomsScreen(on))
        return
    from deskapp.screens.hearing_papers import DaySheetScreen, HearingFiguresScreen

    screen = DaySheetScreen(on) if what == SHEET else HearingFiguresScreen(on)
    await desk.push_screen(screen)


# -- forms ----------------------------------------------------------------------------------------


async def begin(
    desk: DeskApp,
    code: str,
    hearing_id: str,
    values: Mapping[str, str],
    then: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> None:
    """Show a form about a hearing, or take up the one begun before; ``then`` follows its saving."""
    from deskapp.screens.hearing_form import HearingFormScreen

    form = f"{drafts.HEARING}:{code}"
    kept = await desk.begun(form, hearing_id)
    first = {**filled_in.begun(values), drafts.RECORD: hearing_id}

    async def closed(saved_id: str | None) -> None:
        if saved_id and then is not None:
            await then()

    await desk.push_screen(HearingFormScreen(kept or desk.new_draft(form, first)), closed)


# -- lists ----------------------------------------------------------------------------------------


async def ask_list(desk: DeskApp, taken: Callable[[dt.date | None], None]) -> None:
    """Ask for the file of a list and show what importing it would do; ``taken`` gets the first day
    of what was imported.

    Raises:
        NotAllowedError: If the role may not import lists.
    """
    require(desk.user, Act.IMPORT_LISTS)

    async def named(path: str | None) -> None:
        if path:
            from deskapp.screens.hearing_import import HearingImportScreen

            await desk.push_screen(HearingImportScreen(path), taken)

    hint = _("A list in JSON, CSV or xlsx. Nothing is changed before you have seen what would be.")
    await desk.push_screen(AskLine(_("Which file?"), hint), named)


async def ask_undo(desk: DeskApp, then: Callable[[], None]) -> None:
    """Ask whether the newest import is taken back; ``then`` follows.

    Raises:
        DeskError: If there is none that could be.
    """
    list_id = await desk.store.read(imports.last_standing, user=desk.user)
    listed = await desk.store.read(imports.listed_words, list_id, desk.clock.today())
    entries = [Entry("Y", _("Yes, take it back"), list_id), Entry("N", _("No, leave it"), "")]

    @says
    async def answered(desk: DeskApp, answer: str | None) -> None:
        if answer:
            now, user = desk.clock.now(), desk.user
            count = await desk.store.write(imports.undo, answer, now=now, user=user)
            say_undone(desk, count)
            then()

    question = _("Take this list back? {list}").format(list=listed)
    await desk.ask(question, entries, partial(answered, desk))


def say_undone(to: App[Any] | Screen[Any], count: int) -> None:
    """Tell of how many hearings an import was taken back."""
    told = ngettext(
        "Taken back: {count} hearing is as it was",
        "Taken back: {count} hearings are as they were",
        count,
    )
    to.notify(told.format(count=number(count)), markup=False)


# -- closing a day --------------------------------------------------------------------------------


async def _ask_close(desk: DeskApp, on: dt.date) -> None:
    require(desk.user, Act.MANAGE_HEARINGS)
    acting, site = hearing_desk.acting(desk), desk.user.site
    found = await desk.store.read(closing.look, acting, site, on)
    if found.closed_at is not None:
        raise DeskError(_("This day is closed already."))
    entries = [
        Entry("Y", _("Yes, close it"), "yes", _why_open(found)),
        Entry("N", _("No, not now"), ""),
    ]

    @says
    async def answered(desk: DeskApp, answer: str | None) -> None:
        if answer:
            acting = hearing_desk.acting(desk)
            await desk.store.write(closing.close, acting, site, on, event_id=new_id())
            say_saved(desk, _("day closed"))

    await desk.ask(_question(found, on), entries, partial(answered, desk))


def _question(found: Closing, on: dt.date) -> str:
    question = _("Close {day}?").format(day=weekday(on))
    if not found.not_reached:
        return question
    count = len(found.not_reached)
    told = ngettext(
        "{count} hearing that was not reached is adjourned for want of time by that.",
        "{count} hearings that were not reached are adjourned for want of time by that.",
        count,
    )
    return f"{question} {told.format(count=number(count))}"


def _why_open(found: Closing) -> str:
    if not found.waiting:
        return ""
    count = len(found.waiting)
    told = ngettext(
        "{count} hearing has no result yet: see the list Without a result.",
        "{count} hearings have no result yet: see the list Without a result.",
        count,
    )
    return told.format(count=number(count))


# -- loose bookings -------------------------------------------------------------------------------


async def ask_loose(desk: DeskApp, hearing_id: str, booking_id: str) -> None:
    """Ask what becomes of a booking whose hearing is off or elsewhere.

    Raises:
        DeskError: If it does not hang loose any more.
    """
    acting, read = hearing_desk.acting(desk), desk.store.read
    line = await read(carrying.loose_line, acting, desk.user.site, booking_id, hearing_id)
    if line is None:
        raise DeskError(_("This booking does not hang loose any more."))
    targets = await read(loose.targets, line, user=desk.user)
    entries = [
        Entry(
            str(at),
            _("Carry it over to {start} {room}").format(
                start=target.start or "--:--", room=target.room
            ),
            target.hearing_id,
        )
        for at, target in enumerate(targets[:9], 1)
    ]
    entries += [
        Entry("B", _("Show the booking: change or cancel it"), kinds.BOOKING),
        Entry("H", _("Show the hearing"), kinds.HEARING),
    ]
    await desk.ask(line.booked, entries, partial(_loose_answered, desk, line))


@says
async def _loose_answered(desk: DeskApp, line: LooseLine, answer: str | None) -> None:
    if answer == kinds.BOOKING:
        desk.open(kinds.BOOKING, line.booking_id)
    elif answer == kinds.HEARING:
        desk.open(kinds.HEARING, line.hearing_id)
    elif answer:
        await _carry_over(desk, line, answer)


@says
async def _carry_over(
    desk: DeskApp, line: LooseLine, hearing_id: str, reason: str | None = ""
) -> None:
    """Carry a booking over; where there is too little time to get there, ask why all the same."""
    if reason is None:
        return
    try:
        await desk.store.write(
            carrying.move, hearing_desk.acting(desk), line, hearing_id, travel_reason=reason
        )
    except FormProblemsError as error:
        if reason or {each.field for each in error.problems} != {"travel_reason"}:
            raise
        question = AskLine(str(error), _("Why it is done all the same"))
        await desk.push_screen(question, partial(_carry_over, desk, line, hearing_id))
        return
    say_saved(desk, _("carried over"))
    screen = desk.screen
    if hasattr(screen, "load"):
        screen.load()
