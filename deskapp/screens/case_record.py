"""A case: where it stands and what may be done with it, whatever its scheme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text

from deskapp.i18n import N_, _
from deskapp.screens import case_actions, case_page
from deskapp.screens.base import Entry, reads, saves, say_saved, says
from deskapp.screens.case_around import CaseAround
from deskapp.screens.pick import Line, Pick
from deskapp.services import drafts
from deskapp.services.casework import (
    adding,
    cases,
    form_answers,
    forms,
    told,
)
from deskapp.services.casework.acting import Acting
from deskapp.services.casework.case_record import CaseRecord
from deskapp.services.casework.forms import OUTCOME, Form, Verb
from deskapp.services.casework.vocabulary import PARENT, Status
from deskapp.services.casework.words import item_title, shown


class CaseRecordScreen(CaseAround):
    """One case; its letters and figures do what they stand before."""

    HEADING: ClassVar[str] = N_("Case record")
    HELP: ClassVar[str] = N_(
        "The letters under What may be done are keys: press one to take that action. Enter shows"
        " all that can be done, and why something cannot. F9 closes, books or puts off something"
        " to do. F5 adds a note. 8 shows the letters that fit now, 9 the agenda and minutes of a"
        " meeting, 0 the contacts, complaints, hearings and persons that the case belongs to."
        " The arrow keys move through a long page.\n\nNothing is ever"
        " deleted: every step stays in the history, with who took it and when."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "case.act",
        "case.items",
        "record.note",
        "screen.back",
    )

    def __init__(self, case_id: str, begin: str = "") -> None:
        super().__init__(case_id)
        self._begin_with = begin
        """An action that another case suggests: its form is shown once this one is read."""

    def come_to(self) -> None:
        if self._shown is None:  # after a question nothing has changed; a form says what it did
            self.load()

    @reads
    async def load(self, closed: str = "", *, acted: bool = False) -> None:
        """Read the case again; then offer what the end of an item, or an answer, suggests."""
        await self.show_page()
        if self._shown:
            await self._offer_next(*self._shown, closed, acted=acted)

    async def parts(self) -> Iterable[Text]:
        acting = await self.desk.acting()
        record = await self.desk.store.write(cases.look, acting, self.record_id)
        self._shown = record, acting
        self._linked = await self.read_links(acting)
        actions = case_actions.of_scheme(record)
        everywhere = case_actions.of_every_case(record, acting.user)
        self.entries = [*actions, *everywhere, *case_actions.elsewhere(record)]
        here = [*actions, *case_actions.to_add(record)]
        return case_page.parts(record, acting, here, self._linked)

    async def _offer_next(
        self, record: CaseRecord, acting: Acting, closed: str, *, acted: bool
    ) -> None:
        """Offer the action that is suggested now, or begin the one that brought here."""
        item = record.facts.case.items.get(closed)
        suggested = told.suggested(record, item) if item else None
        name = told.suggested_by_answers(record) if acted else ""
        begin, self._begin_with = self._begin_with, ""
        if begin:
            await self._begin_offered(record, begin)
        elif suggested:
            await self._ask_next(shown(suggested.label), f"{Verb.DO}:{suggested.id}")
        elif name.startswith(PARENT) and record.parent:
            parent = acting.book.scheme(record.parent.scheme, record.parent.version)
            action = parent.action_by_id.get(name.removeprefix(PARENT))
            if action:  # a later version of the other scheme may have it no more
                await self._ask_next(f"{shown(action.label)} ({record.parent.ref})", name)
        elif action := record.scheme.action_by_id.get(name):
            await self._ask_next(shown(action.label), f"{Verb.DO}:{name}")

    async def _ask_next(self, label: str, value: str) -> None:
        entries = [Entry("Y", label, value), Entry("N", _("No, not now"), "")]
        await self.desk.ask(_("This is often followed by:"), entries, self._answered)

    async def _begin_offered(self, record: CaseRecord, action: str) -> None:
        """Show the form of an action, or say why it cannot be taken."""
        why = [each.sentences for each in record.offers if each.action.id == action]
        if why and why[0]:
            self.notify(why[0][0], severity="warning", markup=False)
        else:
            await self._begin(Verb.DO, action)

    # -- what is to be done ---------------------------------------------------------------

    async def action_note(self) -> None:
        """Add a note to the history."""
        await self.page_read()
        await self._answered(f"{Verb.NOTE}:")

    async def action_items(self) -> None:
        """Close, book or put off something to do."""
        await self.page_read()
        await self._answered(case_actions.ITEMS)

    async def chosen(self, answer: str) -> None:
        if self._shown is None:  # a key before the page was read
            return
        record = self._shown[0]
        if record.reads_only:
            self.notify(_(case_page.READS_ONLY), severity="warning", markup=False)
        elif answer == case_actions.ITEMS:
            await self._pick_item(*self._shown)
        elif answer == case_actions.ADD:
            found = adding.addable(record.facts)
            lines = [Line(f"{Verb.ADD}:{each.id}", shown(each.label)) for each in found]
            await self._pick(_("What is to be added?"), lines)
        elif answer == case_actions.KIN:
            await self._pick_kin(*self._shown)
        elif answer == case_actions.GIVE:
            await self._pick_officer()
        elif answer == case_actions.LETTERS:
            await self._pick_letter(record)
        elif answer.startswith(PARENT) and record.parent:
            self._show_kin(record.parent.id, answer.removeprefix(PARENT))
        elif answer == case_actions.LINKS:
            await self._pick_linked()
        elif answer == case_actions.MEETING:
            from deskapp.screens.meeting import MeetingScreen

            await self.app.push_screen(MeetingScreen(self.record_id))
        else:
            verb, _colon, what = answer.partition(":")
            await self._begin(Verb(verb), what)

    # -- forms ----------------------------------------------------------------------------

    @says
    async def _begin(self, verb: Verb, what: str, **texts: str) -> None:
        """Show the form of a step, or take up the one begun before; a step without one is asked."""
        assert self._shown is not None
        record, acting = self._shown
        form = forms.about(record, acting, verb, what)

        async def yes(answer: str | None) -> None:
            if answer:
                self.act(form)

        if not form.fields:
            entries = [Entry("Y", form.title, "yes"), Entry("N", _("No, not now"), "")]
            question = _("{what}: this stays in the history. Go on?").format(what=form.title)
            await self.desk.ask(question, entries, yes)
            return
        from deskapp.screens.case_form import CaseFormScreen

        kept = await self.desk.begun(form.name, self.record_id)
        first = {**form.usual, **form.first, drafts.RECORD: self.record_id, **texts}
        draft = kept or self.desk.new_draft(form.name, first)

        def closed(row_id: str | None) -> None:
            if row_id:
                self.load(form.what if verb is Verb.CLOSE else "", acted=verb is Verb.DO)

        await self.app.push_screen(CaseFormScreen(draft, form, is_new=kept is None), closed)

    @saves
    async def act(self, form: Form, **texts: str) -> None:
        """Take a step that asks for nothing more."""
        draft = self.desk.new_draft(form.name, {drafts.RECORD: self.record_id, **texts})
        acting = await self.desk.acting()
        await self.desk.store.write(form_answers.save, acting, form, draft)
        say_saved(self.app, form.title)
        self.load(form.what if form.verb is Verb.CLOSE else "")

    # -- items ----------------------------------------------------------------------------

    async def _pick_item(self, record: CaseRecord, acting: Acting) -> None:
        corrected = (Status.DONE, Status.NOT_DONE, Status.WAIVED)
        ended = [each for each in reversed(record.items) if each.item.status in corrected]
        lines = [
            Line(each.item.name, case_page.item_words(record, each, acting.now))
            for each in [*case_page.open_items(record), *ended]
        ]
        if not lines:
            self.notify(_("There is nothing to do on this case."), markup=False)
        elif len(lines) == 1:
            await self._item_picked(lines[0].value)
        else:
            await self.app.push_screen(Pick(_("Which one?"), lines), self._item_picked)

    async def _item_picked(self, name: str | None) -> None:
        if not name or not self._shown:
            return
        record, acting = self._shown
        item = record.facts.case.items[name]
        template = record.scheme.template_by_id[item.template]
        labels = [_(shown(each.label)) for each in template.outcomes]
        lettered = case_actions.letters([("", each.label.en) for each in template.outcomes])
        entries = [
            Entry(letter, label, f"{Verb.CLOSE}:{outcome.id}")
            for letter, label, outcome in zip(lettered, labels, template.outcomes, strict=True)
        ]
        if item.is_open:
            entries += [
                Entry("1", _("Book a day for it"), f"{Verb.BOOK}:"),
                Entry("2", _("Put it off"), f"{Verb.EXTEND}:"),
            ]

        async def answered(answer: str | None) -> None:
            verb, _colon, outcome = (answer or "").partition(":")
            found = template.outcome(outcome)
            plain = found is not None and found.status is Status.DONE and not template.fields
            if plain:
                self.act(forms.about(record, acting, Verb.CLOSE, name), **{OUTCOME: outcome})
            elif answer:
                given = {OUTCOME: outcome} if outcome else {}
                await self._begin(Verb(verb), name, **given)

        await self.desk.ask(item_title(record.facts, item), entries, answered)
