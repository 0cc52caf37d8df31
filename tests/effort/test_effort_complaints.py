"""How many keys the jobs of the complaints desk take besides the words.

The nearest systems need 16 actions for the first and 25 for the second.
"""

from __future__ import annotations

from deskapp import paths
from deskapp.data.store import Store
from deskapp.roles import User
from deskapp.screens.complaint_record import ComplaintRecordScreen
from deskapp.screens.home import HomeScreen
from deskapp.services import kinds
from deskapp.services.complaints import lines, record, worklists
from deskapp.services.complaints.acting import Acting, acting_on
from deskapp.services.complaints.lists import StageStatus, Status
from deskapp.services.complaints.worklists import Which
from deskapp.services.enquiries import contact_lines
from deskapp.services.paging import Want
from tests.builders import SetClock, save
from tests.effort.conftest import Officer


def acting(user: User, clock: SetClock) -> Acting:
    """The officer of the desk, now."""
    return acting_on(user, clock.moment, paths.settings_folder())


async def test_dissatisfied_contact_becomes_a_complaint(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """From the first ring to a logged complaint with its category and owner."""
    async with officer("a dissatisfied contact becomes a complaint", 7) as keys:
        await keys.press("f2")
        await keys.type("fine")
        await keys.press("tab")
        await keys.type("Ann Jones")
        await keys.press("tab")
        await keys.type("Nobody answered my letters")
        await keys.press("ctrl+r")
        for letter in "dm":
            await keys.pick(letter)
        await keys.type("letters")
        await keys.press("f8")
        await keys.pick("k")
        await keys.press("f8")
        await keys.pick("c")
        assert isinstance(keys.app.screen, HomeScreen)
    [contact] = store.call_read(contact_lines.page, Want(), user=user).lines
    [complaint] = store.call_read(lines.grown_from, kinds.CONTACT, contact.id, user=user)
    assert (complaint.category, complaint.owner_id) == ("COR", user.id)
    kept = store.call_read(contact_lines.record, contact.id, user=user)
    assert (contact.outcome, kept.extras["complaint"]) == ("CPL", complaint.ref)
    shown = store.call_read(record.record, acting(user, clock), complaint.id)
    assert shown.given.details == "Nobody answered my letters"


async def test_saved_contact_becomes_a_complaint(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """One key on its record, and one to log it."""
    contact = save(
        store,
        user,
        clock,
        person_name="Ann Jones",
        question="Waited three hours",
        dissatisfied="minor",
        dissatisfied_about="TEL",
    )
    async with officer("a saved contact becomes a complaint", 6) as keys:
        await keys.press("f3")
        await keys.type(contact.ref.lower())
        await keys.press("enter", "ctrl+n", "f8")
        await keys.pick("c")
        assert isinstance(keys.app.screen, ComplaintRecordScreen)
    [complaint] = store.call_read(lines.grown_from, kinds.CONTACT, contact.id, user=user)
    assert complaint.category == "TEL"


async def test_complaint_from_logging_to_closed(
    officer: Officer, store: Store, user: User, clock: SetClock
) -> None:
    """Logged, answered, closed and entered in OPTIC."""
    async with officer("a complaint from logging to closed", 12) as keys:
        await keys.press("ctrl+g")
        await keys.pick("u")
        await keys.press("ctrl+n")
        await keys.type("delay")
        await keys.press("tab")
        await keys.type("Ann Jones")
        await keys.press("tab")
        await keys.type("Order took a year")
        await keys.press("tab")
        await keys.type("The order was sent a year after the hearing")
        await keys.press("f8")
        await keys.pick("c")
        await keys.pick("a")
        await keys.type("We are sorry and have sent it")
        await keys.press("f8")
        for letter in "upa":
            await keys.pick(letter)
        await keys.press("enter")
        for letter in "yye":
            await keys.pick(letter)
        await keys.type("12345678")
        await keys.press("f8")
        assert isinstance(keys.app.screen, ComplaintRecordScreen)
    [closed] = store.call_read(worklists.page, Want(), acting(user, clock), Which.CLOSED).lines
    assert (closed.status, closed.stage_status) == (Status.CLOSED, StageStatus.RESPONDED)
    assert closed.optic_ref == "12345678"
