"""A saved contact: everything that was kept, what was promised, notes added later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import ClassVar

from rich.text import Text

from deskapp.clock import local
from deskapp.i18n import N_, _, clock_time, day, language, ngettext, number
from deskapp.roles import Act, may
from deskapp.screens.base import Entry, saves, says
from deskapp.screens.form_screen import FormScreen
from deskapp.screens.page_screen import PageScreen
from deskapp.services import drafts, follow_ups, kinds, links, lists
from deskapp.services.enquiries import (
    collected,
    contact_lines,
    contact_words,
    contacts,
    outcomes,
    topics,
)
from deskapp.services.enquiries.contact_lines import ContactRecord
from deskapp.services.follow_ups import FollowUpLine
from deskapp.services.links import Link
from deskapp.services.persons import withheld
from deskapp.services.persons.withheld import Cover
from deskapp.widgets.form_field import FormField
from deskapp.widgets.record_page import headed, labelled


class ContactRecordScreen(PageScreen):
    """One contact to read; notes are added, what was saved stays."""

    HEADING: ClassVar[str] = N_("Contact record")
    HELP: ClassVar[str] = N_(
        "What was saved cannot be changed, so that everybody can rely on it. F5 adds a note or a"
        " correction below it. F9 marks what was promised as done; the same key takes that back."
        " Ctrl+O shows every contact of this person. Ctrl+N makes a complaint of the contact, with"
        " its words, person, case and category; once made, it opens it."
    )
    KEYS: ClassVar[tuple[str, ...]] = (
        "record.note",
        "record.done",
        "complaint.new",
        "record.person",
        "screen.back",
    )
    LEFT_TO_HELP: ClassVar[tuple[str, ...]] = ("desk.new", "app.go")

    def __init__(self, contact_id: str) -> None:
        super().__init__()
        self._contact_id = contact_id
        self._record: ContactRecord | None = None
        self._promised: list[FollowUpLine] = []

    async def parts(self) -> Iterable[Text]:
        self._record = await self.desk.store.read(
            contact_lines.record, self._contact_id, user=self.desk.user
        )
        self._promised = await self.desk.store.read(
            follow_ups.of_record, kinds.CONTACT, self._contact_id, user=self.desk.user
        )
        told = _told(self._record, self._promised)
        return told, *_notes(self._record), *_runs(self._record), await self._read_ends()

    async def _read_ends(self) -> Text:
        """What the contact belongs together with, for whoever may read cases."""
        if not may(self.desk.user, Act.READ_CASES):
            return Text()
        end = Link(kinds.CONTACT, self._contact_id)
        if not await self.desk.store.read(links.of, *end, user=self.desk.user):
            return Text()
        from deskapp.services import link_lines  # a contact without links needs no scheme

        acting = await self.desk.acting()
        found = await self.desk.store.read(link_lines.lines, acting, end)
        return headed(_("Belongs together with"), map(link_lines.words, found))

    async def action_done(self) -> None:
        """Mark a promise as done, or as still to do after all; of several ask which."""
        promised = {each.id: each for each in self._promised}
        if not promised:
            self.notify(_("Nothing was promised on this contact."), markup=False)
        elif len(promised) == 1:
            self.turn(*promised.values())
        else:
            entries = [
                Entry(letter, follow_ups.told(each), each.id)
                for letter, each in zip(ascii_uppercase, self._promised, strict=False)
            ]

            def picked(promise_id: str | None) -> None:
                if promise_id:
                    self.turn(promised[promise_id])

            await self.desk.ask(_("Which promise?"), entries, picked)

    @saves
    async def turn(self, line: FollowUpLine) -> None:
        """Mark a promise as done, or one that was done as still to do."""
        done, now = line.done_at is None, self.desk.clock.now()
        await self.desk.store.write(
            follow_ups.set_done, line.id, done, now=now, user=self.desk.user
        )
        self.notify(
            _("Marked as done. The same key takes it back.") if done else _("Still to do."),
            markup=False,
        )
        self.load()

    @says
    async def action_note(self) -> None:
        """Add a note or a correction; one begun before is taken up again."""
        kept = await self.desk.begun(drafts.NOTE, self._contact_id)
        draft = kept or self.desk.new_draft(drafts.NOTE, {drafts.RECORD: self._contact_id})
        await self.app.push_screen(NoteScreen(draft))

    async def action_new_complaint(self) -> None:
        """Make a complaint of this contact, or show the one that was made."""
        from deskapp.screens import complaint_start

        await complaint_start.from_saved(self.desk, self._contact_id)

    def action_person(self) -> None:
        """Show every contact of this person."""
        if self._record is not None and self._record.person_id:
            self.desk.open(kinds.PERSON, self._record.person_id)
        else:
            self.notify(_("No person was given on this contact."), markup=False)


class NoteScreen(FormScreen):
    """A note on a saved contact."""

    HEADING: ClassVar[str] = N_("Add a note")
    HELP: ClassVar[str] = N_(
        "Write what is to be added or put right. F8 saves the note below the contact; it cannot be"
        " changed afterwards."
    )
    FIELDS: ClassVar[tuple[FormField, ...]] = (FormField("note", N_("Note"), "words", rows=10),)

    def fields(self) -> Sequence[FormField]:
        return self.FIELDS

    @property
    def untouched(self) -> bool:
        return not self.draft.values.get("note", "").strip()

    async def cover(self) -> Cover:
        read, contact_id = self.desk.store.read, self.draft.values[drafts.RECORD]
        found = await read(contact_lines.record, contact_id, user=self.desk.user)
        return await read(withheld.cover_about, found.about)

    async def save(self, values: Mapping[str, str]) -> str:
        await self.desk.store.write(
            contacts.add_note,
            self.draft.id,
            values[drafts.RECORD],
            values["note"],
            now=self.desk.clock.now(),
            user=self.desk.user,
        )
        return self.draft.id


def _told(record: ContactRecord, promised: Sequence[FollowUpLine]) -> Text:
    line = record.line
    started, ended = local(line.started_at), local(record.ended_at)
    minutes = record.handling_seconds // 60
    spent = ngettext("{count} minute", "{count} minutes", minutes).format(count=number(minutes))
    pairs = [
        (_("Reference"), line.ref),
        (_("When"), f"{day(started.date())} {clock_time(started)}-{clock_time(ended)}, {spent}"),
        (_("Officer"), line.officer_name),
        (_("Channel"), lists.channel(line.channel).label),
        (_("Person"), line.person_name or _("not given")),
        (_("Who they are"), lists.user_type(record.user_type).label),
        (_("Topic"), topics.by_code(line.topic).label(language())),
        (_("Case reference"), record.case_ref),
        (_("Phone"), record.phone),
        (_("Email"), record.email),
        (_("Postcode"), record.postcode),
        (_("What was asked"), record.question),
        (_("What was said"), record.answer),
        *contact_words.told(record),
        (_("Outcome"), _(outcomes.by_code(line.outcome).label)),
        *collected.told(line.outcome, record.extras),
        *((_("Promised"), follow_ups.told(each)) for each in promised),
    ]
    return labelled(pairs)


def _runs(record: ContactRecord) -> Iterator[Text]:
    """What was said and answered in each script, as it was worded then."""
    for run in record.more.trail:
        yield headed(_("Script"), run.lines)


def _notes(record: ContactRecord) -> Iterator[Text]:
    for note in record.notes:
        at = local(note.at)
        yield headed(f"{day(at.date())} {clock_time(at)} {note.officer_name}", [note.text])
