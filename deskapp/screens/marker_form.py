"""Setting a marker: one letter picks it, the form asks only what its kind needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from deskapp.errors import Problem
from deskapp.i18n import N_, _
from deskapp.screens.base import Entry, say_saved, says
from deskapp.screens.form_screen import FormScreen
from deskapp.services import drafts
from deskapp.services.persons import marker_drafts, marker_kinds, marker_work, withheld
from deskapp.services.persons.marker_drafts import MarkerDraft
from deskapp.services.persons.marker_kinds import MarkerKind, Steps
from deskapp.services.persons.withheld import Cover
from deskapp.widgets.form_field import FormField

if TYPE_CHECKING:
    from deskapp.app import DeskApp

FIELDS = {
    "what_happened": FormField("what_happened", N_("What happened"), "words", rows=6),
    "source": FormField("source", N_("Source"), hint=N_("Who said so, or which order")),
    "case_ref": FormField("case_ref", N_("Case reference")),
    "order_on": FormField("order_on", N_("Order made on"), hint=N_("like 30 11 2026")),
    "order_ends_on": FormField("order_ends_on", N_("Order ends on"), hint=N_("like 30 11 2026")),
    "hearing_on": FormField("hearing_on", N_("Hearing on"), hint=N_("like 30 11 2026")),
}


class MarkerScreen(FormScreen):
    """One marker before it is set."""

    HEADING: ClassVar[str] = N_("Set a marker")
    HELP: ClassVar[str] = N_(
        "A marker says in fixed words what must be known before one meets the person. It never"
        " stops anybody from being helped.\n\nWrite what was seen or heard: facts, no opinions."
        " What you write about somebody who may be violent is read by the team leader alone, who"
        " decides; others see only that they must ask first."
    )

    def body(self) -> ComposeResult:
        yield Static(self._kind.offered_as, id="person", markup=False)
        yield from super().body()

    def fields(self) -> Sequence[FormField]:
        return [FIELDS[name] for name in marker_drafts.asked(self._kind)]

    @property
    def _kind(self) -> MarkerKind:
        return marker_kinds.by_code(self.draft.values["code"])

    @property
    def untouched(self) -> bool:
        return not any(self.draft.values.get(spec.name, "").strip() for spec in self.fields())

    def problems(self, values: Mapping[str, str]) -> list[Problem]:
        return marker_drafts.problems(_draft(values), today=self.desk.clock.today())

    async def ready(self) -> bool:
        """Ask a second time where the kind takes two steps of the officer."""
        if not await super().ready():
            return False
        if self._kind.steps is not Steps.CONFIRM or self.problems(self.values):
            return True
        entries = [
            Entry("C", _("Confirm: nobody is shown it from now on"), "confirm"),
            Entry("N", _("No, go back to the form"), ""),
        ]
        question = _(
            "From now on phone, email and postcode of this person are shown to nobody, in no list"
            " and no print, also where they were written before."
        )
        await self.desk.ask(question, entries, self._confirmed)
        return False

    def _confirmed(self, answer: str | None) -> None:
        if answer:
            self.finish()

    async def cover(self) -> Cover:
        return await self.desk.store.read(withheld.cover, self.draft.values[drafts.RECORD])

    async def save(self, values: Mapping[str, str]) -> str:
        now, user = self.desk.clock.now(), self.desk.user
        line = await self.desk.store.write(
            marker_work.set_marker,
            self.draft.id,
            _draft(values),
            now=now,
            user=user,
        )
        if self._kind.steps is Steps.CONFIRM and line.waiting:
            await self.desk.store.write(marker_work.approve, line.id, now=now, user=user)
        return line.id

    def saved(self, row_id: str) -> None:
        say_saved(self.app, _("Marker"))
        if self._kind.steps is Steps.CASE:
            told = _("Proposed. The team leader decides; tell them if somebody is at risk now.")
            self.app.notify(told, markup=False)
        elif self._kind.tell_leader:
            self.app.notify(_("Tell the team leader now."), markup=False)


def _draft(values: Mapping[str, str]) -> MarkerDraft:
    draft = MarkerDraft.from_values(values)
    return dataclasses.replace(draft, person_id=values.get(drafts.RECORD, ""))


async def propose(desk: DeskApp, person_id: str, case_ref: str = "") -> None:
    """Show the form of the marker that a team leader decides about by its case."""
    [code] = [kind.code for kind in marker_kinds.every() if kind.steps is Steps.CASE]
    await _open(desk, person_id, code, case_ref)


@says
async def _open(desk: DeskApp, person_id: str, code: str, case_ref: str) -> None:
    """Show the form of a marker; one begun before is taken up again."""
    values = {drafts.RECORD: person_id, "code": code, "case_ref": case_ref}
    names = (drafts.RECORD, "code") if person_id else tuple(values)
    kept = [
        each
        for each in await desk.store.read(drafts.waiting, desk.user.id)
        if each.form == drafts.MARKER
        and all(each.values.get(name) == values[name] for name in names)
    ]
    draft = kept[0] if kept else desk.new_draft(drafts.MARKER, values)
    await desk.push_screen(MarkerScreen(draft))


async def choose(desk: DeskApp, person_id: str, case_ref: str = "") -> None:
    """Ask which marker to set on a person, or on a case, and show its form."""
    offered = [
        kind
        for kind in marker_kinds.every()
        if kind.may_be_set_by(desk.user) and (person_id or kind.about == "case")
    ]
    entries = [
        Entry(letter, kind.offered_as, kind.code)
        for letter, kind in zip(ascii_uppercase, offered, strict=False)
    ]

    async def chosen(code: str | None) -> None:
        if code:
            await _open(desk, person_id, code, case_ref)

    await desk.ask(_("Which marker?"), entries, chosen)
