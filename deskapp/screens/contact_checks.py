"""What a contact and a complaint record alike: the person's safe contact, checks, needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from deskapp.i18n import N_, _
from deskapp.screens import contact_state
from deskapp.screens.base import says
from deskapp.screens.form_screen import FormScreen
from deskapp.services import needs
from deskapp.services.enquiries import disclosure
from deskapp.services.enquiries.contact_drafts import ContactDraft
from deskapp.services.enquiries.disclosure import Tried
from deskapp.services.persons import persons
from deskapp.services.persons.known import Known
from deskapp.services.worded import Items
from deskapp.text import one_line
from deskapp.widgets.choice import Offer
from deskapp.widgets.ticks import Tick

TRIED_WORDS = {
    Tried.MATCHED: N_("yes"),
    Tried.MATCHED_AGAIN: N_("2nd try"),
    Tried.FAILED: N_("no"),
}


class Checks(FormScreen):
    """A contact form that records what stands in no field."""

    known: Known | None = None
    """What is known of the person and the case; None until it was read."""

    async def show_added(self) -> None:
        """Show the fields that are wanted besides, and what was recorded."""
        raise NotImplementedError

    async def record(self, *, focus: str = "", **values: str) -> None:
        """Keep values that stand in no editor, show what follows, go on typing in ``focus``."""
        self.change(**values)
        await self.show_added()
        if focus:
            self.form.focus_field(focus)
        else:
            self.back_to_field()

    # -- the person --------------------------------------------------------------------------

    @says
    async def edit_safe_contact(self) -> None:
        """Ask how the person may be reached; they are kept first."""
        from deskapp.screens import safe_contact

        if person_id := await self.person_kept():
            await safe_contact.edit(self.desk, person_id)

    async def person_kept(self) -> str:
        """The id of the person; somebody new is kept first. Empty, and told, when nobody is named.

        Raises:
            DeskError: If the store refuses.
        """
        self.form.settle()
        self.take()
        values: Mapping[str, str] = self.draft.values
        name = one_line(values.get("person_name", ""))
        if values.get("person_id"):
            return values["person_id"]
        if not name:
            self.notify(_("Enter the person's name first."), markup=False)
            self.form.focus_field("person_id")
            return ""
        person_id = await self.desk.store.write(
            persons.settle,
            ContactDraft.from_values(values),
            now=self.desk.clock.now(),
            user=self.desk.user,
        )
        self.form.pick("person_id", Offer(person_id or "", name))
        self.take()
        self.keep(parked=False)
        return person_id or ""

    # -- what letters tick -------------------------------------------------------------------

    async def check_identity(self) -> None:
        """Tick the kinds of detail that were asked for; the answers are kept nowhere."""
        from deskapp.screens.ticks import Ticks

        words = {tried.value: _(word) for tried, word in TRIED_WORDS.items()}
        checks = {kind: tried.value for kind, tried in self._checks.items()}
        question = _("Identity: which kinds of detail matched?")
        ticks = Ticks(question, _ticks(disclosure.kinds()), words, checks, self._identity_ticked)
        await self.app.push_screen(ticks, self._ticks_closed)

    @property
    def _checks(self) -> dict[str, Tried]:
        return disclosure.read(self.draft.values.get("checked", ""))

    def _identity_ticked(self, code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
        if code:
            self.change(checked=disclosure.written(marks))
        if disclosure.unconfirmed(self._checks):
            return marks, _(
                "Not confirmed. Do not say what was wrong, or whether there is a case."
                " F9 I ends the contact so."
            )
        return marks, contact_state.level(self.draft.values, self.known).label

    async def tick_needs(self, closed: Callable[[None], Awaitable[None]] | None = None) -> None:
        """Tick what the person needs to use the court; ``closed`` goes on instead of the form."""
        from deskapp.screens.ticks import Ticks

        ticked = dict.fromkeys(self.draft.values.get("needs", "").split(), "x")
        question = _("What does the person need to use the court?")
        ticks = Ticks(question, _ticks(needs.offered()), {"x": "x"}, ticked, self._need_ticked)
        await self.app.push_screen(ticks, closed or self._ticks_closed)

    def _need_ticked(self, code: str, marks: dict[str, str]) -> tuple[dict[str, str], str]:
        if marks.get(code):
            marks = dict.fromkeys(needs.alone(marks, code), "x")
        if code:
            self.change(needs=" ".join(marks))
        return marks, ""

    async def _ticks_closed(self, _nothing: None) -> None:
        values = self.draft.values
        wants_language = needs.LANGUAGE in values.get("needs", "").split()
        empty = wants_language and not values.get("need_language")
        await self.record(focus="need_language" if empty else "")


def _ticks(items: Items) -> list[Tick]:
    return [Tick(item.code, item.letter, item.label) for item in items]
