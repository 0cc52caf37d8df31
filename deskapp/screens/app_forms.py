"""What the application does with forms: begin, take up, keep; one contact runs, others wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from deskapp import i18n
from deskapp.clock import Clock, local
from deskapp.i18n import _
from deskapp.roles import Act, User, require
from deskapp.screens.base import DeskScreen, says
from deskapp.services import drafts, offline
from deskapp.services.drafts import Draft
from deskapp.services.offline import Standing
from deskapp.settings import Settings
from deskapp.terminal.typed_ahead import TypedAheadApp

if TYPE_CHECKING:
    from deskapp.data.store import Store
    from deskapp.services.casework.acting import Acting

PARKED_LIMIT = 3
"""Source: enquiries sheet, section 7."""


class FormsApp(TypedAheadApp):
    """The part of the application that knows which forms are open, parked or left running."""

    store: Store
    user: User
    clock: Clock
    settings: Settings
    standing: Standing
    left_running: dict[str, float]
    """Forms that run on while the officer looks at another desk: id, and since when."""

    async def acting(self) -> Acting:
        """Who acts on cases now; reads the schemes of this desk."""
        raise NotImplementedError

    def require_exchanged(self) -> None:
        """Stop here where nothing may be begun before an exchange."""
        raise NotImplementedError

    async def show_limit(self) -> None:
        """Close the desk where it has worked alone for too long."""
        if self.standing.over:
            from deskapp.screens.limit import LimitScreen

            await self.push_screen(LimitScreen())

    async def back_to(self, screen: Screen[Any]) -> bool:
        """Close what lies above a screen; false when a form there cannot be kept and must stay."""
        while self.screen is not screen:
            if isinstance(self.screen, DeskScreen) and not await self.screen.leave(parked=False):
                return False
            await self.pop_screen()
        return True

    def new_draft(self, form: str, values: Mapping[str, str]) -> Draft:
        """A draft that begins now; it is stored with its first key stroke."""
        now = self.clock.now()
        return drafts.begun(form, values, officer_id=self.user.id, now=now)

    async def begun(self, form: str, record_id: str = "") -> Draft | None:
        """The unfinished form of a kind, about a record where it is about one; or none."""
        if record_id:
            return await self.store.read(drafts.for_record, form, record_id, self.user.id)
        return await self.store.read(drafts.running, self.user.id, form)

    @says
    async def action_new_contact(self) -> None:
        """Start a contact; one that is open and not on the screen is shown instead."""
        from deskapp.screens.contact import ContactScreen
        from deskapp.screens.contact_fields import first_values

        require(self.user, Act.TAKE_CONTACT)
        self.require_exchanged()
        opened = [each for each in self.screen_stack if isinstance(each, ContactScreen)]
        if opened and opened[0] is not self.screen:
            await self.back_to(opened[0])
            return
        if isinstance(self.screen, ContactScreen):
            if self.screen.untouched:
                return
            if told := await self._too_many():
                await self.offer_parked(told)
                return
            if not await self.screen.leave(parked=True):
                return
            await self.pop_screen()
        running = await self.begun(drafts.CONTACT)
        first = first_values(self.settings.channel)
        await self.push_screen(ContactScreen(running or self.new_draft(drafts.CONTACT, first)))
        self.store.warm()

    async def too_many_parked(self) -> bool:
        """Whether no further contact can be parked; then the officer is told."""
        told = await self._too_many()
        if told:
            self.notify(told, severity="warning", markup=False)
        return bool(told)

    async def _too_many(self) -> str:
        """Why no further contact can be parked; empty while one can."""
        waiting = await self.store.read(drafts.waiting, self.user.id)
        parked = sum(draft.parked and draft.form == drafts.CONTACT for draft in waiting)
        message = _("You have {count} parked contacts. Finish one before you start another.")
        return message.format(count=parked) if parked >= PARKED_LIMIT else ""

    async def offer_parked(self, why: str) -> None:
        """Ask which contact to go on with: the words of the next must not go into the last one."""
        raise NotImplementedError

    @work(exclusive=True, group="contact")
    @says
    async def reopen(self) -> None:
        """After a crash or a lost line: the form that was open, with the same words and field."""
        await self.show_limit()
        running = await self.store.read(drafts.running, self.user.id)
        if running is not None and offline.may_finish(running, self.standing):
            await self.show_draft(running, interrupted=True)

    @work(exclusive=True, group="contact")
    @says
    async def open_draft(self, draft_id: str) -> None:
        """Take up a parked or open form."""
        draft = await self.store.read(drafts.get, draft_id)
        running = await self.begun(draft.form)
        if running is not None and running.id != draft.id:  # only one of a kind runs at a time
            now = self.clock.monotonic()
            away_seconds = int(now - self.left_running.pop(running.id, now))
            spent_seconds = running.spent_seconds + away_seconds
            parked = running._replace(parked=True, spent_seconds=spent_seconds)
            await self.store.jot(drafts.keep, parked)
        await self.show_draft(draft)

    async def show_draft(self, draft: Draft, *, interrupted: bool = False) -> None:
        """Put a form on the screen as it was left."""
        from deskapp.screens import forms

        at = i18n.clock_time(local(draft.updated_at)) if interrupted else ""
        if drafts.kind(draft.form) == drafts.HARD:
            await self.acting()  # the form asks for the labels of its schemes
        await self.push_screen(forms.screen_of(draft, at))
        self.store.warm()

    async def settle_forms(self) -> bool:
        """Wait until what was typed in every open form is on the disk; false when it refuses."""
        screens = [screen for screen in self.screen_stack if isinstance(screen, DeskScreen)]
        return all([await screen.flush() for screen in screens])
