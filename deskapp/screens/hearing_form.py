"""One form about a hearing: its result, a need, what was decided, a link, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from deskapp.errors import FormProblemsError, Problem
from deskapp.i18n import N_, _
from deskapp.screens import filled_in, hearing_after, hearing_desk, hearing_fields
from deskapp.screens.asking import Asking, Closed
from deskapp.screens.base import Entry, reads, say_saved, says
from deskapp.screens.hearing_fields import (
    DECIDE,
    GROUND,
    LINK,
    NEED,
    NEED_ID,
    NOTE,
    RESULT,
    TITLES,
    UNMET,
    About,
)
from deskapp.services import drafts
from deskapp.services.drafts import Draft
from deskapp.services.hard.hard import TYPED
from deskapp.services.hearings import (
    booked,
    covering,
    ground_rules,
    links,
    needing,
    needs,
    result_reading,
    resulting,
    results,
    steps,
    stored,
)
from deskapp.services.hearings.day import Ready
from deskapp.services.hearings.going_on import Given
from deskapp.services.hearings.need_drafts import NeedDraft
from deskapp.services.hearings.needs import Status
from deskapp.services.persons import persons
from deskapp.services.persons.withheld import Cover
from deskapp.widgets.choice import Choice, Offer
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_form import RecordForm
from deskapp.widgets.told import Told


class HearingFormScreen(Asking):
    """What a form asks for. F8 saves it, Esc keeps it for later."""

    HEADING: ClassVar[str] = N_("Hearing form")
    HELP: ClassVar[str] = N_(
        "Type what is asked and press F8. What has a list may be left empty: F8 asks for it, and a"
        " letter answers. In a list type any word of the answer, or press Down to see them.\n\nA"
        " result begins with the times that the day recorded. Adjourned to another day, the hearing"
        " is made there with the same parties; every need follows it, and the interpreter is asked"
        " for again unless you say no. A need belongs to the person: it stands at every hearing of"
        " the case. What the judge decides, you only write down: say who decided.\n\nEsc keeps the"
        " form for later, Ctrl+T throws it away."
    )
    KEYS: ClassVar[tuple[str, ...]] = ("form.save", "form.park", "form.discard")

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.code = draft.form.split(":")[1]
        self._about: About | None = None
        """None until it was read, in ``on_mount``."""
        self._given = Given()
        self._names: list[str] = []
        """The fields that are shown; empty while all are."""

    @property
    def _hearing_id(self) -> str:
        return self.draft.values[drafts.RECORD]

    async def cover(self) -> Cover:
        return await self.desk.store.read(covering.cover, self._hearing_id)

    # -- fields ---------------------------------------------------------------------------

    def fields(self) -> Sequence[FormField]:
        if self._about is None:
            return []
        return hearing_fields.fields(self.code, self._about, lambda: self.draft.values)

    def body(self) -> ComposeResult:
        yield Told(self._title(), id="state", markup=False)
        yield from super().body()

    def _title(self) -> str:
        about = [self._about.hearing.words] if self._about else []
        if self._about and self._about.need:
            about.append(f"{self._about.need.whose}: {self._about.need.words}")
        return "\n".join((_(TITLES[self.code]), *about))

    async def on_mount(self) -> None:
        await self._prepare()
        if self._about is None:
            self.call_later(self.dismiss, "")
            return
        await self.recompose()
        await super().on_mount()
        self.changed()

    @says
    async def _prepare(self) -> None:
        """Read the hearing and what the form must know of it."""
        read, user = self.desk.store.read, self.desk.user
        hearing = await read(stored.read, self._hearing_id, user=user)
        of_it = await read(booked.of_hearings, [hearing.id], user=user)
        need_id = self.draft.values.get(NEED_ID, "")
        need = None
        if need_id:
            found = await read(needs.get, need_id, user=user)
            [need] = covering.needs([found], await self.cover())
        final = hearing.list_state in list(results.Outcome)
        self._about = About(hearing, of_it.get(hearing.id, ()), need, final)

    async def relabel(self) -> None:
        await super().relabel()
        self._names = []
        self.changed()

    @property
    def untouched(self) -> bool:
        return filled_in.is_untouched(self.draft.values)

    def changed(self) -> None:
        if self._about is None:
            return
        names = hearing_fields.shown(self.code, self.draft.values, self._about.corrects)
        if names is None or names == self._names:
            return
        self.form.show_only(names)
        added = [name for name in names if name not in self._names]
        if self.code == NEED and self._names and added:  # the officer just went past it
            self.form.call_after_refresh(self.form.focus_field, added[0])
        self._names = names

    @on(RecordForm.OffersWanted)
    def _offers_wanted(self, event: RecordForm.OffersWanted) -> None:
        if event.choice.name == "person_id":
            self.offer_persons(event.choice)

    @reads
    async def offer_persons(self, choice: Choice) -> None:
        """Offer persons already known whose name begins like what is typed."""
        text = choice.text
        found = await self.desk.store.read(persons.find, text, user=self.desk.user)
        if choice.text == text:  # else a later key asked for others
            choice.offer([Offer(line.id, line.full_name, persons.hint(line)) for line in found])

    # -- checking -------------------------------------------------------------------------

    def closed(self) -> Mapping[str, Closed]:
        assert self._about is not None
        return hearing_fields.closed(self.code, self._about, self.draft.values)

    async def every_problem(self, values: Mapping[str, str]) -> list[Problem]:
        assert self._about is not None
        if self.code == NEED:
            missing = [] if values.get("who") else [Problem("who", _("Who needs it?"))]
            if values.get("person_id" + TYPED) and not values.get("person_id"):
                message = _("Pick the person from those offered, or leave this empty.")
                missing.append(Problem("person_id", message))
            return [*missing, *self._need(values).problems()]
        if self.code == DECIDE:
            missing = [] if values.get("to") else [Problem("to", _("What was decided?"))]
            return missing
        if self.code == RESULT:
            return self._result_problems(values)
        return []

    def _result_problems(self, values: Mapping[str, str]) -> list[Problem]:
        assert self._about is not None
        acting = hearing_desk.acting(self.desk)
        try:
            result_reading.read(
                values,
                planned_minutes=self._about.hearing.minutes,
                settings=acting.settings,
                today=acting.today,
            )
        except FormProblemsError as error:
            return error.problems
        return []

    def _need(self, values: Mapping[str, str]) -> NeedDraft:
        assert self._about is not None
        party = {each.key: each for each in self._about.hearing.parties}.get(values.get("who", ""))
        who = {"party_key": "", "party_name": "", "party_role": ""}
        if party is not None:
            who = {"party_key": party.key, "party_name": party.name, "party_role": party.role}
        return NeedDraft.of_values({**values, **who})

    # -- saving ---------------------------------------------------------------------------

    async def save(self, values: Mapping[str, str]) -> str:
        acting, write, own = hearing_desk.acting(self.desk), self.desk.store.write, self.draft.id
        need_id, by = values.get(NEED_ID, ""), values.get("by", "")
        if self.code == NEED:
            need = self._need(values)
            await write(needing.add, acting, self._hearing_id, need, need_id=own)
        elif self.code == RESULT:
            hearing_id = self._hearing_id
            self._given = await write(resulting.give, acting, hearing_id, values, event_id=own)
        elif self.code == LINK:
            kind, address = values.get("kind", ""), values.get("address", "")
            await write(links.keep, acting, self._hearing_id, kind, address, link_id=own)
        else:
            verbs: dict[str, tuple[Any, ...]] = {
                DECIDE: (needing.decide, need_id, Status(values.get("to") or Status.ACTIVE), by),
                UNMET: (needing.tick, need_id, Ready.NOT_PROVIDED, by),
                NOTE: (steps.note, values.get("note", "")),
                GROUND: (ground_rules.keep, values),
            }
            verb, *given = verbs[self.code]
            await write(verb, acting, self._hearing_id, *given, event_id=own)
        return own

    def saved(self, row_id: str) -> None:
        assert self._about is not None
        told = f"{_(TITLES[self.code])}, {self._about.hearing.case_ref}"
        self.desk.last_saved = lambda: told
        say_saved(self.app, told)
        for words in self._given.warnings:
            self.app.notify(words, severity="warning", markup=False)
        if self._given.next_id:
            self.desk.call_later(hearing_after.tell_next, self.desk, self._given)
        elif self.code == NEED:
            self.desk.call_later(hearing_after.need, self.desk, self._hearing_id, row_id)
        elif self.code == UNMET:
            need_id = self.draft.values[NEED_ID]
            self.desk.call_later(hearing_after.unmet, self.desk, self._hearing_id, need_id)

    # -- throwing away --------------------------------------------------------------------

    async def action_discard(self) -> None:
        """Throw the form away; nothing of it was saved."""
        if self.untouched:
            await self.action_back()
            return
        entries = [Entry("Y", _("Yes, throw it away"), "yes"), Entry("N", _("No, keep it"), "")]
        await self.desk.ask(_("Throw away what you typed here?"), entries, self._discarded)

    async def _discarded(self, answer: str | None) -> None:
        assert self._keeper is not None
        if answer and await self._keeper.forget(self.draft.id):
            self.dismiss("")
