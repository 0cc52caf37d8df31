"""What is recorded of a hearing by a letter or two: its state, who is here, what is ready.

The functions take the screen they are asked from, which shows itself anew behind each step.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from deskapp.data.ids import new_id
from deskapp.i18n import N_, _
from deskapp.screens import hearing_desk, hearing_fields, hearing_start
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, says
from deskapp.screens.pick import Line, Pick
from deskapp.services.hearings import resulting, steps, stored
from deskapp.services.hearings.board import LISTED, BoardLine
from deskapp.services.hearings.codes import Code, told
from deskapp.services.hearings.day import STATE_LABELS, Presence, State

if TYPE_CHECKING:
    from deskapp.app import DeskApp


class Shows(Protocol):
    """A screen that shows hearings."""

    @property
    def desk(self) -> DeskApp:
        """The application."""
        ...

    def load(self) -> object:
        """Show them anew."""
        ...


STATE_KEYS = {
    State.PARTIES_READY: "P",
    State.CALLED_ON: "C",
    State.IN_PROGRESS: "I",
    State.PAUSED: "U",
    State.FINISHED: "F",
    State.NOT_REACHED: "N",
}
BACK, RESULT = "back", "result"
_PRESENCE = (
    ("H", N_("Here"), (Presence.HERE, "")),
    ("A", N_("Attended in person"), (Presence.ATTENDED, "in_person")),
    ("V", N_("Attended by video"), (Presence.ATTENDED, "video")),
    ("T", N_("Attended by telephone"), (Presence.ATTENDED, "telephone")),
    ("N", N_("Did not attend"), (Presence.DID_NOT_ATTEND, "")),
    ("0", N_("Take it back: not known"), (Presence.EXPECTED, "")),
)
EVERYBODY = "*"
MOST_BY_FIGURE = 9
"""Parties that have a figure each; more are picked from a list."""


async def do(screen: Shows, verb: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Record something and show the screen anew; what it gave.

    Raises:
        DeskError: If it is refused.
    """
    acting = hearing_desk.acting(screen.desk)
    done = await screen.desk.store.write(verb, acting, *given, **named)
    screen.load()
    return done


# -- state ----------------------------------------------------------------------------------------


def state_entries(line: BoardLine) -> list[Entry]:
    """Where the state of a hearing can go, and why it cannot where it has a result."""
    day, final = line.bearing.day, line.bearing.hearing.list_state != LISTED
    why_not = told(Code.FINAL) if final else ""
    entries = [
        Entry(STATE_KEYS[state], _(STATE_LABELS[state]), state.value, why_not)
        for state in day.next_states
    ]
    if day.step_before is not None:
        label = _("Back one step, to: {state}").format(state=_(STATE_LABELS[day.step_before]))
        entries.append(Entry("B", label, BACK, why_not))
    return entries


async def ask_state(screen: Shows, line: BoardLine) -> None:
    """Ask for the next state, or the result."""
    entries = [*state_entries(line), Entry("R", _("Enter the result"), RESULT)]
    await screen.desk.ask(line.bearing.hearing.words, entries, partial(_state, screen, line.id))


@says
async def _state(screen: Shows, hearing_id: str, answer: str | None) -> None:
    if answer == RESULT:
        await begin_result(screen, hearing_id)
    elif answer == BACK:
        await do(screen, steps.back, hearing_id, event_id=new_id())
    elif answer:
        await do(screen, steps.move, hearing_id, State(answer), event_id=new_id())


async def set_state(screen: Shows, hearing_id: str, to: State) -> None:
    """Take a hearing to another state.

    Raises:
        DeskError: If its state does not lead there.
    """
    await do(screen, steps.move, hearing_id, to, event_id=new_id())


async def begin_result(screen: Shows, hearing_id: str) -> None:
    """Show the form of the result, with the times that the day recorded.

    Raises:
        DeskError: If the hearing can have none.
    """
    desk, acting = screen.desk, hearing_desk.acting(screen.desk)
    hearing = await desk.store.read(stored.read, hearing_id, user=desk.user)
    resulting.check_day(hearing, acting)
    resulting.check_final(hearing, acting)
    values = await desk.store.read(resulting.first_values, acting, hearing_id)
    await hearing_start.begin(desk, hearing_fields.RESULT, hearing_id, values)


# -- parties --------------------------------------------------------------------------------------


async def ask_party(screen: Shows, line: BoardLine) -> None:
    """Ask which party, where there are several, and whether they are here."""
    parties = line.bearing.hearing.parties
    if len(parties) == 1:
        await _ask_presence(screen, line, parties[0].key)
        return

    async def answered(key: str | None) -> None:
        if key == EVERYBODY:
            await _everybody(screen, line)
        elif key:
            await _ask_presence(screen, line, key)

    everybody = _("Everybody is here")
    if len(parties) > MOST_BY_FIGURE:
        lines = [Line(EVERYBODY, everybody), *(Line(each.key, each.words) for each in parties)]
        await screen.desk.push_screen(Pick(_("Which party?"), lines), answered)
        return
    entries = [Entry(str(at), each.words, each.key) for at, each in enumerate(parties, 1)]
    entries.append(Entry("A", everybody, EVERYBODY))
    await screen.desk.ask(_("Which party?"), entries, answered)


@says
async def _everybody(screen: Shows, line: BoardLine) -> None:
    for each in line.bearing.hearing.parties:
        if each.key not in line.bearing.day.parties:
            await do(screen, steps.attend, line.id, each.key, Presence.HERE, event_id=new_id())


async def _ask_presence(screen: Shows, line: BoardLine, key: str) -> None:
    entries = [Entry(letter, _(label), letter) for letter, label, _value in _PRESENCE]
    values = {letter: value for letter, _label, value in _PRESENCE}

    @says
    async def answered(screen: Shows, letter: str | None) -> None:
        if letter:
            presence, channel = values[letter]
            await do(screen, steps.attend, line.id, key, presence, channel, event_id=new_id())

    names = {each.key: each.words for each in line.bearing.hearing.parties}
    await screen.desk.ask(names[key], entries, partial(answered, screen))


async def ask_jurors(screen: Shows, hearing_id: str) -> None:
    """Ask how many jurors are here and needed."""

    @says
    async def answered(screen: Shows, text: str | None) -> None:
        if text:
            here, needed = steps.juror_numbers(text)
            await do(screen, steps.jurors, hearing_id, here, needed, event_id=new_id())

    hint = _("How many are here, then how many are needed, like 11 12")
    question = AskLine(_("Jurors?"), hint)
    await screen.desk.push_screen(question, partial(answered, screen))
