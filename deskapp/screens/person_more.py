"""What is done with a person behind Ctrl+R: each thing a letter, the rarely needed last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deskapp.i18n import _
from deskapp.screens import marker_form, person_form, safe_contact
from deskapp.screens.ask_line import AskLine
from deskapp.screens.base import Entry, RecordScreen, saves, say_saved
from deskapp.services.persons import marker_work, person_card, person_details, person_links
from deskapp.services.persons.person_card import PersonCard


class PersonMore(RecordScreen):
    """A screen about a person with the menu of Ctrl+R."""

    card: PersonCard | None = None
    """None until it was read."""

    def refresh_card(self) -> object:
        """Show the person again after a change."""
        raise NotImplementedError

    async def action_more(self) -> None:
        """Ask what to do with this person."""
        if self.card is None:
            return
        entries = [
            Entry("S", _("Safe contact: how to reach them"), "safe"),
            Entry("M", _("Set or propose a marker"), "marker"),
            Entry("C", _("Correct details"), "correct"),
            Entry("L", _("Link with another record of the same person"), "link"),
        ]
        if self.card.linked:
            entries.append(Entry("U", _("Unlink: another person after all"), "unlink"))
        if self.card.number_hidden:
            entries.append(Entry("N", _("Show the number; say why"), "number"))
        if self._unconfirmed:
            entries.append(Entry("F", _("Confirm the confidential address"), "confirm"))
        await self.desk.ask(_("What is to be done?"), entries, self._more_chosen)

    @property
    def _unconfirmed(self) -> list[str]:
        """Ids of the markers that an officer must confirm."""
        assert self.card is not None
        return [each.id for each in self.card.markers if each.waiting and not each.case_id]

    async def _more_chosen(self, what: str | None) -> None:
        assert self.card is not None
        person_id = self.card.line.id
        if what == "marker":
            await marker_form.choose(self.desk, person_id)
        elif what == "safe":
            await safe_contact.edit(self.desk, person_id)
        elif what == "correct":
            await person_form.correct(self.desk, person_id)
        elif what == "link":
            from deskapp.screens.person_link import LinkScreen

            await self.app.push_screen(LinkScreen(person_id))
        elif what == "unlink":
            await self._ask_unlink()
        elif what == "number":
            await self._ask_reason(_("Why must they be rung all the same?"), self.show_number)
        elif what == "confirm":
            self.confirm(self._unconfirmed[0])

    async def _ask_reason(self, question: str, answered: Callable[[str], object]) -> None:
        def given(reason: str | None) -> None:
            if reason:
                answered(reason)

        hint = _("Kept with your name and the time")
        await self.app.push_screen(AskLine(question, hint), given)

    async def _ask_unlink(self) -> None:
        assert self.card is not None
        entries = [
            Entry(str(at), person_card.name_and_hint(each), each.id)
            for at, each in enumerate(self.card.linked[:9], 1)
        ]

        async def chosen(other_id: str | None) -> None:
            if other_id:
                await self._ask_reason(
                    _("Why is it another person?"), lambda reason: self.unlink(other_id, reason)
                )

        await self.desk.ask(_("Who is another person after all?"), entries, chosen)

    async def _change(self, verb: Callable[..., Any], *given: Any, **more: Any) -> Any:
        """Do it now and in the user's name."""
        now, user = self.desk.clock.now(), self.desk.user
        return await self.desk.store.write(verb, *given, now=now, user=user, **more)

    @saves
    async def unlink(self, other_id: str, reason: str) -> None:
        """Take a link back; each record keeps what it had."""
        assert self.card is not None
        await self._change(person_links.unlink, self.card.line.id, other_id, reason)
        self.notify(_("Unlinked"), markup=False)
        self.refresh_card()

    @saves
    async def show_number(self, reason: str) -> None:
        """Show a hidden number; the reason is kept first."""
        assert self.card is not None
        number = await self._change(person_details.number_to_call, self.card.line.id, reason)
        self.notify(number or _("No number is known."), markup=False)

    @saves
    async def confirm(self, marker_id: str) -> None:
        """The second step of a confidential address."""
        await self._change(marker_work.approve, marker_id)
        say_saved(self.app, _("Marker"))
        self.refresh_card()
