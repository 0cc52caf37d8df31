"""The next date of everybody in a list, or of a whole pool; or all of them on call."""

from __future__ import annotations

import datetime as dt

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _, day, ngettext, number
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.jury_desk import JuryScreen, acting_first
from deskapp.services import typed
from deskapp.services.jury import next_dates, reading
from deskapp.services.jury.day_lists import Which
from deskapp.services.jury.next_dates import SetFor

DATE, ON_CALL = "next_date", "on_call"
ENTRIES = (
    Entry("S", N_("Next date of everybody in this list"), DATE),
    Entry("U", N_("Put everybody in this list on call"), ON_CALL),
)
"""What is offered beside a list; untranslated."""
REFUSED_TOLD = 5


def entries(why_not: str = "") -> list[Entry]:
    """What may be done with a whole list, and why not."""
    return [each._replace(label=_(each.label), why_not=why_not) for each in ENTRIES]


async def ask(screen: JuryScreen[None], what: str, which: Which, pool: str = "") -> None:
    """Ask for the date, or whether everybody in a list goes on call, and say how many that is.

    Raises:
        DeskError: If the list cannot be read.
    """
    who, read = await acting_first(screen.desk), screen.desk.store.read
    listed = await read(reading.numbers, who, which, pool)
    jurors = await read(next_dates.who_may, who, listed)
    if not jurors:
        screen.notify(_("Nobody in this list can be due or on call."), markup=False)
    elif what == DATE:
        await _ask_date(screen, jurors)
    else:
        await _ask_on_call(screen, jurors)


async def _ask_date(screen: JuryScreen[None], jurors: list[str]) -> None:
    @says
    async def given(_screen: object, text: str) -> None:
        await _set(screen, jurors, typed.day(text, today=screen.desk.clock.today()))

    async def answered(text: str | None) -> None:
        if text:
            await given(screen, text)

    question = ngettext(
        "When is this {count} juror due next?",
        "When are these {count} jurors due next?",
        len(jurors),
    ).format(count=number(len(jurors)))
    await screen.app.push_screen(AskLine(question, _("Like 30 11 or 30 Nov")), answered)


async def _ask_on_call(screen: JuryScreen[None], jurors: list[str]) -> None:
    @says
    async def yes(_screen: object) -> None:
        await _set(screen, jurors, None)

    async def answered(answer: str | None) -> None:
        if answer:
            await yes(screen)

    question = ngettext("Put {count} juror on call?", "Put {count} jurors on call?", len(jurors))
    options = [Entry("Y", _("Yes"), "yes"), Entry("N", _("No, not now"), "")]
    await screen.desk.ask(question.format(count=number(len(jurors))), options, answered)


async def _set(screen: JuryScreen[None], jurors: list[str], on: dt.date | None) -> None:
    who = await acting_first(screen.desk)
    done = await screen.desk.store.write(next_dates.set_for, who, jurors, on, step_id=new_id())
    screen.notify(_words(done, on), markup=False)
    screen.renew()


def _words(done: SetFor, on: dt.date | None) -> str:
    count = len(done.done)
    if on:
        words = ngettext(
            "{count} juror is due on {date}. F9 takes it back.",
            "{count} jurors are due on {date}. F9 takes it back.",
            count,
        )
    else:
        words = ngettext(
            "{count} juror is on call. F9 takes it back.",
            "{count} jurors are on call. F9 takes it back.",
            count,
        )
    told = [words.format(count=number(count), date=day(on) if on else "")]
    told += [f"{juror}: {error}" for juror, error in done.refused[:REFUSED_TOLD]]
    more = len(done.refused) - REFUSED_TOLD
    if more > 0:
        told.append(_("and {count} more not changed").format(count=number(more)))
    return "\n".join(told)
