"""How many keys a juror's expenses take, over both persons; the nearest system needs 19 actions."""

from __future__ import annotations

from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.services.jury.claim_state import State
from tests.builders import SetClock
from tests.effort.conftest import Officer
from tests.services.jury.claims_office import ClaimsOffice


async def test_expenses_of_a_day_from_entry_to_approval(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """Entered and submitted by one person, approved by another; the yes of each is asked for."""
    office = ClaimsOffice(store, user, clock)
    office.juror()
    day = office.day()
    async with officer("expenses of a day, entered, submitted and approved", 9) as keys:
        await keys.press("ctrl+g")
        await keys.pick("j")
        await keys.pick("e")
        await keys.press("enter", "enter")
        await keys.type("64.95")
        await keys.press("f8")
        await keys.pick("s")
        await keys.pick("y")
        keys.app.user = office.manager
        await keys.press("ctrl+g")
        await keys.pick("j")
        await keys.pick("e")
        await keys.press("enter")
        await keys.pick("a")
        await keys.pick("y")
    assert office.of(day).state is State.APPROVED
